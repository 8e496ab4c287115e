"""Settings for the property tests: the first example also fills the caches, so no example has a time limit."""

from hypothesis import settings

settings.register_profile("dutch", deadline=None)
settings.load_profile("dutch")

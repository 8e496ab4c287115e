import tests.quiet_spacy  # noqa: F401

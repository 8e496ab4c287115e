"""Import spaCy once without its warnings: it brings in TensorFlow, whose imports are full of deprecated names."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import spacy.cli  # noqa: F401

"""Loads the Dutch spaCy pipeline that messages are read with."""

import spacy

from lease_assistant.nlu.reading import Language

# Neither is read, and the parser costs half of the time.
UNUSED = ("parser", "ner")


class NoPipelineError(Exception):
    """There is no spaCy pipeline that can be used; the message says which one and what to do."""


def load_language(name: str) -> Language:
    """The spaCy pipeline in the folder `name`, or installed by that name; raises `NoPipelineError`."""
    try:
        language = spacy.load(name, exclude=UNUSED)
    except OSError:
        raise NoPipelineError(
            f"There is no spaCy pipeline '{name}', which config.yml names; 'models/nl_lease_sm' comes along."
        ) from None
    required = str(language.meta.get("spacy_version") or "")
    if required and not spacy.util.is_compatible_version(spacy.about.__version__, required):
        raise NoPipelineError(f"The spaCy pipeline '{name}' is for spaCy {required}, not {spacy.about.__version__}.")
    return language

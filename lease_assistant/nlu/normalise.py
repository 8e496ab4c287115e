"""Chat Dutch to plain Dutch before it is classified: case, accents, quotes, abbreviations."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from lease_assistant.terms import DATA, load_yaml

WORD = re.compile(r"\w+(?:'\w+)?")
MAX_LENGTH = 1000


@lru_cache
def abbreviations(path: Path = DATA / "language" / "abbreviations.yml") -> dict[str, str]:
    """Chat abbreviations and what they stand for."""
    return {str(short): long for short, long in load_yaml(path).items()}


def normalise(text: str) -> str:
    """The text as the classifier reads it. Very long messages are cut to their first and last part."""
    if len(text) > MAX_LENGTH:
        text = f"{text[: MAX_LENGTH // 2]} {text[-MAX_LENGTH // 2 :]}"
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    known = abbreviations()
    return WORD.sub(lambda match: known.get(match[0], match[0]), plain)

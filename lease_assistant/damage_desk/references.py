"""References such as ``S-26-7K3F-9QXM``: the year, then eight characters by chance that nobody misreads."""

import secrets
from datetime import datetime

# Without what looks alike on paper or on the telephone: 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V.
ALPHABET = "3479ACDEFHJKMNPQRTWXY"


def new_reference(moment: datetime) -> str:
    """One of 38 thousand million in a year: nobody comes upon another's by trying."""
    first, second = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(2))
    return f"S-{moment:%y}-{first}-{second}"


def as_written(typed: str) -> str:
    """A reference as somebody typed it, in the form in which it is kept."""
    return typed.strip().upper()

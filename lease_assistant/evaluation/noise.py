"""Typing errors as fingers make them: neighbouring keys, letters swapped, dropped or typed twice. Seeded."""

import random
import re

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
WORD = re.compile(r"[a-zA-Z]{4,}")
SEED = 11


def _neighbours() -> dict[str, str]:
    """For each letter the keys beside it, and above and below it."""
    position = {letter: (row, column) for row, keys in enumerate(ROWS) for column, letter in enumerate(keys)}
    return {
        letter: "".join(
            other
            for other, (row, column) in position.items()
            if other != letter and abs(row - position[letter][0]) <= 1 and abs(column - position[letter][1]) <= 1
        )
        for letter in position
    }


NEIGHBOURS = _neighbours()


def with_typing_errors(text: str, seed: int = SEED) -> str:
    """The text with one error, or two in a text of more than six words; the same for the same text and seed."""
    # A seed of text and number together, so that the order of the messages does not matter.
    chance = random.Random(f"{seed} {text}")  # noqa: S311
    for _ in range(2 if len(text.split()) > 6 else 1):
        text = _with_one_error(text, chance)
    return text


def _with_one_error(text: str, chance: random.Random) -> str:
    """One letter of one longer word wrong; its first letter stays, as people hardly ever miss that one."""
    words = list(WORD.finditer(text))
    if not words:
        return text
    word = chance.choice(words)
    at = chance.randrange(word.start() + 1, word.end() - 1)
    letter, following = text[at], text[at + 1]
    slip = chance.choice(NEIGHBOURS[letter.lower()])
    wrong = chance.choice((following + letter, following, letter + letter + following, slip + following))
    return text[:at] + wrong + text[at + 2 :]

"""Shared preparation of chat text: folding that keeps every position, and tolerant comparison of words."""

import re
import unicodedata
from functools import lru_cache

_QUOTES = dict.fromkeys("’‘‛`´ʼ′", "'") | dict.fromkeys("“”„″«»", '"')
_DASHES = dict.fromkeys("–—−‐‑‒―", "-")
_LIGATURES = {"ĳ": "y", "Ĳ": "y", "，": ",", "．": ".", "：": ":", "？": "?", "！": "!"}
_SINGLE = _QUOTES | _DASHES | _LIGATURES
_ABBREVIATIONS = {
    "mn": "mijn",
    "m'n": "mijn",
    "z'n": "zijn",
    "zn": "zijn",
    "idd": "inderdaad",
    "ff": "even",
    "wrs": "waarschijnlijk",
    "wss": "waarschijnlijk",
    "ws": "waarschijnlijk",
    "ng": "nog",
    "wnr": "wanneer",
    "vlgs": "volgens",
    "vlg": "volgens",
    "volgns": "volgens",
    "mss": "misschien",
    "msch": "misschien",
    "misch": "misschien",
    "mischien": "misschien",
    "nt": "niet",
    "nie": "niet",
    "ni": "niet",
    "nit": "niet",
    "neit": "niet",
    "niets": "niets",
    "'t": "het",
    "t": "het",
    "'k": "ik",
    "k": "ik",
    "ikk": "ik",
    "d'r": "er",
    "dr": "er",
    "gn": "geen",
    "gwn": "gewoon",
    "iig": "in ieder geval",
    "egt": "echt",
    "ech": "echt",
    "da": "dat",
    "das": "dat is",
    "wel'": "wel",
    "zkr": "zeker",
    "tis": "het is",
    "da's": "dat is",
    "'tis": "het is",
    "twas": "het was",
    "hoorr": "hoor",
    "eig": "eigenlijk",
    "eigl": "eigenlijk",
    "eigelijk": "eigenlijk",
    "zekers": "zeker",
    "nogal": "nogal",
    "kweet": "ik weet",
    "kweenie": "ik weet niet",
    "kdenk": "ik denk",
    "khoop": "ik hoop",
    "kheb": "ik heb",
    "weetniet": "weet niet",
    "weeknie": "weet ik niet",
    "weekniet": "weet ik niet",
    "gi": "geen idee",
    "dnk": "denk",
    "denkt": "denk",
    "denkik": "denk ik",
    "vgm": "volgens mij",
    "vlgm": "volgens mij",
    "nx": "niks",
    "nix": "niks",
    "kloptt": "klopt",
    "klpt": "klopt",
    "klopr": "klopt",
    "kopt": "klopt",
    "volgensmij": "volgens mij",
    "geenidee": "geen idee",
    "hrinner": "herinner",
    "me": "mij",
    "tuurlyk": "tuurlijk",
    "natuurlyk": "natuurlijk",
}
_WITH_I = re.compile(r"'?k(ben|heb|wil|denk|weet|zou|hoop|kan|had|was|vind|geloof|dacht|zal|ga|moet|snap)")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|'[a-z]+")


def listed(text: str) -> frozenset[str]:
    """The words of a list that is written with nothing but spaces between them."""
    return frozenset(text.split())


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in _SINGLE:
        return _SINGLE[char]
    if char.isspace() or not char.isprintable():
        return " "
    base = unicodedata.normalize("NFD", char)[0]
    lower = base.lower()
    return lower if len(lower) == 1 else char


def fold(text: str) -> str:
    """Lower case without accents, curly quotes or odd spaces; every character keeps its position."""
    return "".join(_fold_char(char) for char in text)


# Nobody types more than this in one chat message; what follows is not read.
_LONGEST = 2000


class Folded:
    """Folded text without repeated spaces, that knows where its characters stood in the original."""

    def __init__(self, original: str) -> None:
        folded = fold(original[:_LONGEST])
        self._places = [i for i, char in enumerate(folded) if char != " " or (i > 0 and folded[i - 1] != " ")]
        self.text = "".join(folded[i] for i in self._places)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stood in the original."""
        return self._places[start], self._places[end - 1] + 1


def words(text: str) -> list[str]:
    """The words of a message, folded, with chat abbreviations written out and stretched letters shortened."""
    found: list[str] = []
    for match in _WORD.finditer(fold(unicodedata.normalize("NFC", text))):
        word = re.sub(r"(.)\1{2,}", r"\1\1", match.group())
        if clitic := _WITH_I.fullmatch(word):
            word = f"ik {clitic[1]}"
        found.extend(_ABBREVIATIONS.get(word, word.lstrip("'")).split())
    return found


@lru_cache(maxsize=65536)
def within_one(first: str, second: str) -> bool:
    """Whether two words differ by at most one letter added, left out, changed, or swapped with its neighbour."""
    if first == second:
        return True
    if len(first) > len(second):
        first, second = second, first
    if len(second) - len(first) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first))
    if len(first) < len(second):
        return first[start:] == second[start + 1 :]
    swapped = first[start : start + 2] == second[start : start + 2][::-1]
    return first[start + 1 :] == second[start + 1 :] or (swapped and first[start + 2 :] == second[start + 2 :])


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the given stretches made unreadable, every other character in its place."""
    for start, end in spans:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text

"""The parts number words are built of, and cutting a written word into those parts."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from lease_assistant.dutch.text import within_one


@dataclass(frozen=True)
class Atom:
    """A part of a number: its kind (unit, ten, teen, and, hundred, big, fraction, digits) and its value."""

    kind: str
    value: Decimal
    ordinal: bool = False


_UNITS = {
    1: "een", 2: "twee tweee twe", 3: "drie dri drei", 4: "vier veir vir viar", 5: "vijf vyf vief vijff vjif vijv vif",
    6: "zes ses zess", 7: "zeven seven zeeven zevn", 8: "acht agt achtt acth", 9: "negen neegen negn", 0: "nul null",
}  # fmt: skip
_TEENS = {
    10: "tien tiem", 11: "elf ellef", 12: "twaalf twaalv twaalef twalf", 13: "dertien", 14: "veertien viertien",
    15: "vijftien vyftien", 16: "zestien", 17: "zeventien", 18: "achttien achtien", 19: "negentien",
}  # fmt: skip
_TENS = {
    20: "twintig twintich", 30: "dertig dertich", 40: "veertig viertig veertich", 50: "vijftig vyftig vijftich",
    60: "zestig sestig", 70: "zeventig seventig", 80: "tachtig tagtig achtig", 90: "negentig",
}  # fmt: skip
_ORDINALS = {
    1: "eerste eerst", 2: "tweede", 3: "derde", 4: "vierde", 5: "vijfde vyfde", 6: "zesde", 7: "zevende", 8: "achtste",
    9: "negende", 10: "tiende", 11: "elfde", 12: "twaalfde", 13: "dertiende", 14: "veertiende", 15: "vijftiende",
    16: "zestiende", 17: "zeventiende", 18: "achttiende achtiende", 19: "negentiende",
}  # fmt: skip
_FRACTIONS = {"half": "0.5", "halve": "0.5", "haf": "0.5", "halv": "0.5", "halff": "0.5", "kwart": "0.25",
              "driekwart": "0.75", "anderhalf": "1.5", "anderhalve": "1.5", "anderhlaf": "1.5", "andehalf": "1.5",
              "anderhlf": "1.5", "anderalf": "1.5"}  # fmt: skip
_HUNDREDS = "honderd hondert honderdt honder hondred honerd hondrd"
_THOUSANDS = "duizend duizent duizendt duizen duisend duzend duizned duzent duizd dzend"


def _lexicon() -> dict[str, Atom]:
    found: dict[str, Atom] = {"en": Atom("and", Decimal(0)), "miljoen": Atom("big", Decimal(1_000_000))}
    for kind, table in (("unit", _UNITS), ("teen", _TEENS), ("ten", _TENS)):
        for value, spellings in table.items():
            found |= {spelling: Atom(kind, Decimal(value)) for spelling in spellings.split()}
    for value, spellings in _ORDINALS.items():
        kind = "unit" if value < 10 else "teen"
        found |= {spelling: Atom(kind, Decimal(value), True) for spelling in spellings.split()}
    for value, spellings in _TENS.items():
        found |= {f"{spelling}ste": Atom("ten", Decimal(value), True) for spelling in spellings.split()}
    found |= {spelling: Atom("fraction", Decimal(value)) for spelling, value in _FRACTIONS.items()}
    found |= {spelling: Atom("hundred", Decimal(100)) for spelling in _HUNDREDS.split()}
    found |= {spelling: Atom("big", Decimal(1000)) for spelling in _THOUSANDS.split()}
    found |= {"honderdste": Atom("hundred", Decimal(100), True), "duizendste": Atom("big", Decimal(1000), True)}
    return found


LEXICON = _lexicon()
_LONGEST_FIRST = sorted(LEXICON, key=len, reverse=True)
# Shorter words have too many innocent neighbours ("achter", "vieren") to be guessed at.
_GUESSABLE = [word for word in _LONGEST_FIRST if len(word) >= 6]
_NO_NUMBERS = {"eerst", "zesten", "achting", "duizelig", "honderden", "tienden", "vieringen"}


@lru_cache(maxsize=16384)
def atoms_of(word: str) -> tuple[Atom, ...]:
    """The parts a word consists of ("vierhonderdvijftig"), or nothing when it is no number."""
    if word in LEXICON and word not in _NO_NUMBERS:
        return (LEXICON[word],)
    if word in _NO_NUMBERS or len(word) > 60 or not word.isalpha():
        return ()
    return _cut(word, 0) or (_cut(word, 1) if len(word) >= 6 else None) or ()


@lru_cache(maxsize=16384)
def _cut(word: str, guesses: int) -> tuple[Atom, ...] | None:
    if not word:
        return ()
    for part in _LONGEST_FIRST:
        if word.startswith(part):
            rest = _cut(word[len(part) :], guesses)
            if rest is not None:
                return (LEXICON[part], *rest)
    return _cut_with_guess(word) if guesses else None


def _cut_with_guess(word: str) -> tuple[Atom, ...] | None:
    for part in _GUESSABLE:
        for length in (len(part), len(part) + 1, len(part) - 1):
            piece = word[:length]
            if len(piece) == length and piece[0] == part[0] and within_one(piece, part):
                rest = _cut(word[length:], 0)
                if rest is not None:
                    return (LEXICON[part], *rest)
    return None

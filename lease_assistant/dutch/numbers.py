"""Finding numbers in running Dutch text, written in digits, in words, or half and half."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from lease_assistant.dutch.number_words import Atom, atoms_of
from lease_assistant.dutch.text import fold

# Units that people glue behind a number word: "vierjarig", "halfjaar", "tweeduizendeuro".
_GLUED = re.compile(r"(?:jaar|jarig|jaren|maand|mnd|euro|uur|kwartier|mille)[a-z]*$")
_DIGITS = (
    r"(?:[1-9][0-9]{0,2}(?P<sep>[.'])[0-9]{3}(?:(?P=sep)[0-9]{3})*(?:,[0-9]{1,2})?"
    r"|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?"
    r"|(?:[1-9][0-9]?(?: [0-9]{3})+|[1-9][0-9]{2}(?: 000)+)(?:[.,][0-9]{1,2})?"
    r"|[0-9]+[.,][0-9]{1,2}"
    r"|[0-9]+)(?![0-9])(?![.,][0-9])"
)
_BEFORE_DIGITS = (
    r"(?:(?<![a-z0-9])|(?<=\beur)|(?<=\beuro)|(?<=maand)|(?<=\bmnd)|(?<=[0-9]j)|(?<=[0-9]jr)|(?<=[0-9]k))"
    r"(?<![0-9][.,:])"
)
_TOKEN = re.compile(
    r"(?P<fraction>(?<![0-9/])(?:1/[24]|3/4)(?![0-9/-])|[½¼¾])"
    rf"|{_BEFORE_DIGITS}(?P<digits>{_DIGITS})(?P<vulgar> ?[½¼¾])?(?P<ordinal>(?:ste|de|e|st|th)(?![a-z0-9]))?"
    r"|(?P<word>(?:(?<![a-z0-9'])|(?<=[0-9])(?=(?:duiz|hond|miljoe)))[a-z]+(?![0-9]))"
)
_COMMA = re.compile(" komma ")
_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75", "1/2": "0.5", "1/4": "0.25", "3/4": "0.75"}


@dataclass(frozen=True)
class Number:
    """A number and where it stands; ``scale`` is the multiplier it ends in ("drie duizend": 1000)."""

    value: Decimal
    start: int
    end: int
    ordinal: bool = False
    scale: Decimal = Decimal(1)
    in_words: bool = False
    article: bool = False


@dataclass(frozen=True)
class _Piece:
    atom: Atom
    start: int
    end: int
    token: int


@dataclass(frozen=True)
class _Read:
    value: Decimal
    scale: Decimal
    after: int


def digits_value(written: str) -> Decimal:
    """The value of digits with Dutch or English separators: ``1.049,50``, ``1,049.50``, ``1 049``, ``2.500``."""
    plain = written.replace(" ", "").replace("'", "")
    separators = [char for char in plain if char in ".,"]
    if not separators:
        return Decimal(plain)
    head, _, tail = plain.rpartition(separators[-1])
    head = head.replace(".", "").replace(",", "")
    # Three digits behind a separator are thousands, fewer are a fraction: nobody pays 2.5 euro as "2,500".
    grouped = len(tail) == 3 and head != "0"
    return Decimal(head + tail) if grouped else Decimal(f"{head}.{tail}")


def _pieces(text: str) -> list[_Piece]:
    found: list[_Piece] = []
    for token, match in enumerate(_TOKEN.finditer(text)):
        start, end = match.span()
        if match["digits"]:
            value = digits_value(match["digits"]) + Decimal(_VULGAR[match["vulgar"].strip()] if match["vulgar"] else 0)
            atoms: tuple[Atom, ...] = (Atom("digits", value, bool(match["ordinal"])),)
        elif match["fraction"]:
            atoms = (Atom("part", Decimal(_VULGAR[match["fraction"]])),)
        else:
            atoms, end = _word_atoms(match["word"], start)
        found.extend(_Piece(atom, start, end, token) for atom in atoms)
    return found


def _word_atoms(word: str, start: int) -> tuple[tuple[Atom, ...], int]:
    atoms = atoms_of(word)
    if atoms:
        return atoms, start + len(word)
    glued = _GLUED.search(word)
    if glued and glued.start():
        return atoms_of(word[: glued.start()]), start + glued.start()
    return (), start + len(word)


class _Reader:
    """Reads one number from a list of pieces; spaces and hyphens may stand between them, nothing else."""

    def __init__(self, text: str, pieces: list[_Piece]) -> None:
        self.text = text
        self.pieces = pieces

    def kind(self, index: int, start: int) -> str:
        """The kind of the piece at an index, or nothing when it does not connect to the piece before it."""
        if index >= len(self.pieces):
            return ""
        if index > start:
            gap = self.text[self.pieces[index - 1].end : self.pieces[index].start]
            same = self.pieces[index].token == self.pieces[index - 1].token
            joined = gap.strip(" ") == "" or (gap == "-" and "digits" not in self._kinds(index))
            if not same and (not joined or self.pieces[index - 1].atom.ordinal):
                return ""
        return self.pieces[index].atom.kind

    def _kinds(self, index: int) -> tuple[str, str]:
        return self.pieces[index - 1].atom.kind, self.pieces[index].atom.kind

    def value(self, index: int) -> Decimal:
        return self.pieces[index].atom.value

    def spaced(self, index: int) -> bool:
        return self.pieces[index].token != self.pieces[index - 1].token

    def between(self, index: int) -> bool:
        """Whether "tussen" stands before it, so that a spaced "en" separates two numbers."""
        return re.search(r"\btus+en +(?:de +)?(?:€ *)?$", self.text[: self.pieces[index].start]) is not None

    def small(self, i: int) -> _Read | None:
        """A number below a hundred, or digits, with a possible half or quarter behind it."""
        kind = self.kind(i, i)
        if kind in ("fraction", "part"):
            return _Read(self.value(i), Decimal(1), i + 1)
        if kind not in ("unit", "teen", "ten", "digits"):
            return None
        value, after = self.value(i), i + 1
        if kind == "unit":
            value, after = self._with_ten(i)
        return self._with_fraction(value, i, after)

    def _with_ten(self, i: int) -> tuple[Decimal, int]:
        if self.kind(i + 1, i) == "ten" and not self.spaced(i + 1):
            return self.value(i) + self.value(i + 1), i + 2
        spaced_between = self.kind(i + 1, i) == "and" and self.spaced(i + 1) and self.between(i)
        if self.kind(i + 1, i) == "and" and self.kind(i + 2, i) == "ten" and not spaced_between:
            return self.value(i) + self.value(i + 2), i + 3
        return self.value(i), i + 1

    def _with_fraction(self, value: Decimal, i: int, after: int) -> _Read:
        following = self.kind(after, i)
        if following == "part":  # 2 1/2
            return _Read(value + self.value(after), Decimal(1), after + 1)
        if following == "fraction" and after == i + 1 and not self.pieces[i].atom.ordinal:
            if value == 1:  # "een half", "een anderhalf"
                return _Read(self.value(after), Decimal(1), after + 1)
            if self.value(after) == Decimal("0.25"):  # "drie kwart"
                return _Read(value * self.value(after), Decimal(1), after + 1)
        if following == "and":
            half = after + 1
            if self.kind(half, i) == "unit" and self.value(half) == 1:
                half += 1
            if self.kind(half, i) == "fraction" and self.value(half) < 1:
                return _Read(value + self.value(half), Decimal(1), half + 1)
        return _Read(value, Decimal(1), after)

    def hundreds(self, i: int) -> _Read | None:
        """A number up to "vijfennegentighonderd": something below a hundred, times a hundred, plus a rest."""
        start = self.small(i)
        if start is None and self.kind(i, i) != "hundred":
            return None
        read = start or _Read(Decimal(1), Decimal(1), i)
        if self.kind(read.after, i) != "hundred":
            return read
        if start is not None and self.kind(i, i) == "digits" and read.value >= 100:
            return read
        read = _Read(read.value * 100, Decimal(100), read.after + 1)
        return self._plus_rest(i, read, self.small)

    def _plus_rest(self, i: int, read: _Read, reader: "object") -> _Read:
        after = read.after
        if self.kind(after, i) == "and" and not (self.spaced(after) and self.between(i)):
            after += 1
        if not self.kind(after, i) or self.kind(after, i) in ("fraction", "part"):
            return read
        rest = self.small(after) if reader == self.small else self.hundreds(after)
        if rest is None or rest.value >= read.scale or rest.value < 1 or rest.value != int(rest.value):
            return read
        if self.kind(rest.after, i) in ("hundred", "big"):
            return read
        if self.kind(after, i) == "digits" and rest.value * 10 < read.scale:
            return read
        return _Read(read.value + rest.value, Decimal(1), rest.after)

    def number(self, i: int) -> _Read | None:
        """The longest number that starts at a piece."""
        start = self.hundreds(i)
        if start is None and self.kind(i, i) != "big":
            return None
        read = start or _Read(Decimal(1), Decimal(1), i)
        if self.kind(read.after, i) == "big":
            scale = self.value(read.after)
            read = _Read(read.value * scale, scale, read.after + 1)
            read = self._plus_rest(i, read, self.hundreds)
        return read


def find_numbers(folded: str) -> tuple[Number, ...]:
    """The numbers in folded text, longest first reading, in order; a lone "een" is marked as an article."""
    pieces = _pieces(folded)
    reader = _Reader(folded, pieces)
    found: list[Number] = []
    index = 0
    while index < len(pieces):
        read = reader.number(index)
        if read is None:
            index += 1
            continue
        after = read.after
        while after < len(pieces) and pieces[after].token == pieces[after - 1].token:
            after += 1  # the rest of a word that does not fit makes the whole word no number
        if after == read.after:
            found.append(_number(folded, pieces[index:after], read))
        index = after
    return tuple(_with_commas(folded, found))


def _with_commas(folded: str, numbers: list[Number]) -> list[Number]:
    """Reads a comma in words: "drie komma vijf duizend"."""
    found: list[Number] = []
    for number in numbers:
        last = found[-1] if found else None
        if last and _COMMA.fullmatch(folded, last.end, number.start) and last.value == int(last.value):
            digits = number.value / number.scale
            part = digits / 10 ** len(str(int(digits)))
            value = (last.value + part) * number.scale
            found[-1] = replace(number, value=value, start=last.start)
        else:
            found.append(number)
    return found


def _number(folded: str, pieces: list[_Piece], read: _Read) -> Number:
    start, end = pieces[0].start, pieces[-1].end
    in_words = any(piece.atom.kind not in ("digits", "part") for piece in pieces)
    return Number(read.value, start, end, pieces[-1].atom.ordinal, read.scale, in_words, folded[start:end] == "een")


def words_to_number(text: str) -> Decimal | None:
    """The number a text consists of, in words or digits: ``"drie en een half duizend"`` is 3500."""
    folded = fold(text)
    found = find_numbers(folded)
    if len(found) != 1:
        return None
    rest = folded[: found[0].start] + folded[found[0].end :]
    return found[0].value if not rest.strip(" .,!?'\"") else None

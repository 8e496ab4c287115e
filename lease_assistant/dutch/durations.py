"""Reading lengths of time in months from Dutch chat text."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from lease_assistant.dutch import duration_words as dw
from lease_assistant.dutch import money_words as mw
from lease_assistant.dutch.masking import mask_all
from lease_assistant.dutch.money import find_amounts
from lease_assistant.dutch.numbers import Number, find_numbers
from lease_assistant.dutch.text import Folded, blank

_UNIT_BEHIND = re.compile(r"(?: *-? *(?:(?:heel|hele|vol|volle|volledige?|kalender|lease) +)?|[ '])(?P<unit>[a-z]+)")
_ORDINAL_UNIT = re.compile(r"@+ *-? *(?:volle +)?(?P<unit>[a-z]+)")
_POSITION = re.compile(
    r"(?<![a-z])(?P<unit>[a-z]{1,16}) *(?:nr\.?|nummer|:)? *(?P<number>#+)(?! *(?:€|euro?\b|k\b|km|%|,-))"
)
_ADD = re.compile(r" *(?:en|,|plus|\+|,? ?en nog|&)? *")
_RANGE = re.compile(
    r" *-?(?: *(?:[a-z]*jar[a-z]*|jaar|j|jr|ma+nd[a-z]*|mnd[a-z]*|m))? *(?:a|of|tot(?: en met)?|t/?m|-|"
    r"/) *(?:misschien |zelfs |wel |toch )*"
)
_AND = re.compile(r"^(?: *[a-z]+)? *en *$")
_BETWEEN = re.compile(r"\btus+en(?: de)? *$")
_OF = re.compile(r" of (?:zo'?n |ongeveer )?")
_MINUS = re.compile(r"(?:(?:^|(?<=[ (:])) *-|\bmin(?:us)?) *$")
_PER_MONTH = re.compile(r" *(?:per|p/?m\b|p\.m|/|pm)")
_AND_WEEKS = re.compile(r" *(?:en|,|plus|\+) *#+ *(?:week|weken|weekjes|wk|wkn|dag|dagen|dgn)\b")
_MOST_MONTHS = 600
_MOST_YEARS = 15


@dataclass(frozen=True)
class Duration:
    """A length of time in months.

    ``reached`` tells that this much of the lease has been used ("in de 25e maand" is 24), ``marked`` that the text
    names the unit.
    """

    months: int
    reached: bool
    marked: bool
    start: int
    end: int


@dataclass(frozen=True)
class _Term:
    months: Decimal
    unit: int
    start: int
    end: int
    article: bool


class _Skeleton:
    """Masked text in which every number is replaced by # signs and every ordinal by @ signs."""

    def __init__(self, folded: str) -> None:
        amounts = [(a.start, a.end) for a in find_amounts(folded) if a.end - a.start > 1]
        masked = blank(mask_all(folded), amounts)
        self.masked = masked
        self.numbers = {number.start: number for number in find_numbers(masked)}
        for number in self.numbers.values():
            sign = "@" if number.ordinal else "#"
            masked = masked[: number.start] + sign * (number.end - number.start) + masked[number.end :]
        self.text = masked

    def cardinals(self) -> list[Number]:
        return [number for number in self.numbers.values() if not number.ordinal]


def find_durations(text: str, *, bare: bool = False) -> tuple[Duration, ...]:
    """The lengths of time in a text, in order; with ``bare`` a number without a unit counts as months."""
    folded = Folded(text)
    found = sorted(_find(_Skeleton(folded.text), bare=bare), key=lambda duration: duration.start)
    spans = [folded.span(duration.start, duration.end) for duration in found]
    return tuple(replace(duration, start=s, end=e) for duration, (s, e) in zip(found, spans, strict=True))


def _find(skeleton: _Skeleton, *, bare: bool) -> list[Duration]:
    found = _positions(skeleton)
    taken = [(duration.start, duration.end) for duration in found]
    ranged = _ranged(skeleton)
    terms = [term for term in _terms(skeleton) if not any(s < term.end and term.start < e for s, e in taken)]
    terms = [term for term in terms if term.start not in ranged]
    found += [duration for term in _combined(skeleton, terms) if (duration := _from_term(skeleton, term))]
    if bare and not found and not ranged:
        found = _bare(skeleton)
    return found


def _positions(skeleton: _Skeleton) -> list[Duration]:
    """Positions in the lease: "de 25e maand", "maand 31", "het derde jaar"."""
    found = []
    for match in _ORDINAL_UNIT.finditer(skeleton.text):
        unit = dw.unit_months(match["unit"])
        number = skeleton.numbers.get(match.start())
        if unit and number and not re.search(r"(?:en|tjes)$|ig|contract$|^j$|^m$", match["unit"]):
            found.append(_position(skeleton, number, unit, *match.span()))
    for match in _POSITION.finditer(skeleton.text):
        unit = dw.unit_months(match["unit"])
        number = skeleton.numbers.get(match.start("number"))
        plausible = unit and number and number.value == int(number.value) and 0 < number.value * unit <= 180
        if not plausible or len(match["unit"]) < 2 or dw.NO_POSITION_BEFORE.search(skeleton.text[: match.start()]):
            continue
        if number and unit and not _has_unit(skeleton, number) and not match["unit"].endswith("en"):
            found.append(_position(skeleton, number, unit, *match.span()))
    return found


def _position(skeleton: _Skeleton, number: Number, unit: int, start: int, end: int) -> Duration:
    before = skeleton.text[:start]
    months = (int(number.value) - 1) * unit
    if not dw.AT_START.search(before):
        if dw.AT_END.search(before):
            months += unit
        elif dw.HALFWAY.search(before) and unit > 1:
            months += unit // 2
    return Duration(months, True, True, start, end)


def _has_unit(skeleton: _Skeleton, number: Number) -> bool:
    match = _UNIT_BEHIND.match(skeleton.text, number.end)
    if match is None:
        return False
    return dw.unit_months(match["unit"]) is not None or mw.NO_MONEY_AFTER.match(skeleton.text, number.end) is not None


def _terms(skeleton: _Skeleton) -> list[_Term]:
    """Every number with a unit behind it, also those that are an end of a range."""
    found: list[_Term] = []
    for number in skeleton.cardinals():
        match = _UNIT_BEHIND.match(skeleton.text, number.end)
        unit = dw.unit_months(match["unit"]) if match else None
        if match and unit and (len(match["unit"]) > 1 or _glued(skeleton, number)):
            found.append(_Term(number.value * unit, unit, number.start, match.end(), number.article))
    return found


def _ranged(skeleton: _Skeleton) -> set[int]:
    """Where the numbers start that are ends of a range or a choice: those name no single length."""
    found: set[int] = set()
    for first, second in pairwise(skeleton.cardinals()):
        gap = skeleton.text[first.end : second.start]
        between = _AND.search(gap) and _BETWEEN.search(skeleton.text[: first.start])
        same = _in_months(skeleton, first) == _in_months(skeleton, second)
        if (
            not first.article
            and not same
            and _same_kind(skeleton, first, second)
            and (_RANGE.fullmatch(gap) or between)
        ):
            found |= {first.start, second.start}
    return found


def _same_kind(skeleton: _Skeleton, first: Number, second: Number) -> bool:
    """Whether both can be lengths of time: "60 mnd / 20.000 km" is no range."""
    if _unit_of(skeleton, second):
        return True
    return not _unit_of(skeleton, first) and mw.NO_MONEY_AFTER.match(skeleton.text, second.end) is None


def _unit_of(skeleton: _Skeleton, number: Number) -> int | None:
    match = _UNIT_BEHIND.match(skeleton.text, number.end)
    return dw.unit_months(match["unit"]) if match else None


def _in_months(skeleton: _Skeleton, number: Number) -> Decimal:
    return number.value * (_unit_of(skeleton, number) or 1)


def _glued(skeleton: _Skeleton, number: Number) -> bool:
    """Whether a unit of one letter stands right behind its number: "48m", but not "5 m"."""
    return skeleton.text[number.end : number.end + 1] in ("m", "j")


def _combined(skeleton: _Skeleton, terms: list[_Term]) -> list[_Term]:
    """Takes years and months together, and reads "2 jaar en een half" and "een jaar of 4"."""
    found: list[_Term] = []
    for term in terms:
        last = found[-1] if found else None
        if last and last.unit == 12 and _adds(skeleton, last, term):
            found[-1] = replace(last, months=last.months + term.months, end=term.end, unit=1)
        else:
            found.append(_with_tail(skeleton, term))
    return found


def _adds(skeleton: _Skeleton, years: _Term, term: _Term) -> bool:
    smaller = term.unit < 12 or term.months < 12
    return smaller and _ADD.fullmatch(skeleton.text[years.end : term.start]) is not None


def _with_tail(skeleton: _Skeleton, term: _Term) -> _Term:
    for number in skeleton.cardinals():
        if number.start < term.end or _has_unit(skeleton, number):
            continue
        gap = skeleton.text[term.end : number.start]
        if gap in (" en ", " en een ") and 0 < number.value < 1 and term.unit == 12:
            return replace(term, months=term.months + number.value * 12, end=number.end)
        if term.article and _OF.fullmatch(gap):
            return replace(term, months=number.value * term.unit, end=number.end)
        break
    return term


def _from_term(skeleton: _Skeleton, term: _Term) -> Duration | None:
    before = skeleton.text[: term.start]
    too_long = abs(term.months) > _MOST_MONTHS or (term.unit == 12 and abs(term.months) > _MOST_YEARS * 12)
    not_whole = term.months != int(term.months) or _AND_WEEKS.match(skeleton.text, term.end)
    if not_whole or too_long or dw.EVERY_BEFORE.search(before):
        return None
    return _duration(skeleton, int(term.months), term.start, term.end, marked=True)


def _duration(skeleton: _Skeleton, months: int, start: int, end: int, *, marked: bool) -> Duration:
    minus = _MINUS.search(skeleton.text[:start])
    if minus:
        months, start = -months, minus.start() + len(minus.group()) - len(minus.group().lstrip())
    return Duration(months, _used(skeleton.text[:start], skeleton.text[end:]), marked, start, end)


def _used(before: str, after: str) -> bool:
    if dw.NOT_USED_BEFORE.search(before) or dw.NOT_USED_AFTER.match(after):
        return False
    return bool(dw.USED_AFTER.match(after) or dw.USED_BEFORE.search(before))


def _bare(skeleton: _Skeleton) -> list[Duration]:
    found = []
    for number in skeleton.cardinals():
        written = skeleton.masked[number.start : number.end]
        whole = number.value == int(number.value) and number.value < 1000
        if not whole or (number.article and skeleton.masked.strip(" .!") != "een") or re.match("0[0-9]", written):
            continue
        before, after = skeleton.masked[: number.start], skeleton.masked[number.end :]
        if (
            _PER_MONTH.match(after)
            or mw.NO_MONEY_AFTER.match(after)
            or mw.NO_MONEY_BEFORE.search(before)
            or re.match(r"[a-z0-9/_:\x00]", after)
        ):
            continue
        found.append(_duration(skeleton, int(number.value), number.start, number.end, marked=False))
    return found

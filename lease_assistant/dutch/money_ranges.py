"""Amounts that belong together: "tussen 2 en 3 duizend", "2000-2500 euro", "een paar honderd"."""

import re
from dataclasses import replace
from decimal import Decimal

from lease_assistant.dutch import money_words as mw
from lease_assistant.dutch.money_types import Raw

_FILLER = r"(?:(?:de|het|ongeveer|wel|zo'?n|maximaal|max|hooguit|rond|misschien|ergens|in|zo|circa|ca\.?|wel) *)*"
_TO = re.compile(rf" *-? *(?:tot(?: en met| aan)?|t/?m|a|of|--?|/|~|en misschien|, ?hooguit|, ?misschien) *{_FILLER}")
_AND = re.compile(rf" *(?:en|tot|-|a|&) *{_FILLER}")
_BETWEEN = re.compile(rf"\b(?:tus+en|tusen|tss|tussne|tussn) *{_FILLER}$")
_FEW_WORD = r"\b(?:paar|enkele|aantal|stel(?:letje)?)(?: van die)? +"
_FEW = re.compile(
    rf"(?:een |n |'n )?{_FEW_WORD}(?:(?P<hundred>honderd(?:en|jes)?|hondert|honderdt)|(?P<thousand>duizend(?:en|jes)?|"
    rf"duizent|duizendt)|(?P<unit>{mw.UNIT}))(?P<euro> *{mw.EURO})?|(?:een |n |'n )?{_FEW_WORD}(?P<only>{mw.EURO})"
)
_PLURAL = re.compile(rf"(?<![a-z])(?P<word>honderden|duizenden|tientallen) *{mw.EURO}")
_PLURALS = {"honderden": 100, "duizenden": 1000, "tientallen": 10}


def few(masked: str) -> list[Raw]:
    """Reads "een paar honderd" and its kind: two to five of something."""
    found = []
    for match in _FEW.finditer(masked):
        factor = _factor(match)
        marked = bool(match["euro"] or match["unit"] or match["only"])
        found.append(Raw(5 * factor, *match.span(), marked, factor, True, low=2 * factor))
    return found


def _factor(match: "re.Match[str]") -> Decimal:
    if match["hundred"]:
        return Decimal(100)
    if match["thousand"]:
        return Decimal(1000)
    if match["only"]:
        return Decimal(1)
    return next(factor for pattern, factor in mw.UNITS if pattern.fullmatch(match["unit"]))


def plurals(masked: str) -> list[Raw]:
    """Reads "honderden euro's": at least two of them, without a known end."""
    return [
        Raw(Decimal(2 * _PLURALS[match["word"]]), *match.span(), True, Decimal(1), True, between=True)
        for match in _PLURAL.finditer(masked)
    ]


def join_ranges(masked: str, raws: list[Raw]) -> list[Raw]:
    """Takes two amounts together when the text between them makes them the ends of a range."""
    found: list[Raw] = []
    for raw in raws:
        joined = _joined(masked, found[-1], raw) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(raw)
    return found


def _joined(masked: str, first: Raw, second: Raw) -> Raw | None:
    if first.low is not None or second.low is not None or first.between or second.between:
        return None
    gap = masked[first.end : second.start]
    between = _BETWEEN.search(masked[: first.start])
    either = False
    if not (between and _AND.fullmatch(gap)):
        if not _TO.fullmatch(gap) and not (not gap.strip() and masked[second.start] == "-"):
            return None
        either = bool(re.match(r" *of\b", gap))
    second = _sign_is_dash(masked, first, second)
    low = _scaled(first, second)
    high = second.value
    if either and low > high:
        low, high = high, low
    if not low < high:
        return None
    start = between.start() if between else first.start
    return replace(second, value=high, low=low, start=start, marked=first.marked or second.marked)


def _sign_is_dash(masked: str, first: Raw, second: Raw) -> Raw:
    """The second half of "2000 - 2500" is no negative amount."""
    if second.value < 0 <= first.value and masked[second.start] == "-":
        return replace(second, value=-second.value)
    return second


def _scaled(first: Raw, second: Raw) -> Decimal:
    """In "2 a 3 duizend" the thousand counts for both."""
    if second.scale != 1 and first.scale == 1 and not first.marked and first.value < second.value / second.scale:
        return first.value * second.scale
    if not first.marked and second.scale == 1 and first.value < 20:
        # "3 a 400 euro" means 300 to 400
        for factor in (Decimal(1000), Decimal(100)):
            if second.value % factor == 0 and first.value < second.value / factor < 20:
                return first.value * factor
    return first.value

"""Finding the separate amounts in a text: a number, its sign, its unit and its cents."""

import re
from dataclasses import replace
from decimal import Decimal

from lease_assistant.dutch import money_words as mw
from lease_assistant.dutch.money_types import Raw
from lease_assistant.dutch.numbers import Number, find_numbers

_EURO_BEFORE = re.compile(r"(?:€|\b(?:eur|euro|euros|euro's))[ :.]*(?P<minus>-?) *$")
_MINUS_BEFORE = re.compile(r"(?:(?:^|(?<=[^0-9a-z,.=€/+ -])|(?<= )) *-|\bmin(?:us)?) *$")
_MARKS = re.compile(rf" ?(?P<tail>{mw.TAIL})| *(?P<euro>{mw.EURO})")
_K_AND_MORE = re.compile(r" ?k(?P<hundreds>[0-9])(?![0-9a-z])")
_CENTS_GAP = re.compile(r" *(?:, ?|en |plus )? *")
_CENT = Decimal("0.01")


def scan(masked: str) -> list[Raw]:
    """All numbers with their money markers, in order; cents behind euros are added to them."""
    found: list[Raw] = []
    for number in find_numbers(masked):
        if number.ordinal and not _old_euro_sign(masked, number):
            continue
        if found and number.start < found[-1].end:
            continue
        raw = _raw(masked, number, found[-1].end if found else 0)
        if found and (joined := _with_cents(masked, found[-1], raw)):
            found[-1] = joined
        else:
            found.append(raw)
    return found


def _old_euro_sign(masked: str, number: Number) -> bool:
    """Whether it is chat for euros ("500e") and not an ordinal ("25e")."""
    return not number.in_words and number.value >= 100 and masked[number.start : number.end].endswith("0e")


def _raw(masked: str, number: Number, floor: int) -> Raw:
    start, marked = number.start, number.ordinal
    value, end, unit = _unit_behind(masked, number)
    scale = unit or number.scale
    marked = marked or unit is not None
    tail, euro_behind = end, False
    while match := _MARKS.match(masked, tail):
        tail, marked = match.end(), True
        euro_behind = euro_behind or bool(match["euro"])
    before = masked[floor:start]
    if euro := _EURO_BEFORE.search(before):
        marked, start = True, floor + euro.start()
        value = -value if euro["minus"] else value
    if (minus := _MINUS_BEFORE.search(masked[:start])) and minus.start() >= floor:
        value, start = -value, minus.start() + len(minus.group()) - len(minus.group().lstrip())
    return Raw(value, start, tail, marked, scale, euro_behind or (unit is None and bool(euro)))


def _unit_behind(masked: str, number: Number) -> tuple[Decimal, int, Decimal | None]:
    if match := _K_AND_MORE.match(masked, number.end):
        return number.value * 1000 + 100 * int(match["hundreds"]), match.end(), Decimal(1000)
    for pattern, factor in mw.UNITS:
        gap = re.compile(r"[ -]?(?:van die )?").match(masked, number.end)
        match = pattern.match(masked, gap.end() if gap else number.end)
        if match:
            return number.value * factor, match.end(), factor
    return number.value, number.end, None


def _with_cents(masked: str, euros: Raw, cents: Raw) -> Raw | None:
    gap = masked[euros.end : cents.start]
    if not euros.euro_behind or euros.scale == _CENT or euros.value != int(euros.value):
        return None
    if not _CENTS_GAP.fullmatch(gap):
        return None
    if cents.scale == _CENT and cents.marked and 0 <= cents.value < 1:
        return replace(euros, value=_outward(euros.value, cents.value), end=cents.end)
    bare = not cents.marked and cents.scale == 1 and 1 <= cents.value < 100 and cents.value == int(cents.value)
    if bare and gap == " " and not re.match(r" ?[a-z%]", masked[cents.end :]):
        return replace(euros, value=_outward(euros.value, cents.value / 100), end=cents.end)
    return None


def _outward(euros: Decimal, cents: Decimal) -> Decimal:
    return euros - cents if euros < 0 else euros + cents

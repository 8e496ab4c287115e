"""Reading amounts of money from Dutch chat text."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

from lease_assistant.dutch import money_words as mw
from lease_assistant.dutch.masking import mask_all
from lease_assistant.dutch.money_ranges import few, join_ranges, plurals
from lease_assistant.dutch.money_scan import scan
from lease_assistant.dutch.money_types import Amount, Raw
from lease_assistant.dutch.text import Folded, blank

__all__ = ["Amount", "find_amounts"]

_ZERO = Decimal(0)
_SMALL, _TENS = "(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)", "(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig"
_PAIR = re.compile(rf"\b{_SMALL} +$")
_PAIRED = re.compile(rf"{_SMALL} +{_TENS}\b")
_DISTANCE = re.compile(r" ?(?:kms?|kilometers?)\b")
_NEGATED = re.compile(r"\b(?:niet|geen)(?: de)? *$")
_BUT = re.compile(r"[^.]{0,25}\bmaar (?:[a-z']+ ){0,3}$")
_CORRECTED = re.compile(
    r"[ ,.?!]*(?:eh+ |uh+ |oh )?(?:nee|neen|sorry|correctie|wacht|of nee|oeps)\b[ ,.:]*(?:[a-z']+ ){0,3}"
)
_SINGLE = re.compile(
    r"(?<![a-z])(?P<article>een |n |'n |zo'n )?(?P<unit>honderdje|tientje|(?:rooie |rode )?rug(?:getje)?|meier|mille|"
    r"duizendje|ton|geeltje|"
    r"vijfje|twintigje|vijftigje|joet|barkie)\b(?P<of> of (?=[a-z0-9]))?"
)
_SCALE_OF = re.compile(
    r"(?:(?<![a-z])(?:een|n|'n) *)?(?P<unit>honderd|duizend|honderdje|tientje|rug|meier|mille|ton) of $"
)
_EURO_OF = re.compile(
    rf"(?:(?<![a-z])(?:een|n|'n|zo'n|ongeveer|rond|denk|denk ik|was|dus) *|^ *|"
    rf"[,:(] *){mw.EURO} +of +(?:zo'?n |ongeveer )?$"
)
_BOTH_LIMITS = re.compile(r",? *(?:maar|en|doch)? *(?:(?:wel|toch|weer|niet) *)*[a-z ]{3,20}")


def find_amounts(text: str, *, bare: bool = False) -> tuple[Amount, ...]:
    """The amounts of money in a text, in order.

    With ``bare`` numbers without a money marker count too, for the answer to a question about an amount; numbers of
    months, kilometres, percentages, dates, times, plates and the like never do.
    """
    folded = Folded(text)
    found = _find(mask_all(folded.text), bare=bare)
    spans = [folded.span(amount.start, amount.end) for amount in found]
    return tuple(replace(amount, start=s, end=e) for amount, (s, e) in zip(found, spans, strict=True))


def _find(masked: str, *, bare: bool) -> list[Amount]:
    raws = [raw for raw in _raws(masked) if not _DISTANCE.match(masked, raw.end)]
    kept = [raw for raw in raws if raw.marked or (bare and _may_be_money(masked, raw))]
    kept = [raw for raw, following in zip_longest(kept, kept[1:]) if not _withdrawn(masked, raw, following)]
    if any(raw.marked for raw in kept):
        kept = [raw for raw in kept if raw.marked or abs(raw.value) >= 20]
    amounts = _merge_limits(masked, [_limited(masked, raw) for raw in kept])
    return amounts or (_free(masked) if bare else [])


def _raws(masked: str) -> list[Raw]:
    grouped = few(masked)
    grouped += plurals(blank(masked, [(raw.start, raw.end) for raw in grouped]))
    rest = blank(masked, [(raw.start, raw.end) for raw in grouped])
    separate = _about_euros(rest, _scale_of(rest, scan(rest)))
    raws = _units_alone(rest, join_ranges(rest, separate))
    return sorted(grouped + raws, key=lambda raw: raw.start)


def _about_euros(masked: str, raws: list[Raw]) -> list[Raw]:
    """Reads "een euro of 800" as about 800, not as one or 800."""
    found: list[Raw] = []
    for raw in raws:
        match = _EURO_OF.search(masked[: raw.start])
        if match and not raw.marked and raw.value > 1:
            found = [other for other in found if other.end <= match.start()]
            found.append(replace(raw, start=match.start(), marked=True, spread=True))
        else:
            found.append(raw)
    return found


def _scale_of(masked: str, raws: list[Raw]) -> list[Raw]:
    """Reads "een duizend of drie" as about three thousand."""
    found: list[Raw] = []
    for raw in raws:
        match = _SCALE_OF.search(masked[: raw.start])
        if match and 1 < raw.value < 20 and not raw.marked:
            factor = {"honderd": 100, "duizend": 1000, "honderdje": 100, "tientje": 10, "meier": 100}.get(match["unit"])
            value = raw.value * Decimal(factor or (100_000 if match["unit"] == "ton" else 1000))
            found = [other for other in found if other.end <= match.start()]
            found.append(replace(raw, value=value, start=match.start(), marked=True, spread=True))
        else:
            found.append(raw)
    return found


def _units_alone(masked: str, raws: list[Raw]) -> list[Raw]:
    """Reads "een tientje" or "meier", without a number in front."""
    found = list(raws)
    for match in _SINGLE.finditer(masked):
        taken = any(raw.start < match.end() and match.start() < raw.end for raw in raws)
        lone = match["article"] or match.group() == masked.strip(" .,!?")
        if taken or match["of"] or not lone:  # "achter de rug" is no money
            continue
        factor = next((factor for pattern, factor in mw.UNITS if pattern.fullmatch(match["unit"])), None)
        if factor is not None:
            found.append(Raw(factor, *match.span(), True, Decimal(1), True))
    return found


def _withdrawn(masked: str, raw: Raw, following: Raw | None) -> bool:
    """Whether a customer takes an amount back: "niet 500 maar 400", "500, nee 400"."""
    if following is None:
        return False
    between = masked[raw.end : following.start]
    negated = _NEGATED.search(masked[: raw.start]) and _BUT.fullmatch(between)
    return bool(negated or _CORRECTED.fullmatch(between))


def _may_be_money(masked: str, raw: Raw) -> bool:
    """Whether a number without a money marker can be an amount."""
    before, after = masked[: raw.start], masked[raw.end :]
    written = masked[raw.start : raw.end]
    if written in ("een", "half", "kwart", "halve") and masked.strip(" .!") != "een":
        return False
    digits = re.sub(r"[^0-9]", "", written)
    if len(digits) > 8 or re.match(r"[€ -]*0[0-9]", written):
        return False
    if mw.NO_MONEY_AFTER.match(after) or mw.NO_MONEY_BEFORE.search(before):
        return False
    if mw.MONTH_AFTER.match(after):
        return abs(raw.value) >= 120
    if _PAIR.search(before) or _PAIRED.match(masked, raw.start):
        return False  # "vier vijftig" is 4,50 to some and 450 to others
    return not re.match(r"[a-z0-9/\\_:\x00]", after) or re.match(r"(?:pm|pmnd|p/?m|/ ?(?:m|p)|per)", after) is not None


def _limited(masked: str, raw: Raw) -> Amount:
    before, after = masked[: raw.start], masked[raw.end :]
    approximate = bool(raw.spread or mw.APPROXIMATE_BEFORE.search(before) or mw.APPROXIMATE_AFTER.match(after))
    limit = "at_least" if raw.between else _limit(before, after) if raw.low is None else ""
    low, high = (raw.value, raw.value) if raw.low is None else (raw.low, raw.value)
    if limit in ("more", "at_least"):
        return Amount(low, None, approximate, limit == "more", raw.marked, raw.start, raw.end)
    if limit in ("less", "at_most"):
        low = min(_ZERO, high)
    return Amount(low, high, approximate, limit == "less", raw.marked, raw.start, raw.end)


def _limit(before: str, after: str) -> str:
    for name, pattern in mw.BOUNDS:
        if pattern.search(before):
            return name
    return next((name for name, pattern in mw.BOUNDS_AFTER if pattern.match(after)), "")


def _merge_limits(masked: str, amounts: list[Amount]) -> list[Amount]:
    """Reads "meer dan 2000 maar minder dan 3000" as one range."""
    found: list[Amount] = []
    for amount in amounts:
        last = found[-1] if found else None
        if last and _limits_both(last, amount) and _BOTH_LIMITS.fullmatch(masked[last.end : amount.start]):
            marked = last.marked or amount.marked
            found[-1] = replace(amount, low=last.low, start=last.start, marked=marked)
        else:
            found.append(amount)
    return found


def _limits_both(lower: Amount, upper: Amount) -> bool:
    return lower.high is None and upper.low == 0 and upper.high is not None and lower.low < upper.high


def _free(masked: str) -> list[Amount]:
    if masked.strip(" .!") in ("geen", "0", "nul", "o", "zero"):
        start = len(masked) - len(masked.lstrip())
        return [Amount(_ZERO, _ZERO, False, False, False, start, len(masked.rstrip()))]
    match = mw.FREE.search(masked)
    if (
        match
        and not mw.NOT_FREE.search(masked[: match.start()])
        and not re.match(r" *(?:van|over|meer)\b", masked[match.end() :])
    ):
        return [Amount(_ZERO, _ZERO, False, False, False, *match.span())]
    return []

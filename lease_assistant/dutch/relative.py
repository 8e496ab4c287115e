"""Moments counted from now: "2 uurtjes geleden", "over 3 maanden", and mentions too vague to date."""

import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from lease_assistant.dutch.calendar_math import add_months
from lease_assistant.dutch.duration_words import unit_months
from lease_assistant.dutch.moment_types import DateItem, Numbered, Reading

_MINUTE = re.compile(r"min|mins|minuut|minuten|minuutjes?|minutjes?|minute|minuutn|mintuen")
_HOUR = re.compile(r"u|uur|uren|uurtjes?|uurtj|uurjes?|ure|uurtjs|uuurtje|h")
_DAY = re.compile(r"dag|dagen|dgn|daagjes?|dagjes?|dage|dagn|daagn|etmaal")
_WEEK = re.compile(r"week|weken|wk|wkn|weekjes?|weke|weekn|wekn")
_QUARTER = re.compile(r"kwartier(?:tje|tjes|en)?|kwartiertj|kwatier|kwrtier")
_UNIT = (
    r"(?:m(?:in|ins|inuu?t\w*|inute|intuen)|u|h|u+u?r\w*|ure|uren|da+g(?!deel)\w*|dgn|dage|etmaal|we+k\w*|wk|"
    r"wkn|kwartier\w*|kwatier|kwrtier|"
    r"jaa?r\w*|jr|ma+nd\w*|mnd\w*|maa?dn\w*|manden|halfuur\w*|halfjaar|kwarta\w+)(?![a-z])"
)
_AGO = r"(?:geleden|terug|gelden|gelee|geleeden|gelede|geledn|geleen|gleden|gelden|ago|geladen|geldeen)"
_PAST = re.compile(
    rf"(?P<vague>\b(?:nog geen|paar|enkele|aantal|hele|heleboel|meer dan(?: een)?|stuk of|tijd|tijdje|poos|poosje) +)?"
    rf"(?P<n>#+)?(?: *(?:kleine?|goeie?|dik|hele?|half)? *)(?<![a-z])(?P<unit>{_UNIT})"
    rf"(?P<of> of (?P<m>#+))?(?: *(?:en|,)? *(?P<n2>#+) *(?P<unit2>{_UNIT}))? +(?:of zo +|ofzo +)?{_AGO}\b"
)
_FUTURE = re.compile(
    r"(?P<before>\b(?:kwart|iets|net|even|ruim|vlak|kort|minuten|min|#+) +)?\bover +(?:ongeveer +|precies +|"
    r"een +|zo'n +|circa +)?"
    rf"(?P<vague>(?:een )?(?:paar|enkele|aantal) +)?(?P<n>#+)? *(?P<unit>{_UNIT})(?! *(?:gebruik|contract|heen|"
    rf"lang\b|voor\b))"
)
_FROM_NOW = re.compile(rf"(?P<n>#+) *(?P<unit>{_UNIT}) +(?:vanaf|na|gerekend vanaf) +(?:nu|vandaag|heden)\b")
_VAGUE = re.compile(
    r"\b(?:een (?:tijdje|poosje|tijd|poos)(?: terug| geleden)?|(?:tijdje|poosje|tijd|eeuwigheid|lang|"
    r"kort) (?:terug|geleden)|"
    r"laatst|onlangs|recent(?:elijk)?|vroeger|ooit|binnenkort|vorige? week|verleden week|afgelopen week|"
    r"deze week|van de week|"
    r"volgende week|komende week|vorig jaar|volgend jaar|verleden jaar|komend jaar|afgelopen (?:jaar|dagen|"
    r"weken|zomer|winter|tijd)|"
    r"(?:afgelopen|vorige?|deze|komende?|volgende?) (?:zomer|winter|herfst|lente|voorjaar|najaar|vakantie)|doordeweeks|"
    r"elke (?:dag|week|maand|[a-z]+dag)|iedere (?:dag|week|maand|[a-z]+dag)|een keer|pasgeleden|kortgeleden|"
    r"zo snel mogelijk|asap)\b"
)
_NUMBERLESS = {"uur", "uurtje", "week", "weekje", "maand", "maandje", "jaar", "kwartier", "kwartiertje", "dag",
               "jaartje", "minuut", "halfuur", "halfuurtje", "halfjaar", "minuutje", "dagje"}  # fmt: skip


def read_relative(reading: Reading) -> list[DateItem]:
    """Everything counted from now; what cannot be dated gives an item without a date."""
    numbered = Numbered(reading.text, fractions=True)
    found: list[DateItem] = []
    for match in _PAST.finditer(numbered.text):
        if item := _past(reading, numbered, match):
            reading.take(item.start, item.end)
            found.append(item)
    for match in _FUTURE.finditer(numbered.text):
        if item := _future(reading, numbered, match):
            reading.take(item.start, item.end)
            found.append(item)
    for match in _FROM_NOW.finditer(numbered.text):
        count = _amount(numbered, match, "n", match["unit"])
        if count is not None and _is_unit(match["unit"]):
            reading.take(*match.span())
            found.append(_shifted(reading, match, match["unit"], count, _kind(match["unit"])))
    return found


def read_vague(reading: Reading) -> list[DateItem]:
    """Mentions of a time that no date belongs to: they keep a clock time from meaning today."""
    return reading.take_all(_VAGUE, lambda match: DateItem(*match.span(), None, "vague"))


def _amount(numbered: Numbered, match: "re.Match[str]", group: str, unit: str) -> Decimal | None:
    if match[group]:
        number = numbered.values.get(match.start(group))
        return number.value if number else None
    return Decimal(1) if unit in _NUMBERLESS else None


def _past(reading: Reading, numbered: Numbered, match: "re.Match[str]") -> DateItem | None:
    unit = match["unit"]
    if not _is_unit(unit):
        return None
    count = _amount(numbered, match, "m" if match["of"] else "n", unit)
    kind = _kind(unit)
    if match["vague"] or count is None:
        return DateItem(*match.span(), None, "vague")
    if match["n2"]:
        extra = numbered.values.get(match.start("n2"))
        minutes = _minutes(match["unit2"], extra.value) if extra else None
        base = _minutes(unit, count)
        if minutes is None or base is None:
            return _two_units(reading, match, count, extra.value if extra else None)
        return _shifted(reading, match, "min", -(base + minutes), kind)
    return _shifted(reading, match, unit, -count, kind)


def _two_units(reading: Reading, match: "re.Match[str]", count: Decimal, extra: Decimal | None) -> DateItem:
    """Reads "1 jaar en 2 maanden geleden"; other pairs ("2 weken en 3 dagen") add up in days."""
    first, second = unit_months(match["unit"]), unit_months(match["unit2"])
    if first and second and extra is not None:
        return _shifted(reading, match, "maand", -(count * first + extra * second), "coarse")
    if extra is not None and _WEEK.fullmatch(match["unit"]) and _DAY.fullmatch(match["unit2"]):
        return _shifted(reading, match, "dag", -(count * 7 + extra), "day")
    return DateItem(*match.span(), None, "vague")


def _future(reading: Reading, numbered: Numbered, match: "re.Match[str]") -> DateItem | None:
    unit = match["unit"]
    if not _is_unit(unit) or (match["before"] and _minutes(unit, Decimal(1)) is not None):
        return None
    count = _amount(numbered, match, "n", unit)
    if match["vague"] or count is None:
        return DateItem(*match.span(), None, "vague") if match["vague"] else None
    start = match.start() if not match["before"] else match.end("before")
    item = _shifted(reading, match, unit, count, _kind(unit))
    return DateItem(start, item.end, item.date, item.kind, item.time)


def _is_unit(unit: str) -> bool:
    known = _MINUTE, _HOUR, _DAY, _WEEK, _QUARTER
    return unit in _NUMBERLESS or any(pattern.fullmatch(unit) for pattern in known) or unit_months(unit) is not None


def _kind(unit: str) -> str:
    if _WEEK.fullmatch(unit):
        return "weeks"
    return "coarse" if unit_months(unit) and unit != "u" else "day"


def _minutes(unit: str, count: Decimal) -> Decimal | None:
    if unit.startswith("halfuur"):
        return Decimal(30)
    for pattern, minutes in ((_MINUTE, 1), (_QUARTER, 15), (_HOUR, 60)):
        if pattern.fullmatch(unit):
            return count * minutes
    return None


def _shifted(reading: Reading, match: "re.Match[str]", unit: str, count: Decimal, kind: str) -> DateItem:
    start, end = match.span()
    if abs(count) > 10_000:
        return DateItem(start, end, None, "vague")
    minutes = _minutes(unit, count)
    if minutes is not None:
        sign = -1 if unit.startswith("halfuur") and count < 0 else 1
        moment = shift_time(reading.now, sign * minutes)
        return DateItem(start, end, moment.date(), "clock", moment.time().replace(second=0, microsecond=0))
    days = count * 7 if _WEEK.fullmatch(unit) else count if _DAY.fullmatch(unit) else None
    if days is not None:
        whole = days == int(days)
        return DateItem(start, end, reading.today + timedelta(days=int(days)) if whole else None, kind)
    months = count * (6 if unit == "halfjaar" else unit_months(unit) or 1)
    return DateItem(start, end, add_months(reading.today, int(months)) if months == int(months) else None, kind)


def shift_time(now: datetime, minutes: Decimal) -> datetime:
    """A moment some minutes away, counted in real time over a change of the clock."""
    moved = now.astimezone(timezone.utc) + timedelta(minutes=float(minutes))
    return moved.astimezone(now.tzinfo)

"""Days within a month that is not named: "de 15e", "vorige maand de 3e", "eind volgende maand"."""

import re
from datetime import date, timedelta

from lease_assistant.dutch.calendar_math import add_months, last_of_month, safe_date
from lease_assistant.dutch.moment_types import DateItem, Direction, Numbered, Reading
from lease_assistant.dutch.said_years import direction_said

# Before a month: only a stretch of it is meant, so no day can be given.
STRETCH_BEFORE = re.compile(r"\b(?:week|weken|helft|loop|dagen|weekend|weekeinde)(?: van| in)?(?: de)? *$")
EDGE = (
    r"begin|eind(?:e)?|half|medio|midden|halverwege|aan het eind(?:e)? van|aan het begin van|de eerste van|"
    r"ultimo|primo|(?:de )?laatste (?:dag )?van"
)
_RELATIVE_MONTH = (
    r"(?P<q>vorige|verleden|afgelopen|voorbije|deze|dezelfde|volgende|komende|aanstaande|de komende|"
    r"de volgende|de lopende|"
    r"lopende|de|dezer|elke|iedere) +(?:ma+nd|mnd|mand|maad)\b(?! +(?:daarna|erna|later|ervoor))"
)
_ORDINAL = re.compile(
    rf"(?:(?P<det>\b(?:de|den|d'n|'n|per|op|tegen|vanaf)) +(?:dag +)?)?(?P<d>@+)(?: +(?:dag +)?van "
    rf"+{_RELATIVE_MONTH}|(?P<bare>))"
)
_MONTH_FIRST = re.compile(
    rf"\b{_RELATIVE_MONTH}(?: *,? *(?:nog|op|was|het|dat|per|rond|ergens|zo|ongeveer))* +(?:de +|den +)?(?P<d>@+)"
)
_REL_EDGE = re.compile(
    rf"(?:(?P<edge>{EDGE}|laatste (?:dag )?van|eerste (?:dag )?van|het eind(?:e)? van) +(?:van +)?(?:de "
    rf"+)?)?\b{_RELATIVE_MONTH}"
    r"|\b(?P<edge2>eind(?:e)?) +(?:van +)?ma+nd\b"
)
# What may follow "de 15e"; any other word makes it "de 2e auto" or "de 1e keer".
_FREE_AFTER = re.compile(
    r" *(?:$|[.,!?;:)\x00(-]|(?:om|rond|omstreeks|'s|s|in|op|was|is|dus|denk|dacht|volgens|ergens|toen|ik|dat|"
    r"en|of|van|werd|"
    r"gebeurde?|geloof|zo|meen|tegen|savonds|smiddags|sochtends|smorgens|snachts|mag|graag|wil|kan|als|voor|met|bij|"
    r"heb|had|ging|reed|hoor|ofzo|jl|opzeggen|stoppen|inleveren|a\.s|as|het|tussen|per|niet|eind|begin|kwart|"
    r"half|#+)\b)"
)


def _relative_month_days(reading: Reading) -> list[DateItem]:
    """Reads "vorige maand de 3e" and "volgende maand de eerste"."""
    numbered = Numbered(reading.text)
    found = []
    for match in _MONTH_FIRST.finditer(numbered.text):
        day = numbered.whole(match.start("d"))
        month = _month_meant(reading, match["q"])
        if day and month:
            reading.take(*match.span())
            found.append(DateItem(*match.span(), safe_date(month.year, month.month, day), "date"))
    return found


def _month_meant(reading: Reading, word: str) -> date | None:
    """The first day of the month that "vorige", "deze" or "volgende" points at."""
    shift = (
        -1
        if word in ("vorige", "verleden", "afgelopen", "voorbije")
        else 0
        if word in ("deze", "dezelfde", "lopende", "de lopende", "dezer")
        else 1
    )
    return None if word in ("de", "elke", "iedere") else add_months(reading.today.replace(day=1), shift)


def _ordinals(reading: Reading) -> list[DateItem]:
    """Reads "de 15e", "per de eerste", "de 3e van vorige maand", "15e vorige maand"."""
    numbered = Numbered(reading.text)
    found = []
    for match in _ORDINAL.finditer(numbered.text):
        item = _ordinal(reading, numbered, match)
        if item:
            reading.take(item.start, item.end)
            found.append(item)
    return found


def _ordinal(reading: Reading, numbered: Numbered, match: "re.Match[str]") -> DateItem | None:
    day, end = numbered.whole(match.start("d")), match.end()
    word = match["q"]
    if not word and (behind := re.match(rf",? +{_RELATIVE_MONTH}", numbered.text[end:])):
        word, end = behind["q"], end + behind.end()
    if day is None or not 1 <= day <= 31:
        return None
    if word and (month := _month_meant(reading, word)):
        return DateItem(match.start(), end, safe_date(month.year, month.month, day), "date")
    if not word and not _stands_alone(numbered, match, day):
        return None
    found = _nearest_day(reading, day, direction_said(reading, match.start(), end))
    return DateItem(match.start(), end, found, "monthday")


def _stands_alone(numbered: Numbered, match: "re.Match[str]", day: int) -> bool:
    number = numbered.values[match.start("d")]
    whole = not numbered.text.replace(match.group(), "").strip(" .!,")
    before = numbered.text[: match.start()]
    if not _FREE_AFTER.match(numbered.text[match.end() :]):
        return False
    dated = match["det"] in ("per", "tegen", "vanaf") or re.search(
        r"\b(?:per|op|tegen|vanaf|tot|rond|was)(?: het| dat)? $", before
    )
    if number.in_words and not dated and not (whole and match["det"]):
        return False
    return bool(match["det"] or whole or re.search(r"\x00[ ,]*$", before))


def nearest_fitting(reading: Reading, day: int, weekday: int) -> date | None:
    """The nearest such day of a month, in the direction of the question, that falls on a weekday."""
    return _nearest_day(reading, day, reading.direction, weekday)


def _nearest_day(reading: Reading, day: int, direction: Direction, weekday: int | None = None) -> date | None:
    month: date | None = reading.today.replace(day=1)
    for _ in range(4 if weekday is None else 15):
        found = safe_date(month.year, month.month, day) if month else None
        fits = found is not None and (weekday is None or found.weekday() == weekday)
        if found and fits and (found < reading.today if direction == "past" else found > reading.today):
            return found
        month = add_months(month, -1 if direction == "past" else 1) if month else None
    return None


def _relative_months(reading: Reading) -> list[DateItem]:
    """Reads "volgende maand", "eind deze maand", "einde maand"."""
    found = []
    for match in _REL_EDGE.finditer(reading.text):
        edge = match["edge"] or match["edge2"] or ""
        word = match["q"] or "deze"
        if word in ("elke", "iedere") or (word in ("de", "deze", "dezelfde") and not edge):
            continue
        if STRETCH_BEFORE.search(reading.text[: match.start()]):
            found.append(DateItem(*match.span(), None, "vague"))
            continue
        month = reading.today.replace(day=1) if word == "de" else _month_meant(reading, word)
        if month is None:
            continue
        day = month
        if "eind" in edge or edge.startswith("laatste") or edge == "ultimo":
            day = last_of_month(month)
        elif edge in ("half", "medio", "midden", "halverwege"):
            day = month + timedelta(days=14)
        reading.take(*match.span())
        found.append(DateItem(*match.span(), day, "month"))
    return found


def read_month_days(reading: Reading) -> list[DateItem]:
    """All days of a month that is not named, and such months themselves."""
    return _relative_month_days(reading) + _ordinals(reading) + _relative_months(reading)

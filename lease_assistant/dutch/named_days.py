"""Days with a name, and the begin and end of a year: "koningsdag", "kerst vorig jaar", "eind 2026"."""

import re
from datetime import date

from lease_assistant.dutch.calendar_words import HOLIDAY, holiday
from lease_assistant.dutch.moment_types import DateItem, Direction, Reading
from lease_assistant.dutch.said_years import BEFORE_SAID, YEAR_SAID, YEAR_WORDS, direction_said

_YEAR_EDGE = re.compile(
    r"\b(?P<edge>begin|eind(?:e)?|aan het eind(?:e)? van|aan het begin van) +(?:van +)?(?:het +)?"
    r"(?:(?P<said>vorig|dit|volgend|komend|afgelopen)? *jaar\b|(?P<y>20[0-9]{2})(?![0-9]))"
)


def _year_edge(reading: Reading, match: "re.Match[str]") -> DateItem:
    year = int(match["y"]) if match["y"] else reading.today.year + YEAR_WORDS.get(match["said"] or "dit", 0)
    return DateItem(*match.span(), date(year, 12, 31) if "eind" in match["edge"] else date(year, 1, 1), "date")


def _holiday(reading: Reading, match: "re.Match[str]") -> DateItem | None:
    name, end = match.group(), match.end()
    behind = re.compile(rf"(?: +van| +in)?(?: +(?P<y>20[0-9]{{2}})(?![0-9])| +{YEAR_SAID})").match(reading.text, end)
    said = BEFORE_SAID.search(reading.text[: match.start()])
    if behind:
        end = behind.end()
        year: int | None = int(behind["y"]) if behind["y"] else reading.today.year + YEAR_WORDS[behind["said"]]
    else:
        year = reading.today.year + YEAR_WORDS[said["said"]] if said else None
    direction = direction_said(reading, match.start(), end)
    start = said.start() if said and not behind else match.start()
    day = holiday(name, year) if year else _nearest_holiday(reading.today, name, direction)
    part = next((part for part in ("avond", "nacht", "middag", "ochtend") if name.endswith(part)), None)
    return DateItem(start, end, day, "date", part=part)


def _nearest_holiday(today: date, name: str, direction: Direction) -> date | None:
    years = (today.year, today.year - 1) if direction == "past" else (today.year, today.year + 1)
    dates = [day for year in years if (day := holiday(name, year))]
    return next((d for d in dates if (d <= today if direction == "past" else d >= today)), None)


def read_named_days(reading: Reading) -> list[DateItem]:
    """All days with a name and begins and ends of years."""
    found = reading.take_all(_YEAR_EDGE, lambda match: _year_edge(reading, match))
    return found + reading.take_all(HOLIDAY, lambda match: _holiday(reading, match))

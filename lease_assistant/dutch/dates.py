"""Written dates: "1 april 2026", "1-4-2026", "de 15e", "eind mei", named days."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from lease_assistant.dutch.calendar_math import full_year, last_of_month, nearest_year, safe_date
from lease_assistant.dutch.calendar_words import month_of
from lease_assistant.dutch.moment_types import DateItem, Numbered, Reading
from lease_assistant.dutch.month_days import EDGE, STRETCH_BEFORE, read_month_days
from lease_assistant.dutch.named_days import read_named_days
from lease_assistant.dutch.said_years import BEFORE_SAID, YEAR_SAID, YEAR_WORDS, direction_said

_NUMERIC = re.compile(
    r"(?<![0-9a-z.,/-])(?P<d>[0-9]{1,2}) ?(?P<a>[-/.]) ?(?P<m>[0-9]{1,2}) ?(?P=a) ?'?(?P<y>[0-9]{4}|[0-9]{2})(?![0-9])"
)
_SPACED = re.compile(r"(?<![0-9a-z.,/-])(?P<d>[0-9]{1,2}) (?P<m>[0-9]{1,2}) (?P<y>20[0-9]{2})(?![0-9])")
_GLUED = re.compile(r"(?<![0-9a-z.,/-])(?P<d>[0-3][0-9])(?P<m>[01][0-9])(?P<y>20[0-9]{2})(?![0-9])")
_ISO_GLUED = re.compile(r"(?<![0-9a-z.,/-])(?P<y>20[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])(?![0-9])")
_ISO = re.compile(r"(?<![0-9a-z.,/-])(?P<y>[0-9]{4})(?P<a>[-/.])(?P<m>[0-9]{1,2})(?P=a)(?P<d>[0-9]{1,2})(?![0-9])")
_SHORT = re.compile(
    r"(?<![0-9a-z.,/:€-])(?P<d>[0-9]{1,2})(?P<a>[-/])(?P<m>[0-9]{1,2})(?![0-9/:-]|[.,][0-9])"
    r"(?! *(?:[a-z]*jaar|jr|jarig|ma+nd|mnd|mille|k\b|duizend|honderd|uur\b|u\b|dagen|weken|euro?\b|€|keer|x\b|"
    r"personen|km|%|ruggen))"
)
_DAY_MONTH = re.compile(
    r"(?P<d>[#@]+)(?: *[-/.] *|,? +)?(?:(?:dag )?van +(?:de +)?(?:maand +)?)?(?P<m>[a-z]{3,13})(?![a-z0-9#])\.?"
    rf"(?:(?:[ ,/-]+(?:van +|in +)?|(?P<apostrophe> *'))(?P<y>#+)|,? +(?:van +)?{YEAR_SAID})?"
)
# "1 of 2 juni" and "3-5 juni" name no single day.
_RANGE_BEFORE = re.compile(r"(?<!om )(?<!uur )[#@]+ *(?:of|en|tot(?: en met)?|t/?m|a|-|/) *(?:de +)?$")
_MONTH_YEAR = re.compile(r"(?<![0-9a-z.,/-])(?P<m>0?[1-9]|1[0-2]) ?[-/] ?(?P<y>20[0-9]{2})(?![0-9/-])")
_MONTH_DAY = re.compile(
    r"(?<![a-z])(?P<m>[a-z]{3,10})\.? +(?:de +)?(?P<d>[#@]+)(?:,? +(?P<y>####)(?![#a-z]))?(?![:.,]?#)"
)
_MONTH = re.compile(
    rf"(?<![a-z])(?:(?P<edge>{EDGE}) +(?:van +)?(?:de +)?(?:maand +)?)?(?P<m>[a-z]{{3,10}})(?![a-z])\.?"
    rf"(?:(?:[ ,/-]+(?:van +|in +)?|(?P<apostrophe> *'))(?P<y>##|####)(?![#a-z:]|[.,]#)|,? +(?:van +)?{YEAR_SAID})?"
)


def read_dates(reading: Reading) -> list[DateItem]:
    """All written dates; an impossible one gives an item without a date."""
    found: list[DateItem] = []
    for pattern in (_ISO, _NUMERIC, _SPACED, _GLUED, _ISO_GLUED):
        found += reading.take_all(pattern, _numeric)
    found += reading.take_all(_MONTH_YEAR, lambda match: DateItem(*match.span(), _first(match), "month"))
    found += reading.take_all(_SHORT, lambda match: _short(reading, match))
    found += read_named_days(reading)
    for read in (_day_months, _month_days, _months, read_month_days):
        found += read(reading)
    return found


def _first(match: "re.Match[str]") -> date:
    return date(int(match["y"]), int(match["m"]), 1)


def _numeric(match: "re.Match[str]") -> DateItem:
    year = full_year(int(match["y"]))
    day = safe_date(year, int(match["m"]), int(match["d"])) if 1950 <= year <= 2100 else None
    return DateItem(*match.span(), day, "date")


def _short(reading: Reading, match: "re.Match[str]") -> DateItem | None:
    day, month = int(match["d"]), int(match["m"])
    if match.group() == "24/7" or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if match.group() in ("1/2", "1/4", "3/4") and re.match(r" *(?:[a-z]+)", reading.text[match.end() :]):
        return None
    return DateItem(*match.span(), nearest_year(reading.today, month, day, reading.direction), "date")


@dataclass(frozen=True)
class _Said:
    """The stretch of text of a date, and the year that was said with it."""

    start: int
    end: int
    year: int | None


def _said(reading: Reading, numbered: Numbered, match: "re.Match[str]") -> _Said:
    start, end = match.span()
    groups = match.groupdict()
    if groups.get("said"):
        return _Said(start, end, reading.today.year + YEAR_WORDS[groups["said"]])
    if groups.get("y"):
        value = numbered.whole(match.start("y"))
        four = value is not None and 1950 <= value <= 2100
        two = value is not None and (groups.get("apostrophe") or 20 <= value <= 39) and value < 100
        follows = re.match(
            r" *(?:uur|u\b|euro?|€|km|minuten|min\b|[:%]|[.,]#|voor|over)", numbered.text[match.end("y") :]
        )
        if value is not None and (four or (two and not follows)):
            return _Said(start, end, full_year(value))
        end = match.end("m") if "d" not in groups or match.start("d") < match.start("m") else match.end("d")
    said = BEFORE_SAID.search(reading.text[:start])
    if said:
        return _Said(said.start(), end, reading.today.year + YEAR_WORDS[said["said"]])
    return _Said(start, end, None)


def _dated(reading: Reading, said: _Said, month: int, day: int, kind: str) -> DateItem:
    """The date; without a year the nearest one in the direction of the question."""
    direction = direction_said(reading, said.start, said.end)
    found = safe_date(said.year, month, day) if said.year else nearest_year(reading.today, month, day, direction)
    reading.take(said.start, said.end)
    return DateItem(said.start, said.end, found, kind)


def _with_month(pattern: "re.Pattern[str]", text: str) -> Iterator[tuple["re.Match[str]", int]]:
    """The matches whose word is a month; a match that is none must not hide one that overlaps it."""
    position = 0
    while match := pattern.search(text, position):
        month = month_of(match["m"])
        position = match.end() if month else min(match.end(), match.end("d" if pattern is _DAY_MONTH else "m"))
        if month:
            yield match, month


def _day_months(reading: Reading) -> list[DateItem]:
    numbered = Numbered(reading.text, fractions=True)
    found = []
    for match, month in _with_month(_DAY_MONTH, numbered.text):
        day = numbered.whole(match.start("d"))
        if day is None:
            continue
        item = _dated(reading, _said(reading, numbered, match), month, day, "date")
        in_range = _RANGE_BEFORE.search(numbered.text[: item.start])
        found.append(replace(item, date=None) if in_range else item)
    return found


def _month_days(reading: Reading) -> list[DateItem]:
    numbered = Numbered(reading.text, fractions=True)
    found = []
    for match, month in _with_month(_MONTH_DAY, numbered.text):
        day = numbered.whole(match.start("d"))
        follows = re.match(
            r" *(?:uur|u\b|euro?|€|km|jaar|maand|min|voor|over|[:h][0-9])", numbered.text[match.end("d") :]
        )
        if day is None or not 1 <= day <= 31 or follows:
            continue
        found.append(_dated(reading, _said(reading, numbered, match), month, day, "date"))
    return found


def _months(reading: Reading) -> list[DateItem]:
    """A month by itself, or its begin, middle or end."""
    numbered = Numbered(reading.text)
    found = []
    for match, month in _with_month(_MONTH, numbered.text):
        said = _said(reading, numbered, match)
        after_preposition = re.search(
            r"\b(?:in|sinds|per|vanaf|tot|maand|van|voor|tegen|rond)(?: de maand)? $", reading.text[: said.start]
        )
        if len(match["m"]) < 4 and match["m"] != "mei" and not (said.year or match["edge"] or after_preposition):
            continue  # "jan" is a name and "dec" may be anything
        if STRETCH_BEFORE.search(reading.text[: said.start]):
            reading.take(said.start, said.end)
            found.append(DateItem(said.start, said.end, None, "vague"))
            continue
        found.append(_edge(reading, said, month, match["edge"]))
    return found


def _edge(reading: Reading, said: _Said, month: int, edge: str | None) -> DateItem:
    day = {"half": 15, "medio": 15, "midden": 15, "halverwege": 15}.get(edge or "", 1)
    if edge and re.search("eind|ultimo|laatste", edge):
        day = calendar.monthrange(said.year or reading.today.year, month)[1]
    item = _dated(reading, said, month, day, "month")
    if day in (28, 29) and item.date:  # the end of a February in another year than this one
        return DateItem(item.start, item.end, last_of_month(item.date), "month")
    return item

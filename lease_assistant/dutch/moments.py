"""Reading moments from Dutch chat text: which day, and as far as it is said which time."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from lease_assistant.dutch.clock import as_time, read_clocks, read_parts
from lease_assistant.dutch.dates import read_dates
from lease_assistant.dutch.days import in_week_of, read_days
from lease_assistant.dutch.masking import mask_codes
from lease_assistant.dutch.moment_types import ClockItem, DateItem, Direction, Moment, PartItem, Reading
from lease_assistant.dutch.money import find_amounts
from lease_assistant.dutch.relative import read_relative, read_vague
from lease_assistant.dutch.text import blank, fold

__all__ = ["Direction", "Moment", "find_moments", "parse_moment"]

_NOW = re.compile(
    r"\b(?:daarnet|zojuist|zonet|zo ?even|zo net|zoevn|zojuits|op dit moment|momenteel|nu net|net nu|"
    r"net(?! *(?:als|zo|voor|na|over|iets|niet|geen|nieuw|genoeg|zoveel|\x00))|nu(?! en dan)|nou net)\b(?! geleden)"
)
_AT_ONCE = re.compile(r"\b(?:per direct|direct|meteen|onmiddellijk|per vandaag)\b")
_TOGETHER = re.compile(r"[ ,.(]*(?:(?:dus|op|de|was|dat|dat was|het|en wel|namelijk|nl|is|ik denk)[ ,]*)*\)?")
_CORRECTED = re.compile(r"\b(?:nee|sorry|correctie|bedoel|wacht|oeps|oh|eh|excuus|of nee)\b")
_BUT = re.compile(r"\bmaar\b")


@dataclass
class _Group:
    """A day with the times and parts of the day that belong to it."""

    item: DateItem
    clocks: list[ClockItem] = field(default_factory=list)
    parts: list[PartItem] = field(default_factory=list)


def find_moments(text: str, *, now: datetime, direction: Direction = "past") -> tuple[Moment, ...]:
    """The moments in a text, in order.

    A clock time without a day means today, or yesterday when it would still have to come while the question is about
    the past. What cannot be dated for certain gives nothing.
    """
    masked = blank(mask_codes(fold(text)), [(a.start, a.end) for a in find_amounts(text)])
    reading = Reading(masked, now, direction)
    days = read_relative(reading) + read_dates(reading)
    clocks, parts = read_clocks(reading)
    days += read_days(reading) + read_vague(reading)
    parts += read_parts(reading)
    days = _merged(masked, sorted(days, key=lambda item: item.start))
    clocks.sort(key=lambda item: item.start)
    if not days:
        return _without_day(reading, clocks, parts)
    groups = _grouped(days, clocks, parts)
    moments = [moment for group in groups for moment in _moments_of(reading, group)]
    return tuple(sorted(moments, key=lambda moment: moment.start))


def parse_moment(text: str, *, now: datetime, direction: Direction = "past") -> Moment | None:
    """The one moment a text is about, or nothing when it names several days or none."""
    found = find_moments(text, now=now, direction=direction)
    if not found:
        return None
    if len({moment.date for moment in found}) == 1:
        return next((moment for moment in found if moment.time), found[0])
    folded = fold(text)
    between = folded[found[0].end : found[-1].start]
    negated = re.search(r"\bniet(?: op| om)? *$", folded[: found[0].start]) and _BUT.search(between)
    return found[-1] if negated or _CORRECTED.search(between) else None


def _without_day(reading: Reading, clocks: list[ClockItem], parts: list[PartItem]) -> tuple[Moment, ...]:
    if clocks:
        part = parts[0].part if parts else None
        return tuple(_clock_alone(reading, clock, part) for clock in clocks)
    match = _NOW.search(reading.text)
    if match:
        moment = reading.now.time().replace(second=0, microsecond=0)
        return (Moment(reading.today, moment, None, False, *match.span()),)
    match = _AT_ONCE.search(reading.text) if reading.direction == "future" else None
    return (Moment(reading.today, None, None, False, *match.span()),) if match else ()


def _clock_alone(reading: Reading, clock: ClockItem, part: str | None) -> Moment:
    moment = _at(reading, reading.today, clock, part)
    current = reading.now.time()
    if reading.direction == "past" and moment.date >= reading.today and moment.time and moment.time > current:
        return _at(reading, reading.today - timedelta(days=1), clock, part)
    if reading.direction == "future" and moment.time and moment.time < current and moment.date == reading.today:
        return _at(reading, reading.today + timedelta(days=1), clock, part)
    return moment


def _at(reading: Reading, day: date, clock: ClockItem, part: str | None, item: DateItem | None = None) -> Moment:
    moment, over = as_time(clock, part)
    ambiguous = clock.twelve and part is None
    still_to_come = day == reading.today and moment > reading.now.time()
    if ambiguous and moment.hour >= 13 and still_to_come and reading.direction == "past":
        before_noon = moment.replace(hour=moment.hour - 12)
        moment = before_noon if before_noon <= reading.now.time() else moment
    if item and item.kind == "tonight" and moment.hour >= 20:
        over = -1
    start = min(clock.start, item.start) if item else clock.start
    end = max(clock.end, item.end) if item else clock.end
    return Moment(day + timedelta(days=over), moment, None, ambiguous, start, end)


def _moments_of(reading: Reading, group: _Group) -> list[Moment]:
    item = group.item
    if item.date is None:
        return []
    part = item.part or (group.parts[0].part if group.parts else None)
    if item.time is not None:
        return [Moment(item.date, item.time, None, False, item.start, item.end)]
    if group.clocks:
        found = [_at(reading, item.date, clock, part, item) for clock in group.clocks]
        return list({moment.time: moment for moment in reversed(found)}.values())[::-1]
    start, end = item.start, item.end
    return [Moment(item.date, None, part, False, start, end)]


def _grouped(days: list[DateItem], clocks: list[ClockItem], parts: list[PartItem]) -> list[_Group]:
    groups = [_Group(item) for item in days]
    for clock in clocks:
        _nearest(groups, clock.start, clock.end).clocks.append(clock)
    for part in parts:
        _nearest(groups, part.start, part.end).parts.append(part)
    return groups


def _nearest(groups: list[_Group], start: int, end: int) -> _Group:
    def distance(group: _Group) -> int:
        return max(group.item.start - end, start - group.item.end, 0)

    return min(groups, key=distance)


def _merged(text: str, days: list[DateItem]) -> list[DateItem]:
    """Takes together what names the same day twice: "dinsdag 3 maart", "gisteren, dinsdag"."""
    found: list[DateItem] = []
    for item in days:
        last = found[-1] if found else None
        joined = _joined(text, last, item) if last else None
        if joined:
            found[-1] = joined
        else:
            found.append(item)
    exact = [item for item in found if item.kind not in ("coarse", "weeks", "vague")]
    return exact if any(item.date for item in exact) else found


def _joined(text: str, first: DateItem, second: DateItem) -> DateItem | None:
    if not _TOGETHER.fullmatch(text[first.end : second.start]):
        return None
    whole = replace(second, start=first.start, part=first.part or second.part)
    for weekday, other in ((first, second), (second, first)):
        if weekday.weekday is None or other.weekday is not None or other.kind == "vague":
            continue
        if other.kind == "weeks" and other.date:
            return replace(whole, date=in_week_of(other.date, weekday.weekday), kind="weekday")
        if other.kind in ("month", "coarse") or other.time:
            continue
        fits = other.date is not None and other.date.weekday() == weekday.weekday
        return replace(whole, date=other.date if fits else None, kind=other.kind, weekday=None)
    if first.date and first.date == second.date and first.time is None:
        return whole
    return _shifted(first, second)


def _shifted(first: DateItem, second: DateItem) -> DateItem | None:
    """Reads "vandaag over twee weken" and "morgen over een week"."""
    if first.kind == "day" and second.kind in ("weeks", "coarse") and first.date and second.date:
        return replace(second, start=first.start)
    return None

"""Reading moments from Dutch chat text: which day, and as far as it is said which time."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from lease_assistant.dutch.calendar_math import safe_date
from lease_assistant.dutch.clock import as_time, read_clocks, read_parts
from lease_assistant.dutch.dates import read_dates
from lease_assistant.dutch.days import in_week_of, read_days
from lease_assistant.dutch.masking import mask_codes
from lease_assistant.dutch.moment_types import ClockItem, DateItem, Direction, Moment, PartItem, Reading
from lease_assistant.dutch.money import find_amounts
from lease_assistant.dutch.month_days import nearest_fitting
from lease_assistant.dutch.relative import read_relative, read_vague
from lease_assistant.dutch.text import Folded, blank, fold

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
    return _find(text, now, direction).moments


@dataclass(frozen=True)
class _Found:
    """The moments in a text, and whether a day was named or only times."""

    moments: tuple[Moment, ...]
    with_day: bool


def _find(text: str, now: datetime, direction: Direction) -> _Found:
    folded = Folded(text)
    days, clocks, parts, reading = _pieces(folded.text, now, direction)
    if days:
        groups = _grouped(days, clocks, parts)
        found = [moment for group in groups for moment in _moments_of(reading, group)]
    else:
        found = _without_day(reading, clocks, parts)
    found.sort(key=lambda moment: moment.start)
    spans = [folded.span(moment.start, moment.end) for moment in found]
    moments = tuple(replace(moment, start=s, end=e) for moment, (s, e) in zip(found, spans, strict=True))
    return _Found(moments, bool(days))


def _pieces(
    folded: str, now: datetime, direction: Direction
) -> tuple[list[DateItem], list[ClockItem], list[PartItem], Reading]:
    masked = blank(mask_codes(folded), [(a.start, a.end) for a in find_amounts(folded)])
    reading = Reading(masked, now, direction)
    days = read_relative(reading) + read_dates(reading)
    clocks, parts = read_clocks(reading)
    days += read_days(reading) + read_vague(reading)
    parts += read_parts(reading)
    days = _merged(reading, masked, sorted(days, key=lambda item: item.start))
    clocks.sort(key=lambda item: item.start)
    return days, clocks, parts, reading


def parse_moment(text: str, *, now: datetime, direction: Direction = "past") -> Moment | None:
    """The one moment a text is about, or nothing when it names several days or none."""
    found = _find(text, now, direction)
    if not found.moments:
        return None
    folded = fold(text)
    if len({moment.date for moment in found.moments}) == 1:
        return _one_time(folded, found)
    return found.moments[-1] if _corrected(folded, found.moments) else None


def _corrected(folded: str, found: tuple[Moment, ...]) -> bool:
    """Whether a customer takes back what was said first: "dinsdag, nee woensdag"."""
    between = folded[found[0].end : found[-1].start]
    negated = re.search(r"\bniet(?: op| om)? *$", folded[: found[0].start]) and _BUT.search(between)
    return bool(negated or _CORRECTED.search(between))


def _one_time(folded: str, found: _Found) -> Moment | None:
    """One moment for one day: several different times leave only the day, if there is one."""
    timed = [moment for moment in found.moments if moment.time]
    clear = [moment for moment in timed if not moment.ambiguous] or timed
    if len(timed) <= 1 or len({(m.time.hour % 12, m.time.minute) for m in timed if m.time}) == 1:
        return clear[0] if clear else found.moments[0]
    if _corrected(folded, tuple(timed)):
        return timed[-1]
    return replace(timed[0], time=None, ambiguous=False) if found.with_day else None


def _without_day(reading: Reading, clocks: list[ClockItem], parts: list[PartItem]) -> list[Moment]:
    if clocks:
        part = parts[0].part if parts else None
        return [_clock_alone(reading, clock, part) for clock in clocks]
    match = _NOW.search(reading.text)
    if match:
        moment = reading.now.time().replace(second=0, microsecond=0)
        return [Moment(reading.today, moment, None, False, *match.span())]
    match = _AT_ONCE.search(reading.text) if reading.direction == "future" else None
    return [Moment(reading.today, None, None, False, *match.span())] if match else []


def _clock_alone(reading: Reading, clock: ClockItem, part: str | None) -> Moment:
    moment = _at(reading, reading.today, clock, part)
    stands, current = (moment.date, moment.time or time.min), (reading.today, reading.now.time())
    if reading.direction == "past" and stands > current:
        return _at(reading, reading.today - timedelta(days=1), clock, part)
    if reading.direction == "future" and stands < current:
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


def _merged(reading: Reading, text: str, days: list[DateItem]) -> list[DateItem]:
    """Takes together what names the same day twice: "dinsdag 3 maart", "gisteren, dinsdag"."""
    found: list[DateItem] = []
    for item in days:
        last = found[-1] if found else None
        joined = _joined(reading, text, last, item) if last else None
        if joined:
            found[-1] = joined
        else:
            found.append(item)
    found = _day_of_counted_month(found)
    exact = [item for item in found if item.kind not in ("coarse", "weeks", "vague")]
    return exact if any(item.date for item in exact) else found


def _day_of_counted_month(days: list[DateItem]) -> list[DateItem]:
    """Reads "over 2 maanden op de 1e" as the 1st of the month it counts to."""
    counted = next((item for item in days if item.kind == "coarse" and item.date), None)
    if counted is None or counted.date is None:
        return days
    year, month = counted.date.year, counted.date.month
    return [
        replace(item, date=safe_date(year, month, item.date.day), kind="date")
        if item.kind == "monthday" and item.date
        else item
        for item in days
    ]


def _joined(reading: Reading, text: str, first: DateItem, second: DateItem) -> DateItem | None:
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
        if other.kind == "monthday" and other.date:  # "vrijdag de 13e": the nearest 13th on a Friday
            day = nearest_fitting(reading, other.date.day, weekday.weekday)
            return replace(whole, date=day, kind="date", weekday=None)
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

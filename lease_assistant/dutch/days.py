"""Days named by their place in the week or beside today: "gisteravond", "vorige week vrijdag", "dit weekend"."""

import re
from datetime import date, timedelta
from functools import lru_cache

from lease_assistant.dutch.calendar_words import SHORT_WEEKDAYS, weekday_of
from lease_assistant.dutch.moment_types import PARTS, DateItem, Direction, Reading
from lease_assistant.dutch.text import within_one

_PART = r"(?:voormiddag|namiddag|ochtend|morgen|middag|avond|nacht|vroeg)"
_LONGEST_PARTS = sorted(PARTS, key=len, reverse=True)
_DAY_WORDS: dict[str, tuple[int, str | None]] = {
    "vandaag": (0, None),
    "vandaga": (0, None),
    "vdaag": (0, None),
    "vndaag": (0, None),
    "vadaag": (0, None),
    "gisteren": (-1, None),
    "gister": (-1, None),
    "gistere": (-1, None),
    "gistern": (-1, None),
    "gisterne": (-1, None),
    "gistren": (-1, None),
    "giseren": (-1, None),
    "giteren": (-1, None),
    "gisterem": (-1, None),
    "eergisteren": (-2, None),
    "eergister": (-2, None),
    "eergistern": (-2, None),
    "morgen": (1, None),
    "mrgen": (1, None),
    "morge": (1, None),
    "mrgn": (1, None),
    "overmorgen": (2, None),
    "overmorge": (2, None),
    "vanochtend": (0, "ochtend"),
    "vanmorgen": (0, "ochtend"),
    "vanmorge": (0, "ochtend"),
    "vanochtent": (0, "ochtend"),
    "vanmiddag": (0, "middag"),
    "vanmidag": (0, "middag"),
    "vannamiddag": (0, "middag"),
    "vanvoormiddag": (0, "ochtend"),
    "vanavond": (0, "avond"),
    "vanavnd": (0, "avond"),
    "vanaovnd": (0, "avond"),
    "vannacht": (0, "nacht"),
    "vanacht": (0, "nacht"),
    "vannavond": (0, "avond"),
    "vanavont": (0, "avond"),
}
_FUZZY = [word for word in _DAY_WORDS if len(word) >= 7]
_STEMS = ("eergisteren", "eergister", "gisteren", "gister", "gistere", "gistern", "overmorgen", "morgen")
_WORD = re.compile(r"(?<![a-z0-9'])[a-z]+(?![a-z])")
_BEHIND_PART = re.compile(rf"[ -]+(?:in de |op de )?(?P<part>{_PART})(?![a-z])")
_GREETING = re.compile(
    r"\b(?:goede?n?|hoi|hey|goeie|mooie|beste|prettige) *(?:morgen|middag|avond|nacht)|\bgoe(?:de|"
    r"ie)?n?morgen\b|^ *morgen *[,!.]+ *(?=(?:ik|kan|hoe|wat|mijn|er|is|heb|graag|een|hallo|gister|van|"
    r"afgelopen)[a-z]* )|\b(?:'s|s) morgens"
)
_SPACED = re.compile(
    r"\b(?:(?<!ingang )van|deze|dees|van de|vd|afgelopen(?= nacht)|vorige(?= nacht)) (?P<part>ochtend|morgen|"
    r"middag|avond|nacht|namiddag|voormiddag)(?![a-z])"
)
_PAST_WEEK = r"(?:vorige?|verleden|voorbije|laatste|vorg|vorgie|vroige)"
_NEXT_WEEK = r"(?:volgende?|komende?|aankomende?|aanstaande)"
_LINK = r"[ ,]*(?:(?:op|was|het|dat|de|nog|ergens|in|toen|denk ik)[ ,]+)*"
_WEEK_BEFORE = re.compile(rf"\b(?P<w>{_PAST_WEEK}|{_NEXT_WEEK}|deze|van de) +week\b{_LINK} *$")
_WEEK_AFTER = re.compile(rf"[ ,]*(?:van |in |de )?(?P<w>{_PAST_WEEK}|{_NEXT_WEEK}|deze|van de) +week\b")
_LAST = re.compile(
    r"\b(?:afgelopen|afgelope|afglopen|afgeloepn|laatste|vorige?|verleden|voorbije|jongstleden|jl|"
    r"afgelopen week|sinds|laatstleden|"
    r"afgeloppen|aflgelopen|voorgaande)(?: op)? +$"
)
_NEXT = re.compile(r"\b(?:komende?|aanstaande?|aankomende?|eerstvolgende|volgende?|as|a\.s\.|eerst volgende) +$")
_EVERY = re.compile(r"\b(?:elke|iedere|alle|meestal op|altijd op) +$")
_LAST_AFTER = re.compile(r",? *(?:jl\b\.?|j\.l\.?|jongstleden|laatstleden|ll\b|l\.l\.?|afgelopen\b|voorbij\b)")
_NEXT_AFTER = re.compile(r",? *(?:a\.s\.?|as\b|aanstaande|aankomende)")
_WEEK_LATER = re.compile(r" +over +(?:een|1) +week\b")
_WEEKEND = re.compile(
    r"\b(?:(?P<w>afgelopen|vorige?|laatste|dit|komende?|volgende?|verleden|voorbije|aanstaande?|aankomende?) +|"
    r"(?:in |van )?(?:het|'t) +)"
    r"(?:weekend|weekeinde|wkend|weeknd|weekent)\b"
)


def read_days(reading: Reading) -> list[DateItem]:
    """All days named by a word."""
    for match in _GREETING.finditer(reading.text):
        reading.take(*match.span())
    found = reading.take_all(_WEEKEND, lambda match: _weekend(reading, match))
    found += reading.take_all(_WORD, lambda match: _weekday(reading, match))
    found += reading.take_all(_SPACED, lambda match: _day(reading, *match.span(), 0, PARTS[match["part"]]))
    return found + reading.take_all(_WORD, lambda match: _day_word(reading, match))


@lru_cache(maxsize=8192)
def _lookup(word: str) -> tuple[int, str | None] | None:
    """How far a word is from today and the part of the day in it: "gisteravond" is (-1, "avond")."""
    if word in _DAY_WORDS:
        return _DAY_WORDS[word]
    part = next((part for part in _LONGEST_PARTS if word.endswith(part) and len(word) > len(part)), None)
    if part:
        stem = word[: -len(part)].rstrip("s-") or word
        if stem in _STEMS:
            return _DAY_WORDS[stem][0], PARTS[part]
    near = [name for name in _FUZZY if within_one(word, name)] if len(word) >= 6 else []
    if near and len({_DAY_WORDS[name] for name in near}) == 1 and word[0] == near[0][0]:
        return _DAY_WORDS[near[0]]
    return None


def _day_word(reading: Reading, match: "re.Match[str]") -> DateItem | None:
    known = _lookup(match.group())
    if known is None:
        return None
    days, part = known
    start, end = match.span()
    behind = _BEHIND_PART.match(reading.text, end)
    if part is None and behind and not (match.group() == "morgen" and behind["part"] == "morgen"):
        part, end = PARTS[behind["part"]], behind.end()
    return _day(reading, start, end, days, part)


def _day(reading: Reading, start: int, end: int, days: int, part: str | None) -> DateItem:
    day = reading.today + timedelta(days=days)
    if days == 0 and part == "nacht" and reading.direction == "future" and reading.now.hour >= 6:
        day += timedelta(days=1)  # the night that is coming falls, for the greater part, on tomorrow's date
    kind = "tonight" if days == 0 and part == "nacht" else "day"
    return DateItem(start, end, day, kind, part=part)


def _weekday(reading: Reading, match: "re.Match[str]") -> DateItem | None:
    word, part = match.group(), None
    weekday = weekday_of(word) if not word.endswith("s") else weekday_of(word[:-1])
    if weekday is None:
        part = next((p for p in _LONGEST_PARTS if word.endswith(p) and len(word) > len(p) + 4), None)
        weekday = weekday_of(word[: -len(part)].rstrip("s")) if part else None
    if weekday is None or (word in SHORT_WEEKDAYS and not _short_fits(reading, match)):
        return None
    start, end = match.span()
    if every := _EVERY.search(reading.text[:start]):
        return DateItem(every.start(), end, None, "vague")
    behind = _BEHIND_PART.match(reading.text, end)
    if part is None and behind:
        part, end = behind["part"], behind.end()
    day, start, end = _weekday_date(reading, weekday, start, end)
    return DateItem(start, end, day, "weekday", part=PARTS[part] if part else None, weekday=weekday)


def _short_fits(reading: Reading, match: "re.Match[str]") -> bool:
    before, after = reading.text[: match.start()], reading.text[match.end() :]
    qualified = _LAST.search(before) or _NEXT.search(before) or _WEEK_BEFORE.search(before)
    followed = _BEHIND_PART.match(after) or _LAST_AFTER.match(after) or re.match(r"\.? *\x00", after)
    alone = not (before + after).strip(" .!?,")
    return bool(qualified or followed or alone) and not (
        match.group() in ("zo", "do", "ma") and not (qualified or alone or followed)
    )


def _weekday_date(reading: Reading, weekday: int, start: int, end: int) -> tuple[date, int, int]:
    before, after = reading.text[:start], reading.text[end:]
    week = _WEEK_BEFORE.search(before)
    if week:
        return _in_week(reading.today, weekday, _week_shift(week["w"])), week.start(), end
    if week := _WEEK_AFTER.match(after):
        return _in_week(reading.today, weekday, _week_shift(week["w"])), start, end + week.end()
    if later := _WEEK_LATER.match(after):
        return next_weekday(reading.today, weekday, "future") + timedelta(days=7), start, end + later.end()
    for pattern, direction in ((_LAST, "past"), (_NEXT, "future")):
        if said := pattern.search(before):
            return next_weekday(reading.today, weekday, "past" if direction == "past" else "future"), said.start(), end
    for pattern, direction in ((_LAST_AFTER, "past"), (_NEXT_AFTER, "future")):
        if said := pattern.match(after):
            return (
                next_weekday(reading.today, weekday, "past" if direction == "past" else "future"),
                start,
                end + said.end(),
            )
    return next_weekday(reading.today, weekday, reading.direction), start, end


def _week_shift(word: str) -> int:
    if word in ("deze", "van de"):
        return 0
    return 1 if re.fullmatch(_NEXT_WEEK, word) else -1


def _in_week(today: date, weekday: int, weeks: int) -> date:
    """A weekday of this ISO week or of one some weeks away."""
    return today - timedelta(days=today.weekday()) + timedelta(days=weekday + 7 * weeks)


def in_week_of(day: date, weekday: int) -> date:
    """A weekday in the ISO week of a date."""
    return _in_week(day, weekday, 0)


def next_weekday(today: date, weekday: int, direction: Direction) -> date:
    """The nearest such weekday before today, or after today."""
    if direction == "past":
        return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
    return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)


def _weekend(reading: Reading, match: "re.Match[str]") -> DateItem:
    """The Saturday of the weekend that is meant."""
    word, today = match["w"] or "", reading.today
    saturday = _in_week(today, 5, 0)
    future = word.startswith(("kom", "volg", "aan")) or (not word and reading.direction == "future")
    if word == "dit":
        day = saturday if reading.direction == "future" or saturday <= today else saturday - timedelta(days=7)
    elif future:
        day = saturday if saturday > today else saturday + timedelta(days=7)
    else:
        day = saturday if not word and saturday < today else saturday - timedelta(days=7)
    return DateItem(*match.span(), day, "day")

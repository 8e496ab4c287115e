"""Clock times as they are said and typed: "kwart voor vijf", "vijf over half negen", "15u30", "rond drieën"."""

import re
from datetime import time

from lease_assistant.dutch import clock_words as cw
from lease_assistant.dutch.moment_types import PARTS, ClockItem, Numbered, PartItem, Reading


def read_clocks(reading: Reading) -> tuple[list[ClockItem], list[PartItem]]:
    """All clock times, and the parts of the day that stand for a span of hours ("tussen 3 en 4")."""
    _blank_not_times(reading)
    clocks = _digital(reading)
    numbered = Numbered(reading.text)
    parts: list[PartItem] = []
    for match in cw.BETWEEN.finditer(numbered.text):
        hour, hour2 = _hour(numbered, match, "a"), _hour(numbered, match, "h")
        if (
            hour is not None
            and hour2 is not None
            and (match["unit"] or cw.AFTER_BARE.match(numbered.text, match.end()))
        ):
            _take(reading, numbered, match.start(), match.end())
            parts.append(PartItem(*match.span(), _part_of_hour(hour)))
    for pattern, read in (
        (cw.QUARTER, _quarter),
        (cw.HALF, _half),
        (cw.HALF_DAY, _half_day),
        (cw.ABOUT, _about),
        (cw.UUR, _uur),
        (cw.BARE, _bare),
    ):
        for match in pattern.finditer(numbered.text):
            item = read(numbered, match)
            if item:
                _take(reading, numbered, item.start, item.end)
                clocks.append(item)
    return clocks, parts


def read_parts(reading: Reading) -> list[PartItem]:
    """Parts of the day: "'s avonds", "in de ochtend", "rond middernacht"."""
    found = []
    for pattern, part in ((cw.NOON, "middag"), (cw.MIDNIGHT, "nacht")):
        for match in pattern.finditer(reading.text):
            reading.take(*match.span())
            found.append(PartItem(*match.span(), part))
    for match in cw.PART.finditer(reading.text):
        name = {"ochend": "ochtend", "morge": "morgen", "midag": "middag", "avnd": "avond"}.get(
            match["part"], match["part"]
        )
        reading.take(*match.span())
        found.append(PartItem(*match.span(), PARTS[name]))
    return found


def _blank_not_times(reading: Reading) -> None:
    for match in re.finditer(
        r"\b24/7\b|\b24 ?-? ?uurs?(?= *(?:service|hulp|per dag|bereikbaar))|\bbinnen +\S+ +(?:uur|u)\b", reading.text
    ):
        reading.take(*match.span())


def _take(reading: Reading, numbered: Numbered, start: int, end: int) -> None:
    reading.take(start, end)
    numbered.text = numbered.text[:start] + "\x00" * (end - start) + numbered.text[end:]


def _digital(reading: Reading) -> list[ClockItem]:
    found = []
    for pattern in (cw.DIGITAL, cw.MILITARY):
        for match in pattern.finditer(reading.text):
            if pattern is cw.MILITARY and not _military_fits(reading, match):
                continue
            if pattern is cw.DIGITAL and match["sep"] == "." and not _dotted_fits(reading, match):
                continue
            start = match.start("h")
            hour, minute = int(match["h"]), int(match["m"])
            half = match.groupdict().get("half")
            twelve = 1 <= hour <= 12 and not match["h"].startswith("0") and not half
            if half:
                hour = hour % 12 + (12 if "p" in half else 0)
            if hour <= 24 and not (hour == 24 and minute):
                reading.take(start, match.end())
                found.append(ClockItem(start, match.end(), hour, minute, twelve, digits=hour > 6))
    for match in cw.HALF_GLUED.finditer(reading.text):
        reading.take(*match.span())
        found.append(_from_minutes(*match.span(), (cw.WORDS.index(match["h"]) + 1) * 60 - 30))
    return found


def _dotted_fits(reading: Reading, match: "re.Match[str]") -> bool:
    before = reading.text[: match.start("h")]
    alone = not (before + reading.text[match.end() :]).strip(" .!?")
    near_day = re.search(r"(?:dag|ochtend|middag|avond|nacht|morgen|gisteren|gister)[ ,]+$", before)
    return bool(match["before"] or match["unit"] or match["half"] or alone or near_day)


def _military_fits(reading: Reading, match: "re.Match[str]") -> bool:
    return bool(match["unit"] or re.match(r"om|rond", match.group()))


def _hour(numbered: Numbered, match: "re.Match[str]", group: str) -> int | None:
    word = match[group]
    hour = cw.HOURS.get(word) if word[0] not in "#@" else numbered.whole(match.start(group))
    return hour if hour is not None and 0 <= hour <= 24 else None


def _from_minutes(start: int, end: int, minutes: int) -> ClockItem:
    """A time on a clock face of twelve hours."""
    hour, minute = divmod(minutes % 720, 60)
    return ClockItem(start, end, hour or 12, minute, True)


def _plain(numbered: Numbered, match: "re.Match[str]", start: int, minutes: int) -> ClockItem | None:
    hour = _hour(numbered, match, "h")
    if hour is None or not 0 <= minutes < 60 or (hour == 24 and minutes):
        return None
    written = numbered.values[match.start("h")] if match["h"][0] == "#" else None
    zero = written is not None and not written.in_words and match.end("h") - match.start("h") == 2 and hour < 10
    return ClockItem(start, match.end(), hour, minutes, 1 <= hour <= 12 and not zero)


def _quarter(numbered: Numbered, match: "re.Match[str]") -> ClockItem | None:
    hour = _hour(numbered, match, "h")
    minutes = numbered.whole(match.start("m")) if match["m"][0] == "#" else 15
    if hour is None or minutes is None or not 1 <= minutes <= 29 or hour == 0:
        return None
    if match["half"] and hour > 12:
        return None
    base = hour * 60 - (30 if match["half"] else 0)
    total = base + (-minutes if match["way"] in ("voor", "vr", "vor") else minutes)
    if hour > 12:
        return ClockItem(*match.span(), total // 60 % 24, total % 60, False)
    return _from_minutes(*match.span(), total)


def _half(numbered: Numbered, match: "re.Match[str]") -> ClockItem | None:
    hour = _hour(numbered, match, "h")
    return _from_minutes(*match.span(), hour * 60 - 30) if hour and hour <= 12 else None


def _half_day(numbered: Numbered, match: "re.Match[str]") -> ClockItem | None:
    """The English way: "3 pm"."""
    hour = _hour(numbered, match, "h")
    if hour is None or not 1 <= hour <= 12:
        return None
    return ClockItem(*match.span(), hour % 12 + (12 if match["half"].startswith("p") else 0), 0, False)


def _about(numbered: Numbered, match: "re.Match[str]") -> ClockItem | None:
    return _plain(numbered, match, match.start(), 0)


def _uur(numbered: Numbered, match: "re.Match[str]") -> ClockItem | None:
    before, after = numbered.text[: match.start()], numbered.text[match.end() :]
    if not match["prep"] and cw.NO_CLOCK_BEFORE.search(before):
        return None
    if match["over"] or cw.NO_CLOCK_AFTER.match(after):
        return None
    number = numbered.values.get(match.start("h"))
    article = number is not None and number.article
    part_near = re.match(r" *(?:'s|s'|s|in de|snachts|smiddags)", after)
    if article and not match["prep"] and not part_near:
        return None  # "een uur" is a length of time unless something says otherwise
    minutes = numbered.whole(match.start("m")) if match["m"] else 0
    return _plain(numbered, match, match.start("h"), minutes if minutes is not None else 0)


def _bare(numbered: Numbered, match: "re.Match[str]") -> ClockItem | None:
    """A clock hour without "uur": only behind a preposition, and for the vaguer ones only as "drieën"."""
    inflected = match["h"][0] != "#"
    clear = match["prep"] not in ("na", "voor", "ongeveer", "sinds", "rond de", "net na", "net voor") or inflected
    number = numbered.values.get(match.start("h"))
    if not clear or (number is not None and number.article) or not cw.AFTER_BARE.match(numbered.text, match.end()):
        return None
    return _plain(numbered, match, match.start("h"), 0)


def _part_of_hour(hour: int) -> str:
    daytime = hour + 12 if 1 <= hour <= 6 else hour % 24
    return "nacht" if daytime < 6 else "ochtend" if daytime < 12 else "middag" if daytime < 18 else "avond"


def as_time(clock: ClockItem, part: str | None) -> tuple[time, int]:
    """The time meant within a part of the day, and whether it falls on the next date (1) or not (0)."""
    hour, over = clock.hour, 0
    if hour == 24:
        return time(0, clock.minute), 1
    if clock.twelve:
        if part == "avond" and hour == 12:
            hour, over = 0, 1
        elif part == "nacht":
            hour = 0 if hour == 12 else hour + 12 if hour >= 8 else hour
        elif part == "avond" or (part == "middag" and hour <= 7) or (part is None and not clock.digits):
            hour = hour if hour == 12 else hour + 12
    return time(hour, clock.minute), over

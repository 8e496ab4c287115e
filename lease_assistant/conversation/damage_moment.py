"""When a damage happened, as far as a message says so: deadlines run from that moment, so the earliest one counts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from lease_assistant import formatting
from lease_assistant.conversation.flow import Context, Slots
from lease_assistant.conversation.reading import takes_back
from lease_assistant.dutch.moments import Moment, find_moments, parse_moment
from lease_assistant.dutch.text import fold
from lease_assistant.rules.damage import AMSTERDAM

# A time in answer to another question is no moment of the event, unless it is a correction.
WHEN_ASKED = (None, "damage_kind", "damage_occurred_at", "damage_time")
ONLY_MOMENT_SHARE = 0.4
NOT_ABOUT_WHEN = "not about when"
PARTS_OF_DAY = {"nacht": time(0), "ochtend": time(6), "middag": time(12), "avond": time(18)}
PART_WORDS = {"ochtend": "ochtend", "morgen": "ochtend", "middag": "middag", "avond": "avond", "nacht": "nacht"}
FIRST_HALF, SECOND_HALF = ("nacht", "ochtend"), ("middag", "avond")
NOON, EVENING = 12, 19
# What people say around a time, and what they remember besides.
FILLERS = re.compile(
    r"\b(?:denk ik|geloof ik|ongeveer|zo'?n beetje|ofzo|of zo|rond(?: de)?|het was|was het)\b|,.*$", re.IGNORECASE
)
HOUR = re.compile(r"(?<![\d:.])([01]?\d|2[0-3])(?![\d:.])")
# "niet vandaag maar eergisteren": what it was not.
NOT_BUT = re.compile(r"\bniet [^.!?]{1,25}? maar\b", re.IGNORECASE)
CLOCK_WITH_POINT = re.compile(r"\b([01]?\d|2[0-3])\.(00|15|30|45)\b(?![.\-/]\d)")


def question_about_when(text: str, asked: str | None, slots: Slots, context: Context) -> str | None:
    """The question about the moment that `text` answers: the open one, or that for the time if it says little else."""
    # After the outcome "de politie is nu geweest" is news, and "nu" not when it happened.
    known = asked is None and slots.get("damage_occurred_at") is not None
    if corrects(fold(text)) or takes_back(text) or (asked in WHEN_ASKED and not known):
        return asked
    core = FILLERS.sub("", text).strip()
    said = parse_moment(core, now=context.now, direction="past") if slots.get("damage_occurred_at") else None
    if said is None or said.end - said.start < ONLY_MOMENT_SHARE * len(core):
        return NOT_ABOUT_WHEN
    return None if known else "damage_time"


def as_datetime(moment: Moment) -> datetime:
    """The moment with its time zone; the beginning of the day when no time is known."""
    return datetime.combine(moment.date, moment.time or time(0), AMSTERDAM)


def read_moment(text: str, asked: str | None, slots: Slots, context: Context) -> Moment | None:
    """When it happened: a moment that has passed before one that is to come ("morgen naar de garage")."""
    # "26 maart 23.00" is a clock time, not the year 2023; no month has these numbers.
    clear = NOT_BUT.sub(" ", CLOCK_WITH_POINT.sub(r"\1:\2", text))
    if asked == "damage_time" and slots.get("damage_occurred_at"):
        of_day = _time_of_day(clear, date.fromisoformat(slots["damage_occurred_at"]), context)
        return _in_part_of_day(of_day, slots.get("damage_time")) if of_day else None
    moments = find_moments(clear, now=context.now, direction="past")
    moment = next((m for m in moments if m.date <= context.now.date()), moments[0] if moments else None)
    return _daytime(moment) if moment else None


def _daytime(moment: Moment) -> Moment:
    """Morning for "om 10 uur" unless the evening is named: a deadline is never told half a day too late."""
    if moment.ambiguous and moment.time and moment.time.hour >= EVENING:
        return replace(moment, time=moment.time.replace(hour=moment.time.hour - 12))
    return moment


def _in_part_of_day(moment: Moment, part: object) -> Moment:
    """The clock time in the part of the day that was named before: at night "rond 3 uur" is no afternoon."""
    if moment.ambiguous and moment.time and part in FIRST_HALF and moment.time.hour >= NOON:
        return replace(moment, time=moment.time.replace(hour=moment.time.hour - NOON))
    if moment.ambiguous and moment.time and part in SECOND_HALF and moment.time.hour < NOON:
        return replace(moment, time=moment.time.replace(hour=moment.time.hour + NOON))
    return moment


def _time_of_day(text: str, day: date, context: Context) -> Moment | None:
    """A clock time or part of the day in answer to "hoe laat was dat?"."""
    hours = HOUR.findall(text)
    # "tussen 8 en 9": the earliest moment counts. A bare "8" is an hour.
    alone = f"om {hours[0]} uur" if hours and (len(hours) == 1 or int(hours[0]) < int(hours[-1])) else ""
    for said in (text, alone):
        moment = parse_moment(f"{formatting.long_date(day)} {said}", now=context.now, direction="past")
        if moment and moment.time and moment.date == day:
            return _daytime(moment)
    part = next((part for word, part in PART_WORDS.items() if word in text.lower()), None)
    return Moment(day, None, part, ambiguous=False, start=0, end=len(text)) if part else None


def moment_values(asked: str | None, moment: Moment | None, slots: Slots) -> Iterator[tuple[str, Any]]:
    """New values of the slots that hold the moment, for the question that it answers."""
    if moment is None:
        return
    if asked != "damage_time" or moment.date.isoformat() == slots.get("damage_occurred_at"):
        yield "damage_occurred_at", moment.date.isoformat()
    if moment.time:
        yield "damage_time", moment.time.strftime("%H:%M")
    elif moment.part:
        yield "damage_time", moment.part
    elif moment.date.isoformat() != slots.get("damage_occurred_at"):
        # The time of another day says nothing about this one.
        yield "damage_time", None


def corrects(text: str) -> bool:
    """Whether the message takes back something said before."""
    return bool(re.search(r"\b(wacht|sorry|bedoel|toch|oeps|correctie|vergist|foutje|niet .{1,25} maar)\b", text))

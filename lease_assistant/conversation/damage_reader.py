"""What a message says about a damage: what happened, when, who was involved, how much, injury and police.

The words are data (``data/language/damage_words.yml``); a plain yes or no counts for the open question only.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lease_assistant import formatting
from lease_assistant.conversation.flow import UNKNOWN, Context, Problem, Reading, Slots
from lease_assistant.conversation.reading import around, money
from lease_assistant.dutch.answers import is_dont_know, parse_yes_no
from lease_assistant.dutch.moments import Moment, find_moments, parse_moment
from lease_assistant.dutch.money import find_amounts
from lease_assistant.dutch.text import fold
from lease_assistant.rules.damage import AMSTERDAM, Estimate, within
from lease_assistant.terms import DATA, load_yaml

FACTS = {
    "damage_single_sided": "single_sided",
    "damage_injury": "injury",
    "damage_police_present": "police",
    "damage_other_known": "other_known",
    "damage_liability_dispute": "liability_dispute",
}
# Only looked for unasked in a story: these words say little outside their own question.
ASKED_ONLY = ("damage_other_known", "damage_liability_dispute")
DENIAL_FIRST = ("injury", "police", "other_known")
# A time in answer to another question is no moment of the event, unless it is a correction.
WHEN_ASKED = (None, "damage_kind", "damage_occurred_at", "damage_time")
ONLY_MOMENT_SHARE = 0.4
NOT_ABOUT_WHEN = "not about when"
HIGHEST_DAMAGE = Decimal(250_000)
PARTS_OF_DAY = {"nacht": time(0), "ochtend": time(6), "middag": time(12), "avond": time(18)}
PART_WORDS = {"ochtend": "ochtend", "morgen": "ochtend", "middag": "middag", "avond": "avond", "nacht": "nacht"}
MIN_DESCRIPTION_WORDS = 2
# "Niemand" answers "was er een ander bij?", but says nothing about that in another place.
ANSWERS_ALONE = re.compile(r"^\W*(nee,? )?(er was )?niemand\W*$|(was|ben|reed) (helemaal |gewoon |echt )?alleen\W*$")
EVENING = 19
HOUR = re.compile(r"(?<![\d:.])([01]?\d|2[0-3])(?![\d:.])")
CLOCK_WITH_POINT = re.compile(r"\b([01]?\d|2[0-3])\.(00|15|30|45)\b(?![.\-/]\d)")
# Money that is not the cost of the damage.
OTHER_MONEY = re.compile(r"eigen risico|eigen bijdrage|per maand|\bp/?m\b|termijn|boete|nieuwprijs|waarde")


@lru_cache
def _words() -> Mapping[str, Mapping[Any, re.Pattern[str]]]:
    entries = load_yaml(DATA / "language" / "damage_words.yml")
    return {group: {key: re.compile(pattern) for key, pattern in rows.items()} for group, rows in entries.items()}


def read_damage(text: str, asked: str | None, slots: Slots, context: Context) -> Reading:
    """New values for the slots of the damage flow, or why the answer cannot be used."""
    lowered = fold(text)
    about_when = _question_about_when(text, asked, slots, context)
    moment = _moment(text, about_when, slots, context) if about_when != NOT_ABOUT_WHEN else None
    if problem := _problem(lowered, asked, moment, context):
        return Reading({}, problem)
    values: dict[str, Any] = dict(_facts(lowered, asked))
    values.update(_moment_values(about_when, moment, slots))
    estimate, problem = _estimate(lowered, asked, context)
    if estimate:
        values["damage_estimate"] = _stored(estimate)
    if kind := _kind(lowered, asked, slots):
        values["damage_kind"] = kind
    if asked and asked not in values and is_dont_know(text):
        # Not knowing who the other is, is the answer to that question.
        values[asked] = False if asked == "damage_other_known" else UNKNOWN
    return Reading(values, problem)


def _question_about_when(text: str, asked: str | None, slots: Slots, context: Context) -> str | None:
    """The question about the moment that `text` answers: the open one, or that for the time if it says little else."""
    if asked in WHEN_ASKED or _corrects(fold(text)):
        return asked
    said = parse_moment(text, now=context.now, direction="past") if slots.get("damage_occurred_at") else None
    only_a_time = said is not None and said.end - said.start >= ONLY_MOMENT_SHARE * len(text.strip())
    return "damage_time" if only_a_time else NOT_ABOUT_WHEN


def _problem(text: str, asked: str | None, moment: Moment | None, context: Context) -> Problem | None:
    if moment and _as_datetime(moment) > context.now and moment.date > context.now.date():
        return Problem("occurred_in_future", ("damage_occurred_at", "damage_time"))
    if asked == "damage_occurred_at" and moment is None and is_dont_know(text):
        return Problem("occurred_unknown", ("damage_occurred_at",))
    if asked == "damage_kind" and is_dont_know(text):
        return Problem("kind_unknown", ("damage_kind",))
    return None


def _as_datetime(moment: Moment) -> datetime:
    return datetime.combine(moment.date, moment.time or time(0), AMSTERDAM)


def _facts(text: str, asked: str | None) -> Iterator[tuple[str, bool]]:
    for slot, group in FACTS.items():
        if slot in ASKED_ONLY and asked is not None and asked != slot:
            continue
        said = _said(text, group)
        if said is None and slot == asked:
            said = True if ANSWERS_ALONE.search(text) and slot == "damage_single_sided" else parse_yes_no(text)
        if said is not None:
            yield slot, said


def _said(text: str, group: str) -> bool | None:
    """What the words of a group say. Where a denial weighs more, "geen letsel" holds the word for injury too."""
    patterns = _words()[group]
    if group == "injury":
        return _injury(text, patterns)
    strong, weak = (False, True) if group in DENIAL_FIRST else (True, False)
    if patterns[strong].search(text):
        return strong
    if patterns[weak].search(text):
        return weak
    # A pole alone says that nobody else was there, unless the story also names somebody.
    return True if group == "single_sided" and _words()["objects"][True].search(text) else None


def _injury(text: str, patterns: Mapping[Any, re.Pattern[str]]) -> bool | None:
    """Pain that is left once the denials are taken out: "geen letsel, wel wat nekpijn" is an injury."""
    rest = patterns[False].sub(" ", text)
    if patterns[True].search(rest):
        return True
    return False if rest != text else None


def _moment(text: str, asked: str | None, slots: Slots, context: Context) -> Moment | None:
    """When it happened: a moment that has passed before one that is to come ("morgen naar de garage")."""
    # "26 maart 23.00" is a clock time, not the year 2023; no month has these numbers.
    clear = CLOCK_WITH_POINT.sub(r"\1:\2", text)
    if asked == "damage_time" and slots.get("damage_occurred_at"):
        return _time_of_day(clear, date.fromisoformat(slots["damage_occurred_at"]), context)
    moments = find_moments(clear, now=context.now, direction="past")
    moment = next((m for m in moments if m.date <= context.now.date()), moments[0] if moments else None)
    return _daytime(moment) if moment else None


def _daytime(moment: Moment) -> Moment:
    """Morning for "om 10 uur" unless the evening is named: a deadline is never told half a day too late."""
    if moment.ambiguous and moment.time and moment.time.hour >= EVENING:
        return replace(moment, time=moment.time.replace(hour=moment.time.hour - 12))
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


def _moment_values(asked: str | None, moment: Moment | None, slots: Slots) -> Iterator[tuple[str, Any]]:
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


def _corrects(text: str) -> bool:
    """Whether the message takes back something said before."""
    return bool(re.search(r"\b(wacht|sorry|bedoel|toch|oeps|correctie|vergist|foutje|niet .{1,25} maar)\b", text))


def _estimate(text: str, asked: str | None, context: Context) -> tuple[Estimate | None, Problem | None]:
    """The amount of the damage; two different amounts are no estimate, unless the message corrects the first."""
    found = find_amounts(text, bare=asked == "damage_estimate")
    marked = [amount for amount in found if amount.marked] or list(found)
    amounts = [a for a in marked if not OTHER_MONEY.search(" ".join(around(text, a, found)))]
    if _corrects(text):
        amounts = amounts[-1:]
    if len(amounts) != 1:
        several = asked == "damage_estimate" and len(amounts) > 1
        return None, Problem("estimate_straddles", ("damage_estimate",)) if several else None
    amount = amounts[0]
    estimate = Estimate(amount.low, amount.high, amount.exclusive)
    return estimate, _estimate_problem(estimate, amount.approximate, context)


def _estimate_problem(estimate: Estimate, approximate: bool, context: Context) -> Problem | None:
    maximum = context.edition.amount("damage.online_maximum")
    if estimate.low < 0:
        return Problem("estimate_negative", ("damage_estimate",))
    if estimate.low > HIGHEST_DAMAGE:
        return Problem("estimate_absurd", ("damage_estimate",))
    # "rond de 3000" and "ruim 3000" may lie on either side.
    around_maximum = approximate and estimate.low == maximum
    if around_maximum or within(estimate, maximum) is None:
        return Problem("estimate_straddles", ("damage_estimate",))
    return None


def _stored(estimate: Estimate) -> dict[str, Any]:
    high = None if estimate.high is None else money(estimate.high)
    return {"low": money(estimate.low), "high": high, "exclusive": estimate.exclusive}


def _kind(text: str, asked: str | None, slots: Slots) -> str | None:
    """The first kind whose words fit; in answer to the question any description of two words will do."""
    if asked not in (None, "damage_kind") and not (_corrects(text) and slots.get("damage_kind")):
        return None
    for kind, pattern in _words()["kinds"].items():
        if pattern.search(text):
            return str(kind)
    describes = asked == "damage_kind" and len(text.split()) >= MIN_DESCRIPTION_WORDS and not is_dont_know(text)
    return "other" if describes and not text.rstrip().endswith("?") else None

"""What a message says about a damage: what happened, when, who was involved, how much, injury and police.

The words are data (``data/language/damage_words.yml``); a plain yes or no counts for the open question only.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lease_assistant.conversation.flow import UNKNOWN, Context, Problem, Reading, Slots
from lease_assistant.conversation.reading import money, unsure
from lease_assistant.dutch.answers import parse_yes_no
from lease_assistant.dutch.moments import Moment, parse_moment
from lease_assistant.dutch.money import find_amounts
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
HIGHEST_DAMAGE = Decimal(250_000)
PARTS_OF_DAY = {"nacht": time(0), "ochtend": time(6), "middag": time(12), "avond": time(18)}
MIN_DESCRIPTION_WORDS = 2


@lru_cache
def _words() -> Mapping[str, Mapping[Any, re.Pattern[str]]]:
    entries = load_yaml(DATA / "language" / "damage_words.yml")
    return {group: {key: re.compile(pattern) for key, pattern in rows.items()} for group, rows in entries.items()}


def read_damage(text: str, asked: str | None, slots: Slots, context: Context) -> Reading:
    """New values for the slots of the damage flow, or why the answer cannot be used."""
    lowered = text.lower()
    moment = parse_moment(text, now=context.now, direction="past")
    if problem := _problem(lowered, asked, moment, context):
        return Reading({}, problem)
    values: dict[str, Any] = dict(_facts(lowered, asked))
    values.update(_moment_values(lowered, asked, moment, slots))
    estimate = _estimate(lowered, asked)
    if estimate:
        values["damage_estimate"] = _stored(estimate)
    if kind := _kind(lowered, asked, slots):
        values["damage_kind"] = kind
    if asked and asked not in values and unsure(text):
        values[asked] = UNKNOWN
    problem = _estimate_problem(estimate, context) if estimate else None
    return Reading(values, problem)


def _problem(text: str, asked: str | None, moment: Moment | None, context: Context) -> Problem | None:
    if moment and _as_datetime(moment) > context.now and moment.date > context.now.date():
        return Problem("occurred_in_future", ("damage_occurred_at", "damage_time"))
    if asked == "damage_occurred_at" and moment is None and unsure(text):
        return Problem("occurred_unknown", ("damage_occurred_at",))
    if asked == "damage_kind" and unsure(text):
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
            said = parse_yes_no(text)
        if said is not None:
            yield slot, said


def _said(text: str, group: str) -> bool | None:
    """What the words of a group say. Where a denial weighs more, "geen letsel" holds the word for injury too."""
    patterns = _words()[group]
    strong, weak = (False, True) if group in DENIAL_FIRST else (True, False)
    if patterns[strong].search(text):
        return strong
    return weak if patterns[weak].search(text) else None


def _moment_values(text: str, asked: str | None, moment: Moment | None, slots: Slots) -> Iterator[tuple[str, Any]]:
    if moment is None or (
        asked not in (None, "damage_kind", "damage_occurred_at", "damage_time") and not _corrects(text)
    ):
        return
    if asked != "damage_time" or moment.date.isoformat() == slots.get("damage_occurred_at"):
        yield "damage_occurred_at", moment.date.isoformat()
    if moment.time:
        yield "damage_time", moment.time.strftime("%H:%M")
    elif moment.part:
        yield "damage_time", moment.part


def _corrects(text: str) -> bool:
    """Whether the message takes back something said before."""
    return bool(re.search(r"\b(wacht|sorry|bedoel|toch|oeps|correctie|vergist|foutje|niet .{1,25} maar)\b", text))


def _estimate(text: str, asked: str | None) -> Estimate | None:
    amounts = find_amounts(text, bare=asked == "damage_estimate")
    if not amounts:
        return None
    amount = amounts[0]
    return Estimate(amount.low, amount.high, amount.exclusive)


def _estimate_problem(estimate: Estimate, context: Context) -> Problem | None:
    if estimate.low < 0:
        return Problem("estimate_negative", ("damage_estimate",))
    if estimate.low > HIGHEST_DAMAGE:
        return Problem("estimate_absurd", ("damage_estimate",))
    if within(estimate, context.edition.amount("damage.online_maximum")) is None:
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
    describes = asked == "damage_kind" and len(text.split()) >= MIN_DESCRIPTION_WORDS and not unsure(text)
    return "other" if describes and not text.rstrip().endswith("?") else None

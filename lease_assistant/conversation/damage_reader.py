"""What a message says about a damage: what happened, when, who was involved, how much, injury and police.

The words are data (``data/language/damage_words.yml``); a plain yes or no counts for the open question only.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lease_assistant.conversation.damage_moment import (
    NOT_ABOUT_WHEN,
    as_datetime,
    corrects,
    moment_values,
    question_about_when,
    read_moment,
)
from lease_assistant.conversation.flow import UNKNOWN, Context, Problem, Reading, Slots
from lease_assistant.conversation.reading import around, money
from lease_assistant.dutch.answers import is_dont_know, parse_yes_no
from lease_assistant.dutch.moments import Moment
from lease_assistant.dutch.money import find_amounts
from lease_assistant.dutch.text import fold
from lease_assistant.rules.damage import Estimate, within
from lease_assistant.terms import DATA, load_yaml

FACTS = {
    "damage_single_sided": "single_sided",
    "damage_injury": "injury",
    "damage_police_present": "police",
    "damage_other_known": "other_known",
    "damage_liability_dispute": "liability_dispute",
}
DROVE_OFF = re.compile(r"doorgereden|gevlucht|ervandoor|er vandoor|vandoor gegaan|weggereden")
# "ja, er was een getuige" does not tell that the other party is known.
OTHER_PEOPLE = re.compile(r"getuige|politie")
# Only looked for unasked in a story: these words say little outside their own question.
ASKED_ONLY = ("damage_other_known", "damage_liability_dispute")
DENIAL_FIRST = ("injury", "police", "other_known")
HIGHEST_DAMAGE = Decimal(250_000)
MIN_DESCRIPTION_WORDS = 2
# "Niemand" answers "was er een ander bij?", but says nothing about that in another place.
ANSWERS_ALONE = re.compile(r"^\W*(nee,? )?(er was )?niemand\W*$|(was|ben|reed) (helemaal |gewoon |echt )?alleen\W*$")
# Money that is not the cost of the damage.
OTHER_MONEY = re.compile(r"eigen risico|eigen bijdrage|per maand|\bp/?m\b|termijn|boete|nieuwprijs|waarde")


@lru_cache
def _words() -> Mapping[str, Mapping[Any, re.Pattern[str]]]:
    entries = load_yaml(DATA / "language" / "damage_words.yml")
    return {group: {key: re.compile(pattern) for key, pattern in rows.items()} for group, rows in entries.items()}


def read_damage(text: str, asked: str | None, slots: Slots, context: Context) -> Reading:
    """New values for the slots of the damage flow, or why the answer cannot be used."""
    lowered = fold(text)
    about_when = question_about_when(text, asked, slots, context)
    moment = read_moment(text, about_when, slots, context) if about_when != NOT_ABOUT_WHEN else None
    if problem := _problem(lowered, asked, moment, context):
        return Reading({}, problem)
    values: dict[str, Any] = dict(_facts(lowered, asked))
    values.update(moment_values(about_when, moment, slots))
    estimate, problem = _estimate(lowered, asked, context)
    if estimate:
        values["damage_estimate"] = _stored(estimate)
    if kind := _kind(lowered, asked, slots):
        values["damage_kind"] = kind
    if asked and asked not in values and is_dont_know(text):
        # Not knowing who the other is, is the answer to that question.
        values[asked] = False if asked == "damage_other_known" else UNKNOWN
    return Reading(values, problem)


def _problem(text: str, asked: str | None, moment: Moment | None, context: Context) -> Problem | None:
    if moment and as_datetime(moment) > context.now and moment.date > context.now.date():
        return Problem("occurred_in_future", ("damage_occurred_at", "damage_time"))
    if asked == "damage_occurred_at" and moment is None and is_dont_know(text):
        return Problem("occurred_unknown", ("damage_occurred_at",))
    if asked == "damage_kind" and is_dont_know(text):
        return Problem("kind_unknown", ("damage_kind",))
    return None


def _facts(text: str, asked: str | None) -> Iterator[tuple[str, bool]]:
    for slot, group in FACTS.items():
        said = _said(text, group)
        # That the other drove off counts whenever it is said; that somebody is known, only where that was asked.
        if slot in ASKED_ONLY and asked not in (None, slot) and not (said is False and DROVE_OFF.search(text)):
            continue
        if said is None and slot == asked and not (slot == "damage_other_known" and OTHER_PEOPLE.search(text)):
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


def _estimate(text: str, asked: str | None, context: Context) -> tuple[Estimate | None, Problem | None]:
    """The amount of the damage; two different amounts are no estimate, unless the message corrects the first."""
    found = find_amounts(text, bare=asked == "damage_estimate")
    marked = [amount for amount in found if amount.marked] or list(found)
    amounts = [a for a in marked if not OTHER_MONEY.search(" ".join(around(text, a, found)))]
    if corrects(text):
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
    if asked not in (None, "damage_kind") and not (corrects(text) and slots.get("damage_kind")):
        return None
    for kind, pattern in _words()["kinds"].items():
        if pattern.search(text):
            return str(kind)
    describes = asked == "damage_kind" and len(text.split()) >= MIN_DESCRIPTION_WORDS and not is_dont_know(text)
    return "other" if describes and not text.rstrip().endswith("?") else None

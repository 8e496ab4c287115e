"""The damage report (AV 3.7): what happened, online reporting, the police report and the deadlines."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from lease_assistant import formatting
from lease_assistant.conversation.damage_reader import PARTS_OF_DAY, read_damage
from lease_assistant.conversation.flow import UNKNOWN, Context, Problem, Reading, Slots
from lease_assistant.conversation.replies import Payload, Reply, Texts, citations, texts, topic_button
from lease_assistant.rules.damage import AMSTERDAM, AV_3_7, DamageAssessment, DamageFacts, Estimate, assess_damage
from lease_assistant.terms import Edition

VEHICLE_GONE = ("theft_vehicle", "loss_vehicle")
THEFT = (*VEHICLE_GONE, "theft_from_vehicle")
# Nothing collided: whether it was one-sided, what it costs and who is hurt is no question then.
NO_COLLISION = (*VEHICLE_GONE, "keys_or_papers")
# Damage that somebody else may have caused without leaving a name.
PERHAPS_UNKNOWN_PARTY = ("parking", "vandalism")


# Kept with the answers: under which reference the damage desk has the outcome, so that a correction replaces it there.
REFERENCE = "damage_report_reference"


class DamageFlow:
    """Asks what decides about online reporting and the police report; skips what was said already."""

    name = "damage"
    intent = "start_damage_report"
    slots: tuple[str, ...] = (
        "damage_kind",
        "damage_occurred_at",
        "damage_time",
        "damage_single_sided",
        "damage_estimate",
        "damage_injury",
        "damage_police_present",
        "damage_other_known",
        "damage_liability_dispute",
    )

    def read(self, text: str, asked: str | None, slots: Slots, context: Context) -> Reading:
        """What happened, when, and the facts that decide."""
        return read_damage(text, asked, slots, context)

    def check(self, slots: Slots, context: Context) -> Problem | None:
        """A moment that is still to come."""
        if slots.get("damage_occurred_at") and occurred_at(slots) > context.now:
            return Problem("occurred_in_future", ("damage_occurred_at", "damage_time"))
        return None

    def next_slot(self, slots: Slots, context: Context) -> str | None:
        """The first question that still matters for what happened."""
        questions = {
            "damage_kind": True,
            "damage_occurred_at": True,
            "damage_time": _time_matters(slots, context),
            "damage_single_sided": slots.get("damage_kind") not in NO_COLLISION,
            "damage_estimate": slots.get("damage_kind") not in NO_COLLISION,
            "damage_injury": slots.get("damage_kind") not in NO_COLLISION,
            "damage_police_present": True,
            "damage_other_known": _other_matters(slots),
            "damage_liability_dispute": _other_matters(slots) and slots.get("damage_other_known") is True,
        }
        return next((slot for slot, needed in questions.items() if needed and slots.get(slot) is None), None)

    def result(self, slots: Slots, context: Context) -> Reply:
        """The assessment, the deadlines and what to do now."""
        assessment = assess_damage(damage_facts(slots), context.edition)
        text = assessment_text(assessment, slots, context)
        buttons = (topic_button("damage_repairer"), topic_button("damage_liability"))
        return Reply(text, buttons, assessment_payload(assessment))


def _time_matters(slots: Slots, context: Context) -> bool:
    """Only as long as a deadline of that day may still be running."""
    day = slots.get("damage_occurred_at")
    if day is None:
        return False
    longest = timedelta(hours=context.edition.whole("damage.form_hours"))
    end_of_day = datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(0), AMSTERDAM)
    return context.now < end_of_day + longest


def _other_matters(slots: Slots) -> bool:
    kind = slots.get("damage_kind")
    if kind in NO_COLLISION or kind == "theft_from_vehicle":
        return False
    return slots.get("damage_single_sided") is False or kind in PERHAPS_UNKNOWN_PARTY


def occurred_at(slots: Slots) -> datetime:
    """The moment of the event; without a clock time the earliest one of that day or part of the day."""
    day, said = date.fromisoformat(slots["damage_occurred_at"]), slots.get("damage_time")
    return datetime.combine(day, _clock(str(said)) if said else time(0), AMSTERDAM)


def _clock(said: str) -> time:
    earliest = {**PARTS_OF_DAY, UNKNOWN: time(0)}
    return earliest[said] if said in earliest else time.fromisoformat(said)


def damage_facts(slots: Slots) -> DamageFacts:
    """The answers as the rules take them."""
    kind = slots.get("damage_kind")
    # Who the other is, counts no more once the damage turns out to be one-sided.
    other_matters = _other_matters(slots)
    other_known = _known(slots, "damage_other_known") if other_matters else None
    return DamageFacts(
        occurred_at=occurred_at(slots),
        single_sided=_known(slots, "damage_single_sided"),
        estimate=_estimate(slots),
        injury=_known(slots, "damage_injury"),
        police_present=_known(slots, "damage_police_present"),
        theft=kind in THEFT,
        lost_or_stolen_vehicle=kind in VEHICLE_GONE,
        keys_or_papers=kind == "keys_or_papers",
        unknown_party=None if other_known is None else not other_known,
        liability_dispute=_known(slots, "damage_liability_dispute") if other_matters else None,
    )


def _known(slots: Slots, name: str) -> bool | None:
    value = slots.get(name)
    return value if isinstance(value, bool) else None


def _estimate(slots: Slots) -> Estimate | None:
    stored: Any = slots.get("damage_estimate")
    if not isinstance(stored, dict):
        return None
    high = None if stored["high"] is None else Decimal(stored["high"])
    return Estimate(Decimal(stored["low"]), high, stored["exclusive"])


def assessment_payload(assessment: DamageAssessment) -> Payload:
    """The `damage_assessment` of the message contract."""
    return {
        "type": "damage_assessment",
        "online_eligible": assessment.online_eligible,
        "failed_conditions": list(assessment.failed_conditions),
        "unknown_conditions": list(assessment.unknown_conditions),
        "police_report_required": assessment.police_report_required,
        "police_report_reasons": list(assessment.police_report_reasons),
        "advise_isgestolen": assessment.advise_isgestolen,
        "occurred_at": assessment.facts.occurred_at.isoformat(),
        "notify_before": assessment.notify_before.isoformat(),
        "form_due": assessment.form_due.isoformat(),
        "police_report_due": assessment.police_report_due.isoformat() if assessment.police_report_required else None,
        "report_reference": None,
        "citations": citations([AV_3_7]),
    }


def with_reference(outcome: Reply, reference: str) -> Reply:
    """The outcome, with where it is kept: in the payload, and in the text above its source."""
    kept = texts("damage")["kept"].format(reference=reference)
    said, _, source = str(outcome.text).rpartition("\n\n")
    custom = {**(outcome.custom or {}), "report_reference": reference}
    return replace(outcome, text=f"{said}\n\n{kept}\n\n{source}", custom=custom)


def assessment_text(assessment: DamageAssessment, slots: Slots, context: Context) -> str:
    """Whether it can be done online, then what to do with dates and times, then the source."""
    wording, edition = texts("damage"), context.edition
    parts = [_online(assessment, slots, wording, edition)]
    if slots.get("damage_time") and not _is_clock(slots["damage_time"]):
        moment = formatting.long_moment(assessment.facts.occurred_at)
        parts.append(wording["assumed_moment"].format(moment=moment))
    actions = [*_deadlines(assessment, wording, context), *_advice(assessment, slots, wording, edition)]
    parts.append("\n".join([wording["to_do"], *(f"- {action}" for action in actions)]))
    parts.append(edition.source_line([AV_3_7]))
    return "\n\n".join(parts)


def _is_clock(said: object) -> bool:
    return ":" in str(said)


def _online(assessment: DamageAssessment, slots: Slots, wording: Texts, edition: Edition) -> str:
    if assessment.failed_conditions:
        return _with_reasons(wording, "online", "failed", assessment.failed_conditions, edition)
    if slots.get("damage_kind") in NO_COLLISION:
        return wording.choice("online", "gone")
    if assessment.unknown_conditions:
        return _with_reasons(wording, "online", "uncertain", assessment.unknown_conditions, edition)
    return wording.choice("online", "eligible")


def _with_reasons(wording: Texts, group: str, name: str, reasons: Iterable[str], edition: Edition) -> str:
    words = formatting.join_words([edition.fill(wording.choice(name, reason)) for reason in reasons])
    return wording.choice(group, name).format(reasons=words)


def _deadlines(assessment: DamageAssessment, wording: Texts, context: Context) -> Iterable[str]:
    due = {"notify": assessment.notify_before, "form": assessment.form_due}
    if assessment.police_report_required:
        due["police"] = assessment.police_report_due
    reasons = [wording.choice("police_reasons", reason) for reason in assessment.police_report_reasons]
    for name, moment in due.items():
        key = f"{name}_passed" if moment < context.now else name
        text = context.edition.fill(wording.choice("deadlines", key))
        yield text.format(moment=formatting.long_moment(moment), reasons=formatting.join_words(reasons))
    if min(due.values()) < context.now:
        yield context.edition.fill(wording.choice("deadlines", "late"))


def _advice(assessment: DamageAssessment, slots: Slots, wording: Texts, edition: Edition) -> Iterable[str]:
    if assessment.advise_isgestolen:
        yield edition.fill(wording["isgestolen"])
    if slots.get("damage_kind") not in NO_COLLISION:
        yield wording["repairer"]
    yield wording["liability"]

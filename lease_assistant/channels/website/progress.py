"""How far a flow is ("vraag 3 van 6"), from the tracker alone."""

from collections.abc import Sequence
from typing import Any

from lease_assistant.conversation.damage import DamageFlow
from lease_assistant.conversation.deductible import DeductibleFlow
from lease_assistant.conversation.flow import Flow
from lease_assistant.conversation.interest import InterestFlow
from lease_assistant.conversation.termination import TerminationFlow

FLOWS: Sequence[Flow] = (DamageFlow(), TerminationFlow(), DeductibleFlow(), InterestFlow())


def progress_event(active_form: str | None, requested_slot: str | None, questions: Sequence[str]) -> dict[str, Any]:
    """The event for a client. `questions`: the form's main questions; without an open question all is None."""
    flow = next((flow for flow in FLOWS if active_form == f"{flow.name}_form"), None)
    if flow is None or requested_slot not in flow.slots or not questions:
        return {"kind": "progress", "flow": None, "position": None, "total": None}
    asked = flow.slots.index(requested_slot)
    # A further question, such as the time of the day, belongs to the main question before it.
    position = sum(slot in questions for slot in flow.slots[: asked + 1])
    return {"kind": "progress", "flow": flow.name, "position": max(position, 1), "total": len(questions)}

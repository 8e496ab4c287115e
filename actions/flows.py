"""The forms: each turn of a flow goes through `lease_assistant.conversation.engine`, nothing is decided here."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.bridge import context, heard, say
from actions.reports import file_outcome
from lease_assistant.conversation.damage import DamageFlow
from lease_assistant.conversation.deductible import DeductibleFlow
from lease_assistant.conversation.engine import State, Turn, advance
from lease_assistant.conversation.flow import Flow
from lease_assistant.conversation.interest import InterestFlow
from lease_assistant.conversation.reading import takes_back
from lease_assistant.conversation.termination import TerminationFlow

REQUESTED = "requested_slot"
CORRECTING = "correcting"
DETAILS = "flow_details"


class FlowAction(Action, ABC):
    """Runs one turn of `flow` whenever Rasa validates its form."""

    @property
    @abstractmethod
    def flow(self) -> Flow:
        """The flow behind the form."""

    def name(self) -> str:
        """The name by which Rasa's form calls it."""
        return f"validate_{self.flow.name}_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]) -> list[EventType]:
        """Read the message, reply, and hand the changed slots back to the form."""
        turn = self.conclude(advance(self.flow, read_state(self.flow, tracker), heard(tracker), context()), tracker)
        say(dispatcher, turn.replies)
        return slot_events(self.flow, turn, tracker)

    def conclude(self, turn: Turn, tracker: Tracker) -> Turn:
        """What has to happen with a turn before it is said."""
        return turn


def read_state(flow: Flow, tracker: Tracker) -> State:
    """The state of the flow as the tracker holds it; a flow that starts afresh forgets its last run."""
    asked = tracker.get_slot(REQUESTED)
    said = heard(tracker).text
    corrected = tracker.get_slot(CORRECTING) or (tracker.get_slot("last_flow") == flow.name and takes_back(said))
    if asked is None and not corrected:
        return State({}, None)
    details = tracker.get_slot(DETAILS) or {}
    slots = {name: tracker.get_slot(name) for name in flow.slots if name in tracker.slots}
    known = {**dict.fromkeys(flow.slots), **details, **slots}
    leaving, misunderstandings = tracker.get_slot("leaving"), int(tracker.get_slot("misunderstandings") or 0)
    return State(known, asked, leaving, misunderstandings)


def slot_events(flow: Flow, turn: Turn, tracker: Tracker) -> list[EventType]:
    """All slots of the flow, its bookkeeping, and the open question (None ends the form)."""
    own = {**dict.fromkeys(flow.slots), **turn.state.slots}
    details = {name: own.pop(name) for name in list(own) if name not in tracker.slots}
    bookkeeping = {
        DETAILS: details,
        "leaving": turn.state.leaving,
        "misunderstandings": turn.state.misunderstandings,
        "last_flow": flow.name if any(value is not None for value in turn.state.slots.values()) else None,
        "last_topic": None,
        CORRECTING: None,
        REQUESTED: None if turn.over else turn.state.asked,
    }
    return [SlotSet(name, value) for name, value in {**own, **bookkeeping}.items()]


class ValidateTerminationForm(FlowAction):
    """The termination quote."""

    flow = TerminationFlow()


class ValidateDamageForm(FlowAction):
    """The damage report."""

    flow = DamageFlow()

    def conclude(self, turn: Turn, tracker: Tracker) -> Turn:
        """Its outcome is kept for the department."""
        return file_outcome(turn, tracker)


class ValidateDeductibleForm(FlowAction):
    """The check of the deductible."""

    flow = DeductibleFlow()


class ValidateInterestForm(FlowAction):
    """The calculation of interest."""

    flow = InterestFlow()

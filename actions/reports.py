"""Files what a damage conversation came to with the damage desk, which the other channels fill with photos."""

import logging
import time
from dataclasses import replace
from functools import lru_cache

from rasa_sdk import Tracker

from lease_assistant import settings
from lease_assistant.conversation.damage import REFERENCE, with_reference
from lease_assistant.conversation.engine import Turn
from lease_assistant.damage_desk import DamageDesk, DamageReport, DeskUnavailable, open_desk

logger = logging.getLogger(__name__)


def file_outcome(turn: Turn, tracker: Tracker) -> Turn:
    """The turn with the reference of its outcome; as it is without an outcome, or when the desk cannot be reached."""
    *before, outcome = turn.replies
    if not turn.over or not outcome.custom:
        return turn
    answers = {name: value for name, value in turn.state.slots.items() if value is not None and name != REFERENCE}
    report = DamageReport(
        channel=tracker.get_latest_input_channel() or "unknown",
        assessment=outcome.custom,
        answers=answers,
        begun_at=_begun_at(tracker),
        customer=(tracker.latest_message.get("metadata") or {}).get("customer"),
        corrects=turn.state.slots.get(REFERENCE),
    )
    try:
        reference = _desk(settings.load()).file(tracker.sender_id, report)
    except DeskUnavailable as problem:
        logger.error("%s", problem)  # noqa: TRY400  # a traceback could show the report
        return turn
    state = replace(turn.state, slots={**turn.state.slots, REFERENCE: reference})
    return replace(turn, replies=(*before, with_reference(outcome, reference)), state=state)


def _begun_at(tracker: Tracker) -> float:
    """When this run of the questions began; just now if its form is not noted yet."""
    loops = [event for event in tracker.events if event.get("event") == "active_loop"]
    return float(loops[-1]["timestamp"]) if loops and loops[-1].get("name") else time.time()


@lru_cache
def _desk(chosen: settings.Settings) -> DamageDesk:
    return open_desk(chosen)

"""Between the tracker and the conversation: what was said, which slots, and how a reply goes out."""

from collections.abc import Iterable
from datetime import datetime

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from lease_assistant import settings
from lease_assistant.conversation.flow import Context
from lease_assistant.conversation.replies import Reply
from lease_assistant.rules.damage import AMSTERDAM
from lease_assistant.terms import load_terms
from lease_assistant.understanding import Understanding


def context() -> Context:
    """The terms and the clock for this turn."""
    fixed = settings.load().fixed_now
    return Context(load_terms(), fixed.astimezone(AMSTERDAM) if fixed else datetime.now(AMSTERDAM))


def heard(tracker: Tracker) -> Understanding:
    """The customer's latest message as understood."""
    return Understanding.from_message(tracker.latest_message)


def say(dispatcher: CollectingDispatcher, replies: Iterable[Reply]) -> None:
    """Send replies in order."""
    for reply in replies:
        buttons = [{"title": button.title, "payload": button.payload} for button in reply.buttons]
        dispatcher.utter_message(
            text=reply.text, response=reply.response, buttons=buttons or None, json_message=reply.custom or None
        )

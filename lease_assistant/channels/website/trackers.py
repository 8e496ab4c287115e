"""What Rasa remembers of a conversation: looked up, and forgotten when the customer says so."""

import logging
from typing import Any

from rasa.core.tracker_store import (
    AwaitableTrackerStore,
    FailSafeTrackerStore,
    InMemoryTrackerStore,
    RedisTrackerStore,
    TrackerStore,
)
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from lease_assistant.channels.website.refusals import Refused
from lease_assistant.tracker_store import ConversationStore

logger = logging.getLogger(__name__)


def has_heard(tracker: DialogueStateTracker | None, turn: str) -> bool:
    """Whether the message of `turn` was dealt with: Rasa saves a turn as a whole, at its end."""
    heard = (event for event in tracker.events if isinstance(event, UserUttered)) if tracker else ()
    return any(event.message_id == turn for event in heard)


def forget(store: TrackerStore, conversation: str) -> None:
    """Delete a conversation from Rasa's tracker store, which has no method for it.

    Raises `Refused` for a kind of store that we do not know how to delete from.
    """
    inner: Any = store
    while isinstance(inner, AwaitableTrackerStore | FailSafeTrackerStore):
        inner = inner._tracker_store  # noqa: SLF001  # Rasa's wrappers have no other way in
    if isinstance(inner, InMemoryTrackerStore):
        inner.store.pop(conversation, None)
    elif isinstance(inner, ConversationStore):
        inner.forget(conversation)
    elif isinstance(inner, RedisTrackerStore):
        inner.red.delete(inner.key_prefix + conversation)
    else:
        logger.error("website channel: no way to delete a conversation from a %s", type(inner).__name__)
        raise Refused("forget_failed")

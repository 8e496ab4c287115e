"""Keeps what a webhook holds, within a transaction of `store.Store`: messages, statuses, errors."""

import time
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lease_assistant.channels.whatsapp import queues
from lease_assistant.channels.whatsapp.identities import conversation_of, move
from lease_assistant.channels.whatsapp.incoming import Batch, Incoming, Status
from lease_assistant.channels.whatsapp.tables import CUSTOMERS, ERRORS, INBOX, OUTBOX, STATUSES


def keep_batch(connection: Connection, batch: Batch) -> None:
    """Add everything in `batch` that is new."""
    now = time.time()
    conversations: dict[str, float] = {}
    for message in _new(connection, batch.messages):
        conversation = _keep_message(connection, message, now)
        conversations[conversation] = max(conversations.get(conversation, 0.0), message.sent_at or now)
    for conversation, sent_at in conversations.items():
        customer = sa.and_(CUSTOMERS.c.conversation == conversation, CUSTOMERS.c.last_message_at < sent_at)
        connection.execute(sa.update(CUSTOMERS).where(customer).values(last_message_at=sent_at))
    _keep_statuses(connection, batch.statuses)
    if errors := [{"at": now, **vars(error)} for error in batch.errors]:
        connection.execute(sa.insert(ERRORS), errors)


def _new(connection: Connection, messages: Sequence[Incoming]) -> list[Incoming]:
    # Meta may repeat a message within one webhook too: the first of each id counts.
    found = {message.id: message for message in reversed(messages)}
    known = set(connection.execute(sa.select(INBOX.c.id).where(INBOX.c.id.in_(found))).scalars()) if found else set()
    return [message for message in messages if found.get(message.id) is message and message.id not in known]


def _keep_message(connection: Connection, message: Incoming, now: float) -> str:
    """Add `message` to the inbox; return its conversation."""
    is_move = message.new_address is not None
    if message.new_address:
        conversation = move(connection, message.sender, message.new_address)
    else:
        conversation = conversation_of(connection, message.sender)
    row = {
        "id": message.id,
        "conversation": conversation,
        "content": None if is_move else message.to_json(),
        "sent_at": message.sent_at or int(now),
        "received_at": now,
        "state": "answered" if is_move else "waiting",
        "due_at": now,
    }
    connection.execute(sa.insert(INBOX).values(row))
    return conversation


def _keep_statuses(connection: Connection, statuses: Iterable[Status]) -> None:
    for status in statuses:
        row = {"message_id": status.message_id, "status": status.status, "at": status.at, "error": status.error}
        queues.insert_new(connection, STATUSES, [row])
        by_reference = status.reference is not None
        ours = OUTBOX.c.id == status.reference if by_reference else OUTBOX.c.message_id == status.message_id
        queues.set_state(connection, ours, status.status, status.error)

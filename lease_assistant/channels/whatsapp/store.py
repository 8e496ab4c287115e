"""The durable inbox and outbox: what Meta was told we have is answered, once, whatever crashes in between.

Several processes may work on one database. A customer is claimed by one worker at a time, for a limited time that the
worker renews; every change checks that the claim still holds, so that a stalled worker cannot answer a second time.
All methods block, for a few milliseconds.
"""

import time
from collections.abc import Iterable
from contextlib import AbstractContextManager

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from lease_assistant.channels.whatsapp import queues
from lease_assistant.channels.whatsapp.identities import conversation_of, lock, move
from lease_assistant.channels.whatsapp.incoming import Batch, Incoming, Status
from lease_assistant.channels.whatsapp.tables import (
    CUSTOMERS,
    ERRORS,
    IDENTITIES,
    INBOX,
    ISSUED,
    OUTBOX,
    PHOTOS,
    STATUSES,
)
from lease_assistant.channels.whatsapp.work import Answer, Delivery, Step, Turn

ATTEMPTS_TO_RECEIVE = 5


class Store:
    """Inbox, outbox, identities and statuses in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def receive(self, batch: Batch) -> int:
        """Keep everything in `batch`, safe from a power cut; return how many messages were new."""
        for attempt in range(1, ATTEMPTS_TO_RECEIVE + 1):
            try:
                with self._begin(durable=True) as connection:
                    return self._receive(connection, batch)
            except IntegrityError:
                # Another worker has just met the same customer (PostgreSQL only); now we find what it wrote.
                if attempt == ATTEMPTS_TO_RECEIVE:
                    raise
        return 0

    def claim(self, worker: str, seconds: float, limit: int) -> list[Step]:
        """Claim up to `limit` customers that wait and whom nobody works on; return the first step of each."""
        now = time.time()
        with self._begin() as connection:
            waiting = queues.waiting_customers(connection, now, limit)
            claimed = [name for name in waiting if queues.claim(connection, name, worker, now, now + seconds)]
            steps = [queues.next_step(connection, name, worker, now) for name in claimed]
        return [step for step in steps if step]

    def renew(self, worker: str, seconds: float) -> None:
        """Hold all claims of `worker` for `seconds` from now."""
        with self._begin() as connection:
            connection.execute(
                sa.update(CUSTOMERS).where(CUSTOMERS.c.claimed_by == worker).values(claimed_until=time.time() + seconds)
            )

    def release(self, worker: str, conversation: str | None = None) -> None:
        """Give up the claim on `conversation`, or all claims of `worker`."""
        mine = CUSTOMERS.c.claimed_by == worker
        where = mine if conversation is None else sa.and_(mine, CUSTOMERS.c.conversation == conversation)
        with self._begin() as connection:
            connection.execute(sa.update(CUSTOMERS).where(where).values(claimed_by=None, claimed_until=0.0))

    def answer(self, worker: str, turn: Turn, answer: Answer, *, failed: bool = False) -> Step | None:
        """Keep the answer to `turn` for sending, and the message as answered (or `failed`); return the next step."""
        now = time.time()
        with self._begin() as connection:
            if not queues.owns(connection, turn.conversation, worker):
                return None
            values = {"state": "failed"} if failed else {"state": "answered", "content": None}
            connection.execute(sa.update(INBOX).where(INBOX.c.id == turn.message.id).values(**values))
            queues.keep_answer(connection, turn, answer, now)
            return queues.next_step(connection, turn.conversation, worker, now)

    def postpone(self, worker: str, step: Step, due_at: float, error: str | None = None) -> Step | None:
        """Come back to `step` at `due_at`; with `error` it counts as a failed attempt. Return the next step."""
        if isinstance(step, Turn):
            change = sa.update(INBOX).where(INBOX.c.id == step.message.id)
        else:
            change = sa.update(OUTBOX).where(OUTBOX.c.id == step.id)
        values = {"due_at": due_at, "attempts": step.attempts + (error is not None)}
        with self._begin() as connection:
            connection.execute(change.values(**values))
            return queues.next_step(connection, step.conversation, worker, time.time())

    def sent(self, worker: str, delivery: Delivery, message_id: str, paced_until: float) -> Step | None:
        """Keep that `delivery` was accepted as `message_id`; return the next step."""
        with self._begin() as connection:
            # A status that overtook us may have said more already.
            connection.execute(sa.update(OUTBOX).where(OUTBOX.c.id == delivery.id).values(message_id=message_id))
            queues.set_state(connection, OUTBOX.c.id == delivery.id, "sent")
            customer = CUSTOMERS.c.conversation == delivery.conversation
            connection.execute(sa.update(CUSTOMERS).where(customer).values(paced_until=paced_until))
            return queues.next_step(connection, delivery.conversation, worker, time.time())

    def dead_letter(self, worker: str, delivery: Delivery, error: str) -> Step | None:
        """Keep what could not be sent, with the reason; return the next step."""
        with self._begin() as connection:
            values = {"state": "failed", "error": error}
            connection.execute(sa.update(OUTBOX).where(OUTBOX.c.id == delivery.id).values(**values))
            return queues.next_step(connection, delivery.conversation, worker, time.time())

    def forget(self, seconds: float) -> None:
        """Remove what is older than `seconds`; a message id stays known that long."""
        before = time.time() - seconds
        with self._begin() as connection:
            connection.execute(sa.delete(INBOX).where(INBOX.c.received_at < before, INBOX.c.state != "waiting"))
            connection.execute(sa.delete(OUTBOX).where(OUTBOX.c.created_at < before, OUTBOX.c.state != "waiting"))
            connection.execute(sa.delete(STATUSES).where(STATUSES.c.at < before))
            connection.execute(sa.delete(ERRORS).where(ERRORS.c.at < before))
            gone = sa.select(CUSTOMERS.c.conversation).where(CUSTOMERS.c.last_message_at < before).scalar_subquery()
            for table in (IDENTITIES, ISSUED, PHOTOS, CUSTOMERS):
                connection.execute(sa.delete(table).where(table.c.conversation.in_(gone)))

    def _begin(self, *, durable: bool = False) -> AbstractContextManager[Connection]:
        engine = self._engine.execution_options(durable=True) if durable else self._engine
        found: AbstractContextManager[Connection] = engine.begin()
        return found

    def _receive(self, connection: Connection, batch: Batch) -> int:
        now = time.time()
        addresses = [found for message in batch.messages for found in (message.sender, message.new_address) if found]
        lock(connection, [key for address in addresses for key in address.known_by()])
        known = self._known(connection, [message.id for message in batch.messages])
        conversations: dict[str, float] = {}
        new = 0
        for message in batch.messages:
            if message.id in known:
                continue
            known.add(message.id)
            conversation, inserted = self._keep_message(connection, message, now)
            new += inserted
            conversations[conversation] = max(conversations.get(conversation, 0.0), message.sent_at or now)
        for conversation, sent_at in conversations.items():
            customer = sa.and_(CUSTOMERS.c.conversation == conversation, CUSTOMERS.c.last_message_at < sent_at)
            connection.execute(sa.update(CUSTOMERS).where(customer).values(last_message_at=sent_at))
        _keep_statuses(connection, batch.statuses)
        if errors := [{"at": now, **vars(error)} for error in batch.errors]:
            connection.execute(sa.insert(ERRORS), errors)
        return new

    def _known(self, connection: Connection, ids: list[str]) -> set[str]:
        return set(connection.execute(sa.select(INBOX.c.id).where(INBOX.c.id.in_(ids))).scalars()) if ids else set()

    def _keep_message(self, connection: Connection, message: Incoming, now: float) -> tuple[str, int]:
        """Add `message` to the inbox unless it is there; return its conversation and whether it was new (1 or 0)."""
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
        return conversation, queues.insert_new(connection, INBOX, [row])


def _keep_statuses(connection: Connection, statuses: Iterable[Status]) -> None:
    for status in statuses:
        row = {"message_id": status.message_id, "status": status.status, "at": status.at, "error": status.error}
        queues.insert_new(connection, STATUSES, [row])
        reference = status.reference or ""
        by_reference = reference.isascii() and reference.isdecimal()
        ours = OUTBOX.c.id == int(reference) if by_reference else OUTBOX.c.message_id == status.message_id
        queues.set_state(connection, ours, status.status, status.error)

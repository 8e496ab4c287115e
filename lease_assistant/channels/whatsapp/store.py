"""The durable inbox and outbox: what Meta was told we have is answered, once, whatever crashes in between.

Several processes may work on one database. A customer is claimed by one task at a time, for a limited time that its
worker renews. Every claim has a name of its own, and every change checks that it still holds, so that a stalled task
cannot answer or send a second time, not even within the same worker.
All methods block, for a few milliseconds.
"""

import json
import logging
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError

from lease_assistant import sql
from lease_assistant.channels.whatsapp import queues
from lease_assistant.channels.whatsapp.arrivals import Arrivals
from lease_assistant.channels.whatsapp.inbox import keep_batch
from lease_assistant.channels.whatsapp.incoming import parse
from lease_assistant.channels.whatsapp.tables import (
    CUSTOMERS,
    ERRORS,
    IDENTITIES,
    INBOX,
    ISSUED,
    OUTBOX,
    STATUSES,
    TAKING_IN,
    in_turn,
)
from lease_assistant.channels.whatsapp.work import Answer, Delivery, Step, Turn

logger = logging.getLogger(__name__)

# Few: who waits for an answer must not wait until a crowd has come in.
ARRIVALS_AT_ONCE = 5


class Store:
    """Inbox, outbox, identities and statuses in one database."""

    def __init__(self, engine: Engine, arrivals: Arrivals, phone_number_id: str) -> None:
        self._engine, self._arrivals, self._phone_number_id = engine, arrivals, phone_number_id

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def take_in(self) -> bool:
        """Move webhooks that have arrived to the inbox; return whether there may be more.

        What cannot be moved is put aside: it must not hold up the others. A crash before the end moves them again,
        which the ids of the messages make harmless.
        """
        if not self._arrivals.first(1):
            return False
        problems: dict[int, str] = {}
        with self._begin(durable=True) as connection:
            # One worker at a time: two would mix up the order, and each begin a conversation with a new customer.
            sql.lock(connection, TAKING_IN)
            arrived = self._arrivals.first(ARRIVALS_AT_ONCE)
            for one in arrived:
                try:
                    with connection.begin_nested():
                        keep_batch(connection, parse(json.loads(one.body), self._phone_number_id))
                except OperationalError:
                    # The database is to blame, not this webhook.
                    raise
                except Exception as error:  # noqa: BLE001 (whatever it holds, the others come after it)
                    problems[one.seq] = type(error).__name__
                    logger.warning("WhatsApp: webhook %s is put aside: %s", one.seq, problems[one.seq])
        if problems:
            self._arrivals.put_aside(problems)
        self._arrivals.remove([one for one in arrived if one.seq not in problems])
        return len(arrived) == ARRIVALS_AT_ONCE

    def claim(self, seconds: float, limit: int) -> list[Step]:
        """Claim up to `limit` customers that wait and whom nobody works on; return the first step of each."""
        now = time.time()
        steps = []
        with self._begin() as connection:
            for name, before in queues.waiting_customers(connection, now, limit).items():
                if claim := queues.claim(connection, name, now, now + seconds):
                    step = queues.next_step(connection, name, claim, now)
                    if before is not None and isinstance(step, Turn):
                        step = replace(step, again=True)
                    steps.append(step)
        return [step for step in steps if step]

    def renew(self, claims: Collection[str], seconds: float) -> None:
        """Hold `claims` for `seconds` from now."""
        self._set_end(claims, time.time() + seconds)

    def give_up(self, claims: Collection[str]) -> None:
        """Let others take over at once, in the middle of something."""
        self._set_end(claims, 0.0)

    def answer(self, turn: Turn, answer: Answer, *, failed: bool = False) -> Step | None:
        """Keep the answer to `turn` for sending, and the message as answered (or `failed`); return the next step."""
        # What has arrived meanwhile may have been written before what waits.
        self.take_in()
        now = time.time()
        with self._begin() as connection:
            if not queues.owns(connection, turn.conversation, turn.claim):
                return None
            values = {"state": "failed"} if failed else {"state": "answered", "content": None}
            connection.execute(sa.update(INBOX).where(INBOX.c.id == turn.message.id).values(**values))
            queues.keep_answer(connection, turn, answer, now)
            return queues.next_step(connection, turn.conversation, turn.claim, now)

    def postpone(self, step: Step, due_at: float, error: str | None = None) -> Step | None:
        """Come back to `step` at `due_at`; with `error` it counts as a failed attempt. Return the next step."""
        table, key = (INBOX, step.message.id) if isinstance(step, Turn) else (OUTBOX, step.id)
        values = {"state": "waiting", "due_at": due_at, "attempts": step.attempts + (error is not None)}
        return self._change(step, _to_do(table, key).values(**values))

    def begin_sending(self, delivery: Delivery, unknown_until: float) -> bool:
        """Keep that `delivery` is being sent, before the call.

        False if somebody else has taken over, or a status has come that says it was sent before.
        """
        with self._begin() as connection:
            if not queues.owns(connection, delivery.conversation, delivery.claim):
                return False
            return queues.begin_sending(connection, delivery, unknown_until)

    def go_on(self, step: Step) -> Step | None:
        """The next step after one that need not be done any more; None if somebody else has taken over."""
        with self._begin() as connection:
            return queues.next_step(connection, step.conversation, step.claim, time.time())

    def leave_open(self, delivery: Delivery, unknown_until: float) -> Step | None:
        """Keep that nobody knows whether `delivery` was sent; return the next step."""
        values = {"due_at": unknown_until, "attempts": delivery.attempts + 1}
        return self._change(delivery, _to_do(OUTBOX, delivery.id).values(**values))

    def sent(self, delivery: Delivery, message_id: str, paced_until: float) -> Step | None:
        """Keep that `delivery` was accepted as `message_id`; return the next step."""
        with self._begin() as connection:
            # A status that overtook us may have said more already.
            connection.execute(sa.update(OUTBOX).where(OUTBOX.c.id == delivery.id).values(message_id=message_id))
            queues.set_state(connection, OUTBOX.c.id == delivery.id, "sent")
            customer = CUSTOMERS.c.conversation == delivery.conversation
            connection.execute(sa.update(CUSTOMERS).where(customer).values(paced_until=paced_until))
            return queues.next_step(connection, delivery.conversation, delivery.claim, time.time())

    def dead_letter(self, delivery: Delivery, error: str) -> Step | None:
        """Keep what could not be sent, with the reason; return the next step."""
        return self._change(delivery, _to_do(OUTBOX, delivery.id).values(state="failed", error=error))

    def forget(self, seconds: float) -> None:
        """Remove what is older than `seconds`; a message id stays known that long."""
        before = time.time() - seconds
        self._arrivals.forget(before)
        with self._begin() as connection:
            connection.execute(sa.delete(INBOX).where(INBOX.c.received_at < before, INBOX.c.state != "waiting"))
            connection.execute(
                sa.delete(OUTBOX).where(OUTBOX.c.created_at < before, OUTBOX.c.state.not_in(queues.TO_DO))
            )
            connection.execute(sa.delete(STATUSES).where(STATUSES.c.at < before))
            connection.execute(sa.delete(ERRORS).where(ERRORS.c.at < before))
            gone = sa.select(CUSTOMERS.c.conversation).where(CUSTOMERS.c.last_message_at < before).scalar_subquery()
            for table in (IDENTITIES, ISSUED, CUSTOMERS):
                connection.execute(sa.delete(table).where(table.c.conversation.in_(gone)))

    def _set_end(self, claims: Collection[str], claimed_until: float) -> None:
        mine = sa.update(CUSTOMERS).where(CUSTOMERS.c.claimed_by.in_(claims))
        with self._begin() as connection:
            connection.execute(mine.values(claimed_until=claimed_until))

    def _change(self, step: Step, change: sa.sql.Update) -> Step | None:
        with self._begin() as connection:
            connection.execute(change)
            return queues.next_step(connection, step.conversation, step.claim, time.time())

    @contextmanager
    def _begin(self, *, durable: bool = False) -> Iterator[Connection]:
        engine = self._engine.execution_options(durable=True) if durable else self._engine
        with in_turn(self._engine), engine.begin() as connection:
            yield connection


def _to_do(table: sa.Table, key: object) -> sa.sql.Update:
    """A change of what is still to be done: a status that overtook us has the last word."""
    return sa.update(table).where(table.c.id == key, table.c.state.in_(queues.TO_DO))

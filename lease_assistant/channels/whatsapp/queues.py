"""The statements behind `store.Store`, each within a transaction of its caller."""

import json
import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from lease_assistant.channels.whatsapp.identity import Address
from lease_assistant.channels.whatsapp.incoming import Incoming
from lease_assistant.channels.whatsapp.tables import CUSTOMERS, INBOX, ISSUED, OUTBOX
from lease_assistant.channels.whatsapp.work import Answer, Delivery, Step, Turn

# What still has to be done; `sending`: the call was begun, and nobody knows yet what became of it.
TO_DO = ("waiting", "sending")


def insert_new(connection: Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows whose key is new; return how many were."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    count: int = connection.execute(insert(table).values(list(rows)).on_conflict_do_nothing()).rowcount
    return count


def waiting_customers(connection: Connection, now: float, limit: int) -> dict[str, str | None]:
    """Customers with something to answer or to send whom nobody works on, the longest waiting first.

    With each the claim of a task that stopped in the middle of something, or None.
    """
    work = sa.union_all(
        *(
            sa.select(table.c.conversation, table.c.due_at).where(table.c.state.in_(TO_DO), table.c.due_at <= now)
            for table in (INBOX, OUTBOX)
        )
    ).subquery()
    found = (
        sa.select(work.c.conversation, CUSTOMERS.c.claimed_by)
        .join(CUSTOMERS, CUSTOMERS.c.conversation == work.c.conversation)
        .where(CUSTOMERS.c.claimed_until < now)
        .group_by(work.c.conversation, CUSTOMERS.c.claimed_by)
        .order_by(sa.func.min(work.c.due_at))
        .limit(limit)
    )
    return {row.conversation: row.claimed_by for row in connection.execute(found)}


def claim(connection: Connection, conversation: str, now: float, until: float) -> str | None:
    """Claim a customer and return the name of the claim, or None if somebody was quicker."""
    name = uuid.uuid4().hex
    free = sa.and_(CUSTOMERS.c.conversation == conversation, CUSTOMERS.c.claimed_until < now)
    taken = connection.execute(sa.update(CUSTOMERS).where(free).values(claimed_by=name, claimed_until=until))
    return name if taken.rowcount else None


def owns(connection: Connection, conversation: str, claim: str) -> bool:
    """Whether `claim` still holds; keeps it from being lost before the end of the transaction."""
    found = sa.select(CUSTOMERS.c.claimed_by).where(CUSTOMERS.c.conversation == conversation).with_for_update()
    return bool(connection.execute(found).scalar() == claim)


def next_step(connection: Connection, conversation: str, claim: str, now: float) -> Step | None:
    """What to do next for this customer: send replies in order, then answer messages in order, then reminders.

    With nothing to do the claim is given up in the same transaction, so that no message can slip in between.
    """
    found = connection.execute(
        sa.select(CUSTOMERS).where(CUSTOMERS.c.conversation == conversation).with_for_update()
    ).one_or_none()
    if found is None or found.claimed_by != claim:
        return None
    reply = _head(connection, OUTBOX, sa.and_(_waits(OUTBOX, conversation), OUTBOX.c.kind == "reply"), OUTBOX.c.id)
    # A reply that has to wait holds up everything behind it: replies must not cross.
    step = _delivery(found, reply, now) if reply else _turn(connection, found, now) or _reminder(connection, found, now)
    if step is None:
        free = sa.update(CUSTOMERS).where(CUSTOMERS.c.conversation == conversation)
        connection.execute(free.values(claimed_by=None, claimed_until=0.0))
    return step


def _waits(table: sa.Table, conversation: str) -> Any:
    return sa.and_(table.c.state.in_(TO_DO), table.c.conversation == conversation)


def _head(connection: Connection, table: sa.Table, where: Any, *order: Any) -> Any:
    return connection.execute(sa.select(table).where(where).order_by(*order).limit(1)).one_or_none()


def _delivery(customer: Any, row: Any, now: float) -> Delivery | None:
    if row.due_at > now:
        return None
    address = Address(customer.user_id, customer.phone)
    times = (customer.last_message_at, customer.paced_until)
    return Delivery(
        row.id,
        customer.conversation,
        customer.claimed_by,
        row.kind,
        json.loads(row.body),
        address,
        *times,
        row.attempts,
    )


def _turn(connection: Connection, customer: Any, now: float) -> Turn | None:
    # By Meta's own time first: webhooks may overtake one another.
    row = _head(connection, INBOX, _waits(INBOX, customer.conversation), INBOX.c.sent_at, INBOX.c.seq)
    if row is None or row.due_at > now:
        return None
    message = Incoming.from_json(row.content)
    payload = _issued(connection, customer.conversation, message.choice_id) if message.choice_id else None
    numbered = tuple(json.loads(customer.numbered))
    return Turn(
        customer.conversation, customer.claimed_by, message, numbered, payload, row.attempts, again=row.attempts > 0
    )


def _reminder(connection: Connection, customer: Any, now: float) -> Delivery | None:
    where = sa.and_(_waits(OUTBOX, customer.conversation), OUTBOX.c.kind == "reminder")
    row = _head(connection, OUTBOX, where, OUTBOX.c.due_at)
    return _delivery(customer, row, now) if row else None


def _issued(connection: Connection, conversation: str, choice_id: str) -> str | None:
    where = sa.and_(ISSUED.c.conversation == conversation, ISSUED.c.choice_id == choice_id)
    found: str | None = connection.execute(sa.select(ISSUED.c.payload).where(where)).scalar()
    return found


def begin_sending(connection: Connection, delivery: Delivery, unknown_until: float) -> bool:
    """Keep that `delivery` is being sent; if nothing more is heard of it, it is sent again at `unknown_until`.

    False if it need not be sent any more.
    """
    this = sa.update(OUTBOX).where(OUTBOX.c.id == delivery.id, OUTBOX.c.state.in_(TO_DO))
    return bool(connection.execute(this.values(state="sending", due_at=unknown_until)).rowcount)


def keep_answer(connection: Connection, turn: Turn, answer: Answer, now: float) -> None:
    """Keep everything that an answer leads to."""
    for reply in answer.replies:
        connection.execute(sa.insert(OUTBOX).values(_outgoing(turn.conversation, "reply", reply.body, now, now)))
    choices = {choice.id: choice.payload for reply in answer.replies for choice in reply.choices}
    if choices:
        rows = [{"conversation": turn.conversation, "choice_id": key, "payload": choices[key]} for key in choices]
        insert_new(connection, ISSUED, rows)
    if answer.replies:
        _keep_numbers(connection, turn, answer)
    if answer.reminder:
        _replace_reminder(connection, turn.conversation, answer, now)


def _outgoing(conversation: str, kind: str, body: Any, due_at: float, now: float) -> dict[str, Any]:
    row = {"conversation": conversation, "kind": kind, "body": json.dumps(body), "state": "waiting"}
    return {**row, "due_at": due_at, "created_at": now}


def _keep_numbers(connection: Connection, turn: Turn, answer: Answer) -> None:
    """Numbers count for the choices last offered only."""
    last = answer.replies[-1]
    numbered = tuple(choice.payload for choice in last.choices) if last.numbered else ()
    if numbered != turn.numbered:
        customer = sa.update(CUSTOMERS).where(CUSTOMERS.c.conversation == turn.conversation)
        connection.execute(customer.values(numbered=json.dumps(numbered)))


def _replace_reminder(connection: Connection, conversation: str, answer: Answer, now: float) -> None:
    """A corrected damage report has one reminder, not two."""
    old = sa.and_(OUTBOX.c.conversation == conversation, OUTBOX.c.kind == "reminder", OUTBOX.c.state == "waiting")
    connection.execute(sa.delete(OUTBOX).where(old))
    if answer.reminder:
        body = {"text": answer.reminder.text, "template": answer.reminder.template}
        row = _outgoing(conversation, "reminder", body, answer.reminder.due_at, now)
        connection.execute(sa.insert(OUTBOX).values(row))


def set_state(connection: Connection, ours: Any, status: str, error: str | None = None) -> None:
    """Bring the outbox up to date with what Meta says of a message; the best news wins, in whatever order it comes."""
    outgoing = sa.update(OUTBOX).where(ours)
    if status == "failed":
        connection.execute(outgoing.values(state="failed", error=error))
    elif status == "sent":
        connection.execute(outgoing.where(OUTBOX.c.state.in_(TO_DO)).values(state="sent"))
    else:
        # It has arrived: what it said need not be kept.
        connection.execute(outgoing.values(state="sent", body=None, error=None))

"""The tables of the durable inbox and outbox, the same on SQLite and PostgreSQL. Times in seconds since 1970."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url

from lease_assistant import sql

# The number of a lock on PostgreSQL.
TAKING_IN = 5392
# Rather a refusal, after which Meta delivers again, than a webhook that waits for long.
SECONDS_TO_KEEP = 10.0

META = sa.MetaData()
ARRIVALS_META = sa.MetaData()

# Webhooks that are not in the inbox yet. `problem`: why one cannot be taken in. A number is never given out twice.
ARRIVALS = sa.Table(
    "whatsapp_arrivals",
    ARRIVALS_META,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("arrived_at", sa.Float, nullable=False),
    sa.Column("problem", sa.Text),
    sqlite_autoincrement=True,
)

# `claimed_by` works on this customer's messages until `claimed_until`. `paced_until` and `numbered` (payloads by
# number, JSON) belong to what was sent last. The address is kept in the clear: it is what replies go to.
CUSTOMERS = sa.Table(
    "whatsapp_customers",
    META,
    sa.Column("conversation", sa.Text, primary_key=True),
    sa.Column("user_id", sa.Text),
    sa.Column("phone", sa.Text),
    sa.Column("last_message_at", sa.Float, nullable=False, default=0.0),
    sa.Column("paced_until", sa.Float, nullable=False, default=0.0),
    sa.Column("numbered", sa.Text, nullable=False, default="[]"),
    sa.Column("claimed_by", sa.Text),
    sa.Column("claimed_until", sa.Float, nullable=False, default=0.0, index=True),
)

# What a customer is recognised by: "user:NL.123" or "phone:31612345678".
IDENTITIES = sa.Table(
    "whatsapp_identities",
    META,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("conversation", sa.Text, nullable=False, index=True),
)

# state: waiting, answered or failed. The content goes once it is answered; the id stays, to know it again.
INBOX = sa.Table(
    "whatsapp_inbox",
    META,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("content", sa.Text),
    sa.Column("sent_at", sa.BigInteger, nullable=False),
    sa.Column("received_at", sa.Float, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("due_at", sa.Float, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Index("whatsapp_inbox_work", "state", "conversation", "due_at"),
)

# kind: reply or reminder. state: waiting, sent or failed (the dead letter: body and error stay).
OUTBOX = sa.Table(
    "whatsapp_outbox",
    META,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("body", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("due_at", sa.Float, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("message_id", sa.Text, index=True),
    sa.Column("error", sa.Text),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Index("whatsapp_outbox_work", "state", "conversation", "due_at"),
)

STATUSES = sa.Table(
    "whatsapp_statuses",
    META,
    sa.Column("message_id", sa.Text, primary_key=True),
    sa.Column("status", sa.Text, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("error", sa.Text),
)

ERRORS = sa.Table(
    "whatsapp_errors",
    META,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("code", sa.BigInteger, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("details", sa.Text, nullable=False),
)

# The buttons and rows that a customer was offered, and what they say to the assistant.
ISSUED = sa.Table(
    "whatsapp_issued",
    META,
    sa.Column("conversation", sa.Text, primary_key=True),
    sa.Column("choice_id", sa.Text, primary_key=True),
    sa.Column("payload", sa.Text, nullable=False),
)


def open_engine(url: str) -> Engine:
    """Connect to the database at `url` (SQLAlchemy form) and make the tables that are missing."""
    return sql.open_engine(url, META, wipe=True)


def open_arrivals(url: str) -> Engine:
    """Connect to where webhooks wait for the database at `url`: there, or on SQLite in a file beside it."""
    address = make_url(url)
    if sql.is_sqlite(address):
        address = address.set(database=f"{address.database}-arrivals")
    return sql.open_engine(address, ARRIVALS_META, SECONDS_TO_KEEP, wipe=True)


@contextmanager
def in_turn(engine: Engine) -> Iterator[None]:
    """Wait until no other worker writes: on SQLite in the kernel, since SQLite looks again after ever longer pauses."""
    if not sql.is_sqlite(engine.url):
        yield
        return
    # Closing gives the turn up, also when the process is killed.
    with Path(f"{engine.url.database}-turn").open("w", encoding="ascii") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield

"""The tables of the durable inbox and outbox, the same on SQLite and PostgreSQL. Times in seconds since 1970."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine, make_url

META = sa.MetaData()

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

# `report`: the id of the message that completed the damage report; empty until there is one.
PHOTOS = sa.Table(
    "whatsapp_photos",
    META,
    sa.Column("message_id", sa.Text, primary_key=True),
    sa.Column("conversation", sa.Text, nullable=False, index=True),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("stored_at", sa.Float, nullable=False),
    sa.Column("report", sa.Text),
)


def open_engine(url: str) -> Engine:
    """Connect to the database at `url` (SQLAlchemy form) and make the tables that are missing."""
    address = make_url(url)
    is_sqlite = address.get_backend_name() == "sqlite"
    if is_sqlite and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    # Parameters hold what customers write; they must not appear in an error message.
    engine = sa.create_engine(address, future=True, hide_parameters=True, **_pool(is_sqlite))
    if is_sqlite:
        _configure_sqlite(engine)
    with engine.begin() as connection:
        _make_tables(connection, is_sqlite)
    return engine


def _pool(is_sqlite: bool) -> dict[str, Any]:
    if is_sqlite:
        # A connection may move to another thread, but never works for two at once.
        return {"poolclass": sa.pool.QueuePool, "pool_size": 2, "connect_args": {"check_same_thread": False}}
    return {"pool_size": 4, "pool_pre_ping": True}


def _make_tables(connection: sa.engine.Connection, is_sqlite: bool) -> None:
    if not is_sqlite:
        # Two workers that start at once would both make the tables.
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(5391)"))
    META.create_all(connection)


def _configure_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        # Python's own transaction handling would begin too late, see SQLAlchemy's notes on pysqlite.
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout = 30000")
        connection.execute("PRAGMA journal_mode = WAL")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.engine.Connection) -> None:
        durable = connection.get_execution_options().get("durable", False)
        # Only what Meta is told we have must survive a power cut; the rest can be done again.
        connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

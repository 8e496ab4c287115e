"""The tables of the durable inbox and outbox, the same on SQLite and PostgreSQL. Times in seconds since 1970."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Engine, make_url

# Numbers of locks on PostgreSQL.
MAKING_TABLES, TAKING_IN = 5391, 5392
# Rather a refusal, after which Meta delivers again, than a webhook that waits for long.
BUSY_MILLISECONDS = 10_000

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
    return _open(make_url(url), META)


def open_arrivals(url: str) -> Engine:
    """Connect to where webhooks wait for the database at `url`: there, or on SQLite in a file beside it."""
    address = make_url(url)
    if _is_sqlite(address) and address.database:
        address = address.set(database=f"{address.database}-arrivals")
    return _open(address, ARRIVALS_META)


def _open(address: URL, tables: sa.MetaData) -> Engine:
    is_sqlite = _is_sqlite(address)
    if is_sqlite and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    # Parameters hold what customers write; they must not appear in an error message.
    engine = sa.create_engine(address, future=True, hide_parameters=True, **_pool(is_sqlite))
    if is_sqlite:
        _configure_sqlite(engine)
    with engine.begin() as connection:
        lock(connection, MAKING_TABLES)
        tables.create_all(connection)
    return engine


def lock(connection: sa.engine.Connection, number: int) -> None:
    """Let nobody else who asks for `number` past until the end of the transaction."""
    # On SQLite there is one writing transaction at a time anyway.
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


@contextmanager
def in_turn(engine: Engine) -> Iterator[None]:
    """Wait until no other worker writes: on SQLite in the kernel, since SQLite looks again after ever longer pauses."""
    if not _is_sqlite(engine.url):
        yield
        return
    # Closing gives the turn up, also when the process is killed.
    with Path(f"{engine.url.database}-turn").open("w", encoding="ascii") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _is_sqlite(address: URL) -> bool:
    return bool(address.get_backend_name() == "sqlite")


def _pool(is_sqlite: bool) -> dict[str, Any]:
    if is_sqlite:
        # A connection may move to another thread, but never works for two at once.
        return {"poolclass": sa.pool.QueuePool, "pool_size": 2, "connect_args": {"check_same_thread": False}}
    return {"pool_size": 4, "pool_pre_ping": True}


def _configure_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        # Python's own transaction handling would begin too late, see SQLAlchemy's notes on pysqlite.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA journal_mode = WAL")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.engine.Connection) -> None:
        options = connection.get_execution_options()
        if options.get("only_reads"):
            # Readers wait for nobody, and nobody waits for them.
            connection.exec_driver_sql("BEGIN")
            return
        # Only what Meta is told we have must survive a power cut; the rest can be done again.
        connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if options.get('durable') else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

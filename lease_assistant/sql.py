"""Opens a database with SQLAlchemy so that several processes can write: SQLite without waiting forever, or PostgreSQL.

Every transaction on SQLite that writes takes the lock for it when it begins; "database is locked" then means that
somebody held it for longer than we wait, and never that two transactions met half-way.
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.sql import ColumnElement

SECONDS_TO_WAIT = 30.0
# Any number; the same for everybody who makes tables.
LOCK_FOR_MAKING_TABLES = 5391


def open_engine(
    url: str | URL, tables: sa.MetaData, seconds_to_wait: float = SECONDS_TO_WAIT, *, wipe: bool = False
) -> Engine:
    """Connect to the database at `url` (SQLAlchemy form) and make those of `tables` that are missing.

    `seconds_to_wait`: for another writer, or for a server that does not answer. `wipe`: overwrite what is deleted.
    An engine made with ``execution_options(durable=True)`` returns only when SQLite has synced to disk. One made with
    ``only_reads=True`` waits for nobody, and nobody waits for it.
    """
    address = make_url(url)
    if is_sqlite(address) and address.database:
        _make_private_file(Path(address.database))
    # Parameters hold what customers write; they must not appear in an error message.
    engine = sa.create_engine(address, future=True, hide_parameters=True, **_pool(address, seconds_to_wait))
    if is_sqlite(address):
        _configure_sqlite(engine, seconds_to_wait, wipe)
    with engine.begin() as connection:
        # Two workers that start at once would both make the tables.
        lock(connection, LOCK_FOR_MAKING_TABLES)
        tables.create_all(connection)
    return engine


def is_sqlite(address: URL) -> bool:
    """Whether the database is a file of SQLite."""
    return bool(address.get_backend_name() == "sqlite")


def lock(connection: sa.engine.Connection, key: int | ColumnElement[int]) -> None:
    """Let nobody else who asks for `key` past until the end of the transaction."""
    # On SQLite there is one writing transaction at a time anyway.
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def _make_private_file(path: Path) -> None:
    """What customers say is nobody else's business on this machine; SQLite's other files take the same rights."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)


def _pool(address: URL, seconds_to_wait: float) -> dict[str, Any]:
    if is_sqlite(address):
        # A connection may move to another thread, but never works for two at once.
        return {"poolclass": sa.pool.QueuePool, "pool_size": 2, "connect_args": {"check_same_thread": False}}
    # PostgreSQL takes whole seconds here, and at least two.
    waits = {
        "connect_timeout": max(2, int(seconds_to_wait)),
        "options": f"-c lock_timeout={int(seconds_to_wait * 1000)}",
    }
    return {"pool_size": 4, "pool_pre_ping": True, "connect_args": waits}


def _configure_sqlite(engine: Engine, seconds_to_wait: float, wipe: bool) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        # Python's own transaction handling would begin too late, see SQLAlchemy's notes on pysqlite.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {int(seconds_to_wait * 1000)}")
        connection.execute("PRAGMA journal_mode = WAL")
        if wipe:
            connection.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.engine.Connection) -> None:
        options = connection.get_execution_options()
        if options.get("only_reads"):
            connection.exec_driver_sql("BEGIN")
            return
        # Only what somebody was told we have must survive a power cut; the rest can be done again.
        connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if options.get('durable') else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

"""The channel's SQLite file, shared by all workers of one machine."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS_TO_WAIT_FOR_A_WRITER = 5.0

# `seq` numbers the events of a conversation from 1. (turn, ordinal) says which event of which turn it is: a turn
# that runs again after a crash cannot add the same event twice.
SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, created REAL NOT NULL, customer TEXT
);
CREATE TABLE IF NOT EXISTS events (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL, turn TEXT NOT NULL, ordinal INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (conversation, seq), UNIQUE (conversation, turn, ordinal)
);
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    id TEXT NOT NULL, place INTEGER NOT NULL, owner TEXT NOT NULL, lease_until REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (conversation, id)
);
CREATE TABLE IF NOT EXISTS hits (
    key TEXT NOT NULL, minute INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (key, minute)
);
"""


class Database:
    """One connection for each process, opened on first use so that no two workers share one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # Conversations are nobody else's business on this machine.
            self._path.touch(mode=0o600)
            connection = sqlite3.connect(self._path, timeout=SECONDS_TO_WAIT_FOR_A_WRITER, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            # A turn writes some ten times; waiting for the disk each time would be felt. Only a power cut can lose the
            # last second, never the order or the file.
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.executescript(SCHEMA)
            self._connection = connection
        return self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other worker can come between; rolled back on an error."""
        connection = self._open()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def reading(self) -> sqlite3.Connection:
        """The connection, for a single query."""
        return self._open()

    def close(self) -> None:
        """Close the file; it opens again on next use."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

"""Turns: a message and the reply to it. One at a time in each conversation, in order, each exactly once.

A worker leases a turn and keeps renewing the lease while it works; when the worker dies, the lease runs out and the
client's next try takes the turn over. Nothing is kept in a process, so any worker can take any request.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lease_assistant.channels.website.database import Database
from lease_assistant.channels.website.log import add_event

LEASE_SECONDS = 6.0


@dataclass(frozen=True)
class Claim:
    """What came of asking for a turn. `again`: it was begun before, by a worker that did not finish it."""

    state: str
    again: bool = False


WAIT = Claim("wait")
DONE = Claim("done")


class Turns:
    """The turns of all conversations, as seen by one worker that calls itself `owner`."""

    def __init__(self, database: Database, owner: str, now: Callable[[], float]) -> None:
        self._database = database
        self._owner = owner
        self._now = now

    def receive(self, conversation: str, turn: str, body: Mapping[str, Any]) -> None:
        """Put down a message with what the customer sees of it; a second try of the same message changes nothing.

        Raises `Refused` when the conversation does not exist.
        """
        with self._database.writing() as connection:
            add_event(connection, conversation, turn, 0, body)
            connection.execute(
                """
                INSERT INTO turns (conversation, id, place, owner, lease_until)
                SELECT :conversation, :turn, COALESCE(MAX(place), 0) + 1, '', :lease_until
                FROM turns WHERE conversation = :conversation
                ON CONFLICT (conversation, id) DO NOTHING
                """,
                {"conversation": conversation, "turn": turn, "lease_until": self._now() + LEASE_SECONDS},
            )

    def claim(self, conversation: str, turn: str) -> Claim:
        """Try to take the turn: ``"mine"``, ``"done"`` already, or ``"wait"`` and ask again."""
        with self._database.writing() as connection:
            query = "SELECT place, owner, lease_until, attempts, done FROM turns WHERE conversation = ? AND id = ?"
            row = connection.execute(query, (conversation, turn)).fetchone()
            if row is None or row[4]:
                return DONE
            place, owner, lease_until, attempts, _ = row
            now = self._now()
            if (owner and lease_until > now) or self._busy_before(connection, conversation, place, now):
                # Who waits keeps its place; otherwise a later message could overtake it.
                if not owner:
                    self._extend(connection, conversation, turn, now)
                return WAIT
            connection.execute(
                """
                UPDATE turns SET owner = ?, lease_until = ?, attempts = attempts + 1
                WHERE conversation = ? AND id = ?
                """,
                (self._owner, now + LEASE_SECONDS, conversation, turn),
            )
            return Claim("mine", again=attempts > 0)

    def renew(self, conversation: str, turn: str) -> None:
        """Keep a turn that is being worked on."""
        with self._database.writing() as connection:
            self._extend(connection, conversation, turn, self._now())

    def finish(self, conversation: str, turn: str) -> None:
        """The reply is complete."""
        with self._database.writing() as connection:
            query = "UPDATE turns SET done = 1 WHERE conversation = ? AND id = ?"
            connection.execute(query, (conversation, turn))

    def busy(self, conversation: str) -> bool:
        """Whether a reply is on its way."""
        query = "SELECT 1 FROM turns WHERE conversation = ? AND NOT done AND owner != '' AND lease_until > ?"
        return self._database.reading().execute(query, (conversation, self._now())).fetchone() is not None

    def _busy_before(self, connection: sqlite3.Connection, conversation: str, place: int, now: float) -> bool:
        query = "SELECT 1 FROM turns WHERE conversation = ? AND NOT done AND lease_until > ? AND place < ?"
        return connection.execute(query, (conversation, now, place)).fetchone() is not None

    def _extend(self, connection: sqlite3.Connection, conversation: str, turn: str, now: float) -> None:
        query = "UPDATE turns SET lease_until = ? WHERE conversation = ? AND id = ?"
        connection.execute(query, (now + LEASE_SECONDS, conversation, turn))

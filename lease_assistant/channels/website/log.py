"""The log of each conversation: what a client shows, numbered, so that it can ask for what it missed."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lease_assistant.channels.website.database import Database
from lease_assistant.channels.website.refusals import Refused


@dataclass(frozen=True)
class Event:
    """One thing to show. `seq` counts from 1 in each conversation; `body` has a ``kind``."""

    seq: int
    turn: str
    body: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The event as a client gets it."""
        return {"seq": self.seq, "turn": self.turn, **self.body}


class ConversationLog:
    """Conversations and their events. `now` gives the time in seconds."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    def create(self, conversation: str) -> None:
        """Begin a conversation."""
        with self._database.writing() as connection:
            connection.execute("INSERT INTO conversations (id, created) VALUES (?, ?)", (conversation, self._now()))

    def customer(self, conversation: str) -> str | None:
        """The signed-in customer it belongs to, None when nobody signed in; raises `Refused` when it does not exist."""
        query = "SELECT customer FROM conversations WHERE id = ?"
        row = self._database.reading().execute(query, (conversation,)).fetchone()
        if row is None:
            raise Refused("conversation_unknown")
        return None if row[0] is None else str(row[0])

    def bind(self, conversation: str, customer: str) -> None:
        """Give a conversation that belongs to nobody yet to `customer`."""
        with self._database.writing() as connection:
            query = "UPDATE conversations SET customer = ? WHERE id = ? AND customer IS NULL"
            connection.execute(query, (customer, conversation))

    def exists(self, conversation: str) -> bool:
        """Whether it was begun and not deleted since."""
        query = "SELECT 1 FROM conversations WHERE id = ?"
        return self._database.reading().execute(query, (conversation,)).fetchone() is not None

    def append(self, conversation: str, turn: str, ordinal: int, body: Mapping[str, Any]) -> None:
        """Add event `ordinal` of `turn`, unless it is there already; raises `Refused` after a deletion."""
        with self._database.writing() as connection:
            add_event(connection, conversation, turn, ordinal, body)

    def since(self, conversation: str, after: int) -> list[Event]:
        """The events with a number above `after`, in order."""
        query = "SELECT seq, turn, body FROM events WHERE conversation = ? AND seq > ? ORDER BY seq"
        rows = self._database.reading().execute(query, (conversation, after))
        return [Event(seq, turn, json.loads(body)) for seq, turn, body in rows]

    def count(self, conversation: str, kind: str) -> int:
        """How many events of this kind there are."""
        return sum(event.body["kind"] == kind for event in self.since(conversation, 0))

    def delete(self, conversation: str) -> None:
        """Forget a conversation with all its events and turns."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))

    def expired(self, lifetime_seconds: int) -> list[str]:
        """The conversations that began longer ago than that."""
        query = "SELECT id FROM conversations WHERE created < ?"
        return [row[0] for row in self._database.reading().execute(query, (self._now() - lifetime_seconds,))]


def add_event(
    connection: sqlite3.Connection, conversation: str, turn: str, ordinal: int, body: Mapping[str, Any]
) -> None:
    """Append within a transaction of the caller; raises `Refused` when the conversation does not exist."""
    query = """
        INSERT INTO events (conversation, seq, turn, ordinal, body)
        SELECT :conversation, COALESCE(MAX(seq), 0) + 1, :turn, :ordinal, :body
        FROM events WHERE conversation = :conversation
        ON CONFLICT (conversation, turn, ordinal) DO NOTHING
    """
    values = {"conversation": conversation, "turn": turn, "ordinal": ordinal, "body": json.dumps(body)}
    try:
        connection.execute(query, values)
    except sqlite3.IntegrityError:
        raise Refused("conversation_unknown") from None

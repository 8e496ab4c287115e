"""Where Rasa keeps its conversations (`tracker_store` in endpoints.yml): a database that outlives the server.

Rasa's own SQL store with three differences: it makes its folder, several servers can share one SQLite file, and
conversations that nobody went on with are deleted.
"""

import asyncio
import time

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import sessionmaker

from lease_assistant import sql
from lease_assistant.settings import DATA_FOLDER

DAY = 24 * 3600.0


class ConversationStore(SQLTrackerStore):
    """`database`: an SQLAlchemy address, a relative path below the project. `keep_days`: since the last message."""

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        database: str = "sqlite:///var/conversations.sqlite3",
        keep_days: int = 90,
        host: None = None,
    ) -> None:
        # Rasa always gives a host; ours is in the address. Its own SQL store would open the database in its way.
        TrackerStore.__init__(self, domain, event_broker)
        self.engine = sql.open_engine(_below_project(database), self.Base.metadata, wipe=True)
        self.sessionmaker = sessionmaker(bind=self.engine, future=True)
        self._keep_seconds = keep_days * DAY
        self._purged_at = 0.0

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what is new of a conversation; once a day delete what is old."""
        await super().save(tracker)
        if time.time() - self._purged_at > DAY:
            self._purged_at = time.time()
            await asyncio.to_thread(self.purge, self._purged_at - self._keep_seconds)

    def purge(self, before: float) -> None:
        """Delete the conversations whose last event is older than `before`, in seconds since 1970."""
        event = self.SQLEvent
        old = sa.select(event.sender_id).group_by(event.sender_id).having(sa.func.max(event.timestamp) < before)
        with self.engine.begin() as connection:
            connection.execute(sa.delete(event).where(event.sender_id.in_(old)))

    def forget(self, conversation: str) -> None:
        """Delete one conversation."""
        with self.engine.begin() as connection:
            connection.execute(sa.delete(self.SQLEvent).where(self.SQLEvent.sender_id == conversation))

    def close(self) -> None:
        """Close all connections; they open again on next use."""
        self.engine.dispose()


def _below_project(database: str) -> URL:
    """Not below where Rasa was started: in another folder everything would seem forgotten."""
    address = make_url(database)
    if sql.is_sqlite(address) and address.database:
        address = address.set(database=str(DATA_FOLDER.parent / address.database))
    return address

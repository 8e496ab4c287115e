"""How often somebody may send something, counted in the database so that all workers count together."""

import hashlib
from collections.abc import Callable

from lease_assistant.channels.website.database import Database
from lease_assistant.channels.website.refusals import Refused


class Rates:
    """Counts by minute of the clock. `now` gives the time in seconds."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    def count(self, key: str, most_per_minute: int, code: str) -> None:
        """Count one for `key`; raises `Refused` with `code` above the limit."""
        minute = int(self._now() // 60)
        # Only a hash: an address identifies a person and is not to be kept.
        hashed = hashlib.sha256(key.encode()).hexdigest()
        with self._database.writing() as connection:
            connection.execute("DELETE FROM hits WHERE minute < ?", (minute,))
            query = """
                INSERT INTO hits (key, minute, count) VALUES (?, ?, 1)
                ON CONFLICT (key, minute) DO UPDATE SET count = count + 1 RETURNING count
            """
            (count,) = connection.execute(query, (hashed, minute)).fetchone()
        if count > most_per_minute:
            raise Refused(code)

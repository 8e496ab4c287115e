"""Webhooks as they came, kept before Meta is told that we have them, until a worker takes them into the inbox.

On SQLite they lie in a file of their own: only one connection writes a file at a time, and a worker in Rasa's process
writes slowly, since the model holds the interpreter between its statements.
"""

import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from lease_assistant.channels.whatsapp.tables import ARRIVALS


@dataclass(frozen=True)
class Arrival:
    """One webhook. `seq` is never given out again, so that removing it late cannot hit another."""

    seq: int
    body: bytes


class Arrivals:
    """All webhooks that wait; the methods block, for a few milliseconds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def append(self, bodies: Sequence[bytes]) -> None:
        """Keep `bodies` safe from a power cut: all of them, or none when it raises."""
        now = time.time()
        with self._begin(durable=True) as connection:
            connection.execute(sa.insert(ARRIVALS), [{"body": body, "arrived_at": now} for body in bodies])

    def first(self, limit: int) -> list[Arrival]:
        """The first ones that wait, in order."""
        waiting = sa.select(ARRIVALS.c.seq, ARRIVALS.c.body).where(ARRIVALS.c.problem.is_(None))
        with self._begin(only_reads=True) as connection:
            rows = connection.execute(waiting.order_by(ARRIVALS.c.seq).limit(limit)).all()
        return [Arrival(row.seq, bytes(row.body)) for row in rows]

    def remove(self, taken: Sequence[Arrival]) -> None:
        """Forget what is in the inbox now."""
        with self._begin() as connection:
            connection.execute(sa.delete(ARRIVALS).where(ARRIVALS.c.seq.in_([one.seq for one in taken])))

    def put_aside(self, problems: Mapping[int, str]) -> None:
        """Keep what cannot be taken into the inbox out of the way of the others, with the reason."""
        with self._begin() as connection:
            for seq, problem in problems.items():
                connection.execute(sa.update(ARRIVALS).where(ARRIVALS.c.seq == seq).values(problem=problem))

    def forget(self, before: float) -> None:
        """Remove what was put aside and arrived before then, in seconds since 1970."""
        old = sa.and_(ARRIVALS.c.problem.is_not(None), ARRIVALS.c.arrived_at < before)
        with self._begin() as connection:
            connection.execute(sa.delete(ARRIVALS).where(old))

    def _begin(self, **options: bool) -> AbstractContextManager[Connection]:
        found: AbstractContextManager[Connection] = self._engine.execution_options(**options).begin()
        return found

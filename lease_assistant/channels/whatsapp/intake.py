"""Keeps webhooks together: all that arrive while the disk is busy go into the next transaction.

Making a transaction safe from a power cut takes milliseconds, tens of them on a busy disk; one by one, eighty webhooks
a second would queue up. A group is kept as a whole or refused as a whole, and then Meta delivers all of it again: what
a webhook says cannot be the reason, since it is kept as it came.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from lease_assistant.channels.whatsapp.arrivals import Arrivals

Arrived = tuple[bytes, "asyncio.Future[None]"]


class Intake:
    """Keeps webhooks by one transaction at a time, on a thread of its own: it must not wait for the worker."""

    def __init__(self, arrivals: Arrivals) -> None:
        self._arrivals = arrivals
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="whatsapp-intake")
        self._arrived: list[Arrived] = []
        self._keeping: asyncio.Task[None] | None = None

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown(wait=False)

    async def keep(self, body: bytes) -> None:
        """Return when `body` is safe; raises what the database raises."""
        safe: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrived.append((body, safe))
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep_arrived())
        await safe

    async def _keep_arrived(self) -> None:
        while self._arrived:
            arrived, self._arrived = self._arrived, []
            await self._keep(arrived)

    async def _keep(self, arrived: Sequence[Arrived]) -> None:
        bodies = [body for body, _ in arrived]
        error: Exception | None = None
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._arrivals.append, bodies)
        except Exception as found:  # noqa: BLE001 (goes to those who wait for it)
            error = found
        for _, safe in arrived:
            # Who has hung up waits no longer.
            if safe.done():
                continue
            if error:
                safe.set_exception(error)
            else:
                safe.set_result(None)

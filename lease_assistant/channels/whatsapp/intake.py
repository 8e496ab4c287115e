"""Keeps webhooks together: all that arrive while the disk is busy go into the next transaction.

Making a transaction safe from a power cut takes milliseconds, tens of them on a busy disk; one by one, eighty webhooks
a second would queue up.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor

from lease_assistant.channels.whatsapp.incoming import Batch
from lease_assistant.channels.whatsapp.store import Store

Arrived = tuple[Batch, "asyncio.Future[None]"]


class Intake:
    """Keeps webhooks in `store`, by one transaction at a time on `thread`."""

    def __init__(self, store: Store, thread: Executor) -> None:
        self._store, self._thread = store, thread
        self._arrived: list[Arrived] = []
        self._keeping: asyncio.Task[None] | None = None

    async def keep(self, batch: Batch) -> None:
        """Return when `batch` is safe; raises what the database raises."""
        safe: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrived.append((batch, safe))
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep_arrived())
        await safe

    async def _keep_arrived(self) -> None:
        while self._arrived:
            arrived, self._arrived = self._arrived, []
            if not await self._try(arrived) and len(arrived) > 1:
                # One of them may be to blame: the others must not suffer for it.
                for one in arrived:
                    await self._try([one])

    async def _try(self, arrived: Sequence[Arrived]) -> bool:
        batch = together([one for one, _ in arrived])
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._store.receive, batch)
        except Exception as error:  # noqa: BLE001 (goes to who waits for it)
            if len(arrived) == 1 and not arrived[0][1].done():
                arrived[0][1].set_exception(error)
            return False
        for _, safe in arrived:
            if not safe.done():
                safe.set_result(None)
        return True


def together(batches: Sequence[Batch]) -> Batch:
    """Several webhooks as one."""
    return Batch(
        messages=[message for batch in batches for message in batch.messages],
        statuses=[status for batch in batches for status in batch.statuses],
        errors=[error for batch in batches for error in batch.errors],
    )

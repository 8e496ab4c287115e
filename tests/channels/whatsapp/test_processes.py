"""Workers in processes of their own, on one database: crashes, duplicates at once, many messages."""

import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from lease_assistant.channels.whatsapp.fake_graph import FakeGraph
from lease_assistant.channels.whatsapp.gateway import SIGNATURE
from lease_assistant.channels.whatsapp.signature import sign
from tests.channels.whatsapp.conftest import SECRET, TOKEN, config_with, text_of
from tests.channels.whatsapp.payloads import NUMBER_ID, shuffled_webhooks, text, webhook

WORKER = Path(__file__).with_name("worker_process.py")
ROOT = Path(__file__).parents[3]
SECONDS_TO_START = 30
SECONDS_FOR_ALL = 80
MESSAGES, CUSTOMERS = 600, 60


class Workers:
    """Worker processes that share a database and the stand-in for Meta."""

    def __init__(self, folder: Path, graph: FakeGraph, settings: dict[str, Any]) -> None:
        self.graph, self.hangs = graph, folder / "hangs"
        self.addresses: list[str] = []
        self.processes: list[subprocess.Popen[bytes]] = []
        self._settings = json.dumps(settings)
        self._session = aiohttp.ClientSession()

    async def start(self) -> str:
        """Start one more worker and return its address once it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "ASSISTANT_HANGS": str(self.hangs)}
        command = [sys.executable, str(WORKER), str(port), self._settings]
        self.processes.append(subprocess.Popen(command, env=environment))  # noqa: ASYNC220 (returns at once)
        address = f"http://127.0.0.1:{port}/webhook"
        await self.until(lambda: self._answers(address), SECONDS_TO_START)
        self.addresses.append(address)
        return address

    async def post(self, address: str, payload: dict[str, Any]) -> int:
        """Deliver a webhook to one worker; returns the status."""
        body = json.dumps(payload).encode()
        async with self._session.post(address, data=body, headers={SIGNATURE: sign(body, SECRET)}) as found:
            return found.status

    async def until(self, condition: Any, seconds: float = 20) -> None:
        """Wait until `condition` holds."""
        deadline = time.monotonic() + seconds
        while not await condition():
            assert time.monotonic() < deadline, f"waited {seconds:.0f} s in vain"
            await asyncio.sleep(0.05)

    async def sent(self, count: int, seconds: float = 20) -> list[str]:
        """The texts that were sent, once there are `count`, and after a moment for one too many."""

        async def enough() -> bool:
            return len(self.graph.sent) >= count

        await self.until(enough, seconds)
        await asyncio.sleep(0.3)
        return [text_of(found) for found in self.graph.sent]

    async def close(self) -> None:
        """End what is still running."""
        for process in self.processes:
            process.kill()
            process.wait()
        await self._session.close()

    async def _answers(self, address: str) -> bool:
        try:
            async with self._session.get(address) as found:
                return found.status == 403
        except aiohttp.ClientError:
            return False


@pytest.fixture
async def workers(tmp_path: Path, database: str) -> AsyncIterator[Workers]:
    """No worker yet, on an empty database."""
    graph = FakeGraph(NUMBER_ID, TOKEN)
    meta = TestServer(graph.application())
    await meta.start_server()
    config = config_with(database, str(meta.make_url("")).rstrip("/"), tmp_path, turns_at_once=50)
    found = Workers(tmp_path, graph, asdict(config))
    yield found
    await found.close()
    await meta.close()


async def test_a_message_is_answered_after_a_crash_between_acknowledgement_and_reply(workers: Workers) -> None:
    workers.hangs.touch()
    address = await workers.start()
    assert await workers.post(address, webhook(text("na de crash", "1"))) == 200
    workers.processes[0].kill()
    workers.processes[0].wait()
    workers.hangs.unlink()
    second = await workers.start()
    # Meta, which was told that all is well, may deliver it again all the same.
    assert await workers.post(second, webhook(text("na de crash", "1"))) == 200
    assert await workers.sent(1) == ["U zei: na de crash"]


async def test_another_worker_takes_over_from_one_that_crashed(workers: Workers) -> None:
    workers.hangs.touch()
    first = await workers.start()
    await workers.post(first, webhook(text("een", "1")))

    async def is_read() -> bool:
        return bool(workers.graph.read)

    # The first worker has claimed the customer.
    await workers.until(is_read)
    workers.hangs.unlink()
    second = await workers.start()
    await workers.post(second, webhook(text("twee", "2")))
    workers.processes[0].kill()
    assert await workers.sent(2) == ["U zei: een", "U zei: twee"]


async def test_the_same_messages_at_the_same_moment_to_two_workers(workers: Workers) -> None:
    both = [await workers.start(), await workers.start()]
    for number in range(40):
        payload = webhook(text(f"{number}", f"id-{number}", phone=f"316000000{number:02}"))
        statuses = await asyncio.gather(*(workers.post(address, payload) for address in both * 2))
        assert statuses == [200] * 4
    assert sorted(await workers.sent(40)) == sorted(f"U zei: {number}" for number in range(40))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_many_messages_with_shuffled_duplicates_over_two_workers(workers: Workers) -> None:
    both = [await workers.start(), await workers.start()]
    for number, payload in enumerate(shuffled_webhooks(random.Random(5), MESSAGES, CUSTOMERS)):
        assert await workers.post(both[number % 2], payload) == 200
    sent = await workers.sent(MESSAGES, SECONDS_FOR_ALL)
    assert Counter(sent) == Counter(f"U zei: {number}" for number in range(MESSAGES))
    by_customer = defaultdict(list)
    for found in workers.graph.sent:
        by_customer[found["to"]].append(int(text_of(found).removeprefix("U zei: ")))
    assert all(numbers == sorted(numbers) for numbers in by_customer.values())
    assert len(by_customer) == CUSTOMERS

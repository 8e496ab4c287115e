"""Workers in processes of their own, on one database: crashes, duplicates at once, many messages."""

import asyncio
import json
import os
import random
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
import sqlalchemy as sa
from aiohttp.test_utils import TestServer

from lease_assistant.channels.whatsapp.config import CHANNEL
from lease_assistant.channels.whatsapp.fake_graph import FakeGraph
from lease_assistant.channels.whatsapp.gateway import SIGNATURE
from lease_assistant.channels.whatsapp.signature import sign
from lease_assistant.serve.checks import free_port
from tests.channels.whatsapp.conftest import SECRET, TOKEN, config_with, text_of
from tests.channels.whatsapp.payloads import NUMBER_ID, shuffled_webhooks, status, text, webhook

WORKER = Path(__file__).with_name("worker_process.py")
ROOT = Path(__file__).parents[3]
SECONDS_TO_START = 30
SECONDS_FOR_ALL = 600
CUSTOMERS = 100


class Workers:
    """Worker processes that share a database and the stand-in for Meta."""

    def __init__(self, folder: Path, graph: FakeGraph, settings: dict[str, Any]) -> None:
        self.graph, self.hangs = graph, folder / "hangs"
        self.processes: list[subprocess.Popen[bytes]] = []
        self._folder, self._settings = folder, settings
        self._session = aiohttp.ClientSession()

    async def start(self) -> str:
        """Start one more worker and return its address once it answers."""
        port = free_port()
        return await self._run(port, str(WORKER), str(port), json.dumps(self._settings))

    async def start_receiver(self) -> str:
        """Start the process that only receives, and return its address once it answers."""
        port = free_port()
        credentials = self._folder / "credentials.yml"
        credentials.write_text(json.dumps({CHANNEL: self._settings}), encoding="utf-8")
        module = "lease_assistant.channels.whatsapp.receiver"
        return await self._run(port, "-m", module, "--credentials", str(credentials), "--port", str(port))

    def change(self, **settings: Any) -> None:
        """Other settings for processes that start from now on."""
        self._settings.update(settings)

    async def holds(self, query: str) -> bool:
        """Whether the database has a row for `query`."""
        engine = sa.create_engine(self._settings["database"])
        try:
            with engine.connect() as connection:
                return connection.execute(sa.text(query)).first() is not None
        finally:
            engine.dispose()

    async def kill(self, number: int) -> None:
        """End a process as a crash does."""
        self.processes[number].kill()
        await asyncio.to_thread(self.processes[number].wait)

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

    async def _run(self, port: int, *arguments: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "ASSISTANT_HANGS": str(self.hangs)}
        command = [sys.executable, *arguments]
        self.processes.append(subprocess.Popen(command, env=environment))  # noqa: ASYNC220 (returns at once)
        address = f"http://127.0.0.1:{port}/webhook"
        await self.until(lambda: self._answers(address), SECONDS_TO_START)
        return address

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
    config = config_with(database, str(meta.make_url("")).rstrip("/"), turns_at_once=50)
    found = Workers(tmp_path, graph, asdict(config))
    yield found
    await found.close()
    await meta.close()


async def test_a_message_is_answered_after_a_crash_between_acknowledgement_and_reply(workers: Workers) -> None:
    workers.hangs.touch()
    address = await workers.start()
    assert await workers.post(address, webhook(text("na de crash", "1"))) == 200
    await workers.kill(0)
    workers.hangs.unlink()
    second = await workers.start()
    # Meta, which was told that all is well, may deliver it again all the same.
    assert await workers.post(second, webhook(text("na de crash", "1"))) == 200
    assert await workers.sent(1) == ["U zei: na de crash"]


async def test_a_message_is_answered_after_a_crash_of_the_receiver(workers: Workers) -> None:
    receiver = await workers.start_receiver()
    assert await workers.post(receiver, webhook(text("na de crash", "1"))) == 200
    await workers.kill(0)
    await workers.start()
    assert await workers.sent(1) == ["U zei: na de crash"]


async def test_a_reply_that_waits_in_the_outbox_is_sent_after_a_crash(workers: Workers) -> None:
    # The second message has to wait its turn for a minute, over all customers.
    workers.change(messages_per_second=1 / 60)
    address = await workers.start()
    await workers.post(address, webhook(text("een", "1"), text("twee", "2", phone="31600000002")))
    assert len(await workers.sent(1)) == 1
    await workers.until(lambda: workers.holds("SELECT 1 FROM whatsapp_outbox WHERE state = 'waiting'"))
    await workers.kill(0)
    await workers.start()
    assert sorted(await workers.sent(2)) == ["U zei: een", "U zei: twee"]


async def crash_while_sending(workers: Workers) -> None:
    """Meta takes a message, and the worker dies before it hears so."""
    workers.change(call_timeout=0.5, status_seconds=1.0)
    workers.graph.silences = 1
    await workers.post(await workers.start(), webhook(text("een", "1")))
    await workers.sent(1)
    await workers.kill(0)


async def test_what_was_being_sent_in_a_crash_is_sent_again(workers: Workers) -> None:
    await crash_while_sending(workers)
    await workers.start()
    assert await workers.sent(2) == ["U zei: een", "U zei: een"]
    assert len({sent["biz_opaque_callback_data"] for sent in workers.graph.sent}) == 1


async def test_what_was_being_sent_in_a_crash_is_not_sent_again_once_a_status_came(workers: Workers) -> None:
    await crash_while_sending(workers)
    receiver = await workers.start_receiver()
    reference = workers.graph.sent[0]["biz_opaque_callback_data"]
    await workers.post(receiver, webhook(statuses=[status("sent", "wamid.x", biz_opaque_callback_data=reference)]))
    await workers.post(receiver, webhook(text("twee", "2")))
    await workers.start()
    assert await workers.sent(2) == ["U zei: een", "U zei: twee"]
    await asyncio.sleep(2)
    assert len(workers.graph.sent) == 2


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
    await workers.kill(0)
    assert await workers.sent(2) == ["U zei: een", "U zei: twee"]


async def test_the_same_messages_at_the_same_moment_to_two_workers(workers: Workers) -> None:
    both = [await workers.start(), await workers.start()]
    for number in range(40):
        payload = webhook(text(f"{number}", f"id-{number}", phone=f"316000000{number:02}"))
        statuses = await asyncio.gather(*(workers.post(address, payload) for address in both * 2))
        assert statuses == [200] * 4
    assert sorted(await workers.sent(40)) == sorted(f"U zei: {number}" for number in range(40))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_many_messages_with_shuffled_duplicates_over_two_workers(workers: Workers, message_count: int) -> None:
    receiver = await workers.start_receiver()
    await workers.start()
    await workers.start()
    for payload in shuffled_webhooks(random.Random(5), message_count, CUSTOMERS):
        assert await workers.post(receiver, payload) == 200
    sent = await workers.sent(message_count, SECONDS_FOR_ALL)
    assert Counter(sent) == Counter(f"U zei: {number}" for number in range(message_count))
    by_customer = defaultdict(list)
    for found in workers.graph.sent:
        by_customer[found["to"]].append(int(text_of(found).removeprefix("U zei: ")))
    assert all(numbers == sorted(numbers) for numbers in by_customer.values())
    assert len(by_customer) == CUSTOMERS

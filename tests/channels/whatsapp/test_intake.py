"""Nothing is acknowledged that is not stored, and what cannot be stored is refused so that Meta delivers it again."""

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from lease_assistant.channels.whatsapp import tables
from lease_assistant.channels.whatsapp.gateway import Gateway
from lease_assistant.channels.whatsapp.signature import sign
from tests.channels.whatsapp.conftest import SECRET, config_with
from tests.channels.whatsapp.payloads import text, webhook


def body(number: int, words: str = "hallo") -> bytes:
    """A webhook with one message."""
    return json.dumps(webhook(text(words, f"id-{number}", phone=f"316{number:08}"))).encode()


async def deliver(gateway: Gateway, content: bytes) -> int:
    """Deliver a webhook; returns the status."""
    return (await gateway.webhook(content, sign(content, SECRET))).status


def stored(folder: Path) -> Counter[bytes]:
    """The webhooks that are in the database."""
    connection = sqlite3.connect(folder / "inbox.db-arrivals")
    try:
        return Counter(content for (content,) in connection.execute("SELECT body FROM whatsapp_arrivals"))
    finally:
        connection.close()


@pytest.fixture
async def receiver(tmp_path: Path) -> AsyncIterator[Gateway]:
    """A gateway that only receives."""
    gateway = Gateway(config_with(f"sqlite:///{tmp_path}/inbox.db", "http://127.0.0.1:9"))
    await gateway.start()
    yield gateway
    await gateway.stop()


def fill_up(gateway: Gateway, pages: int) -> None:
    """Let the disk be full beyond so many pages, as SQLite sees it."""
    with gateway._arrivals._engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


async def test_a_full_disk_refuses_what_it_cannot_keep_and_only_that(receiver: Gateway, tmp_path: Path) -> None:
    bodies = [body(number, "x" * 20_000) for number in range(40)]
    assert await deliver(receiver, bodies[0]) == 200
    fill_up(receiver, 60)
    statuses = await asyncio.gather(*(deliver(receiver, content) for content in bodies[1:20]))
    statuses += [await deliver(receiver, content) for content in bodies[20:]]
    assert set(statuses) == {200, 503}
    acknowledged = [content for content, found in zip(bodies, (200, *statuses), strict=True) if found == 200]
    assert stored(tmp_path) == Counter(acknowledged)
    fill_up(receiver, 100_000)
    again = [content for content in bodies if content not in acknowledged]
    assert await asyncio.gather(*(deliver(receiver, content) for content in again)) == [200] * len(again)
    assert stored(tmp_path) == Counter(bodies)


async def test_a_locked_database_refuses_and_recovers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "SECONDS_TO_KEEP", 0.05)
    gateway = Gateway(config_with(f"sqlite:///{tmp_path}/inbox.db", "http://127.0.0.1:9"))
    await gateway.start()
    other = sqlite3.connect(tmp_path / "inbox.db-arrivals", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert await asyncio.gather(*(deliver(gateway, body(number)) for number in range(5))) == [503] * 5
    other.execute("ROLLBACK")
    other.close()
    assert await asyncio.gather(*(deliver(gateway, body(number)) for number in range(5))) == [200] * 5
    await gateway.stop()
    assert stored(tmp_path) == Counter(body(number) for number in range(5))


async def test_webhooks_that_are_not_for_us_are_not_kept_beside_those_that_are(
    receiver: Gateway, tmp_path: Path
) -> None:
    foreign = json.dumps(webhook(text("x", "1"), number_id="999")).encode()
    given = [body(1), b"{", foreign, body(2)]
    assert await asyncio.gather(*(deliver(receiver, content) for content in given)) == [200, 400, 404, 200]
    assert stored(tmp_path) == Counter([body(1), body(2)])


async def test_who_hangs_up_does_not_hold_up_the_others(receiver: Gateway, tmp_path: Path) -> None:
    waiting = [asyncio.create_task(deliver(receiver, body(number))) for number in range(10)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    found: list[Any] = await asyncio.gather(*waiting, return_exceptions=True)
    assert found[1:] == [200] * 9
    assert stored(tmp_path) >= Counter(body(number) for number in range(1, 10))

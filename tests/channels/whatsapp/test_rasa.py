"""The Rasa channel with the trained model and the action server, as Meta and a customer meet it."""

import asyncio
import io
import json
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa
from PIL import Image

from lease_assistant.channels.whatsapp.fake_graph import FakeGraph
from lease_assistant.channels.whatsapp.gateway import MAX_BODY_BYTES, SIGNATURE
from lease_assistant.channels.whatsapp.signature import sign
from lease_assistant.channels.whatsapp.simulator import (
    NUMBER_ID,
    SECRET,
    TOKEN,
    Phone,
    choices_of,
    desk_url,
    rasa_webhook_url,
    serve_graph,
    services,
    webhook_url,
)
from lease_assistant.damage_desk import DamageDesk
from lease_assistant.serve.checks import free_port
from lease_assistant.serve.processes import Child
from lease_assistant.serve.services import MODEL, ROOT
from lease_assistant.serve.supervisor import running, wait_until_ready
from lease_assistant.settings import Settings
from tests.channels.whatsapp.conftest import text_of
from tests.channels.whatsapp.payloads import message, webhook

pytestmark = pytest.mark.model

SECONDS_TO_ANSWER = 20
# What to say to the question with these words; "!" presses the button with this title.
DAMAGE_ANSWERS = {
    "Wat is er gebeurd": "tegen een paaltje gereden",
    "Wanneer": "gisteren om 15 uur",
    "eenzijdig": "!Ja, geen ander betrokken",
    "Hoe hoog": "500 euro",
    "gewond": "!Nee",
    "politie": "!Nee",
}


class Customer:
    """A customer with a telephone, who waits for an answer before going on."""

    def __init__(self, phone: Phone, graph: FakeGraph) -> None:
        self.phone, self.graph, self.seen = phone, graph, 0

    async def say(self, line: str) -> str:
        """Say something and return the next message."""
        await self.phone.say(line)
        return await self.hear()

    async def press(self, title: str) -> str:
        """Press the button or row that begins with `title`."""
        choices = [choice["title"] for _, choice in choices_of(self.graph.sent[-1])]
        number = next(number for number, found in enumerate(choices, start=1) if title.startswith(found))
        return await self.say(f"!{number}")

    async def hear(self) -> str:
        """The next message."""
        for _ in range(SECONDS_TO_ANSWER * 20):
            if len(self.graph.sent) > self.seen:
                self.seen += 1
                return text_of(self.graph.sent[self.seen - 1])
            await asyncio.sleep(0.05)
        raise AssertionError("no answer")


async def post(url: str, body: bytes, signature: str | None = None) -> int:
    """Deliver a body; returns the status."""
    headers = {SIGNATURE: sign(body, SECRET) if signature is None else signature}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=io.BytesIO(body), headers=headers) as found,
    ):
        return found.status


@dataclass
class Running:
    """What runs: the stand-in for Meta, where the servers listen, and the servers."""

    graph: FakeGraph
    ports: Settings
    children: list[Child]


@pytest.fixture
async def rasa(tmp_path: Path) -> AsyncIterator[Running]:
    """Rasa with the channel, and the stand-in for Meta."""
    if not (ROOT / MODEL).exists():
        pytest.fail("no trained model: run `make train` first")
    graph = FakeGraph(NUMBER_ID, TOKEN)
    runner, graph_url = await serve_graph(graph)
    ports = Settings(assistant_port=free_port(), action_server_port=free_port(), whatsapp_port=free_port())
    with running(services(tmp_path, graph_url, ports), ROOT) as children:
        await asyncio.to_thread(wait_until_ready, children, threading.Event())
        yield Running(graph, ports, children)
    await runner.cleanup()


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """What the channel's database holds."""
    engine = sa.create_engine(f"sqlite:///{folder}/inbox.db")
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(sa.text(query))]
    engine.dispose()
    return found


async def test_a_quote_and_a_damage_report_with_a_photo_by_whatsapp(rasa: Running, tmp_path: Path) -> None:
    # One test, since starting Rasa takes longest.
    graph, ports = rasa.graph, rasa.ports
    customer = Customer(Phone(webhook_url(ports), graph), graph)
    for url in (rasa_webhook_url(ports), webhook_url(ports)):
        await bad_input(url)
    await termination_quote(customer)
    await damage_report(customer, tmp_path)
    await crash_after_rasa_has_heard(rasa, customer, tmp_path)
    assert graph.rejected == []
    assert graph.read


async def bad_input(url: str) -> None:
    """What is not for us is refused, over the real web server."""
    body = json.dumps(webhook(message(), number_id="999")).encode()
    assert await post(url, body) == 404
    assert await post(url, body, "sha256=0") == 401
    assert await post(url, b"{") == 400
    assert await post(url, b"x" * (MAX_BODY_BYTES + 1)) == 413
    async with aiohttp.ClientSession() as session:
        query = {"hub.mode": "subscribe", "hub.verify_token": "simulator", "hub.challenge": "42"}
        async with session.get(url, params=query) as found:
            assert (found.status, await found.text()) == (200, "42")
        async with session.get(url, params={**query, "hub.verify_token": "x"}) as found:
            assert found.status == 403


async def termination_quote(customer: Customer) -> None:
    """The example of the terms."""
    said = "ik betaal 400 euro, looptijd 48 maanden, wil stoppen tegen de 25e maand, voor 24 maanden was het 475 euro"
    quote = await customer.say(said)
    assert quote.startswith("Uw opzegvergoeding\n")
    assert "€ 1.800,00" in quote
    assert "Bron: Aanvullende Voorwaarden, artikel 3.16" in quote


async def damage_report(customer: Customer, folder: Path) -> None:
    """All questions, a photo in between, the assessment."""
    picture = folder / "bumper.jpg"
    Image.new("RGB", (60, 40), "red").save(picture)
    question = await customer.say("ik wil schade melden")
    for _ in range(10):
        if "Uw schademelding" in question.partition("\n")[0]:
            break
        answer = next(answer for words, answer in DAMAGE_ANSWERS.items() if words in question)
        question = await (customer.press(answer[1:]) if answer.startswith("!") else customer.say(answer))
        if "Hoe hoog" in question:
            assert "foto bewaard" in await customer.say(f"!photo {picture}")
    assert "U kunt deze schade online melden" in question
    desk = DamageDesk(desk_url(folder), keep_days=90)
    (report,) = desk.reports()
    assert report.channel == "whatsapp"
    assert report.reference in question
    ((_, content),) = desk.photos(report.reference)
    with Image.open(io.BytesIO(content)) as photo:
        assert photo.size == (60, 40)
    desk.close()
    assert rows(folder, "SELECT kind FROM whatsapp_outbox WHERE state = 'waiting'") == [("reminder",)]


async def crash_after_rasa_has_heard(rasa: Running, customer: Customer, folder: Path) -> None:
    """Kill Rasa once it has saved a turn and before the channel has: one answer comes, the message is heard once."""
    said = "moet ik in de winter andere banden laten monteren?"
    seen = len(rasa.graph.read)
    await customer.phone.say(said)
    await until(lambda: len(rasa.graph.read) > seen)
    # The turn has begun. From here on the channel cannot write, and Rasa can.
    blocking = sqlite3.connect(folder / "inbox.db", isolation_level=None)
    blocking.execute("BEGIN IMMEDIATE")
    await until(lambda: heard(folder, said) == 1)
    (server,) = [child for child in rasa.children if "Rasa" in child.service.name]
    server.process.kill()
    await asyncio.to_thread(server.process.wait)
    blocking.execute("ROLLBACK")
    blocking.close()
    assert rows(folder, "SELECT 1 FROM whatsapp_inbox WHERE state = 'waiting'")
    again = Child(server.service, ROOT)
    rasa.children.append(again)
    await asyncio.to_thread(wait_until_ready, [again], threading.Event())
    assert "winterbanden" in (await customer.hear()).lower()
    assert heard(folder, said) == 1


def heard(folder: Path, said: str) -> int:
    """How often Rasa's own store has this message."""
    with closing(sqlite3.connect(folder / "conversations.sqlite3")) as connection:
        found = connection.execute("SELECT data FROM events WHERE type_name = 'user'").fetchall()
    return sum(json.loads(data)["text"] == said for (data,) in found)


async def until(condition: Callable[[], bool]) -> None:
    """Wait until `condition` holds."""
    for _ in range(SECONDS_TO_ANSWER * 100):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("waited in vain")

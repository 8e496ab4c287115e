"""A channel with an assistant that repeats what it hears, and a stand-in for Meta, both on loopback."""

import asyncio
import io
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa
from aiohttp.test_utils import TestServer

from lease_assistant.channels.whatsapp.config import Config
from lease_assistant.channels.whatsapp.fake_graph import FakeGraph
from lease_assistant.channels.whatsapp.gateway import SIGNATURE, Behind, Gateway
from lease_assistant.channels.whatsapp.responder import Messages, Question
from lease_assistant.channels.whatsapp.signature import sign
from lease_assistant.channels.whatsapp.web import application
from lease_assistant.damage_desk import DamageDesk
from tests.channels.whatsapp.payloads import NUMBER_ID

SECRET = "app-secret-1"
TOKEN = "EAAG-access-token-1"
PATIENCE = 8.0
MESSAGES = 1500


def config_with(database: str, graph_url: str, **changes: Any) -> Config:
    """Settings without the waiting of real life."""
    fast: dict[str, Any] = {
        "customer_interval": 0.001, "customer_burst": 1000, "messages_per_second": 10_000, "first_pause": 0.01,
        "longest_pause": 0.05, "status_seconds": 0.05, "send_attempts": 4, "poll_seconds": 0.02, "claim_seconds": 1.0,
    }  # fmt: skip
    return Config(
        app_secret=SECRET, verify_token="verify-me", access_token=TOKEN, phone_number_id=NUMBER_ID,
        database=database, graph_url=graph_url, **{**fast, **changes},
    )  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whatsapp-messages", type=int, default=MESSAGES, help="how many messages to replay")


@pytest.fixture
def message_count(request: pytest.FixtureRequest) -> int:
    """How many messages to replay; the option is only known where this folder is named on the command line."""
    count: int = request.config.getoption("--whatsapp-messages", default=MESSAGES)
    return count


class Channel:
    """A running channel as Meta sees it, with what is behind it for a test to look at."""

    def __init__(self, server: TestServer, session: aiohttp.ClientSession, graph: FakeGraph, config: Config) -> None:
        self.graph, self.config, self._session = graph, config, session
        self.url = str(server.make_url("/webhook"))
        self.questions: list[Question] = []

    async def post(self, payload: Any, **headers: str) -> aiohttp.ClientResponse:
        """Deliver a webhook as Meta does; returns the response."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        async with self._session.post(
            self.url, data=io.BytesIO(body), headers={SIGNATURE: sign(body, SECRET), **headers}
        ) as found:
            await found.read()
            return found

    async def get(self, **query: str) -> tuple[int, str]:
        """Ask as Meta does when the address is entered."""
        params = {name.replace("_", ".", 1): value for name, value in query.items()}
        async with self._session.get(self.url, params=params) as found:
            return found.status, await found.text()

    async def until(self, condition: Callable[[], Any]) -> Any:
        """Wait until `condition` holds, and return it."""
        deadline = time.monotonic() + PATIENCE
        while not (found := condition()):
            assert time.monotonic() < deadline, f"waited {PATIENCE:.0f} s in vain"
            await asyncio.sleep(0.01)
        return found

    async def replies(self, count: int) -> list[str]:
        """The texts of the first `count` messages that were sent."""
        await self.until(lambda: len(self.graph.sent) >= count)
        return [text_of(sent) for sent in self.graph.sent]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database holds."""
        engine = sa.create_engine(self.config.database)
        try:
            with engine.connect() as connection:
                return [tuple(row) for row in connection.execute(sa.text(query))]
        finally:
            engine.dispose()


def text_of(sent: dict[str, Any]) -> str:
    """The text of a message that was sent, with what stands above and below it."""
    if sent["type"] == "interactive":
        parts = (sent["interactive"].get(part, {}).get("text") for part in ("header", "body", "footer"))
        return "\n".join(part for part in parts if part)
    return str(sent.get("text", {}).get("body", ""))


Open = Callable[..., Awaitable[Channel]]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DamageDesk]:
    """A damage desk of its own for each test."""
    found = DamageDesk(f"sqlite:///{tmp_path}/desk.sqlite3", keep_days=90)
    yield found
    found.close()


@pytest.fixture
async def open_channel(tmp_path: Path, desk: DamageDesk) -> AsyncIterator[Open]:
    """Opens channels; `respond` is the assistant, which repeats what it hears unless told otherwise."""
    closing: list[Callable[[], Awaitable[Any]]] = []

    async def open_one(
        respond: Callable[[Question], Awaitable[Messages]] | None = None,
        graph: FakeGraph | None = None,
        database: str = "",
        **changes: Any,
    ) -> Channel:
        graph = graph or FakeGraph(NUMBER_ID, TOKEN)
        meta = TestServer(graph.application())
        await meta.start_server()
        database = database or f"sqlite:///{tmp_path}/inbox.db"
        config = config_with(database, str(meta.make_url("")).rstrip("/"), **changes)

        async def assistant(question: Question) -> Messages:
            channel.questions.append(question)
            return await respond(question) if respond else [{"text": f"U zei: {question.text}"}]

        server = TestServer(application(Gateway(config, Behind(assistant, desk))))
        await server.start_server()
        session = aiohttp.ClientSession()
        closing.extend([meta.close, session.close, server.close])
        channel = Channel(server, session, graph, config)
        return channel

    yield open_one
    for close in reversed(closing):
        await close()


@pytest.fixture
async def channel(open_channel: Open) -> Channel:
    """A channel with SQLite and an assistant that repeats what it hears."""
    return await open_channel()

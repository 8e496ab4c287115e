"""The channel without a web framework: checks and keeps what Meta sends, and works it off with the assistant."""

import asyncio
import json
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
from sqlalchemy.exc import SQLAlchemyError

from lease_assistant.channels.whatsapp.arrivals import Arrivals
from lease_assistant.channels.whatsapp.config import Config
from lease_assistant.channels.whatsapp.graph import Graph
from lease_assistant.channels.whatsapp.identity import mask
from lease_assistant.channels.whatsapp.incoming import Batch, MalformedPayload, parse
from lease_assistant.channels.whatsapp.intake import Intake
from lease_assistant.channels.whatsapp.responder import Assistant, Responder, load_texts
from lease_assistant.channels.whatsapp.signature import is_signed, same_secret
from lease_assistant.channels.whatsapp.store import Store
from lease_assistant.channels.whatsapp.tables import open_arrivals, open_engine
from lease_assistant.channels.whatsapp.worker import Worker
from lease_assistant.damage_desk import DamageDesk

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 3 * 1024 * 1024
SIGNATURE = "X-Hub-Signature-256"


@dataclass(frozen=True)
class Response:
    """A status code and a plain text."""

    status: int
    text: str = ""


@dataclass(frozen=True)
class Behind:
    """Who is behind the channel: the assistant that answers, and the damage desk that photos go to."""

    assistant: Assistant
    desk: DamageDesk


class Gateway:
    """One channel in one process. `start` it within the event loop; `stop` it at the end.

    Without anybody behind it, it only receives; a gateway in another process on the same database answers.
    """

    def __init__(self, config: Config, behind: Behind | None = None) -> None:
        self._config, self._behind = config, behind
        self._worker: Worker | None = None

    async def start(self) -> None:
        """Open the database and begin to work; raises what the database raises."""
        self._arrivals = Arrivals(await asyncio.to_thread(open_arrivals, self._config.database))
        self._intake = Intake(self._arrivals)
        if self._behind:
            await self._start_worker(self._behind)

    async def _start_worker(self, behind: Behind) -> None:
        engine = await asyncio.to_thread(open_engine, self._config.database)
        self._store = Store(engine, self._arrivals, self._config.phone_number_id)
        # One thread: the database is written by one at a time anyway, and the event loop must not wait for it.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="whatsapp-store")
        self._session = aiohttp.ClientSession()
        graph = Graph(self._session, self._config)
        responder = Responder(behind.assistant, behind.desk, graph, self._config, load_texts())
        self._worker = Worker(self._store, self._thread, graph, responder, self._config)
        self._running = asyncio.create_task(self._worker.run())

    async def stop(self) -> None:
        """Stop working; what is not done yet stays in the database."""
        if self._worker:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
            await self._session.close()
            self._thread.shutdown(wait=False)
            await asyncio.to_thread(self._store.close)
        self._intake.close()
        await asyncio.to_thread(self._arrivals.close)

    def handshake(self, query: Mapping[str, str | None]) -> Response:
        """Meta's question whether this address is ours: the challenge, or 403."""
        right_token = same_secret(query.get("hub.verify_token"), self._config.verify_token)
        if query.get("hub.mode") != "subscribe" or not right_token:
            return Response(HTTPStatus.FORBIDDEN, "wrong verify token")
        return Response(HTTPStatus.OK, query.get("hub.challenge") or "")

    async def webhook(self, body: bytes, signature: str | None) -> Response:
        """Keep a webhook for answering later; 200 once it is safe. 413, 401, 400 and 404 for what is not for us.

        503 when it cannot be kept, so that Meta delivers it again.
        """
        if len(body) > MAX_BODY_BYTES:
            return Response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")
        if not is_signed(body, signature, self._config.app_secret):
            return Response(HTTPStatus.UNAUTHORIZED, "wrong signature")
        try:
            batch = parse(json.loads(body), self._config.phone_number_id)
        except (MalformedPayload, ValueError, RecursionError):
            return Response(HTTPStatus.BAD_REQUEST, "not a webhook")
        _log_problems(batch)
        if batch.foreign_numbers and not batch.own:
            return Response(HTTPStatus.NOT_FOUND, "unknown phone number id")
        try:
            await self._intake.keep(body)
        except SQLAlchemyError:
            logger.exception("WhatsApp: a webhook cannot be kept")
            return Response(HTTPStatus.SERVICE_UNAVAILABLE, "cannot be kept")
        if self._worker:
            self._worker.wake()
        return Response(HTTPStatus.OK)


def _log_problems(batch: Batch) -> None:
    for number in batch.foreign_numbers:
        logger.warning("WhatsApp: webhook for a phone number id that is not ours: %s", mask(number))
    for error in batch.errors:
        logger.warning("WhatsApp: Meta reports error %s", error.code)

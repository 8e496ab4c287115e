"""Works off the inbox and the outbox: customers side by side, each customer's messages one after the other."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import Any, TypeVar

from lease_assistant.channels.whatsapp.config import Config
from lease_assistant.channels.whatsapp.graph import Graph, GraphError
from lease_assistant.channels.whatsapp.identity import short
from lease_assistant.channels.whatsapp.pacing import Backoff, Rate, Throttle
from lease_assistant.channels.whatsapp.responder import Responder
from lease_assistant.channels.whatsapp.store import Store
from lease_assistant.channels.whatsapp.work import Delivery, Step, Turn

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

CUSTOMERS_AT_ONCE = 100
# In one transaction: SQLite lets no other worker write meanwhile.
CLAIMS_AT_ONCE = 5
# A turn that failed this often gets an apology.
TURN_ATTEMPTS = 3
WINDOW_SECONDS = 24 * 3600.0
OUTSIDE_WINDOW = "131047 outside the 24-hour window, and no template"
SECONDS_BETWEEN_CLEANING = 3600.0
SECONDS_PER_DAY = 24 * 3600.0


class Worker:
    """One worker of a process. `run` until cancelled; `wake` when there is something new."""

    def __init__(self, store: Store, thread: Executor, graph: Graph, responder: Responder, config: Config) -> None:
        self._store, self._graph, self._responder, self._config = store, graph, responder, config
        self._rate = Rate(config.customer_interval, config.customer_burst)
        self._throttle = Throttle(Rate(1 / config.messages_per_second, 1))
        self._backoff = Backoff(config.first_pause, config.longest_pause, config.send_attempts)
        self._turns = asyncio.Semaphore(config.turns_at_once)
        self._thread = thread
        # What is being worked on, by claim.
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._news = asyncio.Event()
        self._stopping = False

    async def call(self, function: Callable[..., Result], *arguments: Any, **named: Any) -> Result:
        """Run a method of the store without blocking the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(function, *arguments, **named))

    def wake(self) -> None:
        """There may be something to do."""
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled; then give up all claims, so that others can go on at once."""
        keeper = asyncio.create_task(self._keep_claims())
        try:
            while True:
                self._news.clear()
                await self._start_work()
                # Not `wait_for`, which in Python 3.10 may swallow the cancelling.
                news = asyncio.create_task(self._news.wait())
                await asyncio.wait({news}, timeout=self._config.poll_seconds)
                news.cancel()
        finally:
            self._stopping = True
            await self._stop(keeper)

    async def _stop(self, keeper: "asyncio.Task[None]") -> None:
        stopped = dict(self._tasks)
        for task in (keeper, *stopped.values()):
            task.cancel()
        await asyncio.gather(keeper, *stopped.values(), return_exceptions=True)
        await self.call(self._store.give_up, list(stopped))

    async def _start_work(self) -> None:
        free = min(CUSTOMERS_AT_ONCE - len(self._tasks), CLAIMS_AT_ONCE)
        if free <= 0:
            return
        try:
            more = await self.call(self._store.take_in)
            steps = await self.call(self._store.claim, self._config.claim_seconds, free)
        except Exception:
            # The database may be back at the next poll; nothing may stop the worker.
            logger.exception("WhatsApp: the inbox cannot be read")
            return
        for step in steps:
            task = asyncio.create_task(self._serve(step))
            self._tasks[step.claim] = task
            task.add_done_callback(partial(self._done, step.claim))
        if more or len(steps) == free:
            self._news.set()

    def _done(self, claim: str, _task: "asyncio.Task[None]") -> None:
        del self._tasks[claim]
        self._news.set()

    async def _keep_claims(self) -> None:
        cleaned_at = 0.0
        while True:
            try:
                # Not on the thread of the others, behind whose work it could come too late.
                await asyncio.to_thread(self._store.renew, list(self._tasks), self._config.claim_seconds)
                if time.monotonic() - cleaned_at > SECONDS_BETWEEN_CLEANING:
                    cleaned_at = time.monotonic()
                    await self.call(self._store.forget, self._config.keep_days * SECONDS_PER_DAY)
            except Exception:
                logger.exception("WhatsApp: the claims cannot be renewed")
            await asyncio.sleep(self._config.claim_seconds / 3)

    async def _serve(self, first: Step) -> None:
        """All there is to do for one customer."""
        step: Step | None = first
        try:
            while step and not self._stopping:
                step = await (self._answer(step) if isinstance(step, Turn) else self._deliver(step))
        except Exception:
            # The claim runs out and the step is tried again, here or by another worker.
            logger.exception("WhatsApp: work on conversation %s stopped", first.conversation)

    # Answering.

    async def _answer(self, turn: Turn) -> Step | None:
        async with self._turns:
            reading = asyncio.create_task(self._mark_read(turn))
            try:
                answer = await self._responder.respond(turn)
            except Exception as error:  # noqa: BLE001 (whatever the assistant raises, the worker goes on)
                return await self._turn_failed(turn, error)
            finally:
                await reading
        return await self.call(self._store.answer, turn, answer)

    async def _mark_read(self, turn: Turn) -> None:
        if turn.attempts:
            return
        try:
            await self._graph.mark_read(turn.message.id)
        except GraphError as error:
            logger.info("WhatsApp: message %s not marked as read: %s", short(turn.message.id), error)

    async def _turn_failed(self, turn: Turn, error: Exception) -> Step | None:
        logger.warning("WhatsApp: message %s failed: %r", short(turn.message.id), type(error).__name__)
        if turn.attempts + 1 >= TURN_ATTEMPTS:
            apology = self._responder.apology()
            return await self.call(self._store.answer, turn, apology, failed=True)
        pause = self._backoff.pause(turn.attempts + 1) or self._config.longest_pause
        return await self.call(self._store.postpone, turn, time.time() + pause, type(error).__name__)

    # Sending.

    async def _deliver(self, delivery: Delivery) -> Step | None:
        now = time.time()
        if wait := self._rate.wait(delivery.paced_until, now):
            return await self.call(self._store.postpone, delivery, now + wait)
        body = _allowed_body(delivery, now)
        if body is None or not delivery.address.known:
            return await self._give_up(delivery, OUTSIDE_WINDOW if body is None else "no address")
        try:
            body = await self._graph.with_media(body)
        except GraphError as error:
            return await self._not_sent(delivery, error)
        await self._throttle.enter()
        config = self._config
        unknown_until = time.time() + config.call_timeout + config.status_seconds
        if not await self.call(self._store.begin_sending, delivery, unknown_until):
            return await self.call(self._store.go_on, delivery)
        try:
            message_id = await self._graph.send(delivery.address, body, str(delivery.id))
        except GraphError as error:
            return await self._not_sent(delivery, error)
        paced_until = self._rate.after(delivery.paced_until, now)
        return await self.call(self._store.sent, delivery, message_id, paced_until)

    async def _not_sent(self, delivery: Delivery, error: GraphError) -> Step | None:
        pause = self._backoff.pause(delivery.attempts + 1, error.after) if error.retry else None
        if pause is None:
            return await self._give_up(delivery, str(error))
        if error.fate_unknown:
            pause = max(pause, self._config.status_seconds)
        logger.info("WhatsApp: message %s again in %.0f s: %s", delivery.id, pause, error)
        if error.fate_unknown:
            return await self.call(self._store.leave_open, delivery, time.time() + pause)
        return await self.call(self._store.postpone, delivery, time.time() + pause, str(error))

    async def _give_up(self, delivery: Delivery, error: str) -> Step | None:
        logger.error("WhatsApp: message %s to %s not sent: %s", delivery.id, delivery.address, error)
        return await self.call(self._store.dead_letter, delivery, error)


def _allowed_body(delivery: Delivery, now: float) -> Any:
    """What may be sent now: outside the 24 hours after the customer's last message only a template, or nothing."""
    is_open = now - delivery.last_message_at < WINDOW_SECONDS
    if delivery.kind == "reply":
        return delivery.body if is_open else None
    return delivery.body["text"] if is_open else delivery.body["template"]

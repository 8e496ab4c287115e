"""Gives a message to Rasa, once, and keeps what comes back."""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from lease_assistant.channels.website.log import ConversationLog
from lease_assistant.channels.website.output import WebsiteOutput
from lease_assistant.channels.website.progress import progress_event
from lease_assistant.channels.website.refusals import Refused
from lease_assistant.channels.website.tokens import Signer
from lease_assistant.channels.website.trackers import forget, has_heard
from lease_assistant.channels.website.turns import LEASE_SECONDS, Turns
from lease_assistant.conversation.replies import texts
from lease_assistant.terms import load_terms

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_TRIES = 0.05
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
# Events of a turn that come after everything that was said.
PROGRESS_ORDINAL = 1_000_000


@dataclass(frozen=True)
class Task:
    """A message on its way to Rasa. `customer`: who is signed in, if anybody."""

    conversation: str
    turn: str
    text: str
    customer: str | None


class Runner:
    """Runs turns to their end, whatever becomes of the request that brought them.

    `forget_kept` deletes what is kept of a conversation besides Rasa's tracker.
    """

    def __init__(
        self, log: ConversationLog, turns: Turns, signer: Signer, forget_kept: Callable[[str], Awaitable[None]]
    ) -> None:
        self._log = log
        self._turns = turns
        self._signer = signer
        self._forget_kept = forget_kept
        self._running: set[asyncio.Task[None]] = set()

    async def reply(self, task: Task, agent: Agent, on_new_message: OnNewMessage) -> None:
        """Return once the turn is done, by us or by another worker."""
        while (claim := self._turns.claim(task.conversation, task.turn)).state != "done":
            if claim.state == "mine":
                work = asyncio.create_task(self._work(task, agent, on_new_message, again=claim.again))
                self._running.add(work)
                work.add_done_callback(self._running.discard)
                # A client that hangs up must not leave half a turn behind.
                await asyncio.shield(work)
                return
            await asyncio.sleep(SECONDS_BETWEEN_TRIES)

    async def _work(self, task: Task, agent: Agent, on_new_message: OnNewMessage, *, again: bool) -> None:
        renewing = asyncio.create_task(self._keep_renewing(task))
        try:
            if not (again and has_heard(await agent.tracker_store.retrieve(task.conversation), task.turn)):
                await self._ask(task, on_new_message)
            await self._note_progress(task, agent)
            self._turns.finish(task.conversation, task.turn)
        except Refused:
            # The customer deleted the conversation meanwhile: what this turn left behind has to go as well.
            logger.info("website channel: a conversation was deleted during a turn")
            with suppress(Refused):
                forget(agent.tracker_store, task.conversation)
                await self._forget_kept(task.conversation)
        finally:
            renewing.cancel()

    async def _ask(self, task: Task, on_new_message: OnNewMessage) -> None:
        output = WebsiteOutput(self._log, self._signer, task.turn)
        metadata = {"customer": task.customer} if task.customer else None
        message = UserMessage(
            task.text, output, task.conversation, input_channel="website", message_id=task.turn, metadata=metadata
        )
        try:
            await on_new_message(message)
        except Refused:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, the customer gets a sentence
            # Neither the text nor the conversation: the log is not to tell who said what.
            logger.error("website channel: a turn failed: %s", type(error).__name__)  # noqa: TRY400
        if not output.said:
            sentence = load_terms().current.fill(texts("website")["failed"])
            output.write(task.conversation, {"kind": "bot", "text": sentence, "buttons": [], "custom": None})

    async def _note_progress(self, task: Task, agent: Agent) -> None:
        tracker = await agent.tracker_store.retrieve(task.conversation)
        form = tracker.active_loop_name if tracker else None
        questions = agent.domain.required_slots_for_form(form) if form else []
        event = progress_event(form, tracker.get_slot("requested_slot") if tracker else None, questions)
        self._log.append(task.conversation, task.turn, PROGRESS_ORDINAL, event)

    async def _keep_renewing(self, task: Task) -> None:
        while True:
            await asyncio.sleep(LEASE_SECONDS / 3)
            self._turns.renew(task.conversation, task.turn)


def worker_name() -> str:
    """A name that no other worker has."""
    return uuid.uuid4().hex

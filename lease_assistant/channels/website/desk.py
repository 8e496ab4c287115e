"""Everything that the channel keeps, in one place: conversations, turns, limits; photos go to the damage desk."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lease_assistant.channels.website.config import WebsiteConfig
from lease_assistant.channels.website.customers import Customers
from lease_assistant.channels.website.database import Database
from lease_assistant.channels.website.log import ConversationLog
from lease_assistant.channels.website.rates import Rates
from lease_assistant.channels.website.refusals import Refused
from lease_assistant.channels.website.requests import Incoming, bearer, plain_text
from lease_assistant.channels.website.runner import Runner, Task, worker_name
from lease_assistant.channels.website.tokens import Signer, new_conversation
from lease_assistant.channels.website.turns import Turns
from lease_assistant.conversation.replies import Button, texts
from lease_assistant.damage_desk import DamageDesk, DeskUnavailable, Photo, TooManyPhotos
from lease_assistant.damage_desk.records import MOST_PHOTOS

logger = logging.getLogger(__name__)

GREETING = "greeting"
CUSTOMER_HEADER = "x-customer-token"


class Desk:
    """Opens conversations and takes messages in. `now` gives the time in seconds."""

    def __init__(
        self,
        config: WebsiteConfig,
        folder: Path,
        secret: str,
        damage_desk: DamageDesk,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.config = config
        self._damage_desk = damage_desk
        self.database = Database(folder / "conversations.sqlite3")
        self.log = ConversationLog(self.database, now)
        self.turns = Turns(self.database, worker_name(), now)
        self.rates = Rates(self.database, now)
        self.signer = Signer(secret, config.lifetime_seconds)
        self.customers = Customers(config.portal)
        self.runner = Runner(self.log, self.turns, self.signer, self.forget)

    def open(self, headers: Mapping[str, Any], address: str) -> Task:
        """Begin a conversation; returns its first turn, in which the assistant greets. Raises `Refused`."""
        most = self.config.conversations_per_minute_per_address
        self.rates.count(f"open {address}", most, "too_many_conversations")
        customer = self.customers.identify(headers.get(CUSTOMER_HEADER))
        conversation = new_conversation()
        self.log.create(conversation)
        if customer:
            self.log.bind(conversation, customer)
        self.turns.receive(conversation, GREETING, {"kind": "start"})
        return Task(conversation, GREETING, "/greet", customer)

    def key(self, conversation: str) -> dict[str, Any]:
        """What a client needs for going on: its token, and the button that always asks for a person."""
        human = Button(texts("website")["human_button"], "/request_human")
        return {
            "token": self.signer.issue(conversation),
            "human": {"title": human.title, "signed": self.signer.sign_button(conversation, human)},
        }

    def enter(self, headers: Mapping[str, Any]) -> tuple[str, str | None]:
        """The conversation that a request may use, and the signed-in customer; raises `Refused`.

        A conversation that a signed-in customer has used is closed to everybody else, also to the same browser
        after signing out: it may show what is personal.
        """
        conversation = self.signer.conversation(bearer(headers))
        owner = self.log.customer(conversation)
        customer = self.customers.identify(headers.get(CUSTOMER_HEADER))
        if owner is not None and customer is None:
            raise Refused("customer_missing")
        if owner is not None and customer != owner:
            raise Refused("customer_other")
        if owner is None and customer is not None:
            self.log.bind(conversation, customer)
        return conversation, customer

    def count(self, conversation: str, address: str) -> None:
        """Count a message or photo; raises `Refused` above the limits."""
        self.rates.count(f"address {address}", self.config.messages_per_minute_per_address, "too_many_messages")
        self.rates.count(f"conversation {conversation}", self.config.messages_per_minute, "too_many_messages")

    def take(self, conversation: str, customer: str | None, incoming: Incoming) -> Task:
        """Put a message down; raises `Refused` for a button of another conversation."""
        if incoming.button is not None:
            button = self.signer.pressed(conversation, incoming.button)
            shown, text = button.title, button.payload
        else:
            shown = incoming.text or ""
            text = plain_text(shown)
        self.turns.receive(conversation, incoming.turn, {"kind": "customer", "text": shown})
        return Task(conversation, incoming.turn, text, customer)

    async def keep_photo(self, conversation: str, turn: str, content: bytes, name: str) -> None:
        """Keep a cleaned photo with the damage desk; raises `Refused` when there are too many, or it cannot."""
        if any(event.turn == turn for event in self.log.since(conversation, 0)):
            return
        try:
            await asyncio.to_thread(self._damage_desk.attach, conversation, Photo(content))
        except TooManyPhotos:
            raise Refused("photo_too_many", MOST_PHOTOS) from None
        except DeskUnavailable as problem:
            logger.error("website channel: %s", problem)  # noqa: TRY400  # a traceback could show the conversation
            raise Refused("photo_not_kept") from None
        self.log.append(conversation, turn, 0, {"kind": "photo", "name": name})

    async def forget(self, conversation: str) -> None:
        """Delete what is kept of a conversation, as the customer asks; raises `Refused` while that is not possible."""
        await self._leave_damage_desk(self._damage_desk.forget, conversation)
        self.log.delete(conversation)

    async def end(self, conversation: str) -> None:
        """Delete a conversation whose time is over; a filed damage report stays. Raises `Refused`."""
        await self._leave_damage_desk(self._damage_desk.end, conversation)
        self.log.delete(conversation)

    async def _leave_damage_desk(self, leave: Callable[[str], None], conversation: str) -> None:
        try:
            await asyncio.to_thread(leave, conversation)
        except DeskUnavailable as problem:
            logger.error("website channel: %s", problem)  # noqa: TRY400  # a traceback could show the conversation
            raise Refused("forget_failed") from None

"""The Rasa channel, at /webhooks/whatsapp/webhook; docs/whatsapp.md says how it is set up."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from itertools import dropwhile, takewhile
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, Event, UserUttered
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from lease_assistant import settings
from lease_assistant.channels.whatsapp.config import Config
from lease_assistant.channels.whatsapp.gateway import MAX_BODY_BYTES, SIGNATURE, Behind, Gateway
from lease_assistant.channels.whatsapp.responder import Messages, Question
from lease_assistant.damage_desk import open_desk

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class Collector(OutputChannel):
    """Collects the messages of one turn whole; Rasa's own collector divides texts at every empty line."""

    def __init__(self) -> None:
        self.messages: list[Mapping[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name, as responses for one channel only use it."""
        return "whatsapp"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep a message with all its parts."""
        self.messages.append(dict(message))

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Keep a text that Rasa sends by itself, past `send_response`."""
        self.messages.append({"text": text})


class WhatsAppInput(InputChannel):
    """WhatsApp by Meta's Cloud API."""

    def __init__(self, config: Config) -> None:
        self._config = config

    @classmethod
    def name(cls) -> str:
        """The part of the address after /webhooks/."""
        return "whatsapp"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> "WhatsAppInput":
        """The channel with these settings; raises `ConfigError` when one is missing or wrong."""
        return cls(Config.from_credentials(credentials))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The addresses below /webhooks/whatsapp."""
        assistant = RasaAssistant(on_new_message)
        gateway = Gateway(self._config, Behind(assistant, open_desk(settings.load())))
        channel = Blueprint("whatsapp_channel")

        @channel.get("/")
        async def health(_request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @channel.get("/webhook")
        async def handshake(request: Request) -> HTTPResponse:
            found = gateway.handshake({name: request.args.get(name) for name in request.args})
            return response.text(found.text, found.status)

        @channel.post("/webhook", stream=True)
        async def webhook(request: Request) -> HTTPResponse:
            found = await gateway.webhook(await _body(request), request.headers.get(SIGNATURE))
            return response.text(found.text, found.status)

        # After the start, since the worker needs the model, which Rasa loads before.
        @channel.listener("after_server_start")
        async def start(app: Sanic, _loop: object) -> None:
            assistant.use(app.ctx.agent)
            await gateway.start()

        @channel.listener("before_server_stop")
        async def stop(_app: Sanic, _loop: object) -> None:
            await gateway.stop()

        return channel


async def _body(request: Request) -> bytes:
    """The raw body; of one that is too large no more than shows it."""
    body = bytearray()
    while (chunk := await request.stream.read()) is not None:
        # Read on to the end, or the sender would see a broken connection in place of the answer.
        body += chunk[: MAX_BODY_BYTES + 1 - len(body)]
    return bytes(body)


class RasaAssistant:
    """Rasa, asked by the worker."""

    def __init__(self, on_new_message: OnNewMessage) -> None:
        self._on_new_message = on_new_message
        self._agent: Any = None

    def use(self, agent: Any) -> None:
        """`agent` is loaded now."""
        self._agent = agent

    async def __call__(self, question: Question) -> Messages:
        """The messages of one turn; those of the past if it has been asked `question` before."""
        if question.again:
            tracker = await self._agent.tracker_store.retrieve(question.conversation)
            if (given := messages_given(tracker.events if tracker else (), question.message_id)) is not None:
                return given
        collector = Collector()
        message = UserMessage(
            question.text,
            collector,
            question.conversation,
            input_channel=WhatsAppInput.name(),
            message_id=question.message_id,
        )
        await self._on_new_message(message)
        return collector.messages


def messages_given(events: Iterable[Event], message_id: str) -> Messages | None:
    """What was said to the message with this id; None if it was not heard. Rasa saves a turn whole, at its end."""
    turn = dropwhile(lambda event: getattr(event, "message_id", None) != message_id, events)
    if next(turn, None) is None:
        return None
    own = takewhile(lambda event: not isinstance(event, UserUttered), turn)
    return [event.message() for event in own if isinstance(event, BotUttered)]

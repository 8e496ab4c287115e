"""The Rasa channel: its addresses below /webhooks/website. See docs/widget.md for the protocol."""

import asyncio
from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from lease_assistant import settings
from lease_assistant.channels.website import requests, static
from lease_assistant.channels.website.articles import article_summary
from lease_assistant.channels.website.config import WebsiteConfig, read_config
from lease_assistant.channels.website.desk import Desk
from lease_assistant.channels.website.photos import shown_name, taken
from lease_assistant.channels.website.refusals import Refused
from lease_assistant.channels.website.replies import allow_origin, guarded, json_reply
from lease_assistant.channels.website.runner import OnNewMessage
from lease_assistant.channels.website.stream import send_events
from lease_assistant.channels.website.tokens import stored_secret
from lease_assistant.channels.website.trackers import forget
from lease_assistant.damage_desk import open_desk


class Website(InputChannel):
    """Talks to the widget; every conversation id is issued and signed here."""

    def __init__(self, config: WebsiteConfig, chosen: settings.Settings) -> None:
        folder = chosen.website_folder
        if config.require_secret and not chosen.website_secret:
            raise settings.SettingsError("LEASE_ASSISTANT_WEBSITE_SECRET is not set, and credentials.yml requires it.")
        secret = chosen.website_secret or stored_secret(folder)
        self.desk = Desk(config, folder, secret, open_desk(chosen))

    @classmethod
    def name(cls) -> str:
        """The part of the address after /webhooks/."""
        return "website"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> "Website":
        """The channel as credentials.yml sets it up."""
        return cls(read_config(credentials), settings.load())

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The addresses below /webhooks/website."""
        website = Blueprint("website")
        desk = self.desk
        _add_messages(website, desk, on_new_message)
        _add_reading(website, desk)
        _add_photos(website, desk)
        static.add_files(website)
        allow_origin(website, desk.config.allowed_origins)
        return website


def _add_messages(website: Blueprint, desk: Desk, on_new_message: OnNewMessage) -> None:
    @website.post("/conversations", stream=True)
    @guarded(desk)
    async def begin(request: Request) -> HTTPResponse:
        await requests.read_body(request, desk.config.largest_body, "body_too_large")
        await _delete_expired(desk, request.app)
        task = desk.open(request.headers, requests.address(request))
        await desk.runner.reply(task, request.app.ctx.agent, on_new_message)
        events = desk.log.since(task.conversation, 0)
        return json_reply({**desk.key(task.conversation), "events": [event.as_json() for event in events]}, 201)

    @website.post("/messages", stream=True)
    @guarded(desk)
    async def message(request: Request) -> HTTPResponse:
        conversation, customer = desk.enter(request.headers)
        desk.count(conversation, requests.address(request))
        body = await requests.read_body(request, desk.config.largest_body, "body_too_large")
        incoming = requests.parse_message(body, desk.config.longest_message)
        task = desk.take(conversation, customer, incoming)
        await desk.runner.reply(task, request.app.ctx.agent, on_new_message)
        return _events(desk, conversation, incoming.after)

    @website.delete("/conversation")
    @guarded(desk)
    async def delete(request: Request) -> HTTPResponse:
        conversation, _ = desk.enter(request.headers)
        forget(request.app.ctx.agent.tracker_store, conversation)
        await desk.forget(conversation)
        return json_reply({})


def _add_reading(website: Blueprint, desk: Desk) -> None:
    closing = asyncio.Event()

    @website.listener("before_server_stop")
    async def close(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        # Streams have no end of their own and would hold up the server's.
        closing.set()

    @website.get("/history")
    @guarded(desk)
    async def history(request: Request) -> HTTPResponse:
        conversation, _ = desk.enter(request.headers)
        return _events(desk, conversation, requests.after_number(request.args.get("after", "0")))

    @website.get("/events")
    @guarded(desk)
    async def events(request: Request) -> None:
        conversation, _ = desk.enter(request.headers)
        after = requests.after_number(request.args.get("after", "0"))
        await send_events(request, desk, conversation, after, closing)

    @website.get("/articles/<document:str>/<number:str>")
    @guarded(desk)
    async def article(request: Request, document: str, number: str) -> HTTPResponse:
        return json_reply(article_summary(document, number))


def _add_photos(website: Blueprint, desk: Desk) -> None:
    # A large photo fills a third of a gigabyte while it is read.
    one_at_a_time = asyncio.Lock()

    @website.post("/photos", stream=True)
    @guarded(desk)
    async def photo(request: Request) -> HTTPResponse:
        conversation, _ = desk.enter(request.headers)
        desk.count(conversation, requests.address(request))
        turn = requests.turn_id(request.headers.get("x-turn"))
        config = desk.config
        body = await requests.read_body(
            request, config.largest_photo, "photo_too_large", config.largest_photo_megabytes
        )
        # Reading a large photo takes a second, in which others are to be served.
        async with one_at_a_time:
            content = await asyncio.to_thread(taken, body)
        await desk.keep_photo(conversation, turn, content, shown_name(requests.file_name(request.headers)))
        return _events(desk, conversation, requests.after_number(request.args.get("after", "0")))


def _events(desk: Desk, conversation: str, after: int) -> HTTPResponse:
    return json_reply({"events": [event.as_json() for event in desk.log.since(conversation, after)]})


async def _delete_expired(desk: Desk, app: Sanic) -> None:
    for conversation in desk.log.expired(desk.config.lifetime_seconds):
        try:
            forget(app.ctx.agent.tracker_store, conversation)
            await desk.end(conversation)
        except Refused:
            # Logged there; a new customer is not to suffer from it.
            return

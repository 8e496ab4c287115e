"""A stand-in for Meta's Graph API on this machine, for tests and the simulator.

It checks what it is sent against the documented limits, written down here a second time on purpose: a wrong limit in
`limits` must not be wrong here too. It can fail as the real one does.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

INVALID = 131009
MISSING = 131008
TOO_LONG = 100


class Rejected(Exception):
    """The message breaks a rule of the Cloud API."""

    def __init__(self, reason: str, code: int = INVALID) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True)
class Failure:
    """How the next call fails: with a status, a code and headers, or after `delay` seconds of silence."""

    status: int = 500
    code: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0


@dataclass(frozen=True)
class Media:
    """A file that can be downloaded. `url`, `sha256` and `size` are what is said of it, if not the truth."""

    content: bytes
    media_type: str = "image/jpeg"
    url: str | None = None
    sha256: str | None = None
    size: int | None = None


class FakeGraph:
    """What it accepted and what it will do. `on_message` hears every accepted message at once."""

    def __init__(self, phone_number_id: str, token: str) -> None:
        self.sent: list[dict[str, Any]] = []
        self.read: list[str] = []
        self.rejected: list[str] = []
        self.failures: list[Failure] = []
        # So many of the next messages are accepted, and the answer that says so never comes.
        self.silences = 0
        self.calls = 0
        self.versions: set[str] = set()
        self.media: dict[str, Media] = {}
        self.on_message: Callable[[dict[str, Any]], None] | None = None
        self._number, self._token = phone_number_id, token

    def application(self) -> web.Application:
        """The server."""
        served = web.Application()
        served.add_routes(
            [
                web.post("/{version}/{number}/messages", self._messages),
                web.post("/{version}/{number}/media", self._upload),
                web.get("/{version}/{media}", self._describe),
                web.get("/files/{media}/content", self._content),
            ]
        )
        return served

    async def _messages(self, request: web.Request) -> web.Response:
        self._authorise(request)
        self.versions.add(request.match_info["version"])
        payload = await request.json()
        is_read = payload.get("status") == "read"
        if not is_read:
            self.calls += 1
            if failed := await self._fail():
                return failed
        try:
            answer = self._marked(payload) if is_read else self._accept(payload)
        except Rejected as rejected:
            self.rejected.append(str(rejected))
            return _error(400, rejected.code)
        if self.silences and not is_read:
            self.silences -= 1
            # Until the caller hangs up.
            while request.transport and not request.transport.is_closing():  # noqa: ASYNC110 (no event tells of it)
                await asyncio.sleep(0.05)
        return answer

    def _authorise(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {self._token}":
            raise web.HTTPUnauthorized(text="{}")
        if request.match_info.get("number", self._number) != self._number:
            raise web.HTTPNotFound(text="{}")

    async def _fail(self) -> web.Response | None:
        if not self.failures:
            return None
        failure = self.failures.pop(0)
        await asyncio.sleep(failure.delay)
        return _error(failure.status, failure.code, failure.headers)

    def _marked(self, payload: Mapping[str, Any]) -> web.Response:
        _text(payload.get("message_id"), 1000, "message_id")
        self.read.append(payload["message_id"])
        return web.json_response({"success": True})

    def _accept(self, payload: dict[str, Any]) -> web.Response:
        check_message(payload)
        self.sent.append(payload)
        if self.on_message:
            self.on_message(payload)
        recipient = payload.get("to") or payload.get("recipient")
        message_id = "wamid." + hashlib.sha256(f"{recipient}{len(self.sent)}".encode()).hexdigest()
        return web.json_response({"messaging_product": "whatsapp", "messages": [{"id": message_id}]})

    async def _upload(self, request: web.Request) -> web.Response:
        self._authorise(request)
        form = await request.post()
        file = form.get("file")
        if form.get("messaging_product") != "whatsapp" or not isinstance(file, web.FileField):
            return _error(400, MISSING)
        if failed := await self._fail():
            return failed
        media_id = f"uploaded-{len(self.media)}"
        self.media[media_id] = Media(file.file.read(), file.content_type)
        return web.json_response({"id": media_id})

    async def _describe(self, request: web.Request) -> web.Response:
        self._authorise(request)
        media_id = request.match_info["media"]
        media = self.media.get(media_id)
        if media is None:
            return _error(404, 100)
        if failed := await self._fail():
            return failed
        described = {
            "id": media_id,
            "url": media.url or f"{request.url.origin()}/files/{media_id}/content",
            "mime_type": media.media_type,
            "sha256": media.sha256 or hashlib.sha256(media.content).hexdigest(),
            "file_size": len(media.content) if media.size is None else media.size,
        }
        return web.json_response(described)

    async def _content(self, request: web.Request) -> web.Response:
        self._authorise(request)
        media = self.media[request.match_info["media"]]
        return web.Response(body=media.content, content_type=media.media_type)


def _error(status: int, code: int, headers: Mapping[str, str] | None = None) -> web.Response:
    error = {"message": f"(#{code}) failed", "type": "OAuthException", "code": code, "fbtrace_id": "A"}
    return web.json_response({"error": error}, status=status, headers=headers)


def check_message(payload: Mapping[str, Any]) -> None:
    """Raise `Rejected` unless the Cloud API would take this message."""
    if payload.get("messaging_product") != "whatsapp":
        raise Rejected("messaging_product", MISSING)
    if not (payload.get("to") or payload.get("recipient")):
        raise Rejected("no recipient", MISSING)
    if "to" in payload and not str(payload["to"]).isdecimal():
        raise Rejected("to is no phone number")
    if len(payload.get("biz_opaque_callback_data", "")) > 512:
        raise Rejected("biz_opaque_callback_data too long")
    kind = payload.get("type")
    checks = {
        "text": _check_text,
        "interactive": _check_interactive,
        "image": _check_media,
        "document": _check_media,
        "template": _check_template,
    }
    if kind not in checks or kind not in payload:
        raise Rejected(f"type {kind}")
    checks[kind](payload[kind])


def _check_text(text: Mapping[str, Any]) -> None:
    _text(text.get("body"), 4096, "text")


def _check_media(media: Mapping[str, Any]) -> None:
    if ("id" in media) == ("link" in media) or media.keys() - {"id", "link", "caption", "filename"}:
        raise Rejected("media by id or by link")
    _text(media.get("id", media.get("link")), 2000, "media")
    _text(media.get("caption", "-"), 1024, "caption")
    _text(media.get("filename", "-"), 240, "filename")


def _check_template(template: Mapping[str, Any]) -> None:
    _text(template.get("name"), 512, "template name")
    _text(template.get("language", {}).get("code"), 10, "template language")


def _check_interactive(message: Mapping[str, Any]) -> None:
    _text(message.get("body", {}).get("text"), 1024, "body")
    for part in ("header", "footer"):
        if part in message:
            _text(message[part].get("text"), 60, part)
    kind, action = message.get("type"), message.get("action", {})
    if kind == "button":
        _check_buttons([button.get("reply", {}) for button in action.get("buttons", [])])
    elif kind == "list":
        _text(action.get("button"), 20, "list button")
        _check_sections(action.get("sections", []))
    else:
        raise Rejected(f"interactive type {kind}")


def _check_buttons(replies: list[Mapping[str, Any]]) -> None:
    if not 1 <= len(replies) <= 3:
        raise Rejected("1 to 3 buttons")
    for reply in replies:
        _text(reply.get("title"), 20, "button title")
        _text(reply.get("id"), 256, "button id")
    _distinct((reply["id"] for reply in replies), "button ids")
    _distinct((reply["title"] for reply in replies), "button titles")


def _check_sections(sections: list[Mapping[str, Any]]) -> None:
    rows = [row for section in sections for row in section.get("rows", [])]
    if not 1 <= len(rows) <= 10 or len(sections) > 10:
        raise Rejected("1 to 10 rows")
    for section in sections:
        if len(sections) > 1 or "title" in section:
            _text(section.get("title"), 20, "section title")
    for row in rows:
        _text(row.get("title"), 24, "row title")
        _text(row.get("id"), 200, "row id")
        _text(row.get("description", "-"), 72, "row description")
    _distinct((row["id"] for row in rows), "row ids")


def _text(text: object, limit: int, name: str) -> None:
    if not isinstance(text, str) or not text.strip():
        raise Rejected(f"{name} is empty", MISSING)
    # Characters outside the basic plane count double, the strictest way of counting.
    if sum(2 if ord(character) > 0xFFFF else 1 for character in text) > limit:
        raise Rejected(f"{name} is longer than {limit}", TOO_LONG)


def _distinct(values: Iterable[str], name: str) -> None:
    found = list(values)
    if len(set(found)) < len(found):
        raise Rejected(f"{name} are not distinct")

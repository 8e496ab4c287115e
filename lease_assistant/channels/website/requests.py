"""What comes in over HTTP, read with its limits; everything that does not fit is refused."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from sanic.request import Request

from lease_assistant.channels.website.refusals import Refused

TURN = re.compile(r"[0-9a-zA-Z-]{16,64}")


@dataclass(frozen=True)
class Incoming:
    """A message: typed `text`, or a `button` that was issued before. `turn` is the client's own id for it.

    `after`: the number of the last event that the client has.
    """

    turn: str
    text: str | None
    button: str | None
    after: int


async def read_body(request: Request, most_bytes: int, code: str, limit: int | None = None) -> bytes:
    """The body; raises `Refused` with `code` as soon as it is larger than `most_bytes`."""
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > most_bytes:
        raise Refused(code, limit)
    body = bytearray()
    while (chunk := await request.stream.read()) is not None:
        body += chunk
        if len(body) > most_bytes:
            raise Refused(code, limit)
    return bytes(body)


def parse_message(body: bytes, longest: int) -> Incoming:
    """The message in a JSON body; raises `Refused`."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("malformed") from None
    if not isinstance(data, dict):
        raise Refused("malformed")
    text, button, after = data.get("text"), data.get("button"), data.get("after", 0)
    if (text is None) == (button is None) or not isinstance(button if text is None else text, str):
        raise Refused("malformed")
    if text is not None:
        text = checked_text(text, longest)
    return Incoming(turn_id(data.get("id")), text, button, after_number(after))


def checked_text(text: str, longest: int) -> str:
    """Typed text without spaces around it; raises `Refused` when it is empty, too long, or not text at all."""
    text = text.strip()
    if not text:
        raise Refused("empty")
    if len(text) > longest:
        raise Refused("message_too_long", longest)
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair: JSON can express it, no database can store it.
        raise Refused("malformed") from None
    return text.replace("\0", "")


def turn_id(value: object) -> str:
    """The client's id of a message, at least 16 letters or figures; raises `Refused`."""
    if not isinstance(value, str) or not TURN.fullmatch(value):
        raise Refused("malformed")
    return value


def after_number(value: object) -> int:
    """The number of an event, 0 for none; raises `Refused`."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise Refused("malformed")
    return value


def plain_text(text: str) -> str:
    """Typed text as Rasa is to get it: a slash at the start would make it a command."""
    return text.lstrip("/ ") or "?"


def bearer(headers: Mapping[str, Any]) -> str:
    """The conversation's token; raises `Refused` when there is none."""
    scheme, _, token = str(headers.get("authorization", "")).partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Refused("token_missing")
    return token


def file_name(headers: Mapping[str, Any]) -> str:
    """The name of a file as its sender calls it, for showing only."""
    return unquote(str(headers.get("x-file-name", "")), errors="replace")


def address(request: Request) -> str:
    """Where the request comes from. Behind a proxy SANIC_PROXIES_COUNT says how many of them to believe."""
    return str(request.remote_addr or request.ip)


def origin(request: Request, allowed: tuple[str, ...]) -> str | None:
    """The other site that a request comes from, None for our own; raises `Refused` for one that is not allowed."""
    sent = request.headers.get("origin")
    if sent is None or urlsplit(sent).netloc == request.headers.get("host"):
        return None
    if sent not in allowed:
        raise Refused("origin_unknown")
    return str(sent)

"""Calls to Meta's Graph API: send a message, mark one as read, download media. Tokens and numbers are never logged."""

import asyncio
import base64
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from lease_assistant.channels.whatsapp.config import Config
from lease_assistant.channels.whatsapp.files import read_file
from lease_assistant.channels.whatsapp.identity import Address
from lease_assistant.channels.whatsapp.pacing import retry_after_seconds
from lease_assistant.channels.whatsapp.rendering import FILE

# Rate limits: of the number, and of the number with this customer. Everything else will fail the next time too.
RETRIED_CODES = (130429, 131056)
CHUNK = 64 * 1024


class GraphError(Exception):
    """A call failed. `retry`: whether it may work later; `after`: not within this many seconds.

    `fate_unknown`: whether Meta may have done what was asked all the same.
    """

    def __init__(self, reason: str, *, retry: bool, after: float | None = None, fate_unknown: bool = False) -> None:
        super().__init__(reason)
        self.retry, self.after, self.fate_unknown = retry, after, fate_unknown


class MediaRefused(Exception):
    """A photo is not taken. `code`: size or unavailable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Graph:
    """The Graph API for one phone number."""

    session: aiohttp.ClientSession
    config: Config

    async def send(self, address: Address, body: Mapping[str, Any], reference: str) -> str:
        """Send `body` and return WhatsApp's id for it; `reference` comes back in statuses. Raises `GraphError`."""
        payload = {"messaging_product": "whatsapp", "recipient_type": "individual", **address.recipient(), **body}
        found = await self._post({**payload, "biz_opaque_callback_data": reference})
        messages = found.get("messages")
        first = messages[0] if isinstance(messages, list) and messages else {}
        return str(first.get("id", "")) if isinstance(first, dict) else ""

    async def with_media(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """`body`, with a file that it names uploaded. Raises `GraphError`, without retry for a file we cannot send."""
        kind = str(body.get("type"))
        media = body.get(kind)
        if not isinstance(media, Mapping) or FILE not in media:
            return body
        described = {name: value for name, value in media.items() if name != FILE}
        return {**body, kind: {**described, "id": await self._upload(str(media[FILE]), kind)}}

    async def _upload(self, name: str, kind: str) -> str:
        try:
            content, media_type = await asyncio.to_thread(read_file, self.config.media_folder, name, kind)
        except (OSError, ValueError, RuntimeError) as error:  # the last one for links in a circle
            raise GraphError(f"the file cannot be sent: {error}", retry=False) from None
        form = aiohttp.FormData({"messaging_product": "whatsapp", "type": media_type})
        form.add_field("file", content, filename=Path(name).name, content_type=media_type)
        found = await self._call("POST", f"{self._base}/{self._number}/media", data=form)
        if not found.get("id"):
            raise GraphError("the upload has no id", retry=True)
        return str(found["id"])

    async def mark_read(self, message_id: str) -> None:
        """Two blue ticks, and "is typing" until the reply. Raises `GraphError`."""
        read = {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}
        await self._post({**read, "typing_indicator": {"type": "text"}})

    async def download(self, media_id: str) -> bytes:
        """The media with this id, at most `max_photo_bytes`; its address holds for 5 minutes, so fetch both at once.

        Raises `GraphError`, or `MediaRefused` for what will not get better.
        """
        described = await self._call("GET", f"{self._base}/{media_id}", params={"phone_number_id": self._number})
        size, url = str(described.get("file_size", "")), str(described.get("url", ""))
        if size.isascii() and size.isdecimal() and int(size) > self.config.max_photo_bytes:
            raise MediaRefused("size")
        if not self._is_trusted(url):
            # The token goes with the request: only to Meta.
            raise MediaRefused("unavailable")
        content = await self._fetch(url)
        if not _matches(content, described.get("sha256")):
            raise GraphError("the download is damaged", retry=True)
        return content

    @property
    def _base(self) -> str:
        return f"{self.config.graph_url}/{self.config.graph_version}"

    @property
    def _number(self) -> str:
        return self.config.phone_number_id

    def _is_trusted(self, url: str) -> bool:
        parts, graph = urlsplit(url), urlsplit(self.config.graph_url)
        hosts = [host.strip() for host in self.config.media_hosts.split(",")]
        return (parts.scheme, parts.netloc) == (graph.scheme, graph.netloc) or (
            parts.scheme == "https" and parts.netloc in hosts
        )

    async def _post(self, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        return await self._call("POST", f"{self._base}/{self._number}/messages", json=payload)

    async def _call(self, method: str, url: str, **arguments: Any) -> Mapping[str, Any]:
        try:
            async with self.session.request(method, url, **self._arguments, **arguments) as response:
                found = await _json(response)
                _check(response, found)
                return found
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            # By its name only: the text of the error holds the address.
            raise GraphError(type(error).__name__, retry=True) from None
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            # The connection was there, so the call may have arrived.
            raise GraphError(type(error).__name__, retry=True, fate_unknown=True) from None

    async def _fetch(self, url: str) -> bytes:
        content = bytearray()
        try:
            async with self.session.get(url, **self._arguments) as response:
                _check(response, {})
                async for chunk in response.content.iter_chunked(CHUNK):
                    content += chunk
                    if len(content) > self.config.max_photo_bytes:
                        raise MediaRefused("size")
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise GraphError(type(error).__name__, retry=True) from None
        return bytes(content)

    @property
    def _arguments(self) -> dict[str, Any]:
        return {
            "headers": {"Authorization": f"Bearer {self.config.access_token}"},
            "timeout": aiohttp.ClientTimeout(total=self.config.call_timeout),
            # A redirect could carry the token elsewhere.
            "allow_redirects": False,
        }


async def _json(response: aiohttp.ClientResponse) -> Mapping[str, Any]:
    try:
        found = await response.json(content_type=None)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _matches(content: bytes, checksum: object) -> bool:
    """Whether the SHA-256 fits, if there is one; Meta writes it in hexadecimal here, in base64 in webhooks."""
    digest = hashlib.sha256(content)
    return not checksum or checksum in (digest.hexdigest(), base64.b64encode(digest.digest()).decode())


def _check(response: aiohttp.ClientResponse, found: Mapping[str, Any]) -> None:
    error = found.get("error")
    if response.status == HTTPStatus.OK and not error:
        return
    code = error.get("code") if isinstance(error, dict) else None
    retry = (
        response.status == HTTPStatus.TOO_MANY_REQUESTS
        or response.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        or code in RETRIED_CODES
    )
    after = retry_after_seconds(response.headers.get("Retry-After"), time.time())
    # Meta's own text is left out: it may repeat the number or what was sent.
    # These two come from a server on the way that did not hear the end of it.
    fate_unknown = response.status in (HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT)
    reason = f"status {response.status}, code {code}"
    raise GraphError(reason, retry=retry, after=after, fate_unknown=fate_unknown)

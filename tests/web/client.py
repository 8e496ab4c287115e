"""A client of the channel without a browser."""

import json
import urllib.error
import urllib.request
import uuid
from typing import Any

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
Reply = tuple[int, dict[str, Any]]


def send(url: str, method: str = "POST", body: bytes = b"", **headers: str) -> Reply:
    """Status and JSON of the reply. Header names are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data=body if method == "POST" else None, headers=named, method=method)
    try:
        with DIRECT.open(request, timeout=30) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


class Conversation:
    """A conversation at `channel`, the channel's address."""

    def __init__(self, channel: str, **headers: str) -> None:
        self.channel = channel
        status, self.opened = send(f"{channel}/conversations", **headers)
        assert status == 201
        self.headers = {"Authorization": f"Bearer {self.opened['token']}", **headers}

    def post(self, body: dict[str, Any] | bytes, at: str | None = None) -> Reply:
        """Post a message as it is; `at`: the address of another worker."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return send(f"{at or self.channel}/messages", body=content, **self.headers)

    def say(self, text: str, at: str | None = None) -> Reply:
        """Say something."""
        return self.post({"id": str(uuid.uuid4()), "text": text}, at)

    def photo(self, content: bytes, name: str) -> Reply:
        """Send a photo."""
        headers = {"X_File_Name": name, "X_Turn": str(uuid.uuid4()), "Content_Type": "image/jpeg"}
        return send(f"{self.channel}/photos", body=content, **self.headers, **headers)

    def events(self, at: str | None = None) -> list[dict[str, Any]]:
        """Everything so far."""
        status, reply = send(f"{at or self.channel}/history", "GET", **self.headers)
        assert status == 200
        events: list[dict[str, Any]] = reply["events"]
        return events

    def said(self, kind: str) -> list[str]:
        """The texts of all events of a kind."""
        return [event["text"] for event in self.events() if event["kind"] == kind]

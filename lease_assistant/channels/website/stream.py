"""Server-sent events: what is said, as it is said, and whether the assistant is typing."""

import asyncio
import json
import time

from sanic.request import Request

from lease_assistant.channels.website.desk import Desk
from lease_assistant.channels.website.replies import PRIVATE, origin_headers

# Another worker may write the events, so they are looked for; most come with the reply to the message anyway.
SECONDS_BETWEEN_LOOKS = 0.25
# Proxies close a connection on which nothing moves.
SECONDS_BETWEEN_SIGNS_OF_LIFE = 15.0


async def send_events(request: Request, desk: Desk, conversation: str, after: int, closing: asyncio.Event) -> None:
    """Send everything after event `after`, until the client goes, the conversation is deleted or the server stops."""
    headers = {**PRIVATE, "X-Accel-Buffering": "no", **origin_headers(request, desk.config.allowed_origins)}
    reply = await request.respond(content_type="text/event-stream", headers=headers)
    typing, last_sign, ready = False, 0.0, False
    while not closing.is_set() and desk.log.exists(conversation):
        lines = []
        for event in desk.log.since(conversation, after):
            after = event.seq
            lines.append(f"id: {event.seq}\ndata: {json.dumps(event.as_json())}\n\n")
        if not ready:
            # What comes after this is new: a client announces it.
            ready = True
            lines.append("event: ready\ndata: true\n\n")
        if desk.turns.busy(conversation) != typing:
            typing = not typing
            lines.append(f"event: typing\ndata: {json.dumps(typing)}\n\n")
        if not lines and time.monotonic() - last_sign > SECONDS_BETWEEN_SIGNS_OF_LIFE:
            lines.append(": still here\n\n")
        if lines:
            last_sign = time.monotonic()
            await reply.send("".join(lines))
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
    await reply.eof()

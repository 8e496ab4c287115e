"""Webhooks in the shapes that Meta's reference shows; numbers and names are made up."""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

NUMBER_ID = "106540352242922"
PHONE = "31612345678"
USER_ID = "NL.13491208655302741918"

_KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "text", "text": {"body": "Hoe hoog is mijn eigen risico?"}},
    "button_reply": {
        "type": "interactive",
        "context": {"from": "31201234567", "id": "wamid.previous"},
        "interactive": {"type": "button_reply", "button_reply": {"id": "c-1", "title": "Schade melden"}},
    },
    "list_reply": {
        "type": "interactive",
        "interactive": {"type": "list_reply", "list_reply": {"id": "c-2", "title": "Schade", "description": "melden"}},
    },
    "flow_reply": {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}},
    "template_button": {"type": "button", "button": {"payload": "x", "text": "Bel mij"}},
    "image": {
        "type": "image",
        "image": {"caption": "bumper", "mime_type": "image/jpeg", "sha256": "a=", "id": "1003383421387256"},
    },
    "photo_as_file": {
        "type": "document",
        "document": {"filename": "IMG.PNG", "mime_type": "image/png", "sha256": "a=", "id": "77"},
    },
    "document": {
        "type": "document",
        "document": {"filename": "x.pdf", "mime_type": "application/pdf", "sha256": "a=", "id": "78"},
    },
    "location": {"type": "location", "location": {"latitude": 52.37, "longitude": 4.89, "name": "Dam"}},
    "contacts": {"type": "contacts", "contacts": [{"name": {"formatted_name": "Jan"}, "phones": []}]},
    "audio": {"type": "audio", "audio": {"mime_type": "audio/ogg; codecs=opus", "id": "79", "voice": True}},
    "video": {"type": "video", "video": {"mime_type": "video/mp4", "id": "80"}},
    "sticker": {"type": "sticker", "sticker": {"mime_type": "image/webp", "id": "81", "animated": False}},
    "reaction": {"type": "reaction", "reaction": {"message_id": "wamid.previous", "emoji": "👍"}},
    "unsupported": {
        "type": "unsupported",
        "errors": [
            {
                "code": 131051,
                "title": "Message type unknown",
                "error_data": {"details": "Message type is currently not supported."},
            }
        ],
    },
    "not_yet_invented": {"type": "hologram", "hologram": {"id": "82"}},
}
KINDS = tuple(_KINDS)
BATCH = 20


def message(
    kind: str = "text",
    message_id: str = "wamid.1",
    phone: str | None = PHONE,
    user_id: str | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """One entry of ``messages``; `changes` replace its fields."""
    sender = {name: value for name, value in (("from", phone), ("from_user_id", user_id)) if value}
    return {**sender, "id": message_id, "timestamp": str(int(time.time())), **_KINDS[kind], **changes}


def text(body: str, message_id: str, phone: str = PHONE, **changes: Any) -> dict[str, Any]:
    """A text message."""
    return message("text", message_id, phone, text={"body": body}, **changes)


def pressed(choice_id: str, message_id: str, title: str = "Ja", phone: str = PHONE) -> dict[str, Any]:
    """A pressed reply button."""
    reply = {"type": "button_reply", "button_reply": {"id": choice_id, "title": title}}
    return message("button_reply", message_id, phone, interactive=reply)


def changed_number(message_id: str, old: str, new: str, **system: str) -> dict[str, Any]:
    """The notice that a customer has a new phone number."""
    told = {"body": f"User A changed from {old} to {new}", "wa_id": new, "type": "user_changed_number", **system}
    return {"from": old, "id": message_id, "timestamp": str(int(time.time())), "type": "system", "system": told}


def webhook(
    *messages: Mapping[str, Any], number_id: str = NUMBER_ID, statuses: Sequence[Mapping[str, Any]] = (), **value: Any
) -> dict[str, Any]:
    """A webhook with these messages and statuses."""
    found: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "31201234567", "phone_number_id": number_id},
        **value,
    }
    if messages:
        found["messages"] = list(messages)
    if statuses:
        found["statuses"] = list(statuses)
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "102290129340398", "changes": [{"value": found, "field": "messages"}]}],
    }


def status(name: str, message_id: str, **changes: Any) -> dict[str, Any]:
    """One entry of ``statuses``."""
    return {"id": message_id, "status": name, "timestamp": "1750030073", "recipient_id": PHONE, **changes}


def shuffled_webhooks(chance: random.Random, count: int, customers: int) -> Iterator[dict[str, Any]]:
    """Messages in order for each customer, in batches, with every third batch again and out of place."""
    now = str(int(time.time()))
    batches = []
    for start in range(0, count, BATCH):
        numbers = range(start, start + BATCH)
        found = [text(f"{n}", f"id-{n}", phone=f"31600{n % customers:06}", timestamp=now) for n in numbers]
        batches.append(webhook(*found))
    # A copy may come long after, never before: the first delivery decides the order.
    places = [(place, batch) for place, batch in enumerate(batches)]
    copies = [(place + chance.uniform(0, 300), batch) for place, batch in chance.sample(places, len(places) // 3)]
    for _, batch in sorted([*places, *copies], key=lambda found: found[0]):
        yield batch

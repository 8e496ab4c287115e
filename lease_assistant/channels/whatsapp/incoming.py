"""A webhook of the Cloud API as data. Pure: what Meta sends goes in, messages, statuses and errors come out.

Tolerant on purpose: Meta adds kinds and fields without notice, and one odd message must not cost the others of its
batch. Field names: developers.facebook.com, WhatsApp Business Platform, "messages webhook reference".
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from lease_assistant.channels.whatsapp.identity import Address

Kind = Literal[
    "text", "choice", "photo", "document", "location", "contacts", "audio", "video", "sticker", "reaction",
    "address_change", "unsupported",
]  # fmt: skip
StatusName = Literal["sent", "delivered", "read", "failed"]
STATUS_NAMES: tuple[str, ...] = get_args(StatusName)
PLAIN_KINDS = ("location", "contacts", "audio", "video", "sticker", "reaction")
ADDRESS_CHANGES = ("user_changed_number", "user_changed_user_id")
Json = Mapping[str, Any]


class MalformedPayload(ValueError):
    """The body is not a webhook of WhatsApp."""


@dataclass(frozen=True)
class Incoming:
    """One message of a customer.

    `sent_at`: seconds since 1970. `text`: what was typed, or the caption. `choice_id`: the id of the pressed button
    or row. `media_id`, `media_type`: what to download. `new_address`: for ``address_change``, where `sender` moved to.
    """

    id: str
    sender: Address
    sent_at: int
    kind: Kind
    text: str = ""
    choice_id: str | None = None
    media_id: str | None = None
    media_type: str | None = None
    new_address: Address | None = None

    def to_json(self) -> str:
        """For the inbox."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Incoming":
        """The reverse of `to_json`."""
        found = json.loads(text)
        new = found.pop("new_address")
        sender = Address(**found.pop("sender"))
        return cls(sender=sender, new_address=Address(**new) if new else None, **found)


@dataclass(frozen=True)
class Status:
    """What became of a message that we sent. `reference`: the outbox number that we gave it, if Meta returns it."""

    message_id: str
    status: StatusName
    at: int
    error: str | None = None
    reference: int | None = None


@dataclass(frozen=True)
class ReportedError:
    """A problem that Meta reports, with its code."""

    code: int
    title: str
    details: str = ""


@dataclass
class Batch:
    """One webhook. `foreign_numbers`: phone number ids that are not ours; `own`: whether any part is for us."""

    messages: list[Incoming] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    errors: list[ReportedError] = field(default_factory=list)
    foreign_numbers: list[str] = field(default_factory=list)
    own: bool = False


def parse(payload: object, phone_number_id: str) -> Batch:
    """All messages, statuses and errors for `phone_number_id`, in order; raises `MalformedPayload`."""
    if not isinstance(payload, dict) or not isinstance(payload.get("entry"), list):
        raise MalformedPayload("a webhook is an object with a list of entries")
    batch = Batch()
    for change in (change for entry in _dicts(payload["entry"]) for change in _dicts(entry.get("changes"))):
        _add(batch, _dict(change.get("value")), phone_number_id)
    return batch


def _add(batch: Batch, value: Json, phone_number_id: str) -> None:
    number = _text(_dict(value.get("metadata")).get("phone_number_id"))
    # Notices about the account carry no number; they are for us and hold nothing to answer.
    if number and number != phone_number_id:
        batch.foreign_numbers.append(number)
        return
    batch.own = True
    contacts = list(_dicts(value.get("contacts")))
    for message in _dicts(value.get("messages")):
        batch.errors.extend(_errors(message))
        if parsed := _message(message, contacts):
            batch.messages.append(parsed)
        else:
            batch.errors.append(ReportedError(0, "message without id or sender"))
    batch.statuses.extend(status for found in _dicts(value.get("statuses")) if (status := _status(found)))
    batch.errors.extend(_errors(value))


def _message(message: Json, contacts: list[Json]) -> Incoming | None:
    message_id, sender = _text(message.get("id")), _sender(message, contacts)
    if message.get("type") == "system" and message_id:
        return _address_change(message, message_id, sender)
    if not (message_id and sender.known):
        return None
    return Incoming(message_id, sender, _whole(message.get("timestamp")), **_content(message))


def _sender(message: Json, contacts: list[Json]) -> Address:
    phone, user_id = _text(message.get("from")), _text(message.get("from_user_id"))
    # A username's owner may appear in `from` by user id (``NL.123``).
    if phone and not phone.lstrip("+").isdigit():
        phone, user_id = "", user_id or phone
    for contact in contacts:
        own_phone, own_id = _text(contact.get("wa_id")), _text(contact.get("user_id"))
        if len(contacts) == 1 or (phone and phone == own_phone) or (user_id and user_id == own_id):
            phone, user_id = phone or own_phone, user_id or own_id
    return Address(user_id or None, phone.lstrip("+") or None)


def _address_change(message: Json, message_id: str, sender: Address) -> Incoming | None:
    system = _dict(message.get("system"))
    new = Address(_text(system.get("user_id")) or None, _text(system.get("wa_id")) or None)
    old = Address(_text(system.get("previous_user_id")) or sender.user_id, sender.phone)
    if system.get("type") not in ADDRESS_CHANGES or not (new.known and old.known):
        return None
    return Incoming(message_id, old, _whole(message.get("timestamp")), "address_change", new_address=new)


def _content(message: Json) -> dict[str, Any]:
    kind = message.get("type")
    part = _dict(message.get(str(kind)))
    if kind == "text":
        return {"kind": "text", "text": _text(part.get("body"))}
    if kind == "button":
        # The quick reply of a template: its text is what the customer means.
        return {"kind": "text", "text": _text(part.get("text"))}
    if kind == "interactive":
        return _choice(part)
    if kind in ("image", "document"):
        return _media(str(kind), part)
    return {"kind": kind if kind in PLAIN_KINDS else "unsupported"}


def _choice(part: Json) -> dict[str, Any]:
    reply = _dict(part.get(str(part.get("type"))))
    if part.get("type") not in ("button_reply", "list_reply"):
        return {"kind": "unsupported"}
    return {"kind": "choice", "text": _text(reply.get("title")), "choice_id": _text(reply.get("id"))}


def _media(kind: str, part: Json) -> dict[str, Any]:
    media_type = _text(part.get("mime_type")).partition(";")[0].strip().lower()
    # Who sends a photo as a file sends a photo.
    is_photo = kind == "image" or media_type.startswith("image/")
    return {
        "kind": "photo" if is_photo and part.get("id") else "document",
        "text": _text(part.get("caption")),
        "media_id": _text(part.get("id")) or None,
        "media_type": media_type,
    }


def _status(status: Json) -> Status | None:
    message_id, name = _text(status.get("id")), status.get("status")
    if not message_id or name not in STATUS_NAMES:
        return None
    error = next((f"{found.code} {found.title}".strip() for found in _errors(status)), None)
    reference = _whole(status.get("biz_opaque_callback_data")) or None
    return Status(message_id, name, _whole(status.get("timestamp")), error, reference)


def _errors(holder: Json) -> Iterator[ReportedError]:
    for error in _dicts(holder.get("errors")):
        details = _text(_dict(error.get("error_data")).get("details"))
        yield ReportedError(_whole(error.get("code")), _text(error.get("title") or error.get("message")), details)


def _dicts(value: object) -> Iterator[Json]:
    return (item for item in (value if isinstance(value, list) else []) if isinstance(item, dict))


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    """A text without what no database stores: null characters and halves of characters."""
    if not isinstance(value, str):
        return ""
    return value.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _whole(value: object) -> int:
    text = str(value)
    # A number of this length is no time and no code, and too large for a database.
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 12 else 0

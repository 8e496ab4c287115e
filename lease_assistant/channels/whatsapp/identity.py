"""Who a customer is. WhatsApp's business-scoped user id counts first; the phone number may be absent since 2026."""

import hashlib
import uuid
from dataclasses import dataclass

NAMESPACE = "whatsapp"
DIGITS_SHOWN = 2


@dataclass(frozen=True)
class Address:
    """How a customer is reached: by business-scoped user id (``NL.123``), by phone number (``31612345678``) or both."""

    user_id: str | None = None
    phone: str | None = None

    @property
    def known(self) -> bool:
        """Whether there is anything to reach the customer by."""
        return bool(self.user_id or self.phone)

    def known_by(self) -> tuple[str, ...]:
        """What the customer is recognised by, the strongest first."""
        named = (("user", self.user_id), ("phone", self.phone))
        return tuple(f"{kind}:{value}" for kind, value in named if value)

    def recipient(self) -> dict[str, str]:
        """The fields of the Graph API that address a message to this customer; `to` is for phone numbers only."""
        return {"to": self.phone} if self.phone else {"recipient": str(self.user_id)}

    def __str__(self) -> str:
        return mask(self.phone or self.user_id or "")


def new_conversation_id() -> str:
    """By chance, not derived from the number: a number given to somebody else must not lead to the old conversation."""
    return f"{NAMESPACE}-{uuid.uuid4().hex}"


def mask(number: str) -> str:
    """A phone number or user id as it may appear in a log."""
    return "*" * max(len(number) - DIGITS_SHOWN, 0) + number[-DIGITS_SHOWN:]


def short(message_id: str) -> str:
    """A message id as it may appear in a log: WhatsApp's own ids hold the phone number in base64."""
    return hashlib.sha256(message_id.encode("utf-8", "replace")).hexdigest()[:12]

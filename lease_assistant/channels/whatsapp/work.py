"""What passes between the store and who works on it: something to answer, something to send, and an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lease_assistant.channels.whatsapp.identity import Address
from lease_assistant.channels.whatsapp.incoming import Incoming
from lease_assistant.channels.whatsapp.rendering import Rendered


@dataclass(frozen=True)
class Turn:
    """A message to answer. `claim`: the name of the claim under which it is worked on.

    `numbered`: the payloads behind the numbers last offered. `payload`: what a pressed button says to the assistant;
    None if it was not issued to this customer. `attempts`: how often answering it has failed. `again`: somebody may
    have asked the assistant already, and stopped before the answer was kept.
    """

    conversation: str
    claim: str
    message: Incoming
    numbered: tuple[str, ...] = ()
    payload: str | None = None
    attempts: int = 0
    again: bool = False


@dataclass(frozen=True)
class Delivery:
    """A message to send. `claim`: as in a turn. `kind`: reply or reminder. `attempts`: how often sending it has failed.

    `last_message_at`: when the customer last wrote; `paced_until`: see `pacing.Rate`. Both in seconds since 1970.
    """

    id: int
    conversation: str
    claim: str
    kind: str
    body: Mapping[str, Any]
    address: Address
    last_message_at: float
    paced_until: float
    attempts: int = 0


Step = Turn | Delivery


@dataclass(frozen=True)
class Reminder:
    """A message for later, as text and as the template for when the customer wrote too long ago (None: no such)."""

    due_at: float
    text: Mapping[str, Any]
    template: Mapping[str, Any] | None


@dataclass(frozen=True)
class Answer:
    """What a turn leads to: messages to send, and a reminder for later."""

    replies: tuple[Rendered, ...] = ()
    reminder: Reminder | None = None

"""The settings of the channel, from its part of credentials.yml. Secrets never appear in their `repr`."""

import math
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from lease_assistant.channels.whatsapp.pacing import CUSTOMER_BURST, CUSTOMER_INTERVAL, MESSAGES_PER_SECOND
from lease_assistant.settings import DATA_FOLDER

# The channel's name in credentials.yml.
CHANNEL = "lease_assistant.channels.whatsapp.channel.WhatsAppInput"


class ConfigError(ValueError):
    """The channel cannot start with these settings."""


@dataclass(frozen=True)
class Config:
    """What the channel needs to know. Times in seconds.

    `app_secret`, `verify_token`, `access_token`, `phone_number_id`: as Meta shows them; docs/whatsapp.md says where.
    `graph_url`, `graph_version`: the Graph API. `media_hosts`: besides it, where photos may be downloaded from.
    `database`: an SQLAlchemy address; SQLite here or ``postgresql://user@host/name``.
    `media_folder`: where files that the assistant names are sent from; none are by default.
    `customer_interval`, `customer_burst`, `messages_per_second`: how fast we send, the last one for each process.
    `send_attempts`, `first_pause`, `longest_pause`: retries. `call_timeout`, `turn_timeout`: of the Graph API and of
    the assistant. `status_seconds`: how long a status of Meta may take to tell that a message was sent after all.
    `turns_at_once`: how many customers the assistant answers side by side. `claim_seconds`: after how
    long another worker takes over from one that crashed. `poll_seconds`: how often a worker looks for what
    other processes have received or left.
    `keep_days`: how long message ids and customers are remembered. `max_photo_bytes`: the largest photo.
    `reminder_hours`: how long before the deadline of a damage form to remind; 0 for never.
    `reminder_template`, `template_language`: the approved template for when the customer wrote more than 24 hours ago.
    `menu_payload`: what shows the menu.
    """

    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    access_token: str = field(repr=False)
    phone_number_id: str
    graph_url: str = "https://graph.facebook.com"
    graph_version: str = "v25.0"
    media_hosts: str = "lookaside.fbsbx.com"
    database: str = field(default=f"sqlite:///{DATA_FOLDER}/whatsapp/inbox.db", repr=False)
    media_folder: str = ""
    customer_interval: float = CUSTOMER_INTERVAL
    customer_burst: int = CUSTOMER_BURST
    messages_per_second: float = MESSAGES_PER_SECOND
    send_attempts: int = 8
    first_pause: float = 2.0
    longest_pause: float = 300.0
    call_timeout: float = 15.0
    turn_timeout: float = 30.0
    status_seconds: float = 10.0
    turns_at_once: int = 4
    claim_seconds: float = 20.0
    poll_seconds: float = 0.2
    keep_days: float = 90.0
    max_photo_bytes: int = 5 * 1024 * 1024
    reminder_hours: float = 24.0
    reminder_template: str = ""
    template_language: str = "nl"
    menu_payload: str = "/help"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> "Config":
        """Check the settings; raises `ConfigError` with one sentence that names the setting."""
        found = {name: value for name, value in (credentials or {}).items() if value is not None}
        known = {setting.name: setting for setting in fields(cls)}
        if unknown := set(found) - set(known):
            raise ConfigError(f"unknown WhatsApp setting: {', '.join(sorted(unknown))}")
        for name, setting in known.items():
            # An unset ${VARIABLE} in credentials.yml stays as it is written.
            if setting.default is MISSING and not _is_set(found.get(name)):
                raise ConfigError(f"the WhatsApp channel does not start without {name} (see docs/whatsapp.md)")
        return cls(**{name: _typed(name, value, known[name].type) for name, value in found.items()})


def _is_set(value: object) -> bool:
    text = str(value or "").strip()
    return bool(text) and not text.startswith("${")


def _typed(name: str, value: Any, kind: Any) -> Any:
    if kind in ("str", str):
        return str(value).strip().rstrip("/") if name == "graph_url" else str(value)
    try:
        number = int(str(value)) if kind in ("int", int) else float(value)
    except ValueError:
        raise ConfigError(f"WhatsApp setting {name} is not a number: {value!r}") from None
    # Zero switches reminders off; everything else has to be positive.
    if not math.isfinite(number) or number < 0 or (number == 0 and name != "reminder_hours"):
        raise ConfigError(f"WhatsApp setting {name} has to be above zero: {value!r}")
    return number

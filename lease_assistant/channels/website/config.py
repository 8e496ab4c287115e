"""What can be set for the website channel in credentials.yml. Every limit has a default."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from lease_assistant.settings import SettingsError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class PortalKeys:
    """How the portal signs its customers' tokens (RS256). `public_key_file` holds a PEM key."""

    public_key_file: str
    issuer: str
    audience: str


@dataclass(frozen=True)
class WebsiteConfig:
    """The channel's limits.

    `allowed_origins`: other sites that may use the channel, such as ``https://www.example.nl``; its own always may.
    `require_secret`: refuse to start without LEASE_ASSISTANT_WEBSITE_SECRET, for production.
    `lifetime_hours`: how long a conversation can be continued; after that it is deleted.
    """

    allowed_origins: tuple[str, ...] = ()
    require_secret: bool = False
    lifetime_hours: int = 24
    longest_message: int = 1_000
    largest_body: int = 16 * 1024
    messages_per_minute: int = 20
    messages_per_minute_per_address: int = 120
    conversations_per_minute_per_address: int = 20
    largest_photo_megabytes: int = 10
    portal: PortalKeys | None = None

    @property
    def lifetime_seconds(self) -> int:
        """How long a conversation can be continued, in seconds."""
        return self.lifetime_hours * 3600

    @property
    def largest_photo(self) -> int:
        """The size of the largest photo, in bytes."""
        return self.largest_photo_megabytes * MEGABYTE


def read_config(credentials: Mapping[str, Any] | None) -> WebsiteConfig:
    """The channel's part of credentials.yml; raises `SettingsError` for an unknown name or a wrong kind of value."""
    given = dict(credentials or {})
    known: dict[str, Any] = {field.name: field.default for field in fields(WebsiteConfig)}
    if unknown := set(given) - set(known):
        raise SettingsError(f"credentials.yml: the website channel has no setting {', '.join(sorted(unknown))}.")
    origins = given.pop("allowed_origins", ())
    portal = given.pop("portal", None)
    for name, value in given.items():
        if type(value) is not type(known[name]) or value < 0:
            raise SettingsError(f"credentials.yml: {name} of the website channel is {value!r}, which cannot be used.")
    return WebsiteConfig(allowed_origins=_origins(origins), portal=_portal(portal), **given)


def _origins(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(origin, str) for origin in value):
        raise SettingsError("credentials.yml: allowed_origins of the website channel is a list of addresses.")
    for origin in value:
        # A browser sends scheme and host without a slash at the end; anything else would never match.
        if not origin.startswith(("https://", "http://")) or origin.count("/") != 2 or "*" in origin:
            raise SettingsError(f"credentials.yml: {origin!r} is not an origin such as 'https://www.example.nl'.")
    return tuple(value)


def _portal(value: object) -> PortalKeys | None:
    if value is None:
        return None
    names = {field.name for field in fields(PortalKeys)}
    if not isinstance(value, dict) or set(value) != names or not all(isinstance(text, str) for text in value.values()):
        raise SettingsError(f"credentials.yml: portal of the website channel needs exactly {', '.join(sorted(names))}.")
    return PortalKeys(**value)

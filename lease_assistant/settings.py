"""The settings, read from the environment; nothing else in the project reads it.

Every setting has a default that suits a developer's machine. A wrong value stops the program with one sentence.
"""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from pathlib import Path

HOST = "127.0.0.1"
HIGHEST_PORT = 65535
LONGEST_TIMEOUT = 300.0
# What must not be lost: git leaves it alone, and so does `make clean`.
DATA_FOLDER = Path(__file__).resolve().parent.parent / "var"
LONGEST_DAYS = 3650
DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg2://")


class SettingsError(ValueError):
    """An environment variable holds a value that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """What can be set from outside.

    `assistant_port` (LEASE_ASSISTANT_PORT): where the Rasa server listens.
    `action_server_port` (ACTION_SERVER_PORT): where the action server listens.
    `action_timeout_seconds` (ACTION_TIMEOUT_SECONDS): how long an action may take before the customer hears of it.
    `fixed_now` (LEASE_ASSISTANT_NOW): a moment with time zone at which the clock stands still, for tests and demos.
    `website_secret` (LEASE_ASSISTANT_WEBSITE_SECRET): signs the website's conversations; by default one is made.
    `website_folder` (LEASE_ASSISTANT_WEBSITE_FOLDER): where the website's conversations are kept.
    `damage_desk_url` (LEASE_ASSISTANT_DAMAGE_DESK_URL): the database of damage reports, an SQLAlchemy address.
    `damage_report_days` (LEASE_ASSISTANT_DAMAGE_REPORT_DAYS): how long a damage report is kept after its last change.
    `whatsapp_port` (LEASE_ASSISTANT_WHATSAPP_PORT): where WhatsApp's webhooks are received, if that channel is set up.
    """

    assistant_port: int = 5005
    action_server_port: int = 5055
    action_timeout_seconds: float = 5.0
    fixed_now: datetime | None = None
    website_secret: str | None = field(default=None, repr=False)
    website_folder: Path = DATA_FOLDER / "website"
    damage_desk_url: str = field(default=f"sqlite:///{DATA_FOLDER}/damage_desk/reports.sqlite3", repr=False)
    damage_report_days: int = 90
    whatsapp_port: int = 5006

    @property
    def assistant_url(self) -> str:
        """The address of the Rasa server, without a slash at the end."""
        return f"http://{HOST}:{self.assistant_port}"

    @property
    def action_server_url(self) -> str:
        """The address of the action server, without a slash at the end."""
        return f"http://{HOST}:{self.action_server_port}"

    @property
    def action_endpoint_url(self) -> str:
        """Where the Rasa server sends its actions."""
        return f"{self.action_server_url}/webhook"


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises `SettingsError` for a value that cannot be used. Empty counts as not set."""
    found = {name: value for name, value in (os.environ if environment is None else environment).items() if value}
    settings = Settings(
        assistant_port=_port(found, "LEASE_ASSISTANT_PORT", Settings.assistant_port),
        action_server_port=_port(found, "ACTION_SERVER_PORT", Settings.action_server_port),
        action_timeout_seconds=_seconds(found, "ACTION_TIMEOUT_SECONDS", Settings.action_timeout_seconds),
        fixed_now=_moment(found, "LEASE_ASSISTANT_NOW"),
        website_secret=found.get("LEASE_ASSISTANT_WEBSITE_SECRET"),
        website_folder=Path(found.get("LEASE_ASSISTANT_WEBSITE_FOLDER", Settings.website_folder)),
        damage_desk_url=_database(found, "LEASE_ASSISTANT_DAMAGE_DESK_URL", Settings.damage_desk_url),
        damage_report_days=_days(found, "LEASE_ASSISTANT_DAMAGE_REPORT_DAYS", Settings.damage_report_days),
        whatsapp_port=_port(found, "LEASE_ASSISTANT_WHATSAPP_PORT", Settings.whatsapp_port),
    )
    _check_distinct(settings)
    return settings


def _check_distinct(settings: Settings) -> None:
    ports = {
        "LEASE_ASSISTANT_PORT": settings.assistant_port,
        "ACTION_SERVER_PORT": settings.action_server_port,
        "LEASE_ASSISTANT_WHATSAPP_PORT": settings.whatsapp_port,
    }
    for (one, port), (other, same) in combinations(ports.items(), 2):
        if port == same:
            raise SettingsError(f"{one} and {other} are both {port}; choose two ports.")


def child_environment(**changes: str) -> dict[str, str]:
    """The environment for a program that we start: ours, with telemetry off and `changes`."""
    return {**os.environ, "RASA_TELEMETRY_ENABLED": "false", **changes}


def _port(found: Mapping[str, str], name: str, default: int) -> int:
    return _whole(found, name, default, HIGHEST_PORT, "a port is a whole number")


def _days(found: Mapping[str, str], name: str, default: int) -> int:
    return _whole(found, name, default, LONGEST_DAYS, "it is a whole number of days")


def _whole(found: Mapping[str, str], name: str, default: int, most: int, what: str) -> int:
    text = found.get(name, str(default)).strip()
    # isdecimal alone would also take digits of other scripts.
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= most):
        raise SettingsError(f"{name} is {text!r}, but {what} from 1 to {most}.")
    return int(text)


def _seconds(found: Mapping[str, str], name: str, default: float) -> float:
    text = found.get(name, str(default)).strip()
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    # Also false for "nan", which float() accepts.
    if not 0 < seconds <= LONGEST_TIMEOUT:
        raise SettingsError(
            f"{name} is {text!r}, but it is a number of seconds above 0, at most {LONGEST_TIMEOUT:.0f}."
        )
    return seconds


def _database(found: Mapping[str, str], name: str, default: str) -> str:
    address = found.get(name, default)
    # The address itself may hold a password and is not repeated.
    if not address.startswith(DATABASES):
        raise SettingsError(f"{name} has to begin with one of {', '.join(DATABASES)}.")
    return address


def _moment(found: Mapping[str, str], name: str) -> datetime | None:
    if name not in found:
        return None
    try:
        moment = datetime.fromisoformat(found[name].strip())
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise SettingsError(f"{name} is {found[name]!r}; write for instance 2026-03-01T14:30:00+01:00.")
    return moment

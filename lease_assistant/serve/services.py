"""The servers: how they are started, where they log, and how to tell that they are ready."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from lease_assistant.channels.whatsapp.config import CHANNEL as WHATSAPP
from lease_assistant.settings import HOST, Settings

ROOT = Path(__file__).resolve().parent.parent.parent
MODEL = Path("models") / "assistant.tar.gz"
LOGS = Path("logs")
# Serves as `python -m rasa` does, with less.
LIGHT_RASA = "lease_assistant.serve.light_rasa"
ENDPOINTS = Path("endpoints.yml")
CREDENTIALS = Path("credentials.yml")

# Sanic would log every request, with the sender in it; TensorFlow tells about graphics cards that nobody needs.
QUIET = {"SANIC_ACCESS_LOG": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}


@dataclass(frozen=True)
class Service:
    """A program to keep running. It is ready once `ready_url` answers with status 200."""

    name: str
    command: tuple[str, ...]
    log: Path
    ready_url: str
    environment: Mapping[str, str] = field(default_factory=dict)


def action_server(settings: Settings) -> Service:
    """The server that runs our own actions."""
    command = ("-m", "rasa_sdk", "--actions", "actions", "--port", str(settings.action_server_port))
    return Service(
        name="action server",
        command=(sys.executable, *command),
        log=LOGS / "actions.log",
        ready_url=f"{settings.action_server_url}/health",
        # The action server has no option for it, and listens on every interface without this.
        environment={**QUIET, "SANIC_HOST": HOST},
    )


def rasa_server(settings: Settings) -> Service:
    """The server that customers talk to."""
    return Service(
        name="Rasa server",
        command=(*_rasa("run", settings), "--enable-api", "--credentials", str(CREDENTIALS)),
        log=LOGS / "rasa.log",
        ready_url=f"{settings.assistant_url}/status",
        environment={**QUIET, "ACTION_ENDPOINT_URL": settings.action_endpoint_url},
    )


def whatsapp_receiver(settings: Settings) -> Service:
    """The process that only receives WhatsApp's webhooks: Rasa computes in its event loop, and Meta does not wait."""
    command = ("-m", "lease_assistant.channels.whatsapp.receiver", "--credentials", str(CREDENTIALS))
    return Service(
        name="WhatsApp receiver",
        command=(sys.executable, *command, "--port", str(settings.whatsapp_port)),
        log=LOGS / "whatsapp.log",
        ready_url=f"http://{HOST}:{settings.whatsapp_port}/health",
    )


def has_whatsapp(root: Path = ROOT) -> bool:
    """Whether the WhatsApp channel is set up."""
    return WHATSAPP in (yaml.safe_load((root / CREDENTIALS).read_text(encoding="utf-8")) or {})


def all_servers(settings: Settings) -> tuple[Service, ...]:
    """Everything that runs."""
    receiver = (whatsapp_receiver(settings),) if has_whatsapp() else ()
    return (action_server(settings), rasa_server(settings), *receiver)


def shell_command(settings: Settings) -> tuple[str, ...]:
    """A conversation in the terminal."""
    return _rasa("shell", settings)


def _rasa(command: str, settings: Settings) -> tuple[str, ...]:
    address = ("--interface", HOST, "--port", str(settings.assistant_port))
    files = ("--model", str(MODEL), "--endpoints", str(endpoints_file(settings)))
    return (sys.executable, "-m", LIGHT_RASA, command, *address, *files)


def endpoints_file(settings: Settings, root: Path = ROOT) -> Path:
    """`endpoints.yml`, or a copy of it in logs/ that points to the action server's other port.

    The file itself holds a plain address, so that `rasa run` works without any variable being set.
    """
    endpoints = yaml.safe_load((root / ENDPOINTS).read_text(encoding="utf-8"))
    if endpoints["action_endpoint"]["url"] == settings.action_endpoint_url:
        return ENDPOINTS
    endpoints["action_endpoint"]["url"] = settings.action_endpoint_url
    copy = root / LOGS / ENDPOINTS
    copy.parent.mkdir(exist_ok=True)
    copy.write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    return copy.relative_to(root)

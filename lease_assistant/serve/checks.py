"""What has to be right before anything is started. Each problem is one sentence that says what to do."""

import gzip
import json
import socket
import sys
import tarfile
import zlib
from pathlib import Path

from lease_assistant.settings import HOST, Settings

PYTHON = (3, 10)
METADATA = "metadata.json"
CHUNK = 1 << 20


class NotReadyError(Exception):
    """The assistant cannot run; the message is the sentence for the user."""


def check_python(version: tuple[int, ...] = sys.version_info[:2]) -> None:
    """Rasa 3.6 does not run on anything newer, and the lock file holds versions for 3.10 only."""
    if version[:2] != PYTHON:
        found = ".".join(str(number) for number in version[:2])
        raise NotReadyError(f"This is Python {found}, but the assistant needs Python 3.10: start it with `make run`.")


def check_ports(settings: Settings, *, with_whatsapp: bool = False) -> None:
    """All ports have to be free."""
    _check_port(settings.assistant_port, "Rasa server", "LEASE_ASSISTANT_PORT")
    _check_port(settings.action_server_port, "action server", "ACTION_SERVER_PORT")
    if with_whatsapp:
        _check_port(settings.whatsapp_port, "WhatsApp receiver", "LEASE_ASSISTANT_WHATSAPP_PORT")


def free_port() -> int:
    """A port that nobody uses at the moment, for servers that run beside others."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _check_port(port: int, purpose: str, variable: str) -> None:
    try:
        with socket.socket() as probe:
            # As the servers do: a connection that was closed a moment ago does not count as in use.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
    except PermissionError:
        raise NotReadyError(
            f"Port {port} for the {purpose} is not allowed: set {variable} to a port above 1023."
        ) from None
    except OSError:
        raise NotReadyError(
            f"Port {port} for the {purpose} is in use: stop what uses it, or set {variable} to another port."
        ) from None


def check_model(path: Path) -> None:
    """The model has to be there, whole, and a model."""
    if not path.is_file():
        raise NotReadyError(f"There is no model at {path}: make one with `make train`.")
    try:
        metadata = _metadata(path)
    except (OSError, EOFError, tarfile.TarError, zlib.error, KeyError, ValueError):
        raise NotReadyError(f"The model {path} is damaged or not a model: make a new one with `make train`.") from None
    if not isinstance(metadata, dict) or "trained_at" not in metadata:
        raise NotReadyError(f"The model {path} was not made by Rasa 3: make a new one with `make train`.")


def _metadata(path: Path) -> object:
    # To its end first: only there is the checksum, and tarfile stops before it.
    with gzip.open(path) as whole:
        while whole.read(CHUNK):
            pass
    with tarfile.open(path, "r:gz") as archive:
        names = {Path(name).as_posix(): name for name in archive.getnames()}
        content = archive.extractfile(names[METADATA])
        if content is None:
            raise KeyError(METADATA)
        return json.load(content)

"""The whole assistant for browser tests: Rasa server, action server and tracker store, on ports of their own."""

import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import yaml

from lease_assistant import settings
from lease_assistant.damage_desk import DamageDesk
from lease_assistant.serve.checks import free_port

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "models" / "assistant.tar.gz"
NOW = "2026-03-26T14:30:00+01:00"
SECONDS_TO_START = 120
STORE = "lease_assistant.tracker_store.ConversationStore"

# Limits that tests do not run into by accident; the one for a conversation is tried out on purpose.
LIMITS = {
    "messages_per_minute": 25,
    "messages_per_minute_per_address": 10_000,
    "conversations_per_minute_per_address": 10_000,
}


class Servers:
    """All servers; each can be stopped, the Rasa server started again. `other_site`: an origin that is allowed."""

    def __init__(self, folder: Path, other_site: str, portal: dict[str, str]) -> None:
        self.folder = folder
        self.port, self.second_port, self.action_port = free_port(), free_port(), free_port()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        website = {**LIMITS, "allowed_origins": [other_site], "portal": portal}
        self._write(
            "credentials.yml",
            {
                "lease_assistant.channels.website.channel.Website": website,
                "lease_assistant.channels.page.ChatPage": None,
            },
        )
        self._write(
            "endpoints.yml",
            {
                "action_endpoint": {"url": f"http://127.0.0.1:{self.action_port}/webhook"},
                "tracker_store": {"type": STORE, "database": f"sqlite:///{folder}/conversations.sqlite3"},
            },
        )

    @property
    def address(self) -> str:
        """The Rasa server, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def channel(self) -> str:
        """The website channel."""
        return f"{self.address}/webhooks/website"

    @property
    def second_channel(self) -> str:
        """The website channel of the second worker."""
        return f"http://127.0.0.1:{self.second_port}/webhooks/website"

    @property
    def page(self) -> str:
        """The page with the widget."""
        return f"{self.address}/webhooks/page/"

    @property
    def damage_desk_url(self) -> str:
        """The database of the damage desk."""
        return f"sqlite:///{self.folder}/desk.sqlite3"

    @property
    def damage_desk(self) -> DamageDesk:
        """The damage desk, as the department sees it."""
        return DamageDesk(self.damage_desk_url, keep_days=90)

    @property
    def log(self) -> str:
        """Everything that the servers have logged."""
        files = sorted(self.folder.glob("*.log"))
        return "".join(file.read_text(encoding="utf-8", errors="replace") for file in files)

    def start_all(self) -> None:
        """Start everything at once: the action server, the Rasa server, and a second one as a second worker."""
        self._start("actions", "-m", "rasa_sdk", "--actions", "actions", "--port", str(self.action_port))
        self._start_rasa("rasa", self.port)
        self._start_rasa("second", self.second_port)
        self._wait(f"http://127.0.0.1:{self.action_port}/health", "actions")
        self._wait(f"{self.address}/status", "rasa")
        self._wait(f"http://127.0.0.1:{self.second_port}/status", "second")

    def restart_rasa(self) -> None:
        """Start the first Rasa server again, and wait until it has loaded the model."""
        self._start_rasa("rasa", self.port)
        self._wait(f"{self.address}/status", "rasa")

    def _start_rasa(self, name: str, port: int) -> None:
        files = (
            "--endpoints",
            str(self.folder / "endpoints.yml"),
            "--credentials",
            str(self.folder / "credentials.yml"),
        )
        address = ("--interface", "127.0.0.1", "--port", str(port))
        self._start(name, "-m", "rasa", "run", "--enable-api", "--model", str(MODEL), *files, *address)

    def stop(self, name: str) -> None:
        """Stop a server as `make run` does."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def kill(self, name: str) -> None:
        """End a server at once, as a crash would."""
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def stop_all(self) -> None:
        """Stop what runs."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for name in list(self.processes):
            self.stop(name)

    def _write(self, name: str, content: dict[str, object]) -> None:
        (self.folder / name).write_text(yaml.safe_dump(content), encoding="utf-8")

    def _start(self, name: str, *command: str) -> None:
        environment = settings.child_environment(
            LEASE_ASSISTANT_NOW=NOW,
            LEASE_ASSISTANT_WEBSITE_FOLDER=str(self.folder / "website"),
            LEASE_ASSISTANT_DAMAGE_DESK_URL=self.damage_desk_url,
            SANIC_HOST="127.0.0.1",
            SANIC_ACCESS_LOG="false",
            TF_CPP_MIN_LOG_LEVEL="3",
            SQLALCHEMY_SILENCE_UBER_WARNING="1",
        )
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                (sys.executable, *command), cwd=ROOT, env=environment, stdout=log, stderr=log
            )

    def _wait(self, url: str, name: str) -> None:
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end and self.processes[name].poll() is None:
            try:
                urllib.request.urlopen(url, timeout=2).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        log = (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"{name} did not start; its log ends with:\n{log[-2000:]}")

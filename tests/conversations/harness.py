"""The assistant as customers meet it: the trained model and a real action server, with the clock standing still."""

import asyncio
import subprocess
import sys
import time
import urllib.request
import warnings
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from lease_assistant import settings
from lease_assistant.serve.checks import free_port

with warnings.catch_warnings():
    # The libraries below Rasa warn about each other; that is no fault of the assistant.
    warnings.simplefilter("ignore")
    from rasa.core.agent import load_agent
    from rasa.core.channels import CollectingOutputChannel, UserMessage
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.endpoints import EndpointConfig

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "models" / "assistant.tar.gz"
NOW = "2026-03-26T14:30:00+01:00"


class Assistant:
    """Talks to the trained model in this process; actions run in a server of their own."""

    def __init__(self, action_url: str) -> None:
        """Load the model; takes some seconds."""
        self.loop = asyncio.new_event_loop()
        endpoints = AvailableEndpoints(action=EndpointConfig(action_url))
        self.agent = self._run(load_agent(str(MODEL), endpoints=endpoints))

    def _run(self, work: Awaitable[Any]) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self.loop.run_until_complete(work)

    def say(self, sender: str, text: str) -> list[dict[str, Any]]:
        """Send a message; the replies as the REST channel gives them."""
        return self.say_at_once(sender, [text])[0]

    def say_at_once(self, sender: str, texts: list[str]) -> list[list[dict[str, Any]]]:
        """Send messages without waiting for the replies in between; the replies to each."""

        async def send(text: str) -> list[dict[str, Any]]:
            channel = CollectingOutputChannel()
            await self.agent.handle_message(UserMessage(text, channel, sender, input_channel="rest"))
            return list(channel.messages)

        async def send_all() -> list[list[dict[str, Any]]]:
            return list(await asyncio.gather(*(send(text) for text in texts)))

        return list(self._run(send_all()))

    def slot(self, sender: str, name: str) -> Any:
        """A slot of the conversation."""
        tracker = self._run(self.agent.tracker_store.retrieve(sender))
        return tracker.get_slot(name) if tracker else None


class ActionServer:
    """The real action server on a free port; can be stopped and started again."""

    def __init__(self) -> None:
        """Choose a port."""
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the Rasa side sends its actions."""
        return f"http://127.0.0.1:{self.port}/webhook"

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(self.port)]
        environment = settings.child_environment(LEASE_ASSISTANT_NOW=NOW, SANIC_HOST="127.0.0.1")
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        for _ in range(150):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=1).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise RuntimeError("the action server did not start")

    def stop(self) -> None:
        """Stop it at once, as a crash would."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

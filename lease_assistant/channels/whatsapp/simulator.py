"""`make whatsapp-sim`: try WhatsApp in the terminal, without an account.

Starts the servers that `make run` starts, and a stand-in for Meta that shows every message we send as JSON.
"""

import asyncio
import itertools
import json
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from aiohttp import web

from lease_assistant.channels.whatsapp.config import CHANNEL
from lease_assistant.channels.whatsapp.fake_graph import FakeGraph, Media
from lease_assistant.channels.whatsapp.gateway import SIGNATURE
from lease_assistant.channels.whatsapp.signature import sign
from lease_assistant.serve.checks import NotReadyError
from lease_assistant.serve.processes import Child
from lease_assistant.serve.services import ROOT, Service, action_server, rasa_server, whatsapp_receiver
from lease_assistant.serve.supervisor import running, stop_on_signals, wait_until_ready
from lease_assistant.settings import HOST, Settings

# Beside a running `make run`.
PORTS = Settings(assistant_port=15005, action_server_port=15055, whatsapp_port=15006)
NUMBER_ID, PHONE = "100000000000001", "31600000001"
SECRET, TOKEN = "simulator-secret", "simulator-token"
TRACKER_STORE = {"type": "lease_assistant.tracker_store.ConversationStore"}
HELP = """Type a message, or:
  !2            press the second button or row of the last message
  !photo FILE   send a photo
  !twice TEXT   let Meta deliver a message twice
  !quit         stop"""


class Phone:
    """A customer's telephone: sends webhooks, remembers what there is to press."""

    def __init__(self, url: str, graph: FakeGraph) -> None:
        self._url, self._graph = url, graph
        self._choices: list[tuple[str, dict[str, str]]] = []
        self._numbers = itertools.count(int(time.time()))
        graph.on_message = self.show

    def show(self, message: Mapping[str, Any]) -> None:
        """Print what was sent, and remember its choices."""
        print(json.dumps(message, indent=2, ensure_ascii=False), flush=True)
        # Buttons of earlier messages can still be pressed.
        self._choices = choices_of(message) or self._choices
        for number, (_, choice) in enumerate(choices_of(message), start=1):
            print(f"  !{number}  {choice['title']}", flush=True)

    async def say(self, line: str) -> None:
        """Send what a line of the terminal stands for."""
        command, _, rest = line.strip().partition(" ")
        if command == "!photo":
            await self._deliver(self._photo(await asyncio.to_thread(Path(rest).read_bytes)))
        elif command == "!twice":
            message = {"type": "text", "text": {"body": rest}}
            await self._deliver(message, times=2)
        elif command.startswith("!") and command[1:].isdecimal():
            await self._press(int(command[1:]))
        elif line.strip():
            await self._deliver({"type": "text", "text": {"body": line}})

    def _photo(self, content: bytes) -> dict[str, Any]:
        media_id = str(next(self._numbers))
        self._graph.media[media_id] = Media(content)
        return {"type": "image", "image": {"id": media_id, "mime_type": "image/jpeg"}}

    async def _press(self, number: int) -> None:
        if not 1 <= number <= len(self._choices):
            print("There is no such button.")
            return
        kind, choice = self._choices[number - 1]
        await self._deliver({"type": "interactive", "interactive": {"type": kind, kind: choice}})

    async def _deliver(self, message: dict[str, Any], times: int = 1) -> None:
        head = {"from": PHONE, "id": f"wamid.{next(self._numbers)}", "timestamp": str(int(time.time()))}
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "31200000000", "phone_number_id": NUMBER_ID},
            "contacts": [{"profile": {"name": "Klant"}, "wa_id": PHONE}],
            "messages": [{**head, **message}],
        }
        entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
        body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        async with aiohttp.ClientSession() as session:
            for _ in range(times):
                started = time.perf_counter()
                async with session.post(self._url, data=body, headers={SIGNATURE: sign(body, SECRET)}) as found:
                    print(f"[acknowledged: {found.status}, {1000 * (time.perf_counter() - started):.0f} ms]")


def choices_of(message: Mapping[str, Any]) -> list[tuple[str, dict[str, str]]]:
    """What can be pressed on a message: the kind of reply, and its id and title."""
    action = message.get("interactive", {}).get("action", {})
    buttons = [("button_reply", dict(button["reply"])) for button in action.get("buttons", ())]
    rows = [row for section in action.get("sections", ()) for row in section["rows"]]
    return [*buttons, *(("list_reply", {"id": row["id"], "title": row["title"]}) for row in rows)]


def services(folder: Path, graph_url: str, ports: Settings = PORTS, database: str = "") -> list[Service]:
    """The action server, Rasa with only this channel, and the receiver; their data go to `folder` or `database`."""
    settings = {
        "app_secret": SECRET, "verify_token": "simulator", "access_token": TOKEN, "phone_number_id": NUMBER_ID,
        "graph_url": graph_url, "database": database or f"sqlite:///{folder}/inbox.db",
    }  # fmt: skip
    conversations = {**TRACKER_STORE, "database": f"sqlite:///{folder}/conversations.sqlite3"}
    endpoints = {"action_endpoint": {"url": ports.action_endpoint_url}, "tracker_store": conversations}
    changed = {
        "--credentials": _written(folder / "credentials.yml", {CHANNEL: settings}),
        "--endpoints": _written(folder / "endpoints.yml", endpoints),
    }
    data = {"LEASE_ASSISTANT_DAMAGE_DESK_URL": desk_url(folder)}
    return [
        replace(
            service,
            command=_changed(service.command, changed),
            log=folder / service.log.name,
            environment={**service.environment, **data},
        )
        for service in (action_server(ports), rasa_server(ports), whatsapp_receiver(ports))
    ]


def desk_url(folder: Path) -> str:
    """Where the damage reports of a simulation go."""
    return f"sqlite:///{folder}/desk.sqlite3"


def _written(path: Path, content: Mapping[str, Any]) -> str:
    path.write_text(yaml.safe_dump(dict(content)), encoding="utf-8")
    return str(path)


def _changed(command: tuple[str, ...], options: Mapping[str, str]) -> tuple[str, ...]:
    # The value of an option stands behind its name.
    return tuple(options.get(name, part) for name, part in zip(("", *command), command, strict=False))


async def serve_graph(graph: FakeGraph) -> tuple[web.AppRunner, str]:
    """Serve the stand-in for Meta on a free port; returns what to clean up, and the address."""
    runner = web.AppRunner(graph.application())
    await runner.setup()
    site = web.TCPSite(runner, HOST, 0)
    await site.start()
    return runner, f"http://{HOST}:{runner.addresses[0][1]}"


def webhook_url(ports: Settings = PORTS) -> str:
    """Where Meta delivers."""
    return f"http://{HOST}:{ports.whatsapp_port}/webhook"


def rasa_webhook_url(ports: Settings = PORTS) -> str:
    """Where Meta may deliver when there is no receiver."""
    return f"{ports.assistant_url}/webhooks/whatsapp/webhook"


async def _talk(folder: Path) -> None:
    graph = FakeGraph(NUMBER_ID, TOKEN)
    runner, graph_url = await serve_graph(graph)
    try:
        with stop_on_signals() as stopping, running(services(folder, graph_url), ROOT) as children:
            await asyncio.to_thread(_wait, children, stopping)
            print(HELP, flush=True)
            phone = Phone(webhook_url(), graph)
            while not stopping.is_set() and (line := await asyncio.to_thread(sys.stdin.readline)):
                if line.strip() == "!quit":
                    return
                try:
                    await phone.say(line)
                except (OSError, aiohttp.ClientError) as error:
                    print(f"That did not work: {error}")
            # Without a terminal, the last answers are still to come.
            await asyncio.sleep(0 if sys.stdin.isatty() else 3)
    finally:
        await runner.cleanup()


def _wait(children: list[Child], stopping: Any) -> None:
    wait_until_ready(children, stopping)


def main() -> int:
    """Return the exit code."""
    with tempfile.TemporaryDirectory(prefix="whatsapp-sim-") as folder:
        try:
            asyncio.run(_talk(Path(folder)))
        except NotReadyError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m lease_assistant.channels.whatsapp.benchmark`: how fast webhooks are acknowledged under load.

Everything runs on this machine: Rasa with the trained model, the action server, the stand-in for Meta, and the load.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import threading
import time
from pathlib import Path

import aiohttp

from lease_assistant.channels.whatsapp.fake_graph import FakeGraph
from lease_assistant.channels.whatsapp.gateway import SIGNATURE
from lease_assistant.channels.whatsapp.signature import sign
from lease_assistant.channels.whatsapp.simulator import (
    NUMBER_ID,
    SECRET,
    TOKEN,
    rasa_webhook_url,
    serve_graph,
    services,
    webhook_url,
)
from lease_assistant.serve.services import ROOT
from lease_assistant.serve.supervisor import running, wait_until_ready

QUESTION = "hoe hoog is mijn eigen risico bij een ruit?"


def webhook(number: int, phone: str) -> bytes:
    """A text message of one customer."""
    message = {"from": phone, "id": f"wamid.{number}", "timestamp": str(int(time.time())), "type": "text"}
    value = {"metadata": {"phone_number_id": NUMBER_ID}, "messages": [{**message, "text": {"body": QUESTION}}]}
    return json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).encode()


async def load(url: str, rate: int, seconds: int, first: int = 0) -> list[float]:
    """Deliver `rate` messages a second, each of another customer; returns the milliseconds of each acknowledgement."""
    found: list[float] = []

    async def deliver(session: aiohttp.ClientSession, number: int) -> None:
        body = webhook(number, f"316{number:08}")
        started = time.perf_counter()
        async with session.post(url, data=body, headers={SIGNATURE: sign(body, SECRET)}) as response:
            await response.read()
            response.raise_for_status()
        found.append(1000 * (time.perf_counter() - started))

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=200)) as session:
        started = time.perf_counter()
        tasks = []
        for number in range(rate * seconds):
            # By the clock and not by the answers: a slow channel must not slow the load down.
            await asyncio.sleep(max(0.0, started + number / rate - time.perf_counter()))
            tasks.append(asyncio.create_task(deliver(session, first + number)))
        await asyncio.gather(*tasks)
    return sorted(found)


async def measure(rate: int, seconds: int, folder: Path, database: str, *, own_process: bool) -> None:
    """Start everything, load it, print the figures."""
    graph = FakeGraph(NUMBER_ID, TOKEN)
    runner, graph_url = await serve_graph(graph)
    url = webhook_url() if own_process else rasa_webhook_url()
    with running(services(folder, graph_url, database=database), ROOT) as children:
        await asyncio.to_thread(wait_until_ready, children, threading.Event())
        await load(url, 5, 2, first=10_000_000)
        answered, started = len(graph.sent), time.perf_counter()
        times = await load(url, rate, seconds)
        print(f"acknowledged {len(times)} messages at {rate} a second (load of the machine: {os.getloadavg()[0]:.1f}):")
        shares = [
            (50, statistics.median(times)),
            (95, times[len(times) * 95 // 100]),
            (99, times[len(times) * 99 // 100]),
        ]
        print("  " + ", ".join(f"p{share} {value:.0f} ms" for share, value in shares) + f", most {times[-1]:.0f} ms")
        done = len(graph.sent) - answered
        print(f"  answered meanwhile: {done} ({done / (time.perf_counter() - started):.1f} a second)")
    await runner.cleanup()


def main() -> None:
    """Measure with the rate and the time that are given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=80, help="messages a second")
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--in-rasa", action="store_true", help="receive in Rasa itself, without the receiver")
    parser.add_argument("--database", default="", help="an SQLAlchemy address; SQLite unless given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="whatsapp-benchmark-") as folder:
        place, own_process = Path(folder), not options.in_rasa
        asyncio.run(measure(options.rate, options.seconds, place, options.database, own_process=own_process))


if __name__ == "__main__":
    main()

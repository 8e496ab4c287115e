"""Keeps the servers running together: all of them ready, or none of them there."""

import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from lease_assistant.serve.checks import NotReadyError
from lease_assistant.serve.processes import SECONDS_TO_STOP, Child, stop
from lease_assistant.serve.services import Service

SECONDS_TO_START = 180.0
SECONDS_BETWEEN_LOOKS = 0.25
SECONDS_BETWEEN_LINES = 10.0
HTTP_OK = 200
HTTP_CONFLICT = 409

# Never through a proxy: both servers are on this machine.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@contextmanager
def stop_on_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C, SIGTERM and a closed terminal set.

    An event rather than an exception: a second Ctrl-C must not interrupt the stopping itself.
    """
    stopping = threading.Event()

    def handle(number: int, frame: FrameType | None) -> None:
        stopping.set()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def running(services: Sequence[Service], root: Path, seconds_to_stop: float = SECONDS_TO_STOP) -> Iterator[list[Child]]:
    """Start `services`, all at once; whatever happens, none is left at the end."""
    children: list[Child] = []
    try:
        for service in services:
            children.append(Child(service, root))
            say(f"Starting the {service.name}; its log is {service.log} ...")
        yield children
    finally:
        stop([child.process for child in children], seconds_to_stop)


def wait_until_ready(children: Sequence[Child], stopping: threading.Event, seconds: float = SECONDS_TO_START) -> None:
    """Return when every child answers or `stopping` is set; raises `NotReadyError` when that will not happen."""
    waiting = list(children)
    started = last_line = time.monotonic()
    while waiting and not stopping.wait(SECONDS_BETWEEN_LOOKS):
        check_alive(children, stopping)
        for child in [child for child in waiting if is_ready(child.service)]:
            waiting.remove(child)
            say(f"The {child.service.name} is ready after {time.monotonic() - started:.0f} s.")
        if waiting and time.monotonic() - started > seconds:
            first = waiting[0].service
            raise NotReadyError(f"The {first.name} was not ready after {seconds:.0f} s; its log is {first.log}.")
        if waiting and time.monotonic() - last_line > SECONDS_BETWEEN_LINES:
            last_line = time.monotonic()
            say(f"Still starting the {waiting[0].service.name} ({last_line - started:.0f} s) ...")


def watch(children: Sequence[Child], stopping: threading.Event) -> None:
    """Return when `stopping` is set; raises `NotReadyError` when a child ends by itself."""
    while not stopping.wait(SECONDS_BETWEEN_LOOKS):
        check_alive(children, stopping)


def check_alive(children: Sequence[Child], stopping: threading.Event) -> None:
    """Raise `NotReadyError` when a child has ended by itself."""
    for child in children:
        # After Ctrl-C the children end too, since the terminal tells them as well.
        if child.exit_code is not None and not stopping.wait(SECONDS_BETWEEN_LOOKS):
            service = child.service
            raise NotReadyError(
                f"The {service.name} has stopped by itself (exit code {child.exit_code}); its log is {service.log}."
            )


def is_ready(service: Service) -> bool:
    """Whether the service answers. Raises `NotReadyError` for a Rasa server that runs without a model."""
    try:
        with DIRECT.open(service.ready_url, timeout=2) as answer:
            return bool(answer.status == HTTP_OK)
    except urllib.error.HTTPError as error:
        if error.code == HTTP_CONFLICT:
            raise NotReadyError(
                f"The {service.name} could not load the model: see {service.log}, or make a new one with `make train`."
            ) from None
        return False
    except OSError:
        return False


def say(line: str) -> None:
    """Print at once, also when the output goes to a file or a pipe."""
    print(line, flush=True)

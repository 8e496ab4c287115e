"""Child processes that never outlive us."""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from lease_assistant.serve.services import Service
from lease_assistant.settings import child_environment

SECONDS_TO_STOP = 10.0
PR_SET_PDEATHSIG = 1


class Child:
    """A service that has been started."""

    def __init__(self, service: Service, root: Path) -> None:
        """Start it with its output in its own log."""
        self.service = service
        log = root / service.log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            self.process = start(service.command, root, service.environment, output)

    @property
    def exit_code(self) -> int | None:
        """None as long as it runs."""
        return self.process.poll()


def start(
    command: Sequence[str], root: Path, environment: Mapping[str, str], output: IO[bytes] | None = None
) -> "subprocess.Popen[bytes]":
    """Start a program in our process group, so that whatever ends the group ends it too.

    With `output` it gets no input and prints there; without, it shares our terminal.
    """
    return subprocess.Popen(
        command,
        cwd=root,
        env=child_environment(**environment),
        stdin=subprocess.DEVNULL if output else None,
        stdout=output,
        stderr=output,
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,
    )


def _die_with_parent() -> None:
    """Have Linux end the child when we are killed without a chance to do it; elsewhere it would stay behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(children: Sequence["subprocess.Popen[bytes]"], seconds: float = SECONDS_TO_STOP) -> None:
    """Ask all to end, and kill what has not after `seconds`."""
    for process in children:
        if process.poll() is None:
            process.terminate()
    for process in children:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

"""`python -m lease_assistant.serve.training`: train the model when what it is made from has changed.

The comparison is by content, kept in a file beside the model: in a fresh clone every file is new by its date.
"""

import argparse
import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lease_assistant.serve.processes import start, stop
from lease_assistant.serve.services import LOGS, MODEL, QUIET, ROOT
from lease_assistant.serve.supervisor import SECONDS_BETWEEN_LINES, say, stop_on_signals

LOG = LOGS / "training.log"
LINES_SHOWN = 15
# What a model is made from; the lock file because a model only fits the library versions that made it. The answers
# in data/ are not here: they are read when the assistant runs.
SOURCES = (
    "config.yml",
    "domain.yml",
    "uv.lock",
    "data/nlu",
    "data/rules",
    "data/stories",
    "data/language",
    "lease_assistant/nlu",
    "models/nl_lease_sm",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit code: 0 when there is a current model."""
    parser = argparse.ArgumentParser(prog="python -m lease_assistant.serve.training", description=__doc__)
    parser.add_argument("--always", action="store_true", help="train even when nothing has changed")
    options = parser.parse_args(arguments)
    with one_at_a_time(ROOT):
        if not options.always and is_current(ROOT):
            say("The model is up to date.")
            return 0
        return train(ROOT)


@contextmanager
def one_at_a_time(root: Path) -> Iterator[None]:
    """Wait for another training in this folder: two at once would write one file, and the second is seldom needed."""
    folder = (root / MODEL).parent
    folder.mkdir(exist_ok=True)
    directory = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(directory, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another training in this folder ...")
            fcntl.flock(directory, fcntl.LOCK_EX)
        yield
    finally:
        os.close(directory)


def fingerprint(root: Path) -> str:
    """A hash of the names and the contents of everything that a model is made from."""
    digest = hashlib.sha256()
    for path in _files(root):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        path = root / source
        if path.is_file():
            yield path
        # Python's own caches change without the source changing.
        yield from sorted(found for found in path.rglob("*.*") if found.suffix != ".pyc" and found.is_file())


def is_current(root: Path) -> bool:
    """Whether there is a model that was made from what is there now."""
    note = note_path(root)
    return (root / MODEL).is_file() and note.is_file() and note.read_text(encoding="utf-8").strip() == fingerprint(root)


def note_path(root: Path) -> Path:
    """Where the fingerprint of the model's sources is kept."""
    return (root / MODEL).with_suffix("").with_suffix(".sha256")


def train(root: Path) -> int:
    """Train, with the details in a log; return the exit code of the training."""
    # Taken before: a file that changes during the training counts as changed after it.
    sources = fingerprint(root)
    note_path(root).unlink(missing_ok=True)
    say(f"Training the model; this takes about a minute (log: {LOG}) ...")
    started = time.monotonic()
    code = _run(root, started)
    if code:
        print(f"The training has failed (exit code {code}). The end of {LOG}:\n{_tail(root / LOG)}", file=sys.stderr)
        return 1
    note_path(root).write_text(sources + "\n", encoding="utf-8")
    size = (root / MODEL).stat().st_size / 1_000_000
    say(f"The model is ready: {MODEL}, {size:.1f} MB, trained in {time.monotonic() - started:.0f} s.")
    return 0


def _run(root: Path, started: float) -> int:
    command = (sys.executable, "-m", "rasa", "train", "--fixed-model-name", "assistant", "--out", str(MODEL.parent))
    (root / LOG).parent.mkdir(exist_ok=True)
    with stop_on_signals() as stopping, (root / LOG).open("wb") as output:
        process = start(command, root, QUIET, output)
        try:
            while not stopping.is_set():
                try:
                    return process.wait(timeout=SECONDS_BETWEEN_LINES)
                except subprocess.TimeoutExpired:
                    say(f"Still training ({time.monotonic() - started:.0f} s) ...")
            return 1
        finally:
            stop([process])


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-LINES_SHOWN:])


if __name__ == "__main__":
    sys.exit(main())

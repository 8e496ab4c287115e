"""`python -m lease_assistant.benchmark`: time, memory and size of the assistant and of Rasa's default pipeline.

Both are trained and run here, one after the other, so that their ratios hold whatever the machine.
Writes reports/benchmark.md.
"""

import argparse
import http.client
import json
import re
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import yaml

from lease_assistant.evaluation import rasa_default
from lease_assistant.evaluation.data import training_examples
from lease_assistant.evaluation.report import table
from lease_assistant.serve.checks import free_port
from lease_assistant.serve.services import LIGHT_RASA, ROOT, Service, action_server, rasa_server
from lease_assistant.serve.supervisor import running, say, wait_until_ready
from lease_assistant.settings import HOST, Settings, child_environment

TURNS = 200
WARM_UP = 20
FULL_EPOCHS = 100
GREETING = "goedemorgen"
QUESTION = "moet ik in de winter andere banden laten monteren?"
FLOW = "/start_damage_report"
FORM_ANSWER = "gisteren tegen een paaltje gereden"
# Lines of Rasa's log with the time in front.
# Lines of Rasa's log with the time in front.
TRAINED = re.compile(r"([\d-]{10} [\d:]{8}) INFO .* (?:Starting to train|Finished training) component 'DIETClassifier'")


@dataclass
class Figures:
    """What was measured of one assistant. Times in milliseconds: p50 and p95 for each kind of request."""

    training_seconds: float
    model_megabytes: float
    start_seconds: float = 0.0
    megabytes: dict[str, float] = field(default_factory=dict)
    milliseconds: dict[str, tuple[float, float]] = field(default_factory=dict)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure both, print the table and write the report."""
    parser = argparse.ArgumentParser(prog="python -m lease_assistant.benchmark", description=__doc__)
    parser.add_argument("--turns", type=int, default=TURNS, help="measured requests of each kind")
    parser.add_argument("--default-epochs", type=int, default=2, help="of Rasa's default pipeline; 0 leaves it out")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        ours = _measure_ours(Path(folder), options.turns)
        epochs = options.default_epochs
        default = _measure_default(Path(folder), epochs, options.turns) if epochs else None
    text = report(ours, default, options.turns, epochs)
    (ROOT / "reports").mkdir(exist_ok=True)
    (ROOT / "reports" / "benchmark.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


def _measure_ours(folder: Path, turns: int) -> Figures:
    """Train the assistant as it is, start both servers and talk to them."""
    say("Training our model ...")
    model = folder / "ours.tar.gz"
    # By force, since Rasa would take the parts that it finds in its cache.
    command = (sys.executable, "-m", "rasa", "train", "--force", "--fixed-model-name", "ours", "--out", str(folder))
    started = time.monotonic()
    with (folder / "ours.log").open("wb") as log:
        environment = child_environment()
        subprocess.run(command, cwd=ROOT, env=environment, stdout=log, stderr=log, check=True)  # noqa: S603
    figures = Figures(time.monotonic() - started, _megabytes(model))
    settings = Settings(assistant_port=free_port(), action_server_port=free_port())
    endpoints = folder / "endpoints.yml"
    # As in endpoints.yml, with the conversations of the benchmark apart from real ones.
    store = {
        "type": "lease_assistant.tracker_store.ConversationStore",
        "database": f"sqlite:///{folder}/conversations.sqlite3",
    }
    content = {"action_endpoint": {"url": settings.action_endpoint_url}, "tracker_store": store}
    endpoints.write_text(yaml.safe_dump(content), encoding="utf-8")
    services = [action_server(settings), own_server(settings, model, endpoints)]
    return _measure_services(
        services,
        settings,
        ROOT,
        figures,
        {
            "parse": parse_request(QUESTION),
            "turn without action": turn_request(GREETING),
            "turn with action": turn_request(QUESTION),
            "turn of a form": turn_request(FORM_ANSWER, before=FLOW),
        },
        turns,
    )


def _measure_default(folder: Path, epochs: int, turns: int) -> Figures:
    """Train Rasa's default pipeline on the same examples; its speed does not depend on the number of epochs."""
    say(f"Training Rasa's default pipeline, {epochs} epochs ...")
    project = folder / "default"
    rasa_default.write_project(project, training_examples(), epochs)
    model, seconds = rasa_default.train(project)
    diet = _diet_seconds((project / "training.log").read_text(encoding="utf-8"))
    figures = Figures(seconds + (FULL_EPOCHS / epochs - 1) * diet, _megabytes(model))
    settings = Settings(assistant_port=free_port())
    endpoints = project / "endpoints.yml"
    endpoints.write_text("{}\n", encoding="utf-8")
    (project / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    return _measure_services(
        [own_server(settings, model, endpoints, program="rasa")],
        settings,
        project,
        figures,
        {
            "parse": parse_request(QUESTION),
            "turn without action": turn_request(GREETING),
        },
        turns,
    )


def _diet_seconds(log: str) -> float:
    """How long the classifier itself was trained, from the times in Rasa's log."""
    first, last = (datetime.fromisoformat(match[1]) for match in TRAINED.finditer(log))
    return (last - first).total_seconds()


def own_server(settings: Settings, model: Path, endpoints: Path, program: str = LIGHT_RASA) -> Service:
    """The Rasa server with other files than those of the assistant that may be running meanwhile.

    `program`: the module that serves; plain ``rasa`` for what needs TensorFlow.
    """
    service = rasa_server(Settings(assistant_port=settings.assistant_port))
    command = list(service.command)
    for option, value in (("-m", program), ("--model", str(model)), ("--endpoints", str(endpoints))):
        command[command.index(option) + 1] = value
    return replace(service, command=tuple(command))


Request = Callable[[http.client.HTTPConnection], float]


def _measure_services(  # noqa: PLR0913, PLR0917
    services: Sequence[Service],
    settings: Settings,
    root: Path,
    figures: Figures,
    requests: dict[str, Request],
    turns: int,
) -> Figures:
    started = time.monotonic()
    named = [replace(service, log=Path("logs") / f"benchmark-{service.log.name}") for service in services]
    with running(named, root) as children:
        wait_until_ready(children, threading.Event())
        figures.start_seconds = time.monotonic() - started
        connection = http.client.HTTPConnection(HOST, settings.assistant_port, timeout=60)
        for name, request in requests.items():
            say(f"Measuring: {name} ...")
            times = [request(connection) for _ in range(WARM_UP + turns)][WARM_UP:]
            figures.milliseconds[name] = percentiles(times)
        figures.megabytes = {child.service.name: _resident_megabytes(child.process.pid) for child in children}
    return figures


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """p50 and p95, in milliseconds."""
    cuts = quantiles([1000 * value for value in seconds], n=20, method="inclusive")
    return cuts[9], cuts[18]


def parse_request(text: str) -> Request:
    """Only the understanding of a message."""
    return lambda connection: _post(connection, "/model/parse", {"text": text})


def turn_request(text: str, before: str | None = None) -> Request:
    """A message of a new customer; `before`: what the customer said first, which is not counted."""

    def request(connection: http.client.HTTPConnection) -> float:
        sender = uuid.uuid4().hex
        if before:
            _post(connection, "/webhooks/rest/webhook", {"sender": sender, "message": before})
        return _post(connection, "/webhooks/rest/webhook", {"sender": sender, "message": text})

    return request


def _post(connection: http.client.HTTPConnection, path: str, content: dict[str, str]) -> float:
    """Seconds until the whole answer is there."""
    started = time.perf_counter()
    connection.request("POST", path, json.dumps(content), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    body = json.loads(answer.read())
    if answer.status != http.client.OK or not body:
        raise RuntimeError(f"{path} answered {answer.status} with {len(body)} messages")
    return time.perf_counter() - started


def _resident_megabytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1_000_000


def report(ours: Figures, default: Figures | None, turns: int, epochs: int) -> str:
    """The page for reports/."""
    rows = [
        [name, *_cells(value, _rows(default).get(name) if default else None)] for name, value in _rows(ours).items()
    ]
    title = f"Rasa's default pipeline ({epochs} epochs)" if default else "Rasa's default pipeline (not run)"
    compared = f"""
The speed of the default pipeline does not depend on its epochs; its training time is extrapolated from {epochs} epochs
to the usual {FULL_EPOCHS}. It has no actions, and runs with rules instead of TED."""
    compared = compared if default else " Rasa's default pipeline was left out of this run."
    return f"""# Time, size and memory

Written by `make benchmark`: {turns} requests of each kind after {WARM_UP} to warm up, each turn of a new customer, on
a machine that others used too.{compared}

{table(["", "ours", title, "ratio"], rows)}
"""


def _rows(figures: Figures) -> dict[str, float]:
    times = {
        f"{name}, {part}, ms": value
        for name, pair in figures.milliseconds.items()
        for part, value in zip(("p50", "p95"), pair, strict=True)
    }
    return {
        "training, s": figures.training_seconds,
        "model, MB": figures.model_megabytes,
        "start to ready, s": figures.start_seconds,
        **{f"memory, {name}, MB": value for name, value in figures.megabytes.items()},
        **times,
    }


def _cells(ours: float, default: float | None) -> tuple[str, str, str]:
    return f"{ours:.1f}", f"{default:.1f}" if default else "", f"{default / ours:.1f}" if default else ""


if __name__ == "__main__":
    sys.exit(main())

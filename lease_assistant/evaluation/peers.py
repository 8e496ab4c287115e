"""Classifiers of others, each in a process of its own. What they answered is kept as long as the data is the same."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lease_assistant.evaluation.data import ROOT, Example

# Git ignores it, and `make clean` removes it.
CACHE = ROOT / ".rasa" / "evaluation"


@dataclass(frozen=True)
class Answers:
    """What a classifier made of the messages: for each the probabilities of its likeliest labels."""

    rankings: list[dict[str, float]]
    training_seconds: float
    milliseconds: float
    examples: int


class SkippedError(Exception):
    """A peer cannot be run here; the message is the reason."""


Runner = Callable[[Path, list[Example], list[str]], Answers]


def ask_peer(  # noqa: PLR0913
    name: str, run: Runner, examples: list[Example], texts: list[str], *, reuse: bool = False, cache: Path = CACHE
) -> Answers:
    """Train a peer on `examples` and classify `texts`, in a temporary folder.

    What it said before counts when nothing has changed since; with `reuse` also when only the examples have.
    """
    content = json.dumps([[(example.text, example.label) for example in examples], texts])
    key = hashlib.sha256(content.encode()).hexdigest()
    path = cache / f"{name}.json"
    if path.is_file():
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["key"] == key or (reuse and kept["texts"] == texts):
            return Answers(**kept["answers"])
    with TemporaryDirectory() as folder:
        answers = run(Path(folder), examples, texts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"key": key, "texts": texts, "answers": asdict(answers)}), encoding="utf-8")
    return answers

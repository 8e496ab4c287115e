"""Rasa's default pipeline (DIET) on our training data, in a project of its own, for comparison.

Trained and asked in programs of their own: TensorFlow keeps its memory and threads for as long as it lives.
"""

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import yaml

from lease_assistant.evaluation.data import ROOT, Example
from lease_assistant.evaluation.peers import Answers
from lease_assistant.settings import child_environment

MODEL_NAME = "default"
# Rasa reads "a/b" as a retrieval intent, whose details its classifier would never see.
SLASH = "--"


def pipeline(epochs: int) -> list[dict[str, object]]:
    """The pipeline that Rasa 3.6 takes when config.yml names none."""
    return [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        # Seeded, so that a second run gives the same figures.
        {"name": "DIETClassifier", "epochs": epochs, "random_seed": 7},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": epochs},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ]


def write_project(folder: Path, examples: Sequence[Example], epochs: int) -> None:
    """Write the project to `folder`, each label as an intent of its own."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for example in examples:
        texts[example.label.replace("/", SLASH)].append(example.text)
    intents = [
        {"intent": name, "examples": "".join(f"- {text}\n" for text in found)} for name, found in sorted(texts.items())
    ]
    config = {"recipe": "default.v1", "assistant_id": MODEL_NAME, "language": "nl", "pipeline": pipeline(epochs)}
    _write(folder / "config.yml", {**config, "policies": [{"name": "RulePolicy"}]})
    # Replies, so that a turn can be timed too; the second for what a briefly trained classifier does not understand.
    responses = {"utter_greet": [{"text": "Hallo!"}], "utter_default": [{"text": "Wat bedoelt u?"}]}
    _write(folder / "domain.yml", {"version": "3.1", "intents": sorted(texts), "responses": responses})
    _write(folder / "data" / "nlu.yml", {"version": "3.1", "nlu": intents})
    _write(folder / "data" / "rules.yml", {"version": "3.1", "rules": [_greeting_rule()]})


def _greeting_rule() -> dict[str, object]:
    return {"rule": "greet", "steps": [{"intent": "greet"}, {"action": "utter_greet"}]}


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, width=10_000), encoding="utf-8")


def train(folder: Path) -> tuple[Path, float]:
    """Train the project in `folder`; return the model and the seconds that it took."""
    started = time.monotonic()
    command = (sys.executable, "-m", "rasa", "train", "--fixed-model-name", MODEL_NAME, "--skip-validation")
    with (folder / "training.log").open("wb") as log:
        environment = child_environment()
        subprocess.run(command, cwd=folder, env=environment, stdout=log, stderr=log, check=True)  # noqa: S603
    return folder / "models" / f"{MODEL_NAME}.tar.gz", time.monotonic() - started


def run(folder: Path, examples: Sequence[Example], texts: Sequence[str], epochs: int) -> Answers:
    """Train on `examples` and classify `texts`."""
    write_project(folder, examples, epochs)
    model, seconds = train(folder)
    questions = folder / "texts.json"
    questions.write_text(json.dumps(list(texts)), encoding="utf-8")
    command = (sys.executable, "-m", "lease_assistant.evaluation.rasa_parser", model, questions)
    with (folder / "parsing.log").open("wb") as log:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=log, cwd=ROOT, check=True)  # noqa: S603
    # Libraries print to the same stream; ours is the last line.
    answer = json.loads(done.stdout.decode("utf-8").splitlines()[-1])
    rankings = [_labels(row) for row in answer["rankings"]]
    return Answers(rankings, seconds, answer["milliseconds"], len(examples))


def _labels(ranking: dict[str, float]) -> dict[str, float]:
    """Our labels again, without the fallback, which is no reading of the message."""
    return {name.replace(SLASH, "/"): value for name, value in ranking.items() if name != "nlu_fallback"}

"""NLP.js on our training data, run by node."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from lease_assistant.evaluation.data import Example
from lease_assistant.evaluation.peers import Answers, SkippedError

FOLDER = Path(__file__).with_name("nlpjs")
SECONDS = 3600


def run(folder: Path, examples: Sequence[Example], texts: Sequence[str]) -> Answers:
    """Install the locked packages in `folder`, train and classify `texts`."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        raise SkippedError("node and npm are not installed")
    for name in ("package.json", "package-lock.json", "classify.js"):
        shutil.copy(FOLDER / name, folder)
    _run((npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"), folder, "")
    task = {"examples": [(example.text, example.label) for example in examples], "texts": list(texts)}
    output = _run((node, "classify.js"), folder, json.dumps(task))
    # The library may print too; ours is the last line.
    answer = json.loads(output.splitlines()[-1])
    # A message without any known word has no ranking.
    rankings = [ranking or {"out_of_scope/gibberish": 1.0} for ranking in answer["rankings"]]
    return Answers(rankings, answer["training_seconds"], answer["milliseconds"], len(examples))


def _run(command: Sequence[str], folder: Path, text: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=folder, input=text, capture_output=True, text=True, check=True, timeout=SECONDS
        )
    except (OSError, subprocess.SubprocessError) as error:
        reason = getattr(error, "stderr", None) or str(error)
        raise SkippedError(f"{command[0]}: {reason.strip().splitlines()[-1]}") from error
    return done.stdout

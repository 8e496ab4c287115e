"""`python -m lease_assistant.evaluation.diet_epochs`: whether more epochs help the default pipeline of Rasa.

On all examples 100 epochs take hours, so this trains on a part of them, with few epochs and with many, beside our
classifier on the same part. Writes reports/diet_epochs.md.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from sklearn.model_selection import train_test_split

from lease_assistant.evaluation import contenders, rasa_default
from lease_assistant.evaluation.analysis import SEED
from lease_assistant.evaluation.data import (
    ROOT,
    TEST_FILES,
    Case,
    configured_thresholds,
    training_examples,
    unseen_cases,
    without_seen,
)
from lease_assistant.evaluation.metrics import MEASURES, measure, outcomes
from lease_assistant.evaluation.peers import Answers, ask_peer
from lease_assistant.evaluation.report import NUMBER, table

REPORT = ROOT / "reports" / "diet_epochs.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure, write the report and print it."""
    parser = argparse.ArgumentParser(prog="python -m lease_assistant.evaluation.diet_epochs", description=__doc__)
    parser.add_argument("--share", type=float, default=0.25, help="part of the training examples (default 0.25)")
    parser.add_argument("--epochs", type=int, nargs="+", default=[20, 100], help="epochs to try (default 20 and 100)")
    parser.add_argument("--report", type=Path, default=REPORT, help="where to write")
    options = parser.parse_args(arguments)
    text = compare(options.share, options.epochs)
    options.report.write_text(text, encoding="utf-8")
    print(text)
    return 0


def compare(part: float, epochs: Sequence[int]) -> str:
    """The report: a row for each number of epochs, and one for our classifier."""
    everything = training_examples()
    labels = [example.label for example in everything]
    examples, _ = train_test_split(everything, train_size=part, stratify=labels, random_state=SEED)
    cases = [case for name in TEST_FILES for case in without_seen(unseen_cases(name), everything)]
    texts = [case.text for case in cases]
    runs: dict[str, Answers] = {"our classifier": contenders.ours(examples, texts)[1]}
    for count in epochs:
        diet = partial(rasa_default.run, epochs=count)
        name = f"Rasa's default pipeline, {count} epochs"
        runs[name] = ask_peer(f"diet-{count}-of-{len(examples)}", diet, examples, texts)
    return _report(len(examples), cases, runs)


def _report(examples: int, cases: Sequence[Case], runs: Mapping[str, Answers]) -> str:
    thresholds = configured_thresholds()
    rows = []
    for name, answers in runs.items():
        figures = measure(outcomes(cases, answers.rankings, thresholds))
        rows.append([name, *(NUMBER.format(value) for value in (*figures.values(), answers.training_seconds))])
    head = f"""# Does Rasa's default pipeline gain by more epochs?

Written by `python -m lease_assistant.evaluation.diet_epochs`: all of them trained on the same {examples} examples and
asked the same {len(cases)} unseen messages. Figures in percent; seconds on a machine that did other work too.
"""
    return head + "\n" + table(["", *(each.title for each in MEASURES), "training, s"], rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())

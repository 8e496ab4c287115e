"""`python -m lease_assistant.evaluation`: our classifier and others on the same examples and the same unseen messages.

Writes reports/evaluation.md, evaluation.json and the plots. Nothing here prints a message of the test files.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from lease_assistant.conversation.flow import Context
from lease_assistant.evaluation import analysis, contenders, nlpjs_peer, plots, rasa_default
from lease_assistant.evaluation.conversations import (
    FOLLOW_UPS,
    TWO_QUESTIONS,
    Listener,
    follow_ups,
    two_questions,
    variants,
)
from lease_assistant.evaluation.data import (
    ROOT,
    TEST_FILES,
    Case,
    Example,
    configured_thresholds,
    training_examples,
    unseen_cases,
    without_seen,
)
from lease_assistant.evaluation.metrics import Outcome, assistant_outcomes, measure, outcomes
from lease_assistant.evaluation.peers import Answers, SkippedError, ask_peer
from lease_assistant.evaluation.report import markdown
from lease_assistant.nlu.decision import Thresholds
from lease_assistant.rules.damage import AMSTERDAM
from lease_assistant.terms import load_terms

REPORTS = ROOT / "reports"
ASSISTANT = "the assistant: our classifier, greetings taken off, questions told apart"
OURS = "our classifier: SVM, words + characters + lemmas, spelling repaired"
WORST_LABELS = 20

Cases = dict[str, list[Case]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the reports and print the main table."""
    parser = argparse.ArgumentParser(prog="python -m lease_assistant.evaluation", description=__doc__)
    parser.add_argument(
        "--diet-epochs",
        type=int,
        default=100,
        help="epochs of Rasa's default pipeline (hours for 100); 0 leaves it out",
    )
    parser.add_argument("--reuse", action="store_true", help="take what DIET and NLP.js said on earlier training data")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="where to write")
    options = parser.parse_args(arguments)
    figures = evaluate(options.diet_epochs, reuse=options.reuse)
    options.reports.mkdir(exist_ok=True)
    plots.write_plots(figures, options.reports)
    text = markdown(figures)
    (options.reports / "evaluation.md").write_text(text, encoding="utf-8")
    rounded = json.loads(json.dumps(figures), parse_float=lambda number: round(float(number), 3))
    content = json.dumps(rounded, indent=1, ensure_ascii=False)
    (options.reports / "evaluation.json").write_text(content + "\n", encoding="utf-8")
    print(text.partition("\n## ")[0])
    return 0


def evaluate(diet_epochs: int, *, reuse: bool = False) -> analysis.Figures:
    """All figures of a run."""
    examples = training_examples()
    given = {name: unseen_cases(name) for name in TEST_FILES}
    cases = {name: without_seen(rows, examples) for name, rows in given.items()}
    thresholds = configured_thresholds()
    texts = [case.text for rows in given.values() for case in rows]

    say(OURS)
    interpreter, answers = contenders.ours(examples, texts)
    others = [*((variant.name, variant.run) for variant in contenders.VARIANTS), *_peers(diet_epochs, reuse=reuse)]
    started = time.perf_counter()
    heard = {name: assistant_outcomes(rows, interpreter, thresholds) for name, rows in cases.items()}
    milliseconds = 1000 * (time.perf_counter() - started) / sum(map(len, cases.values()))
    runs = [
        _figures(ASSISTANT, answers.training_seconds, milliseconds, heard),
        _row(OURS, answers, texts, cases, thresholds),
        *(_try(name, run, examples, texts, cases, thresholds) for name, run in others),
    ]
    everything = [case for rows in cases.values() for case in rows]
    everything_heard = [row for rows in heard.values() for row in rows]
    rankings = _select(answers, texts, everything)
    found = outcomes(everything, rankings, thresholds)
    say("learning curve")
    last = {name: runs[1]["files"][name]["right_first"] for name in cases}
    listener = Listener(interpreter, thresholds, Context(load_terms(), datetime.now(AMSTERDAM)))
    confused = [(row.case.label, row.best.label) for row in found if not row.correct]
    return {
        "examples": len(examples),
        "messages": {name: len(rows) for name, rows in cases.items()},
        "left_out": {name: len(given[name]) - len(cases[name]) for name in cases},
        "thresholds": vars(thresholds),
        "runs": runs,
        "together": measure(everything_heard),
        "by_topic_group": analysis.by_label(found, analysis.topic_group),
        "by_style": analysis.by_label(found, lambda case: case.style),
        "calibration": analysis.calibration(found),
        "threshold_curve": analysis.threshold_curve(everything, rankings, thresholds),
        "confusions": analysis.confusions(found),
        "confusion_matrix": plots.confusion_matrix(confused, WORST_LABELS),
        "learning_curve": analysis.learning_curve(examples, cases, last),
        "noise_loss": analysis.noise_loss(interpreter, everything_heard, thresholds),
        "context_loss": analysis.context_loss(interpreter, everything_heard, thresholds),
        "two_questions": {name: two_questions(listener, name) for name in TWO_QUESTIONS},
        "follow_ups": {name: follow_ups(listener, name) for name in FOLLOW_UPS},
        "variants": variants(listener),
    }


def _peers(epochs: int, *, reuse: bool) -> list[tuple[str, contenders.Run]]:
    peers: list[tuple[str, contenders.Run]] = [("NLP.js 4", partial(ask_peer, "nlpjs", nlpjs_peer.run, reuse=reuse))]
    if epochs:
        diet = partial(ask_peer, f"diet-{epochs}", partial(rasa_default.run, epochs=epochs), reuse=reuse)
        peers.append((f"Rasa's default pipeline (DIET, {epochs} epochs)", diet))
    return peers


def _try(  # noqa: PLR0913, PLR0917
    name: str, run: contenders.Run, examples: list[Example], texts: list[str], cases: Cases, thresholds: Thresholds
) -> analysis.Figures:
    say(name)
    try:
        answers = run(examples, texts)
    except SkippedError as reason:
        return {"name": name, "skipped": str(reason)}
    if answers.examples != len(examples):
        name += f", trained on {answers.examples} examples"
    return _row(name, answers, texts, cases, thresholds)


def _row(name: str, answers: Answers, texts: list[str], cases: Cases, thresholds: Thresholds) -> analysis.Figures:
    """The figures of one classifier for each test file."""
    found = {file: outcomes(rows, _select(answers, texts, rows), thresholds) for file, rows in cases.items()}
    return _figures(name, answers.training_seconds, answers.milliseconds, found)


def _figures(
    name: str, seconds: float, milliseconds: float, found: Mapping[str, Sequence[Outcome]]
) -> analysis.Figures:
    """A row of the tables. `seconds` of training, `milliseconds` a message, and what came of each test file."""
    files = {file: measure(rows) for file, rows in found.items()}
    return {"name": name, "seconds": seconds, "milliseconds": milliseconds, "files": files}


def _select(answers: Answers, texts: list[str], cases: Sequence[Case]) -> list[dict[str, float]]:
    """The rankings of the messages that count."""
    found = dict(zip(texts, answers.rankings, strict=True))
    return [found[case.text] for case in cases]


def say(text: str) -> None:
    """Progress, since a run takes minutes."""
    print(f"{text} ...", flush=True)


if __name__ == "__main__":
    sys.exit(main())

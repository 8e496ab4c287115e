"""The figures of a run, as plain data for the report and the plots."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from sklearn.model_selection import train_test_split

from lease_assistant.answers import answer_book, topics_near
from lease_assistant.evaluation.contenders import classify, train
from lease_assistant.evaluation.data import Case, Example, topic_groups
from lease_assistant.evaluation.metrics import Outcome, assistant_outcomes, measure, outcomes, share
from lease_assistant.evaluation.noise import with_typing_errors
from lease_assistant.nlu.decision import Thresholds
from lease_assistant.nlu.interpreter import Interpreter

Figures = dict[str, Any]
Rankings = Sequence[Mapping[str, float]]

CURVE = [round(0.2 + 0.05 * step, 2) for step in range(13)]
BINS = 10
WORST = 20
SHARES = (0.25, 0.5, 0.75, 1.0)
SEED = 7


def by_label(found: Iterable[Outcome], key: Callable[[Case], str]) -> dict[str, Figures]:
    """Share of right readings for each value of `key`, worst first."""
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for row in found:
        groups[key(row.case)].append(row.correct)
    figures = {name: {"messages": len(values), "right": share(values)} for name, values in groups.items()}
    return dict(sorted(figures.items(), key=lambda item: item[1]["right"]))


def topic_group(case: Case) -> str:
    """The file of answers for a topic, else what the customer wants."""
    return topic_groups().get(case.label, case.group)


def confusions(found: Iterable[Outcome]) -> list[Figures]:
    """Which label is taken for which, most frequent first."""
    pairs = Counter((row.case.label, row.best.label) for row in found if not row.correct)
    return [{"label": label, "read_as": read, "messages": count} for (label, read), count in pairs.most_common(WORST)]


def calibration(found: Iterable[Outcome]) -> list[Figures]:
    """Mean confidence in the likeliest label against the share that is right, for bins of confidence."""
    bins: defaultdict[int, list[Outcome]] = defaultdict(list)
    for row in found:
        bins[min(int(row.best.confidence * BINS), BINS - 1)].append(row)
    return [
        {
            "confidence": 100 * float(np.mean([row.best.confidence for row in rows])),
            "right": share(row.correct for row in rows),
            "messages": len(rows),
        }
        for _, rows in sorted(bins.items())
    ]


def threshold_curve(cases: Sequence[Case], rankings: Rankings, thresholds: Thresholds) -> list[Figures]:
    """What becomes of questions and of uncovered messages for a range of `answer_above`."""
    curve = []
    for value in CURVE:
        changed = replace(thresholds, answer_above=value, ask_above=min(value, thresholds.ask_above))
        found = outcomes(cases, rankings, changed)
        asked = share(row.decision.certainty == "unsure" for row in found if row.case.group == "question")
        curve.append({"answer_above": value, "asked": asked, **measure(found)})
    return curve


def learning_curve(examples: Sequence[Example], cases: Mapping[str, Sequence[Case]], last: Figures) -> list[Figures]:
    """Right article first against the number of examples; `last`: the figures with all of them."""
    labels = [example.label for example in examples]
    curve = []
    for part in SHARES[:-1]:
        some, _ = train_test_split(list(examples), train_size=part, stratify=labels, random_state=SEED)
        model = train(some)
        figures = {name: measure(_plain_outcomes(model, rows))["right_first"] for name, rows in cases.items()}
        curve.append({"examples": len(some), **figures})
    return [*curve, {"examples": len(examples), **last}]


def _plain_outcomes(model: Interpreter, cases: Sequence[Case]) -> list[Outcome]:
    # Only the order of the readings counts here.
    return outcomes(cases, classify(model, [case.text for case in cases]), Thresholds(0, 0, 0, 0))


def context_loss(interpreter: Interpreter, clean: Sequence[Outcome], thresholds: Thresholds) -> Figures:
    """Points lost by messages that come after an answer about something else, and so might be taken for more of it.

    `clean`: what the assistant made of the messages as the first of a conversation.
    """
    after = [unrelated_topic(row.case, place) for place, row in enumerate(clean)]
    later = assistant_outcomes([row.case for row in clean], interpreter, thresholds, after)
    return _loss(clean, later)


def unrelated_topic(case: Case, place: int) -> str:
    """A topic that has nothing to do with a message; another one for each `place` in the list of messages."""
    topics = sorted(answer_book())
    own = case.label.partition("/")[2]
    others = [topic for topic in topics if own not in topics_near(topic)]
    return others[place % len(others)]


def noise_loss(interpreter: Interpreter, clean: Sequence[Outcome], thresholds: Thresholds) -> Figures:
    """Points lost by one or two typing errors a message: on right articles, and on all readings.

    `clean`: what the assistant made of the messages as they are.
    """
    spoilt = [replace(row.case, text=with_typing_errors(row.case.text)) for row in clean]
    noisy = assistant_outcomes(spoilt, interpreter, thresholds)
    return _loss(clean, noisy)


def _loss(before: Sequence[Outcome], after: Sequence[Outcome]) -> Figures:
    """The difference in points, on all readings and in each measure."""
    first, second = measure(before), measure(after)
    return {
        "all": share(row.correct for row in before) - share(row.correct for row in after),
        **{name: first[name] - second[name] for name in first},
    }

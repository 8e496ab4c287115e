"""The plots of a run, written to reports/."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl  # type: ignore[import-untyped]
import numpy as np

mpl.use("Agg")  # no screen

from matplotlib import pyplot as plt

from lease_assistant.evaluation.analysis import Figures

SIZE = (7, 4.5)
DOTS_PER_INCH = 80
FILE_TITLES = {"held_out": "held-out", "exam": "exam", "fresh": "fresh", "later": "later"}


def write_plots(figures: Figures, folder: Path) -> None:
    """All four."""
    _confusions(figures["confusion_matrix"], folder / "confusions.png")
    _calibration(figures["calibration"], folder / "calibration.png")
    _thresholds(figures["threshold_curve"], figures["thresholds"]["answer_above"], folder / "thresholds.png")
    _learning(figures["learning_curve"], folder / "learning.png")


def _save(path: Path) -> None:
    plt.tight_layout()
    plt.savefig(path, dpi=DOTS_PER_INCH, metadata={"Software": None})
    plt.close()


def _confusions(matrix: Figures, path: Path) -> None:
    """The labels with the most mistakes: rows are right, columns what was read."""
    rows, columns, counts = matrix["labels"], matrix["read_as"], np.array(matrix["messages"])
    plt.figure(figsize=(10, 7.5))
    plt.imshow(counts, cmap="Blues", aspect="auto")
    plt.xticks(range(len(columns)), [_short(label) for label in columns], rotation=60, ha="right", fontsize=8)
    plt.yticks(range(len(rows)), [_short(label) for label in rows], fontsize=8)
    for row, column in zip(*counts.nonzero(), strict=True):
        strong = counts[row, column] > counts.max() / 2
        plt.text(column, row, counts[row, column], ha="center", va="center", color="white" if strong else "black")
    plt.xlabel("read as")
    plt.ylabel("right label")
    plt.title("The labels with the most mistakes (all three files)")
    _save(path)


def _short(label: str) -> str:
    return label.replace("ask_term/", "").replace("out_of_scope/", "not covered: ")


def _calibration(bins: Sequence[Figures], path: Path) -> None:
    plt.figure(figsize=SIZE)
    plt.plot([0, 100], [0, 100], linestyle=":", color="grey", label="confidence = accuracy")
    plt.plot([row["confidence"] for row in bins], [row["right"] for row in bins], marker="o", label="measured")
    for row in bins:
        plt.annotate(row["messages"], (row["confidence"], row["right"]), xytext=(4, -12), textcoords="offset points")
    _axes("confidence in the likeliest label, %", "right, %", "Confidence and accuracy (with numbers of messages)")
    _save(path)


def _thresholds(curve: Sequence[Figures], chosen: float, path: Path) -> None:
    plt.figure(figsize=SIZE)
    values = [row["answer_above"] for row in curve]
    for name, label in (
        ("right_stated", "right article stated"),
        ("right_or_offered", "stated or offered"),
        ("asked", "asked back"),
        ("wrong_stated", "wrong article stated"),
        ("uncovered_stated", "uncovered, yet answered"),
    ):
        plt.plot(values, [row[name] for row in curve], marker=".", label=label)
    plt.axvline(chosen, linestyle=":", color="grey", label=f"chosen: {chosen}")
    _axes("answer_above", "messages, %", "What the upper threshold does")
    _save(path)


def _learning(curve: Sequence[Figures], path: Path) -> None:
    plt.figure(figsize=SIZE)
    for name, title in FILE_TITLES.items():
        plt.plot([row["examples"] for row in curve], [row[name] for row in curve], marker="o", label=title)
    _axes("training examples", "right article first, %", "Accuracy against the number of examples")
    _save(path)


def _axes(across: str, up: str, title: str) -> None:
    for name, text in (("xlabel", across), ("ylabel", up), ("title", title)):
        getattr(plt, name)(text)
    plt.grid(alpha=0.3)
    plt.legend(fontsize=8)


def confusion_matrix(confused: Sequence[tuple[str, str]], worst: int) -> dict[str, Any]:
    """Counts for the labels with the most mistakes, from pairs of right label and label read."""
    labels = [right for right, _ in confused]
    rows = sorted(set(labels), key=lambda label: (-labels.count(label), label))[:worst]
    columns = sorted({read for right, read in confused if right in rows})
    counts = [[confused.count((row, column)) for column in columns] for row in rows]
    return {"labels": rows, "read_as": columns, "messages": counts}

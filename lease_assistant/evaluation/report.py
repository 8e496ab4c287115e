"""The figures of a run as a page of tables."""

from collections.abc import Iterable, Mapping, Sequence

from lease_assistant.evaluation.analysis import Figures
from lease_assistant.evaluation.metrics import MEASURES
from lease_assistant.evaluation.plots import FILE_TITLES

NUMBER = "{:.1f}"


def markdown(figures: Figures) -> str:
    """The whole page."""
    parts = [
        _head(figures),
        *(_main_table(figures["runs"], file) for file in figures["messages"]),
        _our_parts(figures),
        _dutch(figures),
        _curves(figures),
    ]
    return "\n\n".join(parts) + "\n"


def _head(figures: Figures) -> str:
    messages = " and ".join(f"{count} ({FILE_TITLES[name]})" for name, count in figures["messages"].items())
    left_out = " and ".join(str(count) for count in figures["left_out"].values())
    thresholds = ", ".join(f"{name} {value}" for name, value in figures["thresholds"].items())
    return f"""# How well messages are understood

Written by `make evaluate`. {figures["examples"]} training examples; {messages} messages that are not among them
({left_out} others were left out: their words are those of a training example). Figures in percent.

- right article first, in first three: of the questions, whatever the confidence.
- right stated, wrong stated: of the questions, with the thresholds of config.yml ({thresholds}); a flow started for a
  question counts as wrong. Right or offered: stated, or one of three suggestions when nothing is stated.
- confident on uncovered: of the messages that the documents do not cover, those that get an article or start a flow.
- seconds of training and ms a message: on a machine that others used too; compare, do not quote."""


def _main_table(runs: Sequence[Figures], file: str) -> str:
    header = [FILE_TITLES[file], *(measure.title for measure in MEASURES), "training, s", "ms a message"]
    rows = []
    for run in runs:
        if "skipped" in run:
            rows.append([run["name"], f"skipped: {run['skipped']}", *[""] * (len(MEASURES) + 1)])
            continue
        values = [*(run["files"][file][measure.name] for measure in MEASURES), run["seconds"], run["milliseconds"]]
        rows.append([run["name"], *map(NUMBER.format, values)])
    return table(header, rows)


def _our_parts(figures: Figures) -> str:
    confused = [[row["label"], row["read_as"], str(row["messages"])] for row in figures["confusions"]]
    lost = [
        [name.replace("_", " "), *(NUMBER.format(figures[key][name]) for key in ("noise_loss", "context_loss"))]
        for name in figures["noise_loss"]
    ]
    return "\n\n".join(
        (
            "## Our classifier, all files together",
            "The assistant on all of them:\n\n"
            + table(
                [each.title for each in MEASURES], [[NUMBER.format(value) for value in figures["together"].values()]]
            ),
            "### Topic groups\n\n" + _shares("group", figures["by_topic_group"]),
            "### Styles\n\n" + _shares("style", figures["by_style"]),
            "### Points lost by one or two typing errors, and by coming after an answer about something else\n\n"
            + table(["measure", "typing errors", "another answer before"], lost),
            "### Most frequent confusions\n\n" + table(["right", "read as", "messages"], confused),
            "![confusions](confusions.png)",
        )
    )


def _dutch(figures: Figures) -> str:
    variants = [[name, NUMBER.format(value)] for name, value in figures["variants"].items()]
    return "\n\n".join(
        (
            "## The assistant on more than single messages",
            "### Two questions in one message\n\n" + _by_file(figures["two_questions"]),
            "### Second messages\n\n" + _by_file(figures["follow_ups"]),
            "### Right label first, by what sets a message apart from plain Dutch (tests/nlu/variants.yml)\n\n"
            + table(["", "%"], variants),
        )
    )


def _by_file(files: Mapping[str, Figures]) -> str:
    """A column for each file of tests/nlu, in percent."""
    names = next(iter(files.values()))
    rows = [[name, *(_percentage(figures[name]) for figures in files.values())] for name in names]
    return table(["%", *(f"{file}.yml" for file in files)], rows)


def _shares(title: str, groups: Mapping[str, Figures]) -> str:
    rows = [[name, str(row["messages"]), NUMBER.format(row["right"])] for name, row in groups.items()]
    return table([title, "messages", "right reading first"], rows)


def _curves(figures: Figures) -> str:
    names = ("right_stated", "right_or_offered", "asked", "wrong_stated", "uncovered_stated")
    titles = {measure.name: measure.title for measure in MEASURES} | {"asked": "asked back"}
    return "\n\n".join(
        (
            "## Thresholds\n\n" + _figures(figures["threshold_curve"], "answer_above", names, titles),
            "![thresholds](thresholds.png)",
            "## Confidence\n\n" + _figures(figures["calibration"], "confidence", ("right", "messages"), {}),
            "![calibration](calibration.png)",
            "## Number of examples\n\n"
            + _figures(figures["learning_curve"], "examples", tuple(FILE_TITLES), FILE_TITLES),
            "![learning curve](learning.png)",
        )
    )


def _figures(rows: Iterable[Figures], key: str, names: Sequence[str], titles: Mapping[str, str]) -> str:
    content = [[_number(row[key]), *(_percentage(row[name]) for name in names)] for row in rows]
    return table([key, *(titles.get(name, name) for name in names)], content)


def _number(value: float) -> str:
    """A count or a threshold as it is, a share with one digit."""
    return str(value) if isinstance(value, int) or value < 1 else NUMBER.format(value)


def _percentage(value: float) -> str:
    return str(value) if isinstance(value, int) else NUMBER.format(value)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: the first column to the left, the others to the right."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

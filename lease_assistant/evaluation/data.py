"""The training examples, and the messages that nobody trained on with the articles that count as right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from lease_assistant.answers import answer_book
from lease_assistant.nlu.decision import Thresholds
from lease_assistant.nlu.normalise import WORD, normalise
from lease_assistant.terms import DATA, load_yaml
from lease_assistant.understanding import ASK_TERM, OUT_OF_SCOPE

ROOT = DATA.parent
TESTS = ROOT / "tests" / "nlu"
TEST_FILES = ("held_out", "exam", "fresh", "later")
LANGUAGE = "lease_assistant.nlu.language.DutchLanguage"
CLASSIFIER = "lease_assistant.nlu.classifier.LeaseClassifier"


@dataclass(frozen=True)
class Example:
    """A message as typed, with its label such as ``ask_term/winter_tyres``.

    The text stays out of its representation: what a failing test prints must not show messages to test with.
    """

    text: str = field(repr=False)
    label: str


@dataclass(frozen=True)
class Case(Example):
    """A message to test with. `articles`: those that count as right, empty for anything but a question."""

    articles: tuple[str, ...]
    style: str

    @property
    def group(self) -> str:
        """What the customer wants: question, flow, uncovered or talk."""
        intent = self.label.partition("/")[0]
        if intent.startswith("start_"):
            return "flow"
        return {ASK_TERM: "question", OUT_OF_SCOPE: "uncovered"}.get(intent, "talk")


def training_examples(folder: Path = DATA / "nlu") -> list[Example]:
    """All examples of Rasa's training files below `folder`, in the order of the files."""
    return [example for path in sorted(folder.glob("*.yml")) for example in _examples(path)]


def _examples(path: Path) -> Iterator[Example]:
    for block in load_yaml(path)["nlu"]:
        label = "/".join([block["intent"], *(block.get("metadata") or {}).values()])
        for line in block["examples"].splitlines():
            if line.strip():
                yield Example(line.strip().removeprefix("- ").strip(), label)


def unseen_cases(name: str, folder: Path = TESTS) -> list[Case]:
    """The messages of ``tests/nlu/<name>.yml``."""
    rows = load_yaml(folder / f"{name}.yml")
    return [Case(row["text"], row["intent"], tuple(row["articles"]), row["style"]) for row in rows]


def without_seen(cases: Sequence[Case], examples: Sequence[Example]) -> list[Case]:
    """The cases whose words are not those of a training example: bare keywords happen to be, and would flatter."""
    seen = {words(example.text) for example in examples}
    return [case for case in cases if words(case.text) not in seen]


def words(text: str) -> str:
    """The words of a text as the classifier reads them, without punctuation."""
    return " ".join(WORD.findall(normalise(text)))


def configured_language(path: Path = ROOT / "config.yml") -> str:
    """The spaCy pipeline that the assistant runs with."""
    return str(_component(path, LANGUAGE)["model"])


def _component(path: Path, name: str) -> dict[str, Any]:
    return next(part for part in load_yaml(path)["pipeline"] if part["name"] == name)


@lru_cache
def first_articles() -> dict[str, str]:
    """The article that carries the answer, for the label of each topic."""
    return {f"{ASK_TERM}/{topic}": str(answer.articles[0]) for topic, answer in answer_book().items()}


@lru_cache
def topic_groups(folder: Path = DATA / "answers") -> dict[str, str]:
    """The file of answers that each topic's label belongs to."""
    return {f"{ASK_TERM}/{topic}": path.stem for path in sorted(folder.glob("*.yml")) for topic in load_yaml(path)}


def configured_thresholds(path: Path = ROOT / "config.yml") -> Thresholds:
    """The thresholds that the assistant runs with."""
    component = _component(path, CLASSIFIER)
    return Thresholds(**{part.name: float(component[part.name]) for part in fields(Thresholds)})


def normalised(examples: Sequence[Example]) -> list[str]:
    """The texts as the classifier reads them."""
    return [normalise(example.text) for example in examples]

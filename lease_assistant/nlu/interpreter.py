"""The whole way from a normalised text to the probability of each label: spaCy, the words of the domain, classifier."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lease_assistant.nlu.model import IntentModel, Scores
from lease_assistant.nlu.reading import Language, Vocabulary


@dataclass(frozen=True)
class Learnt:
    """What training leaves behind. It only fits the spaCy pipeline that it was trained with."""

    vocabulary: Vocabulary
    model: IntentModel

    @classmethod
    def train(cls, language: Language, texts: Sequence[str], labels: Sequence[str]) -> "Learnt":
        """Train on normalised `texts` with their `labels`; deterministic."""
        vocabulary, readings = Vocabulary.learn(language, texts)
        return cls(vocabulary, IntentModel.train(readings, labels))

    def save(self, folder: Path) -> None:
        """Write both parts to `folder`."""
        self.vocabulary.save(folder)
        self.model.save(folder)

    @classmethod
    def load(cls, folder: Path) -> "Learnt":
        """Read what `save` wrote."""
        return cls(Vocabulary.load(folder), IntentModel.load(folder))


@dataclass(frozen=True)
class Interpreter:
    """Gives normalised texts their probabilities."""

    language: Language
    learnt: Learnt

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels, in the order of the probabilities."""
        return self.learnt.model.labels

    def probabilities(self, texts: Sequence[str]) -> Scores:
        """Calibrated probabilities, shape (texts, labels)."""
        return self.learnt.model.probabilities(self.learnt.vocabulary.read(self.language, texts))

    def classify_all(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Probability of each label for each text."""
        return [dict(zip(self.labels, row, strict=True)) for row in self.probabilities(texts).tolist()]

    def classify(self, text: str) -> dict[str, float]:
        """Probability of each label for one text."""
        return self.classify_all([text])[0]

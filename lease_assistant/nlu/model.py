"""The classifier: tf-idf of words, parts of words and lemmas, a linear SVM, calibrated to probabilities.

Free of Rasa, so that it can be compared, measured and tested by itself. See docs/decisions/ for why this one.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import hstack, spmatrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from lease_assistant.nlu.reading import Reading

Scores = NDArray[np.float64]

WEIGHTS_FILE = "weights.npz"
FEATURES_FILE = "features.json"
WORD_PATTERN = r"(?u)\b\w+\b"
# Words count less than their parts: a typing error spoils a word, but only some of its parts.
WORD_WEIGHT = 0.6
CHARACTER_WEIGHT = 1.0
LEMMA_WEIGHT = 0.6
WEIGHTS = (WORD_WEIGHT, CHARACTER_WEIGHT, LEMMA_WEIGHT)
# Held back once, not in turn: one number is fitted, for which thousands of examples are plenty.
CALIBRATION_SHARE = 0.25


def word_view() -> TfidfVectorizer:
    """Words and pairs of words."""
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD_PATTERN, min_df=2)


def character_view() -> TfidfVectorizer:
    """Parts of words, which survive typing errors, compounds and inflection."""
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=4)


def lemma_view() -> TfidfVectorizer:
    """Lemmas and what goes with them; the reading holds the terms already."""
    return TfidfVectorizer(analyzer=tuple, sublinear_tf=True, min_df=2)


def linear_svm(seed: int = 7) -> LinearSVC:
    """The classifier: one weight for each feature and label."""
    return LinearSVC(C=1.0, random_state=seed)


def _views() -> tuple[TfidfVectorizer, ...]:
    return word_view(), character_view(), lemma_view()


@dataclass(frozen=True)
class IntentModel:
    """A trained classifier. `labels` are in the order of the columns of `weights` (features x labels)."""

    labels: tuple[str, ...]
    vectorizers: tuple[TfidfVectorizer, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    temperature: float

    @classmethod
    def train(cls, readings: Sequence[Reading], labels: Sequence[str], seed: int = 7) -> "IntentModel":
        """Train on `readings` with their `labels`; deterministic for a `seed`."""
        vectorizers = _views()
        features = _features(vectorizers, readings, fit=True)
        classifier = linear_svm(seed)
        temperature = calibrate(classifier, features, labels, seed)
        classifier.fit(features, labels)
        return cls(
            tuple(classifier.classes_),
            vectorizers,
            _by_row(classifier.coef_.T),
            classifier.intercept_.astype(np.float32),
            temperature,
        )

    def probabilities(self, readings: Sequence[Reading]) -> Scores:
        """Calibrated probabilities, shape (readings, labels)."""
        features = _features(self.vectorizers, readings)
        margins = features.astype(np.float32) @ self.weights + self.bias
        return softmax(margins.astype(np.float64), self.temperature)

    def save(self, folder: Path) -> None:
        """Write the model to `folder`: plain numbers and JSON, nothing that runs code when it is loaded."""
        document_frequencies = {f"idf_{i}": vectorizer.idf_ for i, vectorizer in enumerate(self.vectorizers)}
        np.savez_compressed(
            folder / WEIGHTS_FILE, weights=self.weights.astype(np.float16), bias=self.bias, **document_frequencies
        )
        vocabularies = [sorted(v.vocabulary_, key=v.vocabulary_.__getitem__) for v in self.vectorizers]
        head = {"labels": self.labels, "temperature": self.temperature, "vocabularies": vocabularies}
        (folder / FEATURES_FILE).write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "IntentModel":
        """Read a model that `save` wrote."""
        head = json.loads((folder / FEATURES_FILE).read_text(encoding="utf-8"))
        with np.load(folder / WEIGHTS_FILE, allow_pickle=False) as arrays:
            vectorizers = _views()
            for i, (vectorizer, vocabulary) in enumerate(zip(vectorizers, head["vocabularies"], strict=True)):
                vectorizer.vocabulary = {term: column for column, term in enumerate(vocabulary)}
                vectorizer.idf_ = arrays[f"idf_{i}"]
            weights, bias = _by_row(arrays["weights"]), arrays["bias"]
        return cls(tuple(head["labels"]), vectorizers, weights, bias, head["temperature"])


def _features(views: Sequence[TfidfVectorizer], readings: Sequence[Reading], *, fit: bool = False) -> spmatrix:
    """The views side by side, each with its weight: words and parts of words of the text, then the terms."""
    texts, terms = [reading.text for reading in readings], [reading.terms for reading in readings]
    columns = zip(views, (texts, texts, terms), WEIGHTS, strict=True)
    blocks = [(view.fit_transform(read) if fit else view.transform(read)) * weight for view, read, weight in columns]
    return hstack(blocks, format="csr")


def _by_row(weights: NDArray[Any]) -> NDArray[np.float32]:
    """In the order and type in which they are multiplied: anything else is copied for every message, 10 ms each."""
    return np.ascontiguousarray(weights, dtype=np.float32)


def calibrate(classifier: LinearSVC, features: spmatrix, labels: Sequence[str], seed: int) -> float:
    """The divisor of the margins that makes probabilities honest on examples held back from the training."""
    truth = np.unique(labels, return_inverse=True)[1]
    learn, held_back = train_test_split(
        np.arange(len(truth)), test_size=CALIBRATION_SHARE, stratify=truth, random_state=seed
    )
    margins = classifier.fit(features[learn], truth[learn]).decision_function(features[held_back])
    rows = np.arange(len(held_back)), truth[held_back]

    def loss(temperature: float) -> float:
        return float(-np.log(softmax(margins, temperature)[rows] + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=(0.02, 2.0), method="bounded").x)


def softmax(margins: Scores, temperature: float) -> Scores:
    """Margins (texts x labels) to probabilities that add up to one per text."""
    scaled = margins / temperature
    exponents = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(exponents / exponents.sum(axis=1, keepdims=True))

"""Our classifier and its variants: each is trained on the same examples and gives probabilities of labels."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from lease_assistant.evaluation.data import Example, configured_language, normalised
from lease_assistant.evaluation.peers import Answers
from lease_assistant.nlu.interpreter import Interpreter, Learnt
from lease_assistant.nlu.model import (
    CHARACTER_WEIGHT,
    LEMMA_WEIGHT,
    WORD_WEIGHT,
    Scores,
    calibrate,
    character_view,
    lemma_view,
    linear_svm,
    softmax,
    word_view,
)
from lease_assistant.nlu.normalise import normalise
from lease_assistant.nlu.pipeline import load_language
from lease_assistant.nlu.reading import Language, Reading, Vocabulary

Run = Callable[[list[Example], list[str]], Answers]
Column = Callable[[Reading], Any]
TIMED_MESSAGES = 200
SEED = 7


@lru_cache
def language() -> Language:
    """The spaCy pipeline that the assistant runs with."""
    return load_language(configured_language())


def train(examples: Sequence[Example]) -> Interpreter:
    """The interpreter of the assistant, trained on `examples`."""
    labels = [example.label for example in examples]
    return Interpreter(language(), Learnt.train(language(), normalised(examples), labels))


def ours(examples: Sequence[Example], texts: Sequence[str]) -> tuple[Interpreter, Answers]:
    """The interpreter as it is, and what it makes of `texts`."""
    # Loaded once when the assistant starts, so no part of the training.
    language()
    started = time.perf_counter()
    interpreter = train(examples)
    seconds = time.perf_counter() - started
    milliseconds = _milliseconds(texts, lambda text: interpreter.classify(normalise(text)))
    return interpreter, Answers(classify(interpreter, texts), seconds, milliseconds, len(examples))


def classify(interpreter: Interpreter, texts: Sequence[str]) -> list[dict[str, float]]:
    """The probabilities that the interpreter gives to `texts`, as typed."""
    return interpreter.classify_all([normalise(text) for text in texts])


def rows(labels: Sequence[str], probabilities: Scores) -> list[dict[str, float]]:
    """A dictionary for each message."""
    return [dict(zip(labels, values, strict=True)) for values in probabilities.tolist()]


def _milliseconds(texts: Sequence[str], read: Callable[[str], object]) -> float:
    """The mean time of reading a message."""
    started = time.perf_counter()
    for text in texts[:TIMED_MESSAGES]:
        read(text)
    return 1000 * (time.perf_counter() - started) / len(texts[:TIMED_MESSAGES])


@dataclass(frozen=True)
class View:
    """What a vectorizer reads of a message, and how much that counts."""

    vectorizer: Callable[[], TfidfVectorizer]
    weight: float
    column: Column = lambda reading: reading.text


WORDS = View(word_view, WORD_WEIGHT)
CHARACTERS = View(character_view, CHARACTER_WEIGHT)
LEMMAS = View(lemma_view, LEMMA_WEIGHT, lambda reading: reading.terms)


@dataclass(frozen=True)
class Variant:
    """A linear classifier on some views of a message. `repaired`: whether spelling is repaired first."""

    name: str
    views: tuple[View, ...]
    classifier: Callable[[], Any] = linear_svm
    repaired: bool = True

    def run(self, examples: Sequence[Example], texts: Sequence[str]) -> Answers:
        """Train on `examples` and classify `texts`."""
        started = time.perf_counter()
        words, readings = self._learn(normalised(examples))
        vectorizers = [view.vectorizer() for view in self.views]
        features = self._stack([v.fit_transform(column) for v, column in self._columns(vectorizers, readings)])
        labels = [example.label for example in examples]
        classifier = self.classifier()
        temperature = calibrate(classifier, features, labels, SEED) if isinstance(classifier, LinearSVC) else None
        classifier.fit(features, labels)
        seconds = time.perf_counter() - started

        def probabilities(messages: Sequence[str]) -> Scores:
            read = self._read(words, [normalise(text) for text in messages])
            found = self._stack([v.transform(column) for v, column in self._columns(vectorizers, read)])
            if temperature is None:
                return np.asarray(classifier.predict_proba(found))
            return softmax(classifier.decision_function(found), temperature)

        milliseconds = _milliseconds(texts, lambda text: probabilities([text]))
        return Answers(rows(classifier.classes_, probabilities(texts)), seconds, milliseconds, len(examples))

    def _learn(self, texts: Sequence[str]) -> tuple[Vocabulary | None, list[Reading]]:
        return Vocabulary.learn(language(), texts) if self.repaired else (None, self._read(None, texts))

    @staticmethod
    def _read(words: Vocabulary | None, texts: Sequence[str]) -> list[Reading]:
        return words.read(language(), texts) if words else [Reading(text, ()) for text in texts]

    def _columns(
        self, vectorizers: Sequence[TfidfVectorizer], readings: Sequence[Reading]
    ) -> list[tuple[TfidfVectorizer, list[Any]]]:
        columns = ([view.column(reading) for reading in readings] for view in self.views)
        return list(zip(vectorizers, columns, strict=True))

    def _stack(self, blocks: Sequence[Any]) -> Any:
        return hstack([block * view.weight for block, view in zip(blocks, self.views, strict=True)], format="csr")


VARIANTS = (
    Variant("SVM, words only", (WORDS,)),
    Variant("SVM, lemmas only", (LEMMAS,)),
    Variant("SVM, characters only", (CHARACTERS,)),
    Variant("SVM, words + characters", (WORDS, CHARACTERS)),
    Variant("SVM, words + characters, spelling as typed", (WORDS, CHARACTERS), repaired=False),
    Variant("SVM, characters + lemmas", (CHARACTERS, LEMMAS)),
    Variant(
        "LogisticRegression, words + characters + lemmas",
        (WORDS, CHARACTERS, LEMMAS),
        lambda: LogisticRegression(C=30, solver="saga", tol=0.01, max_iter=40, random_state=SEED),
    ),
)

"""Our classifier and its variants: each is trained on the same examples and gives probabilities of labels."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from lease_assistant.evaluation.data import ROOT, Example, normalised
from lease_assistant.evaluation.peers import Answers, SkippedError
from lease_assistant.nlu.model import (
    WEIGHTS,
    WORD_WEIGHT,
    IntentModel,
    Scores,
    calibrate,
    character_view,
    linear_svm,
    softmax,
    word_view,
)
from lease_assistant.nlu.normalise import normalise

Run = Callable[[list[Example], list[str]], Answers]
Lemmatise = Callable[[Sequence[str]], list[str]]
SPACY_MODEL = ROOT / "models" / "nl_lease_sm"
TIMED_MESSAGES = 200
SEED = 7


def rows(labels: Sequence[str], probabilities: Scores) -> list[dict[str, float]]:
    """A dictionary for each message."""
    return [dict(zip(labels, values, strict=True)) for values in probabilities.tolist()]


def ours(examples: Sequence[Example], texts: Sequence[str]) -> tuple[IntentModel, Answers]:
    """The classifier of the assistant, as it is."""
    started = time.perf_counter()
    model = IntentModel.train(normalised(examples), [example.label for example in examples])
    seconds = time.perf_counter() - started
    started = time.perf_counter()
    for text in texts[:TIMED_MESSAGES]:
        model.classify(normalise(text))
    milliseconds = 1000 * (time.perf_counter() - started) / len(texts[:TIMED_MESSAGES])
    return model, Answers(classify(model, texts), seconds, milliseconds, len(examples))


def classify(model: IntentModel, texts: Sequence[str]) -> list[dict[str, float]]:
    """What our classifier makes of `texts`, as typed."""
    return rows(model.labels, model.probabilities([normalise(text) for text in texts]))


@dataclass(frozen=True)
class Variant:
    """A linear classifier on one or more views of the text. `views`: a vectorizer, and whether it reads lemmas."""

    name: str
    views: Callable[[], tuple[TfidfVectorizer, ...]]
    classifier: Callable[[], Any] = linear_svm
    weights: tuple[float, ...] = WEIGHTS
    lemmas: bool = False

    def run(self, examples: Sequence[Example], texts: Sequence[str]) -> Answers:
        """Train on `examples` and classify `texts`."""
        lemmatise = load_lemmatiser() if self.lemmas else None
        started = time.perf_counter()
        views = self.views()
        features = self._features(views, normalised(examples), lemmatise, fit=True)
        labels = [example.label for example in examples]
        classifier = self.classifier()
        temperature = calibrate(classifier, features, labels, SEED) if isinstance(classifier, LinearSVC) else None
        classifier.fit(features, labels)
        seconds = time.perf_counter() - started

        def probabilities(messages: Sequence[str]) -> Scores:
            found = self._features(views, [normalise(text) for text in messages], lemmatise, fit=False)
            if temperature is None:
                return np.asarray(classifier.predict_proba(found))
            return softmax(classifier.decision_function(found), temperature)

        started = time.perf_counter()
        for text in texts[:TIMED_MESSAGES]:
            probabilities([text])
        milliseconds = 1000 * (time.perf_counter() - started) / len(texts[:TIMED_MESSAGES])
        return Answers(rows(classifier.classes_, probabilities(texts)), seconds, milliseconds, len(examples))

    def _features(
        self, views: Sequence[TfidfVectorizer], texts: Sequence[str], lemmatise: Lemmatise | None, *, fit: bool
    ) -> Any:
        """The views side by side; with a lemmatiser the last view reads lemmas."""
        read = [texts] * len(views)
        if lemmatise is not None:
            read[-1] = lemmatise(texts)
        blocks = [
            view.fit_transform(text) if fit else view.transform(text) for view, text in zip(views, read, strict=True)
        ]
        return hstack([block * weight for block, weight in zip(blocks, self.weights, strict=True)], format="csr")


def load_lemmatiser(path: Path = SPACY_MODEL) -> Lemmatise:
    """What turns the words of texts into lemmas, with our own spaCy pipeline."""
    if not path.is_dir():
        raise SkippedError(f"{path.relative_to(ROOT)} is not there")
    # Only this variant needs it.
    import spacy  # noqa: PLC0415

    pipeline = spacy.load(path, exclude=["parser"])

    def lemmatise(texts: Sequence[str]) -> list[str]:
        return [" ".join(word.lemma_ or word.text for word in text) for text in pipeline.pipe(texts)]

    return lemmatise


VARIANTS = (
    Variant("SVM, words only", lambda: (word_view(),), weights=(1.0,)),
    Variant("SVM, characters only", lambda: (character_view(),), weights=(1.0,)),
    Variant(
        "LogisticRegression, words + characters",
        lambda: (word_view(), character_view()),
        lambda: LogisticRegression(C=30, solver="saga", tol=0.01, max_iter=40, random_state=SEED),
    ),
    Variant(
        "SVM, words + characters + lemmas",
        lambda: (word_view(), character_view(), word_view()),
        weights=(*WEIGHTS, WORD_WEIGHT),
        lemmas=True,
    ),
)

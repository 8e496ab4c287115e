from pathlib import Path

import numpy as np
import pytest

from lease_assistant.evaluation import contenders
from lease_assistant.evaluation.data import Example
from lease_assistant.nlu.interpreter import Interpreter, Learnt
from lease_assistant.nlu.model import softmax

LABELS = ("ask_term/abroad", "ask_term/fines", "greet", "thanks")
MESSAGES = ["mag ik met de auto naar spanje", "wie betaalt mijn boete", "hallo", "", "asdfgh", "🚗"]


@pytest.fixture(scope="module")
def few(examples: list[Example]) -> list[Example]:
    return [example for example in examples if example.label in LABELS]


@pytest.fixture(scope="module")
def small(few: list[Example]) -> Interpreter:
    return contenders.train(few)


def test_a_saved_model_gives_the_same_probabilities(small: Interpreter, tmp_path: Path) -> None:
    small.learnt.save(tmp_path)
    loaded = Interpreter(small.language, Learnt.load(tmp_path))
    assert loaded.labels == small.labels
    # Weights are stored with half the digits.
    np.testing.assert_allclose(loaded.probabilities(MESSAGES), small.probabilities(MESSAGES), atol=0.01)
    again = tmp_path / "again"
    again.mkdir()
    loaded.learnt.save(again)
    twice = Interpreter(small.language, Learnt.load(again))
    np.testing.assert_array_equal(twice.probabilities(MESSAGES), loaded.probabilities(MESSAGES))


def test_training_is_deterministic(few: list[Example], small: Interpreter) -> None:
    np.testing.assert_array_equal(contenders.train(few).probabilities(MESSAGES), small.probabilities(MESSAGES))


def test_probabilities_add_up_for_any_message(small: Interpreter) -> None:
    np.testing.assert_allclose(small.probabilities(MESSAGES).sum(axis=1), 1)


def test_one_message_as_many(small: Interpreter) -> None:
    found = small.classify(MESSAGES[0])
    assert tuple(found) == small.labels
    np.testing.assert_allclose(list(found.values()), small.probabilities(MESSAGES)[0], atol=1e-5)
    assert max(found, key=found.__getitem__) == "ask_term/abroad"


def test_softmax_takes_large_margins() -> None:
    np.testing.assert_allclose(softmax(np.array([[1000.0, 0.0]]), 0.1), [[1, 0]])


def test_a_lower_temperature_is_more_certain() -> None:
    margins = np.array([[1.0, 0.0]])
    assert softmax(margins, 0.1)[0, 0] > softmax(margins, 1.0)[0, 0]


def test_the_model_stays_small(interpreter: Interpreter, tmp_path: Path) -> None:
    interpreter.learnt.save(tmp_path)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 8_000_000

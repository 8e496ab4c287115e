from pathlib import Path

import numpy as np
import pytest

from lease_assistant.evaluation.data import Example, normalised
from lease_assistant.nlu.model import IntentModel, softmax

LABELS = ("ask_term/abroad", "ask_term/fines", "greet", "thanks")
MESSAGES = ["mag ik met de auto naar spanje", "wie betaalt mijn boete", "hallo", "", "asdfgh", "🚗"]


@pytest.fixture(scope="module")
def few(examples: list[Example]) -> list[Example]:
    return [example for example in examples if example.label in LABELS]


@pytest.fixture(scope="module")
def small(few: list[Example]) -> IntentModel:
    return train(few)


def train(examples: list[Example]) -> IntentModel:
    return IntentModel.train(normalised(examples), [example.label for example in examples])


def test_a_saved_model_gives_the_same_probabilities(small: IntentModel, tmp_path: Path) -> None:
    small.save(tmp_path)
    loaded = IntentModel.load(tmp_path)
    assert loaded.labels == small.labels
    # Weights are stored with half the digits.
    np.testing.assert_allclose(loaded.probabilities(MESSAGES), small.probabilities(MESSAGES), atol=0.01)
    again = tmp_path / "again"
    again.mkdir()
    loaded.save(again)
    np.testing.assert_array_equal(IntentModel.load(again).probabilities(MESSAGES), loaded.probabilities(MESSAGES))


def test_training_is_deterministic(few: list[Example], small: IntentModel) -> None:
    np.testing.assert_array_equal(train(few).probabilities(MESSAGES), small.probabilities(MESSAGES))


def test_probabilities_add_up_for_any_message(small: IntentModel) -> None:
    np.testing.assert_allclose(small.probabilities(MESSAGES).sum(axis=1), 1)


def test_one_message_as_many(small: IntentModel) -> None:
    found = small.classify(MESSAGES[0])
    assert tuple(found) == small.labels
    np.testing.assert_allclose(list(found.values()), small.probabilities(MESSAGES)[0], atol=1e-6)
    assert max(found, key=found.__getitem__) == "ask_term/abroad"


def test_softmax_takes_large_margins() -> None:
    np.testing.assert_allclose(softmax(np.array([[1000.0, 0.0]]), 0.1), [[1, 0]])


def test_a_lower_temperature_is_more_certain() -> None:
    margins = np.array([[1.0, 0.0]])
    assert softmax(margins, 0.1)[0, 0] > softmax(margins, 1.0)[0, 0]


def test_the_model_stays_small(model: IntentModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 8_000_000

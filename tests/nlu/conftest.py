import pytest

from lease_assistant.evaluation.data import (
    TEST_FILES,
    Case,
    Example,
    normalised,
    training_examples,
    unseen_cases,
    without_seen,
)
from lease_assistant.nlu.model import IntentModel


@pytest.fixture(scope="session")
def examples() -> list[Example]:
    return training_examples()


@pytest.fixture(scope="session")
def cases(examples: list[Example]) -> dict[str, list[Case]]:
    return {name: without_seen(unseen_cases(name), examples) for name in TEST_FILES}


@pytest.fixture(scope="session")
def model(examples: list[Example]) -> IntentModel:
    return IntentModel.train(normalised(examples), [example.label for example in examples])

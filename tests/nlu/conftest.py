import pytest

import tests.quiet_spacy  # noqa: F401
from lease_assistant.evaluation import contenders
from lease_assistant.evaluation.data import TEST_FILES, Case, Example, training_examples, unseen_cases, without_seen
from lease_assistant.nlu.interpreter import Interpreter
from lease_assistant.nlu.reading import Language


@pytest.fixture(scope="session")
def examples() -> list[Example]:
    return training_examples()


@pytest.fixture(scope="session")
def cases(examples: list[Example]) -> dict[str, list[Case]]:
    return {name: without_seen(unseen_cases(name), examples) for name in TEST_FILES}


@pytest.fixture(scope="session")
def language() -> Language:
    return contenders.language()


@pytest.fixture(scope="session")
def interpreter(examples: list[Example]) -> Interpreter:
    return contenders.train(examples)

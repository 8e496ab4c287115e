"""Which of Rasa's warnings about the data are expected."""

import pytest

from lease_assistant.serve.validation import unexpected


@pytest.mark.parametrize(
    "warning",
    [
        "The following duplicated intents have been found across multiple domain files: ask_term, out_of_scope",
        "Action 'utter_ask_term' is listed as a response action in the domain file, but there is no matching response",
        "The utterance 'utter_outage' is not used in any story or rule.",
    ],
)
def test_expected(warning: str) -> None:
    assert unexpected([f"{warning}\n  More info at a page"]) == []


@pytest.mark.parametrize(
    "warning",
    [
        "The utterance 'utter_greet' is not used in any story or rule.",
        "The intent 'greet' is not used in any story or rule.",
        "Action 'utter_outage' is listed as a response action in the domain file, but there is no matching response",
        "The example 'hallo' was found labeled with multiple different intents in the training data.",
        "The following duplicated intents have been found across multiple domain files: ask_term, greet, out_of_scope",
    ],
)
def test_not_expected(warning: str) -> None:
    assert unexpected([warning]) == [warning]


def test_without_warnings() -> None:
    assert unexpected(None) == []

"""Courtesies around a question."""

import pytest

from lease_assistant.nlu.courtesy import without_courtesies


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("goedemiddag, vraagje. mag mijn vrouw rijden", "mag mijn vrouw rijden"),
        ("hoi! ik heb een vraag: wie betaalt de boete", "wie betaalt de boete"),
        ("geachte heer, mevrouw, wanneer eindigt mijn lease? hoogachtend, j. de vries", "wanneer eindigt mijn lease"),
        ("waar lever ik de auto in? alvast bedankt", "waar lever ik de auto in"),
    ],
)
def test_the_question_is_left(text: str, core: str) -> None:
    assert without_courtesies(text) == core


@pytest.mark.parametrize(
    "text", ["hallo", "goedemorgen allemaal", "daar heb ik niet op gelet", "goed weekend en tot maandag"]
)
def test_nothing_is_taken_where_no_question_would_be_left(text: str) -> None:
    assert without_courtesies(text) == text

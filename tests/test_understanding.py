"""What the conversation gets to see of a message."""

import pytest

from lease_assistant.understanding import Candidate, Understanding


def test_a_typed_message_keeps_its_candidates() -> None:
    message = {
        "text": "winterbanden?",
        "intent": {"name": "ask_term"},
        "understanding": {
            "certainty": "sure",
            "candidates": [{"label": "ask_term/winter_tyres", "confidence": 0.8}],
            "topics": ["winter_tyres"],
        },
    }
    understood = Understanding.from_message(message)
    assert (understood.intent, understood.topic, understood.detail) == ("ask_term", "winter_tyres", "winter_tyres")
    assert understood.part is None


def test_a_button_is_certain_by_itself() -> None:
    entities = [{"entity": "topic", "value": "winter_tyres"}, {"entity": "part", "value": "more"}]
    message = {"text": "/ask_term", "intent": {"name": "ask_term"}, "entities": entities}
    understood = Understanding.from_message(message)
    assert (understood.certainty, understood.topics, understood.part) == ("sure", ("winter_tyres",), "more")


@pytest.mark.parametrize("value", [None, 7, ["winter_tyres"], {"topic": "winter_tyres"}])
def test_a_payload_with_something_else_than_a_name_names_nothing(value: object) -> None:
    message = {"text": "/ask_term", "intent": {"name": "ask_term"}, "entities": [{"entity": "topic", "value": value}]}
    assert Understanding.from_message(message).topics == ()


def test_an_empty_message_is_not_understood() -> None:
    understood = Understanding.from_message({"text": None, "intent": None})
    assert (understood.text, understood.intent, understood.topic, understood.detail) == ("", "nlu_fallback", None, None)


def test_a_label_has_an_intent_and_a_detail() -> None:
    assert (Candidate("out_of_scope/abuse", 0.5).intent, Candidate("out_of_scope/abuse", 0.5).detail) == (
        "out_of_scope",
        "abuse",
    )
    assert Candidate("greet", 0.5).detail is None

import json
from collections.abc import Callable
from typing import Any

import pytest

from lease_assistant.channels.website.refusals import STATUS, Refused
from lease_assistant.channels.website.requests import after_number, bearer, parse_message, plain_text
from lease_assistant.conversation.replies import texts

ID = "0123456789abcdef"


def code(call: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return refused.value.code


def body(**fields: Any) -> bytes:
    return json.dumps({"id": ID, "text": "hallo", **fields}).encode()


def test_a_message_and_a_pressed_button() -> None:
    typed = parse_message(body(text="  hallo \n", after=7), 1000)
    assert (typed.turn, typed.text, typed.button, typed.after) == (ID, "hallo", None, 7)
    pressed = parse_message(body(text=None, button="signed"), 1000)
    assert (pressed.text, pressed.button, pressed.after) == (None, "signed", 0)


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'"x"',
        body(id=None),
        body(id="short"),
        body(id="a" * 65),
        body(id="../../../../etc/passwd"),
        body(text=5),
        body(text=None),
        body(button="both"),
        body(after=-1),
        body(after=True),
        body(after=2**31),
        body(after="x"),
        body(after=1.5),
        b'{"id": "0123456789abcdef", "text": "\\ud800"}',
        body(text={"a": 1}),
    ],
)
def test_malformed_messages_are_refused(wrong: bytes) -> None:
    assert code(parse_message, wrong, 1000) == "malformed"


def test_the_length_counts_what_is_said() -> None:
    assert parse_message(body(text=" " + "é" * 1000 + " "), 1000).text == "é" * 1000
    assert code(parse_message, body(text="é" * 1001), 1000) == "message_too_long"
    assert code(parse_message, body(text=" \n\t "), 1000) == "empty"


@pytest.mark.parametrize(
    ("typed", "to_rasa"),
    [
        ("hallo", "hallo"),
        ("/restart", "restart"),
        ("//restart", "restart"),
        ("/ / restart", "restart"),
        ('/ask_term{"topic": "x"}', 'ask_term{"topic": "x"}'),
        ("1/2", "1/2"),
        ("/", "?"),
    ],
)
def test_typed_text_is_never_a_command(typed: str, to_rasa: str) -> None:
    assert plain_text(typed) == to_rasa
    assert not plain_text(typed).startswith("/")


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": ""}, {"authorization": "Basic abc"}, {"authorization": "Bearer "}]
)
def test_without_a_token_nothing_happens(headers: dict[str, str]) -> None:
    assert code(bearer, headers) == "token_missing"


def test_the_token_is_read_whatever_the_case_of_its_scheme() -> None:
    assert bearer({"authorization": "bearer abc"}) == "abc"


@pytest.mark.parametrize("wrong", ["-1", "1e3", "٣", "", "9" * 10, None])
def test_event_numbers_are_whole_numbers(wrong: object) -> None:
    assert code(after_number, wrong) == "malformed"


def test_every_refusal_has_a_status_and_one_dutch_sentence() -> None:
    sentences = texts("website").entries["errors"]
    assert set(sentences) == set(STATUS)
    for name in STATUS:
        message = Refused(name, 8).body()["error"]["message"]
        assert message.endswith(".")
        assert "{" not in message
        assert "None" not in message

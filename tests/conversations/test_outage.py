"""When the action server is away, the customer hears so, and the conversation goes on where it was."""

import uuid
from collections.abc import Iterator

import pytest

from tests.conversations.harness import ActionServer, Assistant

SORRY = "Door een storing kan ik dit nu niet voor u opzoeken."


@pytest.fixture
def outage(action_server: ActionServer) -> Iterator[ActionServer]:
    """The action server has crashed; it is back after the test."""
    action_server.stop()
    yield action_server
    if action_server.process is None:
        action_server.start()


def texts(assistant: Assistant, sender: str, message: str) -> str:
    return "\n".join(reply.get("text", "") for reply in assistant.say(sender, message))


def test_a_question_during_an_outage_gets_a_sentence_with_the_phone_number(
    assistant: Assistant, outage: ActionServer
) -> None:
    sender = uuid.uuid4().hex
    reply = texts(assistant, sender, "hoe hoog is mijn eigen risico bij een ruit?")
    assert SORRY in reply
    assert "070 41 47 560" in reply
    outage.start()
    assert "€ 135" in texts(assistant, sender, "hoe hoog is mijn eigen risico bij een ruit?")


def test_a_form_goes_on_where_it_was_after_an_outage(assistant: Assistant, action_server: ActionServer) -> None:
    sender = uuid.uuid4().hex
    assistant.say(sender, "bereken mijn opzegvergoeding")
    assistant.say(sender, "400 euro")
    assert assistant.slot(sender, "requested_slot") == "lease_term_months"
    action_server.stop()
    try:
        assert SORRY in texts(assistant, sender, "48 maanden")
        assert assistant.slot(sender, "requested_slot") == "lease_term_months"
    finally:
        action_server.start()
    assistant.say(sender, "48 maanden")
    assert assistant.slot(sender, "requested_slot") == "elapsed_months"
    assert assistant.slot(sender, "monthly_payment") == "400.00"

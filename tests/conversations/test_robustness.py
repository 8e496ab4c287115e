"""What a customer can do to a conversation, and what a server can: nothing may brick it."""

import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread

import pytest
import rasa.core.actions.action

from tests.conversations.harness import Assistant

SORRY = "Door een storing kan ik dit nu niet voor u opzoeken."
TIMEOUT_SECONDS = 0.3


@pytest.fixture
def sender() -> str:
    return uuid.uuid4().hex


def said(replies: list[dict[str, str]]) -> str:
    return "\n".join(reply.get("text", "") for reply in replies)


@pytest.fixture
def slow_server() -> Iterator[str]:
    """An action server that takes a request and does not answer until the test is over."""
    over = Event()

    class Silent(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            over.wait(10)

    server = HTTPServer(("127.0.0.1", 0), Silent)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/webhook"
    over.set()
    server.shutdown()
    server.server_close()


def test_five_messages_at_once_are_all_answered(assistant: Assistant, sender: str) -> None:
    messages = [
        "hallo",
        "wie betaalt de winterbanden?",
        "bedankt",
        "hoe hoog is mijn eigen risico bij een ruit?",
        "help",
    ]
    replies = assistant.say_at_once(sender, messages)
    assert all(said(reply) for reply in replies)
    assert "artikel 4.1" in said(replies[1])
    assert "artikel 3.6" in said(replies[3])
    assert "artikel 3.8" in said(assistant.say(sender, "mag mijn dochter van 17 rijden met begeleiding?"))


def test_five_answers_at_once_lose_nothing(assistant: Assistant, sender: str) -> None:
    assistant.say(sender, "/start_termination_quote")
    replies = assistant.say_at_once(sender, ["400 euro", "48 maanden", "24 maanden", "475 euro", "bedankt"])
    assert all(said(reply) for reply in replies)
    # Rasa handles the messages of a sender one after the other, in the order in which they came.
    assert "€ 1.800,00" in said(replies[3])


@pytest.mark.parametrize("text", ["a" * 10_000, "schade " * 1_428, "12 400 euro " * 830, "😡" * 10_000])
def test_a_very_long_message_leaves_the_question_open(assistant: Assistant, sender: str, text: str) -> None:
    assistant.say(sender, "/start_interest_calculation")
    reply = said(assistant.say(sender, text))
    assert reply
    assert SORRY not in reply
    if assistant.slot(sender, "leaving"):  # "schade schade ..." is taken for another flow
        assistant.say(sender, "nee")
    assistant.say(sender, "400 euro")
    assert assistant.slot(sender, "requested_slot") == "interest_due_date"


def test_a_very_long_message_outside_a_flow(assistant: Assistant, sender: str) -> None:
    assert said(assistant.say(sender, "ik heb een vraag " * 588))
    assert "€ 135" in said(assistant.say(sender, "hoe hoog is mijn eigen risico bij een ruit?"))


def test_a_slow_action_server_gives_the_outage_sentence(
    assistant: Assistant, sender: str, slow_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant.say(sender, "/start_termination_quote")
    monkeypatch.setattr(rasa.core.actions.action, "DEFAULT_REQUEST_TIMEOUT", TIMEOUT_SECONDS)
    with monkeypatch.context() as slow:
        slow.setattr(assistant.agent.action_endpoint, "url", slow_server)
        reply = said(assistant.say(sender, "400 euro"))
    monkeypatch.undo()
    assert SORRY in reply
    assert "070 41 47 560" in reply
    assert assistant.slot(sender, "requested_slot") == "monthly_payment"
    assistant.say(sender, "400 euro")
    assert assistant.slot(sender, "requested_slot") == "lease_term_months"

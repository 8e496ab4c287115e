"""Buttons and payloads."""

from lease_assistant.conversation.flow import Context
from lease_assistant.conversation.replies import (
    Texts,
    citations,
    flow_button,
    handover_reply,
    suggestions_reply,
    term_reply,
    topic_button,
)
from lease_assistant.terms import ArticleRef
from lease_assistant.understanding import Candidate


def test_citations_are_as_in_the_contract() -> None:
    assert citations([ArticleRef("AV", "3.6")]) == [{"document": "AV", "article": "3.6"}]


def test_a_topic_button_asks_for_its_topic() -> None:
    assert topic_button("winter_tyres").payload == '/ask_term{"topic": "winter_tyres"}'


def test_a_flow_button_starts_its_flow() -> None:
    assert flow_button("start_damage_report").title == "Schade melden"
    assert flow_button("start_damage_report").payload == "/start_damage_report"


def test_texts_are_stripped() -> None:
    texts = Texts({"one": " a \n", "group": {"two": "b\n"}})
    assert (texts["one"], texts.choice("group", "two")) == ("a", "b")


def test_the_rest_of_an_answer_has_no_button_for_itself(context: Context) -> None:
    rest = term_reply("winter_tyres", context.edition, "more")
    assert not any('"part": "more"' in button.payload for button in rest.buttons)


def test_handover_cites_the_contact_details(context: Context) -> None:
    reply = handover_reply("requested", context.edition)
    assert reply.custom is not None
    assert reply.custom["citations"] == [{"document": "GV", "article": "contact"}]
    assert (reply.text or "").splitlines()[-1].startswith("Bron: ")


def test_suggestions_leave_out_what_is_unlikely_or_no_topic(context: Context) -> None:
    candidates = [
        Candidate("ask_term/winter_tyres", 0.3),
        Candidate("greet", 0.2),
        Candidate("start_damage_report", 0.1),
        Candidate("ask_term/deductible", 0.001),
    ]
    reply = suggestions_reply("unsure", candidates, 0.015, context.edition)
    assert reply.custom is not None
    payloads = [suggestion["payload"] for suggestion in reply.custom["suggestions"]]
    assert payloads == ['/ask_term{"topic": "winter_tyres"}', "/start_damage_report"]

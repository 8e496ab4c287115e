"""What is said outside a flow: answers, follow-ups, what is not covered, and where a bare fact belongs."""

from dataclasses import replace

import pytest

from lease_assistant.conversation.flow import Context
from lease_assistant.conversation.outside import (
    answer,
    answer_in_context,
    fallback,
    flow_of_fact,
    follow_up,
    handover,
    not_covered,
    topic_after,
    unplaced_fact,
)
from lease_assistant.conversation.replies import Reply
from lease_assistant.understanding import Candidate, Certainty, Understanding


def heard(
    *labels: tuple[str, float], topics: tuple[str, ...] = (), certainty: Certainty = "sure", part: str | None = None
) -> Understanding:
    candidates = tuple(Candidate(label, confidence) for label, confidence in labels)
    return Understanding("...", candidates[0].intent if candidates else "ask_term", certainty, candidates, topics, part)


def test_an_answer_has_one_payload_and_ends_in_its_source(context: Context) -> None:
    (reply,) = answer(heard(topics=("winter_tyres",)), context)
    assert reply.custom is not None
    assert reply.custom["type"] == "term_answer"
    assert (reply.text or "").splitlines()[-1] == "Bron: Aanvullende Voorwaarden, artikel 4.1"


def test_two_topics_give_one_message(context: Context) -> None:
    (reply,) = answer(heard(topics=("winter_tyres", "damage_repairer")), context)
    assert reply.custom is not None
    assert reply.custom["topics"] == ["winter_tyres", "damage_repairer"]
    assert [entry["article"] for entry in reply.custom["citations"]] == ["4.1", "3.7"]


def test_an_unknown_topic_falls_back(context: Context) -> None:
    (reply,) = answer(heard(topics=("no_such_topic",)), context)
    assert reply.custom is not None
    assert reply.custom["type"] == "fallback"


def test_a_follow_up_without_a_topic_asks_for_one(context: Context) -> None:
    topic, (reply,) = follow_up(heard(("follow_up", 0.9)), None, context)
    assert topic is None
    assert reply.custom is None
    assert reply.text


def test_a_follow_up_gives_more_of_the_last_topic(context: Context) -> None:
    topic, (reply,) = follow_up(heard(("follow_up", 0.9)), "winter_tyres", context)
    assert topic == "winter_tyres"
    assert reply.custom is not None


def said(text: str, *labels: tuple[str, float], topics: tuple[str, ...] = ()) -> Understanding:
    found = heard(*labels, topics=topics, certainty="sure" if topics else "unsure")
    return replace(found, text=text, intent="ask_term" if topics else "nlu_fallback")


def stated(replies: tuple[Reply, ...]) -> object:
    return (replies[0].custom or {}).get("topic")


@pytest.mark.parametrize(
    "text", ["en hoe lang geldt dat?", "ook als ik het zelf doe?", "mijn vrouw ook", "waar moet ie dan heen"]
)
def test_an_unclear_message_that_points_back_goes_on_about_the_topic_before(text: str, context: Context) -> None:
    topic, replies = answer_in_context(said(text, ("ask_term/privacy", 0.2)), "winter_tyres", context)
    assert topic == stated(replies) == "winter_tyres"


def test_a_topic_next_to_the_last_one_is_preferred(context: Context) -> None:
    candidates = (("ask_term/privacy", 0.2), ("ask_term/winter_tyres_return", 0.1))
    topic, replies = answer_in_context(said("en op welke moet ie dan terug", *candidates), "winter_tyres", context)
    assert topic == stated(replies) == "winter_tyres_return"


def test_a_trace_of_a_topic_next_to_the_last_one_is_no_reason(context: Context) -> None:
    candidates = (("follow_up", 0.9), ("ask_term/winter_tyres_return", 0.001))
    topic, _ = follow_up(heard(*candidates), "winter_tyres", context)
    assert topic == "winter_tyres"


def test_a_few_words_that_seem_to_be_about_something_else_are_asked_about(context: Context) -> None:
    topic, (reply,) = answer_in_context(
        said("mag dat met een brief?", ("ask_term/paper_documents", 0.6), topics=("paper_documents",)),
        "termination_how",
        context,
    )
    assert topic is None
    offered = [suggestion["payload"] for suggestion in (reply.custom or {})["suggestions"]]
    assert ["termination_how" in offered[0], "paper_documents" in offered[1]] == [True, True]


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("wie betaalt de boete", 0.6),  # points to nothing
        ("en wie betaalt dat van de boete", 0.95),  # clear by itself
        ("en dan nog iets heel anders, ik kreeg namelijk een boete en vroeg mij af wie die betaalt", 0.6),
    ],
)
def test_a_new_question_is_answered(text: str, confidence: float, context: Context) -> None:
    heard_now = said(text, ("ask_term/fines", confidence), topics=("fines",))
    topic, replies = answer_in_context(heard_now, "winter_tyres", context)
    assert topic == stated(replies) == "fines"


def test_without_an_answer_before_nothing_can_be_gone_on_about(context: Context) -> None:
    topic, (reply,) = answer_in_context(said("en hoe lang geldt dat?", ("ask_term/privacy", 0.2)), None, context)
    assert topic is None
    assert (reply.custom or {})["type"] == "fallback"


def test_something_new_after_an_answer_is_not_taken_for_more_of_it(context: Context) -> None:
    found = said("en inloggen op het portaal?", ("ask_term/portal_login", 0.4))
    topic, (reply,) = answer_in_context(found, "seizure", context)
    assert topic is None
    assert "portal_login" in (reply.custom or {})["suggestions"][0]["payload"]


@pytest.mark.parametrize(
    ("text", "last_topic", "last_flow", "expected"),
    [
        ("en in het eerste jaar?", None, "termination", "termination_fee"),
        ("en na 30 maanden?", None, "termination", None),
        ("en na twee jaar?", None, "termination", None),
        ("nee wacht, iets anders", None, "termination", None),
        ("en dan?", "abroad", "termination", "abroad"),
        ("en dan?", None, None, None),
    ],
)
def test_what_a_follow_up_is_about(
    text: str, last_topic: str | None, last_flow: str | None, expected: str | None
) -> None:
    assert topic_after(said(text, ("follow_up", 0.9)), last_topic, last_flow) == expected


def test_fallback_offers_at_most_three_topics_and_a_person(context: Context) -> None:
    labels = [(f"ask_term/{topic}", 0.2) for topic in ("winter_tyres", "damage_repairer", "deductible", "late_payment")]
    (reply,) = fallback(heard(*labels, certainty="unsure"), context)
    assert reply.custom is not None
    assert len(reply.custom["suggestions"]) == 3
    assert reply.buttons[-1].payload == "/request_human"


def test_what_is_not_covered_is_said_to_be(context: Context) -> None:
    (reply,) = not_covered(heard(("out_of_scope/uncovered_lease", 0.9)), context)
    assert "staat niets in de voorwaarden" in (reply.text or "")


def test_handover_has_phone_and_mail(context: Context) -> None:
    (reply,) = handover(context)
    assert reply.custom is not None
    assert reply.custom["contact"] == {"phone": "070 41 47 560", "email": "csc@alphera.nl"}


@pytest.mark.parametrize(
    ("labels", "last_flow", "expected"),
    [
        ([("inform", 0.9)], "damage", "damage"),
        ([("inform", 0.9)], None, None),
        ([("inform", 0.6), ("start_termination_quote", 0.35)], "damage", "termination"),
        ([("inform", 0.6), ("start_damage_report", 0.25)], "termination", "damage"),
        ([("inform", 0.8), ("start_termination_quote", 0.1)], "damage", "damage"),
        ([("inform", 0.8), ("start_termination_quote", 0.1)], None, "termination"),
    ],
)
def test_where_a_fact_belongs(labels: list[tuple[str, float]], last_flow: str | None, expected: str | None) -> None:
    assert flow_of_fact(heard(*labels), last_flow) == expected


def test_a_fact_that_belongs_nowhere_offers_every_flow() -> None:
    (reply,) = unplaced_fact()
    assert len(reply.buttons) == 5

"""What is said outside a flow: answers, follow-ups, what is not covered, and where a bare fact belongs."""

from dataclasses import replace

import pytest

from lease_assistant.conversation.flow import Context
from lease_assistant.conversation.outside import (
    answer,
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


def test_a_trace_of_a_topic_next_to_the_last_one_is_no_reason(context: Context) -> None:
    candidates = (("follow_up", 0.9), ("ask_term/winter_tyres_return", 0.001))
    topic, _ = follow_up(heard(*candidates), "winter_tyres", context)
    assert topic == "winter_tyres"


def goes_on(text: str, topic: str, context: Context) -> Reply:
    (reply,) = answer(replace(heard(topics=(topic,)), text=text, follows=topic), context)
    return reply


def test_who_asks_for_more_of_a_long_answer_gets_the_rest_of_it(context: Context) -> None:
    (first,) = answer(heard(topics=("termination_fee",)), context)
    rest = goes_on("heb je daar een voorbeeld van?", "termination_fee", context).text or ""
    assert "Een voorbeeld" in rest
    assert (first.text or "").splitlines()[0] not in rest


@pytest.mark.parametrize("topic", ["termination_fee", "abroad"])
def test_who_goes_on_about_an_answer_gets_all_of_it_and_a_person(topic: str, context: Context) -> None:
    (first,) = answer(heard(topics=(topic,)), context)
    reply = goes_on("geldt dat voor iedereen?", topic, context)
    assert (reply.text or "").startswith("Dit is wat de voorwaarden erover zeggen:")
    assert (first.text or "").splitlines()[0] in (reply.text or "")
    assert [button.payload for button in reply.buttons][-1] == "/request_human"
    assert "Meer" not in [button.title for button in reply.buttons]


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
    assert topic_after(text, last_topic, last_flow) == expected


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

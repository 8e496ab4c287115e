"""Answers outside a flow, as the action server gives them."""

from collections.abc import Callable
from typing import Any

import pytest
from rasa_sdk import Action
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import AnswerTerm, CorrectFlow, Fallback, FollowUp, Handover, NotCovered


def run(action: Action, tracker: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    dispatcher = CollectingDispatcher()
    events = list(action.run(dispatcher, tracker, {}))
    return events, dispatcher.messages


def test_an_answer_remembers_its_topic(tracker: Callable[..., Any]) -> None:
    events, messages = run(AnswerTerm(), tracker("winterbanden?", "ask_term/winter_tyres", ("winter_tyres",)))
    assert events[0]["value"] == "winter_tyres"
    assert messages[0]["custom"]["topic"] == "winter_tyres"


def test_a_follow_up_goes_on_about_the_last_topic(tracker: Callable[..., Any]) -> None:
    _, messages = run(FollowUp(), tracker("en verder?", "follow_up", last_topic="winter_tyres"))
    assert messages[0]["custom"]["topic"] == "winter_tyres"


@pytest.mark.parametrize(
    ("action", "label", "kind"),
    [
        (NotCovered(), "out_of_scope/uncovered_lease", "fallback"),
        (Fallback(), "nlu_fallback", "fallback"),
        (Handover(), "request_human", "handover"),
    ],
)
def test_one_payload(action: Action, label: str, kind: str, tracker: Callable[..., Any]) -> None:
    _, messages = run(action, tracker("...", label))
    # One at least: the policy takes an action that leaves nothing behind for an outage.
    assert [message["custom"]["type"] for message in messages] == [kind]


def test_who_is_not_understood_may_still_go_on_about_the_last_topic(tracker: Callable[..., Any]) -> None:
    events, _ = run(Fallback(), tracker("eh", "nlu_fallback", last_topic="winter_tyres"))
    assert not events


def test_a_fact_after_a_flow_corrects_it(tracker: Callable[..., Any]) -> None:
    events, messages = run(CorrectFlow(), tracker("o wacht, er was wel politie", last_flow="damage"))
    assert {event.get("name") for event in events} == {"correcting", "damage_form"}
    assert not messages


def test_a_fact_after_an_answer_goes_on_about_it(tracker: Callable[..., Any]) -> None:
    events, messages = run(CorrectFlow(), tracker("ze is 22", last_topic="driver_age"))
    assert messages[0]["custom"]["topic"] == events[0]["value"] == "driver_age"


def test_a_fact_out_of_the_blue_is_asked_about(tracker: Callable[..., Any]) -> None:
    _, messages = run(CorrectFlow(), tracker("blauw"))
    assert len(messages[0]["buttons"]) == 5

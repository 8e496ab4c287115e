"""One turn of a flow: answers, what comes in between, misunderstandings, leaving."""

from collections.abc import Callable
from typing import Any

import pytest

from lease_assistant.conversation.damage import DamageFlow
from lease_assistant.conversation.deductible import DeductibleFlow
from lease_assistant.conversation.engine import State, Turn, advance
from lease_assistant.conversation.flow import Context, Flow
from lease_assistant.conversation.interest import InterestFlow
from lease_assistant.conversation.termination import TerminationFlow
from lease_assistant.understanding import Candidate, Understanding

TERMINATION = TerminationFlow()
FLOWS: list[Flow] = [TERMINATION, DamageFlow(), DeductibleFlow(), InterestFlow()]
ASKED = State({"monthly_payment": "400.00"}, "lease_term_months")

Say = Callable[..., Turn]


def understood(text: str, label: str = "inform", topics: tuple[str, ...] = ()) -> Understanding:
    candidates = (Candidate(label, 0.9),)
    return Understanding(text, label.partition("/")[0], "sure", candidates, topics)


@pytest.fixture
def say(context: Context) -> Say:
    def turn(state: State, text: str, label: str = "inform", topics: tuple[str, ...] = ()) -> Turn:
        return advance(TERMINATION, state, understood(text, label, topics), context)

    return turn


def said(turn: Turn) -> str:
    return "\n".join(reply.text or "" for reply in turn.replies)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_every_flow_starts_with_its_first_question(flow: Flow, context: Context) -> None:
    turn = advance(flow, State({}, None), understood(f"/{flow.intent}", flow.intent), context)
    assert turn.state.asked == flow.slots[0]
    assert not turn.over


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
@pytest.mark.parametrize(
    "text", ["", "😡😡😡", "x" * 10_000, "0", "-1", "999999999999999999999", "€", "\n\n", "ja", "nee?"]
)
def test_no_input_bricks_a_flow(flow: Flow, text: str, context: Context) -> None:
    for slot in flow.slots:
        if slot in ("damage_time", "deductible_glass", "comparison_months", "remaining_months", "payment_approximate"):
            continue
        turn = advance(flow, State({}, slot), understood(text), context)
        assert turn.over or turn.state.asked
        assert said(turn)


def test_an_answer_leads_to_the_next_question(say: Say) -> None:
    turn = say(ASKED, "48 maanden")
    assert turn.state.asked == "elapsed_months"
    assert turn.state.slots["lease_term_months"] == 48


def test_a_correction_changes_one_fact_and_keeps_the_question(say: Say) -> None:
    turn = say(ASKED, "sorry, het is 420 euro per maand")
    assert turn.state.asked == "lease_term_months"
    assert turn.state.slots["monthly_payment"] == "420.00"


def test_a_refused_answer_is_forgotten(say: Say) -> None:
    turn = say(ASKED, "300 maanden")
    assert turn.state.slots["lease_term_months"] is None
    assert turn.state.asked == "lease_term_months"
    assert turn.state.misunderstandings == 1
    assert not any(reply.custom for reply in turn.replies)


def test_a_term_question_is_answered_and_the_same_question_resumed(say: Say) -> None:
    turn = say(ASKED, "wie betaalt de winterbanden?", "ask_term", ("winter_tyres",))
    assert turn.replies[0].custom is not None
    assert turn.replies[0].custom["topic"] == "winter_tyres"
    assert turn.replies[0].buttons == ()
    assert turn.state == ASKED


def test_figures_in_a_question_are_no_answer(say: Say) -> None:
    turn = say(ASKED, "wat kost 48 maanden winterbanden?", "ask_term", ("winter_tyres",))
    assert turn.state.slots.get("lease_term_months") is None


def test_an_answer_and_a_question_in_one_message(say: Say) -> None:
    turn = say(ASKED, "48 maanden, en wie betaalt de winterbanden?", "ask_term", ("winter_tyres",))
    assert turn.state.asked == "elapsed_months"
    assert turn.replies[0].custom is not None


def test_the_third_misunderstanding_in_a_row_offers_a_person(say: Say) -> None:
    state = ASKED
    for count in (1, 2):
        turn = say(state, "appeltaart", "chitchat")
        state = turn.state
        assert state.misunderstandings == count
    turn = say(state, "appeltaart", "chitchat")
    assert turn.replies[0].custom is not None
    assert turn.replies[0].custom["reason"] == "misunderstood"
    assert turn.state.asked == "lease_term_months"
    assert turn.state.misunderstandings == 0


def test_an_answer_ends_the_row_of_misunderstandings(say: Say) -> None:
    state = say(ASKED, "appeltaart", "chitchat").state
    assert say(state, "48 maanden").state.misunderstandings == 0


def test_why_a_question_is_asked(say: Say) -> None:
    assert "hele looptijd" in said(say(ASKED, "wat bedoelt u?"))


def test_small_talk_goes_back_to_the_question(say: Say) -> None:
    turn = say(ASKED, "bedankt", "thanks")
    assert "Graag gedaan" in said(turn)
    assert turn.state == ASKED


def test_a_person_in_the_middle(say: Say) -> None:
    turn = say(ASKED, "mag ik iemand spreken", "request_human")
    assert turn.replies[0].custom is not None
    assert turn.replies[0].custom["reason"] == "requested"
    assert turn.state.asked == "lease_term_months"


def test_leaving_is_confirmed_first(say: Say) -> None:
    turn = say(ASKED, "laat maar", "cancel")
    assert not turn.over
    left = say(turn.state, "ja", "affirm")
    assert left.over
    assert set(left.state.slots.values()) == {None}


def test_staying_resumes_the_question(say: Say) -> None:
    turn = say(say(ASKED, "laat maar", "cancel").state, "nee", "deny")
    assert turn.state == ASKED


def test_an_answer_instead_of_yes_or_no_stays(say: Say) -> None:
    turn = say(say(ASKED, "laat maar", "cancel").state, "48 maanden")
    assert turn.state.asked == "elapsed_months"
    assert turn.state.leaving is None


def test_stopping_with_figures_is_an_answer(say: Say) -> None:
    state = State({"monthly_payment": "400.00", "lease_term_months": 48}, "elapsed_months")
    assert say(state, "stoppen na 24 maanden", "cancel").state.slots["elapsed_months"] == 24


def test_another_flow_asks_first_and_is_offered_afterwards(say: Say) -> None:
    turn = say(ASKED, "/start_damage_report", "start_damage_report")
    assert turn.state.leaving == "start_damage_report"
    left = say(turn.state, "ja", "affirm")
    assert [button.payload for button in left.replies[0].buttons] == ["/start_damage_report"]


def test_the_same_button_again_keeps_the_question(say: Say) -> None:
    turn = say(ASKED, "/start_termination_quote", "start_termination_quote")
    assert turn.state.asked == "lease_term_months"
    assert turn.state.slots == ASKED.slots


def test_the_last_answer_gives_the_outcome(say: Say) -> None:
    slots: dict[str, Any] = {"monthly_payment": "400.00", "lease_term_months": 48, "elapsed_months": 24}
    turn = say(State(slots, "comparison_payment"), "475 euro")
    assert turn.over
    assert turn.state.asked is None
    assert turn.replies[-1].custom is not None
    assert turn.replies[-1].custom["fee_eur"] == "1800.00"

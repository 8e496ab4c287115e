"""The forms: state out of the tracker, replies and slots back into it."""

from collections.abc import Callable
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.flows import (
    FlowAction,
    ValidateDamageForm,
    ValidateDeductibleForm,
    ValidateInterestForm,
    ValidateTerminationForm,
    read_state,
)

FORMS: list[FlowAction] = [
    ValidateTerminationForm(),
    ValidateDamageForm(),
    ValidateDeductibleForm(),
    ValidateInterestForm(),
]


def run(action: FlowAction, tracker: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, tracker, {})
    return {event["name"]: event["value"] for event in events}, dispatcher.messages


@pytest.mark.parametrize("action", FORMS, ids=lambda action: action.name())
def test_a_form_starts_with_a_question(action: FlowAction, tracker: Callable[..., Any]) -> None:
    slots, messages = run(action, tracker(f"/{action.flow.intent}", action.flow.intent))
    assert slots["requested_slot"] == action.flow.slots[0]
    assert len(messages) == 1
    assert messages[0]["text"]


def test_every_slot_of_the_domain_is_handed_back(tracker: Callable[..., Any]) -> None:
    slots, _ = run(ValidateTerminationForm(), tracker("400 euro", requested_slot="monthly_payment"))
    assert slots["monthly_payment"] == "400.00"
    assert slots["requested_slot"] == "lease_term_months"
    assert slots["last_flow"] == "termination"


def test_what_has_no_slot_of_its_own_is_kept_as_a_detail(tracker: Callable[..., Any]) -> None:
    slots, _ = run(ValidateTerminationForm(), tracker("nog 20 maanden", requested_slot="elapsed_months"))
    assert slots["flow_details"]["remaining_months"] == 20
    assert "remaining_months" not in slots


def test_details_are_read_back(tracker: Callable[..., Any]) -> None:
    known = tracker("475", requested_slot="comparison_payment", flow_details={"remaining_months": 20})
    assert read_state(ValidateTerminationForm().flow, known).slots["remaining_months"] == 20


def test_the_outcome_ends_the_form(tracker: Callable[..., Any]) -> None:
    known = {"monthly_payment": "400.00", "lease_term_months": 48, "elapsed_months": 24}
    slots, messages = run(ValidateTerminationForm(), tracker("475 euro", requested_slot="comparison_payment", **known))
    assert slots["requested_slot"] is None
    assert [m["custom"]["fee_eur"] for m in messages if m["custom"]] == ["1800.00"]


def test_a_new_start_forgets_the_last_run(tracker: Callable[..., Any]) -> None:
    known = tracker("bereken mijn opzegvergoeding", "start_termination_quote", monthly_payment="400.00")
    slots, _ = run(ValidateTerminationForm(), known)
    assert slots["monthly_payment"] is None
    assert slots["requested_slot"] == "monthly_payment"


def test_a_correction_keeps_the_other_facts(tracker: Callable[..., Any]) -> None:
    known = {"monthly_payment": "400.00", "lease_term_months": 48, "elapsed_months": 24, "correcting": True}
    slots, _ = run(ValidateTerminationForm(), tracker("sorry, 420 euro per maand", **known))
    assert slots["monthly_payment"] == "420.00"
    assert slots["lease_term_months"] == 48
    assert slots["correcting"] is None


def test_taking_something_back_keeps_the_other_facts_too(tracker: Callable[..., Any]) -> None:
    known = {"monthly_payment": "400.00", "lease_term_months": 48, "elapsed_months": 24, "last_flow": "termination"}
    slots, _ = run(
        ValidateTerminationForm(), tracker("o nee, ik stop na 30 maanden", "start_termination_quote", **known)
    )
    assert slots["monthly_payment"] == "400.00"
    assert slots["elapsed_months"] == 30


def test_the_clock_of_the_environment_counts(tracker: Callable[..., Any]) -> None:
    slots, _ = run(ValidateDamageForm(), tracker("gisteren om 15 uur", requested_slot="damage_occurred_at"))
    assert slots["damage_occurred_at"] == "2026-03-25"
    assert slots["damage_time"] == "15:00"

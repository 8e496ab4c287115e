"""What comes after an action of ours: listening, or the sentence about an outage."""

import warnings

import pytest

with warnings.catch_warnings():
    # The libraries below Rasa warn about each other.
    warnings.simplefilter("ignore")
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    from lease_assistant.nlu.turn_end_policy import UTTER_OUTAGE, is_remote, next_after_own_action

from lease_assistant.terms import DATA

LISTEN = "action_listen"


@pytest.fixture(scope="module")
def domain() -> Domain:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Domain.load(str(DATA.parent / "domain.yml"))


SAID = UserUttered("hallo")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], None),
        ([ActionExecuted(LISTEN), SAID], None),
        ([SAID, ActionExecuted("action_answer_term")], UTTER_OUTAGE),
        ([SAID, ActionExecuted("action_answer_term"), SlotSet("last_topic", "x")], LISTEN),
        ([SAID, ActionExecuted("action_fallback"), BotUttered("tekst")], LISTEN),
        ([SAID, ActionExecuted("damage_form")], UTTER_OUTAGE),
        ([SAID, ActionExecuted("damage_form"), SlotSet("requested_slot", "damage_kind")], LISTEN),
        ([SAID, ActionExecuted("action_answer_term"), ActionExecuted(UTTER_OUTAGE)], LISTEN),
        ([SAID, ActionExecuted("utter_greet")], None),
        ([SAID, ActionExecuted("action_restart")], None),
    ],
)
def test_next_after_own_action(events: list[Event], expected: str | None, domain: Domain) -> None:
    tracker = DialogueStateTracker.from_events("sender", events, slots=domain.slots)
    assert next_after_own_action(tracker, domain) == expected


@pytest.mark.parametrize(
    ("action", "remote"),
    [
        ("action_answer_term", True),
        ("validate_damage_form", True),
        ("interest_form", True),
        ("utter_greet", False),
        ("action_listen", False),
        (None, False),
    ],
)
def test_which_actions_run_on_the_action_server(action: str | None, remote: bool, domain: Domain) -> None:
    assert is_remote(action, domain) is remote

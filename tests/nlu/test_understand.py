"""From a message as typed to its topics, with the whole interpreter."""

import pytest

from lease_assistant.evaluation.data import configured_thresholds
from lease_assistant.nlu.interpreter import Interpreter
from lease_assistant.nlu.understand import as_parse_data, understand


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Wie betaalt mijn winterbanden?", ("winter_tyres",)),
        ("mag ik met de auto naar Spanje en wie betaalt de winterbanden?", ("abroad", "winter_tyres")),
        ("Goedemiddag, vraagje: wie betaalt de boete als ik te hard heb gereden? Alvast bedankt", ("fines",)),
        ("goedemiddag", ()),
        ("ik wil schade melden", ()),
        # One question with an "en" in it.
        ("mag ik met mijn man en kinderen naar Frankrijk rijden met de leaseauto", ("abroad",)),
    ],
)
def test_the_topics_of_a_message(interpreter: Interpreter, text: str, topics: tuple[str, ...]) -> None:
    assert understand(text, interpreter, configured_thresholds()).topics == topics


def test_three_questions(interpreter: Interpreter) -> None:
    text = "Mag ik de auto meenemen naar Spanje? Wie betaalt de winterbanden? En wat is mijn eigen risico?"
    assert understand(text, interpreter, configured_thresholds()).topics == ("abroad", "winter_tyres", "deductible")


def test_a_wish_is_no_list_of_questions(interpreter: Interpreter) -> None:
    text = "ik ben net tegen een paaltje gereden en wil de schade melden. De bumper is stuk, en wat moet ik nu invullen"
    understood = understand(text, interpreter, configured_thresholds())
    assert (understood.decision.intent, understood.topics) == ("start_damage_report", ())


def test_parse_data_names_the_intent_of_its_topics(interpreter: Interpreter) -> None:
    parsed = as_parse_data(understand("wie betaalt mijn boete", interpreter, configured_thresholds()))
    assert parsed["intent"]["name"] == "ask_term"
    assert parsed["understanding"]["certainty"] == "sure"
    assert parsed["understanding"]["candidates"][0]["label"] == "ask_term/fines"


@pytest.mark.parametrize("text", ["", " ", "\n", "🚗🚗", "?", "a" * 5000, "en wie en wat en waar " * 300])
def test_any_message_is_taken(interpreter: Interpreter, text: str) -> None:
    understand(text, interpreter, configured_thresholds())


@pytest.mark.parametrize("text", ["Goedemiddag, ik ben Karin de Boer uit Ede", "hoi, hoe gaat het met jou vandaag"])
def test_who_one_is_does_not_drown_a_greeting(interpreter: Interpreter, text: str) -> None:
    decision = understand(text, interpreter, configured_thresholds()).decision
    assert decision.intent == "greet" or decision.candidates[0].label == "out_of_scope/chitchat"
    assert decision.intent != "inform"

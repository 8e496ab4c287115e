"""A message after an answer: whether it goes on about that, and what it then asks."""

import pytest

from lease_assistant.evaluation.data import configured_thresholds
from lease_assistant.nlu.context import LONGEST_FOLLOW_UP, goes_on, read_together
from lease_assistant.nlu.interpreter import Interpreter
from lease_assistant.nlu.understand import Before, as_parse_data, understand

TYRES, TYRES_BACK, FINES = "ask_term/winter_tyres", "ask_term/winter_tyres_return", "ask_term/fines"


@pytest.mark.parametrize(
    ("text", "alone", "expected"),
    [
        ("en voor mijn vrouw", {"follow_up": 0.2}, True),
        ("en welke band", {TYRES_BACK: 0.2}, True),
        ("en welke band", {TYRES_BACK: 0.05, FINES: 0.5}, False),
        # Points back.
        ("moet dat op die banden", {TYRES_BACK: 0.05, FINES: 0.5}, True),
        ("wie betaalt mijn boete", {FINES: 0.9}, False),
        ("en dat " * LONGEST_FOLLOW_UP, {"follow_up": 0.9}, False),
    ],
)
def test_whether_a_message_goes_on(text: str, alone: dict[str, float], expected: bool) -> None:
    assert goes_on(text, alone, "winter_tyres") is expected


def test_both_readings_count_and_topics_nearby_more() -> None:
    alone = {TYRES: 0.1, TYRES_BACK: 0.3, FINES: 0.3, "follow_up": 0.3}
    behind = {TYRES: 0.6, TYRES_BACK: 0.3, FINES: 0.1, "follow_up": 0.0}
    together = read_together(alone, behind, "winter_tyres")
    assert sum(together.values()) == pytest.approx(1)
    assert sorted(together, key=together.__getitem__, reverse=True) == [TYRES_BACK, TYRES, FINES]


@pytest.mark.parametrize(
    ("text", "after", "topic"),
    [
        ("en in het eerste jaar?", "termination_fee", "termination_first_year"),
        ("en als alleen de voorruit kapot is?", "deductible", "deductible_glass"),
        ("mag hij dan ook rijden", "driver_age", "driver_age"),
        ("is dat dan meteen verwerkt", "portal_payment", "portal_payment_processing"),
    ],
)
def test_a_follow_up_is_read_from_the_topic_before(interpreter: Interpreter, text: str, after: str, topic: str) -> None:
    understood = understand(text, interpreter, configured_thresholds(), Before(after))
    assert (understood.topics, understood.follows) == ((topic,), after)


@pytest.mark.parametrize(
    ("text", "topic"), [("en wie betaalt de winterbanden?", "winter_tyres"), ("mag ik naar Spanje?", "abroad")]
)
def test_a_new_question_is_read_by_itself(interpreter: Interpreter, text: str, topic: str) -> None:
    understood = understand(text, interpreter, configured_thresholds(), Before("fines"))
    assert (understood.topics, understood.follows) == ((topic,), None)


@pytest.mark.parametrize("after", [None, "no_such_topic"])
def test_without_an_answer_before_nothing_is_gone_on_about(interpreter: Interpreter, after: str | None) -> None:
    assert understand("en hoe lang duurt dat dan?", interpreter, configured_thresholds(), Before(after)).follows is None


@pytest.mark.parametrize(
    ("text", "before", "intent"),
    [
        ("o nee, ik stop na 30 maanden", Before(outcome=True), "inform"),
        ("nee wacht, het was 12 april", Before(outcome=True), "inform"),
        ("nee, dank u", Before(outcome=True), "deny"),
        ("sorry, wie betaalt eigenlijk de winterbanden na 3 jaar", Before(outcome=True), "ask_term"),
    ],
)
def test_who_takes_a_figure_back_after_an_outcome_corrects_it(
    interpreter: Interpreter, text: str, before: Before, intent: str
) -> None:
    assert as_parse_data(understand(text, interpreter, configured_thresholds(), before))["intent"]["name"] == intent

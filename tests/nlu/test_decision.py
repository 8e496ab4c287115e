import pytest

from lease_assistant.nlu.decision import CANDIDATES_KEPT, Thresholds, decide

THRESHOLDS = Thresholds(answer_above=0.5, ask_above=0.2, talk_above=0.3, part_above=0.7)


@pytest.mark.parametrize(
    ("probabilities", "intent", "certainty"),
    [
        ({"ask_term/abroad": 0.5, "greet": 0.5 - 1e-9}, "ask_term", "sure"),
        ({"ask_term/abroad": 0.49, "greet": 0.1}, "nlu_fallback", "unsure"),
        ({"ask_term/abroad": 0.2, "greet": 0.1}, "nlu_fallback", "unsure"),
        ({"ask_term/abroad": 0.19, "greet": 0.1}, "nlu_fallback", "none"),
        ({"start_damage_report": 0.5}, "start_damage_report", "sure"),
        ({"start_damage_report": 0.4}, "nlu_fallback", "unsure"),
        ({"greet": 0.3}, "greet", "sure"),
        ({"greet": 0.29}, "nlu_fallback", "none"),
        # What is not covered is one thing, whatever its kind.
        ({"out_of_scope/abuse": 0.2, "out_of_scope/chitchat": 0.2, "greet": 0.3}, "out_of_scope", "sure"),
        # Two topics that share a question: none is stated, both are offered.
        ({"ask_term/abroad": 0.45, "ask_term/driver_age": 0.45}, "nlu_fallback", "unsure"),
    ],
)
def test_what_is_decided(probabilities: dict[str, float], intent: str, certainty: str) -> None:
    decision = decide(probabilities, THRESHOLDS)
    assert (decision.intent, decision.certainty) == (intent, certainty)


def test_what_the_customer_wants_counts_before_the_topic() -> None:
    decision = decide({"greet": 0.4, "ask_term/abroad": 0.3, "ask_term/driver_age": 0.3}, THRESHOLDS)
    assert decision.candidates[0].label == "ask_term/abroad"
    assert decision.confidence == pytest.approx(0.6)


def test_candidates_are_ranked_and_few() -> None:
    decision = decide({f"ask_term/{number}": number / 100 for number in range(10)}, THRESHOLDS)
    confidences = [candidate.confidence for candidate in decision.candidates]
    assert len(confidences) == CANDIDATES_KEPT
    assert confidences == sorted(confidences, reverse=True)

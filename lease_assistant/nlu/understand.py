"""From a message as typed to what it is about: greetings taken off, several questions told apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lease_assistant.nlu.courtesy import without_courtesies
from lease_assistant.nlu.decision import Decision, Thresholds, decide
from lease_assistant.nlu.interpreter import Interpreter
from lease_assistant.nlu.normalise import normalise
from lease_assistant.nlu.segments import cuts
from lease_assistant.understanding import ASK_TERM, OUT_OF_SCOPE

COURTESIES = ("greet", "goodbye", "thanks")
# What may stand beside a greeting without being what the message is for: who one is, how one is doing.
BESIDE_A_GREETING = ("inform", f"{OUT_OF_SCOPE}/chitchat")
MOST_QUESTIONS = 3


@dataclass(frozen=True)
class Understood:
    """The decision on a message. `topics`: those certainly asked about, none unless the terms are asked for."""

    decision: Decision
    topics: tuple[str, ...] = ()


def understand(text: str, interpreter: Interpreter, thresholds: Thresholds) -> Understood:
    """Decide what `text`, as typed, is about."""
    normalised = normalise(text)
    decision = decide(interpreter.classify(normalised), thresholds)
    core = without_courtesies(normalised)
    # A greeting can drown the question behind it: what is left without it counts if it is a clear wish.
    if core != normalised and decision.candidates[0].intent in COURTESIES:
        rest = decide(interpreter.classify(core), thresholds)
        wish = rest.candidates[0]
        if rest.certainty == "sure" and wish.intent not in COURTESIES and wish.label not in BESIDE_A_GREETING:
            normalised, decision = core, rest
    return Understood(decision, _asked_topics(normalised, decision, interpreter, thresholds))


def as_parse_data(understood: Understood) -> dict[str, Any]:
    """What Rasa keeps of a message: intent, ranking by label, and `understanding`."""
    decision, topics = understood.decision, list(understood.topics)
    intent = ASK_TERM if topics else decision.intent
    return {
        "intent": {"name": intent, "confidence": decision.confidence},
        "intent_ranking": [{"name": c.label, "confidence": c.confidence} for c in decision.candidates],
        "understanding": {
            "certainty": "sure" if topics else decision.certainty,
            "topics": topics,
            "candidates": [{"label": c.label, "confidence": c.confidence} for c in decision.candidates],
        },
    }


def topics_of(decision: Decision) -> tuple[str, ...]:
    """The topic of a message taken as a whole, if it is certain."""
    best = decision.candidates[0]
    return (str(best.detail),) if best.intent == ASK_TERM and decision.certainty == "sure" else ()


def _asked_topics(text: str, decision: Decision, interpreter: Interpreter, thresholds: Thresholds) -> tuple[str, ...]:
    """The topics of each question in the message, else the one of the whole."""
    # Who wants something done tells why: questions in the story come after that.
    if decision.certainty == "sure" and decision.intent.startswith("start_"):
        return ()
    return _topics_apart(text, interpreter, thresholds) or topics_of(decision)


def _topics_apart(
    text: str, interpreter: Interpreter, thresholds: Thresholds, most: int = MOST_QUESTIONS
) -> tuple[str, ...]:
    """The topics on both sides of the best cut, and of cuts within these; none if no cut gives two clear questions."""
    found = [] if most < 2 else _clear_cuts(cuts(text), interpreter, thresholds)
    if not found:
        return ()
    _, sides = max(found, key=lambda cut: cut[0])
    topics = (_topics_apart(side, interpreter, thresholds, most - 1) or (topic,) for side, topic in sides)
    return tuple(dict.fromkeys(topic for side in topics for topic in side))[:MOST_QUESTIONS]


def _clear_cuts(
    sides: Sequence[tuple[str, str]], interpreter: Interpreter, thresholds: Thresholds
) -> list[tuple[float, tuple[tuple[str, str], ...]]]:
    """The cuts with a topic on both sides, each another: the lesser probability, and each side with its topic."""
    texts = [side for pair in sides for side in pair]
    # All at once: reading eight texts takes little longer than one.
    ranked = interpreter.classify_all(texts) if texts else []
    best = [decide(row, thresholds).candidates[0] for row in ranked]
    found = []
    for pair, first, second in zip(sides, best[::2], best[1::2], strict=True):
        lesser = min(first.confidence, second.confidence)
        asked = first.intent == second.intent == ASK_TERM and first.label != second.label
        if asked and lesser >= thresholds.part_above:
            found.append((lesser, tuple(zip(pair, (str(first.detail), str(second.detail)), strict=True))))
    return found

"""From a message as typed to what it is about: greetings taken off, several questions told apart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lease_assistant.answers import answer_book
from lease_assistant.conversation.reading import holds_figure, takes_back
from lease_assistant.nlu.apart import topics_apart
from lease_assistant.nlu.context import FOLLOW_UP, read_after
from lease_assistant.nlu.courtesy import without_courtesies
from lease_assistant.nlu.decision import Decision, Thresholds, decide
from lease_assistant.nlu.interpreter import Interpreter
from lease_assistant.nlu.normalise import normalise
from lease_assistant.understanding import ASK_TERM, FALLBACK, OUT_OF_SCOPE

COURTESIES = ("greet", "goodbye", "thanks")
INFORM = "inform"
# What may stand beside a greeting without being what the message is for: who one is, how one is doing.
BESIDE_A_GREETING = (INFORM, FOLLOW_UP, f"{OUT_OF_SCOPE}/chitchat")
# What "o nee, ik stop na 30 maanden" may look like by itself; after an outcome it corrects that.
STRAY = (FALLBACK, "affirm", "deny", "cancel", "goodbye", "dont_know", FOLLOW_UP)


@dataclass(frozen=True)
class Understood:
    """The decision on a message. `topics`: those certainly asked about, none unless the terms are asked for.

    `follows`: the topic of the answer before, if the message goes on about it.
    """

    decision: Decision
    topics: tuple[str, ...] = ()
    follows: str | None = None


@dataclass(frozen=True)
class Before:
    """What came before a message: the topic of the last answer, or the outcome of a flow."""

    topic: str | None = None
    outcome: bool = False


def understand(text: str, interpreter: Interpreter, thresholds: Thresholds, before: Before = Before()) -> Understood:
    """Decide what `text`, as typed, is about."""
    normalised = normalise(text)
    alone: Mapping[str, float] = interpreter.classify(normalised)
    after = before.topic
    if after in answer_book() and (together := read_after(normalised, alone, str(after), interpreter)):
        decision = decide(together, thresholds)
        return Understood(decision, _asked_topics(normalised, alone, decision, interpreter, thresholds), after)
    normalised, alone = _without_greeting(normalised, alone, interpreter, thresholds)
    decision = decide(alone, thresholds)
    if before.outcome and decision.intent in STRAY and takes_back(text) and holds_figure(text):
        return Understood(replace(decision, intent=INFORM, certainty="sure"))
    return Understood(decision, _asked_topics(normalised, alone, decision, interpreter, thresholds))


def _without_greeting(
    normalised: str, alone: Mapping[str, float], interpreter: Interpreter, thresholds: Thresholds
) -> tuple[str, Mapping[str, float]]:
    """The text and its probabilities, or what is left of both when a courtesy hides a clear wish."""
    core = without_courtesies(normalised)
    # A greeting can drown the question behind it: what is left without it counts if it is a clear wish.
    if core != normalised and decide(alone, thresholds).candidates[0].intent in COURTESIES:
        left = interpreter.classify(core)
        rest = decide(left, thresholds)
        wish = rest.candidates[0]
        if rest.certainty == "sure" and wish.intent not in COURTESIES and wish.label not in BESIDE_A_GREETING:
            return core, left
    return normalised, alone


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
            "follows": understood.follows,
            "candidates": [{"label": c.label, "confidence": c.confidence} for c in decision.candidates],
        },
    }


def topics_of(decision: Decision) -> tuple[str, ...]:
    """The topic of a message taken as a whole, if it is certain."""
    best = decision.candidates[0]
    return (str(best.detail),) if best.intent == ASK_TERM and decision.certainty == "sure" else ()


def _asked_topics(
    text: str, alone: Mapping[str, float], decision: Decision, interpreter: Interpreter, thresholds: Thresholds
) -> tuple[str, ...]:
    """The topics of each question in the message, else the one of the whole."""
    # Who wants something done tells why: questions in the story come after that.
    if decision.certainty == "sure" and decision.intent.startswith("start_"):
        return ()
    return topics_apart(text, alone, interpreter, thresholds) or topics_of(decision)

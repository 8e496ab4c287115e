"""Several questions in one message, told apart: "mag ik naar Spanje en wie betaalt de winterbanden?"."""

from collections.abc import Mapping
from dataclasses import dataclass

from lease_assistant.nlu.context import FOLLOW_UP, read_after
from lease_assistant.nlu.decision import Thresholds, decide
from lease_assistant.nlu.interpreter import Interpreter
from lease_assistant.nlu.segments import Cut, cuts
from lease_assistant.understanding import ASK_TERM, Candidate

MOST_QUESTIONS = 3
# A part may be less certain by itself where the whole message holds a trace of its topic too.
# Measured: docs/decisions/0014-two-questions-and-follow-ups.md.
TRACE = 0.01
TRACED_PART_ABOVE = 0.5
# So clear is a part that it need not begin as a question does: "winterbanden wisselen, en de apk".
CLEAR_PART_ABOVE = 0.9


@dataclass(frozen=True)
class Part:
    """A part of a message, its probabilities by itself, and its likeliest reading."""

    text: str
    alone: Mapping[str, float]
    best: Candidate


def topics_apart(
    text: str, whole: Mapping[str, float], interpreter: Interpreter, thresholds: Thresholds, most: int = MOST_QUESTIONS
) -> tuple[str, ...]:
    """The topics of both parts at the best cut, and of cuts within these; none if no cut gives two questions.

    `whole`: the probabilities of the text as a whole.
    """
    parts = _best_cut(text, whole, interpreter, thresholds) if most > 1 else ()
    topics = (
        topics_apart(part.text, part.alone, interpreter, thresholds, most - 1) or (str(part.best.detail),)
        for part in parts
    )
    return tuple(dict.fromkeys(topic for part in topics for topic in part))[:MOST_QUESTIONS]


def _best_cut(
    text: str, whole: Mapping[str, float], interpreter: Interpreter, thresholds: Thresholds
) -> tuple[Part, ...]:
    """Both parts at the cut whose less certain part is the most certain; nothing if no cut gives two questions."""
    found = cuts(text)
    if not found:
        return ()
    # All at once: reading eight texts takes little longer than one.
    read = interpreter.classify_all([part for cut in found for part in (cut.first, cut.second)])
    clear = []
    for cut, alone, following in zip(found, read[::2], read[1::2], strict=True):
        before = Part(cut.first, alone, decide(alone, thresholds).candidates[0])
        after = Part(cut.second, following, _best_after(before.best, cut.second, following, interpreter, thresholds))
        if _are_two_questions(cut, (before, after), whole, thresholds):
            clear.append((before, after))
    return max(clear, key=_certainty, default=())


def _best_after(
    before: Candidate, text: str, alone: Mapping[str, float], interpreter: Interpreter, thresholds: Thresholds
) -> Candidate:
    """The likeliest reading of the second part, which may only make sense after the first: "en hoe lang duurt dat?"."""
    best = decide(alone, thresholds).candidates[0]
    if best.label == FOLLOW_UP and before.intent == ASK_TERM:
        together = read_after(text, alone, str(before.detail), interpreter)
        return decide(together, thresholds).candidates[0] if together else best
    return best


def _are_two_questions(cut: Cut, parts: tuple[Part, Part], whole: Mapping[str, float], thresholds: Thresholds) -> bool:
    first, second = (part.best for part in parts)
    if not first.intent == second.intent == ASK_TERM or first.label == second.label:
        return False
    traced = min(whole[first.label], whole[second.label]) >= TRACE
    question_above = TRACED_PART_ABOVE if traced else thresholds.part_above
    return _certainty(parts) >= (question_above if cut.asks else CLEAR_PART_ABOVE)


def _certainty(parts: tuple[Part, Part]) -> float:
    """That of the less certain part."""
    return min(part.best.confidence for part in parts)

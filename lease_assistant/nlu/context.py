"""A message after an answer: "en hoe lang dan?" is read by itself and once more behind the title of that answer."""

import re
from collections.abc import Mapping

from lease_assistant.answers import answer_book, topics_near
from lease_assistant.nlu.interpreter import Interpreter
from lease_assistant.nlu.normalise import normalise
from lease_assistant.understanding import ASK_TERM

FOLLOW_UP = "follow_up"
LONGEST_FOLLOW_UP = 12
# Words that point back to what was said: "mag dat ook?", "waar moet ie dan heen?".
POINTS_BACK = re.compile(
    r"\b(?:dat|dan|die|dit|deze|daar\w*|ie|hem|hij|er|er(?:voor|van|bij|na|mee|over)|dezelfde|zoiets|zo'n)\b"
    r"|^\W*ook\b|\book\W*$"
)
# How much of a message has to be about the last topic, one next to it, or nothing but what was said before; and how
# much more that counts with such words. Measured: docs/decisions/0014-two-questions-and-follow-ups.md.
GOES_ON_ABOVE = 0.1
POINTING_BACK_COUNTS = 4
# How much likelier than any other the last topic is, and one next to it: who goes on knows the last answer by now.
LAST_COUNTS, NEXT_COUNTS = 5, 20
# What a reading does not know at all may still be right.
LEAST = 0.001


def goes_on(text: str, alone: Mapping[str, float], topic: str) -> bool:
    """Whether a normalised `text` goes on about `topic`. `alone`: the probabilities of the text by itself."""
    if len(text.split()) > LONGEST_FOLLOW_UP:
        return False
    share = sum(alone.get(label, 0.0) for label in (FOLLOW_UP, *_labels_near(topic)))
    return share * (POINTING_BACK_COUNTS if POINTS_BACK.search(text) else 1) >= GOES_ON_ABOVE


def read_after(text: str, alone: Mapping[str, float], topic: str, interpreter: Interpreter) -> dict[str, float] | None:
    """The probabilities of a normalised `text` that goes on about `topic`; None if it does not."""
    if not goes_on(text, alone, topic):
        return None
    behind = interpreter.classify(f"{normalise(answer_book()[topic].title)}. {text}")
    return read_together(alone, behind, topic)


def read_together(alone: Mapping[str, float], behind: Mapping[str, float], topic: str) -> dict[str, float]:
    """The probabilities of a message that goes on about `topic`, from those of both ways to read it.

    That it goes on is known by now, so the label for that drops out.
    """
    last, *following = _labels_near(topic)
    counts = {last: LAST_COUNTS, **dict.fromkeys(following, NEXT_COUNTS)}
    product = {
        label: (LEAST + value) * (LEAST + behind[label]) * counts.get(label, 1)
        for label, value in alone.items()
        if label != FOLLOW_UP
    }
    total = sum(product.values())
    return {label: value / total for label, value in product.items()}


def _labels_near(topic: str) -> tuple[str, ...]:
    """The labels of a topic (first), of those next to it, and of the flow that its answer offers."""
    flow = answer_book()[topic].flow
    return (*(f"{ASK_TERM}/{name}" for name in topics_near(topic)), *((flow,) if flow else ()))

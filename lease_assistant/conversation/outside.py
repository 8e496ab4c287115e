"""What the assistant says outside a flow: pure, like the flows themselves."""

import re
from typing import TypeVar

from lease_assistant.answers import MAX_ARTICLES, answer_book
from lease_assistant.conversation.flow import Context
from lease_assistant.conversation.flows import FLOW_OF_INTENT, FLOWS
from lease_assistant.conversation.reading import takes_back
from lease_assistant.conversation.replies import (
    Reply,
    flow_button,
    handover_reply,
    person_button,
    suggestions_reply,
    term_reply,
    texts,
)
from lease_assistant.understanding import ASK_TERM, OUT_OF_SCOPE, Candidate, Understanding

Item = TypeVar("Item")

LONGEST_FOLLOW_UP = 12
# Words that point back to what was said: "mag dat ook?", "waar moet ie dan heen?".
POINTS_BACK = re.compile(
    r"\b(?:dat|dan|die|dit|deze|daar\w*|ie|hem|hij|er|er(?:voor|van|bij|na|mee|over)|dezelfde|zoiets|zo'n)\b|^\W*ook\b|\book\W*$",
    re.IGNORECASE,
)
# What may go on about it, or be about something else: "en het eerste jaar?", "en winterbanden?".
GOES_ON = re.compile(
    r"^\W*(?:en|of|maar|want|hoezo|waarom|hoe lang|hoeveel|wanneer|vanaf|voor|tot|ook)\b", re.IGNORECASE
)
# What a follow-up that changes the outcome of a flow holds: "en na 30 maanden?".
FIGURE = re.compile(
    r"\d|\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|half|anderhalf|gisteren|vandaag|morgen)\b",
    re.IGNORECASE,
)
# With so much probability for something else, a message that is clear by itself, or one that is not, is about that.
CLEARLY_ELSEWHERE = 0.75
MAYBE_ELSEWHERE = 0.35
# With less than this a topic next to the last one is no better guess than the last one.
NEXT_ABOVE = 0.02

# Below this a topic is no serious suggestion.
SUGGEST_ABOVE = 0.015
SUGGEST_SHARE = 0.08
# From here on a fact is the start of another flow rather than a correction of the last one.
STARTS_ABOVE = 0.2


def answer(heard: Understanding, context: Context) -> tuple[Reply, ...]:
    """The answer to each topic that is asked about, as one message."""
    known = [topic for topic in heard.topics if topic in answer_book()]
    if not known:
        return fallback(heard, context)
    return (combined(tuple(term_reply(topic, context.edition, heard.part) for topic in known)),)


def combined(replies: tuple[Reply, ...]) -> Reply:
    """Several answers in one message with one payload: the first topic leads, all of them are cited."""
    if len(replies) == 1:
        return replies[0]
    payloads = [reply.custom or {} for reply in replies]
    cited = [payload["citations"][0] for payload in payloads]
    payload = {
        **payloads[0],
        "topics": [entry["topic"] for entry in payloads],
        "citations": unique(cited)[:MAX_ARTICLES],
    }
    flows = unique([button for reply in replies for button in reply.buttons if button.payload.startswith("/start_")])
    return Reply("\n\n".join(str(reply.text) for reply in replies), tuple(flows), payload)


def unique(items: list[Item]) -> list[Item]:
    """Items in order, each once."""
    return [item for position, item in enumerate(items) if item not in items[:position]]


def answer_in_context(
    heard: Understanding, last_topic: str | None, context: Context
) -> tuple[str | None, tuple[Reply, ...]]:
    """The reply to a question, in the light of the answer before, and the topic that it leaves behind."""
    back = goes_on(heard, last_topic)
    if not heard.topics:
        return follow_up(heard, last_topic, context) if back else (None, fallback(heard, context))
    if back and heard.topic not in _around(str(last_topic)):
        # Read by itself it is about something else: that may be an accident of its few words.
        both = (Candidate(f"{ASK_TERM}/{last_topic}", 1.0), Candidate(f"{ASK_TERM}/{heard.topic}", 1.0))
        return None, (suggestions_reply("unsure", both, SUGGEST_ABOVE, context.edition),)
    return heard.topic, answer(heard, context)


def goes_on(heard: Understanding, last_topic: str | None) -> bool:
    """Whether a message only makes sense after the answer before: it is short and points back to it."""
    if last_topic not in answer_book() or len(heard.text.split()) > LONGEST_FOLLOW_UP:
        return False
    points_back = POINTS_BACK.search(heard.text) or (not heard.topics and GOES_ON.search(heard.text))
    limit = CLEARLY_ELSEWHERE if heard.topics else MAYBE_ELSEWHERE
    return bool(points_back) and _elsewhere(heard, str(last_topic)) < limit


def _elsewhere(heard: Understanding, last_topic: str) -> float:
    """The likeliest thing that has nothing to do with the last topic: another one, or what is not covered."""
    near = [f"{ASK_TERM}/{topic}" for topic in _around(last_topic)]
    others = (c for c in heard.candidates if c.intent in (ASK_TERM, OUT_OF_SCOPE) and c.label not in near)
    return max((candidate.confidence for candidate in others), default=0.0)


def follow_up(heard: Understanding, last_topic: str | None, context: Context) -> tuple[str | None, tuple[Reply, ...]]:
    """What a follow-up asks, read from the topic before: a topic next to it, the rest of its answer, or it again."""
    if last_topic is None or last_topic not in answer_book():
        return None, (Reply(texts("general")["follow_up_unknown"]),)
    near = {c.detail: c.confidence for c in _topics(heard) if c.detail in _around(last_topic)}
    topic = max(near, key=lambda name: near[name], default=last_topic)
    if near.get(topic, 0.0) < NEXT_ABOVE:
        topic = last_topic
    part = "more" if topic == last_topic and answer_book()[last_topic].more else None
    return topic, (term_reply(str(topic), context.edition, part),)


def topic_after(heard: Understanding, last_topic: str | None, last_flow: str | None) -> str | None:
    """What a follow-up is about: the last topic, or that of the flow after it; None if it changes a figure."""
    if last_topic or last_flow is None:
        return last_topic
    return None if takes_back(heard.text) or FIGURE.search(heard.text) else FLOWS[last_flow].topic


def _topics(heard: Understanding) -> list[Candidate]:
    return [candidate for candidate in heard.candidates if candidate.intent == ASK_TERM]


def _around(topic: str) -> tuple[str, ...]:
    """A topic and those next to it."""
    return (topic, *answer_book()[topic].related)


def not_covered(heard: Understanding, context: Context) -> tuple[Reply, ...]:
    """That the documents do not cover it; near misses come with the nearest topics."""
    kind = heard.detail or "not_understood"
    near = heard.candidates if kind == "uncovered_lease" else ()
    return (suggestions_reply(kind, near, SUGGEST_ABOVE, context.edition),)


def fallback(heard: Understanding, context: Context) -> tuple[Reply, ...]:
    """Two or three guesses to choose from, or a request to say it otherwise."""
    name = "unsure" if heard.certainty == "unsure" else "not_understood"
    likeliest = max((candidate.confidence for candidate in heard.candidates), default=0.0)
    at_least = max(SUGGEST_ABOVE, SUGGEST_SHARE * likeliest)
    return (suggestions_reply(name, heard.candidates, at_least, context.edition),)


def handover(context: Context) -> tuple[Reply, ...]:
    """A person takes over."""
    return (handover_reply("requested", context.edition),)


def flow_of_fact(heard: Understanding, last_flow: str | None) -> str | None:
    """Which flow a bare fact belongs to: one that it clearly starts, else the one just ended, else the likeliest."""
    starts = [candidate for candidate in heard.candidates if candidate.intent in FLOW_OF_INTENT]
    best = max(starts, key=lambda candidate: candidate.confidence, default=None)
    if best and best.confidence >= (STARTS_ABOVE if last_flow else SUGGEST_ABOVE):
        return FLOW_OF_INTENT[best.intent]
    return last_flow


def unplaced_fact() -> tuple[Reply, ...]:
    """That a fact belongs to nothing we know of, with what can be done."""
    buttons = (*(flow_button(intent) for intent in FLOW_OF_INTENT), person_button())
    return (Reply(texts("general")["nothing_to_correct"], buttons),)

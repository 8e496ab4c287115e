"""What the assistant says outside a flow: pure, like the flows themselves."""

import re
from dataclasses import replace
from typing import TypeVar

from lease_assistant.answers import MAX_ARTICLES, answer_book, topics_near
from lease_assistant.conversation.flow import Context
from lease_assistant.conversation.flows import FLOW_OF_INTENT, FLOWS
from lease_assistant.conversation.reading import holds_figure, takes_back
from lease_assistant.conversation.replies import (
    Reply,
    flow_button,
    handover_reply,
    person_button,
    suggestions_reply,
    term_reply,
    texts,
)
from lease_assistant.understanding import ASK_TERM, Candidate, Understanding

Item = TypeVar("Item")

ASKS_MORE = re.compile(r"\b(?:meer|verder|voorbeeld\w*|rest|uitgebreid\w*)\b", re.IGNORECASE)
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
    if known == [heard.follows]:
        return (_more_of(known[0], heard, context),)
    return (combined(tuple(term_reply(topic, context.edition, heard.part) for topic in known)),)


def _more_of(topic: str, heard: Understanding, context: Context) -> Reply:
    """For who goes on about an answer: the rest of it if that is asked for, else all there is, and a person besides."""
    answered = answer_book()[topic]
    if answered.more and ASKS_MORE.search(heard.text):
        return term_reply(topic, context.edition, "more")
    lead = texts("general")["again"]
    reply = term_reply(topic, context.edition, "all")
    return replace(reply, text=f"{lead}\n\n{reply.text}", buttons=(*reply.buttons, person_button()))


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


def follow_up(heard: Understanding, last_topic: str | None, context: Context) -> tuple[str | None, tuple[Reply, ...]]:
    """What a follow-up asks, read from the topic before: a topic next to it, the rest of its answer, or it again."""
    if last_topic is None or last_topic not in answer_book():
        return None, (Reply(texts("general")["follow_up_unknown"]),)
    near = {c.detail: c.confidence for c in _topics(heard) if c.detail in topics_near(last_topic)}
    topic = max(near, key=lambda name: near[name], default=last_topic)
    if topic == last_topic or near[topic] < NEXT_ABOVE:
        return last_topic, (_more_of(last_topic, heard, context),)
    return topic, (term_reply(str(topic), context.edition),)


def topic_after(text: str, last_topic: str | None, last_flow: str | None) -> str | None:
    """What a follow-up is about: the last topic, or that of the flow after it; None if it changes a figure."""
    if last_topic or last_flow not in FLOWS:
        return last_topic
    return None if takes_back(text) or holds_figure(text) else FLOWS[str(last_flow)].topic


def _topics(heard: Understanding) -> list[Candidate]:
    return [candidate for candidate in heard.candidates if candidate.intent == ASK_TERM]


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

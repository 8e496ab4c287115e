"""What one message at a time does not show: two questions in one, follow-ups, and the same question in other Dutch."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lease_assistant.conversation.flow import Context
from lease_assistant.conversation.flows import FLOW_OF_INTENT
from lease_assistant.conversation.outside import answer, follow_up, not_covered
from lease_assistant.conversation.replies import Reply
from lease_assistant.evaluation.analysis import Figures
from lease_assistant.evaluation.data import TESTS, first_articles
from lease_assistant.evaluation.metrics import share
from lease_assistant.nlu.context import FOLLOW_UP
from lease_assistant.nlu.decision import Thresholds
from lease_assistant.nlu.interpreter import Interpreter
from lease_assistant.nlu.understand import Before, as_parse_data, understand
from lease_assistant.terms import load_yaml
from lease_assistant.understanding import ASK_TERM, FALLBACK, OUT_OF_SCOPE, Understanding

TWO_QUESTIONS = ("two_questions", "two_questions_later")
FOLLOW_UPS = ("follow_ups", "follow_ups_later")


@dataclass(frozen=True)
class Listener:
    """Hears messages as the running assistant does. `context`: the terms and the clock for its replies."""

    interpreter: Interpreter
    thresholds: Thresholds
    context: Context

    def hear(self, text: str, after: str | None = None) -> Understanding:
        """The message as understood; `after`: the topic of the answer before it."""
        parsed = as_parse_data(understand(text, self.interpreter, self.thresholds, Before(after)))
        return Understanding.from_message({"text": text, **parsed})

    def reply_to_two(self, first: str, second: str) -> tuple[set[str], set[str]]:
        """Articles of the reply to `second` after `first`: those stated, and those offered as a choice.

        A flow that starts is stated by the name of its intent.
        """
        topic = self.hear(first).topic
        heard = self.hear(second, topic)
        replies = self._replies(heard, topic)
        payloads = [reply.custom or {} for reply in replies]
        stated = {payload["topic"] for payload in payloads if "topic" in payload}
        buttons = (button.payload for reply in replies for button in reply.buttons if not stated)
        offered = {payload.split('"')[-2] for payload in buttons if payload.startswith(f"/{ASK_TERM}")}
        started = {heard.intent} if heard.intent in FLOW_OF_INTENT else set()
        return articles(stated) | started, articles(offered)

    def _replies(self, heard: Understanding, topic: str | None) -> tuple[Reply, ...]:
        if heard.intent == FOLLOW_UP:
            return follow_up(heard, topic, self.context)[1]
        if heard.intent == OUT_OF_SCOPE:
            return not_covered(heard, self.context)
        return answer(heard, self.context) if heard.intent in (ASK_TERM, FALLBACK) else ()


def articles(topics: set[str]) -> set[str]:
    """The articles that carry the answers to `topics`."""
    return {first_articles()[f"{ASK_TERM}/{topic}"] for topic in topics}


def two_questions(listener: Listener, name: str, folder: Path = TESTS) -> Figures:
    """Messages with two or three questions, and messages that only look like it; `name` of their file."""
    rows = load_yaml(folder / f"{name}.yml")
    heard = [(set(listener.hear(row["text"]).topics), [set(found) for found in row["articles"]]) for row in rows]
    several = [(articles(topics), wanted) for topics, wanted in heard if len(wanted) > 1]
    single = [(articles(topics), wanted[0]) for topics, wanted in heard if len(wanted) == 1]
    return {
        "messages with several questions": len(several),
        "all of them answered": share(all(found & right for right in wanted) for found, wanted in several),
        "at least one answered": share(any(found & right for right in wanted) for found, wanted in several),
        "an answer that nobody asked for": share(bool(found - set().union(*wanted)) for found, wanted in several),
        "messages with one question": len(single),
        "answered": share(bool(found & right) for found, right in single),
        "answered with something besides": share(bool(found - right) for found, right in single),
    }


def follow_ups(listener: Listener, name: str, folder: Path = TESTS) -> Figures:
    """Second messages: those that go on about the answer before, and those about something new."""
    rows = load_yaml(folder / f"{name}.yml")
    replies = [(row, *listener.reply_to_two(row["first"], row["follow_up"])) for row in rows]
    groups: defaultdict[bool, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for row, stated, offered in replies:
        right = set(_flat(row["articles"]))
        groups[bool(row.get("new"))].append((bool(stated & right), bool(offered & right), bool(stated - right)))
    return {
        f"{name}, {title}": share(outcome[place] for outcome in groups[new])
        for new, name in ((False, "going on"), (True, "something new"))
        for place, title in enumerate(("answered", "offered", "answered wrongly"))
    }


def _flat(listed: Sequence[Any]) -> Iterator[str]:
    for found in listed:
        if isinstance(found, str):
            yield found
        else:
            yield from found


def variants(listener: Listener, folder: Path = TESTS) -> Figures:
    """Share of messages read right first, by the kind of Dutch that sets them apart from the plain wording."""
    rows = load_yaml(folder / "variants.yml")
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for row in rows:
        for kind, text in (("plain wording", row["plain"]), (row["kind"], row["variant"])):
            best = listener.hear(text).candidates[0]
            groups[kind.replace("_", " ")].append(best.label == row["label"])
    return {kind: share(found) for kind, found in sorted(groups.items())}

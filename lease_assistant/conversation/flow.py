"""What every flow has in common: questions, what a message says, and the shape of a turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from lease_assistant.conversation.replies import Button, Reply, Texts, texts
from lease_assistant.terms import Edition, Terms

Slots = Mapping[str, Any]

# Stored in a slot when the customer says that they do not know: asked and answered.
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Context:
    """What a turn depends on besides the conversation. `now` is aware, in Europe/Amsterdam."""

    terms: Terms
    now: datetime

    @property
    def edition(self) -> Edition:
        """The edition that counts as long as no contract date is known."""
        return self.terms.current


@dataclass(frozen=True)
class Problem:
    """An answer that cannot be used: `code` in the flow's texts, and the slots to empty and ask again."""

    code: str
    slots: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What a message says about a flow: new values of slots, or why one cannot be used."""

    values: Slots = field(default_factory=dict)
    problem: Problem | None = None


class Flow(Protocol):
    """A guided conversation. `name` is its file in data/texts and the start of its form's name.

    `intent` starts it; `topic` is what a question about its outcome is about.
    """

    name: str
    intent: str
    topic: str
    slots: tuple[str, ...]

    def read(self, text: str, asked: str | None, slots: Slots, context: Context) -> Reading:
        """What `text` says, given the question that was asked and what is known."""

    def check(self, slots: Slots, context: Context) -> Problem | None:
        """What is impossible about all answers together."""

    def next_slot(self, slots: Slots, context: Context) -> str | None:
        """The next question, None when everything is known."""

    def result(self, slots: Slots, context: Context) -> Reply:
        """The outcome; only called when nothing is left to ask."""


def flow_texts(flow: Flow) -> Texts:
    """The wording of a flow."""
    return texts(flow.name)


def ask(flow: Flow, slot: str, context: Context, before: str = "") -> Reply:
    """The question for `slot`, after the sentence `before`."""
    question: Mapping[str, Any] = flow_texts(flow).entries["questions"][slot]
    text = context.edition.fill(str(question["ask"]).strip())
    buttons = tuple(_answer_button(choice, context.edition) for choice in question.get("buttons", ()))
    return Reply(f"{before}\n\n{text}" if before else text, buttons)


def _answer_button(choice: str | Mapping[str, str], edition: Edition) -> Button:
    """A choice is its own answer, or `title: answer` where what is sent has to be clearer than the title."""
    ((title, answer),) = [(choice, choice)] if isinstance(choice, str) else choice.items()
    return Button(edition.fill(title), edition.fill(answer))


def explain(flow: Flow, slot: str, context: Context) -> str:
    """Why the question is asked, or where to find the answer."""
    return context.edition.fill(str(flow_texts(flow).entries["questions"][slot]["explain"]).strip())

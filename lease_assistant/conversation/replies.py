"""What the assistant says: text, buttons and payload, free of Rasa. Payloads as in docs/contract.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lease_assistant.answers import Answer, answer_book
from lease_assistant.terms import DATA, ArticleRef, Edition, load_yaml
from lease_assistant.understanding import ASK_TERM, Candidate

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Button:
    """A choice. `payload` is what it sends: an intent (``/help``) or the text of an answer (``ja``)."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One message to the customer. `response` names a text of domain.yml instead of `text`."""

    text: str | None = None
    buttons: tuple[Button, ...] = ()
    custom: Payload | None = None
    response: str | None = None


@dataclass(frozen=True)
class Texts:
    """Wording from ``data/texts/``, one file for each part of the conversation."""

    entries: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return str(self.entries[name]).strip()

    def choice(self, group: str, name: str) -> str:
        """An entry of a group, such as a reason or a problem."""
        return str(self.entries[group][name]).strip()


@lru_cache
def texts(name: str) -> Texts:
    """The wording in ``data/texts/<name>.yml``, read once per process."""
    return Texts(load_yaml(DATA / "texts" / f"{name}.yml"))


def citations(articles: Iterable[ArticleRef]) -> list[dict[str, str]]:
    """Articles as a payload cites them."""
    return [article.citation() for article in articles]


def topic_button(topic: str) -> Button:
    """A button that asks for the answer to `topic`."""
    return Button(answer_book()[topic].title, f'/{ASK_TERM}{{"topic": "{topic}"}}')


def flow_button(intent: str) -> Button:
    """A button that starts the flow of `intent`."""
    return Button(texts("general").choice("flow_buttons", intent), f"/{intent}")


def person_button() -> Button:
    """A button that asks for a person."""
    return Button(texts("general")["person_button"], "/request_human")


def term_reply(topic: str, edition: Edition, part: str | None = None) -> Reply:
    """The answer to `topic` (or the part of it), with its payload; related topics and the fitting flow as buttons."""
    answer = answer_book()[topic]
    payload = {"type": "term_answer", "topic": topic, "citations": citations(answer.articles)}
    return Reply(answer.render(edition, part), _answer_buttons(answer, part), payload)


def _answer_buttons(answer: Answer, part: str | None) -> tuple[Button, ...]:
    more = Button(texts("general")["more_button"], f'/{ASK_TERM}{{"topic": "{answer.topic}", "part": "more"}}')
    return (
        *((more,) if answer.more and part not in ("more", "all") else ()),
        *((flow_button(answer.flow),) if answer.flow else ()),
        *(topic_button(topic) for topic in answer.related),
    )


def handover_reply(reason: str, edition: Edition) -> Reply:
    """A person takes over: how to reach one, and why."""
    contact = {"phone": str(edition["contact.phone"]), "email": str(edition["contact.email"])}
    article = edition["contact.phone"].article
    text = f"{edition.fill(texts('general')['handover'])}\n\n{edition.source_line([article])}"
    payload = {"type": "handover", "reason": reason, "contact": contact, "citations": citations([article])}
    return Reply(text, (), payload)


def suggestions_reply(name: str, candidates: Iterable[Candidate], at_least: float, edition: Edition) -> Reply:
    """Text `name` of data/texts/general.yml, with the two or three likeliest topics or flows as buttons."""
    likely = [candidate for candidate in candidates if candidate.confidence >= at_least]
    buttons = tuple(button for candidate in likely if (button := _suggestion(candidate)))[:3]
    general = texts("general")
    text = edition.fill(general[name] + ("\n" + general["suggest"] if buttons else ""))
    payload = {
        "type": "fallback",
        "suggestions": [{"title": button.title, "payload": button.payload} for button in buttons],
        "citations": [],
    }
    return Reply(text, (*buttons, person_button()), payload)


def _suggestion(candidate: Candidate) -> Button | None:
    if candidate.intent == ASK_TERM and candidate.detail and candidate.detail in answer_book():
        return topic_button(candidate.detail)
    return flow_button(candidate.intent) if candidate.intent.startswith("start_") else None

"""Messages of the assistant as WhatsApp messages. Pure: a Rasa message goes in, bodies for the Graph API come out.

Buttons choose their own form: up to 3 short ones stay buttons, up to 10 become a list, the rest a numbered text.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lease_assistant.channels.whatsapp import limits

Body = dict[str, Any]

LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^)\s]+)\)")
# Markdown that WhatsApp writes differently.
MARKDOWN = (
    (re.compile(r"(?<!\*)\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*(?!\*)"), r"*\1*"),
    (re.compile(r"^#{1,6} +([^\n]+?) *$", re.MULTILINE), r"*\1*"),
    (re.compile(r"^( *)[*•] +", re.MULTILINE), r"\1- "),
    (re.compile(r"^(Bron: [^\n_]+)$", re.MULTILINE), r"_\1_"),
)


@dataclass(frozen=True)
class Wording:
    """The few words that the form of a message needs. `cards`: the title above a result, by its type."""

    choose: str
    list_button: str
    numbered: str
    cards: Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """Something to choose: the text on the button and what choosing it says to the assistant."""

    title: str
    payload: str

    @property
    def id(self) -> str:
        """A short id, since the payload itself may be longer than an id can be."""
        return "c-" + hashlib.sha256(f"{self.title}\0{self.payload}".encode("utf-8", "replace")).hexdigest()[:24]


@dataclass(frozen=True)
class Rendered:
    """One WhatsApp message without its address, the choices it offers, and whether these are chosen by number."""

    body: Body
    choices: tuple[Choice, ...] = ()
    numbered: bool = False


def render(message: Mapping[str, Any], wording: Wording) -> tuple[Rendered, ...]:
    """One message of Rasa (text, buttons, custom, image, attachment) as the WhatsApp messages it takes."""
    text = _title(message.get("custom"), wording) + formatted(str(message.get("text") or ""))
    choices = _choices(message.get("buttons") or ())
    rendered = list(_with_choices(text, choices, wording) if choices else _texts(text))
    if image := _link(message.get("image")):
        rendered.append(Rendered({"type": "image", "image": {"link": image}}))
    if document := _link(message.get("attachment")):
        rendered.append(Rendered({"type": "document", "document": _document(document)}))
    return tuple(rendered)


def text_message(text: str) -> Rendered:
    """A text of at most `limits.TEXT`."""
    return Rendered({"type": "text", "text": {"body": text, "preview_url": False}})


def template_message(name: str, language: str, values: Sequence[str]) -> Body:
    """A message by a template that Meta has approved, with the values for its places."""
    places = [{"type": "text", "text": value} for value in values]
    components = [{"type": "body", "parameters": places}] if places else []
    template = {"name": name, "language": {"code": language}, "components": components}
    return {"type": "template", "template": template}


def formatted(text: str) -> str:
    """Text with Markdown in WhatsApp's own notation, and the source line in italics."""
    text = LINK.sub(r"\1: \2", text.replace("\0", ""))
    for pattern, replacement in MARKDOWN:
        text = pattern.sub(replacement, text)
    return text.strip()


def chosen_number(text: str, payloads: Sequence[str]) -> str | None:
    """The payload that a typed number stands for, among the numbered choices last offered."""
    match = re.fullmatch(r"\W*(?:optie |keuze |nummer |nr\.? ?)?([0-9]{1,3})\W*", text.strip().lower(), re.ASCII)
    index = int(match[1]) - 1 if match else -1
    return payloads[index] if 0 <= index < len(payloads) else None


def _title(custom: object, wording: Wording) -> str:
    kind = custom.get("type") if isinstance(custom, Mapping) else None
    title = wording.cards.get(kind) if isinstance(kind, str) else None
    return f"*{title}*\n" if title else ""


def _choices(buttons: Sequence[Mapping[str, Any]]) -> tuple[Choice, ...]:
    found = []
    for button in buttons:
        title = _one_line(button.get("title")) or _one_line(button.get("payload"))
        found.append(Choice(title, str(button.get("payload") or title)))
    # The same choice twice would have the same id; one without a word cannot be shown.
    return tuple(dict.fromkeys(choice for choice in found if choice.title))


def _one_line(text: object) -> str:
    return " ".join(str(text or "").replace("\0", "").split())


def _with_choices(text: str, choices: tuple[Choice, ...], wording: Wording) -> Iterator[Rendered]:
    action = _buttons(choices) or _list(choices, wording)
    if action is None:
        yield from _numbered(text, choices, wording)
        return
    head, tail = limits.split_tail(text, limits.BODY)
    yield from _texts(head)
    yield Rendered(
        {"type": "interactive", "interactive": {"body": {"text": tail or wording.choose}, **action}}, choices
    )


def _texts(text: str) -> Iterator[Rendered]:
    return (text_message(part) for part in limits.split(text, limits.TEXT))


def _buttons(choices: tuple[Choice, ...]) -> Body | None:
    """The choices as reply buttons, if they fit."""
    titles = {choice.title for choice in choices}
    if len(choices) > limits.BUTTONS or len(titles) < len(choices):
        return None
    if any(limits.length(title) > limits.BUTTON_TITLE for title in titles):
        return None
    replies = [{"type": "reply", "reply": {"id": choice.id, "title": choice.title}} for choice in choices]
    return {"type": "button", "action": {"buttons": replies}}


def _list(choices: tuple[Choice, ...], wording: Wording) -> Body | None:
    """The choices as rows of a list, if they fit: a long title goes on in the description below it."""
    rows = [row for choice in choices if (row := _row(choice))]
    if len(choices) > limits.ROWS or len({row["title"] for row in rows}) < len(choices):
        return None
    return {"type": "list", "action": {"button": wording.list_button, "sections": [{"rows": rows}]}}


def _row(choice: Choice) -> dict[str, str] | None:
    parts = limits.split_words(choice.title, limits.ROW_TITLE, limits.ROW_DESCRIPTION)
    if parts is None:
        return None
    title, description = parts
    return {"id": choice.id, "title": title, **({"description": description} if description else {})}


def _numbered(text: str, choices: tuple[Choice, ...], wording: Wording) -> Iterator[Rendered]:
    lines = "\n".join(f"{number}. {choice.title}" for number, choice in enumerate(choices, start=1))
    parts = limits.split("\n\n".join(part for part in (text, lines, wording.numbered) if part), limits.TEXT)
    yield from (text_message(part) for part in parts[:-1])
    yield Rendered(text_message(parts[-1]).body, choices, numbered=True)


def _link(found: object) -> str:
    """The address of a picture or file; Rasa passes it bare or in a dictionary."""
    link = found.get("url") or found.get("link") if isinstance(found, Mapping) else found
    return link if isinstance(link, str) and link.startswith(("https://", "http://")) else ""


def _document(link: str) -> Body:
    name = link.partition("?")[0].rstrip("/").rpartition("/")[2]
    return {"link": link, **({"filename": limits.prefix(name, limits.FILENAME)} if name else {})}

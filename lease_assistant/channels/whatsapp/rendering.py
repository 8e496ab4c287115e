"""Messages of the assistant as WhatsApp messages. Pure: a Rasa message goes in, bodies for the Graph API come out.

Buttons choose their own form: up to 3 short ones stay buttons, up to 10 become a list, the rest a numbered text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lease_assistant.channels.whatsapp import limits
from lease_assistant.channels.whatsapp.choices import Body, Choice, action_for, numbered_lines, one_line, read_choices

# Stands for the id of a file that is still to be uploaded.
FILE = "file"
LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^)\s]+)\)")
# Markdown that WhatsApp writes differently.
MARKDOWN = (
    (re.compile(r"(?<!\*)\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*(?!\*)"), r"*\1*"),
    (re.compile(r"^#{1,6} +([^\n]+?) *$", re.MULTILINE), r"*\1*"),
    (re.compile(r"^( *)[*•] +", re.MULTILINE), r"\1- "),
    (re.compile(r"^(Bron: [^\n_]+)$", re.MULTILINE), r"_\1_"),
)
# The source line once it is formatted, at the end of a text.
SOURCE = re.compile(r"^_(Bron: [^\n_]+)_$\s*\Z", re.MULTILINE)


@dataclass(frozen=True)
class Wording:
    """The few words that the form of a message needs. `cards`: the title above a result, by its type."""

    choose: str
    list_button: str
    numbered: str
    cards: Mapping[str, str]


@dataclass(frozen=True)
class Rendered:
    """One WhatsApp message without its address, the choices it offers, and whether these are chosen by number."""

    body: Body
    choices: tuple[Choice, ...] = ()
    numbered: bool = False


def render(message: Mapping[str, Any], wording: Wording) -> tuple[Rendered, ...]:
    """One message of Rasa (text, buttons, custom, image, attachment) as the WhatsApp messages it takes.

    A picture or attachment is an address, or the name of a file in the folder that the channel sends from.
    """
    title, text = _title(message.get("custom"), wording), formatted(str(message.get("text") or ""))
    media = tuple(_media(message))
    if choices := read_choices(message.get("buttons") or ()):
        return (*_with_choices(title, text, choices, wording), *media)
    text = f"*{title}*\n{text}" if title else text
    if len(media) == 1 and media[0].body["type"] != "text" and text and limits.length(text) <= limits.CAPTION:
        return (_with_caption(media[0], text),)
    return (*_texts(text), *media)


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


def _title(custom: object, wording: Wording) -> str:
    kind = custom.get("type") if isinstance(custom, Mapping) else None
    return wording.cards.get(kind, "") if isinstance(kind, str) else ""


def _with_choices(title: str, text: str, choices: tuple[Choice, ...], wording: Wording) -> Iterator[Rendered]:
    action = action_for(choices, wording.list_button)
    if action is None:
        yield from _numbered(f"*{title}*\n{text}" if title else text, choices, wording)
        return
    text, footer = _without_source(text)
    head, tail = limits.split_tail(text, limits.BODY)
    parts: Body = {"body": {"text": tail or wording.choose}, **action}
    if title and not head and limits.length(title) <= limits.HEADER:
        parts["header"] = {"type": "text", "text": title}
    elif title:
        head = f"*{title}*\n{head}"
    if footer:
        parts["footer"] = {"text": footer}
    yield from _texts(head)
    yield Rendered({"type": "interactive", "interactive": parts}, choices)


def _without_source(text: str) -> tuple[str, str]:
    """The text and its last line if that names the source and fits in the small print below buttons."""
    match = SOURCE.search(text)
    if match and match.start() and limits.length(match[1]) <= limits.FOOTER:
        return text[: match.start()].rstrip(), match[1]
    return text, ""


def _texts(text: str) -> Iterator[Rendered]:
    return (text_message(part) for part in limits.split(text, limits.TEXT))


def _numbered(text: str, choices: tuple[Choice, ...], wording: Wording) -> Iterator[Rendered]:
    parts = limits.split(
        "\n\n".join(part for part in (text, numbered_lines(choices), wording.numbered) if part), limits.TEXT
    )
    yield from (text_message(part) for part in parts[:-1])
    yield Rendered(text_message(parts[-1]).body, choices, numbered=True)


def _media(message: Mapping[str, Any]) -> Iterator[Rendered]:
    for name, kind in (("image", "image"), ("attachment", "document")):
        found = message.get(name)
        # Rasa passes it bare or in a dictionary.
        place = found.get("url") or found.get("link") if isinstance(found, Mapping) else found
        if not isinstance(place, str) or not (place := one_line(place)):
            continue
        if limits.length(place) > limits.LINK:
            # Too long to be sent as a file, so at least the address arrives.
            yield from _texts(place)
            continue
        media = {"link" if place.startswith(("https://", "http://")) else FILE: place}
        file_name = limits.prefix(place.partition("?")[0].rstrip("/").rpartition("/")[2], limits.FILENAME)
        if kind == "document" and file_name:
            media["filename"] = file_name
        yield Rendered({"type": kind, kind: media})


def _with_caption(media: Rendered, text: str) -> Rendered:
    kind = media.body["type"]
    return Rendered({"type": kind, kind: {**media.body[kind], "caption": text}})

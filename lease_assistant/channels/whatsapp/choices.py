"""Choices in the form that fits: reply buttons, the rows of a list, or numbered lines. Pure."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lease_assistant.channels.whatsapp import limits

Body = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """Something to choose: the text on the button, what choosing it says to the assistant, and what it belongs to.

    Its id is shorter than an id may be, whatever the payload.
    """

    title: str
    payload: str
    section: str = ""

    @property
    def id(self) -> str:
        """What WhatsApp sends back when it is chosen."""
        return "c-" + hashlib.sha256(f"{self.title}\0{self.payload}".encode("utf-8", "replace")).hexdigest()[:24]


def read_choices(buttons: Sequence[Mapping[str, Any]]) -> tuple[Choice, ...]:
    """The buttons of a message of Rasa; `section` is what a choice belongs to, for the headings of a list."""
    found = []
    for button in buttons:
        title = one_line(button.get("title")) or one_line(button.get("payload"))
        found.append(Choice(title, str(button.get("payload") or title), one_line(button.get("section"))))
    # The same choice twice would have the same id; one without a word cannot be shown.
    return tuple({choice.id: choice for choice in found if choice.title}.values())


def chosen_number(text: str, payloads: Sequence[str]) -> str | None:
    """The payload that a typed number stands for, among the numbered choices last offered."""
    match = re.fullmatch(r"\W*(?:optie |keuze |nummer |nr\.? ?)?([0-9]{1,3})\W*", text.strip().lower(), re.ASCII)
    index = int(match[1]) - 1 if match else -1
    return payloads[index] if 0 <= index < len(payloads) else None


def action_for(choices: tuple[Choice, ...], list_button: str) -> Body | None:
    """The part of an interactive message that offers `choices`; None if they fit neither on buttons nor in a list."""
    return _buttons(choices) or _list(choices, list_button)


def _buttons(choices: tuple[Choice, ...]) -> Body | None:
    """The choices as reply buttons, if they fit."""
    titles = {choice.title for choice in choices}
    if len(choices) > limits.BUTTONS or len(titles) < len(choices) or any(choice.section for choice in choices):
        return None
    if any(limits.length(title) > limits.BUTTON_TITLE for title in titles):
        return None
    replies = [{"type": "reply", "reply": {"id": choice.id, "title": choice.title}} for choice in choices]
    return {"type": "button", "action": {"buttons": replies}}


def _list(choices: tuple[Choice, ...], list_button: str) -> Body | None:
    """The choices as rows of a list, if they fit: a long title goes on in the description below it."""
    rows = [row for choice in choices if (row := _row(choice))]
    if len(choices) > limits.ROWS or len({row["title"] for row in rows}) < len(choices):
        return None
    sections: dict[str, list[dict[str, str]]] = {}
    for choice, row in zip(choices, rows, strict=True):
        sections.setdefault(choice.section, []).append(row)
    if sections.keys() == {""}:
        return _list_action([{"rows": rows}], list_button)
    # Of several sections, each needs a title.
    if not all(0 < limits.length(title) <= limits.SECTION_TITLE for title in sections):
        return None
    return _list_action([{"title": title, "rows": rows} for title, rows in sections.items()], list_button)


def _list_action(sections: list[Body], list_button: str) -> Body:
    return {"type": "list", "action": {"button": list_button, "sections": sections}}


def _row(choice: Choice) -> dict[str, str] | None:
    parts = limits.split_words(choice.title, limits.ROW_TITLE, limits.ROW_DESCRIPTION)
    if parts is None:
        return None
    title, description = parts
    return {"id": choice.id, "title": title, **({"description": description} if description else {})}


def numbered_lines(choices: tuple[Choice, ...]) -> str:
    """The choices as text, each behind the number that stands for it."""
    lines, section = [], ""
    for number, choice in enumerate(choices, start=1):
        if choice.section != section:
            section = choice.section
            lines.append(f"*{section}*" if section else "")
        lines.append(f"{number}. {choice.title}")
    return "\n".join(lines)


def one_line(text: object) -> str:
    """`text` without line breaks and doubled spaces."""
    return " ".join(str(text or "").replace("\0", "").split())

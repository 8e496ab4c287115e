"""What to reply to one message: the assistant's answer, or a few words about what we cannot read."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from lease_assistant import formatting
from lease_assistant.channels.whatsapp.choices import chosen_number
from lease_assistant.channels.whatsapp.config import Config
from lease_assistant.channels.whatsapp.graph import Graph, MediaRefused
from lease_assistant.channels.whatsapp.identity import short
from lease_assistant.channels.whatsapp.rendering import (
    Wording,
    formatted,
    render,
    template_message,
    text_message,
)
from lease_assistant.channels.whatsapp.work import Answer, Reminder, Turn
from lease_assistant.damage_desk import DamageDesk, Photo, TooManyPhotos
from lease_assistant.damage_desk.photos import NotAPhoto, clean_photo
from lease_assistant.damage_desk.records import MOST_PHOTOS
from lease_assistant.terms import DATA, load_yaml

WORDING = DATA / "texts" / "whatsapp.yml"
SECONDS_PER_HOUR = 3600
# Why a photo is not taken, and which text says so.
REFUSALS = {"unreadable": "type", "too_detailed": "size"}


@dataclass(frozen=True)
class Question:
    """What the assistant is asked. `message_id` is not WhatsApp's own, which holds the phone number.

    `again`: it may have been asked this before; then it has to give the same answer and not hear the message twice.
    """

    conversation: str
    text: str
    message_id: str
    again: bool = False


Messages = Sequence[Mapping[str, Any]]
Assistant = Callable[[Question], Awaitable[Messages]]


class NoAnswer(Exception):
    """The assistant said nothing."""


@dataclass(frozen=True)
class Responder:
    """Answers messages with the help of the assistant; photos come from the Graph API and go to the damage desk."""

    assistant: Assistant
    desk: DamageDesk
    graph: Graph
    config: Config
    texts: Mapping[str, Any]

    async def respond(self, turn: Turn) -> Answer:
        """The answer to `turn`; raises `GraphError`, `NoAnswer`, `DeskUnavailable` or whatever the assistant raises."""
        message = turn.message
        if message.kind == "reaction":
            # A thumbs-up expects no reply.
            return Answer()
        if message.kind == "photo":
            return await self._photo(turn)
        if message.kind == "choice":
            # A button that was not issued to this customer says nothing: show what there is to choose.
            return await self._ask(turn, turn.payload or self.config.menu_payload)
        if message.kind == "text" and (text := _typed(turn)):
            return await self._ask(turn, text)
        kind = message.kind if message.kind in self.texts["unreadable"] else "unsupported"
        return Answer((text_message(str(self.texts["unreadable"][kind])),))

    def apology(self) -> Answer:
        """For when answering has failed for good."""
        return Answer((text_message(str(self.texts["failed"])),))

    async def _ask(self, turn: Turn, text: str) -> Answer:
        question = Question(turn.conversation, text, short(turn.message.id), turn.again)
        messages = await asyncio.wait_for(self.assistant(question), self.config.turn_timeout)
        wording = wording_from(self.texts)
        replies = tuple(rendered for message in messages for rendered in render(message, wording))
        if not replies:
            raise NoAnswer
        report = next((custom for message in messages if (custom := _damage_report(message))), None)
        return Answer(replies, self._reminder(report))

    def _reminder(self, report: Mapping[str, Any] | None) -> Reminder | None:
        if not (report and report.get("form_due") and self.config.reminder_hours):
            return None
        due = datetime.fromisoformat(report["form_due"])
        moment = formatting.long_moment(due)
        template = None
        if self.config.reminder_template:
            template = template_message(self.config.reminder_template, self.config.template_language, [moment])
        text = text_message(formatted(str(self.texts["reminder"]).replace("{moment}", moment)))
        return Reminder(due.timestamp() - self.config.reminder_hours * SECONDS_PER_HOUR, text.body, template)

    async def _photo(self, turn: Turn) -> Answer:
        message = turn.message
        try:
            content = await self.graph.download(str(message.media_id))
            cleaned = await asyncio.to_thread(clean_photo, content)
        except (MediaRefused, NotAPhoto) as refused:
            code = refused.code if isinstance(refused, MediaRefused) else REFUSALS[refused.reason]
            return Answer((text_message(str(self.texts["photo_refused"][code])),))
        try:
            # The desk knows a photo again: after a crash it may come twice.
            reference = await asyncio.to_thread(self.desk.attach, turn.conversation, Photo(cleaned))
        except TooManyPhotos:
            return Answer((text_message(str(self.texts["photo_refused"]["many"]).format(most=MOST_PHOTOS)),))
        # Without a button: the question that is still open has its own, right above.
        saved = text_message(
            str(self.texts["photo_saved"]["filed" if reference else "loose"]).format(reference=reference)
        )
        if not message.text:
            return Answer((saved,))
        answer = await self._ask(turn, _without_slash(message.text))
        return replace(answer, replies=(saved, *answer.replies))


def load_texts(path: Path = WORDING) -> Mapping[str, Any]:
    """The channel's own wording."""
    found: Mapping[str, Any] = load_yaml(path)
    return found


def wording_from(texts: Mapping[str, Any]) -> Wording:
    """The words that the form of a message needs."""
    return Wording(texts["choose"], texts["list_button"], texts["numbered"], texts["cards"])


def _typed(turn: Turn) -> str:
    return chosen_number(turn.message.text, turn.numbered) or _without_slash(turn.message.text)


def _without_slash(text: str) -> str:
    """What customers type is never a command: Rasa would take ``/restart`` for an intent."""
    return text.strip().lstrip("/").strip()


def _damage_report(message: Mapping[str, Any]) -> Mapping[str, Any] | None:
    custom = message.get("custom")
    return custom if isinstance(custom, Mapping) and custom.get("type") == "damage_assessment" else None

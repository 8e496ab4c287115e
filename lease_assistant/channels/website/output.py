"""What Rasa says, written to the conversation's log as it is produced, with its buttons signed."""

from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import OutputChannel

from lease_assistant.channels.website.log import ConversationLog
from lease_assistant.channels.website.tokens import Signer
from lease_assistant.conversation.replies import Button


class WebsiteOutput(OutputChannel):
    """Collects one turn's reply. `said` counts its messages; event 0 of a turn is what the customer sent."""

    def __init__(self, log: ConversationLog, signer: Signer, turn: str) -> None:
        self._log = log
        self._signer = signer
        self._turn = turn
        self.said = 0

    @classmethod
    def name(cls) -> str:
        """As Rasa notes it with each message."""
        return "website"

    async def send_response(self, recipient_id: str, message: Mapping[str, Any]) -> None:
        """Keep text, buttons and payload of a message together: they are one thing on the screen."""
        text, custom = message.get("text"), message.get("custom")
        if not text and not custom:
            return
        buttons = [self._button(recipient_id, button) for button in message.get("buttons") or ()]
        self.write(recipient_id, {"kind": "bot", "text": text or "", "buttons": buttons, "custom": custom or None})
        self.said += 1

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """A plain text, as Rasa's own error messages are."""
        await self.send_response(recipient_id, {"text": text})

    def write(self, conversation: str, body: dict[str, Any], ordinal: int | None = None) -> None:
        """Add an event to this turn."""
        self._log.append(conversation, self._turn, self.said + 1 if ordinal is None else ordinal, body)

    def _button(self, conversation: str, button: Mapping[str, Any]) -> dict[str, str]:
        title = str(button["title"])
        return {"title": title, "signed": self._signer.sign_button(conversation, Button(title, str(button["payload"])))}

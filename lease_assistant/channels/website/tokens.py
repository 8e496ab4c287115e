"""Signed conversation ids and button payloads: a client can neither make nor change one."""

import hashlib
import secrets
from pathlib import Path

from itsdangerous import BadData, SignatureExpired, URLSafeSerializer, URLSafeTimedSerializer

from lease_assistant.channels.website.refusals import Refused
from lease_assistant.conversation.replies import Button
from lease_assistant.settings import SettingsError

# 32 random bytes: nobody guesses the id of another conversation.
ID_BYTES = 32
SHORTEST_SECRET = 32
SIGNING = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}


class Signer:
    """Signs with `secret`; a token counts for `lifetime_seconds` after it was issued."""

    def __init__(self, secret: str, lifetime_seconds: int) -> None:
        if len(secret) < SHORTEST_SECRET:
            raise SettingsError(f"LEASE_ASSISTANT_WEBSITE_SECRET needs at least {SHORTEST_SECRET} characters.")
        self._secret = secret
        self._lifetime = lifetime_seconds
        self._conversations = URLSafeTimedSerializer(secret, salt="conversation", signer_kwargs=SIGNING)

    def issue(self, conversation: str) -> str:
        """The token that opens `conversation`."""
        return str(self._conversations.dumps(conversation))

    def conversation(self, token: str) -> str:
        """The conversation that `token` opens; raises `Refused` for a forged or expired one."""
        try:
            return str(self._conversations.loads(token, max_age=self._lifetime))
        except SignatureExpired:
            raise Refused("token_expired") from None
        except BadData:
            raise Refused("token_invalid") from None

    def sign_button(self, conversation: str, button: Button) -> str:
        """What the client sends back when `button` is pressed, good for this conversation only."""
        return str(self._buttons(conversation).dumps([button.title, button.payload]))

    def pressed(self, conversation: str, signed: str) -> Button:
        """The button behind `signed`; raises `Refused` when it was not issued to this conversation."""
        try:
            title, payload = self._buttons(conversation).loads(signed)
        except BadData:
            raise Refused("button_invalid") from None
        return Button(title, payload)

    def _buttons(self, conversation: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret, salt=f"button:{conversation}", signer_kwargs=SIGNING)


def new_conversation() -> str:
    """An id for a conversation, which is also Rasa's sender id."""
    return secrets.token_urlsafe(ID_BYTES)


def stored_secret(folder: Path) -> str:
    """The secret of this machine, made on first use: for development, where none is set.

    Several workers may start at the same moment: the first one writes it, the others read it.
    """
    path = folder / "signing.key"
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"signing.{secrets.token_hex(8)}"
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(ID_BYTES), encoding="ascii")
    try:
        # A link appears whole or not at all, and fails when the name is taken.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii")

"""Why a request is refused: one HTTP status and one Dutch sentence for each reason."""

from collections.abc import Mapping

from lease_assistant.conversation.replies import texts

STATUS: Mapping[str, int] = {
    "malformed": 400,
    "empty": 400,
    "message_too_long": 413,
    "body_too_large": 413,
    "token_missing": 401,
    "token_invalid": 401,
    "token_expired": 401,
    "conversation_unknown": 404,
    "button_invalid": 403,
    "origin_unknown": 403,
    "too_many_messages": 429,
    "too_many_conversations": 429,
    "customer_invalid": 401,
    "customer_expired": 401,
    "customer_missing": 401,
    "customer_other": 403,
    "photo_too_large": 413,
    "photo_too_many": 409,
    "photo_unreadable": 415,
    "photo_too_detailed": 413,
    "photo_not_kept": 503,
    "article_unknown": 404,
    "forget_failed": 503,
}


class Refused(Exception):
    """A request that is not carried out. `code` is a key of `STATUS`, `limit` the number in its sentence."""

    def __init__(self, code: str, limit: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.limit = limit

    @property
    def status(self) -> int:
        """The HTTP status, from 400 to 503."""
        return STATUS[self.code]

    def body(self) -> dict[str, dict[str, str]]:
        """The JSON of the reply: ``{"error": {"code": ..., "message": ...}}``."""
        message = texts("website").choice("errors", self.code).format(limit=self.limit)
        return {"error": {"code": self.code, "message": message}}

"""What the language model made of a message, in the form that the conversation works with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Certainty = Literal["sure", "unsure", "none"]

ASK_TERM = "ask_term"
OUT_OF_SCOPE = "out_of_scope"
FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Candidate:
    """A label such as ``ask_term/winter_tyres`` or ``greet`` with its calibrated probability."""

    label: str
    confidence: float

    @property
    def intent(self) -> str:
        """The part before the slash."""
        return self.label.partition("/")[0]

    @property
    def detail(self) -> str | None:
        """The part after the slash: a topic, or a kind of out of scope."""
        return self.label.partition("/")[2] or None


@dataclass(frozen=True)
class Understanding:
    """A message as understood: likeliest reading first in `candidates`.

    `follows`: the topic of the answer before, if the message goes on about it. `part`: the part of an answer that a
    button asks for.
    """

    text: str
    intent: str
    certainty: Certainty
    candidates: tuple[Candidate, ...] = ()
    topics: tuple[str, ...] = ()
    part: str | None = None
    follows: str | None = None

    @property
    def topic(self) -> str | None:
        """The topic that is certainly asked about, the first one if there are two."""
        return self.topics[0] if self.topics else None

    @property
    def detail(self) -> str | None:
        """What stands behind the slash of the likeliest label."""
        return self.candidates[0].detail if self.candidates else None

    @classmethod
    def from_message(cls, message: Mapping[str, Any]) -> "Understanding":
        """Read a tracker's latest message (Rasa's parse data, plus `understanding` from our classifier)."""
        text, intent = message.get("text") or "", (message.get("intent") or {}).get("name") or FALLBACK
        read = message.get("understanding")
        if read is None:  # a button such as /ask_term{"topic": "winter_tyres"}: certain by itself
            # Anybody can type such a payload, with anything in it.
            entities = {e["entity"]: e["value"] for e in message.get("entities") or [] if isinstance(e["value"], str)}
            topics = (entities["topic"],) if "topic" in entities else ()
            return cls(text, intent, "sure", (), topics, entities.get("part"))
        candidates = tuple(Candidate(row["label"], row["confidence"]) for row in read["candidates"])
        return cls(text, intent, read["certainty"], candidates, tuple(read["topics"]), follows=read.get("follows"))

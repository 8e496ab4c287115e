"""Conversations as data: what the customer types and what has to come back.

A scenario is a YAML file in the folder of its kind. A turn: `user`, then any of `says` (pieces of text that stand in
the replies), `never` (pieces that must not), `asks` (the open question afterwards; null: none), `payload` (fields of
the one custom message, null: no custom message), `buttons` (titles that are offered).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
KINDS = ("happy", "correction", "cancellation", "digression", "bad_input")
CHECKS = {"user", "says", "never", "asks", "payload", "buttons"}


@dataclass(frozen=True)
class Scenario:
    """One conversation."""

    name: str
    turns: tuple[Mapping[str, Any], ...]


def load_scenarios() -> list[Scenario]:
    """Every scenario, one per YAML document; a misspelt check fails here instead of checking nothing."""
    found = []
    for kind in KINDS:
        for path in sorted((HERE / kind).glob("*.yml")):
            for number, turns in enumerate(yaml.safe_load_all(path.read_text(encoding="utf-8")), 1):
                unknown = {key for turn in turns for key in turn} - CHECKS
                if unknown:
                    raise ValueError(f"{path}: unknown checks {sorted(unknown)}")
                found.append(Scenario(f"{kind}/{path.stem}/{number}", tuple(turns)))
    return found


def problems(turn: Mapping[str, Any], messages: list[dict[str, Any]], asked: str | None) -> list[str]:
    """What is wrong with the reply to `turn`; nothing if all its checks hold."""
    text = "\n".join(message["text"] for message in messages if message.get("text"))
    customs = [message["custom"] for message in messages if message.get("custom")]
    titles = [button["title"] for message in messages for button in message.get("buttons", ())]
    found = [f"does not say {piece!r}" for piece in turn.get("says", ()) if piece not in text]
    found += [f"says {piece!r}" for piece in turn.get("never", ()) if piece in text]
    found += [f"does not offer {title!r}" for title in turn.get("buttons", ()) if title not in titles]
    if not text:
        found.append("says nothing")
    if "asks" in turn and asked != turn["asks"]:
        found.append(f"asks {asked}, not {turn['asks']}")
    if "payload" in turn:
        found += _payload_problems(turn["payload"], customs)
    return [f"{problem}; it said: {text}" for problem in found]


def _payload_problems(expected: Mapping[str, Any] | None, customs: list[dict[str, Any]]) -> list[str]:
    if expected is None:
        return [f"has a payload {customs}"] if customs else []
    if len(customs) != 1:
        return [f"has {len(customs)} payloads"]
    wrong = {name: customs[0].get(name) for name, value in expected.items() if customs[0].get(name) != value}
    return [f"payload differs: {wrong}"] if wrong else []

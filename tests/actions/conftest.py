"""Trackers for actions, with the clock standing still."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker

from lease_assistant.terms import DATA

MakeTracker = Callable[..., Any]


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEASE_ASSISTANT_NOW", "2026-03-26T14:30:00+01:00")


@pytest.fixture
def tracker() -> MakeTracker:
    """A tracker with all slots of the domain, and a message as our classifier leaves it."""
    names = yaml.safe_load((DATA.parent / "domain.yml").read_text(encoding="utf-8"))["slots"]

    def make(text: str, label: str = "inform", topics: tuple[str, ...] = (), **slots: Any) -> Tracker:
        message = {
            "text": text,
            "intent": {"name": label.partition("/")[0]},
            "understanding": {
                "certainty": "sure",
                "candidates": [{"label": label, "confidence": 0.9}],
                "topics": list(topics),
            },
        }
        known = {**dict.fromkeys([*names, "requested_slot"]), **slots}
        return Tracker("sender", known, message, [], False, None, {}, "action_listen")

    return make

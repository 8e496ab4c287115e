"""Every scenario against the trained model and the real action server."""

import uuid

import pytest

from tests.conversations.harness import Assistant
from tests.conversations.scenario import Scenario, load_scenarios, problems


@pytest.mark.parametrize("scenario", load_scenarios(), ids=lambda scenario: scenario.name)
def test_conversation(scenario: Scenario, assistant: Assistant) -> None:
    sender = uuid.uuid4().hex
    for number, turn in enumerate(scenario.turns, 1):
        messages = assistant.say(sender, turn["user"])
        found = problems(turn, messages, assistant.slot(sender, "requested_slot"))
        assert not found, f"turn {number} ({turn['user']!r}): {found}"

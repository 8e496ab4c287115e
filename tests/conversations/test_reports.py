"""What the damage desk has after a conversation with the real assistant."""

import pytest

from lease_assistant import settings
from lease_assistant.damage_desk import DamageDesk, Photo, open_desk
from tests.conversations.harness import Assistant

pytestmark = pytest.mark.model

FIRST = "ik wil schade melden, vandaag om 10 uur tegen een paal gereden, niemand anders erbij, 1.500 euro, geen letsel"
SECOND = "ik wil schade melden, 2 maart mijn autoruit gebarsten door steenslag, geen ander, 300 euro, geen letsel"


@pytest.fixture
def desk() -> DamageDesk:
    return open_desk(settings.load())


def outcome(assistant: Assistant, text: str) -> str:
    """Say it; the reference of the assessment that follows."""
    (custom,) = [message["custom"] for message in assistant.say("two damages", text) if message.get("custom")]
    return str(custom["report_reference"])


def test_each_damage_has_its_report_with_its_photos(assistant: Assistant, desk: DamageDesk) -> None:
    desk.attach("two damages", Photo(b"before"))
    assistant.say("two damages", FIRST)
    desk.attach("two damages", Photo(b"during"))
    first = outcome(assistant, "nee, geen politie")
    desk.attach("two damages", Photo(b"after"))
    assert outcome(assistant, "o wacht, er was wel politie") == first
    assistant.say("two damages", SECOND)
    desk.attach("two damages", Photo(b"during the second"))
    second = outcome(assistant, "nee")
    desk.attach("two damages", Photo(b"after the second"))
    contents = [[content for _, content in desk.photos(reference)] for reference in (first, second)]
    assert contents == [[b"before", b"during", b"after"], [b"during the second", b"after the second"]]
    assert desk.report(first).assessment["failed_conditions"] == ["police"]
    assert desk.report(first).channel == "rest"
    assert desk.report(second).answers["damage_kind"] == "glass"

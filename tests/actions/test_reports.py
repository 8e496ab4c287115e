"""The outcome of a damage conversation, filed with the damage desk."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.flows import ValidateDamageForm
from lease_assistant.damage_desk import DamageDesk, Photo
from lease_assistant.settings import load

KNOWN = {
    "damage_kind": "single_object",
    "damage_occurred_at": "2026-03-25",
    "damage_single_sided": True,
    "damage_estimate": {"low": "0", "high": "500", "exclusive": False},
    "damage_injury": False,
    "damage_time": "15:30",
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DamageDesk]:
    monkeypatch.setenv("LEASE_ASSISTANT_DAMAGE_DESK_URL", f"sqlite:///{tmp_path}/desk.sqlite3")
    found = DamageDesk(load().damage_desk_url, keep_days=90)
    yield found
    found.close()


def run(tracker: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    dispatcher = CollectingDispatcher()
    events = ValidateDamageForm().run(dispatcher, tracker, {})
    return {event["name"]: event["value"] for event in events}, dispatcher.messages[-1]


def user(channel: str) -> dict[str, Any]:
    return {"event": "user", "input_channel": channel, "timestamp": 1.0}


def test_the_outcome_is_filed_and_its_reference_told(tracker: Callable[..., Any], desk: DamageDesk) -> None:
    said = tracker("nee", requested_slot="damage_police_present", **KNOWN)
    said.events.append(user("website"))
    said.latest_message["metadata"] = {"customer": "klant-1"}
    slots, message = run(said)
    (kept,) = desk.reports()
    assert message["custom"]["report_reference"] == kept.reference
    assert f"onder nummer {kept.reference}. Dat is nog geen melding" in message["text"]
    assert message["text"].splitlines()[-1].startswith("Bron: ")
    assert slots["flow_details"]["damage_report_reference"] == kept.reference
    assert (kept.channel, kept.customer) == ("website", "klant-1")
    assert kept.answers["damage_police_present"] is False
    assert kept.answers["damage_time"] == "15:30"
    assert kept.assessment["notify_before"] == message["custom"]["notify_before"]


def test_a_correction_goes_under_the_same_reference(tracker: Callable[..., Any], desk: DamageDesk) -> None:
    slots, message = run(tracker("nee", requested_slot="damage_police_present", **KNOWN))
    _, corrected = run(tracker("o wacht, er was wel politie", **{**slots, "correcting": True}))
    assert corrected["custom"]["report_reference"] == message["custom"]["report_reference"]
    (kept,) = desk.reports()
    assert kept.answers["damage_police_present"] is True


def test_a_new_start_is_a_new_report(tracker: Callable[..., Any], desk: DamageDesk) -> None:
    slots, _ = run(tracker("nee", requested_slot="damage_police_present", **KNOWN))
    told = (
        "schade melden: vandaag om 10 uur tegen een paal gereden, niemand anders, 1.500 euro, geen letsel, geen politie"
    )
    run(tracker(told, "start_damage_report", **slots))
    assert len(desk.reports()) == 2


def test_photos_of_the_conversation_go_with_it(tracker: Callable[..., Any], desk: DamageDesk) -> None:
    desk.attach("sender", Photo(b"picture"))
    _, message = run(tracker("nee", requested_slot="damage_police_present", **KNOWN))
    assert len(desk.report(message["custom"]["report_reference"]).photos) == 1


def test_photos_since_the_form_was_opened_go_with_a_second_report(
    tracker: Callable[..., Any], desk: DamageDesk
) -> None:
    run(tracker("nee", requested_slot="damage_police_present", **KNOWN))
    desk.attach("sender", Photo(b"picture"))
    second = tracker("ja", requested_slot="damage_police_present", **KNOWN)
    second.events.append({"event": "active_loop", "name": "damage_form", "timestamp": 1.0})
    _, message = run(second)
    assert len(desk.report(message["custom"]["report_reference"]).photos) == 1


def test_a_question_in_between_files_nothing(tracker: Callable[..., Any], desk: DamageDesk) -> None:
    run(tracker("nee", requested_slot="damage_injury", **KNOWN))
    assert desk.reports() == []


def test_leaving_files_nothing(tracker: Callable[..., Any], desk: DamageDesk) -> None:
    slots, _ = run(tracker("ja", requested_slot="damage_police_present", leaving="yes", **KNOWN))
    assert slots["requested_slot"] is None
    assert desk.reports() == []


def test_the_assessment_comes_also_without_the_desk(
    tracker: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("LEASE_ASSISTANT_DAMAGE_DESK_URL", "sqlite:////proc/nowhere/desk.sqlite3")
    slots, message = run(tracker("nee", requested_slot="damage_police_present", **KNOWN))
    assert message["custom"]["report_reference"] is None
    assert "onder nummer" not in message["text"]
    assert slots["requested_slot"] is None
    assert caplog.messages == ["the database of the damage desk: FileNotFoundError"]

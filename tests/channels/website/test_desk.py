"""What the channel keeps and counts, without a server."""

import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lease_assistant.channels.website.config import WebsiteConfig
from lease_assistant.channels.website.refusals import Refused
from lease_assistant.damage_desk import DamageDesk, DamageReport, Photo

with warnings.catch_warnings():
    # Rasa imports packages that announce their own end.
    warnings.simplefilter("ignore")
    from rasa.core.tracker_store import InMemoryTrackerStore
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    from lease_assistant.channels.website.desk import Desk

NOWHERE = "sqlite:////proc/nowhere/desk.sqlite3"


def open_desk(folder: Path, url: str | None = None, **limits: int) -> Desk:
    damage_desk = DamageDesk(url or f"sqlite:///{folder}/damage.sqlite3", keep_days=90)
    return Desk(WebsiteConfig(**limits), folder, "s" * 32, damage_desk, now=lambda: 1_000_000.0)


def begin(desk: Desk, address: str = "192.0.2.1") -> str:
    return desk.open({}, address).conversation


def test_an_address_has_a_limit_over_all_its_conversations(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, messages_per_minute_per_address=2)
    for conversation in ("one", "two"):
        desk.count(conversation, "192.0.2.1")
    with pytest.raises(Refused) as refused:
        desk.count("three", "192.0.2.1")
    assert refused.value.code == "too_many_messages"
    desk.count("three", "192.0.2.2")


def test_an_address_can_begin_so_many_conversations(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, conversations_per_minute_per_address=1)
    begin(desk)
    with pytest.raises(Refused) as refused:
        begin(desk)
    assert (refused.value.code, refused.value.status) == ("too_many_conversations", 429)
    begin(desk, "192.0.2.2")


async def test_a_photo_sent_again_is_in_the_log_once(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    conversation = begin(desk)
    for _ in range(2):
        await desk.keep_photo(conversation, "a" * 16, b"picture", "deuk.jpg")
    photos = [event.body for event in desk.log.since(conversation, 0) if event.body["kind"] == "photo"]
    assert photos == [{"kind": "photo", "name": "deuk.jpg"}]


async def test_a_photo_that_cannot_be_kept_is_refused_and_not_shown(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, NOWHERE)
    conversation = begin(desk)
    with pytest.raises(Refused) as refused:
        await desk.keep_photo(conversation, "a" * 16, b"picture", "deuk.jpg")
    assert (refused.value.code, refused.value.status) == ("photo_not_kept", 503)
    assert [event.body["kind"] for event in desk.log.since(conversation, 0)] == ["start"]


async def test_nothing_is_called_deleted_while_the_damage_desk_cannot(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, NOWHERE)
    conversation = begin(desk)
    with pytest.raises(Refused) as refused:
        await desk.forget(conversation)
    assert refused.value.code == "forget_failed"
    assert desk.log.exists(conversation)


async def test_a_conversation_whose_time_is_over_leaves_its_report(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    conversation = begin(desk)
    damage_desk = DamageDesk(f"sqlite:///{tmp_path}/damage.sqlite3", keep_days=90)
    reference = damage_desk.file(conversation, DamageReport("website", {}, {"damage_kind": "glass"}, begun_at=0.0))
    damage_desk.attach(conversation, Photo(b"picture"))
    await desk.end(conversation)
    assert not desk.log.exists(conversation)
    assert len(damage_desk.report(reference).photos) == 1
    damage_desk.close()


async def test_a_turn_that_a_deletion_overtakes_leaves_nothing(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    task = desk.open({}, "192.0.2.1")
    damage_desk = DamageDesk(f"sqlite:///{tmp_path}/damage.sqlite3", keep_days=90)
    trackers = InMemoryTrackerStore(Domain.empty())

    async def answer(message: Any) -> None:
        await desk.forget(task.conversation)
        # What Rasa and the action server still do after the customer has pressed "wissen".
        damage_desk.file(task.conversation, DamageReport("website", {}, {}, begun_at=0.0))
        await trackers.save(DialogueStateTracker.from_events(task.conversation, [UserUttered("hallo")]))

    agent: Any = SimpleNamespace(tracker_store=trackers, domain=Domain.empty())
    await desk.runner.reply(task, agent, answer)
    assert damage_desk.reports() == []
    assert await trackers.retrieve(task.conversation) is None
    damage_desk.close()

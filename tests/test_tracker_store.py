"""Conversations outlive the server, can be forgotten, and go when nobody goes on with them."""

import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from lease_assistant.settings import DATA_FOLDER

with warnings.catch_warnings():
    # Rasa imports packages that announce their own end.
    warnings.simplefilter("ignore")
    from rasa.core.tracker_store import TrackerStore
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker
    from rasa.utils.endpoints import EndpointConfig

    from lease_assistant.tracker_store import ConversationStore, _below_project

ROOT = Path(__file__).resolve().parent.parent


def open_store(database: str) -> ConversationStore:
    """As Rasa does from endpoints.yml."""
    config = EndpointConfig(type="lease_assistant.tracker_store.ConversationStore", database=database)
    store = TrackerStore.create(config, Domain.empty())
    assert isinstance(store, ConversationStore)
    return store


@pytest.fixture
def store(database: str) -> Iterator[ConversationStore]:
    found = open_store(database)
    yield found
    found.close()


def conversation(name: str, *said: str) -> DialogueStateTracker:
    start = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
    return DialogueStateTracker.from_events(name, [*start, *(UserUttered(text) for text in said)])


async def test_a_conversation_goes_on_in_another_process(store: ConversationStore, database: str) -> None:
    await store.save(conversation("c", "hallo"))
    other = open_store(database)
    found = await other.retrieve("c")
    assert found is not None
    found.update(UserUttered("nog een vraag"))
    await other.save(found)
    again = await store.retrieve("c")
    assert again is not None
    assert [event.text for event in again.events if isinstance(event, UserUttered)] == ["hallo", "nog een vraag"]
    other.close()


async def test_forgetting_leaves_the_others(store: ConversationStore) -> None:
    await store.save(conversation("c"))
    await store.save(conversation("d"))
    store.forget("c")
    assert list(await store.keys()) == ["d"]


async def test_what_nobody_went_on_with_is_deleted_once_a_day(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.save(conversation("c"))
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 89 * 24 * 3600)
    await store.save(conversation("d"))
    assert set(await store.keys()) == {"c", "d"}
    monkeypatch.setattr(time, "time", lambda: real() + 91 * 24 * 3600)
    await store.save(conversation("e"))
    assert set(await store.keys()) == {"d", "e"}


async def test_the_file_is_private_and_its_folder_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "conversations.sqlite3"
    store = open_store(f"sqlite:///{path}")
    await store.save(conversation("c"))
    assert {found.stat().st_mode & 0o777 for found in path.parent.iterdir()} == {0o600}
    store.close()


def test_a_plain_rasa_run_keeps_its_conversations_wherever_it_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))["tracker_store"]
    monkeypatch.chdir(tmp_path)
    assert store["type"] == "lease_assistant.tracker_store.ConversationStore"
    assert _below_project(store["database"]).database == str(DATA_FOLDER / "conversations.sqlite3")

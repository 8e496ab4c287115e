"""The durable inbox itself, on both kinds of database."""

import itertools
import random
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from lease_assistant.channels.whatsapp.incoming import parse
from lease_assistant.channels.whatsapp.rendering import text_message
from lease_assistant.channels.whatsapp.store import Store
from lease_assistant.channels.whatsapp.tables import open_engine
from lease_assistant.channels.whatsapp.work import Answer, Delivery, Step, Turn
from tests.channels.whatsapp.payloads import NUMBER_ID, shuffled_webhooks, text, webhook

MESSAGES, CUSTOMERS = 10_000, 200


def one_step(store: Store, worker: str, step: Step, sent: list[tuple[str, str]]) -> Step | None:
    """Do one step and return the next."""
    if isinstance(step, Turn):
        return store.answer(worker, step, Answer((text_message(step.message.text),)))
    sent.append((step.conversation, step.body["text"]["body"]))
    return store.sent(worker, step, f"wamid.{step.id}", 0.0)


def test_ten_thousand_messages_with_shuffled_duplicates_over_two_workers(tmp_path: Path) -> None:
    # In one thread, by turns: nothing waits for the lock of the database. test_processes.py has real processes.
    stores = [Store(open_engine(f"sqlite:///{tmp_path}/inbox.db")) for _ in range(2)]
    open_steps: list[dict[str, Step]] = [{}, {}]
    sent: list[tuple[str, str]] = []
    webhooks = shuffled_webhooks(random.Random(5), MESSAGES, CUSTOMERS)
    all_received = False
    while not all_received or any(open_steps):
        for number, payload in enumerate(itertools.islice(webhooks, 4)):
            stores[number % 2].receive(parse(payload, NUMBER_ID))
        for store, steps, worker in zip(stores, open_steps, ("a", "b"), strict=True):
            claimed = store.claim(worker, 3600, 15)
            all_received = not claimed and len(sent) == MESSAGES
            steps.update({step.conversation: step for step in claimed})
            for conversation, step in list(steps.items()):
                following = one_step(store, worker, step, sent)
                steps.update({conversation: following}) if following else steps.pop(conversation)
    for store in stores:
        store.close()
    assert Counter(said for _, said in sent) == Counter(str(number) for number in range(MESSAGES))
    by_customer = defaultdict(list)
    for conversation, said in sent:
        by_customer[conversation].append(int(said))
    assert len(by_customer) == CUSTOMERS
    assert all(numbers == sorted(numbers) for numbers in by_customer.values())


@pytest.fixture
def store(database: Any) -> None:
    found = Store(open_engine(database))
    yield found
    found.close()


def keep(store: Any, body: Any, message_id: Any, **changes: Any) -> Any:
    return store.receive(parse(webhook(text(body, message_id, **changes)), NUMBER_ID))


def test_a_new_customer_met_by_several_workers_at_once_has_one_conversation(store: Any, database: Any) -> None:
    others = [Store(open_engine(database)) for _ in range(3)]
    with ThreadPoolExecutor(4) as threads:
        for number in range(30):
            phone = f"31600000{number:03}"
            batch = parse(webhook(text("x", f"id-{number}", phone=phone)), NUMBER_ID)
            kept = [threads.submit(one.receive, batch) for one in (store, *others)]
            assert sum(found.result() for found in kept) == 1
    for one in others:
        one.close()
    turns = store.claim("w", 60, 100)
    assert len(turns) == 30
    deliveries = [store.answer("w", turn, Answer((text_message("ja"),))) for turn in turns]
    assert all(isinstance(found, Delivery) and found.address.phone for found in deliveries)


def test_a_worker_that_lost_its_claim_cannot_answer(store: Any) -> None:
    keep(store, "een", "1")
    (stalled,) = store.claim("stalled", -1, 10)
    (taken,) = store.claim("other", 60, 10)
    assert store.answer("stalled", stalled, Answer((text_message("dubbel"),))) is None
    delivery = store.answer("other", taken, Answer((text_message("een keer"),)))
    assert delivery.body["text"]["body"] == "een keer"
    assert store.sent("other", delivery, "wamid.1", 0.0) is None
    assert store.claim("other", 60, 10) == []


def test_a_released_customer_is_free_at_once(store: Any) -> None:
    keep(store, "een", "1")
    assert len(store.claim("first", 60, 10)) == 1
    assert store.claim("second", 60, 10) == []
    store.release("first")
    assert len(store.claim("second", 60, 10)) == 1


def test_an_id_is_known_until_it_is_forgotten(store: Any) -> None:
    assert keep(store, "een", "1") == 1
    (turn,) = store.claim("w", 60, 10)
    store.answer("w", turn, Answer())
    store.forget(3600)
    assert keep(store, "een", "1") == 0
    store.forget(-3600)
    assert keep(store, "een", "1") == 1

"""The durable inbox itself, on both kinds of database."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from lease_assistant.channels.whatsapp.arrivals import Arrivals
from lease_assistant.channels.whatsapp.rendering import text_message
from lease_assistant.channels.whatsapp.store import ARRIVALS_AT_ONCE, Store
from lease_assistant.channels.whatsapp.tables import open_arrivals, open_engine
from lease_assistant.channels.whatsapp.work import Answer, Delivery, Step
from tests.channels.whatsapp.payloads import NUMBER_ID, changed_number, status, text, webhook


class Place:
    """A store with its arrivals, as one process has it."""

    def __init__(self, database: str) -> None:
        self.arrivals = Arrivals(open_arrivals(database))
        self.store = Store(open_engine(database), self.arrivals, NUMBER_ID)

    def receive(self, *payloads: Any) -> None:
        """Keep webhooks and take them in."""
        self.arrivals.append([json.dumps(payload).encode() for payload in payloads])
        self.store.take_in()

    def close(self) -> None:
        """Close all connections."""
        self.arrivals.close()
        self.store.close()


@pytest.fixture
def place(database: Any) -> Iterator[Place]:
    found = Place(database)
    yield found
    found.close()


@pytest.fixture
def store(place: Place) -> Store:
    return place.store


def keep(place: Place, body: Any, message_id: Any, **changes: Any) -> None:
    place.receive(webhook(text(body, message_id, **changes)))


def waiting(place: Place) -> list[Step]:
    """One step of every customer that waits."""
    return place.store.claim(60, 1000)


def test_a_new_customer_met_by_several_workers_at_once_has_one_conversation(place: Place, database: Any) -> None:
    others = [Place(database) for _ in range(3)]
    with ThreadPoolExecutor(4) as threads:
        for number in range(30):
            payload = webhook(text("x", f"id-{number}", phone=f"31600000{number:03}"))
            for taken in [threads.submit(one.receive, payload) for one in (place, *others)]:
                taken.result()
    for one in others:
        one.close()
    turns = waiting(place)
    assert len(turns) == 30
    deliveries = [place.store.answer(turn, Answer((text_message("ja"),))) for turn in turns]
    assert all(isinstance(found, Delivery) and found.address.phone for found in deliveries)


# Arrivals.


def test_a_webhook_that_cannot_be_taken_in_costs_the_others_nothing(place: Place) -> None:
    bodies = [json.dumps(webhook(text(str(n), str(n), phone=f"3160000000{n}"))).encode() for n in range(3)]
    place.arrivals.append([bodies[0], b"{", bodies[1], b"[]", bodies[2]])
    place.store.take_in()
    assert sorted(step.message.text for step in waiting(place)) == ["0", "1", "2"]
    # It is kept for somebody to look at, and does not come again.
    assert place.arrivals.first(10) == []


def test_what_was_put_aside_is_kept_to_be_looked_at_and_then_forgotten(place: Place) -> None:
    place.arrivals.append([b"{", json.dumps(webhook(text("een", "1"))).encode()])
    place.store.take_in()

    def problems() -> list[Any]:
        with place.arrivals._engine.connect() as connection:
            return [row.problem for row in connection.execute(sa.text("SELECT problem FROM whatsapp_arrivals"))]

    assert problems() == ["JSONDecodeError"]
    place.store.forget(3600)
    assert problems() == ["JSONDecodeError"]
    place.store.forget(-3600)
    assert problems() == []


def test_arrivals_of_a_worker_that_crashed_before_removing_them_are_harmless(place: Place) -> None:
    payload = webhook(text("een", "1"))
    place.receive(payload)
    place.receive(payload)
    (turn,) = waiting(place)
    place.store.answer(turn, Answer())
    assert waiting(place) == []


def test_removing_late_does_not_hit_a_later_webhook(place: Place) -> None:
    place.arrivals.append([b"first"])
    seen = place.arrivals.first(1)
    place.arrivals.remove(seen)
    place.arrivals.append([b"second"])
    # Another worker had seen the first one too.
    place.arrivals.remove(seen)
    assert [one.body for one in place.arrivals.first(10)] == [b"second"]


def test_more_than_one_worker_takes_at_once_is_taken_bit_by_bit(place: Place) -> None:
    for number in range(ARRIVALS_AT_ONCE + 1):
        place.arrivals.append([json.dumps(webhook(text("x", f"{number}", phone=f"316000000{number:02}"))).encode()])
    assert place.store.take_in()
    assert not place.store.take_in()
    assert len(waiting(place)) == ARRIVALS_AT_ONCE + 1


# Identity.


def test_what_was_written_from_the_new_number_before_the_notice_is_answered_there(place: Place) -> None:
    keep(place, "een", "1", phone="31600000001")
    (first,) = waiting(place)
    place.store.answer(first, Answer())
    keep(place, "twee", "2", phone="31600000002")
    place.receive(webhook(changed_number("3", "31600000001", "31600000002")))
    (second,) = waiting(place)
    assert (second.message.text, second.conversation) == ("twee", first.conversation)
    delivery = place.store.answer(second, Answer((text_message("ja"),)))
    assert delivery.address.phone == "31600000002"


# Claims.


def test_a_task_that_lost_its_claim_cannot_answer_or_send(place: Place, store: Store) -> None:
    keep(place, "een", "1")
    (stalled,) = store.claim(-1, 10)
    (taken,) = store.claim(60, 10)
    assert store.answer(stalled, Answer((text_message("dubbel"),))) is None
    delivery = store.answer(taken, Answer((text_message("een keer"),)))
    assert delivery.body["text"]["body"] == "een keer"
    assert not store.begin_sending(replace(delivery, claim=stalled.claim), time.time() + 60)
    assert store.begin_sending(delivery, time.time() + 60)
    assert store.sent(delivery, "wamid.1", 0.0) is None
    assert store.claim(60, 10) == []


def test_only_what_is_worked_on_is_held(place: Place, store: Store) -> None:
    keep(place, "een", "1")
    assert len(store.claim(0.05, 10)) == 1
    store.renew([], 60)
    time.sleep(0.06)
    # Work on it stopped with an error: nobody renews the claim, and the same worker may take it up again.
    (turn,) = store.claim(0.05, 10)
    assert turn.again
    store.renew([turn.claim], 60)
    time.sleep(0.06)
    assert store.claim(60, 10) == []


def test_a_customer_given_up_is_free_at_once_and_the_next_worker_knows(place: Place, store: Store) -> None:
    keep(place, "een", "1")
    (turn,) = store.claim(60, 10)
    assert not turn.again
    assert store.claim(60, 10) == []
    store.give_up([turn.claim])
    assert [step.again for step in store.claim(60, 10)] == [True]


# Sending.


def delivery_of(place: Place) -> Delivery:
    keep(place, "een", "1")
    (turn,) = place.store.claim(60, 10)
    found = place.store.answer(turn, Answer((text_message("ja"),)))
    assert isinstance(found, Delivery)
    return found


def test_what_is_being_sent_is_left_alone_until_its_fate_should_be_known(place: Place, store: Store) -> None:
    delivery = delivery_of(place)
    assert store.begin_sending(delivery, time.time() + 0.1)
    store.give_up([delivery.claim])
    # A later message must not overtake it either.
    keep(place, "twee", "2")
    assert store.claim(60, 10) == []
    time.sleep(0.11)
    assert [step.id for step in store.claim(60, 10)] == [delivery.id]


@pytest.mark.parametrize("name", ["sent", "delivered", "read"])
def test_a_status_ends_the_doubt_about_what_was_being_sent(place: Place, store: Store, name: str) -> None:
    delivery = delivery_of(place)
    assert store.begin_sending(delivery, time.time() - 1)
    store.give_up([delivery.claim])
    place.receive(webhook(statuses=[status(name, "wamid.x", biz_opaque_callback_data=str(delivery.id))]))
    assert store.claim(60, 10) == []


def test_a_status_has_the_last_word_over_a_call_that_seemed_to_fail(place: Place, store: Store) -> None:
    delivery = delivery_of(place)
    assert store.begin_sending(delivery, time.time() + 60)
    place.receive(webhook(statuses=[status("delivered", "wamid.x", biz_opaque_callback_data=str(delivery.id))]))
    assert store.postpone(delivery, time.time() - 1, "time-out") is None
    assert store.claim(60, 10) == []


def test_a_status_that_comes_just_before_sending_again_ends_it_and_the_customer_is_free(
    place: Place, store: Store
) -> None:
    delivery = delivery_of(place)
    place.receive(webhook(statuses=[status("sent", "wamid.x", biz_opaque_callback_data=str(delivery.id))]))
    assert not store.begin_sending(delivery, time.time() + 60)
    assert store.go_on(delivery) is None
    keep(place, "twee", "2")
    assert [step.message.text for step in store.claim(60, 10)] == ["twee"]


@pytest.mark.parametrize("reference", ["9" * 400, "1" * 12, "-1", "abc", ""])
def test_a_status_with_a_reference_that_is_not_ours(place: Place, reference: str) -> None:
    place.receive(webhook(text("een", "1"), statuses=[status("sent", "x", biz_opaque_callback_data=reference)]))
    assert len(waiting(place)) == 1


def test_an_id_is_known_until_it_is_forgotten(place: Place, store: Store) -> None:
    keep(place, "een", "1")
    (turn,) = waiting(place)
    store.answer(turn, Answer())
    store.forget(3600)
    keep(place, "een", "1")
    assert waiting(place) == []
    store.forget(-3600)
    keep(place, "een", "1")
    assert len(waiting(place)) == 1

"""The log, the turns and the rates, with two workers on one file and a clock that the tests move."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lease_assistant.channels.website.database import Database
from lease_assistant.channels.website.log import ConversationLog
from lease_assistant.channels.website.rates import Rates
from lease_assistant.channels.website.refusals import Refused
from lease_assistant.channels.website.turns import DONE, LEASE_SECONDS, WAIT, Claim, Turns

HELLO = {"kind": "customer", "text": "hallo"}


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class Worker:
    def __init__(self, path: Path, name: str, clock: Clock) -> None:
        self.database = Database(path)
        self.log = ConversationLog(self.database, clock)
        self.turns = Turns(self.database, name, clock)
        self.rates = Rates(self.database, clock)


Workers = tuple[Worker, Worker]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workers(tmp_path: Path, clock: Clock) -> Iterator[Workers]:
    both = Worker(tmp_path / "db", "one", clock), Worker(tmp_path / "db", "two", clock)
    both[0].log.create("c")
    yield both
    for worker in both:
        worker.database.close()


def test_events_are_numbered_and_seen_by_the_other_worker(workers: Workers) -> None:
    one, two = workers
    one.log.append("c", "t1", 0, HELLO)
    two.log.append("c", "t1", 1, {"kind": "bot", "text": "dag"})
    assert [(event.seq, event.body["kind"]) for event in one.log.since("c", 0)] == [(1, "customer"), (2, "bot")]
    assert [event.seq for event in two.log.since("c", 1)] == [2]


def test_the_same_event_of_the_same_turn_is_kept_once(workers: Workers) -> None:
    one, two = workers
    one.log.append("c", "t1", 1, {"kind": "bot", "text": "eerst"})
    two.log.append("c", "t1", 1, {"kind": "bot", "text": "nog eens"})
    assert [event.body["text"] for event in one.log.since("c", 0)] == ["eerst"]


def test_a_deleted_conversation_takes_everything_along_and_takes_nothing_more(workers: Workers) -> None:
    one, two = workers
    one.turns.receive("c", "t1", HELLO)
    two.log.delete("c")
    assert one.log.since("c", 0) == []
    assert not one.log.exists("c")
    for add in (lambda: one.log.append("c", "t1", 1, HELLO), lambda: one.turns.receive("c", "t2", HELLO)):
        with pytest.raises(Refused) as refused:
            add()
        assert refused.value.code == "conversation_unknown"


def test_a_turn_is_done_by_one_worker_only(workers: Workers) -> None:
    one, two = workers
    one.turns.receive("c", "t1", HELLO)
    two.turns.receive("c", "t1", HELLO)
    assert one.turns.claim("c", "t1") == Claim("mine")
    assert two.turns.claim("c", "t1") == WAIT
    assert one.turns.claim("c", "t1") == WAIT
    assert two.turns.busy("c")
    one.turns.finish("c", "t1")
    assert two.turns.claim("c", "t1") == DONE
    assert not two.turns.busy("c")
    assert len(one.log.since("c", 0)) == 1


def test_turns_go_in_order(workers: Workers) -> None:
    one, two = workers
    one.turns.receive("c", "t1", HELLO)
    two.turns.receive("c", "t2", HELLO)
    assert two.turns.claim("c", "t2") == WAIT
    assert one.turns.claim("c", "t1") == Claim("mine")
    assert two.turns.claim("c", "t2") == WAIT
    one.turns.finish("c", "t1")
    assert two.turns.claim("c", "t2") == Claim("mine")


def test_conversations_do_not_wait_for_each_other(workers: Workers) -> None:
    one, two = workers
    two.log.create("d")
    one.turns.receive("c", "t1", HELLO)
    two.turns.receive("d", "t1", HELLO)
    assert one.turns.claim("c", "t1") == Claim("mine")
    assert two.turns.claim("d", "t1") == Claim("mine")


def test_the_turn_of_a_dead_worker_is_taken_over(workers: Workers, clock: Clock) -> None:
    one, two = workers
    one.turns.receive("c", "t1", HELLO)
    one.turns.claim("c", "t1")
    clock.now += LEASE_SECONDS - 1
    one.turns.renew("c", "t1")
    clock.now += LEASE_SECONDS - 1
    assert two.turns.claim("c", "t1") == WAIT
    clock.now += 2
    assert two.turns.claim("c", "t1") == Claim("mine", again=True)


def test_a_message_that_nobody_brings_any_more_does_not_block_the_next(workers: Workers, clock: Clock) -> None:
    one, two = workers
    one.turns.receive("c", "t1", HELLO)
    clock.now += LEASE_SECONDS + 1
    two.turns.receive("c", "t2", HELLO)
    assert two.turns.claim("c", "t2") == Claim("mine")


def test_rates_count_over_all_workers_and_start_again_each_minute(workers: Workers, clock: Clock) -> None:
    one, two = workers
    for worker in (one, two, one):
        worker.rates.count("a", 3, "too_many_messages")
    with pytest.raises(Refused) as refused:
        two.rates.count("a", 3, "too_many_messages")
    assert refused.value.status == 429
    two.rates.count("b", 3, "too_many_messages")
    clock.now += 60
    two.rates.count("a", 3, "too_many_messages")


def test_addresses_are_not_kept_as_they_are(workers: Workers, tmp_path: Path) -> None:
    workers[0].rates.count("address 192.0.2.77", 3, "too_many_messages")
    workers[0].database.close()
    assert all(b"192.0.2.77" not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_conversation_belongs_to_the_first_customer(workers: Workers) -> None:
    one, two = workers
    assert one.log.customer("c") is None
    one.log.bind("c", "first")
    two.log.bind("c", "second")
    assert two.log.customer("c") == "first"


def test_old_conversations_are_found(workers: Workers, clock: Clock) -> None:
    one, _ = workers
    clock.now += 100
    one.log.create("new")
    assert one.log.expired(50) == ["c"]


def test_an_error_leaves_nothing_behind(workers: Workers) -> None:
    one, two = workers

    def fail_halfway() -> None:
        with one.database.writing() as connection:
            connection.execute("DELETE FROM conversations")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert two.log.exists("c")

"""The damage desk on both kinds of database, with a clock that the tests move."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
import sqlalchemy as sa

from lease_assistant import sql
from lease_assistant.damage_desk import (
    DamageDesk,
    DamageReport,
    DeskUnavailable,
    Photo,
    TooManyPhotos,
    UnknownReference,
)
from lease_assistant.damage_desk.desk import DAY
from lease_assistant.damage_desk.records import MOST_PHOTOS
from lease_assistant.damage_desk.references import ALPHABET
from lease_assistant.damage_desk.tables import META

ASSESSMENT = {"type": "damage_assessment", "online_eligible": True, "failed_conditions": []}
ANSWERS = {"damage_kind": "collision", "damage_estimate": {"low": "0", "high": "800", "exclusive": False}}
LATE_MARCH = 1_774_531_800.0


class Clock:
    now = LATE_MARCH

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(database: str, clock: Clock) -> Iterator[DamageDesk]:
    found = DamageDesk(database, keep_days=90, now=clock)
    yield found
    found.close()


def report(clock: Clock, **changes: object) -> DamageReport:
    return replace(DamageReport("website", ASSESSMENT, ANSWERS, begun_at=clock.now - 60), **changes)


def photo(number: int) -> Photo:
    return Photo(f"picture {number}".encode())


def names(desk: DamageDesk, reference: str) -> list[bytes]:
    return [content for _, content in desk.photos(reference)]


def test_a_report_is_kept_as_it_was_filed(desk: DamageDesk, clock: Clock) -> None:
    reference = desk.file("c", report(clock, customer="klant-1"))
    kept = desk.report(reference)
    assert (kept.assessment, kept.answers) == (ASSESSMENT, ANSWERS)
    assert (kept.channel, kept.customer, kept.photos) == ("website", "klant-1", ())
    assert kept.filed_at.isoformat() == "2026-03-26T14:30:00+01:00"


def test_a_reference_can_be_read_out_and_typed_carelessly(desk: DamageDesk, clock: Clock) -> None:
    reference = desk.file("c", report(clock))
    kind, year, *chosen = reference.split("-")
    assert (kind, year, [len(group) for group in chosen]) == ("S", "26", [4, 4])
    assert set("".join(chosen)) <= set(ALPHABET)
    assert desk.report(f" {reference.lower()} ").reference == reference


def test_a_correction_replaces_the_report(desk: DamageDesk, clock: Clock) -> None:
    reference = desk.file("c", report(clock))
    clock.now += 60
    corrected = report(clock, assessment={**ASSESSMENT, "online_eligible": False}, corrects=reference)
    assert desk.file("c", corrected) == reference
    (kept,) = desk.reports()
    assert kept.assessment["online_eligible"] is False
    assert (kept.updated_at - kept.filed_at).total_seconds() == 60


def test_the_same_turn_again_makes_no_second_report(desk: DamageDesk, clock: Clock) -> None:
    assert desk.file("c", report(clock)) == desk.file("c", report(clock))
    assert len(desk.reports()) == 1


def test_a_new_run_makes_a_new_report_the_latest_first(desk: DamageDesk, clock: Clock) -> None:
    first = desk.file("c", report(clock))
    clock.now += 60
    second = desk.file("c", report(clock, answers={**ANSWERS, "damage_kind": "glass"}))
    assert [kept.reference for kept in desk.reports()] == [second, first]


def test_nobody_corrects_the_report_of_another_conversation(desk: DamageDesk, clock: Clock) -> None:
    reference = desk.file("c", report(clock))
    assert desk.file("d", report(clock, answers={}, corrects=reference)) != reference
    assert desk.report(reference).answers == ANSWERS


def test_photos_before_and_after_belong_to_the_report(desk: DamageDesk, clock: Clock) -> None:
    assert desk.attach("c", photo(1)) is None
    assert desk.attach("d", photo(2)) is None
    clock.now += 60
    reference = desk.file("c", report(clock))
    assert desk.attach("c", photo(3)) == reference
    assert names(desk, reference) == [b"picture 1", b"picture 3"]
    (first, _) = desk.report(reference).photos
    assert (first.file_name, first.media_type, first.size) == ("photo-1.jpg", "image/jpeg", 9)
    assert first.sha256 == photo(1).sha256


def test_photos_since_the_second_run_began_belong_to_the_second_report(desk: DamageDesk, clock: Clock) -> None:
    first = desk.file("c", report(clock))
    desk.attach("c", photo(1))
    clock.now += 600
    begun_at = clock.now
    clock.now += 5
    assert desk.attach("c", photo(2)) == first
    clock.now += 5
    second = desk.file("c", report(clock, answers={}, begun_at=begun_at))
    assert (names(desk, first), names(desk, second)) == ([b"picture 1"], [b"picture 2"])


def test_what_is_weeks_apart_does_not_belong_together(desk: DamageDesk, clock: Clock) -> None:
    desk.attach("c", photo(1))
    clock.now += 8 * DAY
    reference = desk.file("c", report(clock))
    assert names(desk, reference) == []
    clock.now += 8 * DAY
    assert desk.attach("c", photo(2)) is None


def test_the_same_photo_is_kept_once(desk: DamageDesk, clock: Clock) -> None:
    desk.attach("c", photo(1))
    desk.attach("c", photo(1))
    reference = desk.file("c", report(clock))
    desk.attach("c", photo(1))
    assert len(desk.report(reference).photos) == 1


def test_there_is_a_limit_which_a_photo_sent_again_does_not_reach(desk: DamageDesk, clock: Clock) -> None:
    reference = desk.file("c", report(clock))
    for number in range(MOST_PHOTOS):
        desk.attach("c", photo(number))
    desk.attach("c", photo(0))
    with pytest.raises(TooManyPhotos):
        desk.attach("c", photo(99))
    assert len(desk.report(reference).photos) == MOST_PHOTOS
    assert desk.attach("d", photo(99)) is None


def test_forgetting_leaves_nothing_of_this_conversation(desk: DamageDesk, clock: Clock) -> None:
    reference, other = desk.file("c", report(clock)), desk.file("d", report(clock))
    desk.attach("c", photo(1))
    desk.attach("d", photo(2))
    desk.forget("c")
    with pytest.raises(UnknownReference, match=reference):
        desk.report(reference)
    assert names(desk, other) == [b"picture 2"]
    assert desk.file("c", report(clock, corrects=reference)) != reference


def test_an_ended_conversation_loses_only_photos_without_a_report(desk: DamageDesk, clock: Clock) -> None:
    reference = desk.file("c", report(clock))
    desk.attach("c", photo(1))
    desk.attach("d", photo(2))
    desk.end("c")
    desk.end("d")
    assert names(desk, reference) == [b"picture 1"]
    assert names(desk, desk.file("d", report(clock))) == []


def test_purging_deletes_what_is_old_and_nothing_else(desk: DamageDesk, clock: Clock) -> None:
    old = desk.file("c", report(clock))
    desk.attach("c", photo(1))
    clock.now += 60 * DAY
    new = desk.file("d", report(clock))
    assert desk.purge() == 0
    assert desk.purge(keep_days=59) == 1
    assert [kept.reference for kept in desk.reports()] == [new]
    with pytest.raises(UnknownReference):
        names(desk, old)


def test_filing_purges_too(desk: DamageDesk, clock: Clock) -> None:
    desk.file("c", report(clock))
    clock.now += 91 * DAY
    new = desk.file("d", report(clock))
    assert [kept.reference for kept in desk.reports()] == [new]


def test_many_at_once_lose_nothing(database: str, clock: Clock) -> None:
    desks = [DamageDesk(database, keep_days=90, now=clock) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        work = [threads.submit(desks[number % 4].attach, "c", photo(number)) for number in range(MOST_PHOTOS + 4)]
    assert sum(isinstance(done.exception(), TooManyPhotos) for done in work) == 4
    assert len(names(desks[0], desks[1].file("c", report(clock)))) == MOST_PHOTOS
    for desk in desks:
        desk.close()


def file_twenty(database: str, worker: int) -> list[str]:
    desk = DamageDesk(database, keep_days=90)
    filed = [desk.file(f"{worker}-{number}", report(Clock())) for number in range(20)]
    desk.close()
    return filed


def test_several_processes_can_write(database: str) -> None:
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as processes:
        filed = [processes.submit(file_twenty, database, worker) for worker in range(3)]
        references = {reference for work in filed for reference in work.result()}
    desk = DamageDesk(database, keep_days=90)
    assert {kept.reference for kept in desk.reports()} == references
    assert len(references) == 60
    desk.close()


def test_other_users_of_the_machine_cannot_read_it(tmp_path: Path, clock: Clock) -> None:
    desk = DamageDesk(f"sqlite:///{tmp_path}/private/desk.sqlite3", keep_days=90, now=clock)
    desk.file("c", report(clock))
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "private").iterdir()} == {0o600}
    desk.close()


def test_forgotten_photos_are_not_left_in_the_file(tmp_path: Path, clock: Clock) -> None:
    desk = DamageDesk(f"sqlite:///{tmp_path}/desk.sqlite3", keep_days=90, now=clock)
    desk.attach("c", Photo(b"NUMBERPLATE" * 5_000))
    desk.forget("c")
    desk.close()
    assert all(b"NUMBERPLATE" not in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    "url", ["sqlite:////proc/nowhere/desk.sqlite3", "postgresql://nobody:geheim@127.0.0.1:1/desk"], ids=str
)
def test_a_desk_that_cannot_be_reached_says_so_without_its_address(url: str, clock: Clock) -> None:
    with pytest.raises(DeskUnavailable) as unavailable:
        DamageDesk(url, keep_days=90).file("c", report(clock))
    assert "geheim" not in str(unavailable.value)


def test_a_database_held_by_somebody_else_is_waited_for_briefly(desk: DamageDesk, database: str, clock: Clock) -> None:
    desk.file("c", report(clock))
    # On SQLite beginning is enough to keep everybody else out.
    holder = sql.open_engine(database, META)
    with holder.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("LOCK TABLE damage_reports"))
        with pytest.raises(DeskUnavailable):
            desk.file("d", report(clock))
    holder.dispose()
    assert desk.file("d", report(clock))


def test_only_pictures_are_photos() -> None:
    with pytest.raises(ValueError, match="text/html"):
        Photo(b"<script>", "text/html")


def test_a_report_does_not_show_what_the_customer_said() -> None:
    shown: Callable[[object], str] = repr
    assert "collision" not in shown(report(Clock()))
    assert "picture" not in shown(photo(1))

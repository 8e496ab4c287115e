"""The short rules: end of the lease, replacement transport, drivers, stay abroad, tyres, paper, portal."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lease_assistant.rules.checks import (
    Ruling,
    lease_has_ended,
    may_drive,
    paper_documents_fee,
    portal_access,
    replacement_vehicle_due,
    stay_abroad_allowed,
    winter_tyres_paid,
)
from lease_assistant.terms import DATA, ArticleRef, load_edition

EDITION = load_edition(DATA / "terms" / "2017-12")


@pytest.mark.parametrize(
    ("driven_km", "today", "ended"),
    [
        (59_999, date(2027, 12, 31), False),
        (60_000, date(2024, 6, 1), True),
        (60_001, date(2024, 6, 1), True),
        (0, date(2028, 1, 1), True),
        (60_000, date(2028, 1, 1), True),
    ],
)
def test_lease_ends_by_kilometres_or_by_term(driven_km: int, today: date, ended: bool) -> None:
    ruling = lease_has_ended(date(2024, 1, 1), 48, 60_000, driven_km, today)

    assert ruling == Ruling(ended, ArticleRef("AV", "3.1"), date(2028, 1, 1))


def test_term_that_began_on_a_leap_day_ends_on_the_last_of_february() -> None:
    assert not lease_has_ended(date(2024, 2, 29), 36, 60_000, 0, date(2027, 2, 27)).holds
    assert lease_has_ended(date(2024, 2, 29), 36, 60_000, 0, date(2027, 2, 28)).holds


def test_smallest_possible_lease() -> None:
    assert not lease_has_ended(date(2024, 1, 1), 1, 1, 0, date(2024, 1, 31)).holds
    assert lease_has_ended(date(2024, 1, 1), 1, 1, 1, date(2024, 1, 31)).holds


@pytest.mark.parametrize(("term", "maximum", "driven"), [(0, 60_000, 0), (48, 0, 0), (48, 60_000, -1)])
def test_impossible_lease_is_refused(term: int, maximum: int, driven: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        lease_has_ended(date(2024, 1, 1), term, maximum, driven, date(2024, 6, 1))


@pytest.mark.parametrize(
    ("work", "due"),
    [
        (timedelta(hours=23, minutes=59), False),
        (timedelta(hours=24), False),
        (timedelta(days=1), False),
        (timedelta(hours=24, seconds=1), True),
        (timedelta(days=2), True),
    ],
)
def test_replacement_transport_after_more_than_24_hours(work: timedelta, due: bool) -> None:
    assert replacement_vehicle_due(work, EDITION) == Ruling(due, ArticleRef("AV", "3.10"))


@pytest.mark.parametrize(
    ("born", "day", "allowed", "first_day"),
    [
        (date(2008, 5, 4), date(2026, 5, 3), False, date(2026, 5, 4)),
        (date(2008, 5, 4), date(2026, 5, 4), True, date(2026, 5, 4)),
        (date(2008, 5, 4), date(2025, 5, 4), False, date(2026, 5, 4)),  # 17, under supervision (2todrive)
        # born on a leap day: eighteen on 1 March, since no year of 18 later is a leap year
        (date(2008, 2, 29), date(2026, 2, 28), False, date(2026, 3, 1)),
        (date(2008, 2, 29), date(2026, 3, 1), True, date(2026, 3, 1)),
        # the eighteenth birthday itself in a leap year
        (date(2010, 2, 28), date(2028, 2, 28), True, date(2028, 2, 28)),
        (date(2010, 3, 1), date(2028, 2, 29), False, date(2028, 3, 1)),
        (date(2026, 1, 1), date(2026, 1, 1), False, date(2044, 1, 1)),
    ],
)
def test_drivers_from_18_years(born: date, day: date, allowed: bool, first_day: date) -> None:
    assert may_drive(born, day, EDITION) == Ruling(allowed, ArticleRef("AV", "3.8"), first_day)


def test_driver_born_in_the_future_is_refused() -> None:
    with pytest.raises(ValueError, match="future"):
        may_drive(date(2026, 1, 2), date(2026, 1, 1), EDITION)


@given(st.dates(date(1920, 1, 1), date(2080, 12, 31)))
def test_first_day_of_driving_is_the_first_day_of_being_18(born: date) -> None:
    first_day = may_drive(born, born, EDITION).on

    assert first_day is not None
    for day, age in ((first_day, 18), (first_day - timedelta(days=1), 17)):
        assert day.year - born.year - ((day.month, day.day) < (born.month, born.day)) == age


@pytest.mark.parametrize(
    ("departure", "return_day", "allowed", "last_day"),
    [
        (date(2026, 1, 1), date(2026, 6, 30), True, date(2026, 7, 1)),
        (date(2026, 1, 1), date(2026, 7, 1), True, date(2026, 7, 1)),
        (date(2026, 1, 1), date(2026, 7, 2), False, date(2026, 7, 1)),
        (date(2026, 1, 1), date(2026, 1, 1), True, date(2026, 7, 1)),
        (date(2026, 8, 31), date(2027, 2, 28), True, date(2027, 2, 28)),
        (date(2026, 8, 31), date(2027, 3, 1), False, date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29), True, date(2028, 2, 29)),
        (date(2027, 8, 31), date(2028, 3, 1), False, date(2028, 2, 29)),
    ],
)
def test_not_more_than_six_months_abroad(departure: date, return_day: date, allowed: bool, last_day: date) -> None:
    assert stay_abroad_allowed(departure, return_day, EDITION) == Ruling(allowed, ArticleRef("AV", "3.8"), last_day)


def test_return_before_departure_is_refused() -> None:
    with pytest.raises(ValueError, match="before the departure"):
        stay_abroad_allowed(date(2026, 1, 2), date(2026, 1, 1), EDITION)


@pytest.mark.parametrize(
    ("included", "normal_wear", "paid"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_winter_tyres_need_a_set_in_the_price_and_normal_wear(included: bool, normal_wear: bool, paid: bool) -> None:
    assert winter_tyres_paid(included, normal_wear) == Ruling(paid, ArticleRef("AV", "4.1"))


@pytest.mark.parametrize(("months", "fee"), [(0, "0"), (1, "2.50"), (3, "7.50"), (48, "120.00")])
def test_paper_documents_cost_2_50_a_month(months: int, fee: str) -> None:
    assert paper_documents_fee(months, EDITION) == Decimal(fee)


def test_paper_documents_for_a_negative_time_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        paper_documents_fee(-1, EDITION)


@pytest.mark.parametrize(
    ("lease_end", "day", "access", "last_day"),
    [
        (date(2025, 1, 15), date(2024, 12, 1), True, date(2026, 7, 15)),
        (date(2025, 1, 15), date(2026, 7, 15), True, date(2026, 7, 15)),
        (date(2025, 1, 15), date(2026, 7, 16), False, date(2026, 7, 15)),
        (date(2025, 8, 31), date(2027, 2, 28), True, date(2027, 2, 28)),
        (date(2025, 8, 31), date(2027, 3, 1), False, date(2027, 2, 28)),
        (date(2026, 8, 31), date(2028, 2, 29), True, date(2028, 2, 29)),
    ],
)
def test_portal_until_18_months_after_the_lease(lease_end: date, day: date, access: bool, last_day: date) -> None:
    assert portal_access(lease_end, day, EDITION) == Ruling(access, ArticleRef("GV", "2.1"), last_day)

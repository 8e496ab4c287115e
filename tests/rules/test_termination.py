"""The termination fee (AV 3.15-3.17). Every expected amount is computed by hand from the document."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lease_assistant.rules.termination import (
    AV_3_15,
    AV_3_16,
    AV_3_17,
    ElapsedMonths,
    InvalidLease,
    Lease,
    add_months,
    elapsed_months,
    termination_quote,
)
from lease_assistant.terms import DATA, load_edition

EDITION = load_edition(DATA / "terms" / "2017-12")

PAYMENTS = st.decimals(min_value="0.01", max_value="5000", places=2)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@st.composite
def leases_after_first_year(draw: st.DrawFn) -> Lease:
    term = draw(st.integers(13, 96))
    return Lease(draw(PAYMENTS), term, draw(st.integers(12, term - 1)), draw(st.none() | PAYMENTS))


def test_example_of_the_document() -> None:
    quote = termination_quote(Lease(Decimal(400), 48, 24, Decimal(475)), EDITION)

    assert quote.fixed_percentage_fee == Decimal("3360.00")
    assert quote.maximum_fee == Decimal("1800.00")
    assert quote.fee == Decimal("1800.00")
    assert quote.method == "maximum"
    assert not quote.is_upper_bound
    assert quote.articles == (AV_3_16, AV_3_15)
    assert [(step.name, dict(step.figures)) for step in quote.steps] == [
        ("remaining_months", {"term": 48, "elapsed": 24, "remaining": 24}),
        ("remaining_total", {"remaining": 24, "payment": 400, "total": 9600}),
        ("fixed_percentage", {"percentage": 35, "total": 9600, "fee": 3360}),
        ("difference", {"elapsed": 24, "comparison": 475, "payment": 400, "difference": 75}),
        ("maximum", {"difference": 75, "elapsed": 24, "fee": 1800}),
        ("lowest", {"fixed": 3360, "maximum": 1800, "fee": 1800}),
    ]


def test_without_comparison_payment_the_fixed_percentage_is_an_upper_bound() -> None:
    quote = termination_quote(Lease(Decimal(400), 48, 24), EDITION)

    assert (quote.fee, quote.maximum_fee, quote.method) == (Decimal("3360.00"), None, "fixed_percentage")
    assert quote.is_upper_bound
    assert [step.name for step in quote.steps] == ["remaining_months", "remaining_total", "fixed_percentage"]


@pytest.mark.parametrize(
    ("payment", "term", "elapsed", "comparison", "fixed", "maximum", "method"),
    [
        # 36 x 400 = 14.400, 35% = 5.040; (450 - 400) x 12 = 600
        pytest.param("400", 48, 12, "450", "5040.00", "600.00", "maximum", id="first day of the second year"),
        # 1 x 400, 35% = 140; (401 - 400) x 47 = 47
        pytest.param("400", 48, 47, "401", "140.00", "47.00", "maximum", id="one month left"),
        # 12 x 400 = 4.800, 35% = 1.680; 200 x 36 = 7.200
        pytest.param("400", 48, 36, "600", "1680.00", "7200.00", "fixed_percentage", id="percentage lower"),
        # 24 x 400 = 9.600, 35% = 3.360; 140 x 24 = 3.360
        pytest.param("400", 48, 24, "540", "3360.00", "3360.00", "fixed_percentage", id="both equal"),
        # 0,01 x 24 = 0,24 on either side of equal: 3.360,24 and 3.359,76
        pytest.param("400", 48, 24, "540.01", "3360.00", "3360.24", "fixed_percentage", id="just above equal"),
        pytest.param("400", 48, 24, "539.99", "3360.00", "3359.76", "maximum", id="just below equal"),
        pytest.param("400", 48, 24, "400", "3360.00", "0.00", "maximum", id="same instalment"),
        pytest.param("400", 48, 24, "350", "3360.00", "0.00", "maximum", id="cheaper comparison is never negative"),
        # 1 x 399,90 x 35% = 139,965: half a cent goes up
        pytest.param("399.90", 24, 23, "500", "139.97", "2302.30", "fixed_percentage", id="half a cent up"),
        # 1 x 399,89 x 35% = 139,9615
        pytest.param("399.89", 24, 23, "500", "139.96", "2302.53", "fixed_percentage", id="below half a cent down"),
    ],
)
def test_fee_is_the_lower_of_both_methods(
    payment: str, term: int, elapsed: int, comparison: str, fixed: str, maximum: str, method: str
) -> None:
    quote = termination_quote(Lease(Decimal(payment), term, elapsed, Decimal(comparison)), EDITION)

    assert quote.fixed_percentage_fee == Decimal(fixed)
    assert quote.maximum_fee == Decimal(maximum)
    assert quote.fee == min(Decimal(fixed), Decimal(maximum))
    assert quote.method == method


@pytest.mark.parametrize(
    ("elapsed", "rounded_up", "first_year"),
    [
        (0, False, True),
        (11, False, True),
        (12, True, True),  # the twelfth month has begun: still before the begin of the second year
        (12, False, False),
        (13, True, False),
        (13, False, False),
    ],
)
def test_border_of_the_first_year(elapsed: int, rounded_up: bool, first_year: bool) -> None:
    lease = Lease(Decimal(400), 48, elapsed, Decimal(475), rounded_up)
    quote = termination_quote(lease, EDITION)

    assert (quote.method == "first_year") is first_year
    assert (quote.fee is None) is first_year
    assert (quote.articles[0] == AV_3_17) is first_year


def test_first_year_gives_no_figure_at_all() -> None:
    quote = termination_quote(Lease(Decimal(400), 48, 11, Decimal(475)), EDITION)

    assert (quote.fee, quote.fixed_percentage_fee, quote.maximum_fee) == (None, None, None)
    assert not quote.is_upper_bound
    assert quote.articles == (AV_3_17, AV_3_15)
    assert [(step.name, dict(step.figures), step.article) for step in quote.steps] == [
        ("first_year", {"elapsed": 11}, AV_3_17)
    ]


@pytest.mark.parametrize(
    ("end", "first_year"),
    [(date(2025, 2, 28), True), (date(2025, 3, 1), False), (date(2025, 3, 2), False)],
)
def test_dates_around_the_begin_of_the_second_year(end: date, first_year: bool) -> None:
    elapsed = elapsed_months(date(2024, 3, 1), end)
    lease = Lease(Decimal(400), 48, elapsed.months, rounded_up=elapsed.rounded_up)

    assert (termination_quote(lease, EDITION).method == "first_year") is first_year


@pytest.mark.parametrize(
    ("payment", "term", "elapsed", "comparison", "code"),
    [
        ("0", 48, 24, None, "payment_not_positive"),
        ("-0.01", 48, 24, None, "payment_not_positive"),
        ("400", 48, 24, "0", "comparison_not_positive"),
        ("400", 48, 24, "-1", "comparison_not_positive"),
        ("400", 0, 0, None, "term_not_positive"),
        ("400", 48, -1, None, "elapsed_negative"),
        ("400", 48, 48, None, "nothing_left"),
        ("400", 48, 49, None, "nothing_left"),
    ],
)
def test_impossible_leases_are_refused(
    payment: str, term: int, elapsed: int, comparison: str | None, code: str
) -> None:
    with pytest.raises(InvalidLease) as caught:
        Lease(Decimal(payment), term, elapsed, None if comparison is None else Decimal(comparison))
    assert caught.value.code == code


def test_shortest_lease_and_smallest_instalment_are_accepted() -> None:
    assert Lease(Decimal("0.01"), 1, 0, Decimal("0.01")).remaining_months == 1


@pytest.mark.parametrize(
    ("start", "end", "months", "rounded_up"),
    [
        # "tegen het begin van de 25e maand": 24 months used
        (date(2024, 1, 1), date(2026, 1, 1), 24, False),
        (date(2024, 1, 1), date(2025, 12, 31), 24, True),
        (date(2024, 1, 1), date(2026, 1, 2), 25, True),
        (date(2024, 1, 1), date(2024, 1, 1), 0, False),
        (date(2024, 1, 1), date(2024, 1, 2), 1, True),
        (date(2024, 1, 15), date(2024, 2, 14), 1, True),
        (date(2024, 1, 15), date(2024, 2, 15), 1, False),
        (date(2023, 12, 15), date(2024, 1, 15), 1, False),
        # the month is shorter than the day the lease began on
        (date(2024, 1, 31), date(2024, 2, 28), 1, True),
        (date(2024, 1, 31), date(2024, 2, 29), 1, False),
        (date(2024, 1, 31), date(2024, 3, 1), 2, True),
        (date(2023, 1, 31), date(2023, 2, 28), 1, False),
        (date(2024, 1, 31), date(2024, 4, 30), 3, False),
        (date(2024, 2, 29), date(2025, 2, 27), 12, True),
        (date(2024, 2, 29), date(2025, 2, 28), 12, False),
        (date(2024, 2, 29), date(2028, 2, 28), 48, True),
        (date(2024, 2, 29), date(2028, 2, 29), 48, False),
    ],
)
def test_elapsed_months(start: date, end: date, months: int, rounded_up: bool) -> None:
    assert elapsed_months(start, end) == ElapsedMonths(months, rounded_up)


def test_end_before_start_is_refused() -> None:
    with pytest.raises(InvalidLease) as caught:
        elapsed_months(date(2024, 1, 2), date(2024, 1, 1))
    assert caught.value.code == "end_before_start"


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(1900, 1, 31), 1, date(1900, 2, 28)),
        (date(2023, 8, 31), 1, date(2023, 9, 30)),
        (date(2023, 11, 30), 1, date(2023, 12, 30)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 1, 5), -1, date(2023, 12, 5)),
    ],
)
def test_add_months(day: date, count: int, expected: date) -> None:
    assert add_months(day, count) == expected


@given(leases_after_first_year())
@example(Lease(Decimal(400), 48, 24, Decimal("0.01")))
def test_fee_is_never_negative_and_never_above_a_method(lease: Lease) -> None:
    quote = termination_quote(lease, EDITION)

    assert quote.fee is not None
    assert quote.fixed_percentage_fee is not None
    assert 0 <= quote.fee <= quote.fixed_percentage_fee
    assert quote.maximum_fee is None or quote.fee <= quote.maximum_fee
    exact = Fraction(35, 100) * Fraction(lease.monthly_payment) * (lease.lease_term_months - lease.elapsed_months)
    assert abs(Fraction(quote.fixed_percentage_fee) - exact) <= Fraction(1, 200)


@given(leases_after_first_year(), PAYMENTS)
def test_knowing_the_comparison_payment_never_costs_the_customer_more(lease: Lease, comparison: Decimal) -> None:
    unknown = Lease(lease.monthly_payment, lease.lease_term_months, lease.elapsed_months)
    known = Lease(lease.monthly_payment, lease.lease_term_months, lease.elapsed_months, comparison)

    bound, fee = termination_quote(unknown, EDITION).fee, termination_quote(known, EDITION).fee
    assert bound is not None
    assert fee is not None
    assert fee <= bound


@given(DAYS, st.integers(0, 96))
def test_elapsed_months_undoes_add_months(start: date, count: int) -> None:
    end = add_months(start, count)

    assert elapsed_months(start, end) == ElapsedMonths(count, False)
    # One day later is in the next month, and that month counts as used.
    assert elapsed_months(start, end + timedelta(days=1)) == ElapsedMonths(count + 1, True)

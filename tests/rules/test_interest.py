"""Statutory interest (AV 3.4; art. 6:119 BW), against amounts computed by hand and a count day by day."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lease_assistant.rules.interest import InvalidPayment, Rate, RateTable, statutory_interest
from lease_assistant.terms import DATA, load_yaml

TABLE = RateTable(
    (
        Rate(date(2023, 1, 1), Decimal(4)),
        Rate(date(2023, 7, 1), Decimal(6)),
        Rate(date(2024, 1, 1), Decimal(7)),
        Rate(date(2025, 1, 1), Decimal(6)),
    ),
    known_until=date(2025, 12, 31),
)
TEN_PERCENT = RateTable((Rate(date(2000, 1, 1), Decimal(10)),), known_until=date(2099, 12, 31))

# 36.500 x 366: a day at 1% costs exactly 366 euros in a common year and 365 euros in a leap year.
BIG = Decimal(36_500 * 366)

FIRST_DAY, LAST_DAY = date(2023, 1, 1), date(2031, 12, 31)
DAYS = st.dates(FIRST_DAY, LAST_DAY)
AMOUNTS = st.decimals("0.01", 100_000, places=2)


def interest(principal: Decimal | str, due: date, paid: date, table: RateTable = TABLE) -> Decimal:
    return statutory_interest(Decimal(principal), due, paid, table).interest


def day_by_day(principal: Decimal, due: date, paid: date) -> Fraction:
    """The exact interest, one day at a time; for a due date that is no leap day."""
    base, of_this_year, total = Fraction(principal), Fraction(0), Fraction(0)
    day = due
    while day < paid:
        if day != due and (day.month, day.day) == (due.month, due.day):
            base, of_this_year = base + of_this_year, Fraction(0)
        rate = 4 if day < date(2023, 7, 1) else 7 if day.year == 2024 else 6
        of_today = base * rate / (100 * (366 if day.year % 4 == 0 else 365))
        of_this_year, total, day = of_this_year + of_today, total + of_today, day + timedelta(days=1)
    return total


def test_rates_in_the_data() -> None:
    data = load_yaml(DATA / "rates" / "statutory_interest.yml")

    published = {date(2023, 1, 1): 4, date(2023, 7, 1): 6, date(2024, 1, 1): 7, date(2025, 1, 1): 6}
    in_data = {entry["from"]: Decimal(entry["percent"]) for entry in data["rates"]}
    assert published.items() <= in_data.items()
    assert list(in_data) == sorted(in_data)
    assert data["known_until"] >= max(in_data)
    assert data["article"] == "AV 3.4"


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2023, 1, 1), 4),
        (date(2023, 6, 30), 4),
        (date(2023, 7, 1), 6),
        (date(2023, 12, 31), 6),
        (date(2024, 1, 1), 7),
        (date(2024, 12, 31), 7),
        (date(2025, 1, 1), 6),
        (date(2030, 1, 1), 6),
    ],
)
def test_rate_of_a_day(day: date, percent: int) -> None:
    assert TABLE.at(day) == percent


@pytest.mark.parametrize(
    ("due", "paid", "expected"),
    [
        # one day on either side of each change, then both days together
        (date(2023, 6, 30), date(2023, 7, 1), 4 * 366),
        (date(2023, 7, 1), date(2023, 7, 2), 6 * 366),
        (date(2023, 6, 30), date(2023, 7, 2), 4 * 366 + 6 * 366),
        (date(2023, 12, 31), date(2024, 1, 1), 6 * 366),
        (date(2024, 1, 1), date(2024, 1, 2), 7 * 365),
        (date(2023, 12, 31), date(2024, 1, 2), 6 * 366 + 7 * 365),
        (date(2024, 12, 31), date(2025, 1, 1), 7 * 365),
        (date(2025, 1, 1), date(2025, 1, 2), 6 * 366),
        (date(2024, 12, 31), date(2025, 1, 2), 7 * 365 + 6 * 366),
        # the leap day bears interest, like each day around it
        (date(2024, 2, 28), date(2024, 2, 29), 7 * 365),
        (date(2024, 2, 28), date(2024, 3, 1), 2 * 7 * 365),
        (date(2024, 2, 29), date(2024, 3, 1), 7 * 365),
        (date(2025, 2, 28), date(2025, 3, 1), 6 * 366),
        # a full leap year and a full common year are exactly the yearly rate
        (date(2024, 1, 1), date(2025, 1, 1), 7 * 365 * 366),
        (date(2025, 1, 1), date(2026, 1, 1), 6 * 366 * 365),
        # the due date itself bears interest, the day of payment does not
        (date(2025, 5, 4), date(2025, 5, 4), 0),
        (date(2025, 5, 4), date(2025, 5, 5), 6 * 366),
    ],
)
def test_exact_days_around_every_change(due: date, paid: date, expected: int) -> None:
    assert interest(BIG, due, paid) == expected


@pytest.mark.parametrize(
    ("due", "paid", "expected"),
    [
        # 1.000 x 6% x 30/365 = 4,9315
        pytest.param(date(2025, 3, 1), date(2025, 3, 31), "4.93", id="thirty days"),
        # Year 1: 122 days 4% and 184 days 6% of 365, 60 days 7% of 366: 13,3699 + 30,2466 + 11,4754 = 55,0918.
        # Then 92 days 7% of 366 over 1.055,0918: 18,5650. Together 73,6569 (72,69 without compounding).
        pytest.param(date(2023, 3, 1), date(2024, 6, 1), "73.66", id="fifteen months over a leap day"),
        # Year 1: 184 days 6% of 365, 182 days 7% of 366: 65,0553. Year 2 over 1.065,0553: 184 days 7% of 366,
        # 181 days 6% of 365: 69,1697. Then 184 days 6% of 365 over 1.134,2250: 34,3064. Together 168,5314.
        pytest.param(date(2023, 7, 1), date(2026, 1, 1), "168.53", id="two and a half years"),
        # and one day more: 1.134,2250 x 6% / 365 = 0,1864
        pytest.param(date(2023, 7, 1), date(2026, 1, 2), "168.72", id="two and a half years and a day"),
    ],
)
def test_thousand_euros_by_hand(due: date, paid: date, expected: str) -> None:
    assert interest("1000", due, paid) == Decimal(expected)


@pytest.mark.parametrize(
    ("due", "paid", "expected"),
    [
        (date(2021, 1, 1), date(2021, 12, 31), "99.73"),  # 364/365 of 100
        (date(2021, 1, 1), date(2022, 1, 1), "100.00"),
        (date(2021, 1, 1), date(2022, 1, 2), "100.30"),  # 1.100 x 10% / 365 = 0,3014 (0,27 without compounding)
        (date(2021, 1, 1), date(2023, 1, 1), "210.00"),  # 100 + 110
        (date(2021, 1, 1), date(2024, 1, 1), "331.00"),  # 100 + 110 + 121
        (date(2021, 1, 1), date(2025, 1, 1), "464.10"),  # + 133,10 over 366 of 366 days
        (date(2023, 7, 1), date(2024, 7, 1), "100.14"),  # 184/365 and 182/366 of 100: 50,4110 + 49,7268
        # Due on a leap day: a year has passed on 28 February 2025. 307/366 and 58/365 of 100 are 83,8798 + 15,8904,
        # then two days over 1.099,7702: 0,6026.
        (date(2024, 2, 29), date(2025, 3, 2), "100.37"),
    ],
)
def test_interest_on_interest_after_each_full_year_only(due: date, paid: date, expected: str) -> None:
    assert interest("1000", due, paid, TEN_PERCENT) == Decimal(expected)


def test_change_of_rate_within_the_year_does_not_compound() -> None:
    result = statutory_interest(Decimal(1000), date(2023, 3, 1), date(2024, 6, 1), TABLE)

    assert [(period.start, period.days, int(period.percent)) for period in result.periods] == [
        (date(2023, 3, 1), 122, 4),
        (date(2023, 7, 1), 184, 6),
        (date(2024, 1, 1), 60, 7),
        (date(2024, 3, 1), 92, 7),
    ]
    assert [round(period.principal, 4) for period in result.periods] == [1000, 1000, 1000, Decimal("1055.0918")]
    assert result.periods[-1].end == date(2024, 6, 1)
    assert result.total == Decimal("1073.66")


def test_no_day_no_period() -> None:
    result = statutory_interest(Decimal(400), date(2025, 5, 4), date(2025, 5, 4), TABLE)

    assert not result.periods
    assert (result.interest, result.total) == (Decimal(0), Decimal(400))


@pytest.mark.parametrize(
    ("principal", "expected"),
    [("18.25", "0.00"), ("30.41", "0.00"), ("30.42", "0.01"), ("91.25", "0.02"), ("91.24", "0.01")],
)
def test_half_a_cent_goes_up(principal: str, expected: str) -> None:
    # One day at 6% in 2025: 91,25 x 6% / 365 = 0,015 exactly; 30,42 is the first amount above 0,005.
    assert interest(principal, date(2025, 5, 4), date(2025, 5, 5)) == Decimal(expected)


@pytest.mark.parametrize(
    ("due", "paid", "provisional"),
    [
        (date(2025, 12, 1), date(2025, 12, 31), False),
        (date(2025, 12, 1), date(2026, 1, 1), False),  # the last day that bears interest is the last known one
        (date(2025, 12, 1), date(2026, 1, 2), True),
        (date(2026, 1, 1), date(2026, 1, 2), True),
        (date(2026, 5, 4), date(2026, 5, 4), False),  # paid in time: no rate is used
    ],
)
def test_provisional_past_the_last_known_day(due: date, paid: date, provisional: bool) -> None:
    assert statutory_interest(Decimal(400), due, paid, TABLE).provisional is provisional


def test_last_rate_goes_on_past_the_last_known_day() -> None:
    assert interest(BIG, date(2025, 12, 31), date(2026, 1, 2)) == 2 * 6 * 366


@pytest.mark.parametrize(
    ("principal", "due", "paid", "code"),
    [
        ("0", date(2025, 1, 1), date(2025, 2, 1), "principal_not_positive"),
        ("-0.01", date(2025, 1, 1), date(2025, 2, 1), "principal_not_positive"),
        ("400", date(2025, 1, 2), date(2025, 1, 1), "paid_before_due"),
        ("400", date(2022, 12, 31), date(2023, 2, 1), "before_first_rate"),
        ("400", date(2022, 12, 31), date(2022, 12, 31), "before_first_rate"),
    ],
)
def test_impossible_payments_are_refused(principal: str, due: date, paid: date, code: str) -> None:
    with pytest.raises(InvalidPayment) as caught:
        statutory_interest(Decimal(principal), due, paid, TABLE)
    assert caught.value.code == code


def test_first_known_day_is_accepted() -> None:
    assert interest(BIG, date(2023, 1, 1), date(2023, 1, 2)) == 4 * 366


@given(AMOUNTS, DAYS.filter(lambda day: (day.month, day.day) != (2, 29)), st.integers(0, 1500))
def test_equals_the_count_day_by_day(principal: Decimal, due: date, days: int) -> None:
    paid = due + timedelta(days=days)
    result = statutory_interest(principal, due, paid, TABLE)

    assert abs(Fraction(result.interest) - day_by_day(principal, due, paid)) <= Fraction(1, 200) + Fraction(1, 10**9)


@given(AMOUNTS, DAYS, st.integers(0, 1500), st.integers(1, 400))
def test_later_payment_never_costs_less(principal: Decimal, due: date, days: int, more: int) -> None:
    paid = due + timedelta(days=days)

    assert 0 <= interest(principal, due, paid) <= interest(principal, due, paid + timedelta(days=more))


@given(st.integers(1, 1000), st.lists(st.integers(0, 364), min_size=3, max_size=3))
def test_parts_of_one_year_add_up_to_the_cent(times: int, offsets: list[int]) -> None:
    # 36.500 euros at 6% make exactly 6 euros a day, so nothing is lost in rounding.
    principal = Decimal(36_500 * times)
    due, between, paid = (date(2025, 1, 1) + timedelta(days=offset) for offset in sorted(offsets))

    parts = interest(principal, due, between) + interest(principal, between, paid)
    assert parts == interest(principal, due, paid) == 6 * times * (paid - due).days


@given(AMOUNTS, DAYS, st.integers(0, 1500))
def test_periods_follow_each_other_without_gap(principal: Decimal, due: date, days: int) -> None:
    paid = due + timedelta(days=days)
    periods = statutory_interest(principal, due, paid, TABLE).periods

    assert sum(period.days for period in periods) == days
    assert [due, *(period.end for period in periods)] == [*(period.start for period in periods), paid]

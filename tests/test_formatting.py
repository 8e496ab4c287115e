"""Amounts, dates and counts as Dutch customers read them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lease_assistant import formatting
from lease_assistant.rules.damage import AMSTERDAM


@pytest.mark.parametrize(
    ("amount", "long", "short"),
    [
        ("0", "€ 0,00", "€ 0"),
        ("0.5", "€ 0,50", "€ 0,50"),
        ("2.50", "€ 2,50", "€ 2,50"),
        ("135", "€ 135,00", "€ 135"),
        ("999.99", "€ 999,99", "€ 999,99"),
        ("1000", "€ 1.000,00", "€ 1.000"),
        ("1E+3", "€ 1.000,00", "€ 1.000"),
        ("3000.01", "€ 3.000,01", "€ 3.000,01"),
        ("1234567.8", "€ 1.234.567,80", "€ 1.234.567,80"),
        # half a cent goes up, like in the rules
        ("0.125", "€ 0,13", "€ 0,13"),
        ("0.124", "€ 0,12", "€ 0,12"),
        ("99.995", "€ 100,00", "€ 100"),
    ],
)
def test_euro(amount: str, long: str, short: str) -> None:
    assert formatting.euro(Decimal(amount)) == long
    assert formatting.euro_short(Decimal(amount)) == short


@given(st.decimals(0, 10**9, places=2))
def test_euro_keeps_every_cent(amount: Decimal) -> None:
    for text in (formatting.euro(amount), formatting.euro_short(amount)):
        assert Decimal(text.removeprefix("€ ").replace(".", "").replace(",", ".")) == amount


@pytest.mark.parametrize(
    ("value", "expected"),
    [("35", "35%"), ("6.5", "6,5%"), ("6.50", "6,5%"), ("4.00", "4%"), ("100", "100%"), ("10", "10%"), ("0", "0%")],
)
def test_percent(value: str, expected: str) -> None:
    assert formatting.percent(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("month", "name"),
    enumerate(
        [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ],
        start=1,
    ),
)
def test_long_date(month: int, name: str) -> None:
    assert formatting.long_date(date(2026, month, 1)) == f"1 {name} 2026"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 1, 14, 30), "zondag 1 maart 2026 om 14.30 uur"),
        (datetime(2024, 2, 29, 0, 0), "donderdag 29 februari 2024 om 00.00 uur"),
        (datetime(2026, 10, 26, 9, 5, 59), "maandag 26 oktober 2026 om 09.05 uur"),
        (datetime(2026, 3, 29, 3, 30, tzinfo=AMSTERDAM), "zondag 29 maart 2026 om 03.30 uur"),
        (datetime(2026, 12, 31, 23, 59), "donderdag 31 december 2026 om 23.59 uur"),
    ],
)
def test_long_moment(moment: datetime, expected: str) -> None:
    assert formatting.long_moment(moment) == expected


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 maanden"), (1, "1 maand"), (2, "2 maanden"), (24, "24 maanden")]
)
def test_months(count: int, expected: str) -> None:
    assert formatting.months(count) == expected


@pytest.mark.parametrize(
    ("count", "expected"), [(-1, "-1"), (0, "nul"), (1, "een"), (2, "twee"), (12, "twaalf"), (13, "13")]
)
def test_in_words(count: int, expected: str) -> None:
    assert formatting.in_words(count) == expected


@pytest.mark.parametrize(
    ("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_join_words(words: list[str], expected: str) -> None:
    assert formatting.join_words(words) == expected

"""Amounts of money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lease_assistant.dutch.money import Amount, find_amounts

cents = st.integers(1, 9_999_999)
PIECES = [
    "€",
    "euro",
    " ",
    "12",
    "1.049",
    ",-",
    "k",
    "tussen",
    "en",
    "paar",
    "honderd",
    "-",
    "2",
    "mnd",
    "ongeveer",
    "of",
]


def first(text: str) -> Amount:
    return find_amounts(text, bare=True)[0]


def dutch(amount: Decimal) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


@given(cents, st.sampled_from(["€ {}", "€{}", "{} euro", "{}€", "EUR {}", "het was {} euro hoor", "{}"]))
def test_every_formatted_amount_reads_back(number: int, template: str) -> None:
    amount = Decimal(number) / 100
    assert first(template.format(dutch(amount))).exact == amount


@given(st.integers(1, 99_999), st.sampled_from(["{},-", "€ {},-", "{},=", "{} euro", "€{},--"]))
def test_every_whole_amount_reads_back(number: int, template: str) -> None:
    assert first(template.format(f"{number:,}".replace(",", "."))).exact == number
    assert first(template.format(number)).exact == number


@given(
    st.integers(100, 4000),
    st.integers(1, 4000),
    st.sampled_from(["tussen {} en {} euro", "€ {} tot € {}", "{}-{} euro"]),
)
def test_every_range_reads_back(low: int, more: int, template: str) -> None:
    amount = first(template.format(low, low + more))
    assert (amount.low, amount.high, amount.exact) == (low, low + more, None)


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)), st.booleans())
def test_never_raises_and_spans_lie_in_the_text(text: str, bare: bool) -> None:
    for amount in find_amounts(text, bare=bare):
        assert 0 <= amount.start < amount.end <= len(text)
        assert amount.high is None or amount.low <= amount.high


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("een bedrag van 2.345,67 graag", "2345.67"),
        ("1 250 euro", 1250),
        ("7,5k", 7500),
        ("4 mille", 4000),
        ("6 rooie ruggen", 6000),
        ("drie tientjes", 30),
        ("negenhonderd euro en twintig cent", "900.20"),
        ("349,95", "349.95"),
        ("525 p/m", 525),
        ("eigen bijdrage is gratis", 0),
        ("min 75 euro", -75),
        ("- 20 euro", -20),
        ("vijf en een half duizend", 5500),
        ("3k2", 3200),
    ],
)
def test_exact_amounts(text: str, euros: int | str) -> None:
    assert first(text).exact == Decimal(euros)


@pytest.mark.parametrize(
    ("text", "low", "high", "exclusive"),
    [
        ("tussen de 4 en 5 duizend", 4000, 5000, False),
        ("6 à 7k", 6000, 7000, False),
        ("een paar honderd euro", 200, 500, False),
        ("paar duizend", 2000, 5000, False),
        ("boven de 4500", 4500, None, True),
        ("op zijn minst 1500", 1500, None, False),
        ("niet meer dan 800", 0, 800, False),
        ("lager dan 900 euro", 0, 900, True),
        ("max. 600", 0, 600, False),
        ("750 of meer", 750, None, False),
    ],
)
def test_limits_and_ranges(text: str, low: int, high: int | None, exclusive: bool) -> None:
    amount = first(text)
    assert (amount.low, amount.high, amount.exclusive) == (low, high, exclusive)


@pytest.mark.parametrize(
    "text", ["zo'n 950", "een euro of 950", "± 950 euro", "950 ofzo", "rond de 950", "950 ongeveer"]
)
def test_approximate_amounts(text: str) -> None:
    assert (first(text).exact, first(text).approximate) == (950, True)


@pytest.mark.parametrize(
    "text",
    [
        "36 maanden",
        "3 jaar",
        "25e",
        "20.000 km",
        "15%",
        "om 14.30",
        "kwart over 3",
        "12-03-2026",
        "3 maart 2026",
        "HK-512-B",
        "06-23456789",
        "NL20INGB0001234567",
        "in 2023",
        "2 weken",
        "geen idee",
        "artikel 12",
    ],
)
def test_no_amount(text: str) -> None:
    assert find_amounts(text, bare=True) == ()


def test_numbers_without_a_marker_count_only_when_asked_for() -> None:
    assert find_amounts("het was 450") == ()
    assert [amount.exact for amount in find_amounts("eerst 400 euro, later € 425,50")] == [400, Decimal("425.50")]

"""Lengths of time in months."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lease_assistant.dutch.durations import Duration, find_durations

PIECES = ["jaar", "maand", " ", "12", "na", "de", "25e", "en", "half", "een", "-", "mnd", "of", "tussen", "anderhalf"]


def first(text: str) -> Duration:
    return find_durations(text, bare=True)[0]


@given(st.integers(1, 120), st.sampled_from(["{} maanden", "{}mnd", "contract van {} mnd", "{} maandjes", "{}"]))
def test_every_number_of_months_reads_back(months: int, template: str) -> None:
    assert first(template.format(months)).months == months


@given(st.integers(1, 6), st.integers(1, 11))
def test_years_and_months_add_up(years: int, months: int) -> None:
    assert first(f"{years} jaar en {months} maanden").months == 12 * years + months


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)), st.booleans())
def test_never_raises_and_spans_lie_in_the_text(text: str, bare: bool) -> None:
    for duration in find_durations(text, bare=bare):
        assert 0 <= duration.start < duration.end <= len(text)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("3 jaar", 36),
        ("anderhalf jaar", 18),
        ("3,5 jaar", 42),
        ("twee en een half jaar", 30),
        ("half jaartje", 6),
        ("een kwartaal", 3),
        ("zesendertig maanden", 36),
        ("5 jr", 60),
        ("30 maadnen", 30),
        ("1 jr 3 mnd", 15),
        ("een jaar of drie", 36),
        ("vierjarig", 48),
        ("-6 maanden", -6),
        ("driekwart jaar", 9),
        ("3 jaar en een half", 42),
    ],
)
def test_lengths(text: str, months: int) -> None:
    assert (first(text).months, first(text).reached) == (months, False)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("vanaf de 19e maand", 18),
        ("in maand 37", 36),
        ("tegen het begin van het vierde jaar", 36),
        ("na 30 maanden", 30),
        ("eind van het tweede jaar", 24),
        ("36 maanden gereden", 36),
        ("ik rij er nu 3 jaar in", 36),
        ("over 12 maanden gebruik", 12),
        ("halverwege het tweede jaar", 18),
    ],
)
def test_positions_in_the_lease(text: str, months: int) -> None:
    assert (first(text).months, first(text).reached) == (months, True)


@pytest.mark.parametrize(
    "text", ["6 weken", "10 dagen", "450 euro per maand", "3 of 4 jaar", "15.000 km per jaar", "25e", "nee"]
)
def test_no_length(text: str) -> None:
    assert find_durations(text, bare=True) == ()


def test_a_number_without_a_unit_counts_only_when_asked_for() -> None:
    assert find_durations("60") == ()
    assert not first("60").marked

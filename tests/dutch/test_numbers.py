"""Numbers in words and digits."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lease_assistant.dutch.numbers import find_numbers, words_to_number
from lease_assistant.dutch.text import fold

UNITS = ["", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
TEENS = ["dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"]
TENS = ["", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]


def spell(number: int, gap: str = "") -> str:
    """The number in words, with something between the larger parts."""
    if number < 20:
        return (UNITS + TEENS)[number]
    if number < 100:
        ten, unit = divmod(number, 10)
        link = "ën" if unit in (2, 3) else "en"
        return f"{UNITS[unit]}{link}{TENS[ten]}" if unit else TENS[ten]
    scale, word = (1000, "duizend") if number >= 1000 else (100, "honderd")
    head, rest = divmod(number, scale)
    first = "" if head == 1 else spell(head, gap) + gap
    return f"{first}{word}{gap if rest else ''}{spell(rest, gap) if rest else ''}"


@given(st.integers(1, 9_999), st.sampled_from(["", " "]))
def test_every_number_in_words_reads_back(number: int, gap: str) -> None:
    assert words_to_number(spell(number, gap)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("driehonderd vijfenzestig", 365),
        ("elf honderd", 1100),
        ("zeventienhonderdvijftig", 1750),
        ("anderhalf duizend", 1500),
        ("twee en een half duizend", 2500),
        ("vijfeneenhalf", "5.5"),
        ("een half", "0.5"),
        ("drie kwart", "0.75"),
        ("tweehondert", 200),
        ("duizent vyfhonderd", 1500),
        ("seshonderd", 600),
        ("zeventigduizned", 70000),
        ("eenentwintigste", 21),
        ("honderd en drie", 103),
        ("4 duizend", 4000),
        ("3½", "3.5"),
        ("1 1/2", "1.5"),
        ("2.750", 2750),
        ("2,75", "2.75"),
    ],
)
def test_number_words(text: str, value: int | str) -> None:
    assert words_to_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "eend", "achter", "vierde wiel", "twee drie", "tiener", "vieringen", "hallo"])
def test_no_number(text: str) -> None:
    assert words_to_number(text) is None


def test_numbers_in_running_text() -> None:
    text = fold("Van de drieëntwintig schades waren er 4 duurder dan tweeduizend vijfhonderd euro")
    assert [(int(n.value), text[n.start : n.end]) for n in find_numbers(text)] == [
        (23, "drieentwintig"), (4, "4"), (2500, "tweeduizend vijfhonderd"),
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_spans_lie_in_any_text(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert all(0 <= number.start < number.end <= len(text) for number in find_numbers(folded))
    words_to_number(text)

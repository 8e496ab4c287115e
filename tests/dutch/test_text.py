"""Folding and comparing text."""

from hypothesis import given
from hypothesis import strategies as st

from lease_assistant.dutch.text import fold, within_one, words

letters = st.text("abcdef", min_size=1, max_size=8)


@given(st.text())
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_folding() -> None:
    assert fold("Één ’s Avonds\u00a0–") == "een 's avonds -"
    assert words("Idd, m'n AUTO jaaaaa") == ["inderdaad", "mijn", "auto", "jaa"]


@given(letters, letters)
def test_near_words_are_near_both_ways(first: str, second: str) -> None:
    assert within_one(first, second) == within_one(second, first)


@given(letters, st.integers(0, 7))
def test_a_letter_left_out_is_near(word: str, place: int) -> None:
    assert within_one(word, word[: place % len(word)] + word[place % len(word) + 1 :])

import pytest

from lease_assistant.nlu.normalise import MAX_LENGTH, abbreviations, normalise


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Hallo", "hallo"),
        ("café", "cafe"),
        ("één", "een"),
        ("idd", "inderdaad"),
        ("ipv", "in plaats van"),
        ("Mn auto", "mijn auto"),
        ("m’n auto", "mijn auto"),
        ("ff kijken, mss morgen", "even kijken, misschien morgen"),
        # Only whole words.
        ("affaire", "affaire"),
        ("", ""),
        ("🚗", "🚗"),
        ("½ jaar", "1⁄2 jaar"),
    ],
)
def test_normalise(typed: str, read: str) -> None:
    assert normalise(typed) == read


def test_a_very_long_message_keeps_its_ends() -> None:
    text = normalise("begin " + "x" * 10_000 + " eind")
    assert text.startswith("begin")
    assert text.endswith("eind")
    assert len(text) <= MAX_LENGTH + 1


def test_abbreviations_are_strings_in_lower_case() -> None:
    assert all(isinstance(short, str) and isinstance(long, str) for short, long in abbreviations().items())
    assert all(short == short.lower() and long == long.lower() for short, long in abbreviations().items())

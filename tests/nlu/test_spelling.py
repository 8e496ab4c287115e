import pytest

from lease_assistant.nlu.spelling import COMMON, FAMILIAR, Spelling

WORDS = {
    "ruitschade": COMMON,
    "schade": COMMON,
    "verzekering": COMMON,
    "contract": COMMON,
    "contact": COMMON,
    "opzeggen": FAMILIAR,
}


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(WORDS)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ruitshcade", "ruitschade"),
        ("verzekerring", "verzekering"),
        ("verzekring is er", "verzekering is er"),
        # Nearer to one than to the other.
        ("contrat", "contract"),
        # Two errors, in a long word only.
        ("ruitscahed", "ruitschade"),
        ("cotrakt", "cotrakt"),
        # The first letter is hardly ever missed.
        ("tuitschade", "tuitschade"),
        # Too short to tell.
        ("auot", "auot"),
        ("", ""),
    ],
)
def test_errors_are_repaired_towards_the_domain(spelling: Spelling, typed: str, read: str) -> None:
    assert spelling.repair(typed) == read


@pytest.mark.parametrize("word", ["restschade", "contant", "contrast", "verzekeraar", "opzeggen"])
def test_words_are_left_alone(word: str) -> None:
    assert Spelling({**WORDS, "contanten": COMMON}).repair(word) == word


def test_rare_words_are_no_target(spelling: Spelling) -> None:
    assert spelling.repair("opzeggn") == "opzeggn"


def test_words_are_learnt_from_different_texts() -> None:
    texts = [f"bericht {number} over mijn ruitschade" for number in range(COMMON)]
    learnt = Spelling.learn([*texts, *["reparatie"] * COMMON])
    assert learnt.counts == {"bericht": COMMON, "ruitschade": COMMON}
    assert learnt.repair("ruitscade") == "ruitschade"

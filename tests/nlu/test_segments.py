import pytest

from lease_assistant.nlu.segments import MOST_CUTS, cuts


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("mag ik naar spanje en wie betaalt de winterbanden", "en wie betaalt de winterbanden"),
        ("hoe zeg ik op? en wat kost dat dan", "en wat kost dat dan"),
        ("krijg ik bericht van de apk, hoe kom ik aan het schema", "hoe kom ik aan het schema"),
        (
            "mag mijn vader hem ophalen en naar welk adres stuur ik de volmacht",
            "en naar welk adres stuur ik de volmacht",
        ),
    ],
)
def test_a_question_after_something_else(text: str, second: str) -> None:
    assert second in [after for _, after in cuts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "wie betaalt de winterbanden",
        # No question after "en".
        "ik heb een deuk en een kras op mijn auto, alsjeblieft snel",
        # Too few words on a side.
        "hoi, mag ik naar spanje",
        "",
    ],
)
def test_one_thing(text: str) -> None:
    assert cuts(text) == []


def test_a_long_list_is_not_cut_everywhere() -> None:
    assert len(cuts("mag ik dit nu, " * 50)) == MOST_CUTS

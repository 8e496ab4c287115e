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
    assert second in [cut.second for cut in cuts(text) if cut.asks]


def test_what_does_not_begin_as_a_question_may_be_one() -> None:
    (cut,) = cuts("wie betaalt de winterbanden en ik wil niet langer dan drie jaar")
    assert (cut.second, cut.asks) == ("en ik wil niet langer dan drie jaar", False)


def test_questions_come_first() -> None:
    assert [cut.asks for cut in cuts("ik ben op reis. ik heb een boete. wie betaalt die boete")] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "wie betaalt de winterbanden",
        # Too few words on a side.
        "hoi, mag ik naar spanje",
        "",
    ],
)
def test_one_thing(text: str) -> None:
    assert cuts(text) == []


def test_a_long_list_is_not_cut_everywhere() -> None:
    assert len(cuts("mag ik dit nu, " * 50)) == MOST_CUTS

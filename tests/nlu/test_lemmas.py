import pytest

from lease_assistant.nlu.lemmas import FAMILIAR, Lemmas
from lease_assistant.nlu.reading import Language

KNOWN = frozenset({"opzeggen", "winterband", "winter", "band", "leaseauto", "lease", "auto", "verzekering", "polis"})


def terms(language: Language, text: str) -> tuple[str, ...]:
    return Lemmas(KNOWN).terms(language(text))


@pytest.mark.parametrize("text", ["ik zeg mijn contract per 1 mei op", "ik wil het graag op kunnen zeggen"])
def test_a_separable_verb_is_joined(language: Language, text: str) -> None:
    assert "opzeggen" in terms(language, text)


def test_a_particle_of_no_known_verb_is_left(language: Language) -> None:
    assert "opstaan" not in terms(language, "de auto staat op straat")


@pytest.mark.parametrize("text", ["mijn leaseauto is stuk", "mijn lease auto is stuk"])
def test_compounds_apart_and_together_share_their_terms(language: Language, text: str) -> None:
    assert {"leaseauto", "lease", "auto"} <= set(terms(language, text))


def test_a_linking_letter_belongs_to_no_part(language: Language) -> None:
    assert {"verzekering", "polis"} <= set(terms(language, "waar is mijn verzekeringspolis"))


def test_pairs_of_lemmas(language: Language) -> None:
    assert "mijn leaseauto" in terms(language, "mijn leaseauto's")


def test_punctuation_is_no_word(language: Language) -> None:
    assert terms(language, "?! ...") == ()


def test_what_is_said_often_is_known(language: Language) -> None:
    learnt = Lemmas.learn([language(f"winterbanden {number}") for number in range(FAMILIAR)])
    assert "winterband" in learnt.known
    assert Lemmas.learn([language("winterbanden winterbanden winterbanden")]).known == frozenset()

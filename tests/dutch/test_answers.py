"""Yes, no and "I don't know"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lease_assistant.dutch.answers import is_dont_know, parse_yes_no

YES = """ja jaaaa jawel hoor|jazeker|klopt als een bus|inderdaad|tuurlijk|oké|ja hoor 👍|👍🏽|jep dat klopt|
ik denk van wel|vlgs mij wel|nou en of|helaas wel|uh ja|ja ik weet alleen zijn naam niet|
ja de politie is erbij geweest|inderdaadd|dat heb ik|er was wel iemand bij|ik ga ermee akkoord|
zeker weten"""
NO = """nee|neeeee|nee joh|nope|👎|helemaal niet|ik dacht van niet|nee dat klopt|klopt niet|ja nee|tuurlijk niet|
niet dat ik weet|volgens mij nie|nog niet|geen enkele|nee er stond niemand omheen|heb ik niet|zeker niet|
nee bedankt|hoeft niet|'nee'"""
NEITHER = """misschien|geen idee|weet ik niet meer|zou kunnen|ja maar nee|ja/nee|ja en nee|wat bedoel je?|hoezo|
gisteren|3000 euro|tja|nou ja|hangt ervan af|ik kan niet inloggen|klopt het bedrag|een medewerker graag|
nee geen idee|ik snap de vraag niet|ja?|🤔"""
DONT_KNOW = """geen idee|weet ik niet|kweenie|zou het niet weten|kan ik me niet herinneren|idk|geen flauw idee|
moet ik even opzoeken|daar ben ik niet zeker van|onbekend|🤷"""


def rows(text: str) -> list[str]:
    return text.replace("\n", "").split("|")


@pytest.mark.parametrize("text", rows(YES))
def test_yes(text: str) -> None:
    assert parse_yes_no(text) is True


@pytest.mark.parametrize("text", rows(NO))
def test_no(text: str) -> None:
    assert parse_yes_no(text) is False


@pytest.mark.parametrize("text", rows(NEITHER))
def test_neither(text: str) -> None:
    assert parse_yes_no(text) is None


@pytest.mark.parametrize("text", rows(DONT_KNOW))
def test_not_known(text: str) -> None:
    assert is_dont_know(text)


@pytest.mark.parametrize(
    "text", ["ja", "nee", "niet dat ik weet", "weet niet precies, 500 ongeveer", "volgens mij wel", "gisteren"]
)
def test_an_answer_is_known(text: str) -> None:
    assert not is_dont_know(text)


@given(st.text(max_size=60))
def test_never_raises(text: str) -> None:
    parse_yes_no(text)
    is_dont_know(text)


@given(st.sampled_from(rows(YES) + rows(NO)), st.sampled_from(["{}!", "{}.", " {} ", "{}!!"]))
def test_punctuation_changes_nothing(text: str, template: str) -> None:
    assert parse_yes_no(template.format(text)) == parse_yes_no(text)
    assert parse_yes_no(text.upper()) == parse_yes_no(text)

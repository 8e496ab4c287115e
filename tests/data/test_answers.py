"""The answers as data: every article has one, nothing is typed in that belongs to the terms, every button works."""

import re
from pathlib import Path

import pytest
import yaml

from lease_assistant.answers import Answer, answer_book, load_answers
from lease_assistant.conversation.flows import FLOW_OF_INTENT
from lease_assistant.conversation.replies import term_reply
from lease_assistant.terms import DATA, TermsError, load_terms

EDITION = load_terms().current
ANSWERS = list(answer_book().values())
LITERAL_FIGURE = re.compile(r"€|%|\bprocent\b|\d")
MOST_WORDS = 100
DOMAIN = yaml.safe_load((DATA.parent / "domain.yml").read_text(encoding="utf-8"))


def by_topic(answer: Answer) -> str:
    return answer.topic


def test_every_article_carries_an_answer() -> None:
    carried = {answer.articles[0] for answer in ANSWERS}
    assert set(EDITION.articles) - carried == set()


@pytest.mark.parametrize("answer", ANSWERS, ids=by_topic)
def test_figures_come_from_the_parameters(answer: Answer) -> None:
    written = re.sub(r"\{[a-z_.]+\}|2todrive|isgestolen\.nl", "", f"{answer.text} {answer.more or ''}")
    assert not LITERAL_FIGURE.findall(written)


@pytest.mark.parametrize("answer", ANSWERS, ids=by_topic)
def test_an_answer_is_short_and_polite(answer: Answer) -> None:
    text = answer.text
    assert len(text.split()) <= MOST_WORDS
    assert "!" not in text
    assert not re.search(r"\b(je|jij|jouw|jullie)\b", f"{text} {answer.more or ''}")


@pytest.mark.parametrize("answer", ANSWERS, ids=by_topic)
def test_an_answer_ends_in_its_source(answer: Answer) -> None:
    last = answer.render(EDITION).splitlines()[-1]
    document = "(Aanvullende Voorwaarden|Gebruiksvoorwaarden Mijn Financial Services)"
    one = rf"{document}, (artikel \d(\.\d{{1,2}})?|contactgegevens)"
    assert re.fullmatch(rf"Bron: {one}(; {one})*", last)


@pytest.mark.parametrize("answer", ANSWERS, ids=by_topic)
def test_every_button_has_a_handler(answer: Answer) -> None:
    for button in term_reply(answer.topic, EDITION).buttons:
        assert handled(button.payload), button


def test_menu_buttons_have_a_handler() -> None:
    payloads = [
        button["payload"]
        for variants in DOMAIN["responses"].values()
        for variant in variants
        for button in variant.get("buttons", ())
    ]
    assert payloads
    assert all(handled(payload) for payload in payloads)


def handled(payload: str) -> bool:
    """Whether an intent of the domain takes this payload, and its topic has an answer."""
    match = re.fullmatch(r'/(\w+)(?:\{"topic": "(\w+)"(?:, "part": "more")?\})?', payload)
    return bool(match) and match[1] in DOMAIN["intents"] and (match[2] is None or match[2] in answer_book())


def test_titles_are_short_and_tell_topics_apart() -> None:
    titles = [answer.title for answer in ANSWERS]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 24


def test_flows_on_answers_exist() -> None:
    assert {answer.flow for answer in ANSWERS if answer.flow} <= set(FLOW_OF_INTENT)


def test_the_phone_number_in_the_outage_sentence_is_that_of_the_terms() -> None:
    # This sentence is said without the action server, so it cannot be filled from the parameters.
    assert str(EDITION["contact.phone"]) in DOMAIN["responses"]["utter_outage"][0]["text"]


@pytest.mark.parametrize("path", sorted((DATA / "texts").glob("*.yml")), ids=lambda path: path.stem)
def test_texts_of_the_conversation_hold_no_amounts_or_percentages(path: Path) -> None:
    text = re.sub(r"^ *#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert not re.findall(r"€ ?\d|\d+ ?%|(?<![.\d])\d+ uur\b", text)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("a: {title: A, articles: [AV 9.9], text: t}", "articles that exist"),
        ("a: {title: A, articles: [], text: t}", "articles that exist"),
        ("a: {title: A, articles: [AV 3.6], text: '{deductible.lowest}'}", "no parameter"),
        ("a: {title: A, articles: [AV 3.6], text: t, related: [b]}", "unknown topics: b"),
        ("a: {title: A, articles: [AV 3.6]}", "answer a"),
        ("a: {title: A, articles: [AV 3.6], text: t, txet: t}", "answer a"),
    ],
)
def test_a_mistake_in_an_answer_is_named(tmp_path: Path, entry: str, message: str) -> None:
    (tmp_path / "a.yml").write_text(entry, encoding="utf-8")
    with pytest.raises(TermsError, match=message):
        load_answers(tmp_path, EDITION)


def test_a_topic_has_one_answer(tmp_path: Path) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text("a: {title: A, articles: [AV 3.6], text: t}", encoding="utf-8")
    with pytest.raises(TermsError, match=r"b\.yml: topic a already"):
        load_answers(tmp_path, EDITION)

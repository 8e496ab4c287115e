"""The training data: enough of it, no copies in it, and nothing of the test files."""

from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest
import yaml
from sklearn.feature_extraction.text import CountVectorizer

from lease_assistant.answers import answer_book
from lease_assistant.evaluation.data import TEST_FILES, Example, unseen_cases, without_seen, words
from lease_assistant.nlu.normalise import normalise

OVERLAP = yaml.safe_load(Path(__file__).with_name("floors.yml").read_text(encoding="utf-8"))["overlap"]
FLOWS = ("start_damage_report", "start_termination_quote", "start_deductible_check", "start_interest_calculation")
# Share of the parts of three letters that two messages have in common; short messages are alike by nature.
TOO_ALIKE = 0.9
LONG_ENOUGH = 25


@pytest.fixture(scope="module")
def counts(examples: list[Example]) -> Counter[str]:
    return Counter(example.label for example in examples)


@pytest.mark.parametrize("topic", sorted(answer_book()))
def test_every_topic_has_enough_examples(counts: Counter[str], topic: str) -> None:
    from_portal_terms = answer_book()[topic].articles[0].document == "GV"
    assert counts[f"ask_term/{topic}"] >= (40 if from_portal_terms else 80)


@pytest.mark.parametrize("flow", FLOWS)
def test_every_flow_has_enough_examples(counts: Counter[str], flow: str) -> None:
    assert counts[flow] >= 80


def test_enough_that_is_not_covered(counts: Counter[str]) -> None:
    kinds = {label: count for label, count in counts.items() if label.startswith("out_of_scope/")}
    assert len(kinds) >= 5
    assert sum(kinds.values()) >= 400


def test_every_topic_of_the_examples_has_an_answer(counts: Counter[str]) -> None:
    topics = {label.partition("/")[2] for label in counts if label.startswith("ask_term")}
    assert topics == set(answer_book())


def test_no_duplicates(examples: list[Example]) -> None:
    # "ok" and "OK" are one message; "idd" and "inderdaad" are two: the list of abbreviations may change.
    repeated = [text for text, count in Counter(example.text.lower() for example in examples).items() if count > 1]
    assert repeated == []


def test_no_near_duplicates_within_an_intent(examples: list[Example]) -> None:
    by_label: defaultdict[str, list[str]] = defaultdict(list)
    for example in examples:
        if len(example.text) >= LONG_ENOUGH:
            by_label[example.label].append(example.text)
    assert [pair for texts in by_label.values() for pair in near_duplicates(texts)] == []


def near_duplicates(texts: list[str]) -> list[tuple[str, str]]:
    counted = CountVectorizer(analyzer="char_wb", ngram_range=(3, 3), binary=True, dtype=np.int32)
    parts = counted.fit_transform(map(normalise, texts))
    common = (parts @ parts.T).toarray()
    sizes = common.diagonal()
    alike = common / (sizes[:, None] + sizes[None, :] - common)
    return [(texts[a], texts[b]) for a, b in zip(*np.where(np.triu(alike, k=1) >= TOO_ALIKE), strict=True)]


def test_near_duplicates_are_found() -> None:
    one, other = "mag ik met de auto naar het buitenland op vakantie", "hoe hoog is mijn eigen risico bij ruitschade"
    assert near_duplicates([one, other, f"{one}!"]) == [(one, f"{one}!")]


@pytest.mark.parametrize("name", TEST_FILES)
def test_no_test_message_among_the_examples(name: str, examples: list[Example]) -> None:
    """Bare keywords and greetings coincide, and are left out of every figure; a whole sentence does not by chance."""
    sentences = [case for case in unseen_cases(name) if len(words(case.text).split()) > 5]
    copied = len(sentences) - len(without_seen(sentences, examples))
    assert copied <= OVERLAP[name]

"""The answers to questions about the terms: wording in ``data/answers/``, figures from the edition.

A topic is what the language model recognises (``ask_term/<topic>``); each has one answer with its articles.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lease_assistant.terms import DATA, ArticleRef, Edition, TermsError, load_terms, load_yaml

MAX_ARTICLES = 3


@dataclass(frozen=True)
class Answer:
    """One answer. `articles`: the one that carries the answer first. `more`: the rest of a long answer.

    `related`: topics to offer next. `flow`: the intent of the fitting flow, such as ``start_termination_quote``.
    """

    topic: str
    title: str
    articles: tuple[ArticleRef, ...]
    text: str
    more: str | None = None
    related: tuple[str, ...] = ()
    flow: str | None = None

    def render(self, edition: Edition, part: str | None = None) -> str:
        """The text with its figures and source line; the rest of it for part "more", both for part "all"."""
        text = self.text.strip()
        if self.more and part in ("more", "all"):
            text = self.more.strip() if part == "more" else f"{text}\n\n{self.more.strip()}"
        return f"{edition.fill(text)}\n\n{edition.source_line(self.articles)}"


AnswerBook = Mapping[str, Answer]


def load_answers(folder: Path, edition: Edition) -> AnswerBook:
    """All answers below `folder`; raises `TermsError` naming what is wrong with which one."""
    book: dict[str, Answer] = {}
    for path in sorted(folder.glob("*.yml")):
        for topic, entry in load_yaml(path).items():
            if topic in book:
                raise TermsError(f"{path.name}: topic {topic} already has an answer")
            book[topic] = _answer(topic, entry, edition)
    for answer in book.values():
        if unknown := set(answer.related) - set(book):
            raise TermsError(f"answer {answer.topic} is related to unknown topics: {', '.join(sorted(unknown))}")
    return book


def _answer(topic: str, entry: Mapping[str, Any], edition: Edition) -> Answer:
    try:
        articles = tuple(ArticleRef.parse(ref) for ref in entry["articles"])
        fields = {**entry, "articles": articles, "related": tuple(entry.get("related", ()))}
        answer = Answer(topic, **fields)
        answer.render(edition)
        answer.render(edition, "more")
    except (KeyError, TypeError, TermsError) as error:
        raise TermsError(f"answer {topic}: {error}") from error
    if not 1 <= len(articles) <= MAX_ARTICLES or not set(articles) <= set(edition.articles):
        raise TermsError(f"answer {topic} needs one to {MAX_ARTICLES} articles that exist")
    return answer


@lru_cache
def answer_book() -> AnswerBook:
    """The answers of this project, read once per process."""
    return load_answers(DATA / "answers", load_terms().current)


def topics_near(topic: str) -> tuple[str, ...]:
    """A topic and those next to it."""
    return (topic, *answer_book()[topic].related)

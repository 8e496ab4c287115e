"""The summary of an article, which a citation opens."""

from difflib import SequenceMatcher

from lease_assistant.answers import Answer, answer_book
from lease_assistant.channels.website.refusals import Refused
from lease_assistant.terms import ArticleRef, TermsError, load_terms


def article_summary(document: str, number: str) -> dict[str, str]:
    """Document, article, title and text in our own words; raises `Refused` for an article that does not exist."""
    edition = load_terms().current
    try:
        article = ArticleRef.parse(f"{document} {number}")
        title = edition.articles[article]
    except (TermsError, KeyError):
        raise Refused("article_unknown") from None
    answers = _answers(article, title)
    texts = [edition.fill(answer.text.strip()) for answer in answers]
    if len(texts) > 1:
        texts = [f"**{answer.title}**\n{text}" for answer, text in zip(answers, texts, strict=True)]
    return {
        "document": edition.documents[document],
        "article": number,
        "title": title,
        "text": "\n\n".join(texts),
    }


def _answers(article: ArticleRef, title: str) -> list[Answer]:
    """The answers that rest on the article first, the one with a title like the article's at the top."""
    answers = [answer for answer in answer_book().values() if answer.articles[0] == article]
    if not answers:
        raise Refused("article_unknown")
    return sorted(answers, key=lambda answer: -_likeness(answer.title, title))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio()

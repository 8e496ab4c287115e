"""What flows share when they read a message: its clauses, and what stands around an amount or a date."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Protocol

CLAUSE_END = re.compile(r"[,;!?\n]\s|[,;!?\n]$|\.(?!\d)|\s(?:en|maar|want|dus)\s", re.IGNORECASE)
TAKES_BACK = re.compile(
    r"^\W*(?:oh?|eh?m?|ah|ja|maar)?\W*(nee|wacht|sorry|oeps|correctie|foutje|vergist)\b|\bik bedoel", re.IGNORECASE
)
FIGURE = re.compile(
    r"\d|\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|half|anderhalf|gisteren|vandaag|morgen)\b",
    re.IGNORECASE,
)
CENT = Decimal("0.01")


class Span(Protocol):
    """Something that was found in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends (exclusive)."""


def clause(text: str, found: Span, taken: Iterable[Span] = ()) -> str:
    """The clause of `text` that holds `found`; punctuation within `found` or `taken` ends no clause."""
    start, end = _bounds(text, found, taken)
    return text[start:end].lower()


def around(text: str, found: Span, others: Iterable[Span]) -> tuple[str, str]:
    """The words of the clause before and after `found`, as far as its neighbours in `others`."""
    neighbours = tuple(others)
    start, end = _bounds(text, found, neighbours)
    start = max([start, *(other.end for other in neighbours if other.end <= found.start)])
    end = min([end, *(other.start for other in neighbours if other.start >= found.end)])
    return text[start : found.start].lower(), text[found.end : end].lower()


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether `span` shares text with one of `others`."""
    return any(span.start < other.end and other.start < span.end for other in others)


def _bounds(text: str, found: Span, taken: Iterable[Span]) -> tuple[int, int]:
    inside = (*taken, found)
    ends = [m for m in CLAUSE_END.finditer(text) if not any(s.start < m.end() and m.start() < s.end for s in inside)]
    start = max((m.end() for m in ends if m.end() <= found.start), default=0)
    return start, min((m.start() for m in ends if m.start() >= found.end), default=len(text))


def takes_back(text: str) -> bool:
    """Whether a message begins by taking back something said before: "o nee, ik stop na 30 maanden"."""
    return bool(TAKES_BACK.search(text))


def holds_figure(text: str) -> bool:
    """Whether there is a number in a message, or a day: "en na 30 maanden?"."""
    return bool(FIGURE.search(text))


def money(amount: Decimal) -> str:
    """An amount as slots and payloads hold it: ``"1800.00"``."""
    return str(amount.quantize(CENT))


def as_date(value: object) -> date | None:
    """A date that was stored in a slot."""
    return date.fromisoformat(str(value)[:10]) if value else None

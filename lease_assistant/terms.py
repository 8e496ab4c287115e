"""The terms of the lease as data: editions, articles and parameters, loaded once and checked.

Everything the assistant states about the terms comes from ``data/terms/<edition>/``. Loading fails
loudly: a figure without an article or with an unknown unit stops the program before a customer sees it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from lease_assistant import formatting

DATA = Path(__file__).resolve().parent.parent / "data"
PLACEHOLDER = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)+)\}")


class TermsError(ValueError):
    """The data about the terms is incomplete or contradicts itself."""


class NoEdition(TermsError):
    """No edition of the terms is known for the date of a contract."""


@dataclass(frozen=True, order=True)
class ArticleRef:
    """An article of one of the documents, such as ``AV 3.6``."""

    document: str
    number: str

    @classmethod
    def parse(cls, text: str) -> "ArticleRef":
        """Read ``"AV 3.6"``; raises `TermsError` on any other form."""
        match = re.fullmatch(r"(AV|GV) (contact|\d(?:\.\d{1,2})?)", text)
        if not match:
            raise TermsError(f"not an article: {text!r}; write for instance 'AV 3.6'")
        return cls(match[1], match[2])

    def citation(self) -> dict[str, str]:
        """The article as a payload cites it."""
        return {"document": self.document, "article": self.number}

    def __str__(self) -> str:
        return f"{self.document} {self.number}"


@dataclass(frozen=True)
class Parameter:
    """A figure or fact of the terms, with the article it comes from."""

    name: str
    value: str
    unit: str
    article: ArticleRef

    @property
    def amount(self) -> Decimal:
        """The value as an exact number; raises `TermsError` for a text."""
        if self.unit == "text":
            raise TermsError(f"{self.name} is a text, not a number")
        return Decimal(self.value)

    def __str__(self) -> str:
        return FORMATS[self.unit](self.value)


def _years(value: str) -> str:
    return f"{value} jaar"


def _hours(value: str) -> str:
    return f"{value} uur"


FORMATS: Mapping[str, Callable[[str], str]] = {
    "percent": lambda value: formatting.percent(Decimal(value)),
    "euro": lambda value: formatting.euro_short(Decimal(value)),
    "hours": _hours,
    "months": lambda value: formatting.months(int(value)),
    "months_in_words": lambda value: f"{formatting.in_words(int(value))} maanden",
    "years": _years,
    "count_in_words": lambda value: formatting.in_words(int(value)),
    "text": str,
}


@dataclass(frozen=True)
class Edition:
    """One edition of both documents: what counts for contracts signed from `valid_from` on."""

    name: str
    valid_from: date
    documents: Mapping[str, str]
    articles: Mapping[ArticleRef, str]
    parameters: Mapping[str, Parameter]

    def __getitem__(self, name: str) -> Parameter:
        try:
            return self.parameters[name]
        except KeyError:
            raise TermsError(f"edition {self.name} has no parameter {name!r}") from None

    def amount(self, name: str) -> Decimal:
        """The parameter `name` as an exact number."""
        return self[name].amount

    def whole(self, name: str) -> int:
        """The parameter `name` as a whole number."""
        amount = self[name].amount
        if amount % 1:
            raise TermsError(f"{name} is not a whole number: {amount}")
        return int(amount)

    def fill(self, text: str) -> str:
        """Replace each ``{group.name}`` in `text` by the parameter as customers read it."""
        return PLACEHOLDER.sub(lambda match: str(self[match[1]]), text)

    def source_line(self, refs: Iterable[ArticleRef]) -> str:
        """The line that ends an answer: ``Bron: Aanvullende Voorwaarden, artikel 3.6``."""
        return "Bron: " + "; ".join(self._source(ref) for ref in refs)

    def _source(self, ref: ArticleRef) -> str:
        where = "contactgegevens" if ref.number == "contact" else f"artikel {ref.number}"
        return f"{self.documents[ref.document]}, {where}"


@dataclass(frozen=True)
class Terms:
    """All editions, oldest first."""

    editions: tuple[Edition, ...]

    @property
    def current(self) -> Edition:
        """The newest edition, for customers who gave no contract date."""
        return self.editions[-1]

    # AV 1: changed terms count for new lease contracts only.
    def for_contract(self, signed: date) -> Edition:
        """The edition for a contract of date `signed`; raises `NoEdition` for an older contract."""
        known = [edition for edition in self.editions if edition.valid_from <= signed]
        if not known:
            raise NoEdition(f"no edition of the terms is known for a contract of {signed}")
        return known[-1]


def load_yaml(path: Path) -> Any:
    """The content of a data file; raises `TermsError` naming the file if it cannot be read."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise TermsError(f"cannot read {path}: {error}") from error


def load_edition(folder: Path) -> Edition:
    """Load and check one edition; raises `TermsError` with the first thing that is wrong."""
    try:
        return _edition(folder)
    except (AttributeError, KeyError, TypeError) as error:
        raise TermsError(f"edition {folder} does not have the expected form: {error!r}") from error


def _edition(folder: Path) -> Edition:
    head = load_yaml(folder / "edition.yml")
    if type(head["valid_from"]) is not date:
        raise TermsError(f"edition {folder}: valid_from is not a date: {head['valid_from']!r}")
    articles = {
        _article(document, number, head["documents"]): title
        for document, titles in load_yaml(folder / "articles.yml").items()
        for number, title in titles.items()
    }
    parameters = {
        name: _parameter(name, entry, articles) for name, entry in load_yaml(folder / "parameters.yml").items()
    }
    return Edition(folder.name, head["valid_from"], head["documents"], articles, parameters)


def _article(document: str, number: object, documents: Mapping[str, str]) -> ArticleRef:
    if document not in documents:
        raise TermsError(f"document {document} has articles but no title")
    # Without quotes YAML reads 3.10 as the number 3.1.
    if not isinstance(number, str):
        raise TermsError(f"article {document} {number} needs quotes")
    return ArticleRef.parse(f"{document} {number}")


def _parameter(name: str, entry: Mapping[str, str], articles: Mapping[ArticleRef, str]) -> Parameter:
    if set(entry) != {"value", "unit", "article"}:
        raise TermsError(f"parameter {name} needs exactly value, unit and article")
    if entry["unit"] not in FORMATS:
        raise TermsError(f"parameter {name} has an unknown unit: {entry['unit']}")
    article = ArticleRef.parse(entry["article"])
    if article not in articles:
        raise TermsError(f"parameter {name} names an article that does not exist: {article}")
    parameter = Parameter(name, str(entry["value"]), entry["unit"], article)
    try:
        _check_finite(parameter)
    except (InvalidOperation, ValueError) as error:
        raise TermsError(f"parameter {name} is not a number: {entry['value']!r}") from error
    return parameter


def _check_finite(parameter: Parameter) -> None:
    """Raise for a value that cannot be shown in its unit, or is no finite number."""
    if parameter.unit != "text" and not parameter.amount.is_finite():
        raise ValueError("not finite")
    str(parameter)


@lru_cache
def load_terms(folder: Path = DATA / "terms") -> Terms:
    """All editions below `folder`, read once per process."""
    editions = sorted(
        (load_edition(path) for path in folder.glob("*") if path.is_dir()), key=lambda edition: edition.valid_from
    )
    if not editions:
        raise TermsError(f"no edition of the terms in {folder}")
    if len({edition.valid_from for edition in editions}) < len(editions):
        raise TermsError(f"two editions of the terms in {folder} are valid from the same day")
    return Terms(tuple(editions))

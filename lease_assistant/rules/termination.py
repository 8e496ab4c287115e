"""What ending the lease early costs (AV 3.15-3.17). Amounts in euros, durations in whole months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from lease_assistant.terms import ArticleRef, Edition

CENT = Decimal("0.01")
AV_3_15 = ArticleRef("AV", "3.15")
AV_3_16 = ArticleRef("AV", "3.16")
AV_3_17 = ArticleRef("AV", "3.17")

Method = Literal["fixed_percentage", "maximum", "first_year"]


class InvalidLease(ValueError):
    """The figures of a lease cannot be right. `code` says which rule they break."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Lease:
    """A lease that its customer wants to end early.

    `monthly_payment`: the agreed instalment in euros. `lease_term_months`: the agreed term.
    `elapsed_months`: months used when the lease ends; "tegen het begin van de 25e maand" is 24.
    `comparison_payment`: the instalment that a contract of `elapsed_months` would have had, if known.
    `rounded_up`: the last of `elapsed_months` has only begun, as in `ElapsedMonths`.

    Raises `InvalidLease` where no fee can exist for these figures.
    """

    monthly_payment: Decimal
    lease_term_months: int
    elapsed_months: int
    comparison_payment: Decimal | None = None
    rounded_up: bool = False

    def __post_init__(self) -> None:
        if self.monthly_payment <= 0:
            raise InvalidLease("payment_not_positive")
        if self.comparison_payment is not None and self.comparison_payment <= 0:
            raise InvalidLease("comparison_not_positive")
        if self.lease_term_months <= 0:
            raise InvalidLease("term_not_positive")
        if self.elapsed_months < 0:
            raise InvalidLease("elapsed_negative")
        if self.elapsed_months >= self.lease_term_months:
            raise InvalidLease("nothing_left")

    @property
    def remaining_months(self) -> int:
        """Instalments that would still have come."""
        return self.lease_term_months - self.elapsed_months

    @property
    def completed_months(self) -> int:
        """Months that have fully passed when the lease ends."""
        return self.elapsed_months - self.rounded_up


@dataclass(frozen=True)
class Step:
    """One step of the calculation: a name, the figures in it and the article it rests on."""

    name: str
    figures: Mapping[str, Decimal | int]
    article: ArticleRef


@dataclass(frozen=True)
class TerminationQuote:
    """The fee in euros with the way it was found. `fee` is None in the first year: only the company can tell."""

    lease: Lease
    method: Method
    fee: Decimal | None
    fixed_percentage_fee: Decimal | None
    maximum_fee: Decimal | None
    steps: tuple[Step, ...]

    @property
    def is_upper_bound(self) -> bool:
        """Whether the real fee may be lower, since the comparison instalment is unknown."""
        return self.fee is not None and self.maximum_fee is None

    @property
    def articles(self) -> tuple[ArticleRef, ...]:
        """The articles behind the outcome, the deciding one first."""
        deciding = AV_3_17 if self.method == "first_year" else AV_3_16
        return (deciding, AV_3_15)


def termination_quote(lease: Lease, edition: Edition) -> TerminationQuote:
    """The termination fee of `lease` in euros, rounded to cents, with every step (AV 3.15-3.17)."""
    # AV 3.17: until the second year begins, the fee is book value minus trade value, plus lost profit
    # and extra costs. Only the leasing company knows these, so there is no figure here. A twelfth month
    # that has only begun still belongs to the first year.
    if lease.completed_months < edition.whole("termination.first_period_months"):
        return TerminationQuote(lease, "first_year", None, None, None, (_first_year_step(lease),))
    fixed, fixed_steps = _fixed_percentage(lease, edition)
    if lease.comparison_payment is None:
        return TerminationQuote(lease, "fixed_percentage", fixed, fixed, None, fixed_steps)
    maximum, maximum_steps = _maximum(lease, lease.comparison_payment)
    # AV 3.16: the lower of both counts.
    fee = min(fixed, maximum)
    method: Method = "maximum" if maximum < fixed else "fixed_percentage"
    lowest = Step("lowest", {"fixed": fixed, "maximum": maximum, "fee": fee}, AV_3_16)
    return TerminationQuote(lease, method, fee, fixed, maximum, (*fixed_steps, *maximum_steps, lowest))


def _first_year_step(lease: Lease) -> Step:
    return Step("first_year", {"elapsed": lease.elapsed_months}, AV_3_17)


# AV 3.16 under 1: a fixed percentage of the instalments that would still have come.
def _fixed_percentage(lease: Lease, edition: Edition) -> tuple[Decimal, tuple[Step, ...]]:
    share = edition.amount("termination.percentage")
    remaining_total = lease.monthly_payment * lease.remaining_months
    fee = (remaining_total * share / 100).quantize(CENT, ROUND_HALF_UP)
    remaining = {
        "term": lease.lease_term_months,
        "elapsed": lease.elapsed_months,
        "remaining": lease.remaining_months,
    }
    total: Mapping[str, Decimal | int] = {
        "remaining": lease.remaining_months,
        "payment": lease.monthly_payment,
        "total": remaining_total,
    }
    return fee, (
        Step("remaining_months", remaining, AV_3_16),
        Step("remaining_total", total, AV_3_16),
        Step("fixed_percentage", {"percentage": share, "total": remaining_total, "fee": fee}, AV_3_16),
    )


# AV 3.16 under 2: what a contract of the length used would have cost more, over the months used.
def _maximum(lease: Lease, comparison: Decimal) -> tuple[Decimal, tuple[Step, ...]]:
    # A lower comparison instalment would make this negative; a fee never is.
    difference = max(comparison - lease.monthly_payment, Decimal(0))
    fee = (difference * lease.elapsed_months).quantize(CENT, ROUND_HALF_UP)
    payments: Mapping[str, Decimal | int] = {
        "elapsed": lease.elapsed_months,
        "comparison": comparison,
        "payment": lease.monthly_payment,
        "difference": difference,
    }
    return fee, (
        Step("difference", payments, AV_3_16),
        Step("maximum", {"difference": difference, "elapsed": lease.elapsed_months, "fee": fee}, AV_3_16),
    )


@dataclass(frozen=True)
class ElapsedMonths:
    """Whole contract months between start and end; `rounded_up` if the end falls within a month."""

    months: int
    rounded_up: bool


def elapsed_months(start: date, end: date) -> ElapsedMonths:
    """Months used of a lease that runs from `start` and ends on `end` (AV 3.16: against the begin of a month).

    An end within a contract month counts that month as used, since the terms only compute up to
    the begin of a month. Raises `InvalidLease` if `end` lies before `start`.
    """
    if end < start:
        raise InvalidLease("end_before_start")
    whole = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, whole) > end:
        whole -= 1
    rounded_up = add_months(start, whole) != end
    return ElapsedMonths(whole + rounded_up, rounded_up)


def add_months(day: date, count: int) -> date:
    """The same day `count` months later, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")  # pragma: no cover

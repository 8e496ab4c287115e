"""Statutory interest on a late payment (AV 3.4; art. 6:119 and 6:120 BW). Amounts in euros."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from lease_assistant.rules.termination import CENT, add_months
from lease_assistant.terms import ArticleRef

AV_3_4 = ArticleRef("AV", "3.4")


class InvalidPayment(ValueError):
    """No interest can be computed from these figures. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Rate:
    """A yearly rate in per cent that holds from `start` on."""

    start: date
    percent: Decimal


@dataclass(frozen=True)
class RateTable:
    """Rates, oldest first; `known_until` is the last day for which they were checked."""

    rates: tuple[Rate, ...]
    known_until: date

    def at(self, day: date) -> Decimal:
        """The rate of `day` in per cent; raises `InvalidPayment` before the first known one."""
        percents = [rate.percent for rate in self.rates if rate.start <= day]
        if not percents:
            raise InvalidPayment("before_first_rate")
        return percents[-1]


@dataclass(frozen=True)
class Period:
    """Days with one rate and one principal: from `start` up to but not including `end`."""

    start: date
    end: date
    percent: Decimal
    principal: Decimal
    interest: Decimal

    @property
    def days(self) -> int:
        """Number of days that bear interest."""
        return (self.end - self.start).days


@dataclass(frozen=True)
class InterestCalculation:
    """Interest in euros, rounded to cents, with the periods it was built from.

    `provisional`: part of the time lies past the last rate known for certain.
    """

    principal: Decimal
    due_date: date
    payment_date: date
    interest: Decimal
    periods: tuple[Period, ...]
    known_until: date
    provisional: bool

    @property
    def total(self) -> Decimal:
        """Principal plus interest, in euros."""
        return self.principal + self.interest


def statutory_interest(principal: Decimal, due: date, paid: date, table: RateTable) -> InterestCalculation:
    """Interest over `principal` euros from `due` up to the day of payment (AV 3.4).

    Raises `InvalidPayment` for an amount that is not positive, a payment before the due date,
    or a due date before the first known rate.
    """
    if principal <= 0:
        raise InvalidPayment("principal_not_positive")
    if paid < due:
        raise InvalidPayment("paid_before_due")
    table.at(due)
    periods = tuple(_periods(principal, due, paid, table))
    interest = sum((period.interest for period in periods), Decimal(0)).quantize(CENT, ROUND_HALF_UP)
    provisional = paid > due and paid - timedelta(days=1) > table.known_until
    return InterestCalculation(principal, due, paid, interest, periods, table.known_until, provisional)


def _periods(principal: Decimal, due: date, paid: date, table: RateTable) -> Iterator[Period]:
    base, year_interest = principal, Decimal(0)
    anniversaries = _anniversaries(due, paid)
    for start, end in pairwise(_boundaries(due, paid, anniversaries, table)):
        # art. 6:119 lid 2 BW: after each full year the interest of that year is added to the principal.
        if start in anniversaries:
            base, year_interest = base + year_interest, Decimal(0)
        interest = _interest(base, table.at(start), start, end)
        year_interest += interest
        yield Period(start, end, table.at(start), base, interest)


def _anniversaries(due: date, paid: date) -> set[date]:
    years = range(1, paid.year - due.year + 1)
    return {day for year in years if (day := add_months(due, 12 * year)) < paid}


# Interest runs by day; a new rate, a new calendar year (365 or 366 days) and a full year of delay
# each begin a new period.
def _boundaries(due: date, paid: date, anniversaries: set[date], table: RateTable) -> list[date]:
    changes = {rate.start for rate in table.rates} | {date(year, 1, 1) for year in range(due.year + 1, paid.year + 1)}
    inner = {day for day in changes | anniversaries if due < day < paid}
    return sorted({due, paid} | inner)


# AV 3.4: from the due date until the day on which everything has been paid.
def _interest(base: Decimal, percent: Decimal, start: date, end: date) -> Decimal:
    days_in_year = (date(start.year + 1, 1, 1) - date(start.year, 1, 1)).days
    return base * percent * (end - start).days / (100 * days_in_year)

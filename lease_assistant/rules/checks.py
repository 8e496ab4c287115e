"""Short rules with a yes/no or a date as outcome, each with its article. Durations in the unit of their name."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from lease_assistant.rules.termination import add_months
from lease_assistant.terms import ArticleRef, Edition


@dataclass(frozen=True)
class Ruling:
    """A yes or no, the article it rests on, and the date that goes with it where there is one."""

    holds: bool
    article: ArticleRef
    on: date | None = None


# AV 3.1: the lease ends at the agreed maximum of kilometres, and also when the agreed term has passed.
def lease_has_ended(start: date, term_months: int, maximum_km: int, driven_km: int, today: date) -> Ruling:
    """Whether the lease has ended by kilometres or by term; `on` is the day the term is over.

    Raises `ValueError` for a term or maximum that is not positive, or negative kilometres.
    """
    if term_months <= 0 or maximum_km <= 0 or driven_km < 0:
        raise ValueError("term and maximum have to be positive, driven kilometres not negative")
    end = add_months(start, term_months)
    return Ruling(driven_km >= maximum_km or today >= end, ArticleRef("AV", "3.1"), end)


# AV 3.10: replacement transport if the work takes longer than 24 hours; exactly 24 is not longer.
def replacement_vehicle_due(work: timedelta, edition: Edition) -> Ruling:
    """Whether maintenance or repair of length `work` gives a right to replacement transport."""
    limit = timedelta(hours=edition.whole("replacement.minimum_hours"))
    return Ruling(work > limit, ArticleRef("AV", "3.10"))


# AV 3.8: only persons of 18 years and older may drive, also under supervision (2todrive).
def may_drive(born: date, day: date, edition: Edition) -> Ruling:
    """Whether someone born on `born` may drive the vehicle on `day`; `on` is the first day they may.

    Raises `ValueError` if `born` lies after `day`.
    """
    if born > day:
        raise ValueError("a driver cannot be born in the future")
    first_day = _birthday(born, edition.whole("driver.minimum_age"))
    return Ruling(day >= first_day, ArticleRef("AV", "3.8"), first_day)


def _birthday(born: date, age: int) -> date:
    # Born on 29 February: an age is reached on 1 March in a common year.
    if (born.month, born.day) == (2, 29):
        return add_months(born - timedelta(days=1), 12 * age) + timedelta(days=1)
    return add_months(born, 12 * age)


# AV 3.8: not more than 6 consecutive months abroad; exactly 6 is allowed.
def stay_abroad_allowed(departure: date, return_day: date, edition: Edition) -> Ruling:
    """Whether a stay abroad from `departure` until `return_day` is short enough; `on` is the last day allowed.

    Raises `ValueError` if the return lies before the departure.
    """
    if return_day < departure:
        raise ValueError("the return lies before the departure")
    last_day = add_months(departure, edition.whole("abroad.max_months"))
    return Ruling(return_day <= last_day, ArticleRef("AV", "3.8"), last_day)


# AV 4.1: the company pays for replacement, storage and changing only if the lease price includes a winter set;
# replacement also asks for normal wear.
def winter_tyres_paid(winter_set_included: bool, normal_wear: bool) -> Ruling:
    """Whether the leasing company pays for the replacement of winter tyres."""
    return Ruling(winter_set_included and normal_wear, ArticleRef("AV", "4.1"))


# AV 4.7: documents on paper cost a monthly fee, excluding VAT, which is part of the instalment.
def paper_documents_fee(months: int, edition: Edition) -> Decimal:
    """The fee in euros, excluding VAT, for documents on paper over `months`; raises `ValueError` below zero."""
    if months < 0:
        raise ValueError("months cannot be negative")
    return edition.amount("documents.paper_fee") * months


# GV 2.1: from registration until 18 months after the lease has ended.
def portal_access(lease_end: date, day: date, edition: Edition) -> Ruling:
    """Whether a registered customer still has the portal on `day`; `on` is the day on which access ends."""
    last_day = add_months(lease_end, edition.whole("portal.access_months"))
    return Ruling(day <= last_day, ArticleRef("GV", "2.1"), last_day)

"""What a message says about a late payment: the amount, when it was due and when it is paid."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from lease_assistant.conversation.flow import Context, Problem, Reading, Slots
from lease_assistant.conversation.reading import around, as_date, clause, money
from lease_assistant.dutch.answers import is_dont_know
from lease_assistant.dutch.calendar_math import nearest_year, safe_date
from lease_assistant.dutch.calendar_words import month_of
from lease_assistant.dutch.durations import find_durations
from lease_assistant.dutch.moments import Moment, find_moments
from lease_assistant.dutch.money import Amount, find_amounts
from lease_assistant.dutch.numbers import find_numbers
from lease_assistant.dutch.text import fold
from lease_assistant.rules.termination import add_months

PRINCIPAL, DUE_DATE, PAYMENT_DATE = "interest_principal", "interest_due_date", "interest_payment_date"
DATES = (DUE_DATE, PAYMENT_DATE)

PAID = re.compile(
    r"betaald\b|betaal(?! ?(had|moest))|overgemaakt|voldaan|overma|maak .*over|voldoe|\bga (ik|het|dat|hem)\b"
    r"|afgeschreven|\bnu\b|vandaag"
)
DUE = re.compile(r"verval|moet|moest|moeten|uiterlijk|termijn|factuur|incasso|sinds|vanaf|sta(at|an)? open|open")
# "het bedrag was 450": a bare number, but an amount.
AMOUNT_BEFORE = re.compile(r"\b(bedrag|factuur|schuld|hoofdsom|rekening)( (was|is|moet zijn|van|:))* *$")
# Each instalment has its own due date, so several of them are no single sum that was due on one day.
SEVERAL = re.compile(
    r"\b(\d+|twee|drie|vier|vijf|zes|meerdere|alle) (termijn(en|bedragen)|facturen|maandbedragen|maanden) van\b",
    re.IGNORECASE,
)
WHICH_DATE = Problem("which_date", (PAYMENT_DATE,))
SEVERAL_PROBLEM = Problem("principal_several", (PRINCIPAL,))
UNTIL = re.compile(r"\btot\b ")
YEAR = re.compile(r"\b\d{4}\b|'\d\d\b|\d[-/.]\d{1,2}[-/.]\d\d\b")
DAY_AND_MONTH = re.compile(r"\b\d{1,2}[-/.]\d{1,2}\b")
LAST_DAY_OF_MONTH = 31
# So far ahead somebody may plan to pay; a day without a year that would be later is one that has passed.
PLANNED = timedelta(days=92)
UNKNOWN_PROBLEMS = {PRINCIPAL: "principal_unknown", DUE_DATE: "due_unknown", PAYMENT_DATE: "paid_unknown"}


@dataclass(frozen=True)
class Day:
    """A day that was named, and for which slot if the words tell. `guessed`: no year was said with it."""

    slot: str | None
    date: date
    guessed: bool


def read_payment(text: str, asked: str | None, slots: Slots, context: Context) -> Reading:
    """New values for the slots of the interest flow: money as ``"400.00"``, dates as ISO 8601."""
    if asked and is_dont_know(text):
        return Reading({}, Problem(UNKNOWN_PROBLEMS[asked], (asked,)))
    folded = fold(text)
    amounts = _amounts(text, asked)
    moments = _moments(folded, context)
    days = dict(_days(folded, moments, asked, slots, context))
    if amounts and SEVERAL.search(text):
        return Reading(days, SEVERAL_PROBLEM)
    exact = {amount.exact for amount in amounts}
    if asked == PRINCIPAL and amounts and (len(exact) > 1 or None in exact):
        return Reading({}, Problem("principal_range", (asked,)))
    values: dict[str, Any] = {}
    # Two different amounts: better to ask than to choose.
    if len(exact) == 1 and (amount := amounts[0].exact) is not None:
        values[PRINCIPAL] = money(amount)
    values.update(days)
    if asked not in DATES and _is_either(folded, moments, asked, slots):
        return Reading({name: value for name, value in values.items() if name not in DATES}, WHICH_DATE)
    if asked in DATES and not values and (re.search(r"\d", text) or find_moments(folded, now=context.now)):
        return Reading({}, Problem("date_unclear", (asked,)))
    return Reading(values)


def _amounts(text: str, asked: str | None) -> tuple[Amount, ...]:
    """Amounts with a euro sign or after a word for one; any number if one was asked for."""
    found = find_amounts(text, bare=True)
    if asked == PRINCIPAL:
        return found
    return tuple(a for a in found if a.marked or AMOUNT_BEFORE.search(text[: a.start].lower()))


def _days(
    text: str, moments: tuple[Moment, ...], asked: str | None, slots: Slots, context: Context
) -> Iterator[tuple[str, str]]:
    days = [_placed(text, moment, moments, asked) for moment in moments]
    if len(days) == 2 and {day.slot for day in days} != set(DATES):
        # The words do not tell them apart: a payment is late, so it comes after the due date.
        days = [Day(slot, d.date, d.guessed) for slot, d in zip(DATES, sorted(days, key=_date), strict=True)]
    # Without a word to tell, a first day is the due date, and a later one the day of payment.
    unsaid = PAYMENT_DATE if slots.get(DUE_DATE) is not None else DUE_DATE
    days = [replace(day, slot=day.slot or unsaid) for day in days]
    if len(days) <= 2:
        due = next((day.date for day in days if day.slot == DUE_DATE), as_date(slots.get(DUE_DATE)))
        old = as_date(slots.get(DUE_DATE))
        yield from ((str(day.slot), _with_year(day, due, old, context).isoformat()) for day in days)
    # "twee maanden te laat" without dates: paid today, due that long ago.
    late = [
        found for found in find_durations(text) if "laat" in clause(text, found) or "over tijd" in clause(text, found)
    ]
    if late and asked is None and not moments:
        yield DUE_DATE, add_months(context.now.date(), -late[0].months).isoformat()
        yield PAYMENT_DATE, context.now.date().isoformat()
    elif asked == PAYMENT_DATE and not moments and re.search(r"nog niet|nu\b|meteen|direct", text):
        yield PAYMENT_DATE, context.now.date().isoformat()


def _is_either(text: str, moments: tuple[Moment, ...], asked: str | None, slots: Slots) -> bool:
    """Whether a single day could replace the due date as well as the day of payment."""
    known = all(slots.get(slot) is not None for slot in DATES)
    return known and len(moments) == 1 and _placed(text, moments[0], moments, asked).slot is None


def _date(day: Day) -> date:
    return day.date


def _moments(text: str, context: Context) -> tuple[Moment, ...]:
    """The days in a text. Interest runs from day to day, so "in juni" is none."""
    # Two dates with "tot" between them are a due date and a day of payment here, not one range; the length stays.
    found = find_moments(UNTIL.sub(" ;  ", text), now=context.now, direction="past")
    return tuple(moment for moment in found if _names_day(text[moment.start : moment.end]))


def _names_day(said: str) -> bool:
    """Whether a month that is named comes with a day."""
    names_month = "maand" in said or _names_month(said)
    return not names_month or any(number.value <= LAST_DAY_OF_MONTH for number in find_numbers(said))


def _names_month(said: str) -> bool:
    return any(month_of(word) for word in re.findall(r"[a-z]+", said))


def _placed(text: str, moment: Moment, moments: tuple[Moment, ...], asked: str | None) -> Day:
    before, after = around(text, moment, moments)
    said = text[moment.start : moment.end]
    by_calendar = DAY_AND_MONTH.search(said) or _names_month(said)
    slot = _date_slot(before, after, asked, len(moments))
    return Day(slot, moment.date, guessed=bool(by_calendar) and not YEAR.search(said))


def _with_year(day: Day, due: date | None, old: date | None, context: Context) -> date:
    """The date; one without a year is a day of payment after the due date, or a due date near the `old` one."""
    month, number = day.date.month, day.date.day
    if not day.guessed or due is None:
        return day.date
    if day.slot == DUE_DATE:
        near = [found for year in (-1, 0, 1) if old and (found := safe_date(old.year + year, month, number))]
        return min(near, key=lambda found: abs(found - (old or found)), default=day.date)
    first = nearest_year(due + timedelta(days=1), month, number, "future")
    # Far ahead: rather a day that has passed.
    return first if first and first <= context.now.date() + PLANNED else day.date


def _date_slot(before: str, after: str, asked: str | None, count: int) -> str | None:
    words = f"{before} {after}"
    if asked in DATES and count == 1:
        return asked
    if DUE.search(words):
        return DUE_DATE
    return PAYMENT_DATE if PAID.search(words) else None

"""The flow that computes statutory interest on a late payment (AV 3.4)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from lease_assistant import formatting
from lease_assistant.conversation.flow import Context, Problem, Reading, Slots
from lease_assistant.conversation.reading import around, as_date, clause, money
from lease_assistant.conversation.replies import Payload, Reply, citations, texts, topic_button
from lease_assistant.dutch.answers import is_dont_know
from lease_assistant.dutch.durations import find_durations
from lease_assistant.dutch.moments import Moment, find_moments
from lease_assistant.dutch.money import find_amounts
from lease_assistant.dutch.text import fold
from lease_assistant.rates import load_rates
from lease_assistant.rules.interest import AV_3_4, InterestCalculation, InvalidPayment, Period, statutory_interest
from lease_assistant.rules.termination import add_months
from lease_assistant.terms import Edition

HIGHEST_PRINCIPAL = Decimal(1_000_000)
FURTHEST_PAYMENT = timedelta(days=366)

PAID = re.compile(
    r"betaald\b|betaal(?! ?(had|moest))|overgemaakt|voldaan|overma|maak .*over|voldoe|\bga (ik|het|dat|hem)\b"
    r"|afgeschreven|\bnu\b|vandaag"
)
DUE = re.compile(r"verval|moet|moest|moeten|uiterlijk|termijn|factuur|incasso|sinds|vanaf|sta(at|an)? open|open")
# Each instalment has its own due date, so several of them are no single sum that was due on one day.
SEVERAL = re.compile(
    r"\b(\d+|twee|drie|vier|vijf|zes|meerdere|alle) (termijn(en|bedragen)|facturen|maandbedragen|maanden) van\b",
    re.IGNORECASE,
)
SEVERAL_PROBLEM = Problem("principal_several", ("interest_principal",))
UNTIL = re.compile(r"\btot\b ")
DATES = ("interest_due_date", "interest_payment_date")
UNKNOWN_PROBLEMS = {
    "interest_principal": "principal_unknown",
    "interest_due_date": "due_unknown",
    "interest_payment_date": "paid_unknown",
}
ASK_AGAIN = {
    "principal_not_positive": "interest_principal",
    "paid_before_due": "interest_payment_date",
    "before_first_rate": "interest_due_date",
}


class InterestFlow:
    """Amount, due date, day of payment."""

    name = "interest"
    intent = "start_interest_calculation"
    topic = "late_payment"
    slots: tuple[str, ...] = ("interest_principal", "interest_due_date", "interest_payment_date")

    def read(self, text: str, asked: str | None, slots: Slots, context: Context) -> Reading:
        """The amount and the dates in `text`."""
        if asked and is_dont_know(text):
            return Reading({}, Problem(UNKNOWN_PROBLEMS[asked], (asked,)))
        amounts = find_amounts(text, bare=asked == "interest_principal")
        if amounts and SEVERAL.search(text):
            return Reading(dict(_dates(fold(text), asked, slots, context)), SEVERAL_PROBLEM)
        exact = {amount.exact for amount in amounts}
        if asked == "interest_principal" and amounts and (len(exact) > 1 or None in exact):
            return Reading({}, Problem("principal_range", (asked,)))
        values: dict[str, Any] = {}
        # Two different amounts: better to ask than to choose.
        if len(exact) == 1 and (amount := amounts[0].exact) is not None:
            values["interest_principal"] = money(amount)
        values.update(_dates(fold(text), asked, slots, context))
        if asked in DATES and not values and re.search(r"\d", text):
            return Reading({}, Problem("date_unclear", (asked,)))
        return Reading(values)

    def check(self, slots: Slots, context: Context) -> Problem | None:
        """Amounts and dates that cannot be."""
        principal = slots.get("interest_principal")
        due, paid = as_date(slots.get("interest_due_date")), as_date(slots.get("interest_payment_date"))
        if principal is not None and Decimal(principal) > HIGHEST_PRINCIPAL:
            return Problem("principal_absurd", ("interest_principal",))
        for slot, day in zip(DATES, (due, paid), strict=True):
            if day and day > context.now.date() + FURTHEST_PAYMENT:
                return Problem("too_far", (slot,))
        try:
            statutory_interest(
                Decimal(1) if principal is None else Decimal(principal),
                due or context.now.date(),
                paid or max(due or context.now.date(), context.now.date()),
                load_rates(),
            )
        except InvalidPayment as error:
            return Problem(error.code, (ASK_AGAIN[error.code],))
        return None

    def next_slot(self, slots: Slots, context: Context) -> str | None:
        """The first figure that is missing."""
        return next((slot for slot in self.slots if slots.get(slot) is None), None)

    def result(self, slots: Slots, context: Context) -> Reply:
        """The interest by period, the total, and whether the rate is certain."""
        calculation = statutory_interest(
            Decimal(slots["interest_principal"]),
            date.fromisoformat(slots["interest_due_date"]),
            date.fromisoformat(slots["interest_payment_date"]),
            load_rates(),
        )
        return Reply(_text(calculation, context.edition), (topic_button("late_payment"),), _payload(calculation))


def _dates(text: str, asked: str | None, slots: Slots, context: Context) -> Iterator[tuple[str, str]]:
    moments = _moments(text, asked, slots, context)
    placed = [(_date_slot(*around(text, moment, moments), asked, len(moments)), moment.date) for moment in moments]
    if len(placed) == 2 and {slot for slot, _ in placed} != set(DATES):
        # The words do not tell them apart: a payment is late, so it comes after the due date.
        placed = list(zip(DATES, sorted(day for _, day in placed), strict=True))
    if len(placed) <= 2:
        yield from ((slot or "interest_due_date", day.isoformat()) for slot, day in placed)
    # "twee maanden te laat" without dates: paid today, due that long ago.
    late = [
        found for found in find_durations(text) if "laat" in clause(text, found) or "over tijd" in clause(text, found)
    ]
    if late and asked is None and not moments:
        yield "interest_due_date", add_months(context.now.date(), -late[0].months).isoformat()
        yield "interest_payment_date", context.now.date().isoformat()
    elif asked == "interest_payment_date" and not moments and re.search(r"nog niet|nu\b|meteen|direct", text):
        yield "interest_payment_date", context.now.date().isoformat()


def _moments(text: str, asked: str | None, slots: Slots, context: Context) -> tuple[Moment, ...]:
    # Two dates with "tot" between them are a due date and a day of payment here, not one range; the length stays.
    text = UNTIL.sub(" ;  ", text)
    past = find_moments(text, now=context.now, direction="past")
    due = as_date(slots.get("interest_due_date"))
    # A day of payment may be still to come: "ik betaal op 1 april" cannot be the one before the due date.
    if asked == "interest_payment_date" and due and any(moment.date < due for moment in past):
        coming = find_moments(text, now=context.now, direction="future")
        return coming if all(moment.date >= due for moment in coming) else past
    return past


def _date_slot(before: str, after: str, asked: str | None, count: int) -> str | None:
    words = f"{before} {after}"
    if asked in DATES and count == 1:
        return asked
    if DUE.search(words):
        return "interest_due_date"
    return "interest_payment_date" if PAID.search(words) else None


def _text(calculation: InterestCalculation, edition: Edition) -> str:
    wording = texts("interest")
    figures = {
        "interest": formatting.euro(calculation.interest),
        "principal": formatting.euro(calculation.principal),
        "total": formatting.euro(calculation.total),
        "known_until": formatting.long_date(calculation.known_until),
    }
    parts = [wording["outcome" if calculation.periods else "on_time"].format(**figures)]
    if calculation.periods:
        lines = [f"- {_period(period)}" for period in calculation.periods]
        parts.append("\n".join([wording["how"], *lines]))
    if calculation.provisional:
        parts.append(wording["provisional"].format(**figures))
    parts.append(edition.source_line([AV_3_4]))
    return "\n\n".join(parts)


def _period(period: Period) -> str:
    days = "1 dag" if period.days == 1 else f"{period.days} dagen"
    return texts("interest")["period"].format(
        start=formatting.long_date(period.start),
        end=formatting.long_date(period.end),
        days=days,
        principal=formatting.euro(period.principal),
        percent=formatting.percent(period.percent),
        interest=formatting.euro(period.interest),
    )


def _payload(calculation: InterestCalculation) -> Payload:
    """The `interest_calculation` of the message contract."""
    return {
        "type": "interest_calculation",
        "principal_eur": money(calculation.principal),
        "due_date": calculation.due_date.isoformat(),
        "payment_date": calculation.payment_date.isoformat(),
        "interest_eur": money(calculation.interest),
        "total_eur": money(calculation.total),
        "rate_known_until": calculation.known_until.isoformat(),
        "provisional": calculation.provisional,
        "citations": citations([AV_3_4]),
    }

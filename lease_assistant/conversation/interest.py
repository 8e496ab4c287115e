"""The flow that computes statutory interest on a late payment (AV 3.4)."""

from datetime import date, timedelta
from decimal import Decimal

from lease_assistant import formatting
from lease_assistant.conversation.flow import Context, Problem, Reading, Slots
from lease_assistant.conversation.interest_reader import DATES, read_payment
from lease_assistant.conversation.reading import as_date, money
from lease_assistant.conversation.replies import Payload, Reply, citations, texts, topic_button
from lease_assistant.rates import load_rates
from lease_assistant.rules.interest import AV_3_4, InterestCalculation, InvalidPayment, Period, statutory_interest
from lease_assistant.terms import Edition

HIGHEST_PRINCIPAL = Decimal(1_000_000)
FURTHEST_PAYMENT = timedelta(days=366)

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
        return read_payment(text, asked, slots, context)

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

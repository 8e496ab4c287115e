"""The flow that computes what ending the lease early costs (AV 3.15-3.17)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from lease_assistant import formatting
from lease_assistant.conversation.flow import UNKNOWN, Context, Problem, Reading, Slots
from lease_assistant.conversation.reading import as_date, money
from lease_assistant.conversation.replies import Payload, Reply, citations, texts, topic_button
from lease_assistant.conversation.termination_reader import DATES, read_lease
from lease_assistant.rules.termination import (
    ElapsedMonths,
    InvalidLease,
    Lease,
    Step,
    TerminationQuote,
    elapsed_months,
    termination_quote,
)
from lease_assistant.terms import Edition, NoEdition

HIGHEST_PAYMENT = Decimal(10_000)
LONGEST_TERM_MONTHS = 120
# A shorter lease costs more a month, not less: what is under half of the instalment is some other figure.
LEAST_COMPARISON = Decimal("0.5")

# Which answer to ask again for which impossible combination.
ASK_AGAIN = {
    "payment_not_positive": ("monthly_payment",),
    "comparison_not_positive": ("comparison_payment",),
    "term_not_positive": ("lease_term_months",),
    "elapsed_negative": ("elapsed_months", "remaining_months"),
    "nothing_left": ("elapsed_months", "remaining_months", "contract_start_date", "termination_date"),
    "end_before_start": ("termination_date",),
}


class TerminationFlow:
    """Instalment, term and months used (or dates), then the instalment to compare with."""

    name = "termination"
    intent = "start_termination_quote"
    topic = "termination_fee"
    slots: tuple[str, ...] = (
        "monthly_payment",
        "lease_term_months",
        "elapsed_months",
        "contract_start_date",
        "termination_date",
        "comparison_payment",
        "comparison_months",
        "remaining_months",
        "payment_approximate",
    )

    def read(self, text: str, asked: str | None, slots: Slots, context: Context) -> Reading:
        """Amounts, terms, months and dates in `text`."""
        reading = read_lease(text, asked, slots, context)
        values = {**_superseded(reading.values), **reading.values}
        return replace(reading, values={**_outdated_comparison(slots, values), **values})

    def check(self, slots: Slots, context: Context) -> Problem | None:
        """Negative, absurd or contradicting figures."""
        payment, comparison = _amount(slots, "monthly_payment"), _amount(slots, "comparison_payment")
        term = slots.get("lease_term_months")
        if absurd := _absurd(payment, comparison, term):
            return absurd
        try:
            position = _used(slots)
            used = position.months if position else 0
            Lease(
                Decimal(1) if payment is None else payment, max(used, 0) + 1 if term is None else term, used, comparison
            )
        except InvalidLease as error:
            return Problem(error.code, ASK_AGAIN[error.code])
        compared = slots.get("comparison_months")
        if comparison is not None and position and compared not in (None, used):
            return Problem("comparison_other_length", ("comparison_payment", "comparison_months"))
        return None

    def next_slot(self, slots: Slots, context: Context) -> str | None:
        """The first figure that is missing; in the first year none to compare with is needed."""
        for slot in ("monthly_payment", "lease_term_months"):
            if slots.get(slot) is None:
                return slot
        used = _used(slots)
        if used is None:
            return _missing_position(slots)
        first_year = used.months - used.rounded_up < context.edition.whole("termination.first_period_months")
        return None if first_year or slots.get("comparison_payment") is not None else "comparison_payment"

    def result(self, slots: Slots, context: Context) -> Reply:
        """The fee with its steps; for a contract older than all known terms, who can tell."""
        start = as_date(slots.get("contract_start_date"))
        try:
            edition = context.terms.for_contract(start) if start else context.edition
        except NoEdition:
            return Reply(context.edition.fill(texts(self.name)["old_contract"]))
        quote = termination_quote(_lease(slots), edition)
        return Reply(quote_text(quote, slots, edition), (topic_button("termination_how"),), quote_payload(quote))


def _absurd(payment: Decimal | None, comparison: Decimal | None, term: int | None) -> Problem | None:
    """A figure that was meant for something else, or a slip of the finger."""
    if payment is not None and payment > HIGHEST_PAYMENT:
        return Problem("payment_absurd", ("monthly_payment",))
    too_low = payment and comparison and 0 < comparison < payment * LEAST_COMPARISON
    if too_low or (comparison is not None and comparison > HIGHEST_PAYMENT):
        return Problem("comparison_absurd", ("comparison_payment",))
    if term is not None and term > LONGEST_TERM_MONTHS:
        return Problem("term_absurd", ("lease_term_months",))
    return None


def _superseded(values: Slots) -> Slots:
    """Months used, months left and dates say the same thing: the newest counts, the others are forgotten."""
    ways = {"elapsed_months": ("elapsed_months",), "remaining_months": ("remaining_months",), "dates": DATES}
    said = next((name for name, slots in ways.items() if any(slot in values for slot in slots)), None)
    if said is None:
        return {}
    # The start stays: with another end it is needed again, and it tells which terms count.
    others = [slot for name, slots in ways.items() if name != said for slot in slots]
    return {slot: None for slot in others if slot != "contract_start_date"}


def _outdated_comparison(slots: Slots, values: Slots) -> Slots:
    """An instalment to compare with belongs to one length: after another number of months it has to be asked again."""
    before, after = _months_used(slots), _months_used({**slots, **values})
    if before is None or before == after or after == slots.get("comparison_months"):
        return {}
    return {"comparison_payment": None, "comparison_months": None}


def _months_used(slots: Slots) -> int | None:
    try:
        used = _used(slots)
    except InvalidLease:
        return None
    return used.months if used else None


def _amount(slots: Slots, name: str) -> Decimal | None:
    value = slots.get(name)
    return None if value is None or value == UNKNOWN else Decimal(str(value))


def _used(slots: Slots) -> ElapsedMonths | None:
    """Months used when the lease ends, from the count, the months left, or both dates."""
    if slots.get("elapsed_months") is not None:
        return ElapsedMonths(int(slots["elapsed_months"]), rounded_up=False)
    if slots.get("remaining_months") is not None and slots.get("lease_term_months") is not None:
        return ElapsedMonths(int(slots["lease_term_months"]) - int(slots["remaining_months"]), rounded_up=False)
    start, end = as_date(slots.get("contract_start_date")), as_date(slots.get("termination_date"))
    return elapsed_months(start, end) if start and end else None


def _missing_position(slots: Slots) -> str:
    if slots.get("termination_date"):
        return "contract_start_date"
    return "termination_date" if slots.get("contract_start_date") else "elapsed_months"


def _lease(slots: Slots) -> Lease:
    payment, used = _amount(slots, "monthly_payment"), _used(slots)
    if payment is None or used is None:
        raise ValueError("a quote needs an instalment and the months used")
    term, comparison = int(slots["lease_term_months"]), _amount(slots, "comparison_payment")
    return Lease(payment, term, used.months, comparison, used.rounded_up)


def quote_payload(quote: TerminationQuote) -> Payload:
    """The `termination_quote` of the message contract."""
    lease = quote.lease
    return {
        "type": "termination_quote",
        "method": quote.method,
        "fee_eur": _euros(quote.fee),
        "is_upper_bound": quote.is_upper_bound,
        "fixed_percentage_fee_eur": _euros(quote.fixed_percentage_fee),
        "maximum_fee_eur": _euros(quote.maximum_fee),
        "monthly_payment_eur": money(lease.monthly_payment),
        "comparison_payment_eur": _euros(lease.comparison_payment),
        "lease_term_months": lease.lease_term_months,
        "elapsed_months": lease.elapsed_months,
        "remaining_months": lease.remaining_months,
        "steps": [{"text": step_text(step), "citation": step.article.citation()} for step in quote.steps],
        "citations": citations(quote.articles),
    }


def _euros(amount: Decimal | None) -> str | None:
    return None if amount is None else money(amount)


def quote_text(quote: TerminationQuote, slots: Slots, edition: Edition) -> str:
    """The outcome first, then the steps, then what to do, then the source."""
    wording = texts("termination")
    outcome = "upper_bound" if quote.is_upper_bound else quote.method
    figures = {
        "fee": formatting.euro(quote.fee or Decimal(0)),
        "elapsed": formatting.months(quote.lease.elapsed_months),
    }
    parts = [_filled(wording.choice("outcome", outcome), edition, figures)]
    parts.append("\n".join(f"{n}. {step_text(step)} ({step.article})" for n, step in enumerate(quote.steps, 1)))
    parts.extend(wording[note] for note in _notes(quote, slots))
    parts.append(edition.fill(wording["how_to_first_year" if quote.fee is None else "how_to"]))
    parts.append(edition.source_line(quote.articles))
    return "\n\n".join(parts)


def _filled(text: str, edition: Edition, figures: dict[str, str]) -> str:
    return edition.fill(text).format(**figures)


def _notes(quote: TerminationQuote, slots: Slots) -> list[str]:
    lease = quote.lease
    notes = {
        "comparison_below": lease.comparison_payment is not None and lease.comparison_payment <= lease.monthly_payment,
        "approximate": bool(slots.get("payment_approximate")),
        "rounded_up": lease.rounded_up,
    }
    return [name for name, applies in notes.items() if applies]


def step_text(step: Step) -> str:
    """One step of the calculation in words, with its figures."""
    figures = {name: _figure(name, value) for name, value in step.figures.items()}
    return texts("termination").choice("steps", step.name).format(**figures)


def _figure(name: str, value: Any) -> str:
    if name == "percentage":
        return formatting.percent(value)
    return formatting.months(value) if isinstance(value, int) else formatting.euro(value)

"""The flow that tells whether the deductible is raised (AV 3.6)."""

from decimal import Decimal

from lease_assistant import formatting
from lease_assistant.conversation.deductible_reader import read_claim
from lease_assistant.conversation.flow import Context, Problem, Reading, Slots
from lease_assistant.conversation.reading import money
from lease_assistant.conversation.replies import Payload, Reply, citations, texts, topic_button
from lease_assistant.rules.deductible import (
    AV_3_6,
    ClaimHistory,
    DeductibleAssessment,
    UnknownDeductible,
    assess_deductible,
    next_deductible,
)
from lease_assistant.terms import Edition

MOST_CLAIMS = 50


class DeductibleFlow:
    """Current deductible, claims within a year, recoverable or not, cost."""

    name = "deductible"
    intent = "start_deductible_check"
    topic = "deductible"
    slots: tuple[str, ...] = (
        "deductible_current",
        "deductible_claims_in_year",
        "deductible_recoverable",
        "deductible_cost",
        "deductible_glass",
    )

    def read(self, text: str, asked: str | None, slots: Slots, context: Context) -> Reading:
        """Amounts, a number of claims, and whether somebody else pays."""
        return read_claim(text, asked, context)

    def check(self, slots: Slots, context: Context) -> Problem | None:
        """A deductible that the terms do not name, impossible counts, a cost on both sides of the limit."""
        current, claims, cost = slots.get("deductible_current"), slots.get("deductible_claims_in_year"), _cost(slots)
        if current is not None and not _in_terms(Decimal(str(current)), context.edition):
            return Problem("current_not_in_terms", ("deductible_current",))
        if claims is not None and not 0 < int(claims) <= MOST_CLAIMS:
            return Problem("claims_absurd", ("deductible_claims_in_year",))
        if cost is None:
            return None
        low, high = cost
        if low < 0:
            return Problem("cost_negative", ("deductible_cost",))
        # AV 3.6: what counts is whether the cost is above the own contribution, so a range has to lie on one side.
        if current is not None and low <= Decimal(str(current)) and (high is None or high > Decimal(str(current))):
            return Problem("cost_unclear", ("deductible_cost",))
        return None

    def next_slot(self, slots: Slots, context: Context) -> str | None:
        """Glass needs nothing more: its deductible is always the same."""
        if slots.get("deductible_glass"):
            return None
        return next((slot for slot in self.slots[:4] if slots.get(slot) is None), None)

    def result(self, slots: Slots, context: Context) -> Reply:
        """Raised or not, from what to what, and why."""
        assessment = assess_deductible(_history(slots, context.edition), context.edition)
        return Reply(_text(assessment, context.edition), (topic_button("deductible"),), _payload(assessment))


def _cost(slots: Slots) -> tuple[Decimal, Decimal | None] | None:
    stored = slots.get("deductible_cost")
    if not stored:
        return None
    return Decimal(stored["low"]), None if stored["high"] is None else Decimal(stored["high"])


def _in_terms(current: Decimal, edition: Edition) -> bool:
    try:
        next_deductible(current, edition)
    except UnknownDeductible:
        return False
    return True


def _history(slots: Slots, edition: Edition) -> ClaimHistory:
    cost, recoverable = _cost(slots), slots.get("deductible_recoverable")
    current = slots.get("deductible_current") or edition.amount("deductible.glass")
    return ClaimHistory(
        current=Decimal(str(current)),
        claims_in_period=int(slots.get("deductible_claims_in_year") or 0),
        recoverable=recoverable if isinstance(recoverable, bool) else None,
        cost=cost[0] if cost else Decimal(0),
        glass=bool(slots.get("deductible_glass")),
    )


def _outcome(assessment: DeductibleAssessment, edition: Edition) -> str:
    if assessment.history.glass:
        return "glass"
    if assessment.raised is None:
        return "unknown"
    if assessment.raised:
        return "raised"
    return "not_raised" if assessment.failed_conditions else "highest"


def _text(assessment: DeductibleAssessment, edition: Edition) -> str:
    wording = texts("deductible")
    reasons = [edition.fill(wording.choice("reasons", reason)) for reason in assessment.failed_conditions]
    outcome = wording.choice("outcome", _outcome(assessment, edition)).format(
        from_amount=formatting.euro_short(assessment.history.current),
        to_amount=formatting.euro_short(assessment.raised_to),
        reasons=formatting.join_words(reasons),
    )
    return f"{outcome}\n\n{edition.source_line([AV_3_6])}"


def _payload(assessment: DeductibleAssessment) -> Payload:
    """The `deductible_assessment` of the message contract; `raised` is null where it depends on an unknown fact."""
    return {
        "type": "deductible_assessment",
        "raised": assessment.raised,
        "from_eur": money(assessment.history.current),
        "to_eur": money(assessment.raised_to),
        "failed_conditions": list(assessment.failed_conditions),
        "citations": citations([AV_3_6]),
    }

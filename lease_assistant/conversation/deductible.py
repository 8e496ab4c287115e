"""The flow that tells whether the deductible is raised (AV 3.6)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from lease_assistant import formatting
from lease_assistant.conversation.flow import UNKNOWN, Context, Problem, Reading, Slots
from lease_assistant.conversation.reading import clause, money, unsure
from lease_assistant.conversation.replies import Payload, Reply, citations, texts, topic_button
from lease_assistant.dutch.answers import parse_yes_no
from lease_assistant.dutch.money import Amount, find_amounts
from lease_assistant.dutch.numbers import words_to_number
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

CURRENT = re.compile(r"eigen ?ri[sz]i[ck]o|eigen bijdrage|\ber\b (is|van)|risico")
CLAIMS = re.compile(
    r"(?:(?P<ordinal>\d+)(?:e|de|ste)|(?P<count>\d+)|(?P<word>[a-z]+))(?: keer| x)?"
    r"(?: (?:kleine|grote|eerdere|losse|autos?|verschillende|gemelde))* ?"
    r"(?:schades?|schadegevallen|claims?|schademelding(?:en)?|keer schade|ongelukken|aanrijdingen)"
)
ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6}
NOT_RECOVERABLE = re.compile(
    r"niet (te )?verha|niet op (iemand|een ander)|geen (tegenpartij|ander)|eigen schuld|zelf (gedaan|veroorzaakt)"
    r"|niemand anders|onbekende|dader|doorgereden|mijn (eigen )?schuld"
)
RECOVERABLE = re.compile(
    r"\bverha|ander(e partij)? (betaalt|is schuldig|erkent)|tegenpartij (betaalt|erkent|is)|schuld van de ander"
)
GLASS = re.compile(r"ruit|sterretje|\bster\b|glasschade|autoglas")
NUMBER = re.compile(r"\d+")


class DeductibleFlow:
    """Current deductible, claims within a year, recoverable or not, cost."""

    name = "deductible"
    intent = "start_deductible_check"
    slots: tuple[str, ...] = (
        "deductible_current",
        "deductible_claims_in_year",
        "deductible_recoverable",
        "deductible_cost",
        "deductible_glass",
    )

    def read(self, text: str, asked: str | None, slots: Slots, context: Context) -> Reading:
        """Amounts, a number of claims, and whether somebody else pays."""
        lowered = text.lower()
        if asked and unsure(text):
            return _unknown(asked)
        values: dict[str, Any] = dict(_amounts(lowered, asked))
        claims = _claims(lowered, asked)
        if claims is not None:
            values["deductible_claims_in_year"] = claims
        recoverable = _recoverable(lowered, asked)
        if recoverable is not None:
            values["deductible_recoverable"] = recoverable
        if GLASS.search(lowered):
            values["deductible_glass"] = True
        if asked == "deductible_claims_in_year" and not values:
            return Reading({}, Problem("claims_unclear", (asked,)) if NUMBER.search(lowered) else None)
        return Reading(values)

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


def _unknown(asked: str) -> Reading:
    if asked == "deductible_recoverable":
        return Reading({asked: UNKNOWN})
    problems = {"deductible_current": "current_unknown", "deductible_cost": "cost_unknown"}
    return Reading({}, Problem(problems.get(asked, "claims_unknown"), (asked,)))


def _amounts(text: str, asked: str | None) -> Iterator[tuple[str, Any]]:
    # A bare number counts in a clause about the deductible, or in answer to a question for an amount.
    found = find_amounts(text, bare=True)
    wanted = asked in ("deductible_current", "deductible_cost")
    amounts = [a for a in found if a.marked or wanted or CURRENT.search(clause(text, a, found))]
    for amount in amounts:
        slot = _amount_slot(clause(text, amount, amounts), asked, len(amounts))
        if slot == "deductible_cost":
            yield slot, _range(amount)
        elif amount.exact is not None:
            yield slot, money(amount.low)


def _amount_slot(words: str, asked: str | None, count: int) -> str:
    if asked in ("deductible_current", "deductible_cost") and count == 1:
        return asked
    return "deductible_current" if CURRENT.search(words) else "deductible_cost"


def _range(amount: Amount) -> dict[str, Any]:
    # "meer dan 450" excludes 450 itself: a cent more is the lowest it can be.
    low = amount.low + Decimal("0.01") if amount.exclusive and amount.high is None else amount.low
    return {"low": money(low), "high": None if amount.high is None else money(amount.high)}


def _claims(text: str, asked: str | None) -> int | None:
    if match := CLAIMS.search(text):
        if match["ordinal"] or match["count"]:
            return int(match["ordinal"] or match["count"])
        if match["word"] in ORDINALS:
            return ORDINALS[match["word"]]
        if (number := words_to_number(match["word"])) is not None:
            return int(number)
    if asked != "deductible_claims_in_year":
        return None
    # "meer dan 3": one more is enough to decide.
    more = 1 if re.search(r"meer dan|boven", text) else 0
    if match := NUMBER.search(text):
        return int(match[0]) + more
    number = next((n for word in re.findall(r"[a-zéë]+", text) if (n := words_to_number(word)) is not None), None)
    ordinal = next((ORDINALS[word] for word in text.split() if word in ORDINALS), None)
    return int(number) + more if number is not None else ordinal


def _recoverable(text: str, asked: str | None) -> bool | None:
    if NOT_RECOVERABLE.search(text):
        return False
    if asked == "deductible_recoverable" and (said := parse_yes_no(text)) is not None:
        return said
    return True if RECOVERABLE.search(text) else None


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

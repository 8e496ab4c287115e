"""The flow that tells whether the deductible is raised (AV 3.6)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from lease_assistant import formatting
from lease_assistant.conversation.flow import UNKNOWN, Context, Problem, Reading, Slots
from lease_assistant.conversation.reading import around, clause, money, overlaps, unsure
from lease_assistant.conversation.replies import Payload, Reply, citations, texts, topic_button
from lease_assistant.dutch.answers import parse_yes_no
from lease_assistant.dutch.durations import find_durations
from lease_assistant.dutch.money import Amount, find_amounts
from lease_assistant.dutch.numbers import find_numbers, words_to_number
from lease_assistant.dutch.text import fold
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
NAMED = {"deductible_current": CURRENT, "deductible_cost": re.compile(r"schade\b|\bkost|rekening|factuur|reparatie")}
CLAIMS = re.compile(
    r"(?:(?P<ordinal>\d+)(?:e|de|ste)|(?P<count>\d+)|(?P<word>[a-z]+))(?: keer| x)?"
    r"(?: (?:kleine|grote|eerdere|losse|autos?|verschillende|gemelde))* ?"
    r"(?:schades?|schadegevallen|claims?|schademelding(?:en)?|keer schade|ongelukken|aanrijdingen)"
)
ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6}
NOT_RECOVERABLE = re.compile(
    r"niet (te )?verha|niet op (iemand|een ander)|geen (tegenpartij|ander)|eigen schuld|zelf (gedaan|veroorzaakt)"
    r"|niemand anders|onbekende|dader (is )?(onbekend|niet)|doorgereden|mijn (eigen )?schuld"
    r"|(betaalt|erkent|wil) (het |dat |de schade )?niet|(weet|idee) (niet )?wie"
)
RECOVERABLE = re.compile(
    r"\bverha|ander(e partij)? (betaalt|is schuldig|erkent)|tegenpartij (betaalt|erkent|is)|schuld van de ander"
)
GLASS = re.compile(r"\b(voor|achter|zij|auto|dak)?-?ruit|sterretje|\bster\b|glasschade|autoglas")
PAIR = re.compile(r"\bpaar\b|aantal")
FEWER = re.compile(r"minder dan|onder de")
MORE = re.compile(r"meer dan|boven")


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
        lowered = fold(text)
        if asked and unsure(text) and not (asked == "deductible_recoverable" and NOT_RECOVERABLE.search(lowered)):
            return _unknown(asked)
        values: dict[str, Any] = dict(_amounts(lowered, asked))
        claims = _claims(lowered, asked, context.edition)
        if claims is not None:
            values["deductible_claims_in_year"] = claims
        recoverable = _recoverable(lowered, asked)
        if recoverable is not None:
            values["deductible_recoverable"] = recoverable
        # A window among the claims of a year does not make this claim one.
        if GLASS.search(lowered) and asked != "deductible_claims_in_year":
            values["deductible_glass"] = True
        if asked == "deductible_claims_in_year" and not values:
            return Reading({}, Problem("claims_unclear", (asked,)) if find_numbers(lowered) else None)
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
    placed = [(_amount_slot(*around(text, amount, amounts), asked, len(amounts)), amount) for amount in amounts]
    costs = [amount for slot, amount in placed if slot == "deductible_cost"]
    # Two costs in one message: better to ask than to choose.
    if len(costs) == 1:
        yield "deductible_cost", _range(costs[0])
    currents = {amount.low for slot, amount in placed if slot == "deductible_current" and amount.exact is not None}
    if len(currents) == 1:
        yield "deductible_current", money(currents.pop())


def _amount_slot(before: str, after: str, asked: str | None, count: int) -> str:
    if asked in ("deductible_current", "deductible_cost") and count == 1:
        return asked
    named = [(match.start(), slot) for slot, words in NAMED.items() for match in words.finditer(before)]
    if named:
        return max(named)[1]
    return "deductible_current" if CURRENT.match(after.strip()) else "deductible_cost"


def _range(amount: Amount) -> dict[str, Any]:
    # "meer dan 450" excludes 450 itself: a cent more is the lowest it can be.
    low = amount.low + Decimal("0.01") if amount.exclusive and amount.high is None else amount.low
    return {"low": money(low), "high": None if amount.high is None else money(amount.high)}


def _claims(text: str, asked: str | None, edition: Edition) -> int | None:
    # A count over a longer period than the terms use ("3 in 2 jaar") decides nothing.
    period = edition.whole("deductible.period_months")
    durations = find_durations(text)
    if any(duration.months > period for duration in durations):
        return None
    counts = [(match, count) for match in CLAIMS.finditer(text) if (count := _counted(match)) is not None]
    if len(counts) == 1:
        match, count = counts[0]
        return count + _shift(text[: match.start()])
    if asked != "deductible_claims_in_year":
        return None
    numbers = [number for number in find_numbers(text) if not overlaps(number, durations)]
    # Two numbers, a half or "een paar" is no count to decide on.
    if len(numbers) != 1 or numbers[0].value % 1 or PAIR.search(text) or text[: numbers[0].start].endswith("-"):
        return None
    return int(numbers[0].value) + _shift(text)


def _shift(before: str) -> int:
    """One more or less is enough to decide: "meer dan 3"."""
    return bool(MORE.search(before)) - bool(FEWER.search(before))


def _counted(match: re.Match[str]) -> int | None:
    if match["ordinal"] or match["count"]:
        return int(match["ordinal"] or match["count"])
    if match["word"] in ORDINALS:
        return ORDINALS[match["word"]]
    number = words_to_number(match["word"])
    return None if number is None else int(number)


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

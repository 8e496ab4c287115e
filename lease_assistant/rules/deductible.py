"""Whether the deductible (eigen risico) is raised, and to what (AV 3.6). Amounts in euros."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lease_assistant.terms import ArticleRef, Edition

AV_3_6 = ArticleRef("AV", "3.6")

Condition = Literal["claims", "not_recoverable", "cost"]


class UnknownDeductible(ValueError):
    """The terms know no raise from this deductible."""


@dataclass(frozen=True)
class ClaimHistory:
    """What decides about a raise. `claims_in_period`: damage claims within twelve months, this one included.

    `recoverable`: whether the cost can be recovered from somebody else (None: not known).
    `glass`: this claim is a window replacement.
    """

    current: Decimal
    claims_in_period: int
    recoverable: bool | None
    cost: Decimal
    glass: bool = False

    def __post_init__(self) -> None:
        if self.claims_in_period < 0 or self.cost < 0:
            raise ValueError("claims and cost cannot be negative")


@dataclass(frozen=True)
class DeductibleAssessment:
    """`raised` is None where a fact that decides is unknown. Amounts in euros; `raised_to` is the new deductible."""

    history: ClaimHistory
    raised: bool | None
    raised_to: Decimal
    failed_conditions: tuple[Condition, ...]


def assess_deductible(history: ClaimHistory, edition: Edition) -> DeductibleAssessment:
    """Whether the deductible of `history` is raised for the rest of the lease (AV 3.6).

    Raises `UnknownDeductible` for a current deductible that the terms do not name, except for a window.
    """
    # AV 3.6: for window replacement the deductible is always the same, so it cannot be raised.
    if history.glass:
        return DeductibleAssessment(history, False, edition.amount("deductible.glass"), ())
    following = next_deductible(history.current, edition)
    holds = _conditions(history, edition.whole("deductible.claims_threshold"))
    failed = tuple(name for name, held in holds.items() if held is False)
    # AV 3.6: from the highest deductible no further raise is described.
    if failed or following is None:
        return DeductibleAssessment(history, False, history.current, failed)
    if None in holds.values():
        return DeductibleAssessment(history, None, following, ())
    return DeductibleAssessment(history, True, following, ())


# AV 3.6: all three have to hold: more than two claims within twelve months, not recoverable
# from somebody else, and cost above the customer's own contribution.
def _conditions(history: ClaimHistory, threshold: int) -> dict[Condition, bool | None]:
    return {
        "claims": history.claims_in_period > threshold,
        "not_recoverable": None if history.recoverable is None else not history.recoverable,
        "cost": history.cost > history.current,
    }


def next_deductible(current: Decimal, edition: Edition) -> Decimal | None:
    """What a raise turns `current` into; None at the highest step (AV 3.6)."""
    low, middle, high = (edition.amount(f"deductible.{step}") for step in ("low", "middle", "high"))
    steps: dict[Decimal, Decimal | None] = {low: middle, middle: high, high: None}
    if current not in steps:
        raise UnknownDeductible(str(current))
    return steps[current]

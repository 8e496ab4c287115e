"""The raise of the deductible (AV 3.6): all three conditions together, and the steps 135, 450, 1.000."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lease_assistant.rules.deductible import ClaimHistory, UnknownDeductible, assess_deductible, next_deductible
from lease_assistant.terms import DATA, load_edition

EDITION = load_edition(DATA / "terms" / "2017-12")


def history(
    current: str = "135", claims: int = 3, recoverable: bool | None = False, cost: str = "2000", glass: bool = False
) -> ClaimHistory:
    """A history for which all three conditions hold, unless changed."""
    return ClaimHistory(Decimal(current), claims, recoverable, Decimal(cost), glass)


@pytest.mark.parametrize(("current", "raised_to"), [("135", "450"), ("450", "1000"), ("450.00", "1000")])
def test_raise_to_the_next_step(current: str, raised_to: str) -> None:
    result = assess_deductible(history(current), EDITION)

    assert result.raised is True
    assert result.raised_to == Decimal(raised_to)
    assert result.failed_conditions == ()


@pytest.mark.parametrize(("claims", "raised"), [(0, False), (1, False), (2, False), (3, True), (4, True)])
def test_more_than_two_claims(claims: int, raised: bool) -> None:
    result = assess_deductible(history(claims=claims), EDITION)

    assert result.raised is raised
    assert result.failed_conditions == (() if raised else ("claims",))


@pytest.mark.parametrize(
    ("current", "cost", "raised"),
    [
        ("135", "134.99", False),
        ("135", "135", False),
        ("135", "135.00", False),
        ("135", "135.01", True),
        ("450", "450", False),
        ("450", "450.01", True),
        ("450", "135.01", False),
    ],
)
def test_cost_above_the_own_contribution(current: str, cost: str, raised: bool) -> None:
    result = assess_deductible(history(current, cost=cost), EDITION)

    assert result.raised is raised
    assert result.failed_conditions == (() if raised else ("cost",))
    assert raised or result.raised_to == Decimal(current)


def test_claim_is_no_window_unless_said() -> None:
    assert assess_deductible(ClaimHistory(Decimal(135), 3, False, Decimal(136)), EDITION).raised is True


def test_recoverable_cost_never_raises() -> None:
    result = assess_deductible(history(recoverable=True), EDITION)

    assert (result.raised, result.raised_to) == (False, Decimal(135))
    assert result.failed_conditions == ("not_recoverable",)


def test_unknown_recovery_leaves_the_raise_open_and_says_what_it_would_be() -> None:
    result = assess_deductible(history("450", recoverable=None), EDITION)

    assert (result.raised, result.raised_to, result.failed_conditions) == (None, Decimal(1000), ())


@pytest.mark.parametrize(
    ("claims", "cost", "failed"), [(2, "2000", ("claims",)), (3, "135", ("cost",)), (2, "135", ("claims", "cost"))]
)
def test_unknown_recovery_does_not_matter_once_another_condition_fails(
    claims: int, cost: str, failed: tuple[str, ...]
) -> None:
    result = assess_deductible(history(claims=claims, cost=cost, recoverable=None), EDITION)

    assert (result.raised, result.raised_to, result.failed_conditions) == (False, Decimal(135), failed)


def test_all_failed_conditions_are_named() -> None:
    result = assess_deductible(history(claims=2, recoverable=True, cost="0"), EDITION)

    assert result.failed_conditions == ("claims", "not_recoverable", "cost")


@pytest.mark.parametrize("recoverable", [False, None])
def test_no_raise_from_the_highest_step(recoverable: bool | None) -> None:
    result = assess_deductible(history("1000", cost="5000", recoverable=recoverable), EDITION)

    assert (result.raised, result.raised_to, result.failed_conditions) == (False, Decimal(1000), ())


@pytest.mark.parametrize("current", ["135", "450", "1000", "300"])
def test_window_replacement_is_always_135(current: str) -> None:
    result = assess_deductible(history(current, claims=9, cost="5000", glass=True), EDITION)

    assert (result.raised, result.raised_to) == (False, Decimal(135))


@pytest.mark.parametrize("current", ["0", "134.99", "300", "-135"])
def test_deductible_that_the_terms_do_not_name(current: str) -> None:
    with pytest.raises(UnknownDeductible):
        assess_deductible(history(current), EDITION)
    with pytest.raises(UnknownDeductible):
        next_deductible(Decimal(current), EDITION)


@pytest.mark.parametrize(("claims", "cost"), [(-1, "100"), (3, "-0.01")])
def test_negative_history_is_refused(claims: int, cost: str) -> None:
    with pytest.raises(ValueError, match="negative"):
        history(claims=claims, cost=cost)


@given(
    current=st.sampled_from(["135", "450", "1000"]),
    claims=st.integers(0, 6),
    recoverable=st.sampled_from([True, False, None]),
    cost=st.decimals(0, 3000, places=2),
    glass=st.booleans(),
)
def test_a_raise_needs_all_three_conditions(
    current: str, claims: int, recoverable: bool | None, cost: Decimal, glass: bool
) -> None:
    result = assess_deductible(ClaimHistory(Decimal(current), claims, recoverable, cost, glass), EDITION)

    possible = claims >= 3 and recoverable is not True and cost > Decimal(current) and current != "1000" and not glass
    assert (result.raised is not False) is possible
    if result.raised:
        assert recoverable is False

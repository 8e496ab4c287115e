"""Damage, loss and theft (AV 3.7). Deadlines are written out with their offset from UTC."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lease_assistant.rules.damage import (
    AMSTERDAM,
    DamageAssessment,
    DamageFacts,
    Estimate,
    NaiveMoment,
    after,
    assess_damage,
    within,
)
from lease_assistant.terms import DATA, load_edition

EDITION = load_edition(DATA / "terms" / "2017-12")
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=AMSTERDAM)


def amount(low: str, high: str | None = None, *, exclusive: bool = False) -> Estimate:
    return Estimate(Decimal(low), None if high is None else Decimal(high), exclusive)


EXACTLY_3000 = amount("3000", "3000")


def assess(**facts: object) -> DamageAssessment:
    """The assessment of a small, simple damage with `facts` changed."""
    simple = {"single_sided": True, "estimate": EXACTLY_3000, "injury": False, "police_present": False}
    return assess_damage(DamageFacts(occurred_at=NOON, **{**simple, **facts}), EDITION)  # type: ignore[arg-type]


def test_online_when_all_four_conditions_hold() -> None:
    result = assess()

    assert result.online_eligible
    assert (result.failed_conditions, result.unknown_conditions) == ((), ())
    assert not result.police_report_required
    assert not result.advise_isgestolen


@pytest.mark.parametrize(
    ("facts", "failed"),
    [
        ({"single_sided": False}, "multi_party"),
        ({"estimate": amount("3000.01", "3000.01")}, "amount"),
        ({"injury": True}, "injury"),
        ({"police_present": True}, "police"),
    ],
)
def test_one_failed_condition_is_enough(facts: dict[str, object], failed: str) -> None:
    result = assess(**facts)

    assert not result.online_eligible
    assert (result.failed_conditions, result.unknown_conditions) == ((failed,), ())


@pytest.mark.parametrize(
    ("fact", "unknown"),
    [("single_sided", "multi_party"), ("estimate", "amount"), ("injury", "injury"), ("police_present", "police")],
)
def test_an_unknown_condition_is_neither_failed_nor_eligible(fact: str, unknown: str) -> None:
    result = assess(**{fact: None})

    assert not result.online_eligible
    assert (result.failed_conditions, result.unknown_conditions) == ((), (unknown,))


def test_conditions_are_listed_in_the_order_of_the_document() -> None:
    nothing_known = assess_damage(DamageFacts(occurred_at=NOON), EDITION)
    all_failed = assess(single_sided=False, estimate=amount("5000", "5000"), injury=True, police_present=True)

    assert nothing_known.unknown_conditions == ("multi_party", "amount", "injury", "police")
    assert all_failed.failed_conditions == ("multi_party", "amount", "injury", "police")


@pytest.mark.parametrize(
    ("estimate", "expected"),
    [
        pytest.param(None, None, id="no estimate"),
        pytest.param(amount("0", "0"), True, id="nothing"),
        pytest.param(amount("2999.99", "2999.99"), True, id="a cent below"),
        pytest.param(EXACTLY_3000, True, id="exactly the maximum"),
        pytest.param(amount("3000.01", "3000.01"), False, id="a cent above"),
        pytest.param(amount("1000", "3000"), True, id="range up to the maximum"),
        pytest.param(amount("2500", "3000.01"), None, id="range across the maximum"),
        pytest.param(amount("3000", "3500"), None, id="range from the maximum"),
        pytest.param(amount("3000.01", "4000"), False, id="range above the maximum"),
        pytest.param(amount("3000", exclusive=True), False, id="more than the maximum"),
        pytest.param(amount("3000"), None, id="the maximum or more"),
        pytest.param(amount("2999.99", exclusive=True), None, id="more than a cent below"),
        pytest.param(amount("3000.01"), False, id="a cent above or more"),
        pytest.param(amount("0", "3000", exclusive=True), True, id="less than the maximum"),
    ],
)
def test_within_3000_euros(estimate: Estimate | None, expected: bool | None) -> None:
    assert within(estimate, Decimal(3000)) is expected


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({"injury": True}, ("injury",)),
        ({"theft": True}, ("theft",)),
        ({"lost_or_stolen_vehicle": True}, ("theft",)),
        ({"unknown_party": True}, ("unknown_party",)),
        ({"liability_dispute": True}, ("liability_dispute",)),
        ({"keys_or_papers": True}, ("keys_or_papers",)),
        ({"injury": None, "unknown_party": None, "liability_dispute": None}, ()),
        ({"police_present": True, "single_sided": False, "estimate": amount("9000", "9000")}, ()),
        (
            {
                "keys_or_papers": True,
                "liability_dispute": True,
                "unknown_party": True,
                "theft": True,
                "lost_or_stolen_vehicle": True,
                "injury": True,
            },
            ("injury", "theft", "unknown_party", "liability_dispute", "keys_or_papers"),
        ),
    ],
)
def test_police_report_reasons(facts: dict[str, object], reasons: tuple[str, ...]) -> None:
    result = assess(**facts)

    assert result.police_report_reasons == reasons
    assert result.police_report_required is bool(reasons)


@pytest.mark.parametrize(
    ("facts", "advised"),
    [
        ({"lost_or_stolen_vehicle": True, "theft": True}, True),
        ({"lost_or_stolen_vehicle": True}, True),
        ({"theft": True}, False),  # stolen out of the vehicle
        ({"keys_or_papers": True}, False),
    ],
)
def test_isgestolen_is_for_the_vehicle_itself(facts: dict[str, object], advised: bool) -> None:
    assert assess(**facts).advise_isgestolen is advised


@pytest.mark.parametrize(
    ("occurred", "in_24_hours", "in_72_hours"),
    [
        pytest.param(
            "2026-05-04T12:00:00+02:00", "2026-05-05T12:00:00+02:00", "2026-05-07T12:00:00+02:00", id="plain days"
        ),
        pytest.param(
            "2026-12-31T23:59:00+01:00", "2027-01-01T23:59:00+01:00", "2027-01-03T23:59:00+01:00", id="new year"
        ),
        pytest.param(
            "2028-02-28T08:00:00+01:00", "2028-02-29T08:00:00+01:00", "2028-03-02T08:00:00+01:00", id="leap day"
        ),
        # Summer time begins on 2026-03-29 at 02.00: that day has 23 hours.
        pytest.param(
            "2026-03-28T14:30:00+01:00", "2026-03-29T15:30:00+02:00", "2026-03-31T15:30:00+02:00", id="before summer"
        ),
        pytest.param(
            "2026-03-28T02:30:00+01:00",
            "2026-03-29T03:30:00+02:00",
            "2026-03-31T03:30:00+02:00",
            id="deadline in the hour that does not exist",
        ),
        pytest.param(
            "2026-03-28T01:59:00+01:00", "2026-03-29T01:59:00+01:00", "2026-03-31T02:59:00+02:00", id="just in time"
        ),
        pytest.param(
            "2026-03-26T12:00:00+01:00", "2026-03-27T12:00:00+01:00", "2026-03-29T13:00:00+02:00", id="only 72 h moves"
        ),
        # Winter time begins on 2026-10-25 at 03.00: that day has 25 hours.
        pytest.param(
            "2026-10-24T14:30:00+02:00", "2026-10-25T13:30:00+01:00", "2026-10-27T13:30:00+01:00", id="before winter"
        ),
        pytest.param(
            "2026-10-24T02:30:00+02:00",
            "2026-10-25T02:30:00+02:00",
            "2026-10-27T01:30:00+01:00",
            id="deadline in the first 02.30",
        ),
        pytest.param(
            "2026-10-24T03:30:00+02:00",
            "2026-10-25T02:30:00+01:00",
            "2026-10-27T02:30:00+01:00",
            id="deadline in the second 02.30",
        ),
        pytest.param(
            "2026-10-25T02:30:00+02:00",
            "2026-10-26T01:30:00+01:00",
            "2026-10-28T01:30:00+01:00",
            id="event in the first 02.30",
        ),
        pytest.param(
            "2026-10-25T02:30:00+01:00",
            "2026-10-26T02:30:00+01:00",
            "2026-10-28T02:30:00+01:00",
            id="event in the second 02.30",
        ),
        pytest.param(
            "2026-07-01T22:30:00+00:00", "2026-07-03T00:30:00+02:00", "2026-07-05T00:30:00+02:00", id="given in UTC"
        ),
    ],
)
def test_deadlines(occurred: str, in_24_hours: str, in_72_hours: str) -> None:
    moment = datetime.fromisoformat(occurred)
    # The same moment with the fixed offset and as Dutch time: the outcome may not depend on it.
    for occurred_at in (moment, moment.astimezone(AMSTERDAM)):
        result = assess_damage(DamageFacts(occurred_at=occurred_at), EDITION)

        assert result.notify_before.isoformat() == in_24_hours
        assert result.police_report_due.isoformat() == in_24_hours
        assert result.form_due.isoformat() == in_72_hours


def test_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(NaiveMoment):
        DamageFacts(occurred_at=datetime(2026, 5, 4, 12, 0))


@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(AMSTERDAM)))
@example(datetime(2026, 3, 29, 1, 59, 59, tzinfo=AMSTERDAM))
@example(datetime(2026, 10, 25, 2, 0, tzinfo=AMSTERDAM))
@example(datetime(2026, 10, 25, 2, 0, tzinfo=AMSTERDAM, fold=1))
def test_deadlines_are_always_real_hours_in_dutch_time(occurred_at: datetime) -> None:
    result = assess_damage(DamageFacts(occurred_at=occurred_at), EDITION)
    deadlines = ((result.notify_before, 24), (result.police_report_due, 24), (result.form_due, 72))

    for deadline, hours in deadlines:
        # Seconds since 1970 know no summer time.
        assert deadline.timestamp() - occurred_at.timestamp() == pytest.approx(hours * 3600, abs=1e-5)
        assert deadline.tzinfo is AMSTERDAM
        assert deadline.utcoffset() in (timedelta(hours=1), timedelta(hours=2))


@given(
    st.decimals(0, 10_000, places=2), st.none() | st.decimals(0, 10_000, places=2), st.booleans(), st.integers(0, 10**6)
)
def test_within_is_certain_only_if_it_holds_for_every_amount_in_the_estimate(
    low: Decimal, width: Decimal | None, exclusive: bool, extra_cents: int
) -> None:
    high = None if width is None else low + width
    verdict = within(Estimate(low, high, exclusive), Decimal(3000))
    possible = low + Decimal(extra_cents) / 100 if high is None else min(high, low + Decimal(extra_cents) / 100)
    if high is None and exclusive and extra_cents == 0:
        possible += Decimal("0.01")

    assert verdict is None or verdict is (possible <= Decimal(3000))


def test_after_counts_from_the_second_pass_through_the_repeated_hour() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM)

    # 02.30 summer time is 00.30 UTC, 02.30 winter time is 01.30 UTC.
    assert after(first, 1).astimezone(timezone.utc) == datetime(2026, 10, 25, 1, 30, tzinfo=timezone.utc)
    assert after(first, 1).fold == 1
    assert after(first.replace(fold=1), 1).isoformat() == "2026-10-25T03:30:00+01:00"

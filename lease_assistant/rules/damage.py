"""What a damage, loss or theft asks of the customer (AV 3.7). Amounts in euros, moments with time zone."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from lease_assistant.terms import ArticleRef, Edition

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
AV_3_7 = ArticleRef("AV", "3.7")

Condition = Literal["multi_party", "amount", "injury", "police"]
PoliceReason = Literal["injury", "theft", "unknown_party", "liability_dispute", "keys_or_papers"]


class NaiveMoment(ValueError):
    """A moment without time zone was given: no deadline can be computed from it."""


@dataclass(frozen=True)
class Estimate:
    """The estimated damage in euros: between `low` and `high` (None: no upper end known).

    `exclusive` marks an open end: "meer dan 3000" is low 3000, exclusive.
    """

    low: Decimal
    high: Decimal | None
    exclusive: bool = False


@dataclass(frozen=True)
class DamageFacts:
    """What the customer told. None means: not known.

    `theft`: the vehicle or something in it was stolen, or the vehicle was lost. `lost_or_stolen_vehicle`:
    the vehicle itself is gone. `keys_or_papers`: keys or registration papers lost or stolen.
    `unknown_party`: somebody unknown caused it.
    """

    occurred_at: datetime
    single_sided: bool | None = None
    estimate: Estimate | None = None
    injury: bool | None = None
    police_present: bool | None = None
    theft: bool = False
    lost_or_stolen_vehicle: bool = False
    keys_or_papers: bool = False
    unknown_party: bool | None = None
    liability_dispute: bool | None = None

    def __post_init__(self) -> None:
        if self.occurred_at.tzinfo is None:
            raise NaiveMoment("occurred_at needs a time zone")


@dataclass(frozen=True)
class DamageAssessment:
    """What follows from the facts. `unknown_conditions` keep online reporting from being certain."""

    facts: DamageFacts
    failed_conditions: tuple[Condition, ...]
    unknown_conditions: tuple[Condition, ...]
    police_report_reasons: tuple[PoliceReason, ...]
    advise_isgestolen: bool
    notify_before: datetime
    form_due: datetime
    police_report_due: datetime

    @property
    def online_eligible(self) -> bool:
        """Whether all four conditions are known to hold."""
        return not self.failed_conditions and not self.unknown_conditions

    @property
    def police_report_required(self) -> bool:
        """Whether at least one reason for a police report applies."""
        return bool(self.police_report_reasons)


def assess_damage(facts: DamageFacts, edition: Edition) -> DamageAssessment:
    """Online reporting, police report and deadlines for `facts` (AV 3.7), in Europe/Amsterdam."""
    holds = _online_conditions(facts, edition.amount("damage.online_maximum"))
    return DamageAssessment(
        facts=facts,
        failed_conditions=tuple(name for name, held in holds.items() if held is False),
        unknown_conditions=tuple(name for name, held in holds.items() if held is None),
        police_report_reasons=_police_report_reasons(facts),
        # AV 3.7: a report on isgestolen.nl is advised when the vehicle is stolen or lost.
        advise_isgestolen=facts.lost_or_stolen_vehicle,
        # AV 3.7: notice in writing within 24 hours of the event.
        notify_before=after(facts.occurred_at, edition.whole("damage.notice_hours")),
        # AV 3.7: the form and other documents received within 72 hours of the event.
        form_due=after(facts.occurred_at, edition.whole("damage.form_hours")),
        # AV 3.7: a police report within 24 hours at the latest.
        police_report_due=after(facts.occurred_at, edition.whole("damage.police_report_hours")),
    )


def after(moment: datetime, hours: int) -> datetime:
    """`hours` real hours after `moment`, in Dutch time, also across the change of the clock."""
    return (moment.astimezone(timezone.utc) + timedelta(hours=hours)).astimezone(AMSTERDAM)


# AV 3.7: the four conditions for reporting online. True: holds, False: fails, None: not known.
def _online_conditions(facts: DamageFacts, maximum: Decimal) -> dict[Condition, bool | None]:
    return {
        "multi_party": facts.single_sided,
        "amount": within(facts.estimate, maximum),
        "injury": _negated(facts.injury),
        "police": _negated(facts.police_present),
    }


def within(estimate: Estimate | None, maximum: Decimal) -> bool | None:
    """Whether `estimate` stays at or below `maximum`; None if it may fall on either side (AV 3.7)."""
    if estimate is None:
        return None
    # AV 3.7: exactly the maximum still qualifies.
    if estimate.high is not None and estimate.high <= maximum:
        return True
    if estimate.low > maximum or (estimate.low == maximum and estimate.exclusive and estimate.high is None):
        return False
    return None


def _negated(value: bool | None) -> bool | None:
    return None if value is None else not value


# AV 3.7: the cases in which a police report has to be drawn up.
def _police_report_reasons(facts: DamageFacts) -> tuple[PoliceReason, ...]:
    reasons: dict[PoliceReason, bool | None] = {
        "injury": facts.injury,
        "theft": facts.theft or facts.lost_or_stolen_vehicle,
        "unknown_party": facts.unknown_party,
        "liability_dispute": facts.liability_dispute,
        "keys_or_papers": facts.keys_or_papers,
    }
    return tuple(reason for reason, applies in reasons.items() if applies)

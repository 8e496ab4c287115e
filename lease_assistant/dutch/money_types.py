"""What reading money results in: an amount as the customer meant it, and the half-read form before that."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Amount:
    """An amount of money in euros; ``high`` is None when only a lower limit was given.

    ``exclusive`` means that the limit itself is not included ("meer dan 3000"), ``marked`` that the text says it
    is money (€, euro, k, tientjes, ",-").
    """

    low: Decimal
    high: Decimal | None
    approximate: bool
    exclusive: bool
    marked: bool
    start: int
    end: int

    @property
    def exact(self) -> Decimal | None:
        """The amount itself, when it is one amount and no range or limit."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True)
class Raw:
    """A number with its money markers, before limits and ranges are read."""

    value: Decimal
    start: int
    end: int
    marked: bool
    scale: Decimal
    euro_behind: bool
    low: Decimal | None = None
    between: bool = False
    spread: bool = False

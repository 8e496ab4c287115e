"""How fast we send: to one customer, over all, and after a failure. Times in seconds."""

import asyncio
import email.utils
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

# Meta allows about one message in 6 seconds to one customer (131056) and 80 a second from one number (130429).
CUSTOMER_INTERVAL = 6.0
# Of the 45 that Meta allows; with fewer, a damage report answered by buttons would stall halfway.
CUSTOMER_BURST = 20
MESSAGES_PER_SECOND = 80.0


@dataclass(frozen=True)
class Rate:
    """One message each `interval` seconds, after up to `burst` at once."""

    interval: float
    burst: int

    def wait(self, paced_until: float, now: float) -> float:
        """How long the next message has to wait. `paced_until` is what `after` gave at the previous one."""
        return max(0.0, paced_until - now - (self.burst - 1) * self.interval)

    def after(self, paced_until: float, now: float) -> float:
        """The new `paced_until`: when all that was sent will have been earned."""
        return max(paced_until, now) + self.interval


class Throttle:
    """Lets messages through at a rate over all customers, one after the other."""

    def __init__(
        self,
        rate: Rate,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rate, self._clock, self._sleep = rate, clock, sleep
        self._paced_until = 0.0

    async def enter(self) -> None:
        """Wait for a place."""
        now = self._clock()
        wait = self._rate.wait(self._paced_until, now)
        self._paced_until = self._rate.after(self._paced_until, now)
        if wait:
            await self._sleep(wait)


@dataclass(frozen=True)
class Backoff:
    """Growing pauses: `first`, twice that, ... up to `longest`, each up to half as long again by chance."""

    first: float = 2.0
    longest: float = 300.0
    attempts: int = 8

    def pause(self, failures: int, retry_after: float | None = None, chance: float | None = None) -> float | None:
        """The pause after this many `failures` (from 1 on), at least `retry_after`; None to give up."""
        if failures >= self.attempts:
            return None
        grown = min(self.longest, self.first * 2.0 ** (failures - 1))
        # Without chance, all that failed together would come back together.
        spread = random.random() if chance is None else chance  # noqa: S311 (not a secret)
        return max(grown * (1 + spread / 2), retry_after or 0.0)


def retry_after_seconds(header: str | None, now: float) -> float | None:
    """A ``Retry-After`` header, in seconds or as a date; None if absent or unreadable. `now`: since 1970."""
    text = (header or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return None

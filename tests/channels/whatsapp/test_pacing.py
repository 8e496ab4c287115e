from typing import Any

import pytest

from lease_assistant.channels.whatsapp.pacing import Backoff, Rate, Throttle, retry_after_seconds

NOW = 1_800_000_000.0


def moments(rate: Any, count: Any) -> Any:
    """When each of `count` messages goes out that are all ready at 0."""
    paced_until, now, found = 0.0, 0.0, []
    for _ in range(count):
        now += rate.wait(paced_until, now)
        paced_until = rate.after(paced_until, now)
        found.append(now)
    return found


def test_a_burst_goes_at_once_and_the_rest_every_six_seconds() -> None:
    assert moments(Rate(6.0, 3), 6) == [0, 0, 0, 6, 12, 18]


def test_a_quiet_customer_has_a_full_burst_again() -> None:
    rate = Rate(6.0, 3)
    paced_until = 0.0
    for _ in range(3):
        paced_until = rate.after(paced_until, NOW)
    assert rate.wait(paced_until, NOW) == 6.0
    assert rate.wait(paced_until, NOW + 18) == 0.0


async def test_all_customers_together_stay_below_the_rate() -> None:
    now, slept = [0.0], []

    async def sleep(seconds: Any) -> None:
        slept.append(seconds)

    throttle = Throttle(Rate(1 / 80, 1), clock=lambda: now[0], sleep=sleep)
    for _ in range(81):
        await throttle.enter()
    assert slept[-1] == pytest.approx(1.0)


def test_pauses_grow_with_chance_up_to_the_longest() -> None:
    backoff = Backoff(first=2.0, longest=300.0, attempts=20)
    assert [backoff.pause(failures, chance=0.0) for failures in (1, 2, 3, 8, 12)] == [2, 4, 8, 256, 300]
    assert backoff.pause(1, chance=1.0) == 3.0
    assert len({backoff.pause(1) for _ in range(10)}) > 1


def test_retry_after_is_honoured_and_attempts_end() -> None:
    backoff = Backoff(attempts=3)
    assert backoff.pause(1, retry_after=60.0) == 60.0
    assert backoff.pause(2, retry_after=0.5, chance=0.0) == 4.0
    assert backoff.pause(3) is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), (" 7 ", 7.0), (None, None), ("", None), ("soon", None), ("-1", None),
     ("Fri, 15 Jan 2027 08:01:00 GMT", 60.0), ("Fri, 15 Jan 2027 07:00:00 GMT", 0.0)],
)  # fmt: skip
def test_the_retry_after_header(header: Any, seconds: Any) -> None:
    assert retry_after_seconds(header, NOW) == seconds

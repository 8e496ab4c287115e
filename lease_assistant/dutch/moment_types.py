"""What reading moments results in, and the pieces a moment is put together from."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from lease_assistant.dutch.numbers import Number, find_numbers

Direction = Literal["past", "future"]
PARTS = {"ochtend": "ochtend", "morgen": "ochtend", "voormiddag": "ochtend", "middag": "middag", "namiddag": "middag",
         "avond": "avond", "nacht": "nacht", "vroeg": "ochtend"}  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """A date with what is known of the time.

    ``part`` is the part of the day when no clock time is known. ``ambiguous`` tells that the clock hour could be
    before or after noon; ``time`` then holds the reading in the daytime.
    """

    date: dt.date
    time: dt.time | None
    part: str | None
    ambiguous: bool
    start: int
    end: int


@dataclass(frozen=True)
class DateItem:
    """A day that was mentioned; without a date it is impossible or too vague, and hides the times beside it."""

    start: int
    end: int
    date: dt.date | None
    kind: str
    time: dt.time | None = None
    part: str | None = None
    weekday: int | None = None


@dataclass(frozen=True)
class ClockItem:
    """A clock time as said; ``twelve`` tells that it does not show whether it is before or after noon.

    ``digits`` marks a time such as "8:05", which is rather before noon as it stands.
    """

    start: int
    end: int
    hour: int
    minute: int
    twelve: bool
    digits: bool = False


@dataclass(frozen=True)
class PartItem:
    """A part of the day that stands by itself: "in de ochtend", "'s avonds"."""

    start: int
    end: int
    part: str


@dataclass
class Reading:
    """A text while it is being read: what was understood is blanked out so that nothing is read twice."""

    text: str
    now: dt.datetime
    direction: Direction

    @property
    def today(self) -> dt.date:
        """The date on which the text was written."""
        return self.now.date()

    def take(self, start: int, end: int) -> None:
        """Blanks a stretch that has been understood."""
        self.text = self.text[:start] + "\x00" * (end - start) + self.text[end:]

    def take_all(
        self, pattern: "re.Pattern[str]", make: "Callable[[re.Match[str]], DateItem | None]"
    ) -> list[DateItem]:
        """Reads every match of a pattern into a day, blanking those that gave one."""
        found = []
        for match in pattern.finditer(self.text):
            item = make(match)
            if item is not None:
                self.take(item.start, item.end)
                found.append(item)
        return found


class Numbered:
    """Text in which whole numbers are # signs and ordinals @ signs, with their values at hand."""

    def __init__(self, text: str, *, fractions: bool = False) -> None:
        self.values: dict[int, Number] = {}
        for number in find_numbers(text):
            if fractions or not re.search("half|halve|kwart", text[number.start : number.end]):
                self.values[number.start] = number
                sign = "@" if number.ordinal else "#"
                text = text[: number.start] + sign * (number.end - number.start) + text[number.end :]
        self.text = text

    def whole(self, position: int) -> int | None:
        """The whole number that starts at a position."""
        number = self.values.get(position)
        if number is None or number.value != int(number.value) or abs(number.value) > 10**6:
            return None
        return int(number.value)

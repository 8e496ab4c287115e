"""Words that place a date in a year or before or after today: "vorig jaar", "afgelopen", "a.s."."""

import re

from lease_assistant.dutch.moment_types import Direction, Reading

YEAR_WORDS = {
    "vorig": -1,
    "verleden": -1,
    "afgelopen": -1,
    "dit": 0,
    "deze": 0,
    "volgend": 1,
    "komend": 1,
    "komende": 1,
}
YEAR_SAID = r"(?P<said>vorig|verleden|afgelopen|dit|volgend|komende?) +jaar"
BEFORE_SAID = re.compile(rf"{YEAR_SAID} *(?:,|op|in|was|het|de|rond|met|nog| )* *$")
_BEFORE_MONTH = re.compile(
    r"\b(?P<q>afgelopen|vorige|verleden|komende|aanstaande|volgende|laatste)(?: jaar)?,? +(?:op +|in +|de +)*$"
)
_AFTER_DAY = re.compile(r",? *(?P<q>jl\b|j\.l\.?|jongstleden|laatstleden|ll\b|a\.s\.?|as\b|aanstaande|komende?\b)")
_FUTURE = {"komende", "komend", "aanstaande", "volgende", "as", "a.s", "a.s."}


def direction_said(reading: Reading, start: int, end: int) -> Direction:
    """The direction in time, as far as words like "afgelopen" or "a.s." do not say otherwise."""
    said = _BEFORE_MONTH.search(reading.text[:start]) or _AFTER_DAY.match(reading.text[end:])
    if said:
        return "future" if said["q"].rstrip(".") in {word.rstrip(".") for word in _FUTURE} else "past"
    return reading.direction

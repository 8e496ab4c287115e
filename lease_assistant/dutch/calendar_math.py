"""Counting in months and years."""

import calendar
from datetime import date

from lease_assistant.dutch.moment_types import Direction


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or nothing when it does not exist."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date | None:
    """The same day some months later, or the last day of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9998:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_of_month(day: date) -> date:
    """The last day of the month of a date."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def nearest_year(today: date, month: int, day: int, direction: Direction) -> date | None:
    """A day and month without a year: the latest that is not in the future, or the next that is not in the past."""
    years = range(today.year, today.year - 9, -1) if direction == "past" else range(today.year, today.year + 9)
    dates = [found for year in years if (found := safe_date(year, month, day))]
    return next((d for d in dates if (d <= today if direction == "past" else d >= today)), None)


def full_year(written: int) -> int:
    """A year of two digits in full: 26 is 2026, 98 is 1998."""
    return 2000 + written if written < 70 else 1900 + written if written < 100 else written

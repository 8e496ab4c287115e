"""Amounts, dates and counts as Dutch customers read them."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
COUNTS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")


def euro(amount: Decimal) -> str:
    """An amount in euros, rounded half up to cents like the rules do: ``€ 1.800,00``."""
    grouped = f"{amount.quantize(Decimal('0.01'), ROUND_HALF_UP):,}"
    return "€ " + grouped.translate(str.maketrans(",.", ".,"))


def euro_short(amount: Decimal) -> str:
    """An amount in euros, without cents where it has none: ``€ 135`` but ``€ 2,50``."""
    return euro(amount).removesuffix(",00")


def percent(value: Decimal) -> str:
    """A percentage: ``35%`` or ``6,5%``."""
    return f"{value.normalize():f}%".replace(".", ",")


def long_date(day: date) -> str:
    """A date in words: ``1 maart 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_moment(moment: datetime) -> str:
    """A moment in words: ``zondag 1 maart 2026 om 14.30 uur``."""
    weekday = WEEKDAYS[moment.weekday()]
    return f"{weekday} {long_date(moment.date())} om {moment:%H.%M} uur"


def months(count: int) -> str:
    """A number of months: ``1 maand``, ``24 maanden``."""
    return "1 maand" if count == 1 else f"{count} maanden"


def in_words(count: int) -> str:
    """A small count as a word (``twee``), a larger one in figures."""
    return COUNTS[count] if 0 <= count < len(COUNTS) else str(count)


def join_words(words: list[str]) -> str:
    """A list as a sentence part: ``a, b en c``."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " en " + words[-1]

"""Names of months, weekdays and days that people use instead of a date."""

import re
from datetime import date, timedelta
from functools import lru_cache

from lease_assistant.dutch.text import within_one

_MONTHS = {
    1: "januari jan januarie janauri jannuari januar", 2: "februari feb febr februarie febuari febrauri feburari",
    3: "maart mrt mart maaart", 4: "april apr aprl appril", 5: "mei mey", 6: "juni jun junie juny",
    7: "juli jul julie july", 8: "augustus aug agustus augusts augustes august", 9: "september sep sept setember",
    10: "oktober okt october oct octo okober", 11: "november nov", 12: "december dec desember decemer",
}  # fmt: skip
_WEEKDAYS = {
    0: "maandag ma maadag mandag maandg", 1: "dinsdag di dindsag dinsdg disndag dinsag dinstag dinsdach",
    2: "woensdag wo woensdg woesndag woendag woendsag", 3: "donderdag do donderdg donerdag donderag dondedag",
    4: "vrijdag vr vrydag vijdag vridag vrijdg vrijag", 5: "zaterdag za zaterdg zatrdag", 6: "zondag zo zondg sondag",
}  # fmt: skip
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
WEEKDAYS = {name: number for number, names in _WEEKDAYS.items() for name in names.split()}
# Too short to be a weekday by themselves ("do" and "za" are, "zo" and "ma" are ordinary words).
SHORT_WEEKDAYS = {"ma", "di", "wo", "do", "vr", "za", "zo"}
_FULL_MONTHS = ("januari", "februari", "maart", "april", "augustus", "september", "oktober", "november", "december")
_FULL_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_OTHER_WORDS = {"maar", "maars", "maarten", "waart", "vaart", "taart", "kaart", "baart", "paart", "haart", "maat",
                "maarts", "condag", "mandaag", "staart", "maarn", "maant"}  # fmt: skip


@lru_cache(maxsize=16384)
def month_of(word: str) -> int | None:
    """The number of a month written in full, abbreviated or with a typing error."""
    if word in MONTHS:
        return MONTHS[word]
    if len(word) < 5 or word in _OTHER_WORDS:
        return None
    near = [name for name in _FULL_MONTHS if within_one(word, name)]
    return MONTHS[near[0]] if len(near) == 1 else None


@lru_cache(maxsize=16384)
def weekday_of(word: str) -> int | None:
    """The weekday (Monday is 0) written in full or with a typing error; abbreviations only as they stand."""
    if word in WEEKDAYS:
        return WEEKDAYS[word]
    if len(word) < 5 or word in _OTHER_WORDS:
        return None
    near = [name for name in _FULL_WEEKDAYS if within_one(word, name)]
    return WEEKDAYS[near[0]] if len(near) == 1 else None


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _kings_day(year: int) -> date:
    day = date(year, 4, 27)
    return day - timedelta(days=1) if day.weekday() == 6 else day


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


_FIXED = {
    r"nieuwjaars?(?:dag|nacht|ochtend|morgen)?": (1, 1), r"drie ?koningen": (1, 6), r"valentijn(?:sdag)?": (2, 14),
    r"dodenherdenking": (5, 4), r"bevrijdingsdag": (5, 5), r"dierendag": (10, 4), r"halloween": (10, 31),
    r"sint[- ]?maarten": (11, 11), r"sinterklaas(?:avond|dag)?|pakjesavond|sint[- ]?nicolaas": (12, 5),
    r"kerst ?avond": (12, 24), r"(?:tweede|2e|2de) kerst ?dag": (12, 26),
    r"(?:(?:eerste|1e|1ste) )?kerst ?dag|kerst(?:mis)?": (12, 25),
    r"oud ?(?:ejaar|jaar|e ?jaar)s?(?:dag|avond|nacht|middag|ochtend)?|oud (?:en|&) nieuw": (12, 31),
}  # fmt: skip
_FROM_EASTER = {
    r"goede vrijdag": -2, r"(?:tweede|2e|2de) paas ?dag|paasmaandag": 1,
    r"(?:(?:eerste|1e|1ste) )?paas ?dag|paaszondag|pasen|paasweekend": 0, r"hemelvaart(?:s ?dag)?": 39,
    r"(?:tweede|2e|2de) pinkster ?dag|pinkstermaandag": 50,
    r"(?:(?:eerste|1e|1ste) )?pinkster ?dag|pinksterzondag|pinksteren": 49,
}  # fmt: skip
_COMPUTED = {r"konings?dag": 0, r"moederdag": 1, r"vaderdag": 2, r"prinsjesdag": 3, r"koningsnacht": 4}
HOLIDAY = re.compile(rf"\b(?:{'|'.join([*_FIXED, *_FROM_EASTER, *_COMPUTED])})\b")


def holiday(name: str, year: int) -> date | None:
    """The date of a named day in a year."""
    for pattern, (month, day) in _FIXED.items():
        if re.fullmatch(pattern, name):
            return date(year, month, day)
    for pattern, days in _FROM_EASTER.items():
        if re.fullmatch(pattern, name):
            return easter(year) + timedelta(days=days)
    for pattern, which in _COMPUTED.items():
        if re.fullmatch(pattern, name):
            mother, father = _nth_weekday(year, 5, 6, 2), _nth_weekday(year, 6, 6, 3)
            kings = _kings_day(year)
            return (kings, mother, father, _nth_weekday(year, 9, 1, 3), kings - timedelta(days=1))[which]
    return None

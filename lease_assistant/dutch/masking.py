"""Stretches of a message that look like numbers but are something else: plates, phones, dates, clock times."""

import re

from lease_assistant.dutch.calendar_words import month_of
from lease_assistant.dutch.text import blank

_CONSONANTS = "[bdfghjklmnprstvwxyz]"
_PLATE_FORMS = ("LL-99-99", "99-99-LL", "99-LL-99", "LL-99-LL", "LL-LL-99", "99-LL-LL", "99-LLL-9", "9-LLL-99",
                "LL-999-L", "L-999-LL", "LLL-99-L", "L-99-LLL")  # fmt: skip


def _plate(form: str) -> str:
    dashed = form.replace("L", "[a-z]").replace("9", "[0-9]")
    # Without dashes ordinary words come close ("is 500 k"); plates of the last decades have no vowels.
    loose = form.replace("L", _CONSONANTS).replace("9", "[0-9]")
    return f"{dashed}|{loose.replace('-', ' ')}|{loose.replace('-', '')}"


_PLATE = rf"(?<![a-z0-9])(?:{'|'.join(_plate(form) for form in _PLATE_FORMS)})(?![a-z0-9]| ?(?:km|euro?|maand))"
_CODES = re.compile(
    r"[\w.+-]+@[\w.-]+|https?://\S+|www\.\S+"
    r"|\b[a-z]{2}[0-9]{2} ?[a-z]{4} ?[0-9]{4} ?[0-9]{4} ?[0-9]{2}\b"  # IBAN
    r"|(?<![0-9a-z])(?:\+|00)[1-9][0-9]{1,2}[ -]?(?:\(0\) ?)?[0-9](?:[ -]?[0-9]){7,9}(?![0-9])"  # +31 6 12345678
    r"|(?<![0-9a-z.,-])(?![0-9]{1,2}(?P<d>[-/.])[0-9]{1,2}(?P=d)(?:[0-9]{4}|[0-9]{2}(?!(?:[ -]?[0-9]{2}){2}))(?![0-9]))"
    r"0[1-9](?:[ -]?[0-9]){7,8}(?![0-9])"  # 06-12345678, 020 1234567
    r"|\b0[89]00[ -]?[0-9]{4,7}\b"
    rf"|{_PLATE}"
    r"|(?<![0-9a-z.,€ ])[1-9][0-9]{3} ?[a-z]{2}(?= +[a-z]+(?:dam|haag|stad)\b)"  # postcode before a town
    r"|(?<![0-9a-z.,])[0-9]{9,}(?![0-9])"
)
_NUMERIC_DATE = re.compile(
    r"(?<![0-9a-z.,/-])(?:[0-9]{1,2}(?P<a>[-/.]| - )[0-9]{1,2}(?P=a)(?:[0-9]{4}|'?[0-9]{2})"
    r"|[0-9]{4}(?P<b>[-/.])[0-9]{1,2}(?P=b)[0-9]{1,2})(?![0-9])"
)
_DAY_MONTH = re.compile(
    r"(?<![0-9a-z.,])(?:[0-9]{1,2}(?:e|de|ste)?(?: van)?|[a-z]+) ?-? ?(?P<month>[a-z]+)\b\.?"
    r"(?P<year>(?:[ -]+(?:van )?|,)(?:19|20)[0-9]{2}(?![0-9.,]| ?(?:euro?\b|€))|[ -]+'[0-9]{2}\b)?"
)
_YEAR = re.compile(
    r"\b(?:(?:in|sinds|uit|bouwjaar|modeljaar|jaar|eind|begin|medio|half|zomer|winter|voorjaar|najaar|"
    r"herfst|lente|kerst|koningsdag|pasen|t/m)(?: van)? (?=19[5-9]|20[0-4])|(?:van|vanaf|tot) (?=201[5-9]|202|203))"
    r"(?P<year>[0-9]{4})\b(?! ?(?:euro?\b|€|,-|,=|per\b))"
)
_HOUR_WORD = r"(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|[0-9]{1,2})"
_MINUTE_WORD = r"(?:een|vijf|tien|kwart|twintig|twee|drie|vier|[0-9]{1,2})"
_CLOCK = re.compile(
    rf"\b(?:{_MINUTE_WORD} +(?:minuten +)?(?:voor|over|na) +(?:half +)?{_HOUR_WORD}\b"
    r"|[0-2]?[0-9][:h][0-5][0-9]\b|[0-2]?[0-9]u[0-5][0-9]\b|[0-2]?[0-9] ?[uh]\b(?! ?[0-9]{3})"
    r"|(?:om|rond|omstreeks) [0-2]?[0-9][.:][0-5][0-9]\b(?! ?(?:euro?\b|€|per\b))"
    rf"|[0-2]?[0-9][.:][0-5][0-9] ?(?:uur|u)\b|{_HOUR_WORD} ?(?:uur|uurtjes?|u)\b"
    rf"|half {_HOUR_WORD}\b(?! ?(?:duizend|honderd|jaar)))"
)


def code_spans(folded: str) -> list[tuple[int, int]]:
    """Number plates, phone and account numbers, addresses of mail and web."""
    return [match.span() for match in _CODES.finditer(folded)]


def calendar_spans(folded: str) -> list[tuple[int, int]]:
    """Written dates, years and clock times, as far as they cannot be anything else."""
    spans = [match.span() for pattern in (_NUMERIC_DATE, _CLOCK) for match in pattern.finditer(folded)]
    spans += [match.span("year") for match in _YEAR.finditer(folded)]
    return spans + _day_month_spans(folded)


def _day_month_spans(folded: str) -> list[tuple[int, int]]:
    spans = []
    position = 0
    while match := _DAY_MONTH.search(folded, position):
        if month_of(match["month"]) is not None:
            spans.append(match.span())
            position = match.end()
        else:
            position = match.start() + 1
    return spans


def mask_codes(folded: str) -> str:
    """Folded text with codes made unreadable."""
    return blank(folded, code_spans(folded))


def mask_all(folded: str) -> str:
    """Folded text in which codes, dates and clock times are made unreadable."""
    masked = mask_codes(folded)
    return blank(masked, calendar_spans(masked))

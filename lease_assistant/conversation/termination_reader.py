"""What a message says about a lease that is to end early: instalments, terms, months used and dates.

A number is told from another by the words around it in its clause: "voor 24 maanden was het 475 euro" is a
comparison, "looptijd 48 maanden" a term, "tegen de 25e maand" the months used.
"""

import re
from collections.abc import Iterator
from typing import Any, Literal

from lease_assistant.conversation.flow import UNKNOWN, Context, Problem, Reading, Slots
from lease_assistant.conversation.reading import around, clause, money, overlaps
from lease_assistant.dutch.answers import is_dont_know
from lease_assistant.dutch.durations import Duration, find_durations
from lease_assistant.dutch.moments import Moment, find_moments
from lease_assistant.dutch.money import Amount, find_amounts

COMPARISON = re.compile(
    r"\b(was het|waren? het|zou(den)?|had(den)? ik|korter\w*|vergelijk\w*|in plaats van|geweest|anders|kostte)\b"
    r"|\b(bij|voor) (een )?(lease|contract|looptijd|periode)? ?(van )?\d+ ?(maanden|mnd|jaar) (was|is|kost)"
    r"|\b(was|is|kost\w*) (het |dan )*[€\d.,]+( euro)? (bij|voor) (een )?(lease|contract|looptijd|periode)? ?(van )?\d+"
)
# "de looptijd was 48": months, though nobody says so.
BARE_TERM = re.compile(
    r"\b(?:looptijd|contractduur)\b(?: (?:van|is|was|wordt|nu|trouwens|toch|echter|eigenlijk|:))* \d{2,3}\b"
    r"(?![.,]\d|[-/:]|\s*(?:euro|%|maand|mnd|jaar|jr))",
    re.IGNORECASE,
)
BARE_USED = re.compile(
    r"\bna (?:maand )?\d{2,3}\b(?![.,]\d|[-/:]|\s*(?:euro|%|maand|mnd|jaar|jr|week|dag|uur))"
    r"(?!\s*(?:jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec))",
    re.IGNORECASE,
)
TERM = re.compile(r"looptijd|contract|lease(periode|contract|n)?\b|afgesproken|afgesloten|duur|totaal|getekend|loopt")
USED = re.compile(
    r"stop|opzeg|zeg\b.*\bop\b|beeindig|beëindig|eindig|gebruikt|gereden|\brijd?\b|\bbezig\b|\bal\b|geleden|\bna\b"
    r"|eruit|er ?af\b|sinds|\bwil\b"
)
REMAINING = re.compile(r"\bnog\b|te gaan|rester|\bover\b(?! \d)")
START = re.compile(
    r"sinds|vanaf|begon|ingegaan|gestart|start|ingang|ophaald|opgehaald|kreeg|gekregen|geleverd|van start|loopt"
)
END = re.compile(r"\bper\b|stop|opzeg|beeindig|beëindig|eind|\btegen\b|\bop\b|inlever|eruit|\btot\b")

PER_MONTH = re.compile(r"\s*(p\.?\s?/?\s?m\b|per (maand|mnd)|/ ?m(nd|aand)?\b|in de maand)", re.IGNORECASE)
PAYS_AFTER = re.compile(r"\s*(euro )?(zou |had )?betaal", re.IGNORECASE)
PAYS = re.compile(
    r"(betaal|termijnbedrag|maandbedrag|leasebedrag|termijn|kost(en)? (me|mij))( (nu|is|van|:|ik|elke maand))* *$"
)

# Money that is no instalment of the lease.
OTHER_MONEY = re.compile(r"boete|winterband|verzeker|borg|aanbetal|schade|eigen risico|nieuwprijs|waarde|bekeuring")
# "nog 1,5 jaar te gaan van de 4 jaar": what follows "van de" is the whole term.
OF_TERM = re.compile(r"\bvan (de|mijn|mn|m'n|een|in totaal)? ?(totale? )?$")
# "stoppen als ik 400 euro betaal voor 48 maanden": what is paid for is the term.
FOR_TERM = re.compile(r"\bvoor *$")
VAGUE = re.compile(r"\b(bijna|ruim|ongeveer|zo'n|circa|ca|pakweg|rond|rond de|meer dan|minder dan|een kleine) *$")
# "inleveren over 3 maanden" tells a day to come, not how long the car was used.
FROM_NOW = re.compile(r"\bover (ongeveer |zo'n |een |nog )?$")
# The end that was agreed is not the day on which the customer wants to stop.
AGREED_END = re.compile(r"(contract|lease|looptijd|loopt|gaat|duurt)\b.*\btot( en met)? *$")
WITHIN_YEAR = re.compile(r"\b(in|halverwege|midden in) (het|mijn|ons|mn|m'n)? *$", re.IGNORECASE)
SHORTEST_TERM_MONTHS = 12
NO_COMPARISON = re.compile(r"^\W*(nee|neen|nvt|n\.v\.t|overslaan|sla over|niet bekend)\b", re.IGNORECASE)

PAYMENTS = ("monthly_payment", "comparison_payment")
DURATIONS = ("lease_term_months", "elapsed_months")
DATES = ("contract_start_date", "termination_date")
UNKNOWN_PROBLEMS = {
    "monthly_payment": "payment_unknown",
    "lease_term_months": "term_unknown",
    "elapsed_months": "elapsed_unknown",
    "contract_start_date": "elapsed_unknown",
    "termination_date": "elapsed_unknown",
}
# Above this, a bare number is taken for months; a smaller one may be years.
CERTAINLY_MONTHS = {"lease_term_months": 11, "elapsed_months": 5}


def read_lease(text: str, asked: str | None, slots: Slots, context: Context) -> Reading:
    """New values for the slots of the termination flow; durations in months, money as ``"400.00"``."""
    if asked and is_dont_know(text):
        if asked == "comparison_payment":
            return Reading({asked: UNKNOWN})
        return Reading({}, Problem(UNKNOWN_PROBLEMS[asked], (asked,)))
    text = BARE_USED.sub(r"\g<0> maanden", BARE_TERM.sub(r"\g<0> maanden", text))
    amounts = _amounts(text, asked)
    moments = _moments(text, asked, context)
    # "over 3 maanden" and "2 jaar geleden" are days, not lengths of the lease.
    durations = tuple(d for d in find_durations(text, bare=asked in DURATIONS) if not overlaps(d, moments))
    if problem := _unclear(asked, amounts, durations):
        return Reading({}, problem)
    values = dict(_amount_values(text, asked, amounts, durations))
    term_known = slots.get("lease_term_months") is not None
    values.update(_duration_values(text, asked, amounts, durations, term_known=term_known))
    values.update(_date_values(text, asked, moments))
    if asked == "comparison_payment" and not values and NO_COMPARISON.search(text):
        values[asked] = UNKNOWN
    if asked == "elapsed_months" and durations and not values:
        return Reading({}, Problem(UNKNOWN_PROBLEMS[asked], (asked,)))
    return Reading(values, _several_payments(asked, values, amounts))


def _amounts(text: str, asked: str | None) -> tuple[Amount, ...]:
    """Amounts with a euro sign, after the words for paying, or with "per maand"; any number if one was asked for."""
    found = find_amounts(text, bare=True)
    if asked in PAYMENTS:
        return found
    return tuple(
        amount for amount in found if amount.marked or _is_paid(text[: amount.start].lower(), text[amount.end :])
    )


def _is_paid(before: str, after: str) -> bool:
    return bool(PER_MONTH.match(after) or PAYS_AFTER.match(after) or PAYS.search(before))


def _unclear(asked: str | None, amounts: tuple[Amount, ...], durations: tuple[Duration, ...]) -> Problem | None:
    if asked in PAYMENTS and amounts and not any(amount.exact is not None for amount in amounts):
        return Problem("comparison_range" if asked == "comparison_payment" else "payment_range", (asked,))
    unmarked = durations[0].months if len(durations) == 1 and not durations[0].marked else None
    if asked in CERTAINLY_MONTHS and unmarked is not None and 0 < unmarked <= CERTAINLY_MONTHS[asked]:
        prefix = "elapsed_" if asked == "elapsed_months" else ""
        return Problem(f"{prefix}months_or_years", (asked,))
    return None


def _amount_values(
    text: str, asked: str | None, amounts: tuple[Amount, ...], durations: tuple[Duration, ...]
) -> Iterator[tuple[str, Any]]:
    exact = [amount for amount in amounts if amount.exact is not None]
    placed = [(_payment_slot(clause(text, a, (*amounts, *durations)), asked, len(exact)), a) for a in exact]
    for slot in PAYMENTS:
        said = [amount for name, amount in placed if name == slot and not _is_other_money(text, amount, amounts)]
        # Two different amounts for one slot: better to ask than to choose.
        if len({amount.low for amount in said}) == 1:
            yield slot, money(said[0].low)
            if said[0].approximate:
                yield "payment_approximate", True


def _is_other_money(text: str, amount: Amount, amounts: tuple[Amount, ...]) -> bool:
    before, after = around(text, amount, amounts)
    return bool(OTHER_MONEY.search(before) or OTHER_MONEY.search(after))


def _several_payments(asked: str | None, values: Slots, amounts: tuple[Amount, ...]) -> Problem | None:
    if asked not in PAYMENTS or values or len(amounts) < 2:
        return None
    return Problem("comparison_range" if asked == "comparison_payment" else "payment_range", (asked,))


def _payment_slot(words: str, asked: str | None, count: int) -> str:
    if COMPARISON.search(words):
        return "comparison_payment"
    # A single amount in answer to a question about an amount is that answer.
    if asked in PAYMENTS and count == 1:
        return asked
    return "monthly_payment"


def _duration_values(
    text: str, asked: str | None, amounts: tuple[Amount, ...], durations: tuple[Duration, ...], *, term_known: bool
) -> Iterator[tuple[str, Any]]:
    for duration in durations:
        words = clause(text, duration, (*amounts, *durations))
        if FROM_NOW.search(around(text, duration, durations)[0]) or _within_year(text, duration):
            continue
        if _is_term_of(text, duration, durations):
            yield "lease_term_months", duration.months
        elif COMPARISON.search(words):
            yield "comparison_months", duration.months
        elif REMAINING.search(words) and not duration.reached and asked != "lease_term_months":
            yield "remaining_months", duration.months
        else:
            before, _ = around(text, duration, durations)
            slot = _duration_slot(words, before, duration, asked, len(durations))
            if slot is None and not term_known and duration.months >= SHORTEST_TERM_MONTHS:
                # Without a word to tell, the first is the term that was agreed, and a later one the months used.
                slot, term_known = "lease_term_months", True
            slot = slot or "elapsed_months"
            # "Bijna 3 jaar" is not 36 months: the months used have to be exact.
            if slot != "elapsed_months" or not VAGUE.search(before):
                yield slot, duration.months


def _within_year(text: str, duration: Duration) -> bool:
    """Whether only a year that has begun is named: "ik zit in het 2e jaar" tells no months."""
    return duration.reached and bool(WITHIN_YEAR.search(text[: duration.start])) and "jaar" in text[duration.start :]


def _duration_slot(words: str, before: str, duration: Duration, asked: str | None, count: int) -> str | None:
    """What the words around a duration say it is; None if they do not."""
    if duration.reached:
        return "elapsed_months"
    if asked in DURATIONS and count == 1:
        return asked
    if TERM.search(words) or FOR_TERM.search(before):
        return "lease_term_months"
    if USED.search(words):
        return "elapsed_months"
    return None


def _is_term_of(text: str, duration: Duration, durations: tuple[Duration, ...]) -> bool:
    """Whether this is the whole that an earlier length is a part of."""
    before, _ = around(text, duration, durations)
    return duration is not durations[0] and bool(OF_TERM.search(before))


def _moments(text: str, asked: str | None, context: Context) -> tuple[Moment, ...]:
    direction: Literal["past", "future"] = "past" if asked == "contract_start_date" else "future"
    found = find_moments(text, now=context.now, direction=direction)
    return tuple(m for m in found if _is_explicit(m, text) or asked in DATES or asked == "elapsed_months")


def _date_values(text: str, asked: str | None, moments: tuple[Moment, ...]) -> Iterator[tuple[str, Any]]:
    for moment in moments:
        before, after = around(text, moment, moments)
        if not AGREED_END.search(before):
            words = before if START.search(before) or END.search(before) else f"{before} {after}"
            yield _date_slot(words, asked), moment.date.isoformat()


def _is_explicit(moment: Moment, text: str) -> bool:
    """Whether a date was written with a year or a month; "vandaag" in a story is no date of the lease."""
    return bool(re.search(r"\d", text[moment.start : moment.end]))


def _date_slot(words: str, asked: str | None) -> str:
    if START.search(words):
        return "contract_start_date"
    if asked in DATES and not END.search(words):
        return asked
    return "termination_date"

"""What a message says about the deductible: its amount, the claims of a year, the cost, and who pays."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from lease_assistant.conversation.flow import UNKNOWN, Context, Problem, Reading
from lease_assistant.conversation.reading import around, clause, money, overlaps
from lease_assistant.dutch.answers import is_dont_know, parse_yes_no
from lease_assistant.dutch.durations import find_durations
from lease_assistant.dutch.money import Amount, find_amounts
from lease_assistant.dutch.numbers import find_numbers, words_to_number
from lease_assistant.dutch.text import fold
from lease_assistant.terms import Edition

CURRENT = re.compile(r"eigen ?ri[sz]i[ck]o|eigen bijdrage|\ber\b (is|van)|risico")
NAMED = {"deductible_current": CURRENT, "deductible_cost": re.compile(r"schade\b|\bkost|rekening|factuur|reparatie")}
COST_IS = re.compile(
    r"(?:schade|kosten|rekening|factuur|reparatie)(?: (?:was|is|waren|zijn|kostte|toch|maar|eigenlijk|pas))+ *$"
)
CLAIMS = re.compile(
    r"(?:(?P<ordinal>\d+)(?:e|de|ste)|(?P<count>\d+)|(?P<word>[a-z]+))(?: keer| x)?"
    r"(?: (?:kleine|grote|eerdere|losse|autos?|verschillende|gemelde))* ?"
    r"(?:schades?|schadegevallen|claims?|schademelding(?:en)?|keer schade|ongelukken|aanrijdingen)"
)
# "het is al de vierde dit jaar", "het was pas de tweede".
NTH = re.compile(
    r"\b(?:is|was|wordt|werd)(?: (?:al|nu|pas|toch|dit|dus))* (?:de|mijn|m'n|mn) "
    r"(?:(?P<ordinal>\d+)(?:e|de|ste)|(?P<word>eerste|\w+de))"
    r"(?= (?:van )?dit jaar| binnen | in (?:een|1|12|twaalf) |\W*$)"
)
ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6}
NOT_RECOVERABLE = re.compile(
    r"niet (te )?verha|niet op (iemand|een ander)|geen (tegenpartij|ander)|eigen schuld|zelf (gedaan|veroorzaakt)"
    r"|niemand anders|onbekende|dader (is )?(onbekend|niet)|doorgereden|mijn (eigen )?schuld"
    r"|(betaalt|erkent|wil) (het |dat |de schade )?niet|(weet|idee) (niet )?wie"
)
RECOVERABLE = re.compile(
    r"\bverha|ander(e partij)? (betaalt|is schuldig|erkent)|tegenpartij (betaalt|erkent|is)|schuld van de ander"
)
GLASS = re.compile(r"\b(voor|achter|zij|auto|dak)?-?ruit|sterretje|\bster\b|glasschade|autoglas")
PAIR = re.compile(r"\bpaar\b|aantal")
FEWER = re.compile(r"minder dan|onder de")
MORE = re.compile(r"meer dan|boven")


def read_claim(text: str, asked: str | None, context: Context) -> Reading:
    """New values for the slots of the deductible flow, or why the answer cannot be used."""
    lowered = fold(text)
    if asked and is_dont_know(text) and not (asked == "deductible_recoverable" and NOT_RECOVERABLE.search(lowered)):
        return _unknown(asked)
    values: dict[str, Any] = dict(_amounts(lowered, asked))
    claims = _claims(lowered, asked, context.edition)
    if claims is not None:
        values["deductible_claims_in_year"] = claims
    recoverable = _recoverable(lowered, asked)
    if recoverable is not None:
        values["deductible_recoverable"] = recoverable
    # A window among the claims of a year does not make this claim one.
    if GLASS.search(lowered) and asked != "deductible_claims_in_year":
        values["deductible_glass"] = True
    if asked == "deductible_claims_in_year" and not values:
        return Reading({}, Problem("claims_unclear", (asked,)) if find_numbers(lowered) else None)
    return Reading(values)


def _unknown(asked: str) -> Reading:
    if asked == "deductible_recoverable":
        return Reading({asked: UNKNOWN})
    problems = {"deductible_current": "current_unknown", "deductible_cost": "cost_unknown"}
    return Reading({}, Problem(problems.get(asked, "claims_unknown"), (asked,)))


def _amounts(text: str, asked: str | None) -> Iterator[tuple[str, Any]]:
    # A bare number counts in a clause about the deductible, or in answer to a question for an amount.
    found = find_amounts(text, bare=True)
    wanted = asked in ("deductible_current", "deductible_cost")
    amounts = [
        a
        for a in found
        if a.marked or wanted or CURRENT.search(clause(text, a, found)) or COST_IS.search(text[: a.start])
    ]
    placed = [(_amount_slot(*around(text, amount, amounts), asked, len(amounts)), amount) for amount in amounts]
    costs = [amount for slot, amount in placed if slot == "deductible_cost"]
    # Two costs in one message: better to ask than to choose.
    if len(costs) == 1:
        yield "deductible_cost", _range(costs[0])
    currents = {amount.low for slot, amount in placed if slot == "deductible_current" and amount.exact is not None}
    if len(currents) == 1:
        yield "deductible_current", money(currents.pop())


def _amount_slot(before: str, after: str, asked: str | None, count: int) -> str:
    if asked in ("deductible_current", "deductible_cost") and count == 1:
        return asked
    named = [(match.start(), slot) for slot, words in NAMED.items() for match in words.finditer(before)]
    if named:
        return max(named)[1]
    return "deductible_current" if CURRENT.match(after.strip()) else "deductible_cost"


def _range(amount: Amount) -> dict[str, Any]:
    # "meer dan 450" excludes 450 itself: a cent more is the lowest it can be.
    low = amount.low + Decimal("0.01") if amount.exclusive and amount.high is None else amount.low
    return {"low": money(low), "high": None if amount.high is None else money(amount.high)}


def _claims(text: str, asked: str | None, edition: Edition) -> int | None:
    # A count over a longer period than the terms use ("3 in 2 jaar") decides nothing.
    period = edition.whole("deductible.period_months")
    durations = find_durations(text)
    if any(duration.months > period for duration in durations):
        return None
    counts = _counts(CLAIMS, text) or _counts(NTH, text)
    if len(counts) == 1:
        match, count = counts[0]
        return count + _shift(text[: match.start()])
    if asked != "deductible_claims_in_year":
        return None
    numbers = [number for number in find_numbers(text) if not overlaps(number, durations)]
    # Two numbers, a half or "een paar" is no count to decide on.
    if len(numbers) != 1 or numbers[0].value % 1 or PAIR.search(text) or text[: numbers[0].start].endswith("-"):
        return None
    return int(numbers[0].value) + _shift(text)


def _shift(before: str) -> int:
    """One more or less is enough to decide: "meer dan 3"."""
    return bool(MORE.search(before)) - bool(FEWER.search(before))


def _counts(said: re.Pattern[str], text: str) -> list[tuple[re.Match[str], int]]:
    return [(match, count) for match in said.finditer(text) if (count := _counted(match)) is not None]


def _counted(match: re.Match[str]) -> int | None:
    said = match.groupdict()
    if figure := said["ordinal"] or said.get("count"):
        return int(figure)
    if said["word"] in ORDINALS:
        return ORDINALS[said["word"]]
    number = words_to_number(said["word"])
    return None if number is None else int(number)


def _recoverable(text: str, asked: str | None) -> bool | None:
    if NOT_RECOVERABLE.search(text):
        return False
    if asked == "deductible_recoverable" and (said := parse_yes_no(text)) is not None:
        return said
    return True if RECOVERABLE.search(text) else None

"""What messages say about the deductible, and when it is raised (AV 3.6)."""

from typing import Any

import pytest

from lease_assistant.conversation.deductible import DeductibleFlow
from lease_assistant.conversation.flow import UNKNOWN, Context

FLOW = DeductibleFlow()

FIRST_MESSAGES: list[tuple[str, dict[str, Any]]] = [
    ("derde schade dit jaar, gaat mijn eigen risico omhoog?", {"claims_in_year": 3, "current": None}),
    ("ik heb 450 eigen risico en 3 schades", {"current": "450.00", "claims_in_year": 3}),
    (
        "3e schade in een jaar met eigen risico van 135 euro, kosten 900 euro, niet te verhalen",
        {"current": "135.00", "claims_in_year": 3, "recoverable": False, "cost": {"low": "900.00", "high": "900.00"}},
    ),
    (
        "3 schades in 2025, schade 900 euro eigen risico 135",
        {"current": "135.00", "claims_in_year": 3, "cost": {"low": "900.00", "high": "900.00"}},
    ),
    ("de tegenpartij betaalt niet", {"recoverable": False}),
    ("vijf schadegevallen binnen een jaar, dader onbekend", {"claims_in_year": 5, "recoverable": False}),
    ("3 schades in 2 jaar", {"claims_in_year": None}),
    ("gaat het omhoog na deze schade, het is al de vierde dit jaar", {"claims_in_year": 4}),
    ("wacht het was pas de tweede", {"claims_in_year": 2}),
    ("de schade was maar 400", {"cost": {"low": "400.00", "high": "400.00"}, "current": None}),
    ("het was de tweede keer dat iemand anders betaalde", {"claims_in_year": None}),
    ("achteruit tegen een paaltje, de auto zag er niet uit", {"glass": None}),
    ("voorruit kapot, gaat mijn eigen risico omhoog", {"glass": True}),
    ("mijn vierde schade, eigen risico is nu 135 en de schade is 100 euro", {"claims_in_year": 4}),
    ("het kostte 300 euro en de lamp 200 euro", {"cost": None}),
]

ANSWERS: list[tuple[str, str, Any]] = [
    ("current", "€ 135,-", "135.00"),
    ("current", "honderdvijfendertig", "135.00"),
    ("claims_in_year", "de derde", 3),
    ("claims_in_year", "meer dan 3", 4),
    ("claims_in_year", "minder dan 3", 2),
    ("claims_in_year", "in 12 maanden 3", 3),
    ("recoverable", "nee de dader is onbekend", False),
    ("recoverable", "de ander betaalt", True),
    ("recoverable", "weet ik niet", UNKNOWN),
    ("cost", "meer dan 450", {"low": "450.01", "high": None}),
    ("cost", "1.250,50", {"low": "1250.50", "high": "1250.50"}),
]

PROBLEMS = [
    ("claims_in_year", "twee of drie", "claims_unclear"),
    ("claims_in_year", "een paar", "claims_unclear"),
    ("claims_in_year", "3 in 2 jaar", "claims_unclear"),
    ("claims_in_year", "-1", "claims_unclear"),
    ("claims_in_year", "1 glasschade en 2 deuken", "claims_unclear"),
    ("claims_in_year", "geen idee", "claims_unknown"),
    ("current", "weet ik niet", "current_unknown"),
    ("cost", "geen idee", "cost_unknown"),
]

IMPOSSIBLE = [
    ({"deductible_current": "200.00"}, "current_not_in_terms"),
    ({"deductible_claims_in_year": 0}, "claims_absurd"),
    ({"deductible_claims_in_year": 100}, "claims_absurd"),
    ({"deductible_cost": {"low": "-50.00", "high": "-50.00"}}, "cost_negative"),
    ({"deductible_current": "450.00", "deductible_cost": {"low": "300.00", "high": "600.00"}}, "cost_unclear"),
]


def history(current: str, claims: int, recoverable: object, cost: str) -> dict[str, Any]:
    return {
        "deductible_current": current,
        "deductible_claims_in_year": claims,
        "deductible_recoverable": recoverable,
        "deductible_cost": {"low": cost, "high": cost},
    }


@pytest.mark.parametrize(("message", "expected"), FIRST_MESSAGES, ids=[row[0] for row in FIRST_MESSAGES])
def test_first_message(message: str, expected: dict[str, Any], context: Context) -> None:
    values = FLOW.read(message, None, {}, context).values
    assert {slot: values.get(f"deductible_{slot}") for slot in expected} == expected


@pytest.mark.parametrize(("asked", "message", "expected"), ANSWERS)
def test_answer(asked: str, message: str, expected: object, context: Context) -> None:
    assert FLOW.read(message, f"deductible_{asked}", {}, context).values[f"deductible_{asked}"] == expected


@pytest.mark.parametrize(("asked", "message", "code"), PROBLEMS)
def test_answer_that_cannot_be_used(asked: str, message: str, code: str, context: Context) -> None:
    problem = FLOW.read(message, f"deductible_{asked}", {}, context).problem
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize(("slots", "code"), IMPOSSIBLE)
def test_impossible_figures_are_refused(slots: dict[str, Any], code: str, context: Context) -> None:
    problem = FLOW.check(slots, context)
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize(
    ("slots", "raised", "to"),
    [
        (history("135.00", 3, False, "135.01"), True, "450.00"),
        (history("135.00", 3, False, "135.00"), False, "135.00"),
        (history("450.00", 3, False, "800.00"), True, "1000.00"),
        (history("450.00", 2, False, "800.00"), False, "450.00"),
        (history("450.00", 3, True, "800.00"), False, "450.00"),
        (history("450.00", 3, UNKNOWN, "800.00"), None, "1000.00"),
        (history("1000.00", 5, False, "5000.00"), False, "1000.00"),
        ({"deductible_glass": True}, False, "135.00"),
    ],
)
def test_result(slots: dict[str, Any], raised: bool | None, to: str, context: Context) -> None:
    assert FLOW.next_slot(slots, context) is None
    payload = FLOW.result(slots, context).custom
    assert payload is not None
    assert (payload["raised"], payload["to_eur"]) == (raised, to)

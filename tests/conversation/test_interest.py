"""What messages say about a late payment, and the interest that follows."""

from typing import Any

import pytest

from lease_assistant.conversation.flow import Context
from lease_assistant.conversation.interest import InterestFlow

FLOW = InterestFlow()

FIRST_MESSAGES: list[tuple[str, tuple[str | None, str | None, str | None]]] = [
    (
        "bereken de rente over 400 euro, ik had op 1 maart 2025 moeten betalen en betaal vandaag",
        ("400.00", "2025-03-01", "2026-03-26"),
    ),
    ("400 euro twee maanden te laat", ("400.00", "2026-01-26", "2026-03-26")),
    ("€ 389,- vervaldatum 01-01-2025 betaald 01-07-2025", ("389.00", "2025-01-01", "2025-07-01")),
    (
        "incasso van 450 euro mislukt op 25 februari, ga het morgen overmaken",
        ("450.00", "2026-02-25", "2026-03-27"),
    ),
    (
        "hoeveel rente betaal ik over 1200 euro van 1 januari 2024 tot 1 januari 2026",
        ("1200.00", "2024-01-01", "2026-01-01"),
    ),
    ("betaald op 1 maart 2026, had 1 februari gemoeten, 400 euro", ("400.00", "2026-02-01", "2026-03-01")),
    ("400 euro per 1 januari 2025, betaald 1 april 2025", ("400.00", "2025-01-01", "2025-04-01")),
    ("factuur van 15 maart van 389 euro nog niet betaald", ("389.00", "2026-03-15", None)),
    # A month is no day.
    ("rente over 3 termijnen van 400 euro sinds januari", (None, None, None)),
    ("400 euro, vervaldatum in maart 2025, betaald op 1 mei 2025", ("400.00", None, "2025-05-01")),
    # Without a year, the first such day after the due date.
    ("400 euro, vervaldatum 1 maart 2025, betaald op 1 mei", ("400.00", "2025-03-01", "2025-05-01")),
    ("ik moest 400 euro betalen en kreeg 15 euro kosten", (None, None, None)),
]

PROBLEMS = [
    ("principal", "tussen 100 en 200", "principal_range"),
    ("principal", "3 termijnen van 400", "principal_several"),
    ("principal", "weet ik niet", "principal_unknown"),
    ("due_date", "31 februari", "date_unclear"),
    ("due_date", "ergens in januari", "date_unclear"),
    ("payment_date", "begin februari", "date_unclear"),
    ("due_date", "geen idee", "due_unknown"),
    ("payment_date", "weet ik niet", "paid_unknown"),
]

IMPOSSIBLE = [
    ({"principal": "0.00"}, "principal_not_positive"),
    ({"principal": "-20.00"}, "principal_not_positive"),
    ({"principal": "2000000.00"}, "principal_absurd"),
    ({"due_date": "2010-01-01"}, "before_first_rate"),
    ({"due_date": "2025-02-01", "payment_date": "2025-01-01"}, "paid_before_due"),
    ({"payment_date": "2100-01-01"}, "too_far"),
]


def named(slots: dict[str, Any]) -> dict[str, Any]:
    return {f"interest_{name}": value for name, value in slots.items()}


CORRECTIONS = [
    # Without a year, the one that fits the dates that are known.
    ("nee wacht, betaald op 12 april", None, {"interest_payment_date": "2025-04-12"}),
    ("sorry de vervaldatum was 1 april", None, {"interest_due_date": "2025-04-01"}),
    ("o nee, de vervaldatum was 12 februari 2025", None, {"interest_due_date": "2025-02-12"}),
    ("nee het bedrag was 450", "interest_payment_date", {"interest_principal": "450.00"}),
    # Before the due date whatever the year: asked about, not moved to next year.
    ("1 februari", "interest_payment_date", {"interest_payment_date": "2026-02-01"}),
]


@pytest.mark.parametrize(("message", "asked", "expected"), CORRECTIONS, ids=[row[0] for row in CORRECTIONS])
def test_correction(message: str, asked: str | None, expected: dict[str, Any], context: Context) -> None:
    due = "2026-03-01" if message == "1 februari" else "2025-03-01"
    known = named({"principal": "400.00", "due_date": due, "payment_date": None if asked else "2025-05-01"})
    assert FLOW.read(message, asked, known, context).values == expected


def test_a_day_that_could_be_either_is_asked_about(context: Context) -> None:
    known = named({"principal": "400.00", "due_date": "2025-03-01", "payment_date": "2025-05-01"})
    reading = FLOW.read("nee wacht 12 april", None, known, context)
    assert reading.values == {}
    assert reading.problem is not None
    assert reading.problem.code == "which_date"


@pytest.mark.parametrize(("message", "expected"), FIRST_MESSAGES, ids=[row[0] for row in FIRST_MESSAGES])
def test_first_message(message: str, expected: tuple[str | None, ...], context: Context) -> None:
    values = FLOW.read(message, None, {}, context).values
    assert tuple(values.get(slot) for slot in FLOW.slots) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [("nog niet", "2026-03-26"), ("morgen", "2026-03-27"), ("1 april", "2026-04-01"), ("gisteren", "2026-03-25")],
)
def test_day_of_payment(message: str, expected: str, context: Context) -> None:
    slots = {"interest_due_date": "2026-02-01"}
    assert FLOW.read(message, "interest_payment_date", slots, context).values["interest_payment_date"] == expected


@pytest.mark.parametrize(("asked", "message", "code"), PROBLEMS)
def test_answer_that_cannot_be_used(asked: str, message: str, code: str, context: Context) -> None:
    problem = FLOW.read(message, f"interest_{asked}", {}, context).problem
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize(("slots", "code"), IMPOSSIBLE)
def test_impossible_figures_are_refused(slots: dict[str, Any], code: str, context: Context) -> None:
    problem = FLOW.check(named(slots), context)
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize(
    ("principal", "due", "paid", "interest", "provisional"),
    [
        ("1200.00", "2025-01-01", "2025-07-01", "35.70", False),  # 1200 x 6% x 181/365
        ("400.00", "2024-06-01", "2025-02-01", "18.41", False),  # 7% x 214/366 + 6% x 31/365
        ("1000.00", "2024-01-01", "2025-07-01", "101.84", False),  # 70.00 added after a year
        ("400.00", "2026-02-01", "2026-03-01", "1.84", True),  # 6% x 28/365, not yet certain
        ("400.00", "2026-03-01", "2026-03-01", "0.00", False),
    ],
)
def test_result(principal: str, due: str, paid: str, interest: str, provisional: bool, context: Context) -> None:
    slots = named({"principal": principal, "due_date": due, "payment_date": paid})
    assert FLOW.next_slot(slots, context) is None
    payload = FLOW.result(slots, context).custom
    assert payload is not None
    assert (payload["interest_eur"], payload["provisional"]) == (interest, provisional)

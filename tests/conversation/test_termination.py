"""What first messages and answers say about a lease that is to end early, and what is refused."""

from typing import Any

import pytest

from lease_assistant.conversation.flow import UNKNOWN, Context
from lease_assistant.conversation.termination import TerminationFlow

FLOW = TerminationFlow()

FIRST_MESSAGES: list[tuple[str, dict[str, Any]]] = [
    (
        "ik betaal 400 euro, looptijd 48 maanden, wil stoppen tegen de 25e maand, voor 24 maanden was het 475 euro",
        {"monthly_payment": "400.00", "lease_term_months": 48, "elapsed_months": 24, "comparison_payment": "475.00"},
    ),
    (
        "wat kost het als ik nu stop? ik betaal € 1.049,- en mijn contract van 4 jaar begon op 1 april 2023",
        {"monthly_payment": "1049.00", "lease_term_months": 48, "contract_start_date": "2023-04-01"},
    ),
    (
        "vierhonderd euro per maand, 5 jaar, nog 20 maanden te gaan",
        {"monthly_payment": "400.00", "lease_term_months": 60, "remaining_months": 20},
    ),
    (
        "ik heb een contract van 60 maanden voor 389 pm, ik rij hem nu 2,5 jaar en wil ervan af",
        {"monthly_payment": "389.00", "lease_term_months": 60, "elapsed_months": 30},
    ),
    (
        "Looptijd 60 mnd, betaal 349,95 per maand, loopt sinds 1-3-2024. Wat kost dat per 1 september 2026?",
        {
            "monthly_payment": "349.95",
            "lease_term_months": 60,
            "contract_start_date": "2024-03-01",
            "termination_date": "2026-09-01",
        },
    ),
    (
        "ben ontslagen en moet van de auto af, 48 mnd contract 412 euro pm, nu 19 maanden bezig",
        {"monthly_payment": "412.00", "lease_term_months": 48, "elapsed_months": 19},
    ),
    (
        "opzeggen per 1 april 2026, start 15 februari 2024, 36 maanden, € 455,50 p/m",
        {
            "monthly_payment": "455.50",
            "lease_term_months": 36,
            "contract_start_date": "2024-02-15",
            "termination_date": "2026-04-01",
        },
    ),
    (
        "inleveren over 3 maanden, betaal 299 p.m., looptijd 5 jaar",
        {"monthly_payment": "299.00", "lease_term_months": 60, "elapsed_months": None},
    ),
    (
        "wat kost eerder stoppen als ik 600 euro betaal voor 48 maanden",
        {"monthly_payment": "600.00", "lease_term_months": 48, "comparison_payment": None},
    ),
    (
        "ik betaal 400 per maand en heb nog 1,5 jaar te gaan van de 4 jaar",
        {"monthly_payment": "400.00", "remaining_months": 18, "lease_term_months": 48},
    ),
    (
        "Termijnbedrag € 524,63 looptijd 60 maanden gestart 15-08-2023 stop 15-08-2026",
        {"monthly_payment": "524.63", "contract_start_date": "2023-08-15", "termination_date": "2026-08-15"},
    ),
    (
        "wil er 1 mei 2026 uit, contract gaat tot 1 mei 2028, betaal 410 euro",
        {"termination_date": "2026-05-01", "monthly_payment": "410.00"},
    ),
    ("ik zit in maand 31 van 60 en betaal 515 euro", {"elapsed_months": 30, "monthly_payment": "515.00"}),
    ("boete van 100 euro gehad, lease 400 euro per maand", {"monthly_payment": "400.00"}),
    ("ik betaal 35 euro voor winterbanden", {"monthly_payment": None}),
    ("ik betaal 400 euro en later 450 euro per maand", {"monthly_payment": None}),
    ("looptijd 5 jaar, nu bijna 3 jaar bezig", {"lease_term_months": 60, "elapsed_months": None}),
    (
        "ik wil stoppen op 1 juni 2026 mijn lease is gestart op 1 juni 2024 voor 4 jaar",
        {"termination_date": "2026-06-01", "contract_start_date": "2024-06-01", "lease_term_months": 48},
    ),
    ("bmw i4 voor 650 pm 48 mnd 15.000 km, wil na anderhalf jaar stoppen", {"elapsed_months": 18}),
]

ANSWERS: list[tuple[str, str, Any]] = [
    ("monthly_payment", "€ 1.049,-", "1049.00"),
    ("monthly_payment", "vierhonderd euro", "400.00"),
    ("monthly_payment", "412,35", "412.35"),
    ("lease_term_months", "4 jaar", 48),
    ("lease_term_months", "anderhalf jaar", 18),
    ("lease_term_months", "60 mnd", 60),
    ("elapsed_months", "tegen de 25e maand", 24),
    ("elapsed_months", "na 2,5 jaar", 30),
    ("termination_date", "over 2 maanden", "2026-05-26"),
    ("contract_start_date", "begin 2024", "2024-01-01"),
    ("contract_start_date", "1 april", "2025-04-01"),
    ("comparison_payment", "voor 24 maanden was het 475 euro", "475.00"),
    ("comparison_payment", "geen idee", UNKNOWN),
    ("comparison_payment", "nee", UNKNOWN),
]

PROBLEMS = [
    ("monthly_payment", "tussen 400 en 450", "payment_range"),
    ("monthly_payment", "eerst 400 euro, nu 420 euro", "payment_range"),
    ("monthly_payment", "weet ik niet", "payment_unknown"),
    ("lease_term_months", "4", "months_or_years"),
    ("elapsed_months", "2", "elapsed_months_or_years"),
    ("elapsed_months", "geen idee", "elapsed_unknown"),
    ("elapsed_months", "bijna 3 jaar", "elapsed_unknown"),
    ("comparison_payment", "tussen 450 en 480", "comparison_range"),
]

IMPOSSIBLE = [
    ({"monthly_payment": "0.00"}, "payment_not_positive"),
    ({"monthly_payment": "-400.00"}, "payment_not_positive"),
    ({"monthly_payment": "1000000.00"}, "payment_absurd"),
    ({"comparison_payment": "-5.00"}, "comparison_not_positive"),
    ({"monthly_payment": "400.00", "comparison_payment": "24.00"}, "comparison_absurd"),
    ({"lease_term_months": 0}, "term_not_positive"),
    ({"lease_term_months": 300}, "term_absurd"),
    ({"lease_term_months": 48, "elapsed_months": 50}, "nothing_left"),
    ({"lease_term_months": 48, "elapsed_months": 48}, "nothing_left"),
    ({"elapsed_months": -3}, "elapsed_negative"),
    ({"contract_start_date": "2026-05-01", "termination_date": "2026-04-01"}, "end_before_start"),
    ({"elapsed_months": 24, "comparison_payment": "430.00", "comparison_months": 36}, "comparison_other_length"),
]

KNOWN = {"monthly_payment": "400.00", "lease_term_months": 48}


@pytest.mark.parametrize(("message", "expected"), FIRST_MESSAGES, ids=[row[0] for row in FIRST_MESSAGES])
def test_first_message(message: str, expected: dict[str, Any], context: Context) -> None:
    values = FLOW.read(message, None, {}, context).values
    assert {slot: values.get(slot) for slot in expected} == expected


@pytest.mark.parametrize(("asked", "message", "expected"), ANSWERS)
def test_answer(asked: str, message: str, expected: object, context: Context) -> None:
    assert FLOW.read(message, asked, {}, context).values[asked] == expected


@pytest.mark.parametrize(("asked", "message", "code"), PROBLEMS)
def test_answer_that_cannot_be_used(asked: str, message: str, code: str, context: Context) -> None:
    problem = FLOW.read(message, asked, {}, context).problem
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize(("slots", "code"), IMPOSSIBLE)
def test_impossible_figures_are_refused(slots: dict[str, Any], code: str, context: Context) -> None:
    problem = FLOW.check(slots, context)
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize(
    ("message", "replaced"),
    [
        ("per 1 mei 2026, begonnen 1 mei 2024", ("elapsed_months", "remaining_months")),
        ("nog 20 maanden te gaan", ("elapsed_months", "termination_date")),
        ("na 30 maanden stoppen", ("remaining_months", "termination_date")),
    ],
)
def test_the_newest_way_to_say_how_long_counts(message: str, replaced: tuple[str, ...], context: Context) -> None:
    values = FLOW.read(message, None, {**KNOWN, **dict.fromkeys(replaced)}, context).values
    assert all(slot in values and values[slot] is None for slot in replaced)


@pytest.mark.parametrize(
    ("message", "asked", "known", "expected"),
    [
        ("400 euro per maand, 48 maanden, 24 maanden", None, {}, {"lease_term_months": 48, "elapsed_months": 24}),
        ("nee wacht ik bedoel 26 maanden", "comparison_payment", {"elapsed_months": 24}, {"elapsed_months": 26}),
        ("en 30 maanden?", None, {"elapsed_months": 24}, {"elapsed_months": 30}),
        ("nee, de looptijd is 36 maanden", None, {"elapsed_months": 24}, {"lease_term_months": 36}),
        ("looptijd was trouwens 60", "comparison_payment", {"elapsed_months": 24}, {"lease_term_months": 60}),
        ("looptijd 48, ik betaal 400", None, {}, {"lease_term_months": 48}),
        ("nee doe toch maar na 24", "comparison_payment", {"elapsed_months": 30}, {"elapsed_months": 24}),
        ("en als ik net begonnen ben, 3 maanden?", "monthly_payment", {}, {"elapsed_months": 3}),
        ("ik zit in het 2e jaar, 389 per maand", "monthly_payment", {}, {}),
    ],
)
def test_a_length_without_a_word_for_it_leaves_the_term_alone(
    message: str, asked: str | None, known: dict[str, Any], expected: dict[str, Any], context: Context
) -> None:
    values = FLOW.read(message, asked, {**KNOWN, **known} if known else {}, context).values
    assert {slot: values.get(slot) for slot in ("lease_term_months", "elapsed_months") if slot in values} == expected


@pytest.mark.parametrize("message", ["en als ik 450 betaal", "ik betaal 450 trouwens", "450 euro betaal ik"])
def test_what_is_paid_may_come_before_the_word_for_it(message: str, context: Context) -> None:
    assert FLOW.read(message, None, {**KNOWN, "elapsed_months": 24}, context).values["monthly_payment"] == "450.00"


def test_a_comparison_for_another_length_is_asked_again(context: Context) -> None:
    slots = {**KNOWN, "elapsed_months": 24, "comparison_payment": "475.00"}
    values = FLOW.read("o nee, ik stop na 30 maanden", None, slots, context).values
    assert FLOW.next_slot({**slots, **values}, context) == "comparison_payment"


def test_a_comparison_said_first_stays(context: Context) -> None:
    slots = {**KNOWN, "comparison_payment": "475.00", "comparison_months": 24}
    assert "comparison_payment" not in FLOW.read("24", "elapsed_months", slots, context).values


@pytest.mark.parametrize(
    ("slots", "fee", "method", "upper_bound"),
    [
        ({"elapsed_months": 24, "comparison_payment": "475.00"}, "1800.00", "maximum", False),
        ({"elapsed_months": 24, "comparison_payment": "600.00"}, "3360.00", "fixed_percentage", False),
        ({"elapsed_months": 24, "comparison_payment": "380.00"}, "0.00", "maximum", False),
        ({"elapsed_months": 24, "comparison_payment": UNKNOWN}, "3360.00", "fixed_percentage", True),
        ({"remaining_months": 20, "comparison_payment": UNKNOWN}, "2800.00", "fixed_percentage", True),
        ({"elapsed_months": 11}, None, "first_year", False),
    ],
)
def test_result(slots: dict[str, Any], fee: str | None, method: str, upper_bound: bool, context: Context) -> None:
    slots = {**KNOWN, **slots}
    assert FLOW.check(slots, context) is None
    assert FLOW.next_slot(slots, context) is None
    payload = FLOW.result(slots, context).custom
    assert payload is not None
    assert (payload["fee_eur"], payload["method"], payload["is_upper_bound"]) == (fee, method, upper_bound)


def test_dates_leave_the_start_or_the_end_to_ask(context: Context) -> None:
    assert FLOW.next_slot({**KNOWN, "termination_date": "2026-04-01"}, context) == "contract_start_date"
    assert FLOW.next_slot({**KNOWN, "contract_start_date": "2024-04-01"}, context) == "termination_date"
    assert FLOW.next_slot(KNOWN, context) == "elapsed_months"

"""What first messages and answers say about a damage, and which questions are left."""

from typing import Any

import pytest

from lease_assistant.conversation.damage import DamageFlow
from lease_assistant.conversation.flow import UNKNOWN, Context

FLOW = DamageFlow()

FIRST_MESSAGES: list[tuple[str, dict[str, Any]]] = [
    (
        "gisteren tegen een paaltje, paar honderd euro, geen politie",
        {"kind": "single_object", "occurred_at": "2026-03-25", "single_sided": True, "police_present": False},
    ),
    (
        "er is vannacht op de parkeerplaats iemand tegen mijn auto gereden en doorgereden",
        {"kind": "parking", "single_sided": False, "other_known": False, "time": "nacht"},
    ),
    (
        "Vanochtend om kwart over 8 achterop gereden, andere bestuurder heeft nekpijn, politie kwam erbij, 4500 euro",
        {"single_sided": False, "injury": True, "police_present": True, "time": "08:15"},
    ),
    ("sleutels kwijt sinds gisteren", {"kind": "keys_or_papers", "occurred_at": "2026-03-25"}),
    ("sterretje in de voorruit door steenslag op de A2, vanmorgen", {"kind": "glass", "time": "ochtend"}),
    ("achteruit tegen een paaltje gereden", {"kind": "single_object", "single_sided": True}),
    ("inbraak in de auto, airbag en stuur weg, ruit ingeslagen", {"kind": "theft_from_vehicle"}),
    ("ruit ingeslagen maar niks gestolen", {"kind": "vandalism"}),
    ("mijn auto is vannacht gestolen", {"kind": "theft_vehicle", "time": "nacht"}),
    ("De auto staat er niet meer!", {"kind": "loss_vehicle"}),
    ("kentekenbewijs gestolen uit mijn tas", {"kind": "keys_or_papers"}),
    ("gisteravond half elf hert aangereden op de N302", {"occurred_at": "2026-03-25", "time": "22:30"}),
    ("mijn zoon heeft de auto tegen een boom gereden, hij heeft een gebroken arm", {"injury": True}),
    ("mijn spiegel is gebroken, niemand geraakt", {"injury": False}),
    ("er zit een bult in de motorkap", {"injury": None}),
    (
        "aangereden door een ander en tegen een boom gekomen",
        {"single_sided": False},
    ),
    ("De tegenpartij zegt dat het mijn schuld is maar dat is niet zo", {"liability_dispute": True}),
    ("paaltje geraakt, gisteren, schadebedrag onbekend", {"other_known": None, "single_sided": True}),
    ("ik ga morgen naar de garage, gisteren paaltje geraakt", {"occurred_at": "2026-03-25"}),
    ("politie was er gelukkig niet", {"police_present": False}),
    ("o wacht, er was wél politie", {"police_present": True}),
    ("ongeluk 24 maart 2026 om 17:45 met een vrachtwagen", {"occurred_at": "2026-03-24", "time": "17:45"}),
]

ANSWERS: list[tuple[str, str, Any]] = [
    ("injury", "valt wel mee, alleen wat nekpijn", True),
    ("injury", "ik heb wat pijn maar geen letsel", True),
    ("injury", "nee gelukkig niet", False),
    ("injury", "nee alleen blikschade", False),
    ("injury", "mijn knie doet zeer", True),
    ("injury", "geen idee", UNKNOWN),
    ("single_sided", "niemand", True),
    ("single_sided", "nee ik was alleen", True),
    ("single_sided", "nee er was een fietser", False),
    ("single_sided", "nee", False),
    ("police_present", "ik heb ze gebeld maar ze kwamen niet", False),
    ("police_present", "ja 2 agenten", True),
    ("police_present", "weet niet", UNKNOWN),
    ("other_known", "weet ik niet", False),
    ("other_known", "ik heb zijn kenteken", True),
    ("liability_dispute", "hij zegt dat het mijn schuld is", True),
    ("liability_dispute", "nee hij geeft het toe", False),
    ("occurred_at", "vorige week dinsdag", "2026-03-17"),
    ("occurred_at", "22-3 rond 16u", "2026-03-22"),
    ("occurred_at", "26 maart 9.00", "2026-03-26"),
    ("estimate", "geen idee", UNKNOWN),
    ("estimate", "maximaal € 3.000", {"low": "0.00", "high": "3000.00", "exclusive": False}),
    ("estimate", "1,5k", {"low": "1500.00", "high": "1500.00", "exclusive": False}),
]

PROBLEMS = [
    ("estimate", "tussen 2000 en 4000 euro", "estimate_straddles"),
    ("estimate", "rond de 3000", "estimate_straddles"),
    ("estimate", "ruim 3000", "estimate_straddles"),
    ("estimate", "bumper 2000 euro en lamp 1500 euro", "estimate_straddles"),
    ("estimate", "-100", "estimate_negative"),
    ("estimate", "5 miljoen", "estimate_absurd"),
    ("occurred_at", "morgen", "occurred_in_future"),
    ("occurred_at", "geen idee", "occurred_unknown"),
    ("kind", "geen idee", "kind_unknown"),
]

TIMES = [
    ("'s avonds", "avond"),
    ("in de middag", "middag"),
    ("om 10 uur", "10:00"),
    ("8", "08:00"),
    ("tussen 8 en 9", "08:00"),
    ("half 6", "17:30"),
    ("14:30 ongeveer", "14:30"),
    ("8 uur 's avonds", "20:00"),
    ("geen idee", UNKNOWN),
]

WHOLE = {
    "damage_kind": "single_object",
    "damage_occurred_at": "2026-03-26",
    "damage_time": "10:00",
    "damage_single_sided": True,
    "damage_estimate": {"low": "3000.00", "high": "3000.00", "exclusive": False},
    "damage_injury": False,
    "damage_police_present": False,
}


@pytest.mark.parametrize(("message", "expected"), FIRST_MESSAGES, ids=[row[0] for row in FIRST_MESSAGES])
def test_first_message(message: str, expected: dict[str, Any], context: Context) -> None:
    values = FLOW.read(message, None, {}, context).values
    assert {slot: values.get(f"damage_{slot}") for slot in expected} == expected


@pytest.mark.parametrize(("asked", "message", "expected"), ANSWERS)
def test_answer(asked: str, message: str, expected: object, context: Context) -> None:
    assert FLOW.read(message, f"damage_{asked}", {}, context).values[f"damage_{asked}"] == expected


@pytest.mark.parametrize(("asked", "message", "code"), PROBLEMS)
def test_answer_that_cannot_be_used(asked: str, message: str, code: str, context: Context) -> None:
    problem = FLOW.read(message, f"damage_{asked}", {}, context).problem
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize(("message", "expected"), TIMES)
def test_time_of_yesterday(message: str, expected: str, context: Context) -> None:
    slots = {"damage_kind": "parking", "damage_occurred_at": "2026-03-25"}
    assert FLOW.read(message, "damage_time", slots, context).values["damage_time"] == expected


def test_a_time_in_another_answer_is_no_moment_of_the_event(context: Context) -> None:
    reading = FLOW.read("500 euro, ik ga morgen naar de garage", "damage_estimate", WHOLE, context)
    assert reading.problem is None
    assert "damage_occurred_at" not in reading.values


@pytest.mark.parametrize(
    ("message", "part", "time"),
    [
        ("rond 3u denk ik, toen hoorde ik wat", "nacht", "03:00"),
        ("om half vier", "nacht", "03:30"),
        ("ongeveer 3 uur", "middag", "15:00"),
        ("om 8 uur", "avond", "20:00"),
        ("om 9 uur", "ochtend", "09:00"),
    ],
)
def test_a_time_is_read_in_the_part_of_the_day_that_was_named(
    message: str, part: str, time: str, context: Context
) -> None:
    slots = {"damage_kind": "theft_vehicle", "damage_occurred_at": "2026-03-25", "damage_time": part}
    assert FLOW.read(message, "damage_police_present", slots, context).values == {
        "damage_occurred_at": "2026-03-25",
        "damage_time": time,
    }


def test_news_after_the_outcome_does_not_move_the_event(context: Context) -> None:
    values = FLOW.read("de politie is nu geweest", None, WHOLE, context).values
    assert values == {"damage_police_present": True}


def test_a_correction_after_the_outcome_moves_the_event(context: Context) -> None:
    for message in ("het was gisteren", "o nee, het was gisteren"):
        assert FLOW.read(message, None, WHOLE, context).values["damage_occurred_at"] == "2026-03-25"


def test_another_day_forgets_the_time_of_the_first(context: Context) -> None:
    values = FLOW.read("sorry, het was gisteren", "damage_injury", WHOLE, context).values
    assert values == {"damage_occurred_at": "2026-03-25", "damage_time": None}


def test_a_moment_later_today_is_refused(context: Context) -> None:
    problem = FLOW.check({"damage_occurred_at": "2026-03-26", "damage_time": "18:00"}, context)
    assert problem is not None
    assert problem.code == "occurred_in_future"


@pytest.mark.parametrize(
    ("changed", "question"),
    [
        ({}, None),
        ({"damage_kind": None}, "damage_kind"),
        ({"damage_time": None}, "damage_time"),
        ({"damage_time": None, "damage_occurred_at": "2026-03-01"}, None),
        ({"damage_single_sided": False}, "damage_other_known"),
        ({"damage_single_sided": False, "damage_other_known": True}, "damage_liability_dispute"),
        ({"damage_single_sided": False, "damage_other_known": False}, None),
        ({"damage_kind": "parking"}, "damage_other_known"),
        ({"damage_kind": "keys_or_papers", "damage_estimate": None, "damage_injury": None}, None),
    ],
)
def test_next_question(changed: dict[str, Any], question: str | None, context: Context) -> None:
    assert FLOW.next_slot({**WHOLE, **changed}, context) == question


def test_result_across_the_change_of_the_clock(context: Context) -> None:
    payload = FLOW.result(WHOLE, context).custom
    assert payload is not None
    assert payload["online_eligible"] is True
    assert payload["notify_before"] == "2026-03-27T10:00:00+01:00"
    assert payload["form_due"] == "2026-03-29T11:00:00+02:00"
    assert payload["report_reference"] is None


@pytest.mark.parametrize(
    ("changed", "failed", "reasons"),
    [
        ({"damage_injury": True}, ["injury"], ["injury"]),
        ({"damage_police_present": True}, ["police"], []),
        ({"damage_estimate": {"low": "3000.00", "high": None, "exclusive": True}}, ["amount"], []),
        ({"damage_single_sided": False, "damage_other_known": False}, ["multi_party"], ["unknown_party"]),
        (
            {"damage_single_sided": False, "damage_other_known": True, "damage_liability_dispute": True},
            ["multi_party"],
            ["liability_dispute"],
        ),
        # One-sided after all: what was said about the other counts no more.
        ({"damage_other_known": False}, [], []),
    ],
)
def test_reasons(changed: dict[str, Any], failed: list[str], reasons: list[str], context: Context) -> None:
    payload = FLOW.result({**WHOLE, **changed}, context).custom
    assert payload is not None
    assert (payload["failed_conditions"], payload["police_report_reasons"]) == (failed, reasons)


def test_unknown_facts_promise_nothing(context: Context) -> None:
    slots = {**WHOLE, "damage_estimate": UNKNOWN, "damage_injury": UNKNOWN}
    payload = FLOW.result(slots, context).custom
    assert payload is not None
    assert payload["online_eligible"] is False
    assert payload["unknown_conditions"] == ["amount", "injury"]


def test_a_bare_time_in_answer_to_another_question_is_the_time_of_the_event(context: Context) -> None:
    slots = {"damage_occurred_at": "2026-03-26", "damage_time": "middag"}
    values = FLOW.read("half 2 ongeveer", "damage_single_sided", slots, context).values
    assert values["damage_time"] == "13:30"


def test_who_drove_away_is_another_and_unknown(context: Context) -> None:
    values = FLOW.read("iemand heeft mn deur ingedeukt en is weggereden", None, {}, context).values
    assert (values["damage_single_sided"], values["damage_other_known"]) == (False, False)


def test_who_drove_away_is_unknown_whatever_was_asked(context: Context) -> None:
    values = FLOW.read("de ander is doorgereden, gisteren 18:30", "damage_occurred_at", {}, context).values
    assert values["damage_other_known"] is False


@pytest.mark.parametrize("message", ["ja er was een getuige", "ja er was politie"])
def test_somebody_else_is_not_the_other_party(message: str, context: Context) -> None:
    assert "damage_other_known" not in FLOW.read(message, "damage_other_known", {}, context).values


def test_not_one_day_but_another(context: Context) -> None:
    values = FLOW.read("niet vandaag maar eergisteren", None, WHOLE, context).values
    assert values["damage_occurred_at"] == "2026-03-24"


def test_a_bare_time_keeps_the_day_of_the_event(context: Context) -> None:
    slots = {"damage_occurred_at": "2026-03-25", "damage_time": "middag"}
    values = FLOW.read("half 4", "damage_single_sided", slots, context).values
    assert values.get("damage_occurred_at", "2026-03-25") == "2026-03-25"
    assert values["damage_time"] == "15:30"

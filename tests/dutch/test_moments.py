"""Days and times."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lease_assistant.dutch.moment_types import Direction
from lease_assistant.dutch.moments import find_moments, parse_moment

NOW = datetime(2025, 10, 16, 11, 45, tzinfo=ZoneInfo("Europe/Amsterdam"))  # a Thursday
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
PIECES = [
    "om",
    "3",
    "uur",
    " ",
    "dinsdag",
    "31",
    "februari",
    "geleden",
    "over",
    "half",
    "de",
    "15e",
    "maand",
    "-",
    "1-4-26",
]
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
directions = st.sampled_from(["past", "future"])


@given(days, directions)
def test_every_written_date_reads_back(day: date, direction: Direction) -> None:
    written = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    for text in (written, f"{day.day}-{day.month}-{day.year}", f"{day:%d/%m/%Y}", day.isoformat(), f"op {written} dus"):
        moment = parse_moment(text, now=NOW, direction=direction)
        assert moment is not None
        assert (moment.date, moment.time) == (day, None)


@given(st.integers(13, 23), st.integers(0, 59))
def test_every_clock_time_reads_back(hour: int, minute: int) -> None:
    for text in (
        f"gisteren om {hour}:{minute:02}",
        f"gisteren {hour}u{minute:02}",
        f"gisteren om {hour}.{minute:02} uur",
    ):
        moment = parse_moment(text, now=NOW)
        assert moment is not None
        assert (moment.date, moment.time, moment.ambiguous) == (date(2025, 10, 15), time(hour, minute), False)


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)), directions)
def test_never_raises_and_spans_lie_in_the_text(text: str, direction: Direction) -> None:
    for moment in find_moments(text, now=NOW, direction=direction):
        assert 0 <= moment.start < moment.end <= len(text)
    parse_moment(text, now=NOW, direction=direction)


@given(st.integers(1, 600))
def test_minutes_ago(minutes: int) -> None:
    moment = parse_moment(f"{minutes} minuten geleden", now=NOW)
    expected = NOW - timedelta(minutes=minutes)
    assert moment is not None
    assert (moment.date, moment.time) == (expected.date(), expected.time())


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("zonet", "2025-10-16", "11:45"),
        ("drie uurtjes geleden", "2025-10-16", "08:45"),
        ("eergisteren", "2025-10-14", None),
        ("vanochtend om 9 uur", "2025-10-16", "09:00"),
        ("zondag jl", "2025-10-12", None),
        ("donderdag", "2025-10-09", None),
        ("vorige week woensdag", "2025-10-08", None),
        ("verleden week maandag", "2025-10-06", None),
        ("afgelopen weekend", "2025-10-11", None),
        ("de 3e", "2025-10-03", None),
        ("de 20e", "2025-09-20", None),
        ("vorige maand de 7e", "2025-09-07", None),
        ("4 okt", "2025-10-04", None),
        ("2 november", "2024-11-02", None),
        ("begin augustus", "2025-08-01", None),
        ("eind september", "2025-09-30", None),
        ("februari 2024", "2024-02-01", None),
        ("koningsdag", "2025-04-26", None),
        ("pasen", "2025-04-20", None),
        ("vorig jaar mei", "2024-05-01", None),
        ("dindsagavond 8 uur", "2025-10-14", "20:00"),
        ("gistermiddag kwart voor 4", "2025-10-15", "15:45"),
        ("tien over half vijf gistermiddag", "2025-10-15", "16:40"),
        ("16u20", "2025-10-15", "16:20"),
        ("2 weken geleden op maandag", "2025-09-29", None),
        ("zaterdg", "2025-10-11", None),
    ],
)
def test_the_past(text: str, day: str, clock: str | None) -> None:
    moment = parse_moment(text, now=NOW)
    assert moment is not None
    assert (str(moment.date), moment.time and f"{moment.time:%H:%M}") == (day, clock)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("overmorgen", "2025-10-18"),
        ("vrijdag", "2025-10-17"),
        ("donderdag", "2025-10-23"),
        ("volgende maand", "2025-11-01"),
        ("over 3 maanden", "2026-01-16"),
        ("1 oktober", "2026-10-01"),
        ("per 1 januari", "2026-01-01"),
        ("de 1e", "2025-11-01"),
        ("eind oktober", "2025-10-31"),
        ("volgende week maandag", "2025-10-20"),
        ("over twee weken", "2025-10-30"),
        ("per direct", "2025-10-16"),
        ("tweede kerstdag", "2025-12-26"),
        ("eind volgende maand", "2025-11-30"),
    ],
)
def test_the_future(text: str, day: str) -> None:
    moment = parse_moment(text, now=NOW, direction="future")
    assert moment is not None
    assert str(moment.date) == day


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("gisteravond", "avond"),
        ("vannacht", "nacht"),
        ("dinsdagmorgen", "ochtend"),
        ("gisteren in de middag", "middag"),
    ],
)
def test_parts_of_the_day(text: str, part: str) -> None:
    moment = parse_moment(text, now=NOW)
    assert moment is not None
    assert (moment.time, moment.part) == (None, part)


@pytest.mark.parametrize(
    "text",
    [
        "30 februari",
        "31-4-2025 om 3 uur",
        "€ 1.250",
        "36 maanden",
        "HK-512-B",
        "06-23456789",
        "vorige week",
        "laatst",
        "een paar dagen geleden",
        "dinsdag 15 oktober",
        "goedemorgen",
        "de 2e auto",
        "dinsdag of woensdag",
        "vorige week om 3 uur",
    ],
)
def test_no_moment(text: str) -> None:
    assert parse_moment(text, now=NOW) is None


def test_a_clock_time_alone_is_the_last_one() -> None:
    moment = parse_moment("om half drie", now=NOW)
    assert moment is not None
    assert (moment.date, moment.time, moment.ambiguous) == (NOW.date(), time(2, 30), True)


def test_a_correction_counts() -> None:
    moment = parse_moment("niet gisteren maar eergisteren", now=NOW)
    assert moment is not None
    assert str(moment.date) == "2025-10-14"


def test_hours_ago_count_real_time_when_the_clock_changes() -> None:
    after_change = datetime(2025, 10, 26, 4, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    moment = parse_moment("3 uur geleden", now=after_change)
    assert moment is not None
    assert moment.time == time(2, 0)

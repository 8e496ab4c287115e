"""The tables of customer wordings: at least 98% of the rows that are beyond debate must be read right."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from lease_assistant.dutch.answers import parse_yes_no
from lease_assistant.dutch.durations import find_durations
from lease_assistant.dutch.moments import parse_moment
from lease_assistant.dutch.money import find_amounts

FOLDER = Path(__file__).parent
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
Row = dict[str, Any]
Check = Callable[[Row, Any], tuple[bool, object]]


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _money(row: Row, _table: Any) -> tuple[bool, object]:
    amounts = find_amounts(row["text"], bare=True)
    first = amounts[0] if amounts else None
    if "low" in row or "high" in row:
        right = first is not None and (first.low, first.high) == (
            _decimal(row.get("low")) or 0,
            _decimal(row.get("high")),
        )
        right = right and first is not None and first.exclusive == row.get("exclusive", False)
    elif row["euros"] is None:
        right = first is None
    else:
        right = first is not None and first.exact == _decimal(row["euros"])
    if right and first is not None and "approximate" in row:
        right = first.approximate == row["approximate"]
    return right, first


def _duration(row: Row, _table: Any) -> tuple[bool, object]:
    durations = find_durations(row["text"], bare=True)
    first = durations[0] if durations else None
    right = (first.months if first else None) == row["months"]
    return right and (first is None or "reached" not in row or first.reached == row["reached"]), first


def _moment(row: Row, table: Any) -> tuple[bool, object]:
    now = datetime.fromisoformat(str(table["now"]))
    now = now.replace(tzinfo=AMSTERDAM) if now.tzinfo is None else now.astimezone(AMSTERDAM)
    moment = parse_moment(row["text"], now=now, direction=row.get("direction", "past"))
    if moment is None or row["date"] is None:
        return moment is None and row["date"] is None, moment
    time = moment.time.strftime("%H:%M") if moment.time else None
    right = (str(moment.date), time) == (str(row["date"]), row.get("time"))
    for key in ("part", "ambiguous"):
        right = right and (key not in row or getattr(moment, key) == row[key])
    return right, moment


def _yes_no(row: Row, _table: Any) -> tuple[bool, object]:
    answer = parse_yes_no(row["text"])
    return answer is row["value"], answer


CHECKS: dict[str, Check] = {
    "money.yml": _money, "durations.yml": _duration, "moments.yml": _moment, "yes_no.yml": _yes_no,
}  # fmt: skip


def load(name: str) -> tuple[list[Row], Any]:
    """The rows that are beyond debate, and the whole table."""
    table = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    rows = next(value for value in table.values() if isinstance(value, list))
    return [row for row in rows if not row.get("debatable")], table


def failures(name: str) -> tuple[int, list[tuple[Row, object]]]:
    """How many rows a table has, and those that were read wrong with what was read."""
    rows, table = load(name)
    results = [(row, *CHECKS[name](row, table)) for row in rows]
    return len(rows), [(row, read) for row, right, read in results if not right]


@pytest.mark.parametrize("name", CHECKS)
def test_table(name: str) -> None:
    total, wrong = failures(name)
    listing = "\n".join(f"{row} -> {read}" for row, read in wrong)
    assert len(wrong) <= 0.02 * total, f"{name}: {total - len(wrong)} of {total} right\n{listing}"

"""The commands for the department."""

import json
from pathlib import Path

import pytest

from lease_assistant.damage_desk import DamageDesk, DamageReport, Photo
from lease_assistant.damage_desk.__main__ import main

ANSWERS = {"damage_kind": "collision", "damage_occurred_at": "2026-03-25"}


@pytest.fixture
def reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A report with a photo, in the database that the settings name."""
    url = f"sqlite:///{tmp_path}/desk.sqlite3"
    monkeypatch.setenv("LEASE_ASSISTANT_DAMAGE_DESK_URL", url)
    desk = DamageDesk(url, keep_days=90)
    desk.attach("c", Photo(b"picture"))
    filed = desk.file("c", DamageReport("website", {"online_eligible": True}, ANSWERS, begun_at=0.0))
    desk.close()
    return filed


def test_list_shows_a_line_for_each_report(reference: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(reference)
    assert line.endswith("website  collision  1 photos")


def test_show_tells_everything(reference: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", reference.lower()]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["answers"] == ANSWERS
    assert shown["photos"][0]["file_name"] == "photo-1.jpg"


def test_export_writes_a_private_folder(reference: str, tmp_path: Path) -> None:
    assert main(["export", reference, str(tmp_path / "a" / "b")]) == 0
    folder = tmp_path / "a" / "b"
    assert (folder / "photo-1.jpg").read_bytes() == b"picture"
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["reference"] == reference
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_purge_deletes_after_so_many_days(reference: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["purge", "--days", "1"]) == 0
    assert capsys.readouterr().out == "Deleted 0 reports.\n"
    assert main(["show", reference]) == 0


def test_an_unknown_reference_is_one_sentence(
    reference: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["show", "S-26-AAAA-AAAA"], ["export", "s-26-aaaa-aaaa", str(tmp_path / "new")]):
        assert main(arguments) == 1
        assert capsys.readouterr().err == "There is no damage report S-26-AAAA-AAAA.\n"
    assert not (tmp_path / "new").exists()


def test_export_overwrites_nothing(reference: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", reference, str(tmp_path)]) == 1
    assert "exists" in capsys.readouterr().err


@pytest.mark.parametrize("days", ["0", "-1", "soon", "1.5"])
def test_a_wrong_number_of_days_is_refused(days: str, reference: str) -> None:
    with pytest.raises(SystemExit):
        main(["purge", f"--days={days}"])
    assert main(["show", reference]) == 0


def test_a_wrong_setting_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LEASE_ASSISTANT_DAMAGE_DESK_URL", "mysql://lease:geheim@db/desk")
    assert main(["list"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("LEASE_ASSISTANT_DAMAGE_DESK_URL has to begin with")
    assert "geheim" not in error

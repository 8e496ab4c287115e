"""`python -m lease_assistant.damage_desk`: the damage reports, for the department that handles them."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from lease_assistant import settings
from lease_assistant.damage_desk.desk import DamageDesk, open_desk
from lease_assistant.damage_desk.records import DeskError, FiledReport


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit code: 0, or 1 with one sentence when something is wrong."""
    options = _parser().parse_args(arguments)
    try:
        desk = open_desk(settings.load())
        if options.command == "list":
            _list(desk)
        elif options.command == "show":
            print(as_json(desk.report(options.reference)))
        elif options.command == "export":
            export(desk, options.reference, options.folder)
        else:
            print(f"Deleted {desk.purge(options.days)} reports.")
    except (settings.SettingsError, DeskError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def as_json(report: FiledReport) -> str:
    """Everything about a report except the pictures."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=2, default=datetime.isoformat)


def export(desk: DamageDesk, reference: str, folder: Path) -> None:
    """Write ``report.json`` and the photos to a folder that is not there yet; only its owner can read it."""
    report = desk.report(reference)
    folder.mkdir(mode=0o700, parents=True)
    _write(folder / "report.json", as_json(report).encode())
    for photo, content in desk.photos(reference):
        _write(folder / photo.file_name, content)
    print(f"Wrote {report.reference} with {len(report.photos)} photos to {folder}.")


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)


def _list(desk: DamageDesk) -> None:
    for report in desk.reports():
        kind, photos = report.answers.get("damage_kind") or "-", len(report.photos)
        print(f"{report.reference}  {report.filed_at:%Y-%m-%d %H:%M}  {report.channel}  {kind}  {photos} photos")


def _days(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of days above 0")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lease_assistant.damage_desk", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("list", help="all reports, the latest first")
    show = commands.add_parser("show", help="one report as JSON")
    show.add_argument("reference")
    copy = commands.add_parser("export", help="write one report and its photos to a new folder")
    copy.add_argument("reference")
    copy.add_argument("folder", type=Path)
    purge = commands.add_parser("purge", help="delete the reports that have been kept long enough")
    purge.add_argument(
        "--days", type=_days, help="how long a report is kept (default: LEASE_ASSISTANT_DAMAGE_REPORT_DAYS)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""Reading what the desk has, for the department."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lease_assistant.damage_desk.records import MEDIA_TYPES, FiledReport, KeptPhoto, UnknownReference
from lease_assistant.damage_desk.references import as_written
from lease_assistant.damage_desk.tables import PHOTOS, REPORTS
from lease_assistant.rules.damage import AMSTERDAM

# A list of reports has no use for the pictures themselves.
ABOUT_PHOTOS = [column for column in PHOTOS.c if column.name != "content"]


def reports(connection: Connection) -> list[FiledReport]:
    """All reports, the latest first."""
    rows = connection.execute(sa.select(REPORTS).order_by(REPORTS.c.filed_at.desc()))
    return [_filed(connection, row) for row in rows]


def report(connection: Connection, reference: str) -> FiledReport:
    """One report; raises `UnknownReference`."""
    row = connection.execute(sa.select(REPORTS).where(REPORTS.c.reference == as_written(reference))).first()
    if row is None:
        raise UnknownReference(f"There is no damage report {as_written(reference)}.")
    return _filed(connection, row)


def content(connection: Connection, reference: str, place: int) -> bytes:
    """The picture of the photo in this place of a report, from 0."""
    mine = sa.select(PHOTOS.c.content).where(PHOTOS.c.report == as_written(reference))
    return bytes(connection.execute(mine.order_by(PHOTOS.c.id).offset(place).limit(1)).scalar_one())


def moment(seconds: float) -> datetime:
    """A moment out of the database."""
    return datetime.fromtimestamp(seconds, AMSTERDAM)


def _filed(connection: Connection, row: Any) -> FiledReport:
    mine = sa.select(*ABOUT_PHOTOS).where(PHOTOS.c.report == row.reference).order_by(PHOTOS.c.id)
    photos = tuple(_kept(number, photo) for number, photo in enumerate(connection.execute(mine), start=1))
    return FiledReport(
        reference=row.reference,
        filed_at=moment(row.filed_at),
        updated_at=moment(row.updated_at),
        channel=row.channel,
        customer=row.customer,
        assessment=row.assessment,
        answers=row.answers,
        photos=photos,
    )


def _kept(number: int, row: Any) -> KeptPhoto:
    return KeptPhoto(
        file_name=f"photo-{number}{MEDIA_TYPES[row.media_type]}",
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        received_at=moment(row.received_at),
    )

"""The desk itself. All methods block for some milliseconds and raise `DeskUnavailable` when the database fails.

The conversation is the sender id of Rasa, the same in all channels. Several processes may write at once.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from lease_assistant import sql
from lease_assistant.damage_desk import archive
from lease_assistant.damage_desk.records import (
    MOST_PHOTOS,
    DamageReport,
    DeskUnavailable,
    FiledReport,
    KeptPhoto,
    Photo,
    TooManyPhotos,
)
from lease_assistant.damage_desk.references import new_reference
from lease_assistant.damage_desk.tables import META, PHOTOS, REPORTS
from lease_assistant.settings import Settings

DAY = 24 * 3600.0
# A photo and a report further apart are about different things.
SECONDS_TOGETHER = 7 * DAY
# Well below the time that an action may take: the assessment comes also without the desk.
SECONDS_TO_WAIT = 2.0


class DamageDesk:
    """Reports and photos in the database at `url`. `now` gives the time in seconds since 1970."""

    def __init__(self, url: str, keep_days: int, now: Callable[[], float] = time.time) -> None:
        self._url = url
        self._keep_days = keep_days
        self._now = now
        self._engine: Engine | None = None

    def file(self, conversation: str, report: DamageReport) -> str:
        """Keep `report` and return its reference; what corrects a report, or repeats the last one, replaces it."""
        now = self._now()
        with self._writing(conversation) as connection:
            _delete_reports(connection, REPORTS.c.updated_at < now - self._keep_days * DAY)
            values = {
                "conversation": conversation,
                "channel": report.channel,
                "customer": report.customer,
                "assessment": dict(report.assessment),
                "answers": dict(report.answers),
                "updated_at": now,
            }
            reference = _replaced(connection, conversation, report)
            if reference:
                connection.execute(sa.update(REPORTS).where(REPORTS.c.reference == reference).values(**values))
            else:
                reference = _free_reference(connection, now)
                connection.execute(sa.insert(REPORTS).values(reference=reference, filed_at=now, **values))
            loose = sa.and_(PHOTOS.c.report.is_(None), PHOTOS.c.received_at > now - SECONDS_TOGETHER)
            since = sa.or_(loose, PHOTOS.c.received_at >= report.begun_at)
            photos = sa.update(PHOTOS).where(PHOTOS.c.conversation == conversation, since)
            connection.execute(photos.values(report=reference))
        return reference

    def attach(self, conversation: str, photo: Photo) -> str | None:
        """Keep a photo, once; return the reference it belongs to, None as long as there is no report.

        Raises `TooManyPhotos`.
        """
        now = self._now()
        with self._writing(conversation) as connection:
            recent = REPORTS.c.updated_at > now - SECONDS_TOGETHER
            last = _last_report(connection, conversation, recent)
            reference = last.reference if last else None
            together = sa.and_(PHOTOS.c.conversation == conversation, PHOTOS.c.report.is_not_distinct_from(reference))
            kept = set(connection.execute(sa.select(PHOTOS.c.sha256).where(together)).scalars())
            if photo.sha256 in kept:
                return reference
            if len(kept) >= MOST_PHOTOS:
                raise TooManyPhotos(f"there are {MOST_PHOTOS} photos already")
            row = {"conversation": conversation, "report": reference, "received_at": now}
            about = {"media_type": photo.media_type, "size": len(photo.content), "sha256": photo.sha256}
            connection.execute(sa.insert(PHOTOS).values(**row, **about, content=photo.content))
        return reference

    def forget(self, conversation: str) -> None:
        """The customer wants the conversation deleted: reports and photos go with it."""
        with self._writing(conversation) as connection:
            connection.execute(sa.delete(PHOTOS).where(PHOTOS.c.conversation == conversation))
            connection.execute(sa.delete(REPORTS).where(REPORTS.c.conversation == conversation))

    def end(self, conversation: str) -> None:
        """The conversation is over by itself: reports stay, photos that belong to none go."""
        loose = sa.and_(PHOTOS.c.conversation == conversation, PHOTOS.c.report.is_(None))
        with self._writing(conversation) as connection:
            connection.execute(sa.delete(PHOTOS).where(loose))

    def purge(self, keep_days: int | None = None) -> int:
        """Delete what was last changed longer ago than `keep_days`, by default the desk's; return how many reports.

        Photos that no report came of go after a week.
        """
        now = self._now()
        days = self._keep_days if keep_days is None else keep_days
        with self._writing() as connection:
            loose = sa.and_(PHOTOS.c.report.is_(None), PHOTOS.c.received_at < now - SECONDS_TOGETHER)
            connection.execute(sa.delete(PHOTOS).where(loose))
            return _delete_reports(connection, REPORTS.c.updated_at < now - days * DAY)

    def reports(self) -> list[FiledReport]:
        """All reports, the latest first."""
        with self._writing() as connection:
            return archive.reports(connection)

    def report(self, reference: str) -> FiledReport:
        """One report; raises `UnknownReference`."""
        with self._writing() as connection:
            return archive.report(connection, reference)

    def photos(self, reference: str) -> Iterator[tuple[KeptPhoto, bytes]]:
        """The photos of a report with their content, one at a time; raises `UnknownReference`."""
        for place, photo in enumerate(self.report(reference).photos):
            with self._writing() as connection:
                content = archive.content(connection, reference, place)
            yield photo, content

    def close(self) -> None:
        """Close all connections; they open again on next use."""
        if self._engine:
            self._engine.dispose()
            self._engine = None

    @contextmanager
    def _writing(self, conversation: str | None = None) -> Iterator[Connection]:
        """A transaction that nobody else comes between; with `conversation`, at least not about the same one."""
        try:
            if self._engine is None:
                engine = sql.open_engine(self._url, META, SECONDS_TO_WAIT, wipe=True)
                # The customer is told that we have it.
                self._engine = engine.execution_options(durable=True)
            with self._engine.begin() as connection:
                if conversation:
                    sql.lock(connection, sa.func.hashtext(conversation))
                yield connection
        except (SQLAlchemyError, OSError) as error:
            # Neither the address, which may hold a password, nor what was to be written.
            raise DeskUnavailable(f"the database of the damage desk: {type(error).__name__}") from None


def open_desk(settings: Settings) -> DamageDesk:
    """The desk that the settings name; its database opens on first use."""
    return DamageDesk(settings.damage_desk_url, settings.damage_report_days)


def _replaced(connection: Connection, conversation: str, report: DamageReport) -> str | None:
    """The reference of what `report` replaces: the one it corrects, or the same report when a turn is run again."""
    if report.corrects:
        corrected = REPORTS.c.reference == report.corrects
        found = _last_report(connection, conversation, corrected)
    else:
        found = _last_report(connection, conversation)
        same = found and (found.answers, found.assessment) == (report.answers, report.assessment)
        found = found if same else None
    return found.reference if found else None


def _last_report(connection: Connection, conversation: str, *where: Any) -> Any:
    mine = sa.select(REPORTS).where(REPORTS.c.conversation == conversation, *where)
    return connection.execute(mine.order_by(REPORTS.c.filed_at.desc()).limit(1)).first()


def _free_reference(connection: Connection, now: float) -> str:
    while True:
        reference = new_reference(archive.moment(now))
        taken = sa.select(REPORTS.c.reference).where(REPORTS.c.reference == reference)
        if connection.execute(taken).first() is None:
            return reference


def _delete_reports(connection: Connection, where: Any) -> int:
    old = sa.select(REPORTS.c.reference).where(where).scalar_subquery()
    connection.execute(sa.delete(PHOTOS).where(PHOTOS.c.report.in_(old)))
    return int(connection.execute(sa.delete(REPORTS).where(where)).rowcount)

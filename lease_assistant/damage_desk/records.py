"""What the damage desk takes and gives, and what can go wrong. Moments are aware, in Europe/Amsterdam."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

MOST_PHOTOS = 8
# The kinds that a cleaned photo can have, with the end of a file's name.
MEDIA_TYPES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}


class DeskError(Exception):
    """The damage desk cannot do what it was asked."""


class DeskUnavailable(DeskError):
    """The database cannot be reached or written to."""


class TooManyPhotos(DeskError):
    """There are `MOST_PHOTOS` already."""


class UnknownReference(DeskError):
    """No report has this reference."""


@dataclass(frozen=True)
class DamageReport:
    """What a conversation came to.

    `assessment`: the `damage_assessment` of the message contract. `answers`: the customer's, by slot.
    `customer`: who is signed in to the portal, if anybody. `begun_at`: when this run of the questions began, in
    seconds since 1970; photos since then belong to it. `corrects`: the reference that the same run has already.
    """

    channel: str
    assessment: Mapping[str, Any] = field(repr=False)
    answers: Mapping[str, Any] = field(repr=False)
    begun_at: float
    customer: str | None = field(default=None, repr=False)
    corrects: str | None = None


@dataclass(frozen=True)
class Photo:
    """A picture without metadata, as the channels make them."""

    content: bytes = field(repr=False)
    media_type: str = "image/jpeg"

    def __post_init__(self) -> None:
        if self.media_type not in MEDIA_TYPES:
            raise ValueError(f"{self.media_type!r} is no kind of photo that the damage desk keeps")

    @property
    def sha256(self) -> str:
        """By which the same photo is known again."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class KeptPhoto:
    """A photo as the department sees it. `file_name` counts from 1 in the order in which the photos came."""

    file_name: str
    media_type: str
    size: int
    sha256: str
    received_at: datetime


@dataclass(frozen=True)
class FiledReport:
    """A report as the department sees it."""

    reference: str
    filed_at: datetime
    updated_at: datetime
    channel: str
    customer: str | None
    assessment: Mapping[str, Any] = field(repr=False)
    answers: Mapping[str, Any] = field(repr=False)
    photos: tuple[KeptPhoto, ...]

"""The damage desk: keeps damage reports and their photos for the department that handles them."""

from lease_assistant.damage_desk.desk import DamageDesk, open_desk
from lease_assistant.damage_desk.records import (
    DamageReport,
    DeskError,
    DeskUnavailable,
    FiledReport,
    KeptPhoto,
    Photo,
    TooManyPhotos,
    UnknownReference,
)

__all__ = [
    "DamageDesk",
    "DamageReport",
    "DeskError",
    "DeskUnavailable",
    "FiledReport",
    "KeptPhoto",
    "Photo",
    "TooManyPhotos",
    "UnknownReference",
    "open_desk",
]

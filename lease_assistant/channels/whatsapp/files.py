"""Files that the assistant sends: only from one folder, only what WhatsApp takes."""

import mimetypes
from pathlib import Path

MEGABYTE = 1024 * 1024
IMAGE_TYPES = ("image/jpeg", "image/png")
LARGEST = {"image": 5 * MEGABYTE, "document": 100 * MEGABYTE}


def read_file(folder: str, name: str, kind: str) -> tuple[bytes, str]:
    """The content and type of the file `name` in `folder`, to be sent as `kind` (image or document).

    Raises `ValueError` or `OSError` for what cannot be sent.
    """
    if not folder:
        raise ValueError("media_folder is not set")
    place = (Path(folder) / name).resolve()
    if not place.is_relative_to(Path(folder).resolve()):
        raise ValueError("it is outside media_folder")
    if not place.is_file():
        raise ValueError("there is no such file")
    media_type = mimetypes.guess_type(place.name)[0] or ""
    if not media_type or (kind == "image" and media_type not in IMAGE_TYPES):
        raise ValueError(f"WhatsApp takes no {kind} of the type {media_type or 'unknown'}")
    if not 0 < place.stat().st_size <= LARGEST[kind]:
        raise ValueError("it is empty or too large")
    return place.read_bytes(), media_type

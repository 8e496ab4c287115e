"""Photos of damage: recognised by their content and made anew without metadata."""

import warnings
from io import BytesIO

import pillow_heif
from PIL import Image, ImageOps

from lease_assistant.channels.website.refusals import Refused

pillow_heif.register_heif_opener(thumbnails=False)

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# A small file can hold a picture that fills the memory; the cameras of phones stay below this.
MOST_PIXELS = 110_000_000
# No more than anyone needs to judge damage, and a bounded time to write it.
LONGEST_SIDE = 4096
QUALITY = 88
LONGEST_NAME = 100


def clean_photo(content: bytes) -> bytes:
    """The picture in `content` as a new JPEG: turned upright, without EXIF, position or anything hidden behind it.

    Raises `Refused` for what is not a JPEG, PNG, WebP or HEIC picture, whatever it is called.
    """
    try:
        with warnings.catch_warnings():
            # Ours is the stricter check; Pillow only warns.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=FORMATS) as picture:
                return _written_anew(picture)
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise Refused("photo_too_detailed") from None
    except Exception:  # noqa: BLE001  # a broken picture makes the decoders raise nearly anything
        raise Refused("photo_unreadable") from None


def _written_anew(picture: Image.Image) -> bytes:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise Refused("photo_too_detailed")
    # Has a large JPEG read at a half, a quarter or an eighth of its size; nothing for other formats.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Only the pixels go over: a copy of the picture object would carry its metadata along.
    plain = Image.frombytes("RGB", upright.size, upright.tobytes())
    written = BytesIO()
    plain.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def shown_name(name: str) -> str:
    """A file name fit to be shown: no path, no control characters, not too long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip()[:LONGEST_NAME] or "foto"

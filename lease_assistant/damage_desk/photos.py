"""Photos of damage, of whatever channel: recognised by their content and made anew without metadata."""

import warnings
from io import BytesIO
from typing import Literal

import pillow_heif
from PIL import Image, ImageOps

pillow_heif.register_heif_opener(thumbnails=False)

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# A small file can hold a picture that fills the memory; the cameras of phones stay below this.
MOST_PIXELS = 110_000_000
# No more than anyone needs to judge damage, and a bounded time to write it.
LONGEST_SIDE = 4096
QUALITY = 88


class NotAPhoto(ValueError):
    """The content is no picture that we take, for `reason`."""

    def __init__(self, reason: Literal["unreadable", "too_detailed"]) -> None:
        super().__init__(reason)
        self.reason = reason


def clean_photo(content: bytes) -> bytes:
    """The picture in `content` as a new JPEG: turned upright, without EXIF, position or anything hidden behind it.

    Raises `NotAPhoto` for what is not a JPEG, PNG, WebP or HEIC picture, whatever it is called.
    """
    try:
        with warnings.catch_warnings():
            # Ours is the stricter check; Pillow only warns.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=FORMATS) as picture:
                return _written_anew(picture)
    except NotAPhoto:
        raise
    except Image.DecompressionBombError:
        raise NotAPhoto("too_detailed") from None
    except Exception:  # noqa: BLE001  # a broken picture makes the decoders raise nearly anything
        raise NotAPhoto("unreadable") from None


def _written_anew(picture: Image.Image) -> bytes:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise NotAPhoto("too_detailed")
    # Has a large JPEG read at a half, a quarter or an eighth of its size; nothing for other formats.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Painted on a new picture, so that nothing but the pixels goes along; what is transparent becomes white.
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright.getchannel("A"))
    written = BytesIO()
    plain.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()

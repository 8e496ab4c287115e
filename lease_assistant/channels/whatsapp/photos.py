"""Photos of customers: checked by content, not by what they claim to be, and stripped of place, time and camera."""

import io
import warnings

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
# Larger than any telephone makes; a picture that unpacks to more is an attack on our memory.
MAX_PIXELS = 50_000_000
QUALITY = 90


class NotAPhoto(ValueError):
    """The content is not a picture that we take."""


def clean_photo(content: bytes) -> bytes:
    """The picture alone, turned upright, as JPEG; raises `NotAPhoto`. Takes about a tenth of a second."""
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a picture that is a little too large.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _clean(content)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPhoto(type(error).__name__) from None


def _clean(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        if image.width * image.height > MAX_PIXELS:
            raise NotAPhoto("too many pixels")
        upright = ImageOps.exif_transpose(image)
        # Painted on a new picture, so that nothing but the pixels goes along.
        painted = Image.new("RGB", upright.size, "white")
        with_alpha = upright.convert("RGBA")
        painted.paste(with_alpha, mask=with_alpha.getchannel("A"))
    cleaned = io.BytesIO()
    painted.save(cleaned, "JPEG", quality=QUALITY)
    return cleaned.getvalue()

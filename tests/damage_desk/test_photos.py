import zlib
from io import BytesIO
from typing import Any

import pillow_heif
import pytest
from PIL import Image, PngImagePlugin

from lease_assistant.damage_desk.photos import LONGEST_SIDE, NotAPhoto, clean_photo

SECRET = b"GEHEIM-IN-DE-FOTO"


def picture(kind: str, size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    written = BytesIO()
    mode = "RGBA" if kind in {"PNG", "WEBP"} else "RGB"
    Image.new(mode, size, "red").save(written, kind, **options)
    return written.getvalue()


def heic() -> bytes:
    written = BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (60, 40), "red")).save(written)
    return written.getvalue()


def exif() -> Image.Exif:
    made = Image.Exif()
    made[0x010E] = SECRET.decode()
    made[0x0112] = 6
    made.get_ifd(0x8825)[2] = (52.0, 22.0, 12.0)
    return made


@pytest.mark.parametrize(
    "content", [picture("JPEG"), picture("PNG"), picture("WEBP"), heic()], ids=["jpeg", "png", "webp", "heic"]
)
def test_the_kinds_that_phones_make_become_a_jpeg(content: bytes) -> None:
    with Image.open(BytesIO(clean_photo(content))) as made:
        assert (made.format, made.size) == ("JPEG", (60, 40))
        red, green, blue = made.getpixel((30, 20))
        assert red > 240
        assert max(green, blue) < 15


def test_metadata_is_gone_and_the_picture_upright() -> None:
    made = clean_photo(picture("JPEG", exif=exif(), comment=SECRET))
    assert SECRET not in made
    with Image.open(BytesIO(made)) as image:
        assert dict(image.getexif()) == {}
        assert image.size == (40, 60)


def test_texts_in_a_png_and_bytes_behind_the_picture_are_gone() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET.decode())
    assert SECRET not in clean_photo(picture("PNG", pnginfo=info))
    assert SECRET not in clean_photo(picture("JPEG") + SECRET)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 a program",
        b"\x7fELF",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        picture("GIF"),
        picture("TIFF"),
        picture("JPEG")[:300],
        b"\xff\xd8\xff\xe0" + b"\0" * 100,
    ],
    ids=["empty", "exe", "elf", "pdf", "svg", "html", "gif", "tiff", "cut", "head only"],
)
def test_anything_else_is_refused_by_its_content(content: bytes) -> None:
    with pytest.raises(NotAPhoto) as refused:
        clean_photo(content)
    assert refused.value.reason == "unreadable"


def test_a_small_file_with_a_huge_picture_is_refused_without_unpacking_it() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    header = (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(NotAPhoto) as refused:
        clean_photo(bomb)
    assert refused.value.reason == "too_detailed"


def test_a_large_photo_is_made_smaller() -> None:
    with Image.open(BytesIO(clean_photo(picture("JPEG", (LONGEST_SIDE * 2, 100))))) as made:
        assert made.size == (LONGEST_SIDE, 50)


def test_what_is_transparent_becomes_white() -> None:
    written = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(written, "PNG")
    with Image.open(BytesIO(clean_photo(written.getvalue()))) as made:
        assert made.getpixel((5, 5)) == (255, 255, 255)

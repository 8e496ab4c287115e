import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from lease_assistant.channels.whatsapp.fake_graph import Media
from lease_assistant.channels.whatsapp.photos import NotAPhoto, clean_photo
from lease_assistant.channels.whatsapp.responder import load_texts
from tests.channels.whatsapp.payloads import message, text, webhook

TEXTS = load_texts()
ORIENTATION, CAMERA, GPS = 0x0112, 0x010F, 0x8825


def photo(picture_format: Any = "JPEG", size: Any = (40, 20), **options: Any) -> Any:
    """A picture, as JPEG with the place where it was taken, lying on its side."""
    content = io.BytesIO()
    exif = Image.Exif()
    exif[ORIENTATION], exif[CAMERA] = 6, "SecretCamera"
    exif[GPS] = {1: "N", 2: (52.0, 22.0, 30.0)}
    Image.new("RGB", size, "red").save(content, picture_format, exif=exif, **options)
    return content.getvalue()


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP"])
def test_only_the_picture_remains_upright(picture_format: Any) -> None:
    given = photo(picture_format)
    assert b"SecretCamera" in given
    cleaned = clean_photo(given)
    assert b"SecretCamera" not in cleaned
    with Image.open(io.BytesIO(cleaned)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (20, 40), {})
        assert "exif" not in image.info


def test_comments_and_text_chunks_go_too() -> None:
    assert b"geheim" not in clean_photo(photo(comment=b"geheim"))


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", b"<svg/>", photo()[:200], b"GIF89a" + b"\0" * 50, b"%PDF-1.4", photo("PNG")[:60]],
)
def test_what_is_no_photo_is_refused(content: Any) -> None:
    with pytest.raises(NotAPhoto):
        clean_photo(content)


def test_a_picture_that_unpacks_to_too_much_is_refused() -> None:
    content = io.BytesIO()
    Image.new("1", (10_000, 6_000)).save(content, "PNG")
    assert len(content.getvalue()) < 100_000
    with pytest.raises(NotAPhoto):
        clean_photo(content.getvalue())


def is_private_and_clean(path: Path) -> bool:
    return path.stat().st_mode & 0o077 == 0 and b"SecretCamera" not in path.read_bytes()


async def report(question: Any) -> Any:
    if question.text == "klaar":
        return [{"text": "Uw melding", "custom": {"type": "damage_assessment", "form_due": None}}]
    return [{"text": f"U zei: {question.text}"}]


async def test_a_photo_is_kept_without_its_place_and_belongs_to_the_report_that_follows(open_channel: Any) -> None:
    channel = await open_channel(report)
    channel.graph.media["1003383421387256"] = Media(photo())
    await channel.post(webhook(message("image", "p1"), text("klaar", "t1"), message("image", "p2")))
    assert await channel.replies(5) == [
        TEXTS["photo_saved"], "U zei: bumper", "*Uw schademelding*\nUw melding",
        TEXTS["photo_saved"], "U zei: bumper",
    ]  # fmt: skip
    (first, second) = channel.rows("SELECT message_id, report, path FROM whatsapp_photos ORDER BY stored_at")
    assert (first[:2], second[:2]) == (("p1", "t1"), ("p2", None))
    assert is_private_and_clean(Path(first[2]))


@pytest.mark.parametrize(
    ("media", "refusal"),
    [
        (Media(b"%PDF-1.4 no picture"), "type"),
        (Media(photo(), size=50_000_000), "size"),
        (Media(b"x" * 2_000_000, size=10), "size"),
        (Media(photo(), url="https://evil.example/photo"), "unavailable"),
        (Media(photo(), url="http://169.254.169.254/latest"), "unavailable"),
    ],
)
async def test_a_photo_that_is_not_taken_gets_the_reason(open_channel: Any, media: Any, refusal: Any) -> None:
    channel = await open_channel(max_photo_bytes=1_000_000)
    channel.graph.media["1003383421387256"] = media
    await channel.post(webhook(message("image", "p1")))
    assert await channel.replies(1) == [TEXTS["photo_refused"][refusal]]
    assert channel.rows("SELECT * FROM whatsapp_photos") == []


@pytest.mark.parametrize("media", [None, Media(photo(), sha256="0" * 64)])
async def test_a_photo_that_cannot_be_fetched_is_excused(channel: Any, media: Any) -> None:
    if media:
        channel.graph.media["1003383421387256"] = media
    await channel.post(webhook(message("image", "p1"), text("en nu?", "t1")))
    assert await channel.replies(2) == [TEXTS["failed"], "U zei: en nu?"]

import io
import time
from typing import Any

import pytest
from PIL import Image

from lease_assistant.channels.whatsapp.fake_graph import Media
from lease_assistant.channels.whatsapp.responder import load_texts
from lease_assistant.damage_desk import DamageReport
from lease_assistant.damage_desk.records import MOST_PHOTOS
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


def bomb() -> bytes:
    """A small file that unpacks to more than a camera makes."""
    content = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(content, "PNG")
    return content.getvalue()


REPORT = DamageReport("whatsapp", {"type": "damage_assessment"}, {"damage_kind": "parking"}, begun_at=time.time())


async def test_a_photo_goes_to_the_damage_desk_without_its_place(open_channel: Any, desk: Any) -> None:
    channel = await open_channel()
    channel.graph.media["1003383421387256"] = Media(photo())
    await channel.post(webhook(message("image", "p1")))
    assert await channel.replies(2) == [TEXTS["photo_saved"]["loose"], "U zei: bumper"]
    reference = desk.file(channel.questions[0].conversation, REPORT)
    ((kept, content),) = desk.photos(reference)
    assert kept.media_type == "image/jpeg"
    assert b"SecretCamera" not in content
    # Once there is a report, the customer hears its reference, and the photo belongs to it at once.
    channel.graph.media["1003383421387256"] = Media(photo(size=(50, 20)))
    await channel.post(webhook(message("image", "p2")))
    assert (await channel.replies(4))[2] == TEXTS["photo_saved"]["filed"].format(reference=reference)
    assert len(desk.report(reference).photos) == 2


async def test_more_photos_than_the_desk_keeps_are_declined(open_channel: Any) -> None:
    channel = await open_channel()
    for number in range(MOST_PHOTOS + 1):
        channel.graph.media[str(number)] = Media(photo(size=(20 + number, 20)))
        image = {"id": str(number), "mime_type": "image/jpeg"}
        await channel.post(webhook(message("image", f"p{number}", image=image)))
    assert (await channel.replies(MOST_PHOTOS + 1))[-1] == TEXTS["photo_refused"]["many"].format(most=MOST_PHOTOS)


async def test_a_photo_while_the_desk_cannot_be_reached_is_excused(open_channel: Any, desk: Any) -> None:
    channel = await open_channel()
    desk._url = "sqlite:////proc/nowhere/desk.sqlite3"
    channel.graph.media["1003383421387256"] = Media(photo())
    await channel.post(webhook(message("image", "p1"), text("en nu?", "t1")))
    assert await channel.replies(2) == [TEXTS["failed"], "U zei: en nu?"]


@pytest.mark.parametrize(
    ("media", "refusal"),
    [
        (Media(b"%PDF-1.4 no picture"), "type"),
        (Media(bomb()), "size"),
        (Media(photo(), size=50_000_000), "size"),
        (Media(b"x" * 2_000_000, size=10), "size"),
        (Media(photo(), url="https://evil.example/photo"), "unavailable"),
        (Media(photo(), url="http://169.254.169.254/latest"), "unavailable"),
    ],
)
async def test_a_photo_that_is_not_taken_gets_the_reason(
    open_channel: Any, desk: Any, media: Any, refusal: Any
) -> None:
    channel = await open_channel(max_photo_bytes=1_000_000)
    channel.graph.media["1003383421387256"] = media
    await channel.post(webhook(message("image", "p1")))
    assert await channel.replies(1) == [TEXTS["photo_refused"][refusal]]
    conversation = channel.rows("SELECT conversation FROM whatsapp_customers")[0][0]
    assert desk.report(desk.file(conversation, REPORT)).photos == ()


@pytest.mark.parametrize("media", [None, Media(photo(), sha256="0" * 64)])
async def test_a_photo_that_cannot_be_fetched_is_excused(channel: Any, media: Any) -> None:
    if media:
        channel.graph.media["1003383421387256"] = media
    await channel.post(webhook(message("image", "p1"), text("en nu?", "t1")))
    assert await channel.replies(2) == [TEXTS["failed"], "U zei: en nu?"]

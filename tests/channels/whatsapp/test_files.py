"""Files that the assistant sends: uploaded, only from their folder, and nothing that WhatsApp would refuse."""

from pathlib import Path
from typing import Any

import pytest

from lease_assistant.channels.whatsapp.fake_graph import Failure
from lease_assistant.channels.whatsapp.files import MEGABYTE, read_file
from tests.channels.whatsapp.payloads import text, webhook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files to send, and a secret beside it."""
    place = tmp_path / "media"
    place.mkdir()
    for name in ("formulier.pdf", "foto.png", "foto.gif", "zonder-naam"):
        (place / name).write_bytes(b"inhoud")
    (place / "leeg.pdf").touch()
    with (place / "groot.png").open("wb") as large:
        large.truncate(5 * MEGABYTE + 1)
    (tmp_path / "geheim.pdf").write_bytes(b"geheim")
    (place / "omweg.pdf").symlink_to(tmp_path / "geheim.pdf")
    return place


def test_a_file_is_read_with_its_type(folder: Path) -> None:
    assert read_file(str(folder), "formulier.pdf", "document") == (b"inhoud", "application/pdf")
    assert read_file(str(folder), "foto.png", "image") == (b"inhoud", "image/png")


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("../geheim.pdf", "document", "outside"),
        ("/etc/passwd", "document", "outside"),
        ("omweg.pdf", "document", "outside"),
        ("ontbreekt.pdf", "document", "no such file"),
        (".", "document", "no such file"),
        ("zonder-naam", "document", "unknown"),
        ("foto.gif", "image", "image/gif"),
        ("formulier.pdf", "image", "application/pdf"),
        ("leeg.pdf", "document", "empty"),
        ("groot.png", "image", "too large"),
        ("a\0b.pdf", "document", "null"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_the_reason(folder: Path, name: str, kind: str, reason: str) -> None:
    with pytest.raises((ValueError, OSError), match=reason):
        read_file(str(folder), name, kind)


def test_nothing_is_sent_without_a_folder() -> None:
    with pytest.raises(ValueError, match="media_folder"):
        read_file("", "formulier.pdf", "document")


async def sends(question: Any) -> Any:
    return [{"text": "Het formulier", "attachment": question.text}]


async def test_a_file_is_uploaded_and_sent_by_its_id(open_channel: Any, folder: Path) -> None:
    channel = await open_channel(sends, media_folder=str(folder))
    channel.graph.failures = [Failure(500)]
    await channel.post(webhook(text("formulier.pdf", "1")))
    await channel.replies(1)
    document = channel.graph.sent[0]["document"]
    assert document == {"id": document["id"], "filename": "formulier.pdf", "caption": "Het formulier"}
    uploaded = channel.graph.media[document["id"]]
    assert (uploaded.content, uploaded.media_type) == (b"inhoud", "application/pdf")


async def test_a_file_that_cannot_be_sent_is_a_dead_letter_and_the_rest_goes_on(
    open_channel: Any, folder: Path
) -> None:
    channel = await open_channel(sends, media_folder=str(folder))
    await channel.post(webhook(text("../geheim.pdf", "1"), text("formulier.pdf", "2")))
    await channel.replies(1)
    ((error,),) = channel.rows("SELECT error FROM whatsapp_outbox WHERE state = 'failed'")
    assert error == "the file cannot be sent: it is outside media_folder"
    assert channel.graph.rejected == []

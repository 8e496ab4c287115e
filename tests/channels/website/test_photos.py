import pytest

from lease_assistant.channels.website.photos import shown_name, taken
from lease_assistant.channels.website.refusals import Refused


def test_what_is_no_photo_is_refused_with_a_status() -> None:
    with pytest.raises(Refused) as refused:
        taken(b"MZ\x90\x00 a program")
    assert (refused.value.code, refused.value.status) == ("photo_unreadable", 415)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("foto.jpg", "foto.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jan\\auto.png", "auto.png"),
        ("a\r\nSet-Cookie: x\0\u202egpj.exe", "aSet-Cookie: xgpj.exe"),
        ("", "foto"),
        ("é" * 300, "é" * 100),
    ],
)
def test_names_are_only_shown(name: str, shown: str) -> None:
    assert shown_name(name) == shown

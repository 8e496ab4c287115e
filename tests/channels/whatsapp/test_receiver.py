"""The receiver as a program: it refuses to start with one sentence."""

from pathlib import Path

import pytest

from lease_assistant.channels.whatsapp import receiver
from lease_assistant.channels.whatsapp.config import CHANNEL

SECRETS = "verify_token: b, access_token: c, phone_number_id: 1"


@pytest.mark.parametrize(
    ("credentials", "sentence"),
    [
        ("rest:\n", "does not start without app_secret"),
        (f"{CHANNEL}: {{app_secret: '${{NOT_SET_ANYWHERE}}', {SECRETS}}}\n", "does not start without app_secret"),
        (f"{CHANNEL}: {{app_secret: a, {SECRETS}, colour: red}}\n", "unknown WhatsApp setting: colour"),
        (None, "No such file"),
    ],
)
def test_wrong_credentials_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, credentials: str | None, sentence: str
) -> None:
    path = tmp_path / "credentials.yml"
    if credentials is not None:
        path.write_text(credentials, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["receiver", "--credentials", str(path)])
    with pytest.raises(SystemExit, match=sentence):
        receiver.main()


def test_variables_are_filled_in_as_rasa_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHATSAPP_APP_SECRET", "from the environment")
    path = tmp_path / "credentials.yml"
    path.write_text(f"{CHANNEL}: {{app_secret: '${{WHATSAPP_APP_SECRET}}', {SECRETS}}}\n", encoding="utf-8")
    assert receiver.read_config(path).app_secret == "from the environment"

import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lease_assistant.channels.website.refusals import Refused
from lease_assistant.channels.website.tokens import Signer, new_conversation, stored_secret
from lease_assistant.conversation.replies import Button
from lease_assistant.settings import SettingsError

SECRET = "s" * 32
DAY = 24 * 3600


def refusal(call: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return refused.value.code


def test_a_token_opens_its_own_conversation() -> None:
    signer, conversation = Signer(SECRET, DAY), new_conversation()
    assert signer.conversation(signer.issue(conversation)) == conversation


def test_ids_are_long_and_all_different() -> None:
    ids = {new_conversation() for _ in range(1000)}
    assert len(ids) == 1000
    assert min(map(len, ids)) >= 43


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: t.replace(".", "", 1), lambda t: "", str.swapcase]
)
def test_a_changed_token_is_refused(change: Callable[[str], str]) -> None:
    signer = Signer(SECRET, DAY)
    assert refusal(signer.conversation, change(signer.issue(new_conversation()))) == "token_invalid"


def test_a_token_of_another_secret_or_another_kind_is_refused() -> None:
    signer, conversation = Signer(SECRET, DAY), new_conversation()
    assert refusal(signer.conversation, Signer("t" * 32, DAY).issue(conversation)) == "token_invalid"
    assert refusal(signer.conversation, signer.sign_button(conversation, Button("a", "b"))) == "token_invalid"


def test_a_token_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    signer = Signer(SECRET, 60)
    token, now = signer.issue(new_conversation()), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 59)
    signer.conversation(token)
    monkeypatch.setattr(time, "time", lambda: now + 62)
    assert refusal(signer.conversation, token) == "token_expired"


def test_a_button_counts_for_its_conversation_only() -> None:
    signer, mine, other = Signer(SECRET, DAY), new_conversation(), new_conversation()
    button = Button("Meer", '/ask_term{"topic": "winter_tyres", "part": "more"}')
    signed = signer.sign_button(mine, button)
    assert signer.pressed(mine, signed) == button
    assert refusal(signer.pressed, other, signed) == "button_invalid"
    assert refusal(signer.pressed, mine, "/request_human") == "button_invalid"


def test_a_short_secret_is_not_accepted() -> None:
    with pytest.raises(SettingsError, match="32"):
        Signer("s" * 31, DAY)


def test_the_secret_of_this_machine_stays_the_same_and_is_nobody_elses(tmp_path: Path) -> None:
    first = stored_secret(tmp_path)
    assert stored_secret(tmp_path) == first
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "signing.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["signing.key"]

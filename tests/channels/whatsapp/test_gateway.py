"""The channel from the webhook to the Graph API, with everything but the assistant and Meta as it runs."""

import asyncio
import logging
import time
from typing import Any

import pytest

from lease_assistant.channels.whatsapp.config import Config, ConfigError
from lease_assistant.channels.whatsapp.fake_graph import Failure
from lease_assistant.channels.whatsapp.gateway import MAX_BODY_BYTES, SIGNATURE
from lease_assistant.channels.whatsapp.responder import load_texts
from tests.channels.whatsapp.conftest import SECRET, TOKEN, text_of
from tests.channels.whatsapp.payloads import (
    KINDS,
    PHONE,
    USER_ID,
    changed_number,
    message,
    pressed,
    status,
    text,
    webhook,
)

TEXTS = load_texts()


def at(seconds: Any) -> Any:
    """This many seconds from now, as Meta writes it."""
    return str(int(time.time()) + seconds)


async def works(channel: Any) -> None:
    """The channel still answers."""
    before = len(channel.graph.sent)
    assert (await channel.post(webhook(text("hallo", f"alive-{before}", phone="31699999999")))).status == 200
    await channel.until(lambda: any(text_of(sent) == "U zei: hallo" for sent in channel.graph.sent[before:]))


# The handshake and bad input.


async def test_the_handshake(channel: Any) -> None:
    right = {"hub_mode": "subscribe", "hub_verify_token": "verify-me", "hub_challenge": "1158201444"}
    assert await channel.get(**right) == (200, "1158201444")
    assert (await channel.get(**{**right, "hub_verify_token": "guess"}))[0] == 403
    assert (await channel.get(**{**right, "hub_mode": "unsubscribe"}))[0] == 403
    assert (await channel.get())[0] == 403


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=" + "0" * 64, "sha1=abc", "é"])
async def test_a_wrong_signature(channel: Any, signature: Any) -> None:
    assert (await channel.post(webhook(message()), **{SIGNATURE: signature})).status == 401
    await works(channel)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"entry": 1}', b"\xff\xfe", b"[" * 100_000])
async def test_malformed_json(channel: Any, body: Any) -> None:
    assert (await channel.post(body)).status == 400
    await works(channel)


async def test_a_body_that_is_too_large(channel: Any) -> None:
    assert (await channel.post(b"x" * (MAX_BODY_BYTES + 1))).status == 413
    # A signed body of exactly the limit is read, and found not to be JSON.
    assert (await channel.post(b"x" * MAX_BODY_BYTES)).status == 400
    await works(channel)


async def test_an_unknown_phone_number_id_is_refused_and_logged(channel: Any, caplog: Any) -> None:
    with caplog.at_level(logging.WARNING):
        assert (await channel.post(webhook(message(), number_id="999888777"))).status == 404
    assert "not ours: *******77" in caplog.text
    await works(channel)


@pytest.mark.parametrize("missing", ["app_secret", "verify_token", "access_token", "phone_number_id"])
@pytest.mark.parametrize("value", [None, "", " ", "${WHATSAPP_APP_SECRET}"])
def test_no_start_without_secrets(missing: Any, value: Any) -> None:
    found = {"app_secret": "a", "verify_token": "b", "access_token": "c", "phone_number_id": "1", missing: value}
    with pytest.raises(ConfigError, match=missing):
        Config.from_credentials(found)


@pytest.mark.parametrize(
    "wrong",
    [{"colour": "red"}, *({"call_timeout": value} for value in ("soon", 0, -1, "nan")), {"send_attempts": "1.5"}],
)
def test_wrong_settings_are_named(wrong: Any) -> None:
    found = {"app_secret": "a", "verify_token": "b", "access_token": "c", "phone_number_id": "1", **wrong}
    with pytest.raises(ConfigError, match=next(iter(wrong))):
        Config.from_credentials(found)


# What comes in.


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        *((kind, TEXTS["unreadable"][kind]) for kind in
          ("document", "location", "contacts", "audio", "video", "sticker", "unsupported")),
        ("not_yet_invented", TEXTS["unreadable"]["unsupported"]),
        ("flow_reply", TEXTS["unreadable"]["unsupported"]),
    ],
)  # fmt: skip
async def test_what_cannot_be_read_gets_a_polite_answer(channel: Any, kind: Any, expected: Any) -> None:
    await channel.post(webhook(message(kind)))
    assert await channel.replies(1) == [expected]


async def test_a_reaction_gets_no_answer(channel: Any) -> None:
    await channel.post(webhook(message("reaction", "r"), text("en nu?", "t")))
    assert await channel.replies(1) == ["U zei: en nu?"]
    assert channel.rows("SELECT id, state FROM whatsapp_inbox ORDER BY seq") == [("r", "answered"), ("t", "answered")]


async def test_a_batch_with_every_kind_is_answered_in_order(channel: Any) -> None:
    batch = [message(kind, f"m{number}") for number, kind in enumerate(KINDS)]
    await channel.post(webhook(*batch, statuses=[status("read", "x")], errors=[{"code": 1, "title": "x"}]))
    await channel.until(lambda: channel.rows("SELECT count(*) FROM whatsapp_inbox WHERE state = 'waiting'") == [(0,)])
    await works(channel)
    assert channel.graph.rejected == []


async def test_a_message_is_marked_as_read_with_a_typing_indicator(channel: Any) -> None:
    await channel.post(webhook(message("text", "wamid.7")))
    await channel.replies(1)
    assert channel.graph.read == ["wamid.7"]


async def test_typed_text_is_no_command(channel: Any) -> None:
    await channel.post(webhook(text("/restart", "1"), text("//", "2")))
    assert await channel.replies(2) == ["U zei: restart", TEXTS["unreadable"]["unsupported"]]


# Identity.


async def test_a_conversation_follows_the_customer(channel: Any) -> None:
    await channel.post(webhook(text("een", "1")))
    await channel.post(webhook(text("twee", "2", from_user_id=USER_ID)))
    await channel.post(webhook(message("text", "3", phone=None, user_id=USER_ID)))
    await channel.replies(3)
    await channel.post(webhook(changed_number("4", PHONE, "31687654321", user_id="NL.2", previous_user_id=USER_ID)))
    await channel.post(webhook(text("vijf", "5", phone="31687654321")))
    await channel.post(webhook(message("text", "6", phone=None, user_id="NL.2")))
    await channel.replies(5)
    assert len({question.conversation for question in channel.questions}) == 1
    assert [sent.get("to") for sent in channel.graph.sent] == [PHONE] * 3 + ["31687654321"] * 2


async def test_a_number_given_to_somebody_else_starts_a_new_conversation(channel: Any) -> None:
    await channel.post(webhook(text("van mij", "1", from_user_id="NL.1")))
    await channel.post(webhook(text("van een ander", "2", from_user_id="NL.2")))
    await channel.replies(2)
    assert len({question.conversation for question in channel.questions}) == 2


async def test_the_old_number_is_free_after_a_change(channel: Any) -> None:
    await channel.post(webhook(text("ik", "1"), changed_number("2", PHONE, "31687654321"), text("een ander", "3")))
    await channel.replies(2)
    assert len({question.conversation for question in channel.questions}) == 2


async def test_a_customer_without_a_number_is_answered_by_user_id(channel: Any) -> None:
    await channel.post(webhook(message("text", "1", phone=None, user_id=USER_ID)))
    await channel.replies(1)
    assert channel.graph.sent[0]["recipient"] == USER_ID
    assert "to" not in channel.graph.sent[0]


async def test_conversation_ids_and_logs_do_not_show_the_number(channel: Any, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    channel.graph.failures = [Failure(400, 131026)]
    await channel.post(webhook(text("hallo", "wamid.HBgLMzE2MTIzNDU2Nzg")))
    await channel.until(lambda: "not sent" in caplog.text)
    (question,) = channel.questions
    assert question.conversation.startswith("whatsapp-")
    assert PHONE not in question.conversation + question.message_id
    own = [record.getMessage() for record in caplog.records if record.name.startswith("lease_assistant")]
    for hidden in (PHONE, TOKEN, SECRET, "HBgLMzE2MTIzNDU2Nzg"):
        assert hidden not in " ".join(own) + repr(channel.config)
    assert any(line.endswith("to *********78 not sent: status 400, code 131026") for line in own)


# Once, and in order.


async def test_the_same_message_twice_at_the_same_moment_and_again_later(channel: Any) -> None:
    await asyncio.gather(*(channel.post(webhook(text("een keer", "1"))) for _ in range(5)))
    await channel.replies(1)
    await channel.post(webhook(text("een keer", "1"), text("een keer", "1"), text("nieuw", "2")))
    assert await channel.replies(2) == ["U zei: een keer", "U zei: nieuw"]


async def test_three_quick_messages_give_three_replies_in_order(open_channel: Any) -> Any:
    async def slow(question: Any) -> Any:
        # The first takes longest: side by side it would come out last.
        await asyncio.sleep(0.2 if question.text == "een" else 0.0)
        return [{"text": f"{question.text} A"}, {"text": f"{question.text} B"}]

    channel = await open_channel(slow)
    for number, said in enumerate(("een", "twee", "drie")):
        await channel.post(webhook(text(said, str(number))))
    assert await channel.replies(6) == ["een A", "een B", "twee A", "twee B", "drie A", "drie B"]


async def test_customers_are_answered_side_by_side(open_channel: Any) -> Any:
    waiting = asyncio.Event()

    async def both(question: Any) -> Any:
        if question.text == "ik wacht":
            await waiting.wait()
        waiting.set()
        return [{"text": question.text}]

    channel = await open_channel(both)
    await channel.post(webhook(text("ik wacht", "1"), text("ik niet", "2", phone="31600000002")))
    assert sorted(await channel.replies(2)) == ["ik niet", "ik wacht"]


async def test_a_late_webhook_of_an_earlier_message_comes_first(open_channel: Any) -> Any:
    busy = asyncio.Event()

    async def respond(question: Any) -> Any:
        await (busy.wait() if question.text == "bezig" else asyncio.sleep(0))
        return [{"text": question.text}]

    channel = await open_channel(respond)
    await channel.post(webhook(text("bezig", "0", timestamp=at(-300))))
    await channel.until(lambda: channel.questions)
    await channel.post(webhook(text("tweede", "2", timestamp=at(-100))))
    await channel.post(webhook(text("eerste", "1", timestamp=at(-200))))
    busy.set()
    assert await channel.replies(3) == ["bezig", "eerste", "tweede"]


# Choices.


async def menu(question: Any) -> Any:
    if question.text == "/help":
        return [{"text": "Menu", "buttons": [{"title": "Ja", "payload": "/affirm"}]}]
    if question.text == "lijst":
        offered = [{"title": f"Onderwerp {number}", "payload": f"/topic_{number}"} for number in range(11)]
        return [{"text": "Welk?", "buttons": offered}]
    return [{"text": f"U zei: {question.text}"}]


async def test_an_issued_button_says_its_payload_and_any_other_shows_the_menu(open_channel: Any) -> None:
    channel = await open_channel(menu)
    await channel.post(webhook(pressed("/restart", "1")))
    await channel.replies(1)
    issued = channel.graph.sent[0]["interactive"]["action"]["buttons"][0]["reply"]["id"]
    await channel.post(webhook(pressed(issued, "2")))
    await channel.post(webhook(pressed(issued, "3")))
    await channel.replies(3)
    await channel.post(webhook(pressed(issued, "4", phone="31600000002")))
    assert await channel.replies(4) == ["Menu", "U zei: /affirm", "U zei: /affirm", "Menu"]


async def test_the_number_of_a_choice_counts_until_the_next_reply(open_channel: Any) -> None:
    channel = await open_channel(menu)
    await channel.post(webhook(text("lijst", "1"), text("11", "2"), text("11", "3")))
    assert (await channel.replies(3))[1:] == ["U zei: /topic_10", "U zei: 11"]


# Trouble with the assistant.


async def test_an_assistant_that_fails_is_asked_again_and_then_excused(open_channel: Any) -> Any:
    async def fails(question: Any) -> Any:
        if question.text == "goed":
            return [{"text": "goed"}]
        raise RuntimeError("no")

    channel = await open_channel(fails)
    await channel.post(webhook(text("slecht", "1"), text("goed", "2")))
    assert await channel.replies(2) == [TEXTS["failed"], "goed"]
    assert [question.text for question in channel.questions] == ["slecht"] * 3 + ["goed"]
    assert channel.rows("SELECT id, state FROM whatsapp_inbox ORDER BY seq") == [("1", "failed"), ("2", "answered")]


async def test_an_assistant_that_says_nothing_or_hangs_is_excused(open_channel: Any) -> Any:
    async def mute(question: Any) -> Any:
        await asyncio.sleep(60 if question.text == "hang" else 0)
        return []

    channel = await open_channel(mute, turn_timeout=0.05)
    await channel.post(webhook(text("zwijg", "1"), text("hang", "2", phone="31600000002")))
    assert await channel.replies(2) == [TEXTS["failed"]] * 2

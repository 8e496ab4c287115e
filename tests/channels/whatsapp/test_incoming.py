import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lease_assistant.channels.whatsapp.identity import Address
from lease_assistant.channels.whatsapp.incoming import Incoming, MalformedPayload, parse
from tests.channels.whatsapp.payloads import (
    KINDS,
    NUMBER_ID,
    PHONE,
    USER_ID,
    changed_number,
    message,
    status,
    text,
    webhook,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["entry", "changes", "value", "messages", "statuses", "errors", "id", "type", "from", "text"]
            ),
            children,
            max_size=4,
        )
    ),
    max_leaves=20,
)


def read(*messages: dict[str, Any], **value: Any) -> list[Incoming]:
    return parse(webhook(*messages, **value), NUMBER_ID).messages


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("text", {"kind": "text", "text": "Hoe hoog is mijn eigen risico?"}),
        ("button_reply", {"kind": "choice", "choice_id": "c-1", "text": "Schade melden"}),
        ("list_reply", {"kind": "choice", "choice_id": "c-2", "text": "Schade"}),
        ("flow_reply", {"kind": "unsupported"}),
        ("template_button", {"kind": "text", "text": "Bel mij"}),
        ("image", {"kind": "photo", "media_id": "1003383421387256", "media_type": "image/jpeg", "text": "bumper"}),
        ("photo_as_file", {"kind": "photo", "media_id": "77", "media_type": "image/png"}),
        ("document", {"kind": "document"}),
        ("location", {"kind": "location"}),
        ("contacts", {"kind": "contacts"}),
        ("audio", {"kind": "audio"}),
        ("video", {"kind": "video"}),
        ("sticker", {"kind": "sticker"}),
        ("reaction", {"kind": "reaction"}),
        ("unsupported", {"kind": "unsupported"}),
        ("not_yet_invented", {"kind": "unsupported"}),
    ],
)
def test_every_kind_of_message(kind: Any, expected: Any) -> None:
    (found,) = read(message(kind, timestamp="1749416383"))
    assert (found.id, found.sender, found.sent_at) == ("wamid.1", Address(None, PHONE), 1749416383)
    assert {name: getattr(found, name) for name in expected} == expected


def test_all_messages_of_all_entries_in_order() -> None:
    first, second = webhook(text("a", "1"), text("b", "2")), webhook(text("c", "3"))
    both = {**first, "entry": [*first["entry"], *second["entry"]]}
    assert [found.text for found in parse(both, NUMBER_ID).messages] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("given_message", "contacts", "expected"),
    [
        (message(), [], Address(None, PHONE)),
        (message(user_id=USER_ID), [], Address(USER_ID, PHONE)),
        (message(phone=None, user_id=USER_ID), [], Address(USER_ID, None)),
        (message(phone=USER_ID), [], Address(USER_ID, None)),
        (message(), [{"wa_id": PHONE, "user_id": USER_ID}], Address(USER_ID, PHONE)),
        (message(phone=None), [{"user_id": USER_ID}], Address(USER_ID, None)),
        (message(), [{"wa_id": "31600000000", "user_id": "NL.9"}, {"wa_id": PHONE, "user_id": USER_ID}],
         Address(USER_ID, PHONE)),
    ],
)  # fmt: skip
def test_the_sender_by_user_id_number_or_both(given_message: Any, contacts: Any, expected: Any) -> None:
    assert read(given_message, contacts=contacts)[0].sender == expected


@pytest.mark.parametrize("damaged", [{"id": None}, {"id": ""}, {"id": 5}, {"from": None}, {"type": "system"}])
def test_a_message_that_cannot_be_answered_is_an_error_and_costs_the_others_nothing(damaged: Any) -> None:
    batch = parse(webhook({**message(), **damaged}, text("goed", "2")), NUMBER_ID)
    assert [found.text for found in batch.messages] == ["goed"]
    assert len(batch.errors) == 1


def test_a_changed_number_with_the_new_user_id() -> None:
    (found,) = read(changed_number("1", PHONE, "31687654321", user_id="NL.2", previous_user_id="NL.1"))
    assert found.kind == "address_change"
    assert (found.sender, found.new_address) == (Address("NL.1", PHONE), Address("NL.2", "31687654321"))


def test_statuses_and_errors() -> None:
    problem = {"code": 131047, "title": "Re-engagement message", "error_data": {"details": "24 hours"}}
    failed = status("failed", "wamid.2", errors=[problem], biz_opaque_callback_data="17")
    batch = parse(webhook(statuses=[status("read", "wamid.1"), failed], errors=[problem]), NUMBER_ID)
    assert [(found.message_id, found.status, found.at) for found in batch.statuses] == [
        ("wamid.1", "read", 1750030073),
        ("wamid.2", "failed", 1750030073),
    ]
    assert (batch.statuses[1].error, batch.statuses[1].reference) == ("131047 Re-engagement message", 17)
    assert [(error.code, error.details) for error in batch.errors] == [(131047, "24 hours")]


def test_a_status_that_does_not_exist_yet_is_left_out() -> None:
    assert parse(webhook(statuses=[status("pondered", "wamid.1")]), NUMBER_ID).statuses == []


def test_webhooks_of_another_number_are_told_apart() -> None:
    batch = parse(webhook(message(), number_id="999"), NUMBER_ID)
    assert (batch.messages, batch.foreign_numbers, batch.own) == ([], ["999"], False)


@pytest.mark.parametrize("payload", [None, [], "x", 1, {}, {"entry": {}}, {"entry": None}])
def test_what_is_not_a_webhook(payload: Any) -> None:
    with pytest.raises(MalformedPayload):
        parse(payload, NUMBER_ID)


def test_characters_that_no_database_keeps_are_replaced() -> None:
    assert read(text("a\0b\ud800c", "1"))[0].text == "ab\ufffdc"


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_survives_the_inbox(kind: Any) -> None:
    (found,) = read(message(kind, user_id=USER_ID))
    assert Incoming.from_json(found.to_json()) == found


@settings(max_examples=60, deadline=None)
@given(JSON)
def test_any_json_gives_messages_or_one_kind_of_error(payload: Any) -> None:
    try:
        batch = parse(payload, NUMBER_ID)
    except MalformedPayload:
        return
    for found in batch.messages:
        assert found.id
        assert found.sender.known
        json.loads(found.to_json())


@settings(max_examples=60, deadline=None)
@given(JSON)
def test_any_message_within_a_right_webhook(found: Any) -> None:
    batch = parse(webhook({**message(), "text": found}, text("goed", "2")), NUMBER_ID)
    assert [kept.id for kept in batch.messages] == ["wamid.1", "2"]

"""What does not fit is refused with one sentence, logged without naming anybody, and the conversation goes on."""

import socket
import uuid
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import cycle

import pytest
from PIL import Image

from tests.web.client import Conversation, Reply, send
from tests.web.harness import Servers
from tests.web.portal import Portal
from tests.web.test_conversations import DAMAGE

pytestmark = pytest.mark.browser

PROGRAM = b"MZ\x90\x00" + b"\0" * 500


@pytest.fixture
def conversation(servers: Servers) -> Conversation:
    return Conversation(servers.channel)


def refused(reply: Reply, status: int, code: str) -> None:
    """The reply is this refusal, with one sentence."""
    assert (reply[0], reply[1]["error"]["code"]) == (status, code)
    assert reply[1]["error"]["message"].endswith(".")


def still_works(conversation: Conversation) -> None:
    """The next question is answered, and nothing of what was refused is in the history."""
    before = len(conversation.said("bot"))
    status, _ = conversation.say("heb ik winterbanden?")
    assert status == 200
    assert conversation.said("customer") == ["heb ik winterbanden?"]
    assert "Bron:" in conversation.said("bot")[before]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed"),
        (b"[]", 400, "malformed"),
        (b'{"id": "0123456789abcdef"}', 400, "malformed"),
        (b'{"id": "0123456789abcdef", "text": ""}', 400, "empty"),
        (b'{"id": "0123456789abcdef", "text": "' + b"x" * 1001 + b'"}', 413, "message_too_long"),
        (b'{"id": "0123456789abcdef", "text": "' + b"x" * 1_000_000 + b'"}', 413, "body_too_large"),
        (b'{"id": "0123456789abcdef", "button": "/request_human"}', 403, "button_invalid"),
    ],
)
def test_messages_that_do_not_fit(conversation: Conversation, body: bytes, status: int, code: str) -> None:
    refused(conversation.post(body), status, code)
    still_works(conversation)


def test_a_body_without_a_declared_length_is_cut_off_too(servers: Servers, conversation: Conversation) -> None:
    token = conversation.headers["Authorization"]
    head = f"POST /webhooks/website/messages HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n"
    with socket.create_connection(("127.0.0.1", servers.port), timeout=20) as connection:
        connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        connection.sendall(b"5000\r\n" + b"x" * 0x5000 + b"\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 413 ")
    still_works(conversation)


def test_unknown_and_forged_tokens(servers: Servers, conversation: Conversation) -> None:
    for token in ("", "x", "a.b.c", conversation.opened["token"][:-4] + "AAAA"):
        for path, method in (
            ("messages", "POST"),
            ("history", "GET"),
            ("events", "GET"),
            ("conversation", "DELETE"),
            ("photos", "POST"),
        ):
            status, reply = send(f"{servers.channel}/{path}", method, Authorization=f"Bearer {token}")
            assert (status, reply["error"]["code"]) in {(401, "token_invalid"), (401, "token_missing")}
    still_works(conversation)


def test_a_button_of_another_conversation(servers: Servers, conversation: Conversation) -> None:
    other = Conversation(servers.channel)
    button = other.opened["human"]["signed"]
    refused(conversation.post({"id": str(uuid.uuid4()), "button": button}), 403, "button_invalid")
    assert other.post({"id": str(uuid.uuid4()), "button": button})[0] == 200
    still_works(conversation)


def test_a_program_with_the_name_of_a_photo(servers: Servers, conversation: Conversation) -> None:
    refused(conversation.photo(PROGRAM, "schade.jpg"), 415, "photo_unreadable")
    refused(conversation.photo(b"\xff\xd8\xff" + b"\0" * (10 * 1024 * 1024), "groot.jpg"), 413, "photo_too_large")
    assert [event for event in conversation.events() if event["kind"] == "photo"] == []
    still_works(conversation)


def different_photos(count: int) -> list[bytes]:
    """Pictures that differ: the same photo twice would count once."""
    written = [BytesIO() for _ in range(count)]
    for number, file in enumerate(written):
        Image.new("L", (8, 8), number * 20).save(file, "PNG")
    return [file.getvalue() for file in written]


def test_at_most_eight_photos_and_none_is_served(servers: Servers, conversation: Conversation) -> None:
    *eight, ninth = different_photos(9)
    for number, content in enumerate(eight):
        assert conversation.photo(content, f"{number}.png")[0] == 200
    refused(conversation.photo(ninth, "9.png"), 409, "photo_too_many")
    assert conversation.photo(eight[0], "0.png")[0] == 200
    for path in ("photos/1", "photos/photo-1.jpg", "../page/photo-1.jpg"):
        with pytest.raises(ValueError, match="Expecting value"):
            send(f"{servers.channel}/{path}", "GET")


def test_too_many_messages_in_a_minute(servers: Servers, conversation: Conversation) -> None:
    # Twice the limit in one go: even when a minute of the clock ends in between, one of them is too much.
    replies = [conversation.post(b"{") for _ in range(51)]
    assert {status for status, _ in replies} == {400, 429}
    refused(next(reply for reply in replies if reply[0] == 429), 429, "too_many_messages")


def test_a_conversation_of_a_signed_in_customer_is_closed_to_others(servers: Servers, portal: Portal) -> None:
    mine = Conversation(servers.channel, X_Customer_Token=portal.token("customer-1"))
    for token, status, code in [
        (None, 401, "customer_missing"),
        (portal.token("customer-2"), 403, "customer_other"),
        (portal.token("customer-1", exp=1), 401, "customer_expired"),
        (portal.token("customer-1", aud="other"), 401, "customer_invalid"),
    ]:
        headers = {"Authorization": mine.headers["Authorization"]}
        if token:
            headers["X_Customer_Token"] = token
        refused(send(f"{servers.channel}/history", "GET", **headers), status, code)
    still_works(mine)


def test_the_log_names_nobody(servers: Servers) -> None:
    conversation = Conversation(servers.channel)
    conversation.say("mijn naam is Wilhelmina Testpersoon")
    conversation.say(f"{DAMAGE}, Wilhelmina Testpersoon")
    conversation.post(b'{"id": "0123456789abcdef", "text": "Wilhelmina Testpersoon' + b"x" * 1001 + b'"}')
    conversation.photo(PROGRAM, "Wilhelmina-Testpersoon.jpg")
    send(f"{servers.channel}/history", "GET", Authorization="Bearer Wilhelmina.Testpersoon")
    log = servers.log
    assert "Wilhelmina" not in log
    assert conversation.opened["token"] not in log


def test_two_workers_keep_one_conversation_in_order(servers: Servers) -> None:
    second = servers.second_channel
    conversation = Conversation(servers.channel)
    assert conversation.say("wat kost eerder stoppen als ik 400 euro per maand betaal?", second)[0] == 200
    assert "Na hoeveel maanden" in conversation.say("48 maanden")[1]["events"][-2]["text"]
    workers = cycle([servers.channel, second])
    with ThreadPoolExecutor(5) as pool:
        burst = [(f"heb ik winterbanden? {number}", next(workers)) for number in range(6)]
        statuses = [status for status, _ in pool.map(lambda message: conversation.say(*message), burst)]
    assert statuses == [200] * 6
    events = conversation.events(second)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    turns = {event["turn"] for event in events if event["kind"] == "customer"}
    assert len(turns) == 8
    assert {event["turn"] for event in events if event["kind"] == "bot"} == {"greeting", *turns}

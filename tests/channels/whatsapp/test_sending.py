"""Sending: failures, pacing, the 24-hour window, statuses, reminders."""

import json
import time
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from lease_assistant.channels.whatsapp.fake_graph import Failure
from tests.channels.whatsapp.payloads import status, text, webhook

HOUR = 3600


def at(seconds: Any) -> Any:
    """This many seconds from now, as Meta writes it."""
    return str(int(time.time() + seconds))


async def said(channel: Any, *texts: Any) -> None:
    await channel.post(webhook(*(text(one, f"m-{one}") for one in texts)))


async def dead_letters(channel: Any) -> Any:
    query = "SELECT error, body FROM whatsapp_outbox WHERE state = 'failed'"
    return await channel.until(lambda: channel.rows(query))


@pytest.mark.parametrize(
    "failure",
    [Failure(429), Failure(400, 130429), Failure(400, 131056), Failure(500), Failure(503, 2), Failure(200, 131056)],
)
async def test_a_passing_failure_is_tried_again_and_nothing_overtakes(channel: Any, failure: Any) -> None:
    channel.graph.failures = [failure, failure]
    await said(channel, "een", "twee")
    assert await channel.replies(2) == ["U zei: een", "U zei: twee"]
    assert channel.graph.calls == 4


async def test_the_version_of_the_graph_api_is_a_setting(open_channel: Any) -> None:
    channel = await open_channel(graph_version="v99.0")
    await said(channel, "een")
    assert await channel.replies(1) == ["U zei: een"]
    assert channel.graph.versions == {"v99.0"}


async def test_silence_and_a_broken_connection_are_tried_again(open_channel: Any) -> None:
    channel = await open_channel(call_timeout=0.1)
    channel.graph.failures = [Failure(delay=0.3)]
    await said(channel, "een")
    assert await channel.replies(1) == ["U zei: een"]


async def test_a_reply_of_unknown_fate_waits_for_its_status_before_it_is_sent_again(open_channel: Any) -> None:
    channel = await open_channel(call_timeout=0.1, status_seconds=HOUR)
    channel.graph.silences = 1
    await said(channel, "een")
    await channel.until(lambda: channel.rows("SELECT 1 FROM whatsapp_outbox WHERE state = 'sending' AND attempts = 1"))
    reference = channel.graph.sent[0]["biz_opaque_callback_data"]
    delivered = status("delivered", "wamid.x", biz_opaque_callback_data=reference)
    await channel.post(webhook(statuses=[delivered]))
    await said(channel, "twee")
    assert await channel.replies(2) == ["U zei: een", "U zei: twee"]


async def test_a_message_that_surely_did_not_leave_is_sent_again_without_waiting(open_channel: Any) -> None:
    channel = await open_channel(status_seconds=HOUR)
    channel.graph.failures = [Failure(500)]
    await said(channel, "een")
    assert await channel.replies(1) == ["U zei: een"]


async def test_a_gateway_that_gave_up_leaves_the_fate_unknown(open_channel: Any) -> None:
    channel = await open_channel(status_seconds=HOUR)
    channel.graph.failures = [Failure(504)]
    await said(channel, "een")
    await channel.until(lambda: channel.rows("SELECT 1 FROM whatsapp_outbox WHERE state = 'sending' AND attempts = 1"))


async def test_retry_after_postpones_the_message(channel: Any) -> None:
    channel.graph.failures = [Failure(429, headers={"Retry-After": "3600"})]
    await said(channel, "een")
    due = await channel.until(lambda: channel.rows("SELECT due_at, error FROM whatsapp_outbox WHERE attempts = 1"))
    assert due[0][0] == pytest.approx(time.time() + HOUR, abs=60)


@pytest.mark.parametrize(("code_status", "code"), [(400, 131026), (400, 131047), (401, 190), (404, 100), (302, 0)])
async def test_any_other_failure_is_not_tried_again_and_kept(channel: Any, code_status: Any, code: Any) -> None:
    channel.graph.failures = [Failure(code_status, code)]
    await said(channel, "een", "twee")
    assert await channel.replies(1) == ["U zei: twee"]
    ((error, body),) = await dead_letters(channel)
    assert (error, json.loads(body)["text"]["body"]) == (f"status {code_status}, code {code}", "U zei: een")
    assert channel.graph.calls == 2


async def test_a_failure_that_does_not_pass_ends_as_a_dead_letter(channel: Any) -> None:
    channel.graph.failures = [Failure(500)] * 4
    await said(channel, "een", "twee")
    assert await channel.replies(1) == ["U zei: twee"]
    assert len(await dead_letters(channel)) == 1


async def test_a_burst_goes_at_once_and_the_rest_waits_its_turn(open_channel: Any) -> None:
    channel = await open_channel(customer_interval=HOUR, customer_burst=2)
    await said(channel, "een", "twee", "drie")
    await channel.replies(2)
    waiting = "SELECT due_at, attempts FROM whatsapp_outbox WHERE state = 'waiting' AND due_at > created_at"
    ((due, attempts),) = await channel.until(lambda: channel.rows(waiting))
    assert (due, attempts) == (pytest.approx(time.time() + HOUR, abs=60), 0)
    # Another customer does not wait for this one.
    await channel.post(webhook(text("vier", "4", phone="31600000002")))
    assert (await channel.replies(3))[2] == "U zei: vier"


async def test_an_answer_after_24_hours_is_not_sent(channel: Any) -> None:
    await channel.post(webhook(text("oud", "1", timestamp=at(-24 * HOUR - 60))))
    ((error, _),) = await dead_letters(channel)
    assert error.startswith("131047")
    assert channel.graph.calls == 0


# Statuses.


@pytest.mark.parametrize("order", [("sent", "delivered", "read"), ("read", "delivered", "sent"), ("read",)])
async def test_statuses_in_any_order(channel: Any, order: Any) -> None:
    await said(channel, "een")
    await channel.replies(1)
    ((wamid,),) = await channel.until(
        lambda: channel.rows("SELECT message_id FROM whatsapp_outbox WHERE state = 'sent'")
    )
    for name in (*order, *order):
        await channel.post(webhook(statuses=[status(name, wamid)]))
    names = [(name,) for name in sorted(order)]
    await channel.until(lambda: channel.rows("SELECT status FROM whatsapp_statuses ORDER BY status") == names)
    # What has arrived need not be kept.
    assert channel.rows("SELECT state, body FROM whatsapp_outbox") == [("sent", None)]


async def test_a_message_that_fails_later_becomes_a_dead_letter(channel: Any) -> None:
    await said(channel, "een")
    await channel.replies(1)
    failed = status("failed", "wamid.other", biz_opaque_callback_data="1", errors=[{"code": 131026, "title": "No"}])
    await channel.post(webhook(statuses=[failed]))
    ((error, body),) = await dead_letters(channel)
    assert error == "131026 No"
    assert json.loads(body)["text"]["body"] == "U zei: een"


async def test_errors_are_recorded(channel: Any) -> None:
    await channel.post(webhook(errors=[{"code": 131000, "title": "Something went wrong"}]))
    found = await channel.until(lambda: channel.rows("SELECT code, title FROM whatsapp_errors"))
    assert found == [(131000, "Something went wrong")]


# Reminders.


def assessed(hours_until_due: Any) -> Any:
    due = (datetime.now(timezone.utc) + timedelta(hours=hours_until_due)).isoformat(timespec="seconds")

    async def respond(_question: Any) -> Any:
        return [{"text": "Uw melding", "custom": {"type": "damage_assessment", "form_due": due}}]

    return respond


async def test_a_reminder_waits_until_a_day_before_the_deadline_and_there_is_only_one(open_channel: Any) -> None:
    channel = await open_channel(assessed(72))
    await said(channel, "een", "twee")
    await channel.replies(2)
    ((due,),) = channel.rows("SELECT due_at FROM whatsapp_outbox WHERE kind = 'reminder'")
    assert due == pytest.approx(time.time() + 48 * HOUR, abs=60)


async def test_a_reminder_within_the_window_is_a_text(open_channel: Any) -> None:
    channel = await open_channel(assessed(1))
    await said(channel, "een")
    assert (await channel.replies(2))[1].startswith("*Herinnering aan uw schademelding*")


@pytest.mark.parametrize(("template", "types"), [("schadeformulier", ["template"]), ("", [])])
async def test_a_reminder_outside_the_window_is_a_template_or_nothing(
    open_channel: Any, template: Any, types: Any
) -> None:
    channel = await open_channel(assessed(1), reminder_template=template)
    await channel.post(webhook(text("oud", "1", timestamp=at(-25 * HOUR))))
    await channel.until(
        lambda: channel.rows("SELECT 1 FROM whatsapp_outbox WHERE kind = 'reminder' AND state IN ('sent', 'failed')")
    )
    assert [sent["type"] for sent in channel.graph.sent] == types
    assert channel.graph.rejected == []


async def test_no_reminder_when_switched_off(open_channel: Any) -> None:
    channel = await open_channel(assessed(1), reminder_hours=0)
    await said(channel, "een")
    await channel.replies(1)
    assert channel.rows("SELECT 1 FROM whatsapp_outbox WHERE kind = 'reminder'") == []

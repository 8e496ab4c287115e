"""The token of a running widget expires: the customer hears so, a new conversation begins, nothing typed is lost."""

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from itsdangerous import TimestampSigner
from PIL import Image
from playwright.sync_api import Route, expect

from lease_assistant.channels.website.tokens import Signer
from tests.web.harness import Servers
from tests.web.widget import Widget

pytestmark = pytest.mark.browser

DAY = 24 * 3600
LONG_AGO = 1_700_000_000
EXPIRED = "Uw vorige gesprek is verlopen. Dit is een nieuw gesprek."


@pytest.fixture
def expire(widget: Widget, servers: Servers) -> Iterator[Callable[[str], None]]:
    """Lets the next request to an address arrive with the widget's own token as if it had been issued long ago."""
    secret = (servers.folder / "website" / "signing.key").read_text(encoding="ascii")
    signer = Signer(secret, DAY)

    def with_old_token(route: Route) -> None:
        conversation = signer.conversation(route.request.headers["authorization"].removeprefix("Bearer "))
        with patch.object(TimestampSigner, "get_timestamp", return_value=LONG_AGO):
            token = signer.issue(conversation)
        route.continue_(headers={**route.request.headers, "authorization": f"Bearer {token}"})

    yield lambda address: widget.page.route(address, with_old_token, times=1)
    widget.page.unroute_all()


def test_the_message_is_said_in_the_new_conversation(widget: Widget, expire: Callable[[str], None]) -> None:
    widget.ask("heb ik winterbanden?")
    expire("**/messages")
    widget.type("wie betaalt een boete?")
    expect(widget.page.get_by_text(EXPIRED)).to_be_visible()
    widget.wait_for_replies(2)
    assert widget.said_texts() == ["wie betaalt een boete?"]
    expect(widget.replies.last).to_contain_text("Bron:")


def test_a_photo_goes_to_the_new_conversation_and_a_draft_stays(
    widget: Widget, expire: Callable[[str], None], tmp_path: Path
) -> None:
    photo = tmp_path / "deuk.png"
    Image.new("RGB", (20, 20), "green").save(photo)
    widget.box.fill("ik was nog aan het typ")
    expire("**/photos?*")
    widget.page.locator("input[type=file]").set_input_files(photo)
    expect(widget.page.locator(".message.photo")).to_contain_text("deuk.png")
    expect(widget.box).to_have_value("ik was nog aan het typ")
    expect(widget.error).to_be_empty()


def test_a_person_is_still_one_action_away(widget: Widget, expire: Callable[[str], None]) -> None:
    expire("**/messages")
    widget.page.get_by_role("button", name="Medewerker spreken").first.click()
    expect(widget.replies.last.get_by_role("link", name="Bel 070 41 47 560")).to_be_visible()
    assert widget.said_texts() == ["Medewerker spreken"]


def test_a_button_of_the_old_conversation_is_not_sent_to_the_new_one(
    widget: Widget, expire: Callable[[str], None]
) -> None:
    expire("**/messages")
    widget.page.locator(".choices").get_by_role("button", name="Schade melden").click()
    expect(widget.page.get_by_text(EXPIRED)).to_be_visible()
    widget.wait_for_replies(1)
    expect(widget.page.locator(".choices").get_by_role("button", name="Schade melden")).to_be_visible()
    expect(widget.error).to_be_empty()

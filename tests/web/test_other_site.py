"""The widget on another website: one script tag, a strict policy, the JavaScript API and a signed-in customer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.client import Conversation
from tests.web.harness import Servers
from tests.web.portal import Portal
from tests.web.test_conversations import DAMAGE
from tests.web.widget import Widget

pytestmark = pytest.mark.browser


def test_one_script_tag_attributes_and_events(servers: Servers, other_page: Callable[[str], Page]) -> None:
    page = other_page('<lease-assistant greeting="Welkom bij Voorbeeld Lease."></lease-assistant>')
    page.evaluate(
        """window.heard = [];
        for (const name of ["open", "message", "result", "close"])
          document.addEventListener(`lease-assistant:${name}`, ({ detail }) =>
            window.heard.push([name, detail?.type ?? detail?.kind ?? null]))"""
    )
    page.evaluate("document.querySelector('lease-assistant').open()")
    expect(page.get_by_text("Welkom bij Voorbeeld Lease.")).to_be_visible()
    expect(page.locator(".choice").first).to_be_visible()
    page.evaluate("document.querySelector('lease-assistant').send('heb ik winterbanden?')")
    expect(page.locator(".sources")).to_be_visible()
    page.evaluate("document.querySelector('lease-assistant').close()")
    heard = page.evaluate("window.heard")
    assert heard[0] == ["open", None]
    assert heard[-1] == ["close", None]
    assert ["message", "customer"] in heard
    assert ["result", "term_answer"] in heard


def test_theming_by_custom_properties(other_page: Callable[[str], Page]) -> None:
    page = other_page(
        "<lease-assistant></lease-assistant>", css="lease-assistant { --lease-assistant-accent: rgb(1, 2, 3) }"
    )
    colour = page.get_by_role("button", name="Stel een vraag").evaluate("e => getComputedStyle(e).backgroundColor")
    assert colour == "rgb(1, 2, 3)"


def test_theming_by_parts(other_page: Callable[[str], Page]) -> None:
    page = other_page(
        "<lease-assistant></lease-assistant>",
        css="lease-assistant::part(launcher) { border-radius: 1px } lease-assistant::part(choice) { padding: 7px }",
    )
    launcher = page.get_by_role("button", name="Stel een vraag")
    assert launcher.evaluate("e => getComputedStyle(e).borderRadius") == "1px"
    launcher.click()
    assert page.locator(".choice").first.evaluate("e => getComputedStyle(e).padding") == "7px"


def test_a_fixed_theme(other_page: Callable[[str], Page]) -> None:
    page = other_page('<lease-assistant theme="dark"></lease-assistant>')
    panel = page.locator(".panel")
    page.get_by_role("button", name="Stel een vraag").click()
    assert panel.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(18, 22, 28)"


def test_the_conversation_goes_along_to_another_page(servers: Servers, other_page: Callable[[str], Page]) -> None:
    page = other_page("<lease-assistant></lease-assistant>")
    page.evaluate("document.querySelector('lease-assistant').send('heb ik winterbanden?')")
    expect(page.locator(".sources")).to_be_visible()
    page.goto(page.url.replace("index.html", "index.html?page=2"))
    page.get_by_role("button", name="Stel een vraag").click()
    expect(page.locator(".message.customer")).to_contain_text("heb ik winterbanden?")
    expect(page.locator(".sources")).to_be_visible()


def test_clearing_by_script(other_page: Callable[[str], Page]) -> None:
    page = other_page("<lease-assistant></lease-assistant>")
    page.evaluate("document.querySelector('lease-assistant').send('heb ik winterbanden?')")
    expect(page.locator(".sources")).to_be_visible()
    page.evaluate("document.querySelector('lease-assistant').clear()")
    expect(page.locator(".message.customer")).to_have_count(0)
    expect(page.get_by_text("Het gesprek is gewist.")).to_be_visible()


def test_a_site_that_is_not_allowed_gets_nothing(servers: Servers, context: BrowserContext) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    refused = context.request.post(f"{servers.channel}/conversations", headers=headers)
    assert (refused.status, refused.json()["error"]["code"]) == (403, "origin_unknown")
    assert "access-control-allow-origin" not in refused.headers
    asked = context.request.fetch(f"{servers.channel}/messages", method="OPTIONS", headers=headers)
    assert "access-control-allow-origin" not in asked.headers


def test_a_signed_in_customer_and_the_same_browser_after_signing_out(
    servers: Servers, portal: Portal, watched: Callable[[], Page]
) -> None:
    page = watched()
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
          document.querySelector("lease-assistant").tokenCallback = () => sessionStorage.getItem("portal");
        });"""
    )
    page.goto(servers.page)
    page.evaluate("token => sessionStorage.setItem('portal', token)", portal.token("customer-1"))
    page.reload()
    widget = Widget(page, servers.page)
    widget.wait_for_replies(1)
    widget.ask("heb ik winterbanden?")
    page.evaluate("sessionStorage.removeItem('portal')")
    page.reload()
    expect(page.get_by_text("Uw vorige gesprek is verlopen.")).to_be_visible()
    expect(widget.said).to_have_count(0)


@pytest.mark.parametrize("customer", ["customer-7", None])
def test_a_report_names_the_customer_only_when_signed_in(
    servers: Servers, portal: Portal, customer: str | None
) -> None:
    signed_in = {"X_Customer_Token": portal.token(customer)} if customer else {}
    conversation = Conversation(servers.channel, **signed_in)
    assert conversation.say(DAMAGE)[0] == 200
    (custom,) = [event["custom"] for event in conversation.events() if event.get("custom")]
    assert servers.damage_desk.report(custom["report_reference"]).customer == customer
    assert "customer-7" not in str(conversation.events())

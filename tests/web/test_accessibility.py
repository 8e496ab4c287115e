"""WCAG 2.2 AA, as far as a program can tell; the rest is looked at (docs/widget.md)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.harness import ROOT, Servers
from tests.web.test_conversations import DAMAGE, QUOTE
from tests.web.widget import Widget

pytestmark = pytest.mark.browser

AXE = ROOT / "web" / "widget" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds wrong, with the elements."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `npm ci` in web/widget; .ci/run does")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    assert result["passes"]
    return [{"id": found["id"], "nodes": [node["html"] for node in found["nodes"]]} for found in result["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
def test_axe_finds_nothing_in_a_whole_conversation(widget: Widget, scheme: str, width: int) -> None:
    widget.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    widget.page.set_viewport_size({"width": width, "height": 800})
    widget.ask(QUOTE)
    widget.choose("Lease opzeggen")
    widget.ask(DAMAGE)
    widget.type("x" * 1001)
    expect(widget.error).to_contain_text("1000 tekens")
    assert violations(widget.page) == []
    widget.page.locator(".sources button").last.click()
    expect(widget.page.get_by_role("dialog")).to_be_visible()
    assert violations(widget.page) == []


def test_the_whole_use_by_keyboard(servers: Servers, other_page: Callable[[str], Page]) -> None:
    page = other_page('<lease-assistant position="right"></lease-assistant>')
    keys = page.keyboard
    keys.press("Tab")
    expect(page.get_by_role("button", name="Stel een vraag")).to_be_focused()
    keys.press("Enter")
    box = page.get_by_role("textbox", name="Uw bericht")
    expect(box).to_be_focused()
    expect(page.locator(".choice").first).to_be_visible()
    keys.type("heb ik winterbanden?")
    keys.press("Enter")
    expect(page.locator(".message.bot")).to_have_count(2)
    expect(box).to_be_focused()
    keys.press("Shift+Tab")
    expect(page.get_by_role("button", name="Foto toevoegen")).to_be_focused()
    keys.press("Shift+Tab")
    expect(page.locator(".choice").last).to_be_focused()
    keys.press("Enter")
    # The button goes away with its question; the focus must not start again at the top of the page.
    expect(page.get_by_role("log")).to_be_focused()
    expect(page.locator(".message.bot")).to_have_count(3)
    keys.press("Escape")
    expect(page.get_by_role("button", name="Stel een vraag")).to_be_focused()
    expect(page.locator(".panel")).to_be_hidden()


def test_every_control_has_a_name_and_new_replies_are_announced_politely(widget: Widget) -> None:
    log = widget.page.get_by_role("log", name="Gesprek")
    expect(log).to_have_attribute("aria-live", "polite")
    nameless = widget.page.evaluate(
        """() => {
          const labelled = (e) => e.labels?.length || e.getAttribute("aria-labelledby");
          const named = (e) => e.ariaLabel || e.textContent.trim() || labelled(e);
          const root = document.querySelector("lease-assistant").shadowRoot;
          const controls = [...root.querySelectorAll("button, input, textarea, progress")];
          return controls.filter((e) => !named(e)).map((e) => e.outerHTML);
        }"""
    )
    assert nameless == []


def test_history_is_not_read_out_again(widget: Widget) -> None:
    widget.ask("heb ik winterbanden?")
    # Notes how the log was set at the moment that each message came in.
    widget.page.add_init_script(
        """window.seen = [];
        window.told = 0;
        document.addEventListener("lease-assistant:message", () => (window.told += 1));
        const append = Element.prototype.append;
        Element.prototype.append = function (...nodes) {
          if (this.getAttribute("role") === "log" && nodes.length) window.seen.push(this.getAttribute("aria-live"));
          return append.apply(this, nodes);
        };"""
    )
    widget.page.reload()
    widget.wait_for_replies(2)
    assert set(widget.page.evaluate("window.seen")) == {"off"}
    assert widget.page.evaluate("window.told") == 0
    widget.page.evaluate("window.seen = []")
    expect(widget.page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    widget.ask("en zomerbanden?")
    assert set(widget.page.evaluate("window.seen")) == {"polite"}
    assert widget.page.evaluate("window.told") == 2


def test_reduced_motion_and_forced_colours(widget: Widget) -> None:
    widget.page.emulate_media(reduced_motion="reduce", forced_colors="active")
    animation = widget.replies.first.evaluate("e => getComputedStyle(e).animationName")
    border = widget.replies.first.evaluate("e => getComputedStyle(e).borderTopColor + getComputedStyle(e).color")
    assert animation == "none"
    assert border == "rgb(0, 0, 0)rgb(0, 0, 0)"


def test_forced_colours_keep_every_edge(widget: Widget) -> None:
    widget.page.emulate_media(forced_colors="active")
    card = widget.ask(QUOTE).locator(".card")
    edges = [card, widget.said.first, widget.replies.last, widget.page.get_by_role("button", name="Verstuur")]
    styles = [edge.evaluate("e => getComputedStyle(e).borderTopStyle") for edge in edges]
    assert styles == ["solid"] * 4
    # The two bars can be told apart, and from what they lie on.
    bars = {bar.evaluate("e => getComputedStyle(e).backgroundColor") for bar in card.locator(".bar").all()}
    track = card.locator(".track").first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert len(bars | {track}) == 3


@pytest.mark.parametrize(
    "body",
    [
        '<lease-assistant lang="en" position="left"></lease-assistant>',
        '<div lang="en-GB"><lease-assistant></lease-assistant></div>',
    ],
    ids=["on the element", "around it"],
)
def test_english_interface(other_page: Callable[[str], Page], body: str) -> None:
    page = other_page(body)
    page.get_by_role("button", name="Ask a question").click()
    box = page.get_by_role("textbox", name="Your message")
    expect(page.get_by_role("button", name="Speak to a person").first).to_be_visible()
    box.fill(QUOTE)
    box.press("Enter")
    card = page.get_by_role("group", name="Your termination fee")
    expect(card.locator(".outcome strong")).to_have_text("€1,800.00")
    # The answers themselves are Dutch, and a screen reader is told so.
    expect(page.locator(".message.bot").last).to_have_attribute("lang", "nl")
    box.fill("x" * 1001)
    box.press("Enter")
    expect(page.locator(".error")).to_contain_text("Your message is too long.")

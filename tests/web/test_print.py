"""The conversation on paper: all of it, black on white, without what can only be clicked."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.test_conversations import DAMAGE, QUOTE
from tests.web.widget import Widget

pytestmark = pytest.mark.browser

PAGES = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize("position", ["inline", "right"])
def test_the_whole_conversation_is_printed(widget: Widget, position: str) -> None:
    widget.page.evaluate("p => document.querySelector('lease-assistant').setAttribute('position', p)", position)
    widget.page.emulate_media(color_scheme="dark")
    widget.ask(QUOTE)
    widget.ask(DAMAGE)
    widget.page.emulate_media(media="print", color_scheme="dark")
    clipped = widget.page.evaluate(
        """() => {
          const root = document.querySelector("lease-assistant").shadowRoot;
          const places = [root.querySelector(".panel"), root.querySelector(".scroll")];
          return places.filter((e) => e.scrollHeight > e.clientHeight + 1).map((e) => e.className);
        }"""
    )
    assert clipped == []
    for part in ("form", ".tools", ".choices", ".launcher", ".card .choice"):
        assert widget.page.locator(part).locator("visible=true").count() == 0
    for text in ("Goedendag.", "1.800,00", "Wat u nu doet", "Erken nooit schuld"):
        expect(widget.page.locator(".log").get_by_text(text).first).to_be_visible()
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    assert widget.said.first.evaluate(colours) == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]
    assert widget.replies.first.evaluate(colours) == ["rgb(28, 36, 48)", "rgb(255, 255, 255)"]


def test_a_long_conversation_takes_more_than_one_sheet(widget: Widget) -> None:
    widget.ask(QUOTE)
    widget.ask(DAMAGE)
    content = widget.page.pdf(format="A4")
    assert len(PAGES.findall(content)) == 2

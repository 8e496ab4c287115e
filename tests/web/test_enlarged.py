"""Enlarged text and small windows (WCAG 1.4.4 and 1.4.10): everything is there, and nothing scrolls sideways.

1.4.4 asks for text at 200 %: by the browser's zoom, or by a larger default size of text, which widens no window.
1.4.10 asks for a width of 320 CSS pixels: 1280 at 400 %. A page zoomed in Chromium is laid out in a window of so many
fewer CSS pixels with so many more dots to each, media queries included, which is what is set here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.web.conftest import CHROMIUM, FLAGS
from tests.web.harness import Servers
from tests.web.test_conversations import DAMAGE, QUOTE
from tests.web.widget import Widget

pytestmark = pytest.mark.browser

# Twice the default of 16 pixels, as somebody sets it in Chromium's settings.
LARGE_TEXT = "--blink-settings=defaultFontSize=32"

# What is too wide for its place, and what is too high for a place that cannot be scrolled.
CUT_OFF = """() => {
  const root = document.querySelector("lease-assistant").shadowRoot;
  const all = [document.documentElement, ...root.querySelectorAll("*:not(.spoken):not(textarea)")];
  const tooWide = (e) => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1;
  const hides = (e) => ["hidden", "clip"].includes(getComputedStyle(e).overflowY);
  const tooHigh = (e) => e.clientHeight > 0 && e.scrollHeight > e.clientHeight + 1 && hides(e);
  return all.filter((e) => tooWide(e) || tooHigh(e)).map((e) => e.className || e.localName);
}"""


def check_a_conversation(widget: Widget) -> None:
    """A quote and a damage report by mouse, with every tool and a dialog; nothing is cut off on the way."""
    widget.wait_for_replies(1)
    widget.ask(QUOTE)
    assert widget.page.evaluate(CUT_OFF) == []
    widget.ask(DAMAGE)
    assert widget.page.evaluate(CUT_OFF) == []
    assert widget.page.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")
    # The beginning of the reply is what one sees first.
    expect(widget.replies.last.get_by_text("U kunt deze schade online melden.")).to_be_in_viewport()
    for name in ("Verstuur", "Foto toevoegen", "Gesprek bewaren"):
        button = widget.page.get_by_role("button", name=name)
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport()
    widget.page.get_by_role("button", name="Gesprek wissen").click()
    assert widget.page.evaluate(CUT_OFF) == []
    widget.page.get_by_role("button", name="Annuleren").click()


@contextmanager
def window(browser: Browser, width: int, height: int, zoom: int) -> Iterator[BrowserContext]:
    """A window of so many CSS pixels, each of them enlarged."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=zoom, locale="nl-NL", reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.mark.parametrize(
    ("width", "height", "zoom"), [(640, 360, 2), (320, 256, 4), (320, 640, 1)], ids=["200 %", "400 %", "phone"]
)
@pytest.mark.parametrize("position", ["inline", "right"])
def test_enlarged_by_the_browser(
    browser: Browser, servers: Servers, width: int, height: int, zoom: int, position: str
) -> None:
    with window(browser, width, height, zoom) as context:
        widget = Widget(context.new_page(), servers.page)
        widget.page.evaluate("p => document.querySelector('lease-assistant').setAttribute('position', p)", position)
        check_a_conversation(widget)


@pytest.fixture
def large_text(playwright: Playwright) -> Iterator[Browser]:
    """Chromium with text at 200 %, in windows as large as ever."""
    browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS, LARGE_TEXT])
    yield browser
    browser.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (640, 800)])
def test_large_text_in_an_ordinary_window(large_text: Browser, servers: Servers, width: int, height: int) -> None:
    with window(large_text, width, height, 1) as context:
        widget = Widget(context.new_page(), servers.page)
        assert widget.box.evaluate("e => getComputedStyle(e).fontSize") == "32px"
        check_a_conversation(widget)


def test_a_floating_widget_can_be_opened_and_closed_at_400_percent(other_page: Callable[[str], Page]) -> None:
    page = other_page("<lease-assistant></lease-assistant>")
    page.set_viewport_size({"width": 320, "height": 256})
    page.get_by_role("button", name="Stel een vraag").click()
    page.get_by_role("textbox", name="Uw bericht").fill("heb ik winterbanden?")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.locator(".message.bot")).to_have_count(2)
    page.get_by_role("button", name="Chat sluiten").click()
    expect(page.locator(".panel")).to_be_hidden()

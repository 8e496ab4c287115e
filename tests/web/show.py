"""`python -m tests.web.show`: screenshots of the widget for the README, and how fast it is."""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.web.conftest import CHROMIUM, FLAGS
from tests.web.harness import NOW, ROOT, Servers
from tests.web.portal import Portal
from tests.web.widget import Widget

SCREENSHOTS = ROOT / "web" / "screenshots"
QUESTIONS = (
    "heb ik winterbanden?",
    "wie betaalt een boete?",
    "mag ik naar het buitenland?",
    "wat is mijn eigen risico?",
)
QUOTE = "ik betaal 400 euro, looptijd 48 maanden, wil stoppen tegen de 25e maand, voor 24 maanden was het 475 euro"
DAMAGE = "gisteren om 15 uur tegen een paaltje gereden, 400 euro schade, niemand gewond, geen politie, niemand anders"


def ask(*questions: str) -> Callable[[Widget], object]:
    """Ask one after the other."""
    return lambda widget: [widget.ask(question) for question in questions]


def open_article(widget: Widget) -> None:
    """Ask, and open the source of the answer."""
    widget.ask(QUESTIONS[0])
    widget.page.locator(".sources button").first.click()
    widget.page.get_by_role("dialog").wait_for()


# Name, width and height in pixels, colour scheme, and what happens before the picture is taken.
PICTURES = (
    ("question", 720, 720, "light", ask("hoe hoog is mijn eigen risico bij een ruit?")),
    ("quote", 720, 980, "light", ask(QUOTE)),
    ("damage-dark", 720, 980, "dark", ask(DAMAGE)),
    ("flow-phone", 320, 640, "light", ask("ik wil schade melden", "tegen een paaltje gereden")),
    ("quote-phone-dark", 320, 640, "dark", ask(QUOTE)),
    ("article", 720, 720, "light", open_article),
)


def take_pictures(browser: Browser, servers: Servers) -> None:
    """All pictures, each in a conversation of its own."""
    SCREENSHOTS.mkdir(exist_ok=True)
    for name, width, height, scheme, act in PICTURES:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL", color_scheme=scheme)
        # The servers' clock stands still too; otherwise every deadline would be shown as passed.
        context.clock.set_fixed_time(NOW)
        widget = Widget(context.new_page(), servers.page)
        widget.wait_for_replies(1)
        widget.page.emulate_media(reduced_motion="reduce")
        act(widget)
        widget.page.screenshot(path=SCREENSHOTS / f"{name}.png")
        context.close()


def measure(page: Page, servers: Servers, rounds: int = 5) -> None:
    """Print the time from opening the page to the greeting, and from Enter to the reply on the screen."""
    started = time.perf_counter()
    widget = Widget(page, servers.page)
    widget.wait_for_replies(1)
    print(f"page opened to greeting: {(time.perf_counter() - started) * 1000:.0f} ms")
    times = sorted(_seconds_to_reply(widget, question) for question in QUESTIONS * rounds)
    print(f"Enter to reply p50 {statistics.median(times) * 1000:.0f} ms, slowest {times[-1] * 1000:.0f} ms")


def _seconds_to_reply(widget: Widget, question: str) -> float:
    before = widget.replies.count()
    widget.box.fill(question)
    started = time.perf_counter()
    widget.box.press("Enter")
    widget.page.wait_for_function(
        "n => document.querySelector('lease-assistant').shadowRoot.querySelectorAll('.message.bot').length > n",
        arg=before,
    )
    return time.perf_counter() - started


def main() -> int:
    """Start everything, take the pictures, measure, stop everything."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        servers = Servers(Path(folder), "http://127.0.0.1", Portal(Path(folder)).credentials)
        try:
            servers.start_all()
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
            take_pictures(browser, servers)
            measure(browser.new_page(), servers)
            browser.close()
        finally:
            servers.stop_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())

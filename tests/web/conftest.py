"""One assistant and one browser for all tests of the website."""

import http.server
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.web.harness import MODEL, Servers
from tests.web.portal import Portal
from tests.web.widget import Widget

CHROMIUM = Path("/usr/bin/chromium")
# A sandbox needs rights that a container does not give; the others keep the browser from calling home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright keeps a loop running in this thread, and no test can run its own beside it."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without printing each request."""

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Another website: its origin, and the folder with its pages."""
    folder = tmp_path_factory.mktemp("site")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", folder
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """The customer portal that the assistant trusts."""
    return Portal(tmp_path_factory.mktemp("portal"))


@pytest.fixture(scope="session")
def servers(
    tmp_path_factory: pytest.TempPathFactory, other_site: tuple[str, Path], portal: Portal
) -> Iterator[Servers]:
    """The running assistant."""
    if not MODEL.exists():
        pytest.fail("no trained model: run `make train` first")
    running = Servers(tmp_path_factory.mktemp("assistant"), other_site[0], portal.credentials)
    try:
        running.start_all()
        yield running
    finally:
        running.stop_all()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers; there is to be one."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed; .ci/run installs it")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own for each test."""
    context = browser.new_context(viewport={"width": 1000, "height": 900}, locale="nl-NL", accept_downloads=True)
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def watched(context: BrowserContext) -> Iterator[Callable[[], Page]]:
    """New pages; the test fails on an error in one of them, such as a violation of the content security policy."""
    problems: list[str] = []

    def new_page() -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("dialog", lambda dialog: problems.append(f"dialog: {dialog.message}"))
        page.on(
            "console", lambda message: problems.append(message.text) if "Content Security" in message.text else None
        )
        return page

    yield new_page
    assert problems == []


@pytest.fixture
def widget(servers: Servers, watched: Callable[[], Page]) -> Widget:
    """The widget on its own page, after its greeting."""
    widget = Widget(watched(), servers.page)
    widget.wait_for_replies(1)
    return widget


@pytest.fixture
def other_page(servers: Servers, other_site: tuple[str, Path], watched: Callable[[], Page]) -> Callable[..., Page]:
    """Opens a page of the other website with this in its body, under a strict policy of its own."""
    origin, folder = other_site
    server = servers.address
    policy = (
        f"default-src 'none'; script-src {server}; connect-src {server}; style-src 'self'; img-src 'self' blob: data:"
    )

    def open_page(body: str, css: str = "") -> Page:
        (folder / "style.css").write_text(css, encoding="utf-8")
        (folder / "index.html").write_text(
            f"""<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Voorbeeld</title>
            <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
            <meta http-equiv="Content-Security-Policy" content="{policy}"><link rel="stylesheet" href="style.css">
            <script src="{servers.channel}/lease-assistant.js" defer></script></head>
            <body><h1>Voorbeeld Lease</h1>{body}</body></html>""",
            encoding="utf-8",
        )
        page = watched()
        page.goto(f"{origin}/index.html")
        return page

    return open_page

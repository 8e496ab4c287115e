"""The page with the widget over real HTTP, and what its files may not contain."""

import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
WEB = ROOT / "web"

# The page as Rasa mounts it, without the rest of Rasa.
SERVER = """
import sys
from sanic import Sanic
from lease_assistant.channels.page import ChatPage
app = Sanic("page_test", configure_logging=False)
channel = ChatPage.from_credentials(None)
app.blueprint(channel.blueprint(None), url_prefix="/webhooks/" + channel.url_prefix())
app.run("127.0.0.1", int(sys.argv[1]), access_log=False)
"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server with the page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(number)], cwd=ROOT)
    try:
        assert _answers(server, number)
        yield number
    finally:
        server.terminate()
        server.wait(timeout=20)


def _answers(server: "subprocess.Popen[bytes]", port: int) -> bool:
    end = time.monotonic() + 90
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return True
    return False


def get(port: int, path: str) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers, for exactly this path."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "file", "media_type"),
    [
        ("/webhooks/page/", "index.html", "text/html; charset=utf-8"),
        ("/webhooks/page/page.css", "page.css", "text/css; charset=utf-8"),
    ],
)
def test_files_are_served_with_strict_headers(port: int, path: str, file: str, media_type: str) -> None:
    status, body, headers = get(port, path)
    assert status == 200
    assert body == (WEB / file).read_text(encoding="utf-8")
    assert headers["content-type"] == media_type
    assert headers["x-content-type-options"] == "nosniff"
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]


def test_a_forgotten_slash_leads_to_the_page(port: int) -> None:
    status, _, headers = get(port, "/webhooks/page")
    assert (status, headers["location"]) == (302, "/webhooks/page/")


@pytest.mark.parametrize(
    "path",
    ["other.js", "index.html", "../../pyproject.toml", "..%2fpyproject.toml", "%2e%2e%2fpyproject.toml", "/etc/passwd"],
)
def test_nothing_else_is_served(port: int, path: str) -> None:
    status, body, _ = get(port, f"/webhooks/page/{path}")
    assert status == 404
    assert "[project]" not in body


def html() -> str:
    return (WEB / "index.html").read_text(encoding="utf-8")


def test_no_code_or_style_in_the_page_itself() -> None:
    assert re.findall(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:", html()) == []


def test_the_widget_takes_one_script_tag() -> None:
    assert re.findall(r"<script[^>]*>", html()) == ['<script src="../website/lease-assistant.js" defer>']
    assert "<lease-assistant" in html()


def test_the_page_can_be_enlarged_and_names_its_language() -> None:
    assert '<html lang="nl">' in html()
    assert "user-scalable" not in html()
    assert "maximum-scale" not in html()

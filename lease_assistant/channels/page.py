"""A page with the widget, at /webhooks/page/ of the Rasa server: what a leasing company puts on its own site."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

WEB = Path(__file__).resolve().parent.parent.parent / "web"

# The files by the end of their address, each with its media type. Nothing else in web/ can be asked for.
FILES = {
    "": ("index.html", "text/html; charset=utf-8"),
    "page.css": ("page.css", "text/css; charset=utf-8"),
}

# The strictest policy that the widget works under: a text from elsewhere can never become code.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class ChatPage(InputChannel):
    """Serves the page and its style; messages go through the website channel."""

    @classmethod
    def name(cls) -> str:
        """The part of the address after /webhooks/."""
        return "page"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The addresses below /webhooks/page."""
        page = Blueprint("chat_page")

        @page.get("/")
        async def index(request: Request) -> HTTPResponse:
            if not request.path.endswith("/"):
                # Without the slash the browser would look for the script and style one level too high.
                return response.redirect(f"{request.path}/")
            return file_response("")

        @page.get("/<name:str>")
        async def file(request: Request, name: str) -> HTTPResponse:
            return file_response(name)

        return page


def file_response(name: str) -> HTTPResponse:
    """The file at this end of the address, or a 404."""
    if name not in FILES:
        return response.text("Not found", status=404, headers=HEADERS)
    file, media_type = FILES[name]
    return response.raw((WEB / file).read_bytes(), content_type=media_type, headers=HEADERS)

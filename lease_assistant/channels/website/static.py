"""The widget's file, built from web/widget/ and kept in web/dist/, so that running needs no Node.js."""

import hashlib
from pathlib import Path

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

SCRIPT = Path(__file__).resolve().parents[3] / "web" / "dist" / "lease-assistant.js"


def add_files(website: Blueprint) -> None:
    """Serve the widget at lease-assistant.js."""

    @website.get("/lease-assistant.js")
    async def script(request: Request) -> HTTPResponse:
        content = SCRIPT.read_bytes()
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {
            "Cache-Control": "no-cache",
            "ETag": tag,
            "X-Content-Type-Options": "nosniff",
            # The leasing company's site may be another one than ours.
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        if request.headers.get("if-none-match") == tag:
            return response.empty(304, headers=headers)
        return response.raw(content, content_type="text/javascript; charset=utf-8", headers=headers)

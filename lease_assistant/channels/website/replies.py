"""What goes out over HTTP: JSON, errors with one sentence, and the headers for other sites."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse

from lease_assistant.channels.website import requests
from lease_assistant.channels.website.desk import Desk
from lease_assistant.channels.website.refusals import Refused

PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
FOR_OTHER_SITES = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Customer-Token, X-File-Name, X-Turn",
    "Access-Control-Max-Age": "600",
    "Vary": "Origin",
}

# One for each: a route with a wildcard does not get what another route takes with a different method.
PATHS = (
    "/conversations",
    "/messages",
    "/conversation",
    "/history",
    "/events",
    "/photos",
    "/articles/<document>/<number>",
)

Handler = Callable[..., Awaitable[HTTPResponse | None]]


def json_reply(body: dict[str, Any], status: int = 200) -> HTTPResponse:
    """A reply that no cache keeps."""
    return response.json(body, status=status, headers=PRIVATE)


def guarded(desk: Desk) -> Callable[[Handler], Handler]:
    """Wraps a handler: refuses unknown origins, and turns a refusal into its status and sentence."""

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        async def wrapped(request: Request, **parts: str) -> HTTPResponse | None:
            try:
                requests.origin(request, desk.config.allowed_origins)
                return await handler(request, **parts)
            except Refused as refused:
                return json_reply(refused.body(), refused.status)

        return wrapped

    return decorate


def allow_origin(website: Blueprint, allowed: tuple[str, ...]) -> None:
    """Answer the questions that browsers ask before a page of another site may talk to us."""

    async def preflight(request: Request, **parts: str) -> HTTPResponse:
        return response.empty()

    for place, path in enumerate(PATHS):
        website.add_route(preflight, path, methods=["OPTIONS"], name=f"preflight_{place}")

    @website.middleware("response")
    async def add_headers(request: Request, reply: BaseHTTPResponse) -> None:
        reply.headers.update(origin_headers(request, allowed))


def origin_headers(request: Request, allowed: tuple[str, ...]) -> dict[str, str]:
    """The headers that let the page of an allowed site read a reply; none for other sites."""
    try:
        origin = requests.origin(request, allowed)
    except Refused:
        return {}
    return {"Access-Control-Allow-Origin": origin, **FOR_OTHER_SITES} if origin else {}

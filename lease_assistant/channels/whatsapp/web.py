"""The channel as an aiohttp application, for assistants other than Rasa and for a process of its own."""

from http import HTTPStatus

from aiohttp import web

from lease_assistant.channels.whatsapp.gateway import MAX_BODY_BYTES, SIGNATURE, Gateway


def application(gateway: Gateway) -> web.Application:
    """Serves ``/webhook`` and ``/health``; starts and stops `gateway` with it."""

    async def health(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def handshake(request: web.Request) -> web.Response:
        found = gateway.handshake(request.query)
        return web.Response(status=found.status, text=found.text)

    async def webhook(request: web.Request) -> web.Response:
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        found = await gateway.webhook(body, request.headers.get(SIGNATURE))
        return web.Response(status=found.status, text=found.text)

    async def start(_application: web.Application) -> None:
        await gateway.start()

    async def stop(_application: web.Application) -> None:
        await gateway.stop()

    served = web.Application(client_max_size=MAX_BODY_BYTES)
    served.add_routes([web.get("/health", health), web.get("/webhook", handshake), web.post("/webhook", webhook)])
    served.on_startup.append(start)
    served.on_cleanup.append(stop)
    return served

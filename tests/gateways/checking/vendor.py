"""A server on loopback that answers as a table says, and remembers what it was asked."""

from __future__ import annotations

from contextlib import asynccontextmanager

from aiohttp import web


class Vendor:
    def __init__(self):
        self.answers, self.asked = {}, []
        self.url = ""

    async def handler(self, request):
        self.asked.append(request)
        status, body = self.answers.get(request.path, (404, {"error": "nothing here"}))
        if isinstance(body, str):
            return web.Response(status=status, text=body)
        return web.json_response(body, status=status)


@asynccontextmanager
async def vendor_listening():
    vendor = Vendor()
    runner = web.ServerRunner(web.Server(vendor.handler))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    vendor.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield vendor
    finally:
        await runner.cleanup()

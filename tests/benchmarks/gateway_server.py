"""``python -m tests.benchmarks.gateway_server KIND [DATABASE]``: serve until stopped.

Prints the URL to load when it can be loaded.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import uvloop
from aiohttp import web

from behaviours.web.work_off_arrivals import WorkOffArrivals
from config.home import Home
from config.settings import Settings
from gateways.http import serving
from gateways.http.inspected import Served
from gateways.http.limits import Limits, Rate
from gateways.http.webhooks import FORM, Answer, Request, Webhook
from ontology.arrivals import Arrival
from storage.arrivals import PostgresArrivals
from storage.database import Database
from tests.behaviours.duties import on_duty

ENDLESS = Limits(Rate(1e6, 10**6), Rate(1e6, 10**6))
SOURCE = "bench"


async def bare(stack: AsyncExitStack) -> str:
    """A handler of aiohttp's own, in an application with nothing else in it."""

    async def hear(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(text="heard")

    app = web.Application()
    app.router.add_post("/hook", hear)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}/"


async def gateway(stack: AsyncExitStack, handler: Any) -> str:
    """The whole gateway, with one webhook."""
    room = stack.enter_context(tempfile.TemporaryDirectory())
    hook = Webhook(
        method="POST", path="/hook", handler=handler, source=SOURCE, summary="", takes=(FORM,)
    )
    settings = Settings(home=Path(room), http_port=0)
    served = Served(webhooks=(hook,))
    home = Home(Path(room) / "home").create()
    return await stack.enter_async_context(serving(settings, home, served, ENDLESS))


async def heard(request: Request) -> Answer:
    return Answer(body="heard")


async def kept(stack: AsyncExitStack, url: str) -> str:
    """The same, each request committed before it is answered and worked off after."""
    database = await Database.open(url)
    stack.push_async_callback(database.close)
    intake = WorkOffArrivals(PostgresArrivals(database))

    async def work(arrival: Arrival) -> None:
        return None

    source = intake.source(SOURCE, work, lane=lambda arrival: arrival.id)

    async def keep(request: Request) -> Answer:
        await source.keep([Arrival(SOURCE, uuid4().hex, request.body.decode())])
        return Answer(body="heard")

    await stack.enter_async_context(on_duty(intake))
    return await gateway(stack, keep)


async def main(kind: str, *more: str) -> None:
    async with AsyncExitStack() as stack:
        if kind == "bare":
            url = await bare(stack)
        elif kind == "gateway":
            url = await gateway(stack, heard)
        else:
            url = await kept(stack, *more)
        sys.stdout.write(f"{url}hook\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))

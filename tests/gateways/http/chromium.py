"""A real browser, driven over the DevTools protocol in a few lines; every request is noted."""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path

import aiohttp
import pytest

CHROMIUM = shutil.which("chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
    *("--remote-debugging-port=0", "--hide-scrollbars"),
)
SECONDS = 30


class Tab:
    """One page: goes places, types, presses, and knows what was fetched and what was said."""

    def __init__(self, socket):
        self._socket = socket
        self._numbers = count(1)
        self._answers = {}
        self._loaded = asyncio.Event()
        self.requests = []
        self.complaints = []

    async def call(self, method, **parameters):
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        return await asyncio.wait_for(answer, SECONDS)

    async def listen(self):
        async for message in self._socket:
            told = message.json()
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told.get("result"))
            else:
                self._note(told["method"], told["params"])

    def _note(self, method, told):
        if method == "Page.loadEventFired":
            self._loaded.set()
        elif method == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif method in {"Log.entryAdded", "Runtime.consoleAPICalled"}:
            self.complaints.append(told)

    async def go(self, url):
        self._loaded.clear()
        await self.call("Page.navigate", url=url)
        await asyncio.wait_for(self._loaded.wait(), SECONDS)

    async def leave_by(self, script):
        """Run a script that makes the browser load another page."""
        self._loaded.clear()
        await self.evaluate(script)
        await asyncio.wait_for(self._loaded.wait(), SECONDS)

    async def evaluate(self, script):
        answer = await self.call("Runtime.evaluate", expression=script, returnByValue=True)
        return answer["result"].get("value")

    async def resize(self, width, height):
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    async def screenshot(self, file: Path):
        shot = await self.call("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(shot["data"]))


@asynccontextmanager
async def browsing(profile: Path):
    """Start the browser with a new profile and open a tab."""
    process = await asyncio.create_subprocess_exec(
        *(str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", "about:blank"),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "HOME": str(profile)},
        start_new_session=True,
    )
    try:
        address = await asyncio.wait_for(_devtools(process), SECONDS)
        async with aiohttp.ClientSession() as session, _tab(session, address) as tab:
            yield tab
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        # Its helpers hold the pipe open a moment longer than the browser itself lives.
        await asyncio.wait_for(process.communicate(), SECONDS)


async def _devtools(process):
    """The browser tells on which port it can be driven."""
    while line := (await process.stderr.readline()).decode():
        if "DevTools listening on ws://" in line:
            return line.split("ws://")[1].split("/")[0]
    pytest.skip("chromium is installed but does not start here")


@asynccontextmanager
async def _tab(session, address):
    async with session.get(f"http://{address}/json") as response:
        pages = [page for page in await response.json() if page["type"] == "page"]
    async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as socket:
        tab = Tab(socket)
        listening = asyncio.create_task(tab.listen())
        for domain in ("Page", "Network", "Log", "Runtime"):
            await tab.call(f"{domain}.enable")
        yield tab
        listening.cancel()

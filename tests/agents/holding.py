"""A program for tests: runs the servers of a home until its standard input ends."""

from __future__ import annotations

import asyncio
import json
import signal
import sys

import uvloop

from agents.servers import servers
from config.home import Home
from config.logging import configure
from config.settings import Settings
from ontology.errors import StewardError


async def hold() -> None:
    settings = Settings.read()
    configure("info")
    home = Home(settings.home).create()
    async with servers(
        settings, home, parts=sys.argv[1:] or ("postgres", "prosody")
    ) as addresses:
        account = await addresses.account("owner")
        ready = {
            "database_url": addresses.database_url,
            "port": addresses.xmpp_port,
            "ca_file": str(addresses.ca_file),
            "jid": account.jid,
            "password": account.password,
        }
        sys.stdout.write(json.dumps(ready) + "\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        uvloop.run(hold())
    except StewardError as error:
        sys.exit(str(error))

"""The other end of a baseline, in a process of its own.

Usage: ``python -m tests.benchmarks.peer echo`` or ``… flood TO COUNT BODY KEPT``; the account
is read as JSON from standard input. KEPT is "archived" or "unarchived": whether the server is
asked to archive what the account says, as the assistant asks it (XEP-0313). Says "ready" when
logged in; a flood then begins with the next line of standard input.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from slixmpp import JID

from tests.benchmarks.raw import RawClient
from tests.clients.hearing import Account

SENT_AT_ONCE = 500
ARCHIVED = "archived"


async def main(what: str, *arguments: str) -> None:
    loop = asyncio.get_running_loop()
    account = Account(**json.loads(sys.stdin.readline()))
    async with RawClient(account, "peer") as client:
        if what == "echo":

            def answer(message: Any) -> None:
                client.send_message(mto=message["from"], mbody=message["body"], mtype="chat")

            client.add_event_handler("message", answer)
        if what == "flood" and arguments[-1] == ARCHIVED:
            await client.have_archived()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await loop.run_in_executor(None, sys.stdin.readline)
        if what == "flood":
            await flood(client, *arguments)
            await loop.run_in_executor(None, sys.stdin.readline)


async def flood(client: RawClient, to: str, count: str, body: str, _kept: str) -> None:
    for number in range(int(count)):
        client.send_message(mto=JID(to), mbody=f"{body} {number}", mtype="chat")
        if number % SENT_AT_ONCE == 0:
            await asyncio.sleep(0)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

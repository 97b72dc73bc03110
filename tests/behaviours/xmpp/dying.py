"""A process that reads messages, handles none of them, and waits to be killed.

Arguments: JID, password, host, port, CA file, how many messages to read. Says so when it has.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from behaviours.xmpp.stream import Account, Stream


async def read_and_wait() -> None:
    jid, password, host, port, ca_file, count = sys.argv[1:]
    read: asyncio.Queue[None] = asyncio.Queue()
    stream = Stream(Account(jid, password, host, int(port), Path(ca_file)))
    stream.heard = lambda _message, _ticket: read.put_nowait(None)
    await stream.open()
    stream.send_presence()
    for _ in range(int(count)):
        await read.get()
    print("read", flush=True)  # noqa: T201
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(read_and_wait())

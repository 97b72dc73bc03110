"""Handing something over to an outside service: each key once, and with patience."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from ontology.notifications.concepts import Channel
from ontology.notifications.ports import Dispatch, Dispatches
from ontology.notifications.posted import Posted

STARTED_WITHIN: Final = 3.0
"""Seconds in which something that is put off is tried again, before that is given up."""

FIRST_WAIT: Final = 0.5
LONGEST_WAIT: Final = 60.0
"""Seconds between tries while a service is away, doubling each time in a row."""

Post = Callable[[], Awaitable[Posted]]


class DispatchOnce:
    """Writes down every call before it is made and after it, and holds back where told to.

    Who asks for a key that is under way waits for the same end. A call that an earlier life
    began and never ended is not made again: nobody knows what became of it.
    """

    def __init__(
        self,
        dispatches: Dispatches,
        channel: Channel,
        *,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._dispatches = dispatches
        self._channel = channel
        self._jitter = jitter
        self._under_way: dict[UUID, asyncio.Future[Posted]] = {}
        self._open_at = float("-inf")
        self._failures = 0

    @property
    def shut_for(self) -> float:
        """Seconds for which the service wants to be left alone; 0 where it does not."""
        return max(0.0, self._open_at - time.monotonic())

    async def dispatch(self, key: UUID, person_id: UUID, post: Post) -> Posted:
        """Have ``post`` called if that was never done for this key; return what came of it.

        What stays put off for longer than :data:`STARTED_WITHIN` is given up for now:
        ``again_after`` then tells the seconds after which asking again makes sense.
        """
        going = self._under_way.get(key)
        if going is not None:
            return await asyncio.shield(going)
        self._under_way[key] = going = asyncio.get_running_loop().create_future()
        posted = Posted.unknown("interrupted")
        try:
            posted = await self._until_it_is_over(key, person_id, post)
            return posted
        finally:
            del self._under_way[key]
            going.set_result(posted)

    async def _until_it_is_over(self, key: UUID, person_id: UUID, post: Post) -> Posted:
        give_up_at = time.monotonic() + STARTED_WITHIN
        failures, ready_at, why = 0, float("-inf"), "the service wants to be left alone"
        while True:
            wait = max(ready_at - time.monotonic(), self.shut_for)
            if wait <= 0:
                posted = await self._once(key, person_id, post)
                if not posted.is_put_off:
                    return posted
                failures += 1
                why = posted.why or why
                ready_at = time.monotonic() + self._wait(posted, failures)
            elif time.monotonic() + wait >= give_up_at:
                return Posted.put_off(why, again_after=wait)
            else:
                # Nothing is written down as begun while it only waits.
                await asyncio.sleep(wait)

    async def _once(self, key: UUID, person_id: UUID, post: Post) -> Posted:
        begun = await self._dispatches.begin(key, self._channel, person_id)
        if begun is not None:
            return Posted(outcome=begun.outcome, reference=begun.reference, why=begun.why)
        posted = await post()
        if posted.is_put_off:
            await self._dispatches.forget(key, self._channel)
        else:
            ended = Dispatch(posted.outcome, posted.reference, posted.why)
            await self._dispatches.end(key, self._channel, ended)
        self._learn(posted)
        return posted

    def _learn(self, posted: Posted) -> None:
        """Hold back, or go on, for all that is still to be handed over."""
        if posted.is_put_off and posted.for_everybody:
            self._failures += 1
            wait = self._wait(posted, self._failures)
            self._open_at = max(self._open_at, time.monotonic() + wait)
        elif not posted.is_put_off:
            self._failures = 0

    def _wait(self, posted: Posted, failures: int) -> float:
        """Return the seconds to wait: those that were said, else longer each time in a row."""
        if posted.again_after is not None:
            return posted.again_after
        longest = min(FIRST_WAIT * 2.0 ** min(failures - 1, 10), LONGEST_WAIT)
        return longest * (0.5 + 0.5 * self._jitter())

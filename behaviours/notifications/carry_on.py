"""Carrying plans on: the next step when nobody has answered, and the end of what is over."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

import structlog

from behaviours.duty import Duty
from behaviours.notifications.ask_policy import AskPolicy
from behaviours.notifications.award_delivery import AwardDelivery, ToDeliver
from behaviours.notifications.notify_people import LEASE
from behaviours.notifications.take_back import Over, TakeBack, answered_by
from ontology.acl import Declined
from ontology.notifications.acts import SayText
from ontology.notifications.concepts import Attempted, Channel, Outcome
from ontology.notifications.ports import Chain, ChainClaim, Chains, ClosedChain
from ontology.notifications.wording import say_closed, say_closed_elsewhere, say_exhausted

log = structlog.get_logger(__name__)

BATCH = 200
"""Chains claimed at once."""

CLAIMS_AT_ONCE = 4

LONGEST_SLEEP: Final = timedelta(seconds=5)

ASKED_AGAIN: Final = timedelta(hours=1)
"""After this long the policy is asked again for what a rule holds: the rule may be another."""

TOLD_AGAIN: Final = timedelta(minutes=5)
"""After this long it is tried again to tell a person in chat whom nothing has reached."""

NOBODY_THERE: Final = "nobody serves this channel now"


class CarryOnChains(Duty):
    """Takes the steps that are due, of everybody beside each other, and ends what is closed."""

    def __init__(
        self, chains: Chains, policy: AskPolicy, award: AwardDelivery, take_back: TakeBack
    ) -> None:
        self._chains = chains
        self._policy = policy
        self._award = award
        self._take_back = take_back
        self._hint = asyncio.Event()
        self._over: list[Over] = []
        self._left: set[UUID] = set()
        self._free = asyncio.Semaphore(CLAIMS_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._took_over = False

    def look(self) -> None:
        """Look at once: something may be due, or over."""
        self._hint.set()

    def end(self, over: Over) -> None:
        """Take back what nobody needs any more, at once."""
        self._over.append(over)
        self._hint.set()

    @contextmanager
    def leaving(self, id_: UUID) -> Iterator[None]:
        """Leave the end of a chain alone while it is found out how it was answered."""
        self._left.add(id_)
        try:
            yield
        finally:
            self._left.discard(id_)
            self._hint.set()

    async def once(self) -> None:
        """Begin what is due, or sleep until something is."""
        if not self._took_over:
            await self._chains.release()
            self._took_over = True
        self._hint.clear()
        await self._end_what_is_over()
        if self._free.locked():
            # Each hand that is free again hints; what is over meanwhile is ended meanwhile.
            await self._hinted(LONGEST_SLEEP)
            return
        await self._free.acquire()
        try:
            claim = await self._chains.claim(BATCH, LEASE)
        except BaseException:
            self._free.release()
            raise
        if claim.chains:
            self._beside(self._carry(claim))
        else:
            self._free.release()
            await self._sleep()

    async def _sleep(self) -> None:
        due_in = await self._chains.due_in()
        await self._hinted(LONGEST_SLEEP if due_in is None else min(due_in, LONGEST_SLEEP))

    async def _hinted(self, within: timedelta) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, within.total_seconds())):
                await self._hint.wait()

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            # The lease runs out and the chains are claimed again.
            log.error("carrying on broke", exc_info=error)

    # What is over.

    async def _end_what_is_over(self) -> None:
        told, self._over = {each.id: each for each in self._over}, []
        for closed in await self._chains.closed(BATCH):
            id_ = closed.notification.id
            over = told.pop(id_, None)
            if id_ not in self._left:
                self._beside(self._end(closed, over))
            elif over is not None:
                self._over.append(over)
        for over in told.values():
            self._beside(self._take_back.everywhere(over))

    async def _end(self, closed: ClosedChain, over: Over | None) -> None:
        """Stop every channel, then end the chain: whoever dies between them begins again."""
        item = closed.notification
        with self.leaving(item.id):
            over = over or Over(item.id, item.person_id, "")
            by = over.by or answered_by(await self._take_back.made(over))
            line = say_closed_elsewhere(item.text, closed.how, by) if by else None
            words = say_closed(closed.how, by)
            await self._take_back.everywhere(replace(over, words=words, by=by, line=line))
            await self._chains.end(item.person_id, [item.id], closed.end)

    # What goes on.

    async def _carry(self, claim: ChainClaim) -> None:
        try:
            alike: dict[object, list[Chain]] = defaultdict(list)
            for chain in claim.chains:
                tried_by = chain.open and chain.open.channel
                whose = chain.notification.person_id
                alike[(whose, chain.notice, chain.step, tried_by)].append(chain)
            now = await self._chains.now()
            await asyncio.gather(
                *(self._go_on(claim.token, some, now) for some in alike.values())
            )
        finally:
            self._free.release()
            self._hint.set()

    async def _go_on(self, token: UUID, chains: Sequence[Chain], now: datetime) -> None:
        """Carry on chains that stand alike: finish what was begun, or take the next step."""
        if chains[0].open is None:
            chains = await self._hold(token, chains, now)
        if not chains:
            return
        if chains[0].is_over:
            await self._exhaust(token, chains, now)
        else:
            await self._step(token, chains)

    async def _hold(
        self, token: UUID, chains: Sequence[Chain], now: datetime
    ) -> Sequence[Chain]:
        """Put off what a rule of the person's holds back by now; return the others."""
        by_id = {chain.notification.id: chain for chain in chains}
        items = [chain.notification for chain in chains]
        going_on: list[Chain] = []
        for notice, alike in (await self._policy.decided(items, now)).items():
            some = [by_id[item.id] for item in alike]
            if notice.at > now:
                await self._chains.put_off(token, some, min(notice.at, now + ASKED_AGAIN))
            else:
                going_on += some
        return going_on

    async def _step(self, token: UUID, chains: Sequence[Chain]) -> None:
        """Try the step under way; one that was begun is tried by the same channel only."""
        first = chains[0]
        begun = first.open
        channels = (begun.channel,) if begun else first.notice.steps[first.step].channels

        closed = False

        async def write(channel: Channel) -> Collection[UUID]:
            nonlocal closed
            allowed = await self._chains.attempt(token, chains, channel, LEASE)
            closed = not allowed
            return allowed

        items = [chain.notification for chain in chains]
        work = ToDeliver(items, channels, first.step, first.notice.reasons)
        tried = await self._award.deliver(work, write)
        if tried is not None:
            await self._settle(token, first, tried.channel, tried.attempted)
        elif begun is not None:
            unknown = [
                Attempted(id=item.id, outcome=Outcome.UNKNOWN, why=NOBODY_THERE)
                for item in items
            ]
            await self._settle(token, first, begun.channel, unknown)
        elif not closed:
            await self._chains.pass_by(token, chains)

    async def _settle(
        self, token: UUID, first: Chain, channel: Channel, attempted: Sequence[Attempted]
    ) -> None:
        ended = await self._chains.settle(token, attempted, channel, first.step, first.wait)
        for id_ in ended:
            # Answered while it was being told: it may ring by now.
            self.end(Over(id_, first.notification.person_id, "over"))

    async def _exhaust(self, token: UUID, chains: Sequence[Chain], now: datetime) -> None:
        """Tell the person once in chat that nobody has answered; that is the end.

        What has arrived nowhere, and has no chat to be told in, is no end: it is tried again.
        """
        held = await self._chains.attempt(token, chains, Channel.CHAT, LEASE)
        trying = [chain for chain in chains if chain.notification.id in held]
        said = await asyncio.gather(*(self._tell_so(chain, now) for chain in trying))
        told = [each for each in said if each is not None]
        await self._chains.settle(token, told, Channel.CHAT, chains[0].step, None)
        untold = [chain for chain, each in zip(trying, said, strict=True) if each is None]
        if untold:
            await self._chains.put_off(token, untold, now + TOLD_AGAIN)

    async def _tell_so(self, chain: Chain, now: datetime) -> Attempted | None:
        """Say it; return what came of it, None where the person knows of nothing at all."""
        item = chain.notification
        made = await self._take_back.made(Over(item.id, item.person_id, ""))
        before = [each for each in made if each.step < chain.step]
        try:
            await self._take_back.say(
                SayText(
                    key=uuid5(item.id, "exhausted"),
                    person_id=item.person_id,
                    channel=Channel.CHAT,
                    text=say_exhausted(item, before, now),
                )
            )
        except Declined:
            if not any(each.outcome.arrived for each in before):
                return None
            return Attempted(id=item.id, outcome=Outcome.FAILED, why="chat cannot reach you")
        return Attempted(id=item.id, outcome=Outcome.SENT)

"""Having people told what fell due, as the policy decides: now, later, or step by step."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from behaviours.fipa.request import RequestResponder
from behaviours.notifications.ask_policy import AskPolicy, held_by
from behaviours.notifications.award_delivery import AwardDelivery, ToDeliver, Tried
from behaviours.notifications.take_back import Over
from ontology.notifications.acts import NOTIFICATIONS, NotifyPeople, PeopleNotified
from ontology.notifications.concepts import Attempted, Channel, Notification, Outcome
from ontology.notifications.ports import (
    Attempt,
    ChainClaim,
    Chains,
    Deliveries,
    Standing,
)
from ontology.policy.concepts import Notice

LEASE: Final = timedelta(seconds=30)
"""How long one step may take: bids, the delivery, and some to spare."""

CHAINED_AGAIN: Final = timedelta(minutes=1)
"""After this long it is asked again whether what a chain carries on has arrived."""

LAST_RESORT: Final = "no other way worked, so by chat"

Tries = Mapping[UUID, Attempt]


class NotifyPeopleOnRequest(RequestResponder[NotifyPeople, PeopleNotified]):
    """Has each notification told once, however often it is offered.

    No ledger: a notification is known by its id, and a channel delivers an id once. Where the
    plan has more than one step, a chain takes over.
    """

    vocabulary = NOTIFICATIONS
    action = NotifyPeople
    announces = True

    def __init__(
        self,
        deliveries: Deliveries,
        chains: Chains,
        policy: AskPolicy,
        award: AwardDelivery,
        carry_on: Callable[[], None],
        over: Callable[[Over], None],
    ) -> None:
        self._deliveries = deliveries
        self._chains = chains
        self._policy = policy
        self._award = award
        self._carry_on = carry_on
        self._over = over

    async def perform(self, action: NotifyPeople, asker: str) -> PeopleNotified:
        """Deliver to each person beside the others."""
        standing = await self._deliveries.standing(action.notifications)
        by_person: dict[UUID, list[Notification]] = defaultdict(list)
        for notification in standing.pending:
            by_person[notification.person_id].append(notification)
        told = await asyncio.gather(
            *(self._tell(items, standing) for items in by_person.values())
        )
        outcomes = {each.id: each for of_one in told for each in of_one}
        for item in action.notifications:
            if item.id in standing.sent:
                outcomes[item.id] = Attempted(id=item.id, outcome=Outcome.SENT)
            elif item.id in standing.withdrawn:
                outcomes[item.id] = Attempted(id=item.id, outcome=Outcome.WITHDRAWN)
            elif item.id in standing.chained:
                outcomes[item.id] = _chained(item)
        return PeopleNotified(outcomes=tuple(outcomes[i.id] for i in action.notifications))

    async def _tell(
        self, items: Sequence[Notification], standing: Standing
    ) -> Sequence[Attempted]:
        """Ask how one person is to be told, and do it; those treated alike go together.

        What was wanted no more, and is wanted again, has had its chain.
        """
        now = max(item.claimed_at for item in items)
        decided = await self._policy.decided(items, now)
        working = []
        for notice, alike in decided.items():
            if notice.at > now:
                working.append(_holding(alike, notice))
                continue
            in_one = alike if len(notice.steps) == 1 else ()
            if plain := in_one or [i for i in alike if i.id in standing.reopened]:
                working.append(self._deliver(plain, notice, standing.tried))
            if not in_one and (chained := [i for i in alike if i.id not in standing.reopened]):
                working.append(self._begin(chained, notice))
        known = {each.id: each for told in await asyncio.gather(*working) for each in told}
        return [known.get(i.id) or Attempted(id=i.id, outcome=Outcome.UNKNOWN) for i in items]

    async def _begin(
        self, items: Sequence[Notification], notice: Notice
    ) -> Sequence[Attempted]:
        """Take the first step; the chain takes the others."""
        claim: ChainClaim | None = None

        async def write(channel: Channel) -> Collection[UUID]:
            nonlocal claim
            claim = await self._chains.begin(items, notice, channel, LEASE)
            return {chain.notification.id for chain in claim.chains}

        first = notice.steps[0]
        tried = await self._award.deliver(
            ToDeliver(items, first.channels, 0, notice.reasons), write
        )
        if claim is None:
            await self._chains.begin(items, notice, None, LEASE)
        elif tried is not None:
            over = await self._chains.settle(
                claim.token, tried.attempted, tried.channel, 0, first.wait
            )
            self._take_back(item for item in items if item.id in over)
        attempted = tried.attempted if tried is not None else ()
        if len(arrived := _arrived(attempted)) < len(items):
            self._carry_on()
        return [each for each in attempted if each.id in arrived] + [
            _chained(item) for item in items if item.id not in arrived
        ]

    async def _deliver(
        self, items: Sequence[Notification], notice: Notice, tried: Tries
    ) -> Sequence[Attempted]:
        """Take the only step there is; where it does not work, chat is the last resort."""
        told: list[Attempted] = []
        for work in _where_it_stood(items, notice, tried):
            done = await self._try(work)
            told += done
            if work.channels != (Channel.CHAT,):
                left = [i for i in work.items if i.id not in _arrived(done)]
                told += await self._try(_last_resort(left, work.step + 1)) if left else ()
        return told

    async def _try(self, work: ToDeliver) -> Sequence[Attempted]:
        async def write(channel: Channel) -> Collection[UUID]:
            await self._deliveries.attempt(work.items, channel, work.step)
            return {item.id for item in work.items}

        done = await self._award.deliver(work, write)
        if done is None:
            return ()
        await self._deliveries.settle(_known(done), done.channel, work.step)
        if done.channel is not Channel.CHAT:
            over = (await self._deliveries.standing(work.items)).withdrawn
            self._take_back(item for item in work.items if item.id in over)
        return done.attempted

    def _take_back(self, items: Iterable[Notification]) -> None:
        """Have stopped what was answered while it was being told: it may ring by now."""
        for item in items:
            self._over(Over(item.id, item.person_id, "over"))


def _known(done: Tried) -> Sequence[Attempted]:
    """Return what may be noted. What chat does not know stays open: it is said once anyhow."""
    if done.channel is not Channel.CHAT:
        return done.attempted
    return [each for each in done.attempted if each.outcome is not Outcome.UNKNOWN]


def _where_it_stood(
    items: Sequence[Notification], notice: Notice, tried: Tries
) -> Iterator[ToDeliver]:
    """Yield what is to be tried now, from what an earlier offer of the same tried before."""
    alike: dict[tuple[int, tuple[Channel, ...]], list[Notification]] = defaultdict(list)
    for item in items:
        alike[_next_try(tried.get(item.id), notice)].append(item)
    for (step, channels), some in alike.items():
        last = step > 0 and channels == (Channel.CHAT,)
        yield (
            _last_resort(some, step)
            if last
            else ToDeliver(some, channels, step, notice.reasons)
        )


def _next_try(last: Attempt | None, notice: Notice) -> tuple[int, tuple[Channel, ...]]:
    if last is None:
        return 0, notice.steps[0].channels
    if last.channel is Channel.CHAT or last.outcome is Outcome.ATTEMPTING:
        return last.step, (last.channel,)
    return last.step + 1, (Channel.CHAT,)


def _last_resort(items: Sequence[Notification], step: int) -> ToDeliver:
    return ToDeliver(items, (Channel.CHAT,), step, (LAST_RESORT,))


async def _holding(items: Iterable[Notification], notice: Notice) -> Sequence[Attempted]:
    why = held_by(notice)
    return [
        Attempted(id=item.id, outcome=Outcome.HELD, until=notice.at, why=why) for item in items
    ]


def _chained(item: Notification) -> Attempted:
    again = item.claimed_at + CHAINED_AGAIN
    return Attempted(id=item.id, outcome=Outcome.UNKNOWN, until=again)


def _arrived(attempted: Iterable[Attempted]) -> frozenset[UUID]:
    return frozenset(each.id for each in attempted if each.outcome.arrived)

"""Firing what falls due: claim it, offer it to the notifier, close it. Nothing else."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from behaviours.directory.find_providers import Acquaintances
from behaviours.duty import Duty
from behaviours.fipa.exchange import Voice
from behaviours.fipa.request import request
from ontology.acl import Declined
from ontology.errors import NoAnswer
from ontology.notifications.acts import NOTIFICATIONS, NotifyPeople
from ontology.notifications.concepts import Attempted, Notification, Outcome
from ontology.reminders.ports import Alarm, Claim, DueOccurrences, Held

log = structlog.get_logger(__name__)

BATCH = 500
"""Occurrences claimed at once."""

CLAIMS_AT_ONCE = 4

LARGEST_OFFER = 170_000
"""Bytes in one message between agents: a stanza may have 1 MB, escaping can make six of one."""

LEASE = timedelta(seconds=30)
OFFER_WITHIN = 20.0
"""Seconds for an offer, well within the lease."""

FIRST_RETRY = timedelta(seconds=0.5)
LAST_RETRY = timedelta(seconds=30)
"""What could not be told is due again after this long, doubling each time in a row."""

LONGEST_SLEEP = timedelta(seconds=5)


class FireDue(Duty):
    """Claims what is due and has people told, until nothing is due; then sleeps till it is."""

    def __init__(
        self, due: DueOccurrences, alarm: Alarm, voice: Voice, acquaintances: Acquaintances
    ) -> None:
        self._due = due
        self._alarm = alarm
        self._voice = voice
        self._acquaintances = acquaintances
        self._free = asyncio.Semaphore(CLAIMS_AT_ONCE)
        self._offers: set[asyncio.Task[None]] = set()
        self._took_over = False
        self._failures = 0

    async def once(self) -> None:
        """Claim one batch and offer it beside, or sleep."""
        if not self._took_over:
            await self._due.release()
            self._took_over = True
        await self._free.acquire()
        try:
            claim = await self._due.claim(BATCH, LEASE)
        except BaseException:
            self._free.release()
            raise
        if claim.notifications:
            offer = asyncio.create_task(self._offer(claim))
            self._offers.add(offer)
            offer.add_done_callback(self._offered)
        else:
            self._free.release()
            await self._sleep()

    async def _sleep(self) -> None:
        due_in = await self._due.due_in()
        sleep = LONGEST_SLEEP if due_in is None else min(due_in, LONGEST_SLEEP)
        if sleep > timedelta(0):
            await self._alarm.rung(sleep)

    async def _offer(self, claim: Claim) -> None:
        agreed = asyncio.Event()

        async def note_agreement() -> None:
            if not agreed.is_set():
                agreed.set()
                await self._due.offered(claim)

        outcomes: list[tuple[Attempted, ...]] = await asyncio.gather(
            *(
                self._tell(part, f"{claim.token}-{n}", note_agreement)
                for n, part in enumerate(parts(claim.notifications))
            )
        )
        known = [each for part in outcomes for each in part]
        told = [each.id for each in known if each.outcome.is_final]
        held = list(_held(known))
        untold = len(claim.notifications) - len(told) - sum(len(each.ids) for each in held)
        self._failures = self._failures + 1 if untold else 0
        retry_in = min(FIRST_RETRY * 2 ** min(self._failures, 10), LAST_RETRY)
        await self._due.close(claim, told, retry_in, held)

    async def _tell(
        self,
        part: tuple[Notification, ...],
        conversation: str,
        agreed: Callable[[], Awaitable[None]],
    ) -> tuple[Attempted, ...]:
        """Return what became of each of ``part``, as far as that is known."""
        if len(part) == 1:
            # Named for the occurrence; the claim tells one try from the next.
            conversation = f"{part[0].id}/{conversation}"
        try:
            notifier, *_ = await self._acquaintances.offering(self._voice, "notifications")
            result = await request(
                self._voice,
                NOTIFICATIONS,
                NotifyPeople(notifications=part),
                to=notifier,
                conversation=conversation,
                within=OFFER_WITHIN,
                agreed=agreed,
            )
        except (NoAnswer, Declined) as error:
            log.warning("offer not taken, offered again soon", why=str(error), count=len(part))
            return ()
        asked = {notification.id for notification in part}
        return tuple(each for each in result.outcomes if each.id in asked)

    def _offered(self, offer: asyncio.Task[None]) -> None:
        self._offers.discard(offer)
        self._free.release()
        if not offer.cancelled() and (error := offer.exception()):
            # The lease runs out and the occurrences are claimed again.
            log.error("offer broke", exc_info=error)


def _held(known: Iterable[Attempted]) -> Iterator[Held]:
    """Yield what is to be offered again at a time of its own, and by which rule of theirs."""
    ids: dict[tuple[datetime, str | None], list[UUID]] = defaultdict(list)
    for each in known:
        if each.until is not None and not each.outcome.is_final:
            rule = each.why if each.outcome is Outcome.HELD else None
            ids[(each.until, rule)].append(each.id)
    for (until, rule), those in ids.items():
        yield Held(tuple(those), until, rule)


def parts(notifications: tuple[Notification, ...]) -> Iterator[tuple[Notification, ...]]:
    """Cut a claim into messages of a bearable size; most claims are one."""
    part: list[Notification] = []
    size = 0
    for notification in notifications:
        weight = len(notification.text.encode()) + 300
        if part and size + weight > LARGEST_OFFER:
            yield tuple(part)
            part, size = [], 0
        part.append(notification)
        size += weight
    if part:
        yield tuple(part)

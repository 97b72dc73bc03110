"""Asking the policy when, by which channels and how insistently a person is to be told."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import structlog

from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.exchange import Voice
from behaviours.fipa.query import query
from ontology.acl import Declined
from ontology.errors import NoAnswer
from ontology.notifications.concepts import Channel, Notification
from ontology.policy.acts import POLICY, PlansDecided, WhichPlans
from ontology.policy.concepts import Matter, Notice, Step
from ontology.policy.holding import LONGEST
from ontology.policy.limits import LONGEST_ABSENCE

log = structlog.get_logger(__name__)

DECIDED_WITHIN = 2.0
"""Seconds for the policy to decide; a reminder does not wait for it longer."""

STARTING: Final = 15.0
"""Seconds from the start of a platform in which its policy is waited for."""

LONGEST_HELD: Final = LONGEST_ABSENCE + LONGEST
"""Nothing is held back for longer than one may be away, and rules hold it after that."""

PLAIN: Final = (Step(channels=(Channel.CHAT,), wait=timedelta(0)),)
UNDECIDED: Final = "the policy did not answer, so by chat at once"
NOTHING_SAID: Final = "the policy had no plan, so by chat at once"


class AskPolicy:
    """Finds out the plan of each notification; without an answer it is chat, now.

    Until the policy has answered once, or ``starting`` seconds are over, nothing is decided
    without it: what fell due while the platform was down would ring in quiet hours.
    """

    def __init__(
        self, voice: Voice, acquaintances: Acquaintances, starting: float = 0.0
    ) -> None:
        self._voice = voice
        self._acquaintances = acquaintances
        self._waits_until = time.monotonic() + starting

    async def decided(
        self, items: Sequence[Notification], now: datetime
    ) -> Mapping[Notice, Sequence[Notification]]:
        """Return the notices for one person's notifications; those treated alike share one.

        What is in none is to be asked of again soon.
        """
        try:
            async with asyncio.timeout(DECIDED_WITHIN):
                plans = await self._ask(items[0].person_id, items, now)
        except (NoAnswer, Declined, TimeoutError) as error:
            if time.monotonic() < self._waits_until:
                log.info("the policy is waited for", why=repr(error), count=len(items))
                return {}
            log.warning("told plainly, without the policy", why=repr(error), count=len(items))
            return {Notice(at=now, steps=PLAIN, reasons=(UNDECIDED,)): items}
        alike: dict[int, list[Notification]] = defaultdict(list)
        for item, number in zip(items, plans.of, strict=True):
            alike[number].append(item)
        self._waits_until = float("-inf")
        by_notice: dict[Notice, list[Notification]] = defaultdict(list)
        for number, some in alike.items():
            by_notice[_first_of(plans.plans[number].notices, now)] += some
        return by_notice

    async def _ask(
        self, person_id: UUID, items: Sequence[Notification], now: datetime
    ) -> PlansDecided:
        policy, *_ = await self._acquaintances.offering(self._voice, "policy")
        decided = await query(
            self._voice,
            POLICY,
            WhichPlans(
                person_id=person_id,
                matters=tuple(map(_matter, items)),
                now=now,
            ),
            to=policy,
            conversation=uuid4().hex,
            within=DECIDED_WITHIN,
        )
        if len(decided.of) != len(items) or not all(
            0 <= number < len(decided.plans) for number in decided.of
        ):
            raise NoAnswer("the policy decided of something else")
        return decided


def _matter(item: Notification) -> Matter:
    # A notification was checked when it came in, and thousands may fall due at once.
    return Matter.model_construct(text=item.text, starts_at=item.due_at)


def _first_of(notices: Sequence[Notice], now: datetime) -> Notice:
    """Return the notice that counts for what is due: the first; plain, if there is none.

    One later than any rule can hold it back is none: it would be lost.
    """
    if notices and notices[0].at - now <= LONGEST_HELD:
        return notices[0]
    return Notice(at=now, steps=PLAIN, reasons=(NOTHING_SAID,))


def held_by(notice: Notice) -> str:
    """Return the words for the rule that holds a notice back."""
    return notice.held_by or (notice.reasons[-1] if notice.reasons else "your rules")

"""Words for the tests of reminders: making, letting fire, telling."""

from __future__ import annotations

from datetime import UTC, timedelta

from ontology.notifications.concepts import Attempted, Channel, Outcome
from ontology.time.concepts import Schedule

SECOND, MINUTE, HOUR, DAY = (
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
)
LEASE = MINUTE
RETRY = 2 * SECOND


async def remind(kept, person, text="stretch", within=HOUR):
    """Make a reminder for once."""
    schedule = Schedule.once(await kept.book.now() + within, "UTC")
    return await kept.book.create(person.id, text, schedule, schedule.first)


async def remind_daily(kept, person, text="water the plants", within=HOUR, rule="FREQ=DAILY"):
    """Make a recurring reminder."""
    start = (await kept.book.now() + within).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    schedule = Schedule(zone="UTC", start=start, rule=rule)
    return await kept.book.create(person.id, text, schedule, schedule.first)


async def tell(kept, within=None):
    """Let time pass, then tell everything that is due; return it."""
    if within is not None:
        await kept.advance(within)
    claim = await kept.due.claim(500, LEASE)
    await kept.due.offered(claim)
    await kept.due.close(claim, [item.id for item in claim.notifications], RETRY)
    return claim.notifications


async def begin_to_tell(kept):
    """Claim what is due and let the notifier agree to tell it; return the claim."""
    claim = await kept.due.claim(500, LEASE)
    await kept.due.offered(claim)
    return claim


async def send(deliveries, *ids):
    """Note that these, which were being tried, were sent by chat."""
    sent = [Attempted(id=id_, outcome=Outcome.SENT) for id_ in ids]
    await deliveries.settle(sent, Channel.CHAT)


async def told(kept, person, text="stretch"):
    """Make a reminder, let it fire and return its occurrence."""
    await remind(kept, person, text)
    await tell(kept, HOUR + SECOND)
    return await kept.book.last_told(person.id)


async def texts(kept, person):
    """What is still to fire, the next first."""
    reminders, _ = await kept.book.upcoming(person.id, 100)
    return [reminder.text for reminder in reminders]

"""One step after the other until there is an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from ontology.notifications.concepts import Channel
from ontology.policy.concepts import Preferences, Step


def steps_by(
    channels: tuple[Channel, ...], preferences: Preferences, *, calls: bool
) -> tuple[Step, ...]:
    """Return the steps by these channels in their order, calls as often as is allowed.

    For who does not want escalation it is one step by the first channel that can, but a call
    that the person has ordered for this matter (``calls``) still follows.
    """
    if preferences.escalates:
        return tuple(_each(channels, preferences))
    if calls and Channel.CALL in channels and len(channels) > 1:
        others = tuple(each for each in channels if each is not Channel.CALL)
        first = Step(channels=others, wait=preferences.escalate_after)
        return (first, *_each((Channel.CALL,), preferences))
    return (Step(channels=channels, wait=timedelta(0)),)


def _each(channels: Iterable[Channel], preferences: Preferences) -> Iterator[Step]:
    for channel in channels:
        if channel is Channel.CALL:
            ring = Step(channels=(channel,), wait=preferences.between_calls)
            yield from [ring] * max(1, preferences.most_calls)
        else:
            yield Step(channels=(channel,), wait=preferences.escalate_after)

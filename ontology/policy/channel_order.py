"""By which channels a matter is told, the first first."""

from __future__ import annotations

from datetime import datetime

from ontology.notifications.concepts import Channel
from ontology.policy.concepts import WeekendRule
from ontology.policy.judging import Judgement
from ontology.policy.rest_days import rest_day
from ontology.policy.situation import Situation
from ontology.time.names import listed

Ways = tuple[tuple[Channel, ...], str]
"""Channels, and in words why these."""


def ways(at: datetime, judgement: Judgement, situation: Situation) -> Ways:
    """Return the channels to tell a matter by at an instant. There is always one."""
    if (why := _mail_only(at, judgement, situation)) is not None:
        return _by_mail(why, situation)
    channels, reason = _in_order(situation)
    if Channel.CALL not in channels and _may_call(judgement, situation):
        why = f"“{judgement.vip}” is a VIP" if judgement.vip else f"it is “{judgement.urgent}”"
        return (*channels, Channel.CALL), f"{reason}, and then a call: {why}"
    return channels, reason


def _mail_only(at: datetime, judgement: Judgement, situation: Situation) -> str | None:
    """Return why a matter is told by e-mail only, None where it is not."""
    if judgement.by_mail_only:
        return f"“{judgement.internal}” is an internal topic"
    preferences = situation.preferences
    if preferences.weekend is not WeekendRule.EMAIL_ONLY or judgement.passes_weekends:
        return None
    day = rest_day(at.astimezone(situation.zone).date(), preferences, situation.locale)
    return day and f"you want nothing else on a {day}"


def _by_mail(why: str, situation: Situation) -> Ways:
    if Channel.EMAIL in situation.reachable_by:
        return (Channel.EMAIL,), f"by e-mail only: {why}"
    channels, _ = _in_order(situation)
    calm = next((each for each in channels if each is not Channel.CALL), channels[0])
    return (calm,), f"by {calm} only, for want of an e-mail address: {why}"


def _in_order(situation: Situation) -> Ways:
    """Return the person's own channels as far as they reach them, else any that does."""
    wanted = [each for each in situation.preferences.channels if _usable(each, situation)]
    if wanted:
        return tuple(wanted), f"by {listed(wanted, 'then')}, as you order channels"
    other = [each for each in Channel if _usable(each, situation)][:1] or [Channel.CHAT]
    return tuple(other), f"by {other[0]}: no channel that you chose reaches you"


def _may_call(judgement: Judgement, situation: Situation) -> bool:
    """Whether this matter is worth a call to a person who did not order calls."""
    escalates = situation.preferences.escalates or judgement.vip is not None
    return judgement.deserves_calls and escalates and _usable(Channel.CALL, situation)


def _usable(channel: Channel, situation: Situation) -> bool:
    forbidden = channel is Channel.CALL and not situation.preferences.most_calls
    return channel in situation.reachable_by and not forbidden

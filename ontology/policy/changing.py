"""Changing preferences: what may be, and in words why the rest may not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import singledispatch
from typing import Any

from ontology.errors import ImpossiblePreference
from ontology.notifications.concepts import Channel
from ontology.policy import changes, limits
from ontology.policy.concepts import MatterKind, Preferences, QuietRange
from ontology.policy.merging import ever_speaks, merged
from ontology.policy.public_holidays import has_known_holidays, known_countries
from ontology.policy.wording import say_length
from ontology.reminders.matching import words_of
from ontology.time.names import listed


def apply(
    change: changes.Change, preferences: Preferences, now: datetime, locale: str
) -> Preferences:
    """Return the preferences of a person of this locale as they are after a change.

    Raises ImpossiblePreference, with a sentence for the person, where they cannot be.
    """
    if isinstance(change, changes.StayAway) and change.until is not None:
        _check_absence(change.until, now)
    if isinstance(change, changes.SetWeekend) and change.holidays:
        _check_holidays(locale)
    return _changed(change, preferences)


@singledispatch
def _changed(change: Any, preferences: Preferences) -> Preferences:
    raise NotImplementedError(type(change))


@_changed.register
def _(change: changes.AddQuiet, preferences: Preferences) -> Preferences:
    return _quiet((*preferences.quiet, change.range), preferences)


@_changed.register
def _(change: changes.SetQuiet, preferences: Preferences) -> Preferences:
    return _quiet(change.ranges, preferences)


@_changed.register
def _(change: changes.StayAway, preferences: Preferences) -> Preferences:
    return _with(preferences, away_until=change.until)


@_changed.register
def _(change: changes.SetWeekend, preferences: Preferences) -> Preferences:
    holidays = preferences.holidays if change.holidays is None else change.holidays
    rule = preferences.weekend if change.rule is None else change.rule
    return _speaking(_with(preferences, weekend=rule, holidays=holidays))


@_changed.register
def _(change: changes.OrderChannels, preferences: Preferences) -> Preferences:
    return _ordered(tuple(dict.fromkeys(change.channels)), preferences)


@_changed.register
def _(change: changes.PreferChannel, preferences: Preferences) -> Preferences:
    others = tuple(each for each in preferences.channels if each is not change.channel)
    if not change.use and change.channel is Channel.CALL:
        # Beyond the order: what is urgent would else be called for all the same.
        preferences = _with(preferences, most_calls=0)
    return _ordered((change.channel, *others) if change.use else others, preferences)


@_changed.register
def _(change: changes.SetEscalation, preferences: Preferences) -> Preferences:
    if change.after is None:
        return _with(preferences, escalates=False)
    _check(change.after, *limits.WAIT, "I wait {}.")
    return _with(preferences, escalates=True, escalate_after=change.after)


@_changed.register
def _(change: changes.SetCalls, preferences: Preferences) -> Preferences:
    most = preferences.most_calls if change.most is None else change.most
    between = preferences.between_calls if change.between is None else change.between
    if not 0 <= most <= limits.MOST_CALLS:
        raise ImpossiblePreference(f"I call {limits.MOST_CALLS} times at most, or never.")
    _check(between, *limits.BETWEEN_CALLS, "Calls are {} apart.")
    return _reachable(_with(preferences, most_calls=most, between_calls=between))


@_changed.register
def _(change: changes.ChangeWords, preferences: Preferences) -> Preferences:
    there: tuple[str, ...] = getattr(preferences, change.list)
    if change.remove:
        words = _without(change.words, there)
    else:
        words = _distinct((*there, *map(_word, change.words)))
    if len(words) > limits.MOST_WORDS:
        raise ImpossiblePreference(f"The list is full: {limits.MOST_WORDS} words are the most.")
    return _with(preferences, **{change.list: words})


@_changed.register
def _(change: changes.SetLeadTimes, preferences: Preferences) -> Preferences:
    if change.kind not in (MatterKind.EVENT, MatterKind.TASK):
        raise ImpossiblePreference(
            f"A {change.kind} comes at the time that was set for it; "
            "only events and tasks are told before."
        )
    leads = tuple(sorted(set(change.before), reverse=True))
    if not 0 < len(leads) <= limits.MOST_LEAD_TIMES:
        raise ImpossiblePreference(
            f"Say one to {limits.MOST_LEAD_TIMES} times before it begins."
        )
    for lead in leads:
        _check(lead, timedelta(0), limits.LONGEST_LEAD, "I tell you {} before it begins.")
    times = preferences.lead_times.model_copy(update={change.kind.value: leads})
    return _with(preferences, lead_times=times)


@_changed.register
def _(change: changes.SetTravel, preferences: Preferences) -> Preferences:
    _check(change.buffer, timedelta(0), limits.LONGEST_TRAVEL, "The way to a place takes {}.")
    return _with(preferences, travel=change.buffer)


def _check_absence(until: datetime, now: datetime) -> None:
    if until <= now:
        raise ImpossiblePreference("That time has passed; say one that is to come.")
    if until > now + limits.LONGEST_ABSENCE:
        raise ImpossiblePreference("I hold nothing back for more than a year.")


def _check_holidays(locale: str) -> None:
    if not has_known_holidays(locale):
        known = listed(known_countries())
        raise ImpossiblePreference(
            f"I know no public holidays of your locale, {locale or 'none'}; only of {known}."
        )


def _with(preferences: Preferences, **values: object) -> Preferences:
    return preferences.model_copy(update=values)


def _quiet(ranges: Sequence[QuietRange], preferences: Preferences) -> Preferences:
    # Before they are joined there may be one more; a flood of them is not worth the work.
    joined = merged(ranges[: limits.MOST_RANGES + 1])
    if len(ranges) > limits.MOST_RANGES + 1 or len(joined) > limits.MOST_RANGES:
        raise ImpossiblePreference(f"{limits.MOST_RANGES} quiet ranges are the most.")
    return _speaking(_with(preferences, quiet=joined))


def _speaking(preferences: Preferences) -> Preferences:
    if not ever_speaks(preferences):
        raise ImpossiblePreference(
            "That leaves no minute of the week in which I may tell you anything. To hold "
            "everything back for a while, tell me until when you are away."
        )
    return preferences


def _ordered(channels: tuple[Channel, ...], preferences: Preferences) -> Preferences:
    if not channels:
        raise ImpossiblePreference("One channel has to stay, or I could not reach you at all.")
    if Channel.CALL in channels and not preferences.most_calls:
        # Who asks for calls takes back that there are to be none.
        usual = Preferences.model_fields["most_calls"].default
        preferences = _with(preferences, most_calls=usual)
    return _reachable(_with(preferences, channels=channels))


def _reachable(preferences: Preferences) -> Preferences:
    """Without a single call there is nothing behind that channel."""
    if preferences.most_calls:
        return preferences
    others = tuple(each for each in preferences.channels if each is not Channel.CALL)
    if not others:
        raise ImpossiblePreference("Calls are your only channel; name another one first.")
    return _with(preferences, channels=others)


def _check(length: timedelta, shortest: timedelta, longest: timedelta, rule: str) -> None:
    if not shortest <= length <= longest:
        at_least = f"{say_length(shortest)} to" if shortest else "up to"
        raise ImpossiblePreference(rule.format(f"{at_least} {say_length(longest)}"))


def _word(said: str) -> str:
    word = " ".join(said.split())
    if not word or not word.isprintable() or len(word) > limits.LONGEST_WORD:
        raise ImpossiblePreference(
            f"A word of a list has up to {limits.LONGEST_WORD} characters that can be printed."
        )
    return word


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    kept: dict[tuple[str, ...], str] = {}
    for word in words:
        kept.setdefault(words_of(word), word)
    return tuple(kept.values())


def _without(gone: Iterable[str], there: Iterable[str]) -> tuple[str, ...]:
    taken = {words_of(word) for word in gone}
    left = tuple(word for word in there if words_of(word) not in taken)
    if missing := [word for word in gone if words_of(word) not in map(words_of, there)]:
        raise ImpossiblePreference(
            f"“{missing[0][: limits.LONGEST_WORD]}” is not on that list."
        )
    return left

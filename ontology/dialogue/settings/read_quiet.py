"""Reading quiet hours: "no reminders from 10pm to 7am on weekdays"."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.said import Said
from ontology.dialogue.settings.silence import BE_QUIET, DAYS, QUIET_HOURS
from ontology.dialogue.settings.times import (
    clock_times,
    morning_until,
    night_from,
    weekdays,
)
from ontology.dialogue.settings.way import Heard, Way, first_meant, ways
from ontology.policy.changes import AddQuiet, SetQuiet
from ontology.policy.concepts import EVERY_DAY, QuietRange

_PART_OF_DAY: Final = re.compile("night|morning|evening")
_NIGHT: Final = QuietRange(start=time(22), end=time(7))

_NAMED: Final = (
    r"(?:(?:set|turn on|switch on|enable|start|have|keep|use|i want|i'd like|i would like"
    rf"|give me)(?: up| my| the| some)* )?(?:(?:my|the) )?{QUIET_HOURS}(?: on)?(?: for me)?"
)
_ANEW: Final = (
    rf"(?:(?:change|set|make|move|put)(?: my| the)* {QUIET_HOURS}(?: to| at| be|:)"
    rf"|(?:(?:my|the) )?{QUIET_HOURS}(?: are| should be| is| to|:)(?: now| from now on)?)"
)
_MORE: Final = (
    rf"(?:add(?: a| an| some| more| another| also| my)* {QUIET_HOURS}"
    rf"|(?:also|more|another) {QUIET_HOURS}|{QUIET_HOURS} also):?"
)
_ON: Final = rf"(?:,? (?P<days>{DAYS}))?"
_ON_FIRST: Final = (
    rf"(?: (?P<days_first>{DAYS})(?=,? (?:from|between|after|before|past|[0-9])),?)?"
)
_CLOCK: Final = r"[\w: .]{1,24}?"
_RANGE: Final = (
    rf"(?: from| between|:)? ?(?P<start>{_CLOCK})"
    rf"(?: ?[-–—] ?| to | and | until | till | through )(?P<end>{_CLOCK})"
)
_BETWEEN: Final = (
    rf" (?:from|between) (?P<start>{_CLOCK})"
    rf"(?: ?[-–—] ?| to | and | until | till | through )(?P<end>{_CLOCK})"
)
_BOTH_WAYS: Final = (
    rf" after (?P<start>{_CLOCK})(?:,? (?:and|or|nor|until|to))?,? before (?P<end>{_CLOCK})",
    rf" before (?P<end>{_CLOCK})(?:,? (?:and|or|nor))?,? after (?P<start>{_CLOCK})",
)
_AFTER: Final = rf" (?:after|past|from) (?P<start>{_CLOCK})(?: onwards?)?"
_BEFORE: Final = rf" before (?P<end>{_CLOCK})"
_BY_NIGHT: Final = (
    r",? (?:at night|by night|during the night|at nights|overnight|while i sleep)"
)
_END: Final = (
    r"(?:(?:turn|switch) off|end|stop|disable|remove|delete|cancel|clear|drop|no(?: more)?"
    r"|forget|get rid of|i don'?t (?:need|want))(?: my| the| all| any| of)*"
)


def read_quiet(said: Said) -> Interpretation | None:
    """Return which quiet hours a person wants, or asks for; None if they speak of no such."""
    return first_meant(_WAYS, said)


def _range(heard: Heard) -> QuietRange | None:
    days = weekdays(heard["days"] or heard["days_first"], heard.said)
    start, end = heard["start"], heard["end"]
    if start is not None and end is not None:
        times = clock_times(start, end, heard.said)
    elif start is not None:
        times = night_from(start, heard.said)
    else:
        times = morning_until(end, heard.said) if end is not None else (time(), time())
    if times is None or days is None:
        return None
    return QuietRange(start=times[0], end=times[1], days=days)


def _of(change: AddQuiet | SetQuiet) -> Interpretation:
    return Interpretation(intent=Intent.SET_QUIET_HOURS, change=change)


def _anew(heard: Heard) -> Interpretation | None:
    found = _range(heard)
    return None if found is None else _of(SetQuiet(ranges=(found,)))


def _more(heard: Heard) -> Interpretation | None:
    found = _range(heard)
    return None if found is None else _of(AddQuiet(range=found))


def _named(heard: Heard) -> Interpretation | None:
    """Quiet hours of some days stand beside those of others; of every day they are all."""
    found = _range(heard)
    if found is None:
        return None
    return _of(SetQuiet(ranges=(found,)) if found.days == EVERY_DAY else AddQuiet(range=found))


def _whole_days(heard: Heard) -> Interpretation | None:
    if _PART_OF_DAY.search((heard["days"] or "").lower()):
        return None
    found = _range(heard)
    return None if found is None or found.days == EVERY_DAY else _of(AddQuiet(range=found))


def _by_night(heard: Heard) -> Interpretation:
    return _of(AddQuiet(range=_NIGHT))


def _none(heard: Heard) -> Interpretation:
    return _of(SetQuiet(ranges=()))


def _shown(heard: Heard) -> Interpretation:
    return Interpretation(intent=Intent.SET_QUIET_HOURS)


_SPANS: Final = (_BETWEEN, *_BOTH_WAYS, _AFTER, _BEFORE)
_WAYS: Final[tuple[Way, ...]] = (
    *ways(
        _shown,
        rf"(?:what|when)(?: are|'s| is) (?:my|the) {QUIET_HOURS}",
        rf"(?:(?:show|tell|list|give)(?: me)? )?(?:(?:my|the) )?{QUIET_HOURS}",
        rf"(?:do i have|have i|are there)(?: any| set| got)* {QUIET_HOURS}",
    ),
    *ways(
        _none,
        rf"{_END} {QUIET_HOURS}(?: any ?more| any longer| at all| now)*",
        rf"(?:turn|switch) (?:my |the )?{QUIET_HOURS} off",
        rf"{QUIET_HOURS} off",
    ),
    *ways(_more, *(rf"{_MORE}{_ON_FIRST}{span}{_ON}" for span in (_RANGE, *_BOTH_WAYS))),
    *ways(_anew, *(rf"{_ANEW}{_ON_FIRST}{span}{_ON}" for span in (_RANGE, *_SPANS))),
    *ways(_named, *(rf"{_NAMED}{_ON_FIRST}{span}{_ON}" for span in (_RANGE, *_SPANS))),
    *ways(_more, *(rf"{BE_QUIET}{_ON_FIRST}{span}{_ON}" for span in _SPANS)),
    *ways(_whole_days, rf"{BE_QUIET},? (?P<days>{DAYS})(?: any ?more)?"),
    *ways(_by_night, rf"{BE_QUIET}{_BY_NIGHT}"),
)

"""Reading absences and what weekends are like: "do not disturb until monday"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation, Problem
from ontology.dialogue.said import Said
from ontology.dialogue.settings.silence import BE_QUIET, DISTURB, DND, THINGS
from ontology.dialogue.settings.times import end_of_absence
from ontology.dialogue.settings.way import Heard, Way, first_meant, ways
from ontology.policy.changes import SetWeekend, StayAway
from ontology.policy.concepts import WeekendRule

_HOLIDAYS: Final = r"(?:(?:the |my )?(?:public |bank |national )?holidays)"
_WEEKEND: Final = (
    r"(?:(?:(?:on|at|during|over|for) )?(?:(?:the|my|all|every) )?week-?ends"
    rf"|(?:on|at|during|over) the week-?end|every week-?end)"
    rf"(?P<holidays>,? (?:and|or)(?: on| at)? {_HOLIDAYS})?"
)
_MAIL: Final = r"(?:(?:by |via |with |send )?(?:e-?)?mails?)"
_AWAY: Final = (
    r"(?:(?:i'?m|i am|i'll be|i will be|we're)(?: away| off| gone| not here| not available"
    r"| unavailable| out of (?:the )?office| offline| on (?:holidays?|vacation|leave|a trip)"
    r"| on my (?:holidays?|vacation))+|away|on (?:holidays?|vacation))"
)
_FOR_A_WHILE: Final = (
    r"(?P<until>(?:until|till|til|for|up to) .+|tonight|this (?:morning|afternoon|evening)"
    r"|today|(?:for )?the rest of (?:the day|today))"
)
_OPEN: Final = r"(?:for now|until further notice|for a while|until i (?:say|tell you).*)"
_LIKE_EVERY_DAY: Final = (
    r"(?:(?:like|as)(?: on)? (?:every|any)(?: other)? days?|like (?:normal|week|other) ?days"
    r"|normal(?:ly)?|as (?:usual|normal|always)|the usual way|like always)"
)


def read_rest(said: Said) -> Interpretation | None:
    """Return how a person rests on some days, or from now on; None if they say no such."""
    return first_meant(_WAYS, said)


def _of(change: StayAway | SetWeekend) -> Interpretation:
    return Interpretation(intent=Intent.SET_QUIET_HOURS, change=change)


def _away(heard: Heard) -> Interpretation | None:
    end = end_of_absence(heard["until"] or "", heard.said)
    return None if end is None else _of(StayAway(until=end.first))


def _until_when(heard: Heard) -> Interpretation:
    return Interpretation(intent=Intent.SET_QUIET_HOURS, problem=Problem.NO_END)


def _back(heard: Heard) -> Interpretation:
    return _of(StayAway())


def _weekend(
    rule: WeekendRule | None, holidays: bool | None = None
) -> Callable[[Heard], Interpretation]:
    def make(heard: Heard) -> Interpretation:
        too = True if heard["holidays"] is not None else holidays
        return _of(SetWeekend(rule=rule, holidays=too))

    return make


_WAYS: Final[tuple[Way, ...]] = (
    *ways(
        _weekend(WeekendRule.EMAIL_ONLY),
        rf"(?:only|just) {_MAIL} {_WEEKEND}",
        rf"{_MAIL} only,? {_WEEKEND}",
        rf"{_WEEKEND}(?:,|:)?(?: only| just)* {_MAIL}(?: only| please)*",
        rf"(?:use|send)(?: me)? (?:only|just) {_MAIL} {_WEEKEND}",
        rf"nothing but {_MAIL} {_WEEKEND}",
    ),
    *ways(
        _weekend(WeekendRule.SILENT),
        rf"{BE_QUIET} {_WEEKEND}",
        rf"{_WEEKEND}(?:,|:)?(?: are| should be| be| stay)? (?:silent|quiet|off|muted"
        rf"|silent until monday|{BE_QUIET})",
        rf"(?:quiet|silent) {_WEEKEND}",
        rf"(?:wait|hold(?: back)?(?: {THINGS})?) until monday {_WEEKEND}",
    ),
    *ways(
        _weekend(WeekendRule.NORMAL),
        rf"(?:treat |handle )?{_WEEKEND}(?: are| be)? {_LIKE_EVERY_DAY}",
        rf"{_LIKE_EVERY_DAY} {_WEEKEND}",
        rf"(?:disturb|reach|contact) me {_WEEKEND}(?: too| as well| again)*",
    ),
    *ways(
        _weekend(None, holidays=True),
        rf"(?:treat |handle )?{_HOLIDAYS}(?: are| count)? (?:like|as|the same as)(?: on)?"
        r"(?: the| a| my)* week-?ends?",
    ),
    *ways(
        _weekend(None, holidays=False),
        rf"(?:treat |handle )?{_HOLIDAYS}(?: are)? {_LIKE_EVERY_DAY}",
        rf"(?:don'?t|do not) treat {_HOLIDAYS} (?:like|as)(?: the| a)* week-?ends?",
    ),
    *ways(
        _back,
        r"(?:i'?m|i am) (?:back|here again|available(?: again)?|back (?:again|from .{1,40}))",
        rf"(?:turn|switch) off {DND}|(?:turn|switch) {DND} off|{DND} off"
        rf"|(?:end|stop|cancel|disable|leave|no more) {DND}",
        rf"(?:un-?mute|unsilence|un-?pause)(?: {THINGS})?",
        rf"you (?:can|may) {DISTURB} me again|(?:disturb|bother) me again",
        rf"(?:resume|restart|continue)(?: {THINGS})",
    ),
    *ways(_away, rf"(?:{BE_QUIET}|{_AWAY}),? {_FOR_A_WHILE}"),
    *ways(
        _until_when,
        rf"{_AWAY}(?: {_OPEN})?",
        rf"{BE_QUIET} {_OPEN}",
        rf"{DND}(?: on)?|(?:turn|switch|put) on {DND}",
        rf"(?:mute|silence|pause)(?: {THINGS})?|(?:be|stay|keep) (?:quiet|silent)",
        r"leave me (?:alone|in peace)|(?:don'?t|do not) disturb(?: me)?",
    ),
)

"""Words with which people ask for silence."""

from __future__ import annotations

from typing import Final

QUIET_HOURS: Final = (
    r"(?:(?:quiet|silent|silence|resting|sleeping)[ -]?(?:hours?|times?|period))"
)
DND: Final = r"(?:do[ -]not[ -]disturb|don'?t disturb|dnd|(?:quiet|silent|mute) mode)"
THINGS: Final = (
    r"(?:(?:(?:all|my|any|more|the|of|your) )*(?:reminders|notifications|messages|alerts"
    r"|pings|alarms|noise)|everything|anything|nothing|all|it)"
)
NOT: Final = r"(?:do not|don'?t|never|please don'?t)"
DISTURB: Final = (
    r"(?:disturb|bother|interrupt|notify|message|ping|remind|contact|wake|alert|tell)"
)
BE_QUIET: Final = (
    rf"(?:{NOT} (?:{DISTURB}|call|phone|ring|text|write(?: to)?)(?: me| us)?"
    r"(?: of anything| about anything)?"
    rf"|no (?:more )?{THINGS}|nothing(?: more)?"
    rf"|(?:mute|silence|pause|hold(?: back)?|stop)(?: me| yourself)?(?: {THINGS})?"
    r"|(?:be|stay|keep) (?:quiet|silent)|silence|silent|quiet"
    rf"|leave me (?:alone|in peace)|{DND}(?: on)?|(?:turn|switch|put) (?:on )?{DND}(?: on)?)"
)
"""Says that nothing is to be told; how long is said behind it."""

_DAY: Final = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?"
_SOME_DAYS: Final = (
    r"(?:week ?days|work(?:ing)? ?days|weeknights|(?:the )?week-?ends?|every day|daily"
    rf"|every night|nightly|each (?:day|night)|(?:every |each )?{_DAY}(?: (?:nights?|mornings?"
    rf"|evenings?))?(?:(?:, | and |, and | to | through |-|–| & ){_DAY})*)"
)
DAYS: Final = rf"(?:(?:on |at |during |over )?{_SOME_DAYS})"
"""Days of the week, as they are named with quiet hours."""

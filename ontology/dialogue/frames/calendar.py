"""How people speak of their calendar."""

from __future__ import annotations

from typing import Final

from ontology.dialogue.concepts import Intent
from ontology.dialogue.frames.frame import Frame, frames

_CALENDAR: Final = r"(?:(?:my|the|our) )?(?:calendar|diary|agenda|schedule)"
_EVENT: Final = (
    r"(?:meeting|appointment|call|event|lunch|dinner|breakfast|brunch|interview|stand-?up"
    r"|date|session|party|coffee|drinks|visit|class|lesson|booking|get-together|retro|sync)"
)
_EVENTS: Final = r"(?:meetings?|appointments?|events?|plans|calls|anything on)"
_HAVE: Final = r"(?:do i have|have i got|have i|is there|are there|i have)"
_FORMAL: Final = r"(?:meeting|appointment|event|interview|stand-?up|sync|retro|booking|session)"
_BOOK: Final = r"(?:schedule|book|plan|arrange|set up|organi[sz]e|put in|pencil in)"
_MOVE: Final = r"(?:move|push|reschedule|shift|bring forward|postpone|delay|change)"
_DROP: Final = r"(?:cancel|delete|remove|drop|call off|decline|scrap)"
_THE: Final = r"(?:(?:the|my|our|that|this|a|an) )?"

CALENDAR: Final[tuple[Frame, ...]] = (
    *frames(
        Intent.SHOW_AGENDA,
        rf"(?:what(?:'s| is|s) (?:on|in)|show(?: me)?|open|see|check|read(?: me)?|view"
        rf"|list|tell me) {_CALENDAR}(?P<when> .+)?",
        rf"(?:what(?:'s| is|s) )?(?:on )?{_CALENDAR}"
        r"(?P<when> (?:for|on|to(?:day|morrow|night)|this|next|(?:mon|tues|wednes|thurs|fri"
        r"|satur|sun)day)\b.*)?",
        rf"(?:what|which) {_EVENTS} {_HAVE}(?P<when> .+)?",
        rf"{_HAVE} (?:any |some )?{_EVENTS}(?P<when> .+)?",
        rf"(?:show|list)(?: me)?(?: all)?(?: my| the)? {_EVENTS}(?P<when> .+)?",
        r"what (?:do i have|have i got)(?: on| planned| going on)?(?P<when> .+)",
        rf"(?:when|where)(?:'s| is|s) {_THE}(?:next )?(?P<target>{_EVENT}(?: .+)?)",
    ),
    *frames(
        Intent.SHOW_AGENDA,
        r"what(?:'s| is|s) (?:on|happening|going on|up)(?: for me)?(?P<when> .+)",
        confidence=0.9,
    ),
    *frames(
        Intent.FREE_BUSY,
        r"(?:am i|are we|will i be|is (?!there|it|that|this)[\w' ]{1,40}?) "
        r"(?:free|busy|available|booked)(?P<when> .+)?",
        r"(?:do i have|have i got|is there) (?:any |some )?(?:free )?time(?P<when> .+)",
        r"when (?:am i|are we|is [\w']+) (?:free|available|busy)(?P<when> .+)?",
        r"is (?P<when>(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: .+)?|tomorrow(?: .+)?"
        r"|tonight) (?:free|open|taken)",
        r"can i (?:make|do)(?: it)?(?P<when> .+)\?",
        r"what(?:'s| is) my availability(?P<when> .+)?",
    ),
    *frames(
        Intent.FIND_SLOT,
        r"(?:find|suggest|propose|look for)(?: me| us)? (?:a |an |some |the )?"
        r"(?:free |good |best |common )*(?:time|slot|hour|date|gap|moment|window|half hour"
        r"|\d+ ?(?:min|minutes|hours?))(?: slot| gap| window)?(?P<when> (?!for |to ).+?)?"
        r"(?: (?:for|to) (?P<text>.+))?",
        r"(?:find|suggest|propose)(?: me| us)? (?:a |an )?(?P<text>.+ slot .+)",
        r"when (?:can|could|should|shall) (?:i|we)(?: \w+)? (?P<text>(?:meet|get together|fit"
        r"|see"
        r"|talk|have|speak|play|squeeze).*)",
        r"(?:when|what)(?:'s| is) (?:a |the )?(?:good|best) time (?:for|to) (?P<text>.+)",
    ),
    *frames(
        Intent.ADD_EVENT,
        rf"(?:put|add|enter|write|note|save)(?: (?:a|an|the))? (?P<text>.+?) "
        rf"(?:in|on|to|into) {_CALENDAR}(?P<when> .+)?",
        rf"(?:add|put) (?:to|in|into|on) {_CALENDAR}:? (?P<text>.+)",
        rf"{_BOOK}(?: me| us)?(?: (?:a|an|the|another|our|my))? "
        rf"(?P<text>(?:\w+ )?{_EVENT}\b.*)",
        r"new (?:event|appointment|meeting|calendar entry): ?(?P<text>.+)",
        rf"(?:make|create|add|new)(?: an?| another)? (?P<text>{_FORMAL}\b.*)",
        r"invite (?P<text>.+ (?:to|for) .+)",
        r"block (?:out |off )?(?P<text>.+)",
    ),
    *frames(
        Intent.MOVE_EVENT,
        rf"{_MOVE} {_THE}(?P<target>(?:[\w'’.]+ ){{0,3}}?{_FORMAL}(?: with [\w' ,]+?"
        rf"| about [\w' ]+?)?)"
        rf"(?: back| forward)?(?: from .+?)?(?P<when> (?:to|until|till|by|for|into) .+)?",
        rf"{_MOVE} (?P<target>.+?) (?:in|on) {_CALENDAR}(?P<when> .+)?",
    ),
    *frames(
        Intent.CANCEL_EVENT,
        rf"{_DROP} (?P<target>.+?) (?:in|on|from) {_CALENDAR}",
        rf"{_DROP} {_THE}(?P<target>(?:[\w'’.]+ ){{0,3}}?{_FORMAL}(?: (?!reminder).*)?)",
        rf"{_DROP} (?:my|the) (?P<target>(?:[0-9]{{1,2}}(?::[0-9]{{2}})? ?(?:am|pm)?|noon)"
        r"(?: o'clock)?(?: on .+| tomorrow| today)?)",
        r"clear (?:my |the )?(?P<target>(?:calendar|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
        r"|tomorrow|afternoon|morning|evening).*)",
    ),
)

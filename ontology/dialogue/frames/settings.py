"""How people speak of when, where and how they want to be reached, and of other preferences.

What they want changed is read before by :mod:`ontology.dialogue.settings`; what is left fits
no rule of theirs, and is answered with how it stands.
"""

from __future__ import annotations

from typing import Final

from ontology.dialogue.concepts import Intent
from ontology.dialogue.frames.frame import Frame, frames

_QUIET: Final = r"(?:quiet (?:hours?|time|mode)|do not disturb|don't disturb|dnd|silent mode)"
_THINGS: Final = r"(?:reminders?|notifications?|messages?|alerts?|everything|them)"
_MANY: Final = r"(?:reminders|notifications|messages|alerts|everything|them)"
_ONE: Final = r"(?P<target>(?:the|my) .+?|(?:reminder |number )*#?[0-9]+|[\w' -]+? reminders?)"
_SOME_TIME: Final = (
    r"(?:today|tonight|tomorrow|this|next|the (?:rest|week|weekend|day|month)|an? |[0-9]|one"
    r"|two|three|now)"
)
_CHANNEL: Final = (
    r"(?:chat|xmpp|jabber|telegram|e-?mails?|mail|text(?: messages?)?|texts|sms|phone"
    r"(?: calls?)?|calls?|my (?:phone|mobile|e-?mail|inbox|telegram))"
)
_BRIEFING: Final = (
    r"(?:(?:daily|morning|evening|weekly|day|week|quick|short) )*(?:briefing|brief|summary"
    r"|overview|rundown|digest|recap|round-?up)"
)

SETTINGS: Final[tuple[Frame, ...]] = (
    *frames(
        Intent.SET_QUIET_HOURS,
        rf"(?:(?:set|turn|switch|enable|start|make|put|activate|change)(?: on| my| the| me)*"
        rf"(?: on)? )?(?:my |the )?{_QUIET}(?: on)?(?: to| are| is|:)?(?: .+)?",
        rf"(?:turn off|switch off|end|stop|disable|remove|cancel) (?:my |the )?{_QUIET}",
        r"(?:do not|don't|never|please don't|no) (?:disturb|bother|interrupt|notify|message"
        r"|ping"
        r"|contact|text|write|wake|buzz|alert)(?: me| us)?(?: .+)?",
        rf"no (?:more )?{_THINGS}(?: (?:after|before|between|from|until|till|at|on"
        rf"|during|for"
        r"|tonight|tomorrow|today|this).*)",
        rf"(?:mute|silence)(?: all| my| the| me)*(?: {_THINGS})?(?: .+)?",
        rf"(?:pause|hold|stop)(?: all| my| the)* {_MANY}(?: .+)?",
        r"(?:be|stay|keep) (?:quiet|silent)(?: .+)?",
        r"(?:what|when) are my quiet hours",
        r"leave me (?:alone|in peace)(?: .+)",
    ),
    *frames(
        Intent.PAUSE_REMINDER,
        rf"(?:pause|unpause|suspend|skip|resume|freeze|hold off(?: on)?) {_ONE}"
        rf"(?P<when> (?:until|till) .+| (?:for )?{_SOME_TIME}.*)?",
        rf"(?:disable|turn off|switch off|stop|cancel|drop) {_ONE}"
        rf"(?P<when> (?:until|till) .+| for {_SOME_TIME}.*)",
    ),
    *frames(
        Intent.SET_CHANNEL,
        rf"(?:send|deliver|forward|give|get)(?: me)?(?: all| my| the| your)*(?: {_THINGS})? "
        rf"(?:to|by|via|over|on|through|as|in|using) {_CHANNEL}(?: instead| too| as well"
        r"| from now on| only| please)*",
        rf"(?:notify|remind|reach|contact|message|alert|ping|write(?: to)?|tell) (?:me|us) "
        rf"(?:by|via|over|on"
        rf"|through|with|using|in) {_CHANNEL}(?: instead| too| as well| from now on| only)*",
        rf"(?:use|switch to|prefer|i prefer|i'd prefer|move to) {_CHANNEL}(?: instead"
        rf"| for (?:my |the |all )*{_THINGS}| from now on| only)*",
        r"(?:text|call|phone|e-?mail|telegram) me"
        r"(?: instead| from now on| for reminders| rather)+",
        r"(?:stop|don't|do not|no more) (?:texting|calling|emailing"
        r"|e-mailing)(?: me)?",
        r"(?:link|connect|add|unlink|disconnect|remove|set up|register)(?: my| the)? "
        r"(?:"
        r"telegram|e-?mail|phone|mobile|sms)(?: account| address| number)?(?: .+)?",
        r"my (?:e-?mail|phone|mobile|telegram)(?: address| number| account)? is "
        r"\S+",
        r"(?:where|how) do (?:you|my reminders) (?:reach me|send my reminders|arrive|come)",
    ),
    *frames(
        Intent.BRIEFING,
        r"brief me(?: on| about)?(?P<when> .+)?",
        r"(?:how|what) (?:does|will|is) (?P<when>(?:my )?(?:day|week|morning|afternoon"
        r"|evening|today"
        r"|tomorrow|weekend).*?)(?: going to)?(?: look)?(?: like)?",
        rf"(?:give|send|show|read|tell|get|write)(?: me)?(?: a| an| my| the| your)? {_BRIEFING}"
        r"(?P<when> .+)?",
        rf"(?:a |my |the )?{_BRIEFING}(?P<when> .+)?",
        r"(?:sum up|summari[sz]e|run (?:me )?through|walk me through|go over) my (?P<when>.+)",
        rf"(?:set up|start|schedule|i want|i'd like)(?: a| an| my)? {_BRIEFING}(?P<when> .+)?",
    ),
    *frames(
        Intent.SET_PREFERENCE,
        r"(?:use|show|switch to|i prefer|say)(?: me)?(?: the| a)? (?P<text>(?:24|12|am/pm)"
        r"(?:[ -]?hours?)?(?: clock| format| time(?:s)?(?: format)?)?)",
        r"(?:use|write|show)(?: the)? (?P<text>(?:day|month)[ -]first.*|(?:american|british"
        r"|european|us|uk)"
        r" dates?.*)",
        r"(?:set|change|make)(?: my| the)? (?P<text>default .+|usual (?:snooze|time).*"
        r"|language .+"
        r"|date format .+|preferences? .+)",
        r"(?:speak|talk|answer|reply|write)(?: to me)?(?: in)? (?P<text>english|german"
        r"|spanish|french"
        r"|italian|more (?:formally|briefly|casually)|shorter|less)",
        r"call me (?P<text>[a-z][\w'-]{1,20})",
        r"my name is (?P<text>[\w' -]{1,40})",
        r"(?:by default|always) remind me (?P<text>.+ (?:before|earlier|ahead|early).*)",
        r"(?:show|what are|list)(?: me)? (?:all )?my (?:preferences|settings)",
    ),
)

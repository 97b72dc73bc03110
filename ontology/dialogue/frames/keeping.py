"""How people speak of what is kept for them: tasks, facts and documents."""

from __future__ import annotations

from typing import Final

from ontology.dialogue.concepts import Intent
from ontology.dialogue.frames.frame import Frame, frames

_LIST: Final = (
    r"(?:(?:my|the|our|a|this) )?(?:[\w-]+ )?(?:to-?do(?: |-)?lists?|to-?dos?|tasks?(?: list)?"
    r"|(?:shopping|grocery|groceries|packing|wish|bucket|check|reading)(?: |-)?list|list)"
)
_TASKS: Final = (
    r"(?:to-?do(?:s| list)?|tasks?(?: list)?|(?:shopping|grocery|packing)(?: |-)list)"
)
_END: Final = r"(?:delete|remove|drop|get rid of|complete|scrap|tick off)"
_KNOWN: Final = (
    r"(?:memor(?:y|ies)|facts?|notes?|histor(?:y|ies)|conversations?|data|profile|account"
    r"|chats?"
    r"|personal information|what you (?:know|remember|have).*)"
)
_NO_FACT: Final = (
    r"(?:[\w-]+ ){0,2}(?:next|first|last|reminders?|availability|time ?zone|plans?|tasks?"
    r"|to-?dos?"
    r"|to dos?|calendar|channel|day|week|briefing|meetings?|appointments?|schedule|settings"
    r"|preferences|lists?|free)\b"
)
_DOCUMENTS: Final = (
    r"(?:my |the |our |these |those |all )*(?:documents?|files?|notes|pdfs?|papers|manuals?"
    r"|library)"
)
_DOCUMENT: Final = (
    r"(?:the |my |our |this |that )(?:[\w'-]+ ){0,3}?(?:contract|lease|manual|policy|document"
    r"|pdf"
    r"|file|report|agreement|letter|invoice|handbook|warranty|instructions|paper|terms|statutes"
    r"|minutes|guide|recipe)"
)

TASKS: Final[tuple[Frame, ...]] = (
    *frames(
        Intent.ADD_TASK,
        rf"(?:add|put|write|stick|throw|note)(?: down)? (?P<text>.+?) (?:to|on|onto|in"
        rf"|into) {_LIST}"
        r"(?P<when> .+)?",
        r"(?:add|create|make|new)(?: me)?(?: a| an| new| another)* (?:task|to-?do)(?: item)?"
        r"(?::| to| for| called)? (?P<text>.+)",
        r"(?:to-?do|task|new task|new to-?do)\s*: ?(?P<text>.+)",
        rf"(?:add|put) (?:to|on) {_LIST}:? (?P<text>.+)",
    ),
    *frames(
        Intent.LIST_TASKS,
        rf"(?:show|list|read|see|open|give)(?: me)?(?: all| out)?(?: of)? (?:(?:my|the|our"
        rf"|open) )*"
        rf"{_TASKS}(?P<when> .+)?",
        rf"(?:what(?:'s| is|s)|what have i got|do i have anything|is there anything)"
        rf"(?: left| still)? on {_LIST}(?P<when> for .+)?",
        r"show(?: me)?(?: the| my) (?:[\w-]+ )?list",
        r"what (?:has|needs) to be done(?P<when> .+)?",
        r"(?:what|which) (?:tasks?|to-?dos?) (?:do i have|are (?:left|open|there"
        r"|due))(?P<when> .+)?",
        r"(?:my |the )?(?:tasks|to-?dos|to-?do list|shopping list|grocery list)",
        r"what (?:do i|do we) (?:still )?(?:need|have) to (?:do|buy|get)(?P<when> .+)?",
    ),
    *frames(
        Intent.COMPLETE_TASK,
        r"(?:tick|check|cross|strike) off (?P<target>.+?)"
        rf"(?: (?:on|from|off|of) {_LIST})?",
        rf"(?:tick|check|cross|strike|take|remove|delete) (?P<target>.+?) (?:off"
        rf"|from)(?: of)? {_LIST}",
        r"(?:tick|cross|strike) (?P<target>.+?) off",
        r"mark (?:the |my )?(?:task |to-?do )(?P<target>.+?) (?:as )?(?:done|finished"
        r"|completed?)",
        r"mark (?:the |my )?(?P<target>.+?) (?:task|to-?do) (?:as )?(?:done|finished"
        r"|completed?)",
        r"(?:the )?task (?P<target>.+?) is (?:done|finished|complete)",
        rf"(?:clear|empty) {_LIST}",
        rf"{_END} (?P<target>.*?\b(?:tasks?|to-?dos?|chores?|list|list items?|items?)\b.*)",
        r"(?:mark|i(?:'ve| have)? finished|finished) (?P<target>.*?\b(?:tasks?|to-?dos?"
        r"|list)\b.*?)"
        r"(?:,? (?:as )?(?:done|finished|completed?))?",
    ),
)

MEMORY: Final[tuple[Frame, ...]] = (
    *frames(
        Intent.REMEMBER,
        r"(?:remember|note|memori[sz]e|keep in mind|don't forget|bear in mind)(?: that|:|,) ?"
        r"(?P<text>.+)",
        r"remember (?:this|for me|that)\b[:,]? ?(?P<text>.+)",
        r"(?:remember|note|memori[sz]e|save) (?P<text>(?:my|our|her|his|their) .+? (?:is|are"
        r"|was) .+)",
        r"(?:please )?(?:note|jot|write)(?: this)? down:? (?:that )?(?P<text>.+)",
        r"(?P<text>.+?),? (?:keep|bear) that in mind",
        r"for (?:the record|your information)[:,]? (?P<text>.+)",
        r"fyi[:,]? (?P<text>.+)",
    ),
    *frames(
        Intent.RECALL,
        r"what (?:do|did) (?:you|i) (?:know|remember|tell you|say)(?: about)? (?P<text>.+)",
        r"do you (?:remember|recall|know) (?P<text>(?:what|when|where|who|my|our|how|which).+)",
        r"(?:what|when)(?:'s| is) (?P<text>[\w']+'s? (?:birthday|phone|number|address|e-?mail"
        r"|name|size|allerg\w+|anniversary|password|favou?rite .+))(?: again)?",
        r"(?:remind me|tell me) (?P<text>(?:what|who|where|which|how) (?!time\b).+ (?:is|was"
        r"|are|were"
        r"|said|called|lives?))",
        r"recall (?P<text>.+)",
    ),
    *frames(
        Intent.RECALL,
        rf"(?:what|who|where|when)(?:'s| is|s| are| was) (?P<text>(?:my|our) (?!{_NO_FACT}).+?)"
        r"(?: again)?",
        confidence=0.9,
    ),
    *frames(
        Intent.FORGET,
        r"(?:forget|delete|erase|wipe|remove) (?P<target>(?:everything|all|anything"
        r"|what)(?: that)?"
        r" (?:you|i) .+)",
        r"(?:forget|delete|erase|wipe)(?: all)?(?: of)? (?P<target>(?:my|our) (?:data|memory"
        r"|memories"
        r"|history|profile|conversations?|information|personal .+))",
        r"(?:forget|unlearn)(?: about)? (?P<target>(?:my|our|that (?:my|i|our|we)) .+)",
        rf"(?:forget|delete|erase|wipe|clear|remove|drop) (?P<target>(?:(?:my|our|your|the"
        rf"|that|all)"
        rf" )*(?:\w+ )?{_KNOWN}(?: (?:that|about|of|on|with|from|to|for|i|we|you) .+)?)",
        r"(?:forget|delete|erase|remove|drop) (?P<target>.+) from your memory",
        confidence=0.95,
    ),
    *frames(
        Intent.EXPORT_MEMORY,
        r"(?:export|download|back ?up|dump|archive)(?: me)?(?: all)?(?: of)? (?:my|our|the) "
        r"(?:\w+ )?(?:data|memory|memories|information|history|everything|profile|facts"
        r"|account)"
        r"(?: .+)?",
        r"(?:send|give|get|show|email|e-mail|mail)(?: me)? (?:a copy of )?(?:all )?(?:of )?"
        r"(?:my|the) (?:personal )?(?:data|memories)(?: (?:you|as|in|to) .+)?",
        r"(?:a )?gdpr .+",
        r"export (?:everything|all)(?: .+)?",
    ),
)

DOCUMENTS: Final[tuple[Frame, ...]] = (
    *frames(
        Intent.ASK_DOCUMENTS,
        rf"(?:search|look|check|dig|go)(?: in| into| through| up in)? {_DOCUMENTS}"
        r"(?: (?:for|about|on) (?P<text>.+))?",
        rf"(?:find|look up|look for|search for|search) (?P<text>.+?) in {_DOCUMENTS}",
        rf"(?P<text>what (?:does|do|did) {_DOCUMENT} say.*)",
        rf"(?P<text>(?:according to|in) {_DOCUMENT},? .+)",
        rf"(?P<text>(?:summari[sz]e|sum up) {_DOCUMENT}.*)",
        rf"(?P<text>(?:where|what|when|how|who|which|does|is|can).+ in {_DOCUMENT})",
    ),
    *frames(
        Intent.ADD_DOCUMENT,
        r"(?:add|index|upload|store|save|import|read|file|take in|ingest)(?: up)? "
        r"(?P<text>(?:this|that|these"
        r"|the attached|my|a|the)(?: [\w'-]+){0,3}? (?:documents?|files?|pdfs?|manuals?"
        r"|contracts?"
        r"|leases?|papers?|attachments?|scans?|letters?|reports?))(?: .+)?",
        r"(?:add|index|upload|import) (?P<text>\S+\.(?:pdf|docx?|txt|md|odt|html?))(?: .+)?",
        r"(?:here(?:'s| is|s)) (?P<text>(?:my|the|a|our) .*(?:contract|manual|document|pdf|file"
        r"|lease|policy)).*",
        r"i (?:want|would like|'d like) to (?:upload|add|give you) (?P<text>.*(?:document"
        r"|file|pdf"
        r"|manual|contract|lease|paper).*)",
    ),
)

"""Utterances that mean one thing as they stand, and need nothing else to be understood."""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.said import Said
from ontology.dialogue.targets import ORDERED

_MINE: Final = r"(?:(?:me|all|of|my|the|any|open|upcoming|current) )*"
_THANKS: Final = (
    r"(?:(?:many )?(?:thanks|thank you|thx|ty|cheers)"
    r"(?: a lot| so much| very much| you| steward| again)?"
    r"|perfect|great|nice|ok|okay|cool|well done|good job)"
)
_PHRASES: Final[tuple[tuple[Intent, str], ...]] = (
    (
        Intent.GREETING,
        r"(?:hi|hello|hey|hiya|howdy|yo|morning|greetings"
        r"|good (?:morning|afternoon|evening|day))"
        r"(?: (?:there|steward|assistant|you|again))*",
    ),
    (
        Intent.THANKS,
        rf"{_THANKS}(?: {_THANKS})*",
    ),
    (
        Intent.HELP,
        r"(?:help(?: me)?|commands|usage|start|menu"
        r"|what can (?:you do|i (?:say|do|ask))(?: for me)?"
        r"|how do(?:es)? (?:this|you|it) work|what do you do|how do i use (?:this|you))",
    ),
    (
        Intent.LIST_REMINDERS,
        rf"(?:(?:list|show|see|view|display|give)"
        rf"(?: {_MINE}(?:reminders?|list|everything|all))?"
        rf"|{_MINE}reminders"
        rf"|(?:what|which)(?: are|'s| is)? {_MINE}reminders(?: (?:do i have|are there|have i))?"
        r"(?: set)?"
        rf"|(?:do i have|have i|are there) {_MINE}reminders"
        r"|what(?:'s| is) (?:planned|coming up)"
        r"|what do i have(?: coming up| to do)?)",
    ),
    (
        Intent.SHOW_NEXT,
        r"(?:(?:show |what(?:'s| is|s) |when(?:'s| is) )?(?:me )?(?:the |my |up )?next"
        r"(?: up| one| reminder| thing)?(?: due)?|what comes next)",
    ),
    (
        Intent.SHOW_MORE,
        r"(?:(?:show|list|see|give|tell)(?: me)?(?: the)? )?"
        r"(?:(?:some |any )?more(?: of them| reminders)?|the rest|later ones|earlier ones"
        r"|next page)"
        r"|(?:and )?then|go on|continue",
    ),
    (
        Intent.NEVER_MIND,
        r"(?:no )?(?:never ?mind|leave it(?: as it is| alone)?|forget about it)"
        r"|nothing|no(?: thanks| thank you)?|nope|nah|do nothing|(?:drop|skip) it",
    ),
    (
        Intent.UNDO,
        r"(?:undo(?: (?:that|it|this|(?:the |my )?last(?: change| one| thing)?))?"
        r"|revert(?: (?:that|it))?|(?:take|change|set|put|move) (?:that|it|this) back"
        r"|(?:cancel|revert|take back) (?:that|the|my) (?:last )?change)",
    ),
    (
        Intent.MISSED,
        r"(?:what (?:did i|have i|i) miss(?:ed)?|(?:show |list |what )?(?:me )?missed"
        r"(?: reminders| anything)?|(?:did i miss|have i missed)(?: anything| something| it)?"
        r"|anything (?:i )?missed|what(?:'s| is) (?:overdue|not done|still open))",
    ),
)
_MATCHES: Final = tuple(
    (intent, re.compile(rf"{phrase}[\s.!?]*")) for intent, phrase in _PHRASES
)
_LONGEST_PHRASE: Final = 80
_CHOICE: Final = re.compile(
    r"(?:the |number |option |no\.? |nr\.? |#)*"
    rf"(?:(?P<number>[0-9]{{1,4}})(?:st|nd|rd|th)?|(?P<nth>{'|'.join(ORDERED)})|(?P<last>last))"
    r"(?: one| option)?[\s.)!]*"
)
_YES: Final = re.compile(
    r"(?:yes|yep|yeah|yup|sure|of course|right|correct|exactly|ok|okay|do it|do that|go ahead"
    r"|please do)(?:[\s,]+(?:please|do it|do that|sure|thanks))?[\s.!]*"
)
_NONE_OF_THEM: Final = re.compile(
    r"(?:no|nope|nah|none|neither|nothing)(?: of (?:them|these|those|it))?"
    r"(?:[\s,]+(?:thanks|thank you|please|never ?mind|leave it))?[\s.!]*"
)


def read_phrase(said: Said) -> Interpretation | None:
    """Return what a whole utterance means: a greeting, "list", "undo" …"""
    for spoken in (said.whole, said.folded):
        if len(spoken) > _LONGEST_PHRASE or said.rest:
            continue
        folded = " ".join(spoken.replace(",", " ").split())
        if folded and not folded.strip("?¿ "):
            return Interpretation(intent=Intent.HELP)
        for intent, pattern in _MATCHES:
            if pattern.fullmatch(folded):
                return Interpretation(intent=intent)
    return None


def read_choice(said: Said) -> Interpretation | None:
    """Return the answer to an open question: "2", "the second one", "yes", "none".

    A bare "yes" only answers a question of yes and no.
    """
    question = said.context.question
    if question is None or not question.waits:
        return None
    if _NONE_OF_THEM.fullmatch(said.whole.strip()):
        return Interpretation(intent=Intent.NEVER_MIND)
    if question.confirms and _YES.fullmatch(said.whole.strip()):
        return Interpretation(intent=Intent.CHOOSE, choice=1)
    match = _CHOICE.fullmatch(said.folded) if question.options else None
    if match is None:
        return None
    if match["last"]:
        return Interpretation(intent=Intent.CHOOSE, choice=len(question.options))
    number = int(match["number"]) if match["number"] else ORDERED.index(match["nth"]) + 1
    return Interpretation(intent=Intent.CHOOSE, choice=number)

"""Cutting an utterance into what it asks for: "remind me to call mum at 5 and to row at 6".

A cut is made only where both sides stand by themselves: what follows either asks anew in so
many words, or shares the request before it (:mod:`ontology.dialogue.shared_requests`).
"bread and butter" and "every monday and friday" are never cut.
"""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Context, Intent, Interpretation
from ontology.dialogue.listed_times import one_for_each_time
from ontology.dialogue.openings import BULLET, without_marks
from ontology.dialogue.read_creation import read_unasked, request_in
from ontology.dialogue.said import Said
from ontology.dialogue.several_rules import one_for_each_rule
from ontology.dialogue.shared_requests import Read, day_before_all, shared_request
from ontology.dialogue.shared_verbs import shared_verb
from ontology.dialogue.targets import COUNTED

_CUT: Final = re.compile(
    rf"\s*(?:[,;]|[.!](?=\s)|\n)\s*(?:{BULLET})?(?:(?:and|then|also|plus)\b[\s,]*)*"
    r"|\s+(?:and|then|also|plus)\b[\s,]*(?:(?:then|also|please)\b[\s,]*)*"
)
_SENTENCE_ENDS: Final = re.compile(r"[.!;\n]")
_MOST_CUTS: Final = 12
_LONGEST: Final = 600
_ASKS_FOR_A_REMINDER: Final = re.compile(
    r"(?:remind me|wake me|set (?:me )?(?:a|an|another) (?:reminder|alarm)"
    r"|(?:do not|don't|dont) let me forget|another (?:one|reminder))\b"
)
_OF_REMINDERS: Final = re.compile(
    r"(?:(?:cancel|delete|remove|snooze|done|done with|move|change)\b.*"
    r"(?:\breminders?\b|#?\b[0-9]+\b)|(?:list|show|undo)\b|what(?:'s| did)\b)"
)
_COUNT: Final = rf"(?:#?[0-9]{{1,9}}|{'|'.join(COUNTED)})"
_SEVERAL_NUMBERS: Final = re.compile(
    r"(?P<verb>[a-z ]*?(?:cancel|delete|remove|done(?: with)?|snooze|complete)"
    r"(?: (?:reminders?|numbers?|nos?\.?))*)\s+"
    rf"(?P<numbers>{_COUNT}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*){_COUNT})+)[\s.!]*"
)
_SEVERAL_DONE: Final = re.compile(
    rf"(?:mark )?(?P<numbers>{_COUNT}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*){_COUNT})+)"
    r"(?: are| as)?(?: all)? (?P<verb>done|finished)[\s.!]*"
)
_MOVES: Final = re.compile(r"(?:move|reschedule|shift|postpone)\b.* to\b")
_MANNERS: Final = frozenset({Intent.GREETING, Intent.THANKS, Intent.SMALL_TALK})
_SURE: Final = 0.9


def split_requests(text: str, context: Context, read: Read) -> tuple[str, ...]:
    """Return the requests of an utterance in order, each so that it stands by itself.

    ``read`` is what a part means by sure rules. An utterance that asks for one thing is
    returned as it is.
    """
    if len(text) > _LONGEST:
        return (text,)
    text = without_marks(text)
    folded = Said.of(text, context).folded
    if _is_a_setting(text, context, read):
        return (text,)
    if (apart := _behind_a_setting(text, context, read)) is not None:
        return (apart[0], *split_requests(apart[1], context, read))
    several = _SEVERAL_NUMBERS.fullmatch(folded) or _SEVERAL_DONE.fullmatch(folded)
    if several is not None:
        numbers = re.findall(_COUNT, several["numbers"])
        return tuple(f"{several['verb']} {number}" for number in numbers)
    asked = day_before_all(_unasked(text, context, read), context)
    listed = _listed(asked, context, read)
    if len(listed) > 1:
        return listed
    parts: list[str] = []
    rest: str | None = asked
    while rest is not None:
        part, rest = _first_of(rest, context, read) if len(parts) < _MOST_CUTS else (rest, None)
        parts.append(part)
    wishes = [part for part in parts if not _is_manners(part, context, read)]
    if not wishes or len(parts) == 1:
        wishes = [text]
    return tuple(each for wish in wishes for each in _listed(wish, context, read))


def _unasked(text: str, context: Context, read: Read) -> str:
    """Return tasks with times, of which nothing was asked, as requests: they are cut alike."""
    said = Said.of(text, context)
    if _CUT.search(text) is None or request_in(said) is not None or read(said) is not None:
        return text
    task = read_unasked(said)
    return f"remind me {said.text}" if task is not None and task.text else text


def _listed(text: str, context: Context, read: Read) -> tuple[str, ...]:
    """Return one request for each time, unless something else is asked for beside them."""
    rules = one_for_each_rule(text, context)
    listed = rules if len(rules) > 1 else one_for_each_time(text, context)
    alone = len(listed) > 1 and _first_of(listed[0], context, read)[1] is None
    return listed if alone else (text,)


def _first_of(text: str, context: Context, read: Read) -> tuple[str, str | None]:
    """Return the first request, and what follows it so that it stands by itself."""
    cuts = list(_CUT.finditer(text))[:_MOST_CUTS]
    # "1 to monday, 2 to tuesday" is no span of time.
    moves = _MOVES.match(Said.of(text, context).folded) is not None
    one_time = _one_time(text, context) if cuts and not moves else ()
    for cut in cuts:
        if any(start < cut.start() < end for start, end in one_time):
            continue
        left, right = text[: cut.start()].strip(), text[cut.end() :].strip()
        if left and right:
            ends = _SENTENCE_ENDS.search(cut[0]) is not None
            apart = _apart(left, right, context, read, ends=ends)
            if apart is not None:
                return apart
    return text, None


def _one_time(text: str, context: Context) -> tuple[tuple[int, int], ...]:
    """Return where a repetition or a span is said, which no cut may go through."""
    time = Said.of(text, context).time_in(text)
    if time is None or time.schedule is None:
        return ()
    return time.spans if time.schedule.rule is not None or time.end is not None else ()


def _apart(
    left: str, right: str, context: Context, read: Read, *, ends: bool
) -> tuple[str, str] | None:
    """Return both sides of a cut, each for itself; None where they belong together.

    ``ends`` tells that a sentence ends at the cut.
    """
    first = _surely(read, Said.of(one_for_each_time(left, context)[0], context))
    if first is None:
        return None
    if first.intent is not Intent.CREATE_REMINDER:
        if _asks_anew(right, context, read) or (ends and _first_asks(right, context, read)):
            return left, right
        return shared_verb(left, first, right, context, read)
    if first.problem is None:
        if _ASKS_FOR_A_REMINDER.match(Said.of(right, context).folded):
            return left, right
        # "call Bob and cancel the subscription" is one task.
        if _asks_anew(right, context, read, None if ends else _OF_REMINDERS):
            return left, right
    return shared_request(left, first, right, context)


def _asks_anew(
    right: str, context: Context, read: Read, opening: re.Pattern[str] | None = None
) -> bool:
    said = Said.of(right, context)
    if opening is not None and opening.match(said.folded) is None:
        return False
    meant = _surely(read, said)
    return meant is not None and meant.intent not in (Intent.UNKNOWN, Intent.CHOOSE)


def _first_asks(right: str, context: Context, read: Read) -> bool:
    """Tell whether the first sentence behind a cut asks anew, others following it."""
    end = _SENTENCE_ENDS.search(right)
    return end is not None and _asks_anew(right[: end.start()], context, read)


def _surely(read: Read, said: Said) -> Interpretation | None:
    meant = read(said)
    return meant if meant is not None and meant.confidence >= _SURE else None


def _is_a_setting(text: str, context: Context, read: Read) -> bool:
    """Tell whether a whole text changes one thing: "telegram first, then call"."""
    meant = _surely(read, Said.of(text, context))
    return meant is not None and (meant.change is not None or meant.linking is not None)


def _behind_a_setting(text: str, context: Context, read: Read) -> tuple[str, str] | None:
    """Return the longest beginning that changes a setting, and what is asked behind it."""
    for cut in reversed(list(_CUT.finditer(text))[:_MOST_CUTS]):
        left, right = text[: cut.start()].strip(), text[cut.end() :].strip()
        asks = left and right and _asks_anew(right, context, read)
        if asks and _is_a_setting(left, context, read):
            return left, right
    return None


def _is_manners(part: str, context: Context, read: Read) -> bool:
    meant = read(Said.of(part, context))
    return meant is not None and meant.intent in _MANNERS

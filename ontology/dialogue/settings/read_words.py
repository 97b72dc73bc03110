"""Reading lists of words: "always call me for Ana", "the school is urgent"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.said import Said
from ontology.dialogue.settings.way import Heard, Way, first_meant, ways
from ontology.policy.changes import ChangeWords

_List: TypeAlias = Literal["urgent_words", "vip", "internal", "ring_anyway"]

_W: Final = r"(?P<words>.+?)"
_SHORT: Final = (
    r"(?P<words>(?!(?:is|are|was|what|which|who|how|why|when|where)\b)[\w'’ ,&-]{2,80}?)"
)
_MORE: Final = r"(?: any ?more| any longer| again)*"
_APART: Final = re.compile(r"\s*(?:[,;]\s*(?:(?:and|or)\s+)?|\s(?:and|or)\s|\s&\s)\s*", re.I)
_LEADING: Final = re.compile(
    r"(?:(?:the words?|the topics?|(?:things|anything|everything|matters|reminders?)"
    r"(?: with| about| of| from| that mentions?)?|the|my|an?|about|of)\s+)+",
    re.I,
)
_QUOTES: Final = "\"'“”‘’«» "
_POINTS: Final = re.compile(
    r"(?:this|that|it|these|those|they|he|she|we|you|i|me|everything|anything|nothing|all|one"
    r"|them|him|her|us|now|remind me.*|always|there|there's|[0-9]+)",
    re.I,
)
_MOST_WORDS: Final = 5
_PERHAPS: Final = 0.85
"""Confidence of what may as well give a reason: "the report is urgent, remind me at 5"."""

_TITLES: Final[dict[_List, str]] = {
    "urgent_words": r"(?:(?:my |the )?urgent(?: words?| topics?| ones| list)?)",
    "vip": r"(?:(?:my |the )?(?:list of )?vips?(?: list)?)",
    "internal": r"(?:(?:my |the )?(?:internal|low)(?: topics?| words?| ones| list)?)",
    "ring_anyway": r"(?:(?:my |the )?(?:list of )?(?:words that |always[- ])?ring(?:[- ]"
    "(?:anyway|always))?"
    r"(?: words?| list)?)",
}


def read_words(said: Said) -> Interpretation | None:
    """Return which words are to count for more or less; None if none are named."""
    return first_meant(_WAYS, said)


def _changes(
    name: _List, *, remove: bool = False, confidence: float = 1.0
) -> Callable[[Heard], Interpretation | None]:
    def make(heard: Heard) -> Interpretation | None:
        words = _words(heard["words"] or "")
        if words is None:
            return None
        change = ChangeWords(list=name, words=words, remove=remove)
        return Interpretation(
            intent=Intent.SET_PREFERENCE, change=change, confidence=confidence
        )

    return make


def _words(text: str) -> tuple[str, ...] | None:
    """Return the words of a list; None where one is none, or only points at something."""
    parts = [_word(part.strip(_QUOTES)) for part in _APART.split(text)]
    if not all(parts) or any(_POINTS.fullmatch(each) for each in parts):
        return None
    return None if any(len(each.split()) > _MOST_WORDS for each in parts) else tuple(parts)


def _word(said: str) -> str:
    leading = _LEADING.match(said)
    return said[leading.end() :].strip(_QUOTES) if leading is not None else said


def _of_the_list(name: _List) -> tuple[Way, ...]:
    title = _TITLES[name]
    return (
        *ways(_changes(name), rf"(?:add|put) {_W} (?:to|on|in) {title}"),
        *ways(
            _changes(name, remove=True),
            rf"(?:remove|take|delete|drop) {_W} (?:from|off) {title}",
        ),
        *ways(_changes(name), rf"(?:my |the )?{title}(?: words| topics)?(?: are|:) {_W}"),
    )


_WAYS: Final[tuple[Way, ...]] = (
    *_of_the_list("urgent_words"),
    *_of_the_list("vip"),
    *_of_the_list("internal"),
    *_of_the_list("ring_anyway"),
    *ways(
        _changes("vip"),
        rf"(?:always (?:call|phone)(?: me)?|always ring me) (?:for|about|when it'?s(?:"
        rf" about)?|if it'?s(?: about)?) {_W}",
        rf"treat {_W} as (?:a )?vips?",
    ),
    *ways(
        _changes("vip", remove=True),
        rf"(?:don'?t|do not|no longer|no need to)(?: always)? (?:call|phone|ring) me "
        rf"(?:for|about) {_W}{_MORE}",
        rf"(?:don'?t|do not) treat {_W} as (?:a )?vips?{_MORE}",
        rf"{_SHORT} (?:is|are|'s)(?: not|n'?t| no longer)(?: an?)? vips?{_MORE}",
    ),
    *ways(
        _changes("ring_anyway"),
        rf"always (?:ring|tell me|remind me|alert me|notify me|disturb me|wake me)"
        rf"(?: anyway)? (?:for|about|of|with) {_W}",
        rf"(?:ring|tell me|disturb me) anyway (?:for|about|of) {_W}",
        rf"let {_W} (?:ring (?:anyway|always|through)|always ring|through(?: always| anyway)?)",
        rf"{_W} (?:may|can|should|must) always (?:ring|come through|get through|disturb me"
        rf"|wake me)",
    ),
    *ways(
        _changes("ring_anyway", remove=True),
        rf"(?:don'?t|do not|no longer|never|stop)(?: always)? ring(?:ing)?(?: anyway|"
        rf" always)? for {_W}{_MORE}",
        rf"(?:don'?t|do not) let {_W} (?:ring (?:anyway|always|through)|through){_MORE}",
    ),
    *ways(
        _changes("urgent_words"),
        rf"treat {_W} as (?:urgent|important)",
    ),
    *ways(
        _changes("urgent_words", remove=True),
        rf"(?:don'?t|do not) treat {_W} as (?:urgent|important){_MORE}",
        rf"{_SHORT} (?:is|are)(?: not|n'?t| no longer)(?: that)? urgent{_MORE}",
    ),
    *ways(
        _changes("internal"),
        rf"treat {_W} as (?:internal|low)(?: topics?)?",
        rf"(?:(?:only|just) (?:e-?)?mail(?: me)?|(?:e-?)?mail only|only (?:by|use) "
        rf"(?:e-?)?mail) (?:for|about) {_W}",
    ),
    *ways(
        _changes("internal", remove=True),
        rf"(?:don'?t|do not) treat {_W} as internal(?: topics?)?{_MORE}",
        rf"{_SHORT} (?:is|are)(?: not|n'?t| no longer)(?: an?)? internal(?: topics?)?{_MORE}",
    ),
    *ways(
        _changes("vip", confidence=_PERHAPS), rf"{_SHORT} (?:is|are)(?: an?| my| now)* vips?"
    ),
    *ways(
        _changes("urgent_words", confidence=_PERHAPS),
        rf"{_SHORT} (?:is|are)(?: always| now)* urgent",
    ),
    *ways(
        _changes("internal", confidence=_PERHAPS),
        rf"{_SHORT} (?:is|are)(?: an?| only| just)* internal(?: topics?)?",
    ),
)

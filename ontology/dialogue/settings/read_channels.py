"""Reading by which channels a person is reached: "telegram first, then call"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.said import Said
from ontology.dialogue.settings.channels import ANY, VERBS, all_in, channel_of, hole
from ontology.dialogue.settings.silence import THINGS
from ontology.dialogue.settings.times import length
from ontology.dialogue.settings.way import Heard, Way, first_meant, ways
from ontology.dialogue.targets import COUNTED
from ontology.policy.changes import (
    Change,
    OrderChannels,
    PreferChannel,
    SetCalls,
    SetEscalation,
)

_CHANNEL: Final = hole("channel")
_VERB: Final = rf"(?P<channel>{'|'.join(VERBS)})"
_DOING: Final = r"(?P<channel>calling|phoning|ringing|texting|e-?mailing|mailing)"
_NOT: Final = r"(?:please )?(?:do not|don'?t|never|no longer)(?: ever)?"
_BY: Final = r"(?:by|via|over|on|through|with|using|in|to|as)"
_END: Final = (
    r"(?:,? (?:instead|too|as well|from now on|first|rather|always|please|by default|again"
    r"|(?:instead of|rather than|not)(?: (?:by|via|on|in))? [\w-]+))*"
)
_EVER: Final = r"(?:,? (?:any ?more|any longer|again|at all|ever|please|for now))*"
_THEN: Final = (
    r"(?:,? (?:and )?(?:then|after that|finally|next|else|otherwise|before)|,| ?->?| ?→| ?>)"
)
_ORDER: Final = (
    r"(?:(?:try|use|first|start with|begin with|(?:reach|contact|notify|tell|remind) me"
    r"|my channels are|(?:channel )?order(?: is|:)?|channels(?: are|:)?|by|via|on|with)[ ,]*)*"
    rf"{ANY}(?: first)?(?:{_THEN} (?:(?:then|and|by|via|with|to|on|try|use|as a last resort|an?"
    rf"|finally|if (?:that fails|i don'?t answer),?) )*{ANY}(?: last)?)+(?:,? in (?:that"
    rf"|this) order)?"
)
_LEN: Final = r"(?P<length>[\w.½ -]{2,40}?)"
_NEXT: Final = (
    r"(?:(?:the |on to the |to the )?(?:next|other|another) (?:channels?|one|way)|another way"
    r"|other channels|escalate)"
)
_GO_ON: Final = (
    rf"(?:try|use|take|go(?: on)?(?: to)?|move on(?: to)?|switch to|escalate to) {_NEXT}"
)
_NO_ANSWER: Final = r"(?:if|when) i (?:don'?t|do not) (?:answer|reply|react|respond|pick up)"
_TIMES: Final = rf"(?P<times>once|twice|thrice|(?:[0-9]{{1,3}}|{'|'.join(COUNTED)}) times?)"
_AT_MOST: Final = (
    r"(?:at most|up to|no more than|not more than|only|just|max(?:imum)?\.?|a maximum of)"
)
_APART: Final = rf"(?:(?:every|with) )?{_LEN}(?: apart|(?: in)? between(?: (?:them|calls))?)"
_NUMBERS: Final = {"once": 1, "twice": 2, "thrice": 3}
_FIRST_WORD: Final = re.compile(r"[\w-]+")
_FROM_DOING: Final = {
    "calling": "call",
    "phoning": "call",
    "ringing": "call",
    "texting": "text",
}


def read_channels(said: Said) -> Interpretation | None:
    """Return by what a person wants to be reached, and how insistently; None if unsaid."""
    return first_meant(_WAYS, said)


def _of(change: Change) -> Interpretation:
    return Interpretation(intent=Intent.SET_CHANNEL, change=change)


def _prefer(*, use: bool) -> Callable[[Heard], Interpretation | None]:
    def make(heard: Heard) -> Interpretation | None:
        said = (heard["channel"] or "").lower()
        channel = channel_of(_FROM_DOING.get(said, "e-mail" if "mailing" in said else said))
        return None if channel is None else _of(PreferChannel(channel=channel, use=use))

    return make


def _only(heard: Heard) -> Interpretation | None:
    channel = channel_of(heard["channel"] or "")
    return None if channel is None else _of(OrderChannels(channels=(channel,)))


def _ordered(heard: Heard) -> Interpretation | None:
    channels = all_in(heard["order"] or "")
    return _of(OrderChannels(channels=channels)) if len(set(channels)) > 1 else None


def _escalate(heard: Heard) -> Interpretation | None:
    after = length(heard["length"])
    return None if after is None else _of(SetEscalation(after=after))


def _never_escalate(heard: Heard) -> Interpretation:
    return _of(SetEscalation())


def _calls(heard: Heard) -> Interpretation | None:
    most, said = _number(heard["times"]), heard["length"]
    between = length(said)
    if (said is not None and between is None) or (most is None and between is None):
        return None
    return _of(SetCalls(most=most, between=between))


def _number(times: str | None) -> int | None:
    word = _FIRST_WORD.match(times.lower()) if times is not None else None
    if word is None:
        return None
    if word[0].isdigit():
        return int(word[0])
    return _NUMBERS.get(word[0]) or COUNTED.index(word[0]) + 1


_WAYS: Final[tuple[Way, ...]] = (
    *ways(
        _calls,
        rf"(?:call|ring|phone) me {_AT_MOST} {_TIMES}(?:,? (?:and )?{_APART})?",
        rf"(?:call|ring|phone) me {_TIMES}(?: at most)?,? (?:and )?{_APART}",
        rf"(?:call|ring|phone) me {_TIMES} at (?:the )?most",
        rf"{_AT_MOST} (?P<times>[0-9]{{1,3}}|{'|'.join(COUNTED)}) (?:phone )?calls?"
        rf"(?:,? (?:and )?{_APART})?",
        rf"(?:leave|wait|keep|allow) {_LEN} between(?: the| two| my| phone)* calls",
        rf"(?:calls? |(?:call|ring|phone) me ){_LEN} apart",
    ),
    *ways(
        _escalate,
        rf"{_GO_ON}(?: after| in) {_LEN}(?: without (?:an answer|a reply))?",
        rf"(?:{_NO_ANSWER},? )?(?:escalate|{_GO_ON}) (?:after|in) {_LEN}",
        rf"{_NO_ANSWER}(?: within| in| for| after) {_LEN},? (?:then )?(?:escalate|{_GO_ON})",
        rf"after {_LEN}(?: without (?:an answer|a reply))?,? (?:escalate|{_GO_ON})",
        rf"wait {_LEN} (?:before|until|till)(?: you)? (?:(?:try|us|go|mov)(?:ing|e|y)?"
        rf"(?: on)?(?: to)? {_NEXT}|escalat(?:e|ing))",
    ),
    *ways(
        _never_escalate,
        rf"(?:{_NOT}|stop|no)(?: more)? escalat(?:e|ing|ions?)(?: to (?:anything"
        rf"|other.*))?{_EVER}",
        rf"(?:{_NOT}) (?:try|use|go (?:on )?to) (?:the |any )*(?:next|other) channels?{_EVER}",
        r"one channel is enough",
    ),
    *ways(
        _only,
        rf"(?:(?:use|reach me|notify me|contact me|remind me|tell me|send {THINGS}) )?"
        rf"(?:only|just)(?: use| {_BY})* {_CHANNEL}(?: please)?",
        rf"(?:(?:use|reach me|notify me|contact me|remind me|tell me)(?: {_BY})? |{_BY} )?"
        rf"{_CHANNEL} only(?: please)?",
        rf"nothing but {_CHANNEL}",
    ),
    *ways(_ordered, rf"(?P<order>{_ORDER})"),
    *ways(
        _prefer(use=False),
        rf"(?:{_NOT}|stop)(?: us(?:e|ing)| try(?:ing)?| send(?:ing)?(?: me)?(?: any)?(?:"
        rf" {THINGS})?"
        rf"| (?:notify|remind|reach|contact|tell)(?:ing)? me)?(?: {_BY})? {_CHANNEL}{_EVER}",
        rf"no (?:more )?{_CHANNEL}{_EVER}",
        rf"(?:{_NOT}) {_VERB} me{_EVER}",
        rf"(?:stop|no more) {_DOING}(?: me)?{_EVER}",
        rf"(?:(?:turn|switch) off|disable|deactivate) (?:the |my )?{_CHANNEL}(?: {THINGS})?",
        rf"(?:turn|switch) (?:the |my )?{_CHANNEL}(?: {THINGS})? off",
        rf"unsubscribe(?: me)? from (?:the |your |all )?{_CHANNEL}",
    ),
    *ways(
        _prefer(use=True),
        rf"(?:send|deliver|forward|give|get|route|move|switch)(?: me)?"
        rf"(?: {THINGS})? {_BY} {_CHANNEL}{_END}",
        rf"(?:always )?(?:notify|remind|reach|contact|message|alert|ping|write(?: to)?"
        rf"|tell|nudge"
        rf"|poke) (?:me|us) (?:first )?{_BY} {_CHANNEL}{_END}",
        rf"(?:use|try|switch to|change to|(?:i )?prefer|i'd prefer|i would prefer|move to"
        rf"|go with"
        rf"|start with|begin with) {_CHANNEL}(?: for (?:(?:my|the|all) )*{THINGS})?{_END}",
        rf"(?:please )?{_VERB} me(?: {_BY} .{{1,20}})?(?:,? (?:instead|from now on|for"
        rf" reminders"
        r"|rather)(?: (?:of|than) [\w -]{1,30})?)+",
        rf"(?:make|set) {_CHANNEL} (?:my|the|as|as my|as the|to be my)"
        r"(?: (?:default|first|main|preferred|channel|one|choice))*",
        rf"(?:set|change|switch) my (?:default |notification |preferred )*channel to"
        rf" {_CHANNEL}",
        rf"{_CHANNEL} (?:is|should be) my (?:default|first|main|preferred)(?: channel|"
        rf" choice)?",
        rf"{_CHANNEL}(?: first| instead(?: of [\w-]+)?| rather than [\w-]+| from now on)+",
        rf"(?:(?:turn|switch) on|enable|activate) (?:the |my )?{_CHANNEL}(?: {THINGS})?",
        rf"(?:turn|switch) (?:the |my )?{_CHANNEL}(?: {THINGS})? on",
    ),
)

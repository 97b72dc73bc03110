"""Reading which addresses are a person's: "link telegram", "my number is +34 600 111 222"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.said import Said
from ontology.dialogue.settings.channels import WORDS
from ontology.dialogue.settings.way import Heard, Way, first_meant, ways
from ontology.dialogue.slots import Linking
from ontology.notifications.concepts import Channel
from ontology.people.addresses import MAILTO, TEL, TELEGRAM, WHATSAPP
from ontology.people.codes import read_code

_TELEGRAM: Final = rf"(?:{WORDS[Channel.TELEGRAM]})"
_WHATSAPP: Final = rf"(?:{WORDS[Channel.WHATSAPP]})"
_EMAIL: Final = r"(?:e-?mail|emial|mail)"
_PHONE: Final = r"(?:(?:tele|mobile |cell ?)?phone|mobile|cell|sms)"
_MY: Final = r"(?:(?:my|the|a|an|another|this|new|second|other|private|work|home) )*"
_ACCOUNT: Final = r"(?: (?:account|address|numbers?|here|to you|with you|please|up))*"
_LINK: Final = (
    r"(?:how (?:do|can) i )?(?:link|connect|add|hook up|pair|register|set up|verify|confirm"
    r"|change|update)"
)
_UNLINK: Final = r"(?:unlink|disconnect|unpair|detach|unregister)"
_REMOVE: Final = r"(?:remove|delete|forget|drop|erase)"
_IS: Final = r"(?: is now| is| changed to| has changed to| to|:|,? it'?s|=)?"
_AT: Final = r"(?P<address>[^\s@,;<>]+@[^\s@,;<>]+?)"
_NUMBER: Final = r"(?P<address>(?:\+|00)?\(?[0-9][0-9 ()./\u2010-\u2015-]{4,24})"
_NUMBER_NAME: Final = rf"(?:{_PHONE} numbers?|{_PHONE}|numbers?)"
_CODE: Final = r"(?P<code>[0-9]{3}[ -]?[0-9]{3})"


def read_links(said: Said) -> Interpretation | None:
    """Return which address a person says is theirs, or is no more, or the code that proves it.

    A code alone is one where no question waits for an answer.
    """
    return _bare_code(said) or first_meant(_WAYS, said)


def _of(linking: Linking) -> Interpretation:
    return Interpretation(intent=Intent.SET_CHANNEL, linking=linking)


def _bare_code(said: Said) -> Interpretation | None:
    question = said.context.question
    if question is not None and question.waits:
        return None
    code = read_code(said.text)
    return None if code is None else _of(Linking(wish="prove", code=code))


def _link(scheme: str) -> Callable[[Heard], Interpretation]:
    def make(heard: Heard) -> Interpretation:
        address = heard["address"]
        written = None if address is None else f"{scheme}:{address.rstrip('. ')}"
        return _of(Linking(wish="link", scheme=scheme, address=written))

    return make


def _unlink(scheme: str) -> Callable[[Heard], Interpretation]:
    def make(heard: Heard) -> Interpretation:
        return _of(Linking(wish="unlink", scheme=scheme))

    return make


def _prove(heard: Heard) -> Interpretation | None:
    code = read_code(heard["code"] or "")
    return None if code is None else _of(Linking(wish="prove", code=code))


_WAYS: Final[tuple[Way, ...]] = (
    *ways(
        _prove,
        r"(?:(?:here(?:'s| is)|it'?s) )?(?:(?:the|my|your) )?(?:verification |confirmation"
        rf"|link(?:ing)? )?code(?: (?:for|from) [\w-]+)?(?: is)?:? {_CODE}",
    ),
    *ways(_link(TELEGRAM), rf"{_LINK} {_MY}{_TELEGRAM}{_ACCOUNT}"),
    *ways(
        _link(WHATSAPP),
        rf"{_LINK} {_MY}{_WHATSAPP}{_ACCOUNT}(?:{_IS} {_NUMBER})?",
        rf"{_MY}{_WHATSAPP}{_ACCOUNT}{_IS} {_NUMBER}",
    ),
    *ways(
        _link(MAILTO),
        rf"{_LINK} (?:{_MY}{_EMAIL}{_ACCOUNT}{_IS} )?{_AT}",
        rf"{_MY}{_EMAIL}{_ACCOUNT}{_IS} {_AT}",
        rf"(?:{_EMAIL}|write(?: to)?|reach|contact) me (?:at|on|under) {_AT}",
        rf"use {_AT}(?: for (?:e-?mails?|reminders))?",
        rf"{_LINK} {_MY}{_EMAIL}{_ACCOUNT}",
    ),
    *ways(
        _link(TEL),
        rf"{_LINK} (?:{_MY}{_NUMBER_NAME}{_IS} )?{_NUMBER}",
        rf"{_MY}{_NUMBER_NAME}{_IS} {_NUMBER}",
        rf"(?:call|ring|phone|text|reach) me (?:at|on|under) {_NUMBER}",
        rf"{_LINK} {_MY}{_NUMBER_NAME}{_ACCOUNT}",
    ),
    *ways(_unlink(TELEGRAM), rf"(?:{_UNLINK}|{_REMOVE}) {_MY}{_TELEGRAM}{_ACCOUNT}"),
    *ways(_unlink(WHATSAPP), rf"(?:{_UNLINK}|{_REMOVE}) {_MY}{_WHATSAPP}{_ACCOUNT}"),
    *ways(
        _unlink(MAILTO),
        rf"{_UNLINK} {_MY}{_EMAIL}{_ACCOUNT}",
        rf"{_REMOVE} {_MY}{_EMAIL} (?:address(?:es)?|account)",
    ),
    *ways(
        _unlink(TEL),
        rf"{_UNLINK} {_MY}{_NUMBER_NAME}",
        rf"{_REMOVE} (?:my {_NUMBER_NAME}|{_MY}{_PHONE} number)",
    ),
)

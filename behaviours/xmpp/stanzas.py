"""Stanzas as they travel: ACL messages in SPADE's metadata form, plain chat with an origin-id.

The form (XEP-0004, titled ``spade:x:metadata``) is SPADE's own wire format, so any stock SPADE
agent can take part. People get plain messages without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from ontology.acl import Content, Envelope, NotUnderstood, Performative, UnknownContent
from ontology.vocabulary import Vocabulary

CLIENT = "{jabber:client}"
MESSAGE = f"{CLIENT}message"
FORM = "{jabber:x:data}"
STANZA_ID = "{urn:xmpp:sid:0}stanza-id"
ORIGIN_ID = "{urn:xmpp:sid:0}origin-id"
DELAY = "{urn:xmpp:delay}delay"
REPLACE = "{urn:xmpp:message-correct:0}replace"
ENCRYPTED = (
    *("{eu.siacs.conversations.axolotl}encrypted", "{urn:xmpp:omemo:2}encrypted"),
    *("{urn:xmpp:openpgp:0}openpgp", "{jabber:x:encrypted}x"),
)
"""What carries an encrypted message: OMEMO (XEP-0384), OpenPGP (XEP-0373, XEP-0027)."""

ENCRYPTION = "{urn:xmpp:eme:0}encryption"
OTR = "?OTR"
CONDITIONS = "{urn:ietf:params:xml:ns:xmpp-stanzas"
ARCHIVE = "{urn:xmpp:mam:2}"
ARCHIVE_RESULT = f"{ARCHIVE}result"
CARBONS = ("{urn:xmpp:carbons:2}received", "{urn:xmpp:carbons:2}sent")
METADATA_TITLE = "spade:x:metadata"
THREAD = "_thread_node"
METADATA = (
    *("performative", "protocol", "ontology", "act", "language"),
    *("conversation-id", "reply-with", "in-reply-to", "reply-by"),
)

LONGEST_NAME = 200
"""Characters of a message's name that are kept as they are; longer ones as their hash."""

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def scrub(text: str) -> str:
    """Replace characters XML 1.0 cannot carry; one of them would close the whole stream."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An ACL message as it came: who the server says sent it, its metadata, its body."""

    sender: str
    receiver: str
    body: str
    metadata: dict[str, str]

    def envelope(self, vocabulary: Vocabulary) -> Envelope[Content]:
        """Read the message, or raise :class:`NotUnderstood` with the complaint."""
        return self._envelope(vocabulary.decode(self.body))

    def unread(self, complaint: str) -> Envelope[Content]:
        """Return the message with its content replaced by why it could not be read."""
        return self._envelope(UnknownContent(complaint=complaint))

    def _envelope(self, content: Content) -> Envelope[Content]:
        data = self.metadata
        return Envelope(
            performative=self.performative,
            protocol=data.get("protocol", ""),
            ontology=data.get("ontology", ""),
            conversation=self.conversation,
            sender=self.sender,
            receiver=self.receiver,
            content=content,
            message_id=data.get("reply-with", ""),
            in_reply_to=data.get("in-reply-to"),
            reply_by=_instant(data.get("reply-by")),
        )

    @property
    def performative(self) -> Performative:
        """The performative; one that FIPA does not know raises :class:`NotUnderstood`."""
        name = self.metadata.get("performative", "")
        try:
            return Performative(name)
        except ValueError as error:
            complaint = f"{name!r} is not a performative spoken here"
            raise NotUnderstood(UnknownContent(complaint=complaint)) from error

    @property
    def conversation(self) -> str:
        """The conversation id, from the metadata or, with stock SPADE agents, the thread."""
        return self.metadata.get("conversation-id") or self.metadata.get(THREAD, "")


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def metadata_of(stanza: ET.Element) -> dict[str, str] | None:
    """Return SPADE's metadata form as a mapping, or None where the message carries none."""
    for form in stanza.iterfind(f"{FORM}x"):
        if form.findtext(f"{FORM}title") == METADATA_TITLE:
            return {
                field.get("var", ""): field.findtext(f"{FORM}value") or ""
                for field in form.iterfind(f"{FORM}field")
            }
    return None


def acl_metadata(envelope: Envelope[Any]) -> dict[str, str]:
    """Return everything of an envelope that travels beside its body."""
    metadata = {
        "performative": envelope.performative.value,
        "protocol": envelope.protocol,
        "ontology": envelope.ontology,
        "act": envelope.content.act,
        "language": "json",
        "conversation-id": envelope.conversation,
        "reply-with": envelope.message_id,
    }
    if envelope.in_reply_to:
        metadata["in-reply-to"] = envelope.in_reply_to
    if envelope.reply_by:
        metadata["reply-by"] = envelope.reply_by.isoformat()
    return metadata


def acl_stanza(envelope: Envelope[Any], body: str) -> str:
    """Write an ACL message as a message stanza; its id is the reply-with."""
    fields = "".join(
        f'<field var="{name}" type="text-single"><value>{_text(value)}</value></field>'
        for name, value in (
            *acl_metadata(envelope).items(),
            (THREAD, envelope.conversation),
        )
    )
    return (
        f"<message to={_attribute(envelope.receiver)} type='chat'"
        f" id={_attribute(envelope.message_id)}><body>{_text(body)}</body>"
        f'<x xmlns="jabber:x:data" type="form"><title>{METADATA_TITLE}</title>{fields}</x>'
        "</message>"
    )


def chat_stanza(to: str, body: str, origin_id: str) -> str:
    """Write a plain chat message with an origin-id (XEP-0359); its id is the same."""
    return (
        f"<message to={_attribute(to)} type='chat' id={_attribute(origin_id)}>"
        f"<body>{_text(body)}</body>"
        f"<origin-id xmlns='urn:xmpp:sid:0' id={_attribute(origin_id)}/></message>"
    )


def _text(text: str) -> str:
    return escape(scrub(text))


def _attribute(value: str) -> str:
    return quoteattr(scrub(value))


def archive_id(stanza: ET.Element, archive: str) -> str | None:
    """Return the stanza-id that this archive (a bare JID) gave; others' are not believed.

    It is the last one: whoever sent the message may have written some, the server adds its own.
    """
    given = [id_.get("id") for id_ in stanza.iterfind(STANZA_ID) if id_.get("by") == archive]
    return given[-1] if given else None


def sender_of(stanza: ET.Element) -> str:
    """Return the bare JID the server stamped a stanza with."""
    return stanza.get("from", "").partition("/")[0]


def message_id(stanza: ET.Element) -> str:
    """Return what the sender calls it: the origin-id (XEP-0359), else the stanza's id."""
    origin = stanza.find(ORIGIN_ID)
    return _name((origin.get("id", "") if origin is not None else "") or stanza.get("id", ""))


def replaced_id(stanza: ET.Element) -> str | None:
    """Return what the sender called the message that this one corrects (XEP-0308), if any."""
    replace = stanza.find(REPLACE)
    return None if replace is None else _name(replace.get("id", ""))


def _name(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else sha256(name.encode()).hexdigest()


def stamped(delay: ET.Element | None) -> datetime | None:
    """Return the instant a delay element names (XEP-0203)."""
    return None if delay is None else _instant(delay.get("stamp", "").replace("Z", "+00:00"))


def bounce_condition(stanza: ET.Element) -> str:
    """Return why a message came back, as a condition's name (RFC 6120, section 8.3.3)."""
    for condition in stanza.iterfind(f"{CLIENT}error/*"):
        space, _, name = condition.tag.rpartition("}")
        if space == CONDITIONS and name != "text":
            return name
    return "undefined-condition"


def is_plain_message(stanza: ET.Element) -> bool:
    """Whether this is said to us: chat or normal, no carbon, no archive page.

    What is said is a body, or encrypted.
    """
    if stanza.get("type", "normal") not in ("chat", "normal"):
        return False
    if any(stanza.find(tag) is not None for tag in (ARCHIVE_RESULT, *CARBONS)):
        return False
    return stanza.find(f"{CLIENT}body") is not None or is_encrypted(stanza)


def is_encrypted(stanza: ET.Element) -> bool:
    """Whether this says something encrypted, its body at most a hint for who cannot read it.

    An OMEMO message without a payload only exchanges keys, and says nothing.
    """
    if (stanza.findtext(f"{CLIENT}body") or "").startswith(OTR):
        return True
    for tag in ENCRYPTED:
        if (sealed := stanza.find(tag)) is not None:
            payload = f"{tag.removesuffix('encrypted')}payload"
            return not tag.endswith("encrypted") or sealed.find(payload) is not None
    return stanza.find(ENCRYPTION) is not None and stanza.find(f"{CLIENT}body") is not None


def is_archive_page(stanza: ET.Element) -> bool:
    """Whether this carries an entry of an archive (XEP-0313)."""
    return stanza.find(ARCHIVE_RESULT) is not None

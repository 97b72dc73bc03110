"""Speech acts of the ``people`` ontology."""

from __future__ import annotations

from typing import Final, Literal
from uuid import UUID

from ontology.acl import Action, Content, Reason
from ontology.vocabulary import Vocabulary


class ZoneSet(Content):
    """The person's day takes place in this zone from now on."""

    act: Literal["zone-set"] = "zone-set"
    zone: str


class SetZone(Action[ZoneSet]):
    """Move a person's day to another time zone (IANA name)."""

    act: Literal["set-zone"] = "set-zone"
    person_id: UUID
    zone: str


class NoSuchZone(Reason):
    """The name is not in the IANA time zone database."""

    act: Literal["no-such-zone"] = "no-such-zone"
    zone: str


class NoSuchPerson(Reason):
    """Nobody here has this id."""

    act: Literal["no-such-person"] = "no-such-person"


class CodeSent(Content):
    """A code is on its way to the address; said to us within ``minutes``, it proves it."""

    act: Literal["code-sent"] = "code-sent"
    address: str
    minutes: int


class LinkAddress(Action[CodeSent]):
    """A person says an address (``mailto:``, ``tel:``, ``whatsapp:``) is theirs: prove it."""

    act: Literal["link-address"] = "link-address"
    person_id: UUID
    address: str


class CodeIssued(Content):
    """Said from the account that is to be linked within ``minutes``, the code links it."""

    act: Literal["code-issued"] = "code-issued"
    code: str
    minutes: int


class IssueCode(Action[CodeIssued]):
    """A person wants to link an account that can only be known once it speaks: Telegram."""

    act: Literal["issue-code"] = "issue-code"
    person_id: UUID
    scheme: str


class AddressLinked(Content):
    """The address is the person's."""

    act: Literal["address-linked"] = "address-linked"
    address: str


class RedeemCode(Action[AddressLinked]):
    """A code came back: from the person (``person_id``), or from ``address`` itself."""

    act: Literal["redeem-code"] = "redeem-code"
    code: str
    person_id: UUID | None = None
    address: str | None = None


class AddressUnlinked(Content):
    """These addresses are the person's no more."""

    act: Literal["address-unlinked"] = "address-unlinked"
    addresses: tuple[str, ...]


class UnlinkAddress(Action[AddressUnlinked]):
    """Let all addresses of a scheme go; the last chat address stays."""

    act: Literal["unlink-address"] = "unlink-address"
    person_id: UUID
    scheme: str


class AddressMarked(Content):
    """The address is known as bad until it is linked again."""

    act: Literal["address-marked"] = "address-marked"


class MarkAddress(Action[AddressMarked]):
    """What was sent to an address came back for good; ``why`` in the channel's words."""

    act: Literal["mark-address"] = "mark-address"
    address: str
    why: str


class NoSuchCode(Reason):
    """No such code is open, or it is too old, or was guessed at too often."""

    act: Literal["no-such-code"] = "no-such-code"


class NoSuchAddress(Reason):
    """Not an address of a kind that we reach, or nothing of the kind is linked."""

    act: Literal["no-such-address"] = "no-such-address"
    complaint: str


class NotTheirs(Reason):
    """The address is somebody else's."""

    act: Literal["not-theirs"] = "not-theirs"


class NotSetUp(Reason):
    """No agent here serves that channel; ``channel`` is which."""

    act: Literal["not-set-up"] = "not-set-up"
    channel: str


class TooMany(Reason):
    """Too many codes were asked for lately."""

    act: Literal["too-many"] = "too-many"


PEOPLE: Final = Vocabulary(
    "people",
    *(SetZone, ZoneSet, NoSuchZone, NoSuchPerson),
    *(LinkAddress, CodeSent, IssueCode, CodeIssued, RedeemCode, AddressLinked),
    *(UnlinkAddress, AddressUnlinked, MarkAddress, AddressMarked),
    *(NoSuchCode, NoSuchAddress, NotTheirs, NotSetUp, TooMany),
)

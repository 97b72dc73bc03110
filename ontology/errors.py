"""The one error tree.

::

    StewardError
    ├── SettingsError        a setting is wrong: one line, which, why, how to mend
    ├── ServerError          PostgreSQL or Prosody cannot be run or reached
    │   ├── PortTaken        … because of a setting: it is a SettingsError as well
    │   └── ServiceAway      an outside service does not answer, or wants to be left alone
    ├── TimeError            a time or rule that cannot be
    │   ├── HostileRule      a rule that would spin or never fires
    │   ├── NoSuchRule       a repetition that no one recurrence rule can say
    │   └── UnknownZone      not a name of the IANA time zone database
    ├── OutOfSequence        a performative the protocol does not allow at this point
    ├── NoAnswer             nobody answered before reply-by
    ├── AddressTaken         an address belongs to somebody else
    ├── NotAnAddress         not an address of a kind that we reach
    ├── ForeignContent       a word of another vocabulary was to be spoken (our mistake)
    └── Declined             an honest no, said in FIPA-ACL (see ontology.acl)
        ├── Refused
        ├── Failed
        └── NotUnderstood
"""

from __future__ import annotations


class StewardError(Exception):
    """Root of everything Steward raises on purpose."""


class SettingsError(StewardError):
    """A setting is wrong. The text is one line: which setting, why, and how to mend it."""


class ServerError(StewardError):
    """PostgreSQL or Prosody cannot be run or reached. The text says why and how to mend it."""


class PortTaken(ServerError, SettingsError):
    """Another program listens where a server of ours is set to listen."""


class ServiceAway(ServerError):
    """An outside service does not answer; ``again_after`` are the seconds it asked for."""

    def __init__(self, why: str, *, again_after: float | None = None) -> None:
        super().__init__(why)
        self.again_after = again_after


class TimeError(StewardError):
    """A time or a rule that cannot be."""


class HostileRule(TimeError):
    """A recurrence rule that would spin, never fires, or is not allowed (FREQ=SECONDLY)."""


class NoSuchRule(TimeError):
    """A repetition that no one recurrence rule can say: every day except tomorrow week."""


class UnknownZone(TimeError):
    """Not a name of the IANA time zone database."""


class OutOfSequence(StewardError):
    """A performative arrived which the protocol does not allow at this point."""


class NoAnswer(StewardError):
    """Nobody answered before reply-by."""


class ForeignContent(StewardError):
    """A word was to be spoken that is not in the vocabulary of the conversation."""


class ImpossiblePreference(StewardError):
    """A change would make preferences that cannot be. The text is a sentence for the person."""


class AddressTaken(StewardError):
    """An address belongs to somebody else."""


class NotAnAddress(StewardError):
    """Not an address of a kind that we reach. The text says what one looks like."""


class LinkError(StewardError):
    """A link that acts is not to be followed."""


class ForgedLink(LinkError):
    """It was not signed by a key of this home."""


class ExpiredLink(LinkError):
    """Its time is over."""


class ForeignLink(LinkError):
    """It was made for another purpose."""

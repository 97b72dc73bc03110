"""What the assistant says of how a person is reached: settings, channels, addresses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from ontology.acl import Reason
from ontology.notifications.concepts import Channel
from ontology.notifications.setting_up import say_lacking
from ontology.people.acts import (
    AddressUnlinked,
    CodeIssued,
    CodeSent,
    NoSuchAddress,
    NoSuchCode,
    NotSetUp,
    NotTheirs,
    TooMany,
)
from ontology.people.addresses import MAILTO, TEL, TELEGRAM, WHATSAPP
from ontology.policy.acts import NoSuchRule, PreferencesTold
from ontology.policy.concepts import Notice
from ontology.policy.wording import describe, describe_quiet
from ontology.time.concepts import zone_named
from ontology.time.names import listed

NOT_KEPT: Final = (
    "I cannot keep that preference yet. Say “show my settings” to see those that I keep."
)
SET_QUIET: Final = (
    "Say for example “quiet hours 10pm to 7am on weekdays”, “do not disturb until monday” or "
    "“silent on weekends”."
)
SET_CHANNELS: Final = (
    "Say for example “telegram first, then call”, “don't use e-mail” or “try the next channel "
    "after 5 minutes”."
)
HOW_TO_LINK: Final[dict[str, str]] = {
    TELEGRAM: "“link telegram”",
    MAILTO: "“my e-mail is ada@example.org”",
    TEL: "“my number is +34 600 111 222”",
    WHATSAPP: "“link whatsapp +34 600 111 222”",
}
_LINKED_AS: Final[dict[Channel, str]] = {
    Channel.TELEGRAM: TELEGRAM,
    Channel.EMAIL: MAILTO,
    Channel.SMS: TEL,
    Channel.CALL: TEL,
    Channel.WHATSAPP: WHATSAPP,
}
_WORD: Final = 40
"""Characters of a reminder's text that may be said as a word that always rings."""


def say_quiet(told: PreferencesTold, zone: str, now: datetime) -> str:
    """Tell when a person is left alone, and how that is changed."""
    lines = describe_quiet(told.preferences, zone_named(zone), now)
    return "\n".join([*lines, SET_QUIET])


def say_settings(
    told: PreferencesTold, served: Collection[Channel], zone: str, now: datetime
) -> str:
    """Tell all that a person prefers, and which channels can reach them.

    ``served`` are those that an agent here serves.
    """
    lines = describe(told.preferences, zone_named(zone), now)
    return "\n".join([*lines, *say_reach(told.reachable_by, served), SET_CHANNELS])


def say_reach(linked: Collection[Channel], served: Collection[Channel]) -> Sequence[str]:
    """Tell by which channels a person can be reached, and how the others become so."""
    usable = [each.value for each in Channel if each in linked and each in served]
    lines = [f"I can reach you by {listed(usable)}."] if usable else []
    unlinked = [each for each in Channel if each in served and each not in linked]
    for scheme in dict.fromkeys(_LINKED_AS[each] for each in unlinked if each in _LINKED_AS):
        names = listed(each.value for each in unlinked if _LINKED_AS.get(each) == scheme)
        lines.append(f"Not linked: {names}; say {HOW_TO_LINK[scheme]}.")
    lines += [say_lacking(each) for each in Channel if each not in served and say_lacking(each)]
    return lines


def say_how_to_link(scheme: str | None) -> str:
    """Ask for an address that was not said."""
    how = HOW_TO_LINK.get(scheme or "") or listed(HOW_TO_LINK.values())
    return f"Say it with its address: {how}."


def say_code_issued(done: CodeIssued) -> str:
    """Tell the code that is to be said from the account."""
    return (
        f"Your code is {done.code}: send it to the bot in Telegram within {done.minutes} "
        "minutes, and the account is linked."
    )


def say_code_sent(done: CodeSent) -> str:
    """Ask for the code that was sent."""
    address = done.address.partition(":")[2]
    return f"I sent a code to {address}: tell it to me here within {done.minutes} minutes."


def say_unlinked(done: AddressUnlinked) -> str:
    """Confirm which addresses are gone."""
    gone = [each.partition(":")[2] or each for each in done.addresses]
    named = "The Telegram account" if _of_telegram(done) else listed(gone)
    verb = "are" if len(gone) > 1 and not _of_telegram(done) else "is"
    return f"{named} {verb} unlinked: I send nothing there any more."


def say_held(notice: Notice, word: str, when: str) -> str:
    """Tell that the person's own rules hold back what was just kept, and the way round them."""
    named = word if len(word) <= _WORD else "…"
    return (
        f"({notice.held_by} holds that back: I will tell you {when}; say “always ring for "
        f"{named}” to be told all the same.)"
    )


def say_declined(no: Reason) -> str | None:
    """Return why nothing was changed or linked; None for a reason of something else."""
    match no:
        case NoSuchRule():
            return no.complaint
        case NoSuchAddress():
            return f"I did not do that: {no.complaint.rstrip('.')}."
        case NoSuchCode():
            return (
                "That code is not good, or not any more: a code is good for a few minutes"
                " and a "
                f"few tries. Ask for a new one, for example {HOW_TO_LINK[TELEGRAM]}."
            )
        case NotTheirs():
            return "That address is linked to somebody else here, so I did not link it."
        case TooMany():
            return "You asked for many codes lately. Please try again in an hour."
        case NotSetUp():
            return say_lacking(Channel(no.channel)) or f"Nobody here serves {no.channel}."
        case _:
            return None


def _of_telegram(done: AddressUnlinked) -> bool:
    return all(each.startswith(f"{TELEGRAM}:") for each in done.addresses)

"""Single changes of what a person prefers, as they can be said in one sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from ontology.notifications.concepts import Channel
from ontology.policy.concepts import MatterKind, QuietRange, WeekendRule


class _Change(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AddQuiet(_Change):
    """Be quiet in one more range; a range that is there already stays one."""

    change: Literal["add-quiet"] = "add-quiet"
    range: QuietRange


class SetQuiet(_Change):
    """Be quiet in these ranges and no other; none at all ends quiet hours."""

    change: Literal["set-quiet"] = "set-quiet"
    ranges: tuple[QuietRange, ...]


class StayAway(_Change):
    """Hold everything back until then; None ends it."""

    change: Literal["stay-away"] = "stay-away"
    until: AwareDatetime | None = None


class SetWeekend(_Change):
    """Treat weekends, and with ``holidays`` public holidays too, like this.

    What is None stays as it is.
    """

    change: Literal["set-weekend"] = "set-weekend"
    rule: WeekendRule | None = None
    holidays: bool | None = None


class OrderChannels(_Change):
    """Use these channels, in this order, and no other."""

    change: Literal["order-channels"] = "order-channels"
    channels: tuple[Channel, ...]


class PreferChannel(_Change):
    """Try this channel first; with ``use`` false, do not use it at all."""

    change: Literal["prefer-channel"] = "prefer-channel"
    channel: Channel
    use: bool = True


class SetEscalation(_Change):
    """Go on to the next channel after this long without an answer; None for never."""

    change: Literal["set-escalation"] = "set-escalation"
    after: timedelta | None = None


class SetCalls(_Change):
    """Call at most so often, so far apart."""

    change: Literal["set-calls"] = "set-calls"
    most: int | None = None
    between: timedelta | None = None


class ChangeWords(_Change):
    """Add or remove words of a list: urgent words, VIPs, internal topics, ring anyway."""

    change: Literal["change-words"] = "change-words"
    list: Literal["urgent_words", "vip", "internal", "ring_anyway"]
    words: tuple[str, ...]
    remove: bool = False


class SetLeadTimes(_Change):
    """Tell of matters of this kind so long before they begin."""

    change: Literal["set-lead-times"] = "set-lead-times"
    kind: MatterKind
    before: tuple[timedelta, ...]


class SetTravel(_Change):
    """Add this long where a matter has a place."""

    change: Literal["set-travel"] = "set-travel"
    buffer: timedelta


Change = Annotated[
    AddQuiet
    | SetQuiet
    | StayAway
    | SetWeekend
    | OrderChannels
    | PreferChannel
    | SetEscalation
    | SetCalls
    | ChangeWords
    | SetLeadTimes
    | SetTravel,
    Field(discriminator="change"),
]

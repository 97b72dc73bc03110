"""What a matter is to a person, by the words it is told in and the people it is about."""

from __future__ import annotations

from dataclasses import dataclass

from ontology.policy.concepts import OUR_URGENT_WORDS, Matter, Preferences
from ontology.policy.mentions import mentioned, said_of


@dataclass(frozen=True)
class Judgement:
    """Which word of which of a person's lists a matter speaks of, None for none."""

    vip: str | None
    urgent: str | None
    internal: str | None
    ring_anyway: str | None

    @property
    def by_mail_only(self) -> bool:
        """Whether it is an internal topic, and no word of the person's own says otherwise."""
        overruled = self.urgent is not None and self.urgent not in OUR_URGENT_WORDS
        return self.internal is not None and self.vip is None and not overruled

    @property
    def passes_weekends(self) -> bool:
        """Whether days of rest are no reason to tell it by other channels than always."""
        return (self.vip or self.ring_anyway) is not None

    @property
    def deserves_calls(self) -> bool:
        """Whether a person who did not ask for calls is called for it."""
        return not self.by_mail_only and (self.vip or self.urgent) is not None


def judge(matter: Matter, preferences: Preferences) -> Judgement:
    """Compare a matter with the lists of a person."""
    said = said_of(matter)
    return Judgement(
        vip=mentioned(preferences.vip, said),
        urgent=mentioned(preferences.urgent_words, said),
        internal=mentioned(preferences.internal, said),
        ring_anyway=mentioned(preferences.ring_anyway, said),
    )

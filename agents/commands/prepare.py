"""``steward understand --prepare``: what reading needs is learnt before anybody waits."""

from __future__ import annotations

from config.logging import configure


def prepare() -> int:
    """Learn from our utterances, unless what they teach is kept already.

    Neither a missing model nor a cache that cannot be written to is a failure, as reading works
    without: each is a line that says so. Settings play no part, so that a wrong one cannot
    spoil an installation.
    """
    from agents.platform import classifier

    configure("info", plain=True)
    classifier().prepare()
    return 0

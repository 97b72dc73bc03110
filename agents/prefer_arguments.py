"""The arguments of ``steward person prefer``; what they mean is read when it runs."""

from __future__ import annotations

import argparse
from typing import TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

WORD_LISTS = {
    "urgent": "urgent_words",
    "vip": "vip",
    "internal": "internal",
    "ring-anyway": "ring_anyway",
}
"""What a list of words is called on the command line, and among preferences."""

_WHAT_WORDS = {
    "urgent": "words that make something urgent",
    "vip": "people who are always worth a call",
    "internal": "topics that are told by e-mail only",
    "ring-anyway": "words that ring whatever the hour",
}


def add_prefer(actions: Subparsers) -> None:
    """Add the subcommand with one subcommand for each kind of preference."""
    prefer = actions.add_parser("prefer", help="how a person wants to be told")
    prefer.add_argument("name", help="whose preferences")
    wishes = prefer.add_subparsers(required=True, metavar="WHAT", dest="wish")
    _add(wishes, "show", "show all preferences")
    channels = _add(wishes, "channels", "by which channels, the first first")
    channels.add_argument("order", help="for example chat,telegram,call")
    quiet = _add(wishes, "quiet", "be quiet in one more range, or “off”")
    quiet.add_argument("range", help="for example 22:00-07:00")
    quiet.add_argument(
        "days", nargs="?", default="daily", help="weekdays, weekends, or mon,fri"
    )
    weekend = _add(wishes, "weekend", "how to be told at weekends")
    weekend.add_argument("rule", choices=("normal", "e-mail", "silent"))
    weekend.add_argument(
        "--holidays", choices=("yes", "no"), metavar="YES|NO", help="public holidays alike"
    )
    away = _add(wishes, "away", "hold everything back until then, or “off”")
    away.add_argument("until", nargs="+", help="for example: until 2026-12-01 18:00")
    escalate = _add(wishes, "escalate", "when to try the next channel, or “never”")
    escalate.add_argument("after", help="for example 10m")
    calls = _add(wishes, "calls", "how often to call at most")
    calls.add_argument("most", type=int)
    calls.add_argument("--between", metavar="TIME", help="how far apart, for example 5m")
    for name, what in _WHAT_WORDS.items():
        words = _add(wishes, name, what)
        words.add_argument("do", choices=("add", "remove"))
        words.add_argument("words", nargs="+", help="words or phrases")
    lead = _add(wishes, "lead", "how long before it begins something is told")
    lead.add_argument("kind", choices=("event", "task"))
    lead.add_argument("before", help="for example 24h,30m")
    travel = _add(wishes, "travel", "how long the way to a place takes")
    travel.add_argument("buffer", help="for example 30m")


def _add(wishes: Subparsers, name: str, what: str) -> argparse.ArgumentParser:
    wish = wishes.add_parser(name, help=what, description=what.capitalize() + ".")
    wish.set_defaults(command=_prefer)
    return wish


def _prefer(parsed: argparse.Namespace) -> int:
    from agents.commands.prefer import prefer

    return prefer(parsed)

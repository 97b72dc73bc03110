"""One task by several rules: "remind me every monday at 9 and every friday at 5 to row".

No one rule says both, so that each becomes a reminder of its own. Where "or" joins them, or one
lacks its hour, it is not sure that both are meant, and the person is asked.
"""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Context
from ontology.dialogue.read_creation import request_in
from ontology.dialogue.said import Said, beside, blanked

_OR: Final = re.compile(r"\bor\b")


def one_for_each_rule(text: str, context: Context) -> tuple[str, ...]:
    """Return a request once for each repetition it joins; itself if there is but one."""
    said = Said.of(text, context)
    request = request_in(said)
    if request is None:
        return (text,)
    masked = blanked(said.text, request.start(), request.end())
    time = said.time_in(masked)
    if time is None or not time.left_over or _OR.search(said.folded):
        return (text,)
    begin = time.spans[0][0]
    first = (begin, masked[begin : time.spans[-1][1]])
    rules = sorted([first, *((each.begin, each.words) for each in time.left_over)])
    if not all(_is_repeated(said, words) for _, words in rules):
        return (text,)
    asks, task = said.text[request.start() : request.end()], beside(masked, time)
    return tuple(f"{asks} {words} {task}" for _, words in rules)


def _is_repeated(said: Said, words: str) -> bool:
    """Tell whether words say one repetition and nothing else."""
    time = said.time_in(words)
    if time is None or time.schedule is None or time.left_over:
        return False
    return time.schedule.rule is not None and "time" in time.given and not beside(words, time)

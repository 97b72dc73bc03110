# /// script
# requires-python = ">=3.11,<3.14"
# dependencies = ["dateparser==1.5.0"]
# ///
# mypy: ignore-errors
"""dateparser over lines of standard input, in an environment of its own.

Run by ``uv run --script``, because dateparser needs pytz, which our locks leave out.

Usage: dateparser_session.py parse|search – a line of standard input is a JSON string; the line
of standard output that answers it is [seconds by the clock, seconds of the processor, found].
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime

import dateparser
from dateparser.search import search_dates

LANGUAGES = ["en"]
SETTINGS = {
    "RELATIVE_BASE": datetime.fromisoformat("2026-03-11T10:20"),
    "PREFER_DATES_FROM": "future",
}
"""The language is given, so that no time goes into finding it."""


def parse(text: str) -> object:
    return dateparser.parse(text, languages=LANGUAGES, settings=SETTINGS)


def search(text: str) -> object:
    return search_dates(text, languages=LANGUAGES, settings=SETTINGS)


def main(which: str) -> None:
    read = {"parse": parse, "search": search}[which]
    texts = [json.loads(line) for line in sys.stdin]
    read("tomorrow at 5 pm")  # loads the language
    for text in texts:
        began, busy = time.perf_counter(), time.process_time()
        found = bool(read(text))
        took, worked = time.perf_counter() - began, time.process_time() - busy
        sys.stdout.write(json.dumps([took, worked, found]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])

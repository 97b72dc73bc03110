"""Figures in the documentation are those of the code."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from behaviours import journal
from behaviours.fipa import initiator, request
from behaviours.notifications import ask_policy, dispatch_once
from behaviours.reminders import fire_due
from config import logging as logs
from config import ports
from gateways.mail import composing
from gateways.sendgrid import events
from ontology.dialogue import deciding
from ontology.dialogue.interpreter import OVERRULES
from ontology.dialogue.read_frames import PERHAPS
from ontology.policy import holding, public_holidays
from ontology.reminders.concepts import OccurrenceState
from ontology.retention import KEPT_DAYS
from storage.embedded_postgres import LONGEST_SOCKET_DIRECTORY
from tests.docs.pages import ROOT, Page

PROSODY = (ROOT / "prosody" / "prosody.cfg.lua").read_text()


def of_prosody(name: str) -> str:
    """Return what an option of Prosody's configuration is set to."""
    found = re.search(rf"^\s*{name} = \"?([^\";\n]*?)\"?;?(?: --.*)?$", PROSODY, re.M)
    assert found, name
    return found[1]


def in_seconds(span: timedelta) -> str:
    return f"{span.total_seconds():g}"


PURE_RULES = "docs/adr/0026-rules-are-pure-functions.md"
RULES_FIRST = "docs/adr/0023-rules-then-a-classifier-then-a-question.md"
FIGURES = [
    ("docs/architecture.md", f"a lease of {in_seconds(fire_due.LEASE)} s"),
    ("docs/architecture.md", f"or {in_seconds(fire_due.LONGEST_SLEEP)} s at most"),
    (
        "docs/architecture.md",
        f"resumes (XEP-0198) within {of_prosody('smacks_hibernation_time')} s",
    ),
    (
        "docs/adr/0005-firing-loop-of-our-own.md",
        f"after {in_seconds(fire_due.LONGEST_SLEEP)} s at",
    ),
    ("docs/adr/0007-agree-when-work-takes-longer.md", f"not done after {request.MOMENT:g} s"),
    (
        "docs/adr/0007-agree-when-work-takes-longer.md",
        f"after {initiator.PATIENCE:g} s of silence",
    ),
    (
        "docs/adr/0007-agree-when-work-takes-longer.md",
        f"after {initiator.PATIENCE_WITH_WORK:g} s where",
    ),
    ("docs/adr/0008-journal-at-both-ends.md", f"up to {journal.MOST_WAITING:,} messages"),
    (
        "docs/adr/0011-prosody-settings.md",
        f"smacks_max_queue_size = {of_prosody('smacks_max_queue_size')}",
    ),
    (
        "docs/adr/0011-prosody-settings.md",
        f"smacks_hibernation_time = {of_prosody('smacks_hibernation_time')}`",
    ),
    (RULES_FIRST, f"from a probability of {OVERRULES:g} on"),
    (RULES_FIRST, f"stays behind at {PERHAPS:g}"),
    (RULES_FIRST, f"below {deciding.ACT:g} the likeliest"),
    (RULES_FIRST, f"what deletes needs {deciding.CERTAIN:g}"),
    ("docs/channels.md", f"links are good for {composing.ANSWERS_FOR.days} days"),
    ("docs/channels.md", f"ends mails for {composing.UNSUBSCRIBES_FOR.days}."),
    ("docs/channels.md", f"signed more than {events.FRESH.days} days ago"),
    ("docs/channels.md", f"tried again for {dispatch_once.STARTED_WITHIN:g} s"),
    (PURE_RULES, f"held longer than {holding.LONGEST.days} days"),
    (PURE_RULES, f"silent for {ask_policy.DECIDED_WITHIN:g} s"),
    ("docs/adr/0011-prosody-settings.md", f"nagle = {of_prosody('nagle')}"),
    (
        "docs/adr/0011-prosody-settings.md",
        f"opportunistic_writes = {of_prosody('opportunistic_writes')}",
    ),
    ("docs/operations.md", f"between {ports.LASTING.start} and {ports.LASTING.stop - 1}"),
    ("docs/operations.md", f"more than {KEPT_DAYS} days"),
    ("docs/operations.md", f"grows for {KEPT_DAYS} days"),
    ("docs/operations.md", f"A path longer than {LONGEST_SOCKET_DIRECTORY} bytes"),
    ("docs/operations.md", f"of {logs.FILE_BYTES // 1_000_000} MB are kept"),
]


@pytest.mark.parametrize(("name", "said"), FIGURES, ids=[said for _, said in FIGURES])
def test_a_figure_is_that_of_the_code(name, said):
    assert said in " ".join(Page(ROOT / name).text.split())


def test_the_archive_is_kept_as_long_as_is_said():
    assert of_prosody("archive_expires_after") == "1w"


def test_as_many_countries_have_holidays_as_is_said():
    assert len(public_holidays.known_countries()) == 11
    assert "known for eleven countries" in Page(ROOT / PURE_RULES).text


def test_every_state_of_an_occurrence_is_in_the_glossary():
    glossary = Page(ROOT / "docs" / "glossary.md").text
    assert not [state for state in OccurrenceState if state.value not in glossary]

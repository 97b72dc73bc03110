"""What is sure is done, what is not is asked, and what deletes is asked twice."""

from __future__ import annotations

from uuid import uuid4

import pytest

from ontology.dialogue.concepts import UNKNOWN, Intent, Interpretation
from ontology.dialogue.deciding import DELETING, NEVER_NAMED, Verdict, decide
from ontology.dialogue.intended import intended
from ontology.dialogue.not_yet import NOT_YET
from ontology.dialogue.wording import Wording
from ontology.people.concepts import Person
from ontology.time.concepts import Schedule
from tests.ontology.dialogue.reading import MADRID, NOW

LIST, HELP, CREATE = Intent.LIST_REMINDERS, Intent.HELP, Intent.CREATE_REMINDER
CANCEL, AGENDA = Intent.CANCEL_REMINDER, Intent.SHOW_AGENDA


@pytest.mark.parametrize(
    ("ranked", "verdict", "first"),
    [
        ([(LIST, 1.0)], Verdict.ACT, LIST),
        ([(LIST, 0.6), (HELP, 0.3)], Verdict.ACT, LIST),
        ([(LIST, 0.5), (HELP, 0.45)], Verdict.WHICH_INTENT, LIST),
        ([(LIST, 0.4), (HELP, 0.2)], Verdict.WHICH_INTENT, LIST),
        ([(LIST, 0.1), (HELP, 0.1)], Verdict.NOT_UNDERSTOOD, Intent.UNKNOWN),
        ([(CREATE, 0.6), (CREATE, 0.6)], Verdict.WHICH_TIME, CREATE),
        ([(CREATE, 0.9), (CREATE, 0.5)], Verdict.ACT, CREATE),
        ([(CANCEL, 1.0)], Verdict.ACT, CANCEL),
        ([(CANCEL, 0.89)], Verdict.CONFIRM, CANCEL),
        ([(AGENDA, 0.9), (LIST, 0.05)], Verdict.ACT, AGENDA),
        ([(AGENDA, 0.6), (LIST, 0.55)], Verdict.ACT, LIST),
        ([(Intent.CANCEL_EVENT, 1.0), (CANCEL, 0.6)], Verdict.CONFIRM, CANCEL),
        ([(Intent.UNKNOWN, 0.9), (LIST, 0.05)], Verdict.NOT_UNDERSTOOD, Intent.UNKNOWN),
        ([(Intent.OUT_OF_SCOPE, 0.9)], Verdict.ACT, Intent.OUT_OF_SCOPE),
        ([(Intent.OUT_OF_SCOPE, 0.4), (HELP, 0.1)], Verdict.NOT_UNDERSTOOD, Intent.UNKNOWN),
    ],
)
def test_a_verdict_follows_from_the_confidences(ranked, verdict, first):
    decision = decide([Interpretation(intent=i, confidence=c) for i, c in ranked])
    assert (decision.verdict, decision.readings[0].intent) == (verdict, first)


@pytest.mark.parametrize("intent", set(DELETING) - set(NOT_YET))
@pytest.mark.parametrize("confidence", [0.5, 0.7, 0.899])
def test_nothing_is_deleted_on_less_than_certainty(intent, confidence):
    decision = decide([Interpretation(intent=intent, confidence=confidence)])
    assert decision.verdict is Verdict.CONFIRM


@pytest.mark.parametrize("intent", Intent)
def test_nothing_is_done_below_the_line(intent):
    decision = decide([Interpretation(intent=intent, confidence=0.49)])
    assert decision.verdict in (Verdict.WHICH_INTENT, Verdict.NOT_UNDERSTOOD)


def test_what_cannot_be_understood_stays_so():
    assert decide([UNKNOWN]).verdict is Verdict.NOT_UNDERSTOOD


def test_what_is_only_talk_is_no_choice_of_its_own():
    talk = Interpretation(intent=Intent.OUT_OF_SCOPE, confidence=0.5)
    wish = Interpretation(intent=Intent.DONE, confidence=0.45)
    for ranked in ([talk, wish], [wish.model_copy(update={"confidence": 0.55}), talk]):
        decision = decide(ranked)
        assert decision.verdict is Verdict.WHICH_INTENT
        assert [each.intent for each in decision.readings] == [Intent.DONE]
    chat = Interpretation(intent=Intent.SMALL_TALK, confidence=0.5)
    assert decide([talk, chat]).verdict is Verdict.ACT


@pytest.mark.parametrize("intent", set(Intent) - NEVER_NAMED)
def test_every_intent_can_be_said_in_plain_words(intent):
    say = Wording(Person(id=uuid4(), name="Ada", zone=MADRID), NOW)
    at = Schedule.once(NOW.replace(hour=17, minute=0, second=0), MADRID)
    plain = intended(Interpretation(intent=intent, text="x", target="y"), say)
    assert "{" not in plain
    assert "Friday 20 November, 17:00" in intended(
        Interpretation(intent=intent, text="x", schedule=at), say
    )

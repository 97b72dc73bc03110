"""The planner asks for the names of a person's reminders where a reading is in doubt."""

from __future__ import annotations

import pytest

from behaviours.dialogue.find_named import MOST_SEARCHED
from ontology.dialogue.concepts import Intent
from ontology.dialogue.interpreter import PlainInterpreter
from ontology.dialogue.wording import NOT_UNDERSTOOD
from ontology.reminders import acts
from tests.behaviours.dialogue.planning import ME, RANG, STRETCH, Planner, informed
from tests.fakes.classifying import ToldClassifier

pytestmark = pytest.mark.usefixtures("virtual_time")

NAMES = [
    acts.WhichReminders(**ME, limit=MOST_SEARCHED),
    acts.WhichMissed(**ME, limit=MOST_SEARCHED),
]


def planner(*ranked):
    """A planner that reads for itself; “stretch” is kept, and “called mum” has fired."""
    fired = RANG.model_copy(update={"text": "call mum"})
    talk = Planner(
        answers={
            **informed("which-reminders", acts.ReminderList(reminders=(STRETCH,), total=1)),
            **informed("which-missed", acts.OccurrenceList(occurrences=(fired,), total=1)),
            **informed("complete", acts.Completed(occurrence=fired)),
        }
    )
    talk.role._interpreter = PlainInterpreter(ToldClassifier(*ranked))
    return talk


@pytest.mark.parametrize(("said", "named"), [("already called mum", "call mum")])
async def test_a_name_that_is_there_takes_the_doubt_away(said, named):
    talk = planner((Intent.OUT_OF_SCOPE, 0.5), (Intent.DONE, 0.4))
    assert (await talk.says(said)).startswith("Done:")
    *looked_up, done = talk.asked
    assert looked_up == NAMES
    assert done.target.words == named


async def test_where_no_name_fits_nothing_is_done():
    talk = planner((Intent.DONE, 0.95))
    assert await talk.says("we moved to the kitchen") == NOT_UNDERSTOOD
    assert talk.asked == NAMES


@pytest.mark.parametrize("said", ["done", "help", "remind me", "hello"])
async def test_without_a_doubt_nobody_is_asked_for_names(said):
    talk = planner((Intent.DONE, 0.95))
    await talk.says(said)
    assert not set(NAMES) & set(talk.asked)

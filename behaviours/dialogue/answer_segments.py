"""Answering the segments of an utterance in order, and joining the answers into one reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from behaviours.dialogue.ask_agents import AskAgents
from behaviours.dialogue.carry_out import CarryOut
from behaviours.dialogue.find_named import MOST_CHOICES, find_named
from ontology.acl import Declined, Unexpected
from ontology.dialogue.acts import AnswerUtterance, Reply
from ontology.dialogue.asking_back import (
    ask_whether,
    ask_whether_all,
    ask_which_intent,
    ask_which_time,
    offer_instead,
)
from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Segment
from ontology.dialogue.deciding import Decision, Verdict, decide
from ontology.dialogue.not_yet import NOT_YET
from ontology.dialogue.wording import NOT_UNDERSTOOD, Wording, quoted
from ontology.reminders.acts import NothingFound

ONE_QUESTION = "One question at a time: please say this again by itself afterwards."
ONE_CHANGE_EACH = "Each of these is one change: “undo” takes back the last."
CHANGING = frozenset(
    {
        *(Intent.CREATE_REMINDER, Intent.CANCEL_REMINDER, Intent.CHANGE_REMINDER),
        *(Intent.SNOOZE, Intent.DONE, Intent.SET_ZONE),
    }
)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What to say to a segment, and whether it was done as asked and changed anything."""

    reply: Reply
    done: bool = False
    changed: bool = False
    understood: bool = True


class AnswerSegments:
    """One utterance being answered, segment by segment; one that fails stops no other."""

    def __init__(self, asked: AnswerUtterance, ask: AskAgents) -> None:
        self._asked = asked
        self._ask = ask
        self._carry = CarryOut(asked, ask)
        self._say = Wording(asked.person, asked.said_at)

    async def reply(self, segments: Sequence[Segment]) -> Reply:
        """Reply to all of them at once.

        Raises NoAnswer, and Declined when an agent broke: asked again, what was done is only
        answered again, and what broke may go well.
        """
        answers = [await self._answer(each) for each in segments]
        reply = answers[0].reply if len(answers) == 1 else _joined(segments, answers)
        if reply.question is None and not all(each.understood for each in answers):
            return reply.model_copy(update={"question": self._asked.question})
        return reply

    async def _answer(self, segment: Segment) -> _Answer:
        decision = decide(segment.readings)
        match decision.verdict:
            case Verdict.ACT:
                return await self._act(decision.readings[0])
            case Verdict.CONFIRM:
                return _Answer(await self._confirm(decision))
            case Verdict.WHICH_TIME:
                return _Answer(ask_which_time(decision.readings, self._say))
            case Verdict.IS_THAT_ALL:
                return _Answer(ask_whether_all(decision.readings[0], self._say))
            case Verdict.WHICH_INTENT:
                return _Answer(ask_which_intent(decision.readings, self._say))
            case Verdict.NOT_UNDERSTOOD:
                return _Answer(Reply(text=NOT_UNDERSTOOD), understood=False)

    async def _act(self, reading: Interpretation) -> _Answer:
        if reading.intent in NOT_YET:
            return _Answer(offer_instead(reading, self._say))
        try:
            reply = await self._carry.out(reading)
        except Declined as no:
            if isinstance(no.reason, Unexpected):
                raise
            return _Answer(self._carry.declined(reading, no))
        done = reading.problem is None
        return _Answer(
            reply,
            done=done,
            changed=done and (reading.intent in CHANGING or reading.change is not None),
            understood=reading.intent not in (Intent.OUT_OF_SCOPE, Intent.SMALL_TALK),
        )

    async def _confirm(self, decision: Decision) -> Reply:
        """Ask before something is deleted on less than certainty; say so if nothing fits."""
        reading, *others = decision.readings
        fitting = await find_named(self._ask, self._asked.person.id, reading)
        if len(fitting) == 1:
            return ask_whether(reading, fitting[0], self._say)
        if fitting:
            more = len(fitting) > MOST_CHOICES
            return self._carry.ask_which(reading, fitting[:MOST_CHOICES], more=more)
        otherwise = next((each for each in others if each.intent in NOT_YET), None)
        if otherwise is not None:
            return Reply(text=str(NOT_YET[otherwise.intent]))
        return Reply(text=self._say.reason(NothingFound(target=reading.target)))


def _joined(segments: Sequence[Segment], answers: Sequence[_Answer]) -> Reply:
    """Return one reply: what was not done is named, and the first question stands open."""
    question: OpenQuestion | None = None
    lines: list[str] = []
    for segment, answer in zip(segments, answers, strict=True):
        text, asked = answer.reply.text, answer.reply.question
        if question is None or asked is None:
            question = question or asked
        elif question.waits and asked.waits:
            text = ONE_QUESTION
        else:
            question = question.beside(asked)
        lines.append(text if answer.done else f"{quoted(segment.text)}: {text}")
    if sum(answer.changed for answer in answers) > 1:
        lines.append(ONE_CHANGE_EACH)
    return Reply(text="\n".join(lines), question=question)

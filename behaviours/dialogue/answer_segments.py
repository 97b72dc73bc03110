"""Answering the segments of an utterance in order, and joining the answers into one reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from behaviours.dialogue.ask_agents import AskAgents
from behaviours.dialogue.carry_out import CarryOut
from ontology.acl import Declined
from ontology.dialogue.acts import AnswerUtterance, Reply
from ontology.dialogue.asking_back import (
    ask_whether,
    ask_whether_all,
    ask_which_intent,
    ask_which_time,
    offer_instead,
)
from ontology.dialogue.concepts import Intent, Interpretation, Segment
from ontology.dialogue.deciding import Decision, Verdict, decide
from ontology.dialogue.not_yet import NOT_YET
from ontology.dialogue.wording import NOT_UNDERSTOOD, Wording, quoted
from ontology.reminders.acts import REMINDERS, NothingFound, WhichReminders
from ontology.reminders.concepts import Reminder
from ontology.reminders.matching import holds, number_in

MOST_CHOICES = 9
ONE_QUESTION = "One question at a time: please say this again by itself afterwards."


@dataclass(frozen=True, slots=True)
class _Answer:
    """What to say to a segment, and whether it was done as it was asked."""

    reply: Reply
    done: bool


class AnswerSegments:
    """One utterance being answered, segment by segment; one that fails stops no other."""

    def __init__(self, asked: AnswerUtterance, ask: AskAgents) -> None:
        self._asked = asked
        self._ask = ask
        self._carry = CarryOut(asked, ask)
        self._say = Wording(asked.person, asked.said_at)

    async def reply(self, segments: Sequence[Segment]) -> Reply:
        """Reply to all of them at once. Raises NoAnswer."""
        answers = [await self._answer(each) for each in segments]
        if len(answers) == 1:
            return answers[0].reply
        return _joined(segments, answers)

    async def _answer(self, segment: Segment) -> _Answer:
        if segment.likeliest.intent is Intent.CHOOSE:
            return await self._chosen(segment.likeliest)
        decision = decide(segment.readings)
        match decision.verdict:
            case Verdict.ACT:
                return await self._act(decision.readings[0])
            case Verdict.CONFIRM:
                return _Answer(await self._confirm(decision), done=False)
            case Verdict.WHICH_TIME:
                return _Answer(ask_which_time(decision.readings, self._say), done=False)
            case Verdict.IS_THAT_ALL:
                return _Answer(ask_whether_all(decision.readings[0], self._say), done=False)
            case Verdict.WHICH_INTENT:
                return _Answer(ask_which_intent(decision.readings, self._say), done=False)
            case Verdict.NOT_UNDERSTOOD:
                return _Answer(Reply(text=NOT_UNDERSTOOD), done=False)

    async def _chosen(self, reading: Interpretation) -> _Answer:
        """Do what was chosen: it was certain, or became so by being chosen."""
        options = self._asked.question.options if self._asked.question else ()
        if reading.choice is None or not 1 <= reading.choice <= len(options):
            return _Answer(Reply(text=NOT_UNDERSTOOD), done=False)
        return await self._act(options[reading.choice - 1].then)

    async def _act(self, reading: Interpretation) -> _Answer:
        if reading.intent in NOT_YET:
            return _Answer(offer_instead(reading, self._say), done=False)
        try:
            return _Answer(await self._carry.out(reading), done=reading.problem is None)
        except Declined as no:
            return _Answer(self._carry.declined(reading, no), done=False)

    async def _confirm(self, decision: Decision) -> Reply:
        """Ask before something is deleted on less than certainty; say so if nothing fits."""
        reading, *others = decision.readings
        question = WhichReminders(person_id=self._asked.person.id)
        kept = (await self._ask.query("reminders", REMINDERS, question)).reminders
        fitting = [each for each in kept if _can_mean(reading.target, each)]
        if len(fitting) == 1:
            return ask_whether(reading, fitting[0], self._say)
        if fitting:
            more = len(fitting) > MOST_CHOICES
            return self._carry.ask_which(reading, fitting[:MOST_CHOICES], more=more)
        otherwise = next((each for each in others if each.intent in NOT_YET), None)
        if otherwise is not None:
            return Reply(text=str(NOT_YET[otherwise.intent]))
        return Reply(text=self._say.reason(NothingFound(target=reading.target)))


def _can_mean(words: str | None, reminder: Reminder) -> bool:
    """Tell whether these words can mean a reminder; none can mean any."""
    if words is None:
        return True
    return number_in(words) == reminder.number or holds(reminder.text, words)


def _joined(segments: Sequence[Segment], answers: Sequence[_Answer]) -> Reply:
    """Return one reply: what was not done is named, and the first question stands open."""
    question = None
    lines: list[str] = []
    for segment, answer in zip(segments, answers, strict=True):
        text = answer.reply.text
        if answer.reply.question is not None and question is not None:
            text = ONE_QUESTION
        question = question or answer.reply.question
        lines.append(text if answer.done else f"{quoted(segment.text)}: {text}")
    return Reply(text="\n".join(lines), question=question)

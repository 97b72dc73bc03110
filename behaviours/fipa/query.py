"""fipa-query (SC00027): one agent asks another to tell.

::

    query-ref ─▶ inform
              ─▶ refuse | failure | not-understood
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, Generic, TypeVar, cast

import structlog

from behaviours.fipa.exchange import Exchange, Role, Voice
from behaviours.fipa.initiator import conclude, hear_out, open_with
from ontology.acl import Content, Declined, Envelope, Performative, Question, Unexpected
from ontology.errors import NoAnswer, ServerError
from ontology.protocols import QUERY, Conversation
from ontology.vocabulary import Vocabulary

log = structlog.get_logger(__name__)

Q = TypeVar("Q", bound=Question[Any])
R = TypeVar("R", bound=Content)


class QueryResponder(Role, Generic[Q, R]):
    """Answers one kind of question: write :meth:`tell`. Changes nothing, so it may repeat."""

    protocol = QUERY
    question: ClassVar[type[Question[Any]]]

    @property
    def opens(self) -> type[Question[Any]]:
        """The question."""
        return self.question

    @abstractmethod
    async def tell(self, question: Q, asker: str) -> R:
        """Return the answer, or raise :class:`Refused` or :class:`Failed`."""

    async def converse(self, opening: Envelope[Q], exchange: Exchange) -> None:
        """Answer one question."""
        try:
            told = await self.tell(opening.content, opening.sender)
        except Declined as no:
            await exchange.say(opening.answer(no.performative, no.reason))
        except (NoAnswer, ServerError) as error:
            # Who asked us hears nothing, and asks again.
            log.warning("no answer to pass on", act=opening.content.act, why=str(error))
        except Exception:
            log.exception("broke", act=opening.content.act, conversation=opening.conversation)
            await exchange.say(opening.answer(Performative.FAILURE, Unexpected()))
            exchange.unsay()  # asked again, it may go well
        else:
            await exchange.say(opening.answer(Performative.INFORM, told))


async def query(
    voice: Voice,
    vocabulary: Vocabulary,
    question: Question[R],
    *,
    to: str,
    conversation: str,
    within: float,
) -> R:
    """Ask ``to`` and return the answer. ``within`` is in seconds.

    Raises :class:`Refused`, :class:`Failed`, :class:`NotUnderstood` or :class:`NoAnswer`.
    """
    opening = open_with(QUERY, vocabulary, question, voice, to, conversation, within)
    walk = Conversation(QUERY)
    walk.advance(opening.performative)
    answers = [answer async for answer in hear_out(voice, opening, walk, within)]
    return cast(R, conclude(answers[-1]))

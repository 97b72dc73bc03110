"""What Twilio asks and tells us over HTTP, all of it signed.

=============================  =====================================================
``/twilio/call/…``             somebody picked up: what is to be said?
``/twilio/keys/…``             … and pressed a key
``/twilio/status/…``           what became of a call or a text
``/twilio/message``            somebody writes to us
``/twilio/voice``              somebody calls us
``/twilio/voice/keys``         … and pressed a key
=============================  =====================================================
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from gateways.http.webhooks import TEXT, XML, Answer, Request, Webhook
from gateways.twilio.answering import AnswerCalls
from gateways.twilio.calling import TellCalled
from gateways.twilio.reports import TakeReports
from gateways.twilio.signature import HEADER, SETTINGS, TAKES, Forged, form_of
from gateways.twilio.texting import HearTexts
from ontology.web.ports import Agents, Intake

Form = dict[str, str]
SOURCE: Final = "twilio"


def webhooks(
    token: str,
    agents: Agents,
    intake: Intake,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Sequence[Webhook]:
    """Return the routes of an account with this auth token."""
    called = TellCalled(agents, intake, clock)
    calling = AnswerCalls(intake, agents, clock)
    texts = HearTexts(intake, agents, clock)
    reports = TakeReports(intake, agents)
    about = "{person}/{step}/{ids}"
    table: tuple[tuple[str, str, Callable[[Request, Form], Awaitable[str]]], ...] = (
        (f"/twilio/call/{{language}}/{about}", "A call was answered", called.answered),
        (f"/twilio/keys/{{language}}/{about}", "A key was pressed in it", called.pressed),
        (f"/twilio/status/{{channel}}/{about}", "What became of an attempt", reports.report),
        ("/twilio/message", "A person writes", texts.hear),
        ("/twilio/voice", "A person calls", calling.answer),
        ("/twilio/voice/keys", "A person who calls pressed a key", calling.pressed),
    )
    return [
        Webhook(
            method="POST",
            path=path,
            handler=_signed(token, work),
            source=SOURCE,
            summary=summary,
            takes=TAKES,
            statuses=(200, 400, 403),
            headers=(HEADER, SETTINGS),
        )
        for path, summary, work in table
    ]


def _signed(
    token: str, work: Callable[[Request, Form], Awaitable[str]]
) -> Callable[[Request], Awaitable[Answer]]:
    async def handle(request: Request) -> Answer:
        try:
            form = form_of(request, token)
        except Forged:
            return Answer(status=403, content_type=TEXT, body="Not signed by Twilio.\n")
        try:
            return Answer(content_type=XML, body=await work(request, form))
        except (KeyError, ValueError):
            return Answer(status=400, content_type=TEXT, body="Not as Twilio asks.\n")

    return handle

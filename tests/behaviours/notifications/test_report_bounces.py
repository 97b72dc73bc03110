from __future__ import annotations

from functools import partial
from typing import Any, cast
from uuid import uuid4

import pytest

from behaviours.notifications.report_bounces import Bounce, ReportBounces
from ontology.acl import Failed
from ontology.errors import NoAnswer
from ontology.notifications.acts import NothingSent
from ontology.people.concepts import Person
from tests.behaviours.duties import on_duty
from tests.clients.waiting import eventually
from tests.fakes.people import FakePeople

pytestmark = pytest.mark.usefixtures("virtual_time")

ADDRESS = "somebody@example.org"


class Desk:
    """Where bounces are reported; it answers each report with what is queued, at last yes."""

    def __init__(self, monkeypatch, *answers):
        self.person = Person(id=uuid4(), name="somebody", zone="UTC")
        self.people = FakePeople()
        self.noted, self.handled, self.answers = [], [], list(answers)
        nobody, acquaintances = cast(Any, None), cast(Any, self)
        self.duty = ReportBounces(self.people, nobody, acquaintances)
        monkeypatch.setattr("behaviours.notifications.report_bounces.request", self.request)

    async def offering(self, voice, service):
        return ("notifier@localhost",)

    async def request(self, voice, vocabulary, action, *, to, conversation, within):
        self.noted.append((action.id, action.person_id, action.why))
        if self.answers:
            raise self.answers.pop(0)

    async def reports(self, *message_ids, address=ADDRESS):
        await self.people.add(self.person, ADDRESS)
        for message_id in map(str, message_ids):
            handled = partial(self.handled.append, message_id)
            self.duty.take(Bounce(message_id, address, "gone", handled))
        async with on_duty(self.duty):
            await eventually(
                lambda: self.handled == list(map(str, message_ids)), "all are reported", 60
            )


async def test_what_came_back_is_reported_with_whom_it_was_for_and_why(monkeypatch):
    desk, sent = Desk(monkeypatch), uuid4()

    await desk.reports(sent)

    assert desk.noted == [(sent, desk.person.id, "gone")]


async def test_it_is_reported_again_until_the_notifier_answers(monkeypatch):
    desk = Desk(monkeypatch, NoAnswer("away"), NoAnswer("away"))
    first, second = uuid4(), uuid4()

    await desk.reports(first, second)

    assert [noted[0] for noted in desk.noted] == [first, first, first, second]


async def test_what_was_no_notification_is_left_alone(monkeypatch):
    desk = Desk(monkeypatch, Failed(NothingSent()))

    await desk.reports(uuid4(), "not one of our ids")

    assert len(desk.noted) == 1


async def test_nobody_known_has_nothing_to_come_back(monkeypatch):
    desk = Desk(monkeypatch)

    await desk.reports(uuid4(), address="stranger@example.org")

    assert desk.noted == []

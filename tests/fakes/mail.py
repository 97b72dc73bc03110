"""Mails in memory."""

from __future__ import annotations

import asyncio

from ontology.mail.concepts import Mail, Told
from ontology.notifications.concepts import attempt_key
from ontology.notifications.posted import Posted


class FakeComposer:
    def notification(self, notification, step, person, to):
        return Mail(
            message_id=str(attempt_key(notification.id, step)),
            to=to,
            subject=notification.text,
            text=notification.text,
            html="",
            told=Told(
                notification_id=notification.id, person_id=notification.person_id, step=step
            ),
        )

    def text(self, key, to, text):
        return Mail(message_id=str(key), to=to, subject="a text", text=text, html="")


class FakeMailServer:
    """Takes every mail; ``answers`` are given first, in order. ``takes`` seconds for each."""

    def __init__(self):
        self.answers, self.asked, self.taken = [], [], []
        self.takes = 0.0
        self.at_once = self.most_at_once = 0

    async def post(self, mail):
        self.asked.append(mail)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.takes)
        finally:
            self.at_once -= 1
        if self.answers:
            return self.answers.pop(0)
        self.taken.append(mail)
        return Posted.sent(f"queued as {len(self.taken)}")

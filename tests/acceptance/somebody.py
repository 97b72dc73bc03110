"""A person with a client at their desk, a phone and a mailbox, and what reaches them there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from config.home import Home
from ontology.people.addresses import TELEGRAM
from ontology.people.codes import Code, digest_of, digits_of
from ontology.people.concepts import Person
from storage.codes import PostgresCodes
from tests.clients.slixmpp_client import SlixmppClient
from tests.clients.waiting import eventually
from tests.vendors.twilio import ACCOUNT

if TYPE_CHECKING:
    from tests.acceptance.channels import Channels

OUR_NUMBER = "+4930999999"
SOON = 25.0
"""Seconds within which what is to happen has happened; only a failing test waits them out."""


@dataclass(frozen=True)
class Ringing:
    """A call that Twilio was asked to place."""

    channels: Channels
    sid: str
    to: str
    url: str
    report_to: str

    def form(self, **more: str) -> dict[str, str]:
        return {
            "AccountSid": ACCOUNT,
            "CallSid": self.sid,
            "From": OUR_NUMBER,
            "To": self.to,
            "CallStatus": "in-progress",
            **more,
        }

    async def answered(self, by: str = "human") -> str:
        """Somebody, or something, picks up; return what is spoken."""
        status, said = await self.channels.posts(self.url, self.form(AnsweredBy=by))
        assert status == 200, said
        return said

    async def pressed(self, key: str) -> str:
        """… and presses a key; return what is spoken then."""
        status, said = await self.channels.posts(self.keys, self.form(Digits=key))
        assert status == 200, said
        return said

    @property
    def keys(self) -> str:
        return self.url.replace("/twilio/call/", "/twilio/keys/")

    async def ends(self, status: str) -> None:
        """It is over, and Twilio reports how."""
        told, said = await self.channels.posts(self.report_to, self.form(CallStatus=status))
        assert told == 200, said

    @property
    def is_ended(self) -> bool:
        """Whether we have had Twilio end it."""
        return self.sid in self.channels.twilio.hung_up


class Somebody:
    """One person of the household."""

    def __init__(self, channels: Channels, person: Person, chat: SlixmppClient, n: int) -> None:
        self.channels, self.person, self.chat = channels, person, chat
        self.telegram = 5_000 + n
        self.number = f"+4930{100_000 + n}"
        self.mail = f"person{n}@example.org"

    def address(self, scheme: str) -> str:
        value = {"telegram": self.telegram, "tel": self.number, "mailto": self.mail}[scheme]
        return f"{scheme}:{value}"

    @property
    def id(self) -> UUID:
        return self.person.id

    @property
    def zone(self) -> str:
        return self.person.zone

    async def telegram_code(self) -> str:
        """Return a code that links an account to them, as the assistant issues it."""
        key = Home(self.channels.home.home).secret("codes").encode()
        code = Code(uuid4(), self.id, TELEGRAM)
        digits = digits_of(code, key)
        assert await PostgresCodes(self.channels.store).issue(code, digest_of(digits, key))
        return digits

    # -- what they see -------------------------------------------------------------------------

    async def told_in_chat(self, text: str) -> None:
        await self.chat.hears("⏰", text)

    def reads_on_telegram(self, *words: str) -> int:
        """How many of the bot's messages read like this now."""
        read = self.channels.telegram.sees(self.telegram)
        return sum(all(word in text for word in words) for text in read)

    async def sees_on_telegram(self, *words: str, count: int = 1) -> None:
        await eventually(
            lambda: self.reads_on_telegram(*words) >= count or None,
            lambda: f"{words} on Telegram: {self.channels.telegram.sees(self.telegram)}",
            SOON,
        )

    def writes(self, text: str) -> None:
        """Write to the bot."""
        self.channels.telegram.writes(self.telegram, text)

    @property
    def calls(self) -> list[Ringing]:
        """The calls to them, in order."""
        return [
            Ringing(
                self.channels,
                f"CA{place:032x}",
                self.number,
                form["Url"][0],
                form["StatusCallback"][0],
            )
            for place, (kind, form) in enumerate(self.channels.twilio.asked, 1)
            if kind == "calls" and form["To"] == [self.number]
        ]

    async def is_called(self, times: int = 1) -> Ringing:
        """Wait for a call and return it."""

        def rings() -> Ringing | None:
            calls = self.calls
            return calls[-1] if len(calls) >= times else None

        return await eventually(rings, f"call {times} to {self.number}", SOON)

    @property
    def texts(self) -> list[str]:
        return [
            form["Body"][0]
            for form in self.channels.twilio.placed("messages")
            if form["To"] == [self.number]
        ]

    async def gets_text(self, *words: str) -> str:
        def got() -> str | None:
            found = [t for t in self.texts if all(word in t for word in words)]
            return found[-1] if found else None

        return await eventually(got, lambda: f"an SMS with {words}: {self.texts}", SOON)

    async def gets_texts(self, count: int) -> None:
        await eventually(
            lambda: len(self.texts) >= count or None,
            lambda: f"{count} SMS: {self.texts}",
            SOON,
        )

    async def texts_us(self, body: str, sid: str | None = None) -> str:
        """Write an SMS; return its id."""
        sid = sid or self.channels.message_sid()
        form = {"From": self.number, "To": OUR_NUMBER, "Body": body, "MessageSid": sid}
        status, said = await self.channels.posts("/twilio/message", form)
        assert status == 200, said
        return sid

    async def gets_mail(self, times: int = 1) -> dict[str, str]:
        """Wait for a mail and return its links, by what they say."""

        def got() -> dict[str, str] | None:
            mails = [mail for mail in self.channels.mail.mails if mail["To"] == self.mail]
            return links_in(mails[-1]) if len(mails) >= times else None

        return await eventually(got, f"mail {times} to {self.mail}", SOON)

    # -- what stands in the database -----------------------------------------------------------

    async def chain_is(self, state: str) -> None:
        """Wait until each of their chains has ended like this."""
        await self.stands("array_agg(DISTINCT state) = ARRAY[$2] FROM chains", state)

    async def attempts(self) -> list[tuple[int, str, str]]:
        """Return what was tried, in order: step, channel and what came of it."""
        rows = await self.channels.database.rows(
            "SELECT step, channel, outcome FROM attempts WHERE person_id = $1 ORDER BY seq",
            self.id,
        )
        return [tuple(row) for row in rows]

    async def occurrence_is(self, state: str) -> None:
        """Wait until one of their occurrences stands like this."""
        await self.stands("count(*) FILTER (WHERE state = $2) > 0 FROM occurrences", state)

    async def awaits_answer(self, step: int = 0) -> None:
        """Wait until it is noted that this step was taken: then only time moves the chain."""
        waiting = """bool_or(attempts.step = $2 AND claim IS NULL
            AND attempts.ended_at IS NOT NULL AND ready_at > steward_now())
            FROM chains JOIN attempts USING (notification_id, person_id)"""
        await self.stands(waiting, step)

    async def stands(self, condition: str, *arguments: object) -> None:
        """Wait until something is so of their rows; $1 is the person."""
        query = f"SELECT {condition} WHERE person_id = $1"
        await self.channels.stands(query, self.id, *arguments)

    async def does_not_answer(self, step: int = 0, minutes: float = 10) -> None:
        """Let the time pass in which they might have answered a step."""
        await self.awaits_answer(step)
        await self.channels.advance(minutes=minutes)

    async def is_reminded(self, text: str) -> None:
        """Ask in chat to be reminded in a minute, and let that minute pass."""
        assert text in await self.chat.ask(f"remind me in 1 minute to {text}")
        await self.channels.advance(minutes=1)


def links_in(mail: EmailMessage) -> dict[str, str]:
    plain = mail.get_body(("plain",))
    assert plain is not None
    text = plain.get_content()
    return dict(re.findall(r"^([^:\n]+): (http\S+)", text, re.MULTILINE))

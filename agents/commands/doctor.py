"""``steward doctor``: whether what this installation was given works, and how to mend it."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import sys
import time
from collections.abc import Awaitable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from agents.platform import link_keys, operator
from agents.servers import Addresses, servers
from config.home import Home
from config.logging import configure
from config.settings import Settings
from gateways.checking.finding import Finding
from ontology.errors import NoAnswer, SettingsError, StewardError
from ontology.notifications.concepts import Channel
from ontology.notifications.setting_up import say_lacking

WITHIN: Final = 20.0
"""Seconds for everything together; each question to others has less."""

SERVER_SECONDS: Final = 8.0
SKEW: Final = timedelta(seconds=2)
"""How far the clocks of this machine and of the database may be apart."""

START: Final = "start Steward with “steward run”, or the server that runs elsewhere"
CLOCKS: Final = "have both machines set their clocks by NTP: the database's clock rings"


def doctor(*, as_json: bool) -> int:
    """Print what was found; exit code 0 if all is well, 1 if something is wrong.

    Raises SettingsError where a setting is wrong or there is no home yet.
    """
    settings = Settings.read()
    home = Home(settings.home).existing()
    configure("error")
    found = asyncio.run(_look(settings, home))
    idle = [line for channel in Channel if (line := say_lacking(channel, settings.given))]
    told = _as_json(found, idle) if as_json else _in_words(found, idle)
    sys.stdout.write(f"{told}\n")
    return 0 if all(each.works for each in found) else 1


async def _look(settings: Settings, home: Home) -> Sequence[Finding]:
    checks = [_servers(settings, home), *_credentials(settings), *_public(settings, home)]
    tasks = [asyncio.create_task(_bounded(check)) for check in checks]
    return [finding for task in tasks for finding in await task]


async def _bounded(check: Awaitable[Sequence[Finding]]) -> Sequence[Finding]:
    try:
        async with asyncio.timeout(WITHIN):
            return await check
    except TimeoutError:
        return [
            Finding("a check", f"not over in {WITHIN:g} s", "look at the network from here")
        ]
    except SettingsError as error:
        return [Finding("settings", "one is wrong", str(error))]


async def _servers(settings: Settings, home: Home) -> Sequence[Finding]:
    from gateways.checking.public_address import kept_certificate

    try:
        async with servers(settings, home, parts=()) as addresses:
            found = [await _database(addresses), await _xmpp(addresses)]
    except StewardError as error:
        return [Finding("servers", str(error), START)]
    return [*found, *kept_certificate(home.certificates / "server.pem")]


async def _database(addresses: Addresses) -> Finding:
    from storage.database import Database
    from storage.figures import PostgresFigures

    try:
        async with asyncio.timeout(SERVER_SECONDS):
            database = await Database.open(addresses.database_url)
            try:
                asked, began = datetime.now(UTC), time.perf_counter()
                now = await PostgresFigures(database).now()
                took = time.perf_counter() - began
            finally:
                await database.close()
    except (StewardError, TimeoutError) as error:
        return Finding("database", str(error) or "no answer", START)
    apart = abs(now - asked) - timedelta(seconds=took)
    if apart > SKEW:
        said = f"its clock and this machine's are {apart.total_seconds():.1f} s apart"
        return Finding("database", said, CLOCKS)
    return Finding("database", f"answers in {took * 1000:.0f} ms")


async def _xmpp(addresses: Addresses) -> Finding:
    what = "XMPP"
    try:
        async with asyncio.timeout(SERVER_SECONDS), operator(addresses) as asks:
            told = await asks.everybody(SERVER_SECONDS / 2)
    except NoAnswer:
        return Finding(what, "it lets us in, but the directory does not answer", START)
    except (StewardError, TimeoutError) as error:
        return Finding(what, str(error) or "no answer", START)
    alive = sum(provider.available for provider in told.providers)
    return Finding(what, f"lets us in; {alive} agents are there")


def _credentials(settings: Settings) -> Iterator[Awaitable[Sequence[Finding]]]:
    from gateways.checking import vendors

    if settings.telegram_token is not None:
        token = settings.telegram_token.get_secret_value()
        yield vendors.telegram(token, settings.telegram_url)
    if settings.twilio_account and settings.twilio_token is not None:
        yield vendors.twilio(
            settings.twilio_account,
            settings.twilio_token.get_secret_value(),
            settings.twilio_url,
            number=settings.twilio_number,
            public_url=settings.public_url,
        )
    if settings.sendgrid_key is not None:
        yield vendors.sendgrid(
            settings.sendgrid_key.get_secret_value(),
            settings.sendgrid_url,
            event_key=settings.sendgrid_event_key is not None,
            public=settings.public_url is not None,
        )
    if settings.smtp_url is not None and settings.mail_from is not None:
        yield _smtp(settings.smtp_url.get_secret_value(), settings.mail_from)


async def _smtp(url: str, sender: str) -> Sequence[Finding]:
    from gateways.smtp.address import SmtpAddress
    from gateways.smtp.server import SmtpServer

    complaint = await SmtpServer(SmtpAddress.of(url), sender).complaint()
    if complaint is not None:
        mend = "correct STEWARD_SMTP_URL: host, port, user and password"
        return [Finding("mail server", complaint, mend)]
    return [Finding("mail server", "lets us in")]


def _public(settings: Settings, home: Home) -> Iterator[Awaitable[Sequence[Finding]]]:
    from gateways.checking.public_address import public_address, served_certificate
    from ontology.links import Link, Purpose, signed

    if settings.public_url is None:
        return
    nobody, long_ago = UUID(int=0), datetime(2000, 1, 1, tzinfo=UTC)
    expired = signed(Link(Purpose.DONE, nobody, nobody, long_ago), link_keys(home))
    yield public_address(settings.public_url, expired)
    yield served_certificate(settings.public_url)


def _as_json(found: Sequence[Finding], idle: Sequence[str]) -> str:
    return json.dumps({"found": [dataclasses.asdict(it) for it in found], "not set up": idle})


def _in_words(found: Sequence[Finding], idle: Sequence[str]) -> str:
    lines = [_line(finding) for finding in found]
    # What was never set up is no fault.
    lines += [f"{'–':6}{line}" for line in idle]
    return "\n".join(lines)


def _line(finding: Finding) -> str:
    line = f"{'ok' if finding.works else 'WRONG':6}{finding.what}: {finding.said}"
    return f"{line}\n      → {finding.mend}" if finding.mend else line

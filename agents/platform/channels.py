"""Making the agents that reach people elsewhere than in chat, and the routes they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.platform.plumbing import Plumbing
from agents.platform.roster import set_up
from config.home import Home
from config.settings import Settings
from ontology.permissions import AgentName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agents.base import BaseAgent
    from agents.web import WebAgent
    from behaviours.xmpp.stream import Account as Login
    from gateways.http.webhooks import Webhook
    from ontology.links import LinkKeys
    from ontology.mail.ports import MailServer


def link_keys(home: Home) -> LinkKeys:
    """Return the keys that sign links; ``secrets/links-earlier`` may hold earlier ones."""
    from ontology.links import LinkKeys

    earlier = home.secret_file("links-earlier")
    lines = earlier.read_text(encoding="utf-8").split() if earlier.exists() else []
    return LinkKeys.of(home.secret("links"), *lines)


def web(login: Login, plumbing: Plumbing) -> BaseAgent:
    """Return the web agent, and note the routes that it answers for."""
    from agents.web import WebAgent
    from storage.arrivals import PostgresArrivals

    agent = WebAgent(
        login, journal=plumbing.journal, arrivals=PostgresArrivals(plumbing.database)
    )
    plumbing.webhooks.extend(_routes(plumbing.settings, plumbing.home, agent))
    return agent


def _routes(settings: Settings, home: Home, agent: WebAgent) -> Iterator[Webhook]:
    """Yield what is served of every channel that is set up."""
    from gateways.http import action_pages

    heard = (agent.colleagues, agent.intake)
    yield from action_pages.webhooks(link_keys(home), *heard)
    if settings.twilio_token is not None and set_up(AgentName.PHONE, settings):
        from gateways.twilio.webhooks import webhooks as of_twilio

        yield from of_twilio(settings.twilio_token.get_secret_value(), *heard)
    if settings.sendgrid_event_key is not None:
        from gateways.sendgrid import webhooks as of_sendgrid

        yield from of_sendgrid(settings.sendgrid_event_key, *heard)


def mail(login: Login, plumbing: Plumbing) -> BaseAgent:
    """Return the mail agent over the server that takes mails."""
    from agents.mail import MailAgent
    from gateways.mail import MailComposer
    from storage.dispatches import PostgresDispatches
    from storage.people import PostgresPeople

    database, settings = plumbing.database, plumbing.settings
    sender = settings.mail_from or ""
    return MailAgent(
        login,
        journal=plumbing.journal,
        people=PostgresPeople(database),
        dispatches=PostgresDispatches(database),
        composer=MailComposer(sender, settings.public_url, link_keys(plumbing.home)),
        server=_mail_server(settings, sender),
    )


def _mail_server(settings: Settings, sender: str) -> MailServer:
    """Return what takes mails over: SendGrid where there is a key, else one's own server."""
    if settings.sendgrid_key is not None:
        from gateways.sendgrid import SendGrid

        key = settings.sendgrid_key.get_secret_value()
        return SendGrid(key, settings.sendgrid_url, sender)
    from gateways.smtp import SmtpServer
    from gateways.smtp.address import SmtpAddress

    url = settings.smtp_url.get_secret_value() if settings.smtp_url else ""
    return SmtpServer(SmtpAddress.of(url), sender)


def phone(login: Login, plumbing: Plumbing) -> BaseAgent:
    """Return the phone agent over Twilio."""
    from agents.phone import PhoneAgent
    from gateways.twilio.telephone import Account, TwilioTelephone
    from storage.dispatches import PostgresDispatches
    from storage.people import PostgresPeople

    settings = plumbing.settings
    token = settings.twilio_token
    account = Account(
        sid=settings.twilio_account or "",
        token=token.get_secret_value() if token else "",
        number=settings.twilio_number,
        whatsapp=settings.twilio_whatsapp,
        url=settings.twilio_url,
        public_url=settings.public_url,
    )
    return PhoneAgent(
        login,
        journal=plumbing.journal,
        people=PostgresPeople(plumbing.database),
        telephone=TwilioTelephone(account),
        dispatches=PostgresDispatches(plumbing.database),
        channels=set_up(AgentName.PHONE, settings),
    )


def telegram(login: Login, plumbing: Plumbing) -> BaseAgent:
    """Return the Telegram agent over the bot."""
    from agents.telegram import TelegramAgent
    from gateways.telegram import TelegramBot
    from storage.arrivals import PostgresArrivals
    from storage.dispatches import PostgresDispatches
    from storage.people import PostgresPeople

    database, settings = plumbing.database, plumbing.settings
    token = settings.telegram_token
    return TelegramAgent(
        login,
        journal=plumbing.journal,
        people=PostgresPeople(database),
        dispatches=PostgresDispatches(database),
        arrivals=PostgresArrivals(database),
        bot=TelegramBot(token.get_secret_value() if token else "", settings.telegram_url),
    )

"""SPADE's web application of one agent, with pages of our own and actions by POST only.

SPADE's own routes are never set up: with them a link could stop an agent, its index fails on a
contact that was never online, and sending a message logs the text. The application itself, its
template names and its menu are SPADE's, so what an agent adds to ``agent.web`` is served too.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any, Final

import structlog
from aiohttp import web

from gateways.http.inspected import Agent, Behaviour
from gateways.http.rendering import TEMPLATES, quoted, render
from gateways.http.views import (
    DUTY,
    LISTENING,
    contract,
    remembered,
    view_agent,
    view_behaviour,
    view_contact,
)

log = structlog.get_logger(__name__)

STOP_SECONDS: Final = 10.0
LONGEST_MESSAGE: Final = 10_000

NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""One of these would close the agent's stream (XML 1.0, section 2.2)."""

NOTICES: Final = {
    "ending": "The behaviour ends and is taken up anew.",
    "stopped": "The agent was stopped. It starts again with the next “steward run”.",
    "sent": "The message was sent.",
    "unsubscribed": "The agent no longer asks to see this contact's presence.",
}
"""What a page says after an action; the query carries only the key."""

BEHAVIOUR: Final = "/behaviour/{kind}/{name}/"
CONTACT: Final = "/contact/{jid}/"


class AgentPages:
    """The pages of one agent, mounted under ``prefix``."""

    def __init__(self, agent: Agent, prefix: str) -> None:
        self._agent = agent
        self._prefix = prefix

    def add_to(self, site: web.Application) -> None:
        """Mount the agent's application."""
        spade = self._agent.web
        spade.add_template_path(str(TEMPLATES))
        router = spade.app.router
        router.add_get("/", self.overview)
        router.add_get("/messages/", self.messages)
        router.add_get(BEHAVIOUR, self.behaviour)
        router.add_get(CONTACT, self.contact)
        router.add_post("/stop/", self.stop)
        router.add_post(f"{BEHAVIOUR}kill/", self.kill)
        router.add_post(f"{CONTACT}send/", self.send)
        router.add_post(f"{CONTACT}unsubscribe/", self.unsubscribe)
        site.router.add_get(self._prefix, self.with_slash)
        site.add_subapp(f"{self._prefix}/", spade.app)

    async def with_slash(self, _request: web.Request) -> web.StreamResponse:
        """Lead to the overview."""
        raise web.HTTPMovedPermanently(f"{self._prefix}/")

    async def overview(self, request: web.Request) -> web.StreamResponse:
        """Show roles, duties and contacts."""
        views = sorted(map(view_behaviour, self._agent.behaviours), key=lambda view: view.path)
        contacts = self._contacts()
        return self._page(
            "internal_tpl_index.html",
            request,
            shown=view_agent(self._agent),
            contract=contract(self._agent),
            roles=[view for view in views if view.kind not in (DUTY, LISTENING)],
            duties=[view for view in views if view.kind in (DUTY, LISTENING)],
            contacts=[view_contact(jid, it) for jid, it in sorted(contacts.items())],
        )

    async def messages(self, request: web.Request) -> web.StreamResponse:
        """Show what the agent heard and said lately."""
        conversation = request.query.get("conversation", "").strip()
        messages = remembered(self._agent, conversation=conversation)
        return self._page(
            "internal_tpl_messages.html", request, messages=messages, conversation=conversation
        )

    async def behaviour(self, request: web.Request) -> web.StreamResponse:
        """Show one role or duty and what it heard."""
        view = view_behaviour(self._behaviour(request))
        messages = remembered(self._agent, behaviour=view.path)
        return self._page("internal_tpl_behaviour.html", request, shown=view, messages=messages)

    async def contact(self, request: web.Request) -> web.StreamResponse:
        """Show one contact and what was said with it."""
        jid = self._contact(request)
        view = view_contact(jid, self._contacts()[jid])
        messages = remembered(self._agent, contact=jid)
        return self._page("internal_tpl_agent.html", request, shown=view, messages=messages)

    async def kill(self, request: web.Request) -> web.StreamResponse:
        """End a behaviour; the agent takes it up anew."""
        behaviour = self._behaviour(request)
        behaviour.kill()
        log.warning(
            "behaviour killed by its owner",
            agent=self._agent.address,
            behaviour=str(behaviour),
        )
        raise self._back("", "ending")

    async def stop(self, _request: web.Request) -> web.StreamResponse:
        """Stop the agent."""
        log.warning("agent stopped by its owner", agent=self._agent.address)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._agent.stop()
        except TimeoutError:
            raise web.HTTPServiceUnavailable(text="The agent did not stop in time.") from None
        raise self._back("", "stopped")

    async def send(self, request: web.Request) -> web.StreamResponse:
        """Send a contact a plain message in the agent's name."""
        jid = self._contact(request)
        text = str((await request.post()).get("message", ""))
        if not text.strip() or len(text) > LONGEST_MESSAGE or NOT_IN_XML.search(text):
            raise web.HTTPBadRequest(text="A message needs a text of at most 10,000 letters.")
        if not self._agent.stream.online:
            raise web.HTTPConflict(text="The agent is not connected: nothing was sent.")
        self._agent.stream.send_message(jid, text, mtype="chat")
        log.info("message sent by the owner", agent=self._agent.address, size=len(text))
        raise self._back(f"contact/{quoted(jid)}/", "sent")

    async def unsubscribe(self, request: web.Request) -> web.StreamResponse:
        """Ask no more for a contact's presence."""
        jid = self._contact(request)
        self._agent.presence.unsubscribe(jid)
        log.info("contact unsubscribed by the owner", agent=self._agent.address)
        raise self._back("", "unsubscribed")

    def _page(self, template: str, request: web.Request, **context: object) -> web.Response:
        notice = NOTICES.get(request.query.get("did", ""))
        return render(template, request, notice=notice, **context)

    def _back(self, path: str, did: str) -> web.HTTPSeeOther:
        return web.HTTPSeeOther(f"{self._prefix}/{path}?did={did}")

    def _behaviour(self, request: web.Request) -> Behaviour:
        path = f"{request.match_info['kind']}/{request.match_info['name']}"
        for behaviour in self._agent.behaviours:
            if str(behaviour) == path:
                return behaviour
        raise web.HTTPNotFound

    def _contact(self, request: web.Request) -> str:
        jid = request.match_info["jid"]
        if jid not in self._contacts():
            raise web.HTTPNotFound
        return jid

    def _contacts(self) -> Mapping[str, Any]:
        # SPADE's get_contacts() knows only subscriptions that a roster push has confirmed.
        return self._agent.presence.contacts if self._agent.is_alive() else {}

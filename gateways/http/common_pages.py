"""The pages that belong to no single agent: sign-in, the agents, the journal."""

from __future__ import annotations

import math
from collections.abc import Sequence

import structlog
from aiohttp import web

from gateways.http.access import Access
from gateways.http.gate import keep_cookie
from gateways.http.inspected import Agent
from gateways.http.rendering import VISIT, render
from gateways.http.views import MOST_MESSAGES, journalled, view_agent
from ontology.errors import StewardError
from ontology.journal import Journal

log = structlog.get_logger(__name__)

HOME = "/"
WRONG = "That is not the right user and password."


class CommonPages:
    """Shows the platform and lets its owner in and out."""

    def __init__(
        self, access: Access, agents: Sequence[Agent], journal: Journal | None
    ) -> None:
        self._access = access
        self._agents = agents
        self._journal = journal

    def add_to(self, app: web.Application) -> None:
        """Add the routes."""
        app.router.add_get("/login", self.sign_in_form)
        app.router.add_post("/login", self.sign_in)
        app.router.add_post("/logout", self.sign_out)
        app.router.add_get(HOME, self.agents)
        app.router.add_get("/journal", self.journal)

    async def sign_in_form(self, request: web.Request) -> web.StreamResponse:
        """Ask for user and password."""
        wanted = _own_path(request.query.get("next", HOME))
        if request[VISIT].signed_in:
            raise web.HTTPSeeOther(wanted)
        page = render("login.html", request, wanted=wanted)
        keep_cookie(request, page, request[VISIT].cookie)
        return page

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        """Let the owner in."""
        form = await request.post()
        wanted = _own_path(str(form.get("next", HOME)))
        if wait := self._access.throttle.wait():
            return _wait(request, wanted, math.ceil(wait))
        session = self._access.sign_in(str(form.get("user", "")), str(form.get("password", "")))
        if session is None:
            log.warning("sign-in refused", remote=request.remote)
            page = render("login.html", request, wanted=wanted, complaint=WRONG)
            page.set_status(401)
            return page
        log.info("signed in", remote=request.remote)
        response = web.HTTPSeeOther(wanted)
        keep_cookie(request, response, session)
        raise response

    async def sign_out(self, request: web.Request) -> web.StreamResponse:
        """End the session."""
        self._access.sessions.close(request[VISIT].cookie)
        raise web.HTTPSeeOther("/login")

    async def agents(self, request: web.Request) -> web.StreamResponse:
        """List the agents of this process."""
        return render("agents.html", request, agents=[view_agent(it) for it in self._agents])

    async def journal(self, request: web.Request) -> web.StreamResponse:
        """Show what all agents said lately, or what is kept of one conversation."""
        if self._journal is None:
            raise web.HTTPNotFound
        conversation = request.query.get("conversation", "").strip()
        try:
            entries = [*await self._journal.latest(MOST_MESSAGES)]
            if conversation:
                entries += await self._journal.about(conversation, limit=MOST_MESSAGES)
        except StewardError as error:
            raise web.HTTPServiceUnavailable(text=str(error)) from error
        return render(
            "journal.html",
            request,
            conversation=conversation,
            messages=journalled(entries, conversation),
        )


def _wait(request: web.Request, wanted: str, seconds: int) -> web.StreamResponse:
    complaint = f"Too many wrong attempts. Try again in {seconds} s."
    page = render("login.html", request, wanted=wanted, complaint=complaint)
    page.set_status(429)
    page.headers["Retry-After"] = str(seconds)
    return page


def _own_path(path: str) -> str:
    """Return a path of ours as it is, and the first page in place of anything else."""
    foreign = not path.startswith("/") or path.startswith(("//", "/\\", "/login"))
    return HOME if foreign or not path.isprintable() or not path.isascii() else path

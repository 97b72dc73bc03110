"""The whole site: one application, with SPADE's application of every agent under /agents."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from gateways.http.access import Access
from gateways.http.agent_pages import AgentPages
from gateways.http.common_pages import CommonPages
from gateways.http.gate import LONGEST_FORM, Gate, add_headers
from gateways.http.inspected import Agent, Home, Settings
from gateways.http.rendering import STATIC, own_pages, prepare
from gateways.http.views import name_of
from ontology.journal import Journal

PASSWORD = "http-password"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def site(
    settings: Settings, home: Home, agents: Sequence[Agent], journal: Journal | None
) -> web.Application:
    """Return the application, not yet listening."""
    access = Access(home.secret(PASSWORD))
    names = LOOPBACK | {settings.http_host}
    if settings.http_allow_remote:
        names |= {settings.xmpp_domain}
    app = web.Application(
        middlewares=Gate(access, names, remote=settings.http_allow_remote).middlewares(),
        client_max_size=LONGEST_FORM,
    )
    app.on_response_prepare.append(add_headers)
    own_pages(app, settings.timezone, journalled_here=journal is not None)
    app.router.add_static("/static", STATIC)
    CommonPages(access, agents, journal).add_to(app)
    for agent in agents:
        prefix = f"/agents/{name_of(agent)}"
        AgentPages(agent, prefix).add_to(app)
        prepare(
            agent.web.app,
            settings.timezone,
            prefix=prefix,
            address=agent.address,
            journalled_here=journal is not None,
        )
    return app

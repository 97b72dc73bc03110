"""The whole site: pages, webhooks, and SPADE's application of every agent under /agents."""

from __future__ import annotations

from aiohttp import web

from gateways.http.access import Access
from gateways.http.agent_pages import AgentPages
from gateways.http.common_pages import CommonPages
from gateways.http.gate import LONGEST_FORM, Gate, Names, add_headers
from gateways.http.hooks import Hooks
from gateways.http.inspected import Home, Served, Settings
from gateways.http.limits import Limits
from gateways.http.measures import Measures
from gateways.http.rendering import STATIC, own_pages, prepare
from gateways.http.standing import Standing
from gateways.http.views import name_of
from gateways.http.visitors import LOOPBACK, Public

PASSWORD = "http-password"


def site(
    settings: Settings, home: Home, served: Served, limits: Limits | None = None
) -> web.Application:
    """Return the application, not yet listening."""
    access, measures = Access(home.secret(PASSWORD)), Measures()
    public = Public(settings.public_url)
    hooks = Hooks(served.webhooks, public, limits or Limits(), measures)
    own = LOOPBACK | {settings.http_host}
    if settings.http_allow_remote:
        own |= {settings.xmpp_domain}
    names = Names(own, public.host, remote=settings.http_allow_remote)
    gate = Gate(access, names, hooks.paths, measures, open_metrics=settings.http_open_metrics)
    app = web.Application(middlewares=gate.middlewares(), client_max_size=LONGEST_FORM)
    app.on_response_prepare.append(add_headers)
    own_pages(app, settings.timezone, journalled_here=served.journal is not None)
    app.router.add_static("/static", STATIC)
    hooks.add_to(app)
    Standing(served, measures).add_to(app)
    CommonPages(access, served.agents, served.journal).add_to(app)
    for agent in served.agents:
        prefix = f"/agents/{name_of(agent)}"
        AgentPages(agent, prefix).add_to(app)
        prepare(
            agent.web.app,
            settings.timezone,
            prefix=prefix,
            address=agent.address,
            journalled_here=served.journal is not None,
        )
    return app

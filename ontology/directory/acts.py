"""Speech acts of the ``directory`` ontology (FIPA SC00023, the directory facilitator)."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from ontology.acl import Action, Content, Question
from ontology.vocabulary import Vocabulary


class Provider(BaseModel):
    """An agent as the directory knows it: a bare JID, its services, and whether it is alive.

    Liveness is XMPP presence, as the server tells it; ``since`` is when it last changed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    agent: str
    services: tuple[str, ...]
    available: bool
    since: AwareDatetime


class Registered(Content):
    """The directory will name the agent to whoever asks."""

    act: Literal["registered"] = "registered"


class Register(Action[Registered]):
    """Offer services under the sender's own name; replaces what it offered before."""

    act: Literal["register"] = "register"
    services: tuple[str, ...]


class Providers(Content):
    """Who offers a service, those alive first."""

    act: Literal["providers"] = "providers"
    service: str | None = None
    providers: tuple[Provider, ...]


class WhoOffers(Question[Providers]):
    """Ask or subscribe: who offers this service; None asks for everybody."""

    act: Literal["who-offers"] = "who-offers"
    service: str | None = None


DIRECTORY: Final = Vocabulary("directory", Register, Registered, WhoOffers, Providers)

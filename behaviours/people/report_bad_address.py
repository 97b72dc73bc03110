"""Reporting that what is sent to an address comes back."""

from __future__ import annotations

from uuid import uuid4

import structlog

from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.exchange import Voice
from behaviours.fipa.request import request
from ontology.acl import Declined
from ontology.errors import NoAnswer
from ontology.people.acts import PEOPLE, MarkAddress

log = structlog.get_logger(__name__)

MARKED_WITHIN = 2.0


class ReportBadAddress:
    """Has whoever keeps ``people`` know an address as bad.

    Who is away then learns it the next time: the address will still be bad.
    """

    def __init__(self, voice: Voice, acquaintances: Acquaintances) -> None:
        self._voice = voice
        self._acquaintances = acquaintances

    async def report(self, address: str, why: str) -> None:
        """Report one address, with its scheme; ``why`` in the words of the channel."""
        try:
            people, *_ = await self._acquaintances.offering(self._voice, "people")
            await request(
                self._voice,
                PEOPLE,
                MarkAddress(address=address, why=why),
                to=people,
                conversation=uuid4().hex,
                within=MARKED_WITHIN,
            )
        except (NoAnswer, Declined) as error:
            log.warning("a bad address is not marked yet", why=str(error))

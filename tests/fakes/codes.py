"""Codes in memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ontology.people.addresses import normalised, scheme_of
from ontology.people.codes import GOOD_FOR, PER_HOUR, TRIES


@dataclass
class Row:
    code: object
    digest: bytes
    at: datetime
    tries: int = 0
    redeemed_by: str | None = None


class FakeCodes:
    def __init__(self, now=lambda: datetime.now(UTC)):
        self.now = now
        self.rows = {}

    async def issue(self, code, digest):
        lately = [
            row
            for id_, row in self.rows.items()
            if row.code.person_id == code.person_id
            and id_ != code.id
            and row.at > self.now() - timedelta(hours=1)
        ]
        if len(lately) >= PER_HOUR:
            return False
        self.rows.setdefault(code.id, Row(code, digest, self.now()))
        return True

    async def redeem_for(self, person_id, digest):
        def is_meant(code):
            return code.person_id == person_id and code.address is not None

        return self._redeem(is_meant, digest, str(person_id))

    async def redeem_from(self, address, digest):
        def is_meant(code):
            return code.scheme == scheme_of(address) and code.address is None

        return self._redeem(is_meant, digest, normalised(address))

    def _redeem(self, is_meant, digest, redeemer):
        good = [
            row
            for row in self.rows.values()
            if is_meant(row.code) and row.at > self.now() - GOOD_FOR and row.tries < TRIES
        ]
        found = [
            row for row in good if row.digest == digest and row.redeemed_by in (None, redeemer)
        ]
        if len(found) != 1:
            for row in good:
                row.tries += row.redeemed_by is None
            return None
        found[0].redeemed_by = redeemer
        return found[0].code

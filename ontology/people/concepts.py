"""People."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Person(BaseModel):
    """Somebody the assistant works for. ``zone`` is where their day takes place (IANA)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    name: str
    zone: str
    locale: str = "en_GB"

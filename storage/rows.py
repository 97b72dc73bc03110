"""Many rows in one statement: handed over as one JSON document, read back as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic_core import to_json
from sqlalchemy import (
    JSON,
    Column,
    Integer,
    TableValuedAlias,
    Text,
    cast,
    column,
    func,
    literal,
)

PLACE = "place"
"""The column that holds a row's place in the sequence it was handed over in."""


def given(
    columns: Iterable[Column[object]], rows: Iterable[Mapping[str, object]]
) -> TableValuedAlias:
    """Return ``rows`` as a table of these columns and their :data:`PLACE`.

    One parameter whatever their number, so one statement and one plan for any batch.
    """
    document = to_json([{**row, PLACE: place} for place, row in enumerate(rows)]).decode()
    return (
        func.json_to_recordset(cast(literal(document, Text), JSON))
        .table_valued(*(column(c.name, c.type) for c in columns), column(PLACE, Integer))
        .render_derived(name="given", with_types=True)
    )

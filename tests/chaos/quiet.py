"""Waiting until nothing is under way any more, and telling what was when it never got quiet."""

from __future__ import annotations

from collections.abc import Sequence

from tests.acceptance.database import RunningDatabase
from tests.clients.slixmpp_client import SlixmppClient

UNFINISHED = {
    "unanswered": "SELECT count(*) FROM utterances WHERE answered_at IS NULL",
    "unsettled": "SELECT count(*) FROM chat_messages WHERE settled_at IS NULL",
    "due": "SELECT count(*) FROM occurrences WHERE state IN ('scheduled', 'due', 'offered')"
    " AND due_at < steward_now() + interval '5 minutes'",
    "attempting": "SELECT count(*) FROM attempts a JOIN occurrences o ON o.id = notification_id"
    " WHERE ended_at IS NULL AND o.state IN ('scheduled', 'due', 'offered')",
}
HISTORY = {
    "utterance": "SELECT to_jsonb(u) FROM utterances u WHERE text LIKE $1 ORDER BY seq",
    "reminder": "SELECT to_jsonb(r) - 'words' FROM reminders r WHERE text LIKE $1",
    "occurrence": "SELECT to_jsonb(o) FROM occurrences o WHERE text LIKE $1 ORDER BY due_at",
    "message": "SELECT to_jsonb(m) FROM chat_messages m WHERE body LIKE $1 ORDER BY seq",
    "attempt": "SELECT to_jsonb(a) FROM attempts a JOIN occurrences o"
    " ON o.id = a.notification_id WHERE o.text LIKE $1 ORDER BY a.seq",
    "journal": "SELECT to_jsonb(j) - 'body' FROM journal j WHERE about && ("
    "SELECT array_agg(id::text) FROM (SELECT id FROM utterances WHERE text LIKE $1"
    " UNION SELECT id FROM occurrences WHERE text LIKE $1) AS ids) ORDER BY said_at LIMIT 40",
}


async def unfinished(
    database: RunningDatabase, clients: Sequence[SlixmppClient]
) -> dict[str, int]:
    """Return how much is still to be done, by kind; empty when all is quiet."""
    counts = {"unsent": sum(client.unsent for client in clients)}
    counts["offline"] = sum(not client.is_live for client in clients)
    for kind, query in UNFINISHED.items():
        counts[kind] = int(await database.value(query))
    return {kind: count for kind, count in counts.items() if count}


async def history_of(database: RunningDatabase, key: str) -> str:
    """Return all that the database knows about one task, for who has to find the cause."""
    lines = [f"--- {key}"]
    pattern = f"%task {key}%"
    for what, query in HISTORY.items():
        lines += [f"{what}: {row[0]}" for row in await database.rows(query, pattern)]
    return "\n".join(lines)

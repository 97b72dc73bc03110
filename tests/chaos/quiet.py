"""Waiting until nothing is under way any more, and telling what was when it never got quiet."""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg

from tests.acceptance.database import RunningDatabase
from tests.clients.slixmpp_client import SlixmppClient

UNFINISHED = {
    "unanswered": "SELECT count(*) FROM utterances WHERE answered_at IS NULL",
    "unsettled": "SELECT count(*) FROM chat_messages WHERE settled_at IS NULL",
    "due": "SELECT count(*) FROM occurrences WHERE state IN ('scheduled', 'due', 'offered')"
    " AND due_at < steward_now() + interval '5 minutes'",
    "untold": "SELECT count(*) FROM notifications WHERE sent_at IS NULL",
    "attempting": "SELECT count(*) FROM attempts WHERE ended_at IS NULL",
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
    for what, query in {
        "utterance": "SELECT id, said_at, answered_at, text FROM utterances WHERE text LIKE $1",
        "reminder": "SELECT id, number, cancelled_at, revision FROM reminders"
        " WHERE text LIKE $1",
        "occurrence": "SELECT id, state, due_at, told_at, ready_at, claim, follows"
        " FROM occurrences WHERE text LIKE $1 ORDER BY due_at",
        "message": "SELECT key, put_at, settled_at, left(body, 60) AS body FROM chat_messages"
        " WHERE body LIKE $1 ORDER BY seq",
        "notification": "SELECT n.id, opened_at, sent_at FROM notifications n"
        " JOIN occurrences o USING (id) WHERE o.text LIKE $1",
        "attempt": "SELECT notification_id, outcome, began_at, ended_at FROM attempts a"
        " JOIN occurrences o ON o.id = a.notification_id WHERE o.text LIKE $1 ORDER BY a.seq",
        "journal": "SELECT said_at, sender, receiver, performative, act, conversation"
        " FROM journal WHERE about && (SELECT array_agg(id::text) FROM (SELECT id FROM"
        " utterances WHERE text LIKE $1 UNION SELECT id FROM occurrences WHERE text LIKE $1) x)"
        " ORDER BY said_at LIMIT 40",
    }.items():
        lines += [f"{what}: {_line(row)}" for row in await database.rows(query, pattern)]
    return "\n".join(lines)


def _line(row: asyncpg.Record) -> str:
    return ", ".join(f"{name}={value}" for name, value in row.items())

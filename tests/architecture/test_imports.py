"""What must start quickly imports nothing heavy, and importing anything does nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"pydantic", "spade", "slixmpp", "sqlalchemy", "asyncpg", "alembic", "aiohttp"} | {
    *("cryptography", "structlog", "prompt_toolkit", "jinja2", "dateutil", "uvloop"),
    *("numpy", "tokenizers"),
    *("aiosmtplib", "sendgrid", "icalendar"),
}
LOOK = (
    "import sys, json, threading\n"
    "{work}\n"
    "sys.stdout = sys.__stdout__\n"
    "print(json.dumps({{'modules': sorted(m.partition('.')[0] for m in sys.modules),"
    " 'threads': threading.active_count()}}))\n"
)
ROOMS = ("agents", "behaviours", "ontology", "storage", "gateways", "config")
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for room in ROOMS
    for path in (ROOT / room).rglob("*.py")
    if path.name not in ("__main__.py", "env.py") and "versions" not in path.parts
)


def after(work: str) -> dict[str, object]:
    """What is loaded and runs in a fresh interpreter that has done this work."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", LOOK.format(work=work)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    seen: dict[str, object] = json.loads(done.stdout)
    return seen


def loaded_by(work: str) -> set[str]:
    modules = after(work)["modules"]
    assert isinstance(modules, list)
    return set(modules)


HELP = (
    "import io, contextlib\n"
    "from agents.cli import main\n"
    "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
    "    main({arguments})"
)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["run", "--help"], ["person", "add", "--help"]], ids=" ".join
)
def test_help_is_shown_without_loading_anything_heavy(arguments: list[str]):
    assert not loaded_by(HELP.format(arguments=arguments)) & HEAVY


@pytest.mark.parametrize(
    ("module", "never"),
    [
        ("config.settings", HEAVY - {"pydantic"}),
        ("ontology.vocabularies", HEAVY - {"pydantic", "dateutil"}),
        ("ontology.dialogue.interpreter", HEAVY - {"pydantic", "dateutil"}),
        ("agents.platform", {"spade", "slixmpp", "sqlalchemy", "asyncpg", "aiohttp"}),
        ("agents.servers", {"spade", "slixmpp", "sqlalchemy", "asyncpg", "aiohttp"}),
        ("storage.database", {"spade", "slixmpp", "aiohttp"}),
        ("gateways.embeddings.vectors", HEAVY - {"structlog"}),
        ("gateways.mail", HEAVY - {"pydantic", "dateutil"}),
        ("gateways.smtp", HEAVY - {"pydantic", "dateutil"}),
        ("gateways.sendgrid", HEAVY - {"pydantic", "dateutil"}),
    ],
)
def test_a_module_loads_only_what_it_is_about(module: str, never: set[str]):
    assert not loaded_by(f"import {module}") & never


def test_importing_everything_starts_nothing_and_says_nothing():
    seen = after("\n".join(f"import {module}" for module in MODULES))

    assert seen["threads"] == 1

"""SPADE is there, the XMPP server that it brings along is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from behaviours.lean_spade import NoServer
from ontology.errors import ServerError

LOADED = "import sys, agents.base; print(*(name for name in sys.modules if 'pyjabber' in name))"


def test_agents_come_without_its_server_and_leave_nothing_behind(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert done.stdout.split() == []
    assert list(tmp_path.iterdir()) == []


def test_who_wants_its_server_after_all_is_told():
    with pytest.raises(ServerError, match="Prosody"):
        NoServer()

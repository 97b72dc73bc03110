"""``python -m agents`` is ``steward``."""

from __future__ import annotations

try:
    from agents.cli import main

    code = main()
except KeyboardInterrupt:
    # Before the command has begun: while Python still loads it.
    code = 130
raise SystemExit(code)

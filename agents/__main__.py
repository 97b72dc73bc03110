"""``python -m agents`` is ``steward``."""

from __future__ import annotations

from agents.cli import main

raise SystemExit(main())

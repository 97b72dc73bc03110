"""Links between pages lead somewhere, and pages name nothing that does not exist."""

from __future__ import annotations

import re

import pytest

from config.settings import PREFIX, Settings
from tests.docs.pages import ROOT, Page, pages

IDS = [page.name for page in pages()]
FILE = re.compile(
    r"`((?:agents|behaviours|ontology|storage|gateways|config|prosody|tests|docs|\.ci)/[\w./-]*)`"
)
VARIABLE = re.compile(rf"\b{PREFIX}[A-Z_]+\b")


def existing_variables():
    """Settings, and what else is read from the environment by the configuration of servers."""
    settings = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    others = [
        ROOT / "prosody" / "prosody.cfg.lua",
        ROOT / "docker-compose.yml",
        ROOT / "prosody/Dockerfile",
    ]
    return settings.union(*(VARIABLE.findall(file.read_text()) for file in others)) | {
        name.removeprefix("ENV_")
        for name in re.findall(r"ENV_STEWARD_[A-Z_]+", others[0].read_text())
    }


@pytest.mark.parametrize("page", pages(), ids=IDS)
def test_links_lead_somewhere(page):
    for target in page.links():
        if re.match(r"https?:|mailto:", target):
            continue
        file, _, anchor = target.partition("#")
        there = Page((page.path.parent / file).resolve() if file else page.path)
        assert there.path.exists(), f"{page.name} links to {target}"
        if anchor:
            assert anchor in there.anchors(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", pages(), ids=IDS)
def test_files_that_are_named_exist(page):
    missing = [name for name in FILE.findall(page.prose) if not (ROOT / name).exists()]
    assert not missing


@pytest.mark.parametrize("page", pages(), ids=IDS)
def test_variables_that_are_named_are_read_by_something(page):
    assert set(VARIABLE.findall(page.text)) <= existing_variables()


def test_every_decision_is_in_the_index():
    directory = ROOT / "docs" / "adr"
    decisions = sorted(file.name for file in directory.glob("[0-9]*.md"))
    listed = [target for target in Page(directory / "README.md").links() if target[0].isdigit()]
    assert listed == decisions


def test_decisions_are_numbered_without_gaps():
    numbers = [int(file.name[:4]) for file in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))

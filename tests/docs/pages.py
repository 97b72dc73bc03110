"""The documentation as data: pages, their links, their tables, their console blocks."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BACKSLASH = "\\"

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)```$", re.M | re.S
)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(?P<title>.+?) *$", re.M)
_CELL = re.compile(r"(?<!\\)\|")
_ASSIGNMENT = re.compile(r"[A-Z_]+=\S*")


@dataclass(frozen=True)
class Command:
    """A command that a person is shown, with its variables, and what it is said to print."""

    line: str
    output: str

    def parts(self) -> list[list[str]]:
        """Return the words of each simple command of the line, without assignments."""
        words = shlex.shlex(self.line, posix=True, punctuation_chars=True)
        words.whitespace_split = True
        parts: list[list[str]] = [[]]
        for word in words:
            if set(word) <= set(words.punctuation_chars):
                parts.append([])
            elif parts[-1] or not _ASSIGNMENT.fullmatch(word):
                parts[-1].append(word)
        return [part for part in parts if part]


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def prose(self) -> str:
        """The text without its blocks of code."""
        return _FENCE.sub("", self.text)

    def blocks(self, language: str) -> list[str]:
        """Return the blocks of code in this language."""
        return [
            found["text"]
            for found in _FENCE.finditer(self.text)
            if found["language"] == language
        ]

    def commands(self) -> Iterator[Command]:
        """Yield what follows ``$`` in console blocks, with the lines after it."""
        for block in self.blocks("console"):
            for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
                line, _, output = part.partition("\n")
                while line.endswith((BACKSLASH, "|")):
                    more, _, output = output.partition("\n")
                    line = f"{line.removesuffix(BACKSLASH)} {more.lstrip()}"
                yield Command(line.partition("  #")[0].strip(), output.rstrip("\n"))

    def links(self) -> list[str]:
        """Return the targets of all links."""
        return [found["target"] for found in _LINK.finditer(self.prose)]

    def anchors(self) -> set[str]:
        """Return what a link to a heading of this page may be called."""
        return {_anchor(found["title"]) for found in _HEADING.finditer(self.prose)}

    def table(self, *headings: str) -> list[list[str]]:
        """Return the rows of the table with these headings, as written."""
        rows = iter(self.text.splitlines())
        for row in rows:
            if row.startswith("|") and _cells(row) == list(headings):
                next(rows)
                return list(_rows(rows))
        raise LookupError(f"{self.name} has no table {' | '.join(headings)}")


def _rows(lines: Iterator[str]) -> Iterator[list[str]]:
    for line in lines:
        if not line.startswith("|"):
            return
        yield _cells(line)


def _cells(row: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _CELL.split(row.strip())[1:-1]]


def _anchor(title: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", title.replace("`", "").lower())
    return kept.replace(" ", "-")


README = Page(ROOT / "README.md")
ARCHITECTURE = Page(ROOT / "docs" / "architecture.md")


def pages() -> list[Page]:
    """Return every page that people read."""
    files = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "prosody" / "README.md"]
    return [Page(file) for file in sorted(files)]

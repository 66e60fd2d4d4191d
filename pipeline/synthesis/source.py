"""A document before it has a format: what surrounds the text, and the text as blocks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ENDINGS = {"tcvn3": "txt", "scan": "pdf"}
"""How the name of a file ends where that is not the name of its format."""

MARKS = {"# ": "title", "## ": "heading", "- ": "item", "> ": "caption"}


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the text: a `kind` of MARKS, paragraph, table or newpage."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    header_rows: int = 0

    def merged(self) -> list[tuple[int, int, int, int, str]]:
        """The cells of a table as (row, column, rows spanned, columns spanned, text)."""
        cells = []
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if text in "<^" and text:
                    continue
                down = 1
                while r + down < len(self.rows) and self.rows[r + down][c] == "^":
                    down += 1
                right = 1
                while c + right < len(row) and row[c + right] == "<":
                    right += 1
                cells.append((r, c, down, right, text))
        return cells


@dataclass(frozen=True, slots=True)
class Source:
    """A source file: what surrounds the text, and the text as blocks."""

    name: str
    head: dict[str, Any]
    blocks: tuple[Block, ...]

    @property
    def file_name(self) -> str:
        return f"{self.name}.{ENDINGS.get(self.head['format'], self.head['format'])}"

    def parts(self) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        """The letter, which is signed, and what is attached to it: everything from the first new page on."""
        cut = next((i for i, b in enumerate(self.blocks) if b.kind == "newpage"), len(self.blocks))
        return self.blocks[:cut], self.blocks[cut:]


def parse_blocks(body: str) -> tuple[Block, ...]:
    """Read the marked text. Lines that follow each other without a blank line are one paragraph."""
    blocks: list[Block] = []
    for chunk in body.strip("\n").split("\n\n"):
        lines = [line for line in chunk.split("\n") if line.strip()]
        if lines and lines[0].startswith("|"):
            rows = [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines]
            rule = next((i for i, row in enumerate(rows) if set("".join(row)) == {"-"}), 0)
            blocks.append(Block("table", "", tuple(r for i, r in enumerate(rows) if i != rule or not rule), rule))
            continue
        paragraph: list[str] = []
        for line in lines:
            mark = next((m for m in MARKS if line.startswith(m)), None)
            if mark is None and line != "\\newpage":
                paragraph.append(line.strip())
                continue
            if paragraph:
                blocks.append(Block("paragraph", " ".join(paragraph)))
                paragraph = []
            blocks.append(Block(MARKS[mark], line[len(mark) :].strip()) if mark else Block("newpage"))
        if paragraph:
            blocks.append(Block("paragraph", " ".join(paragraph)))
    return tuple(blocks)


def read_source(path: Path) -> Source:
    """Read one source file."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return Source(path.stem, yaml.safe_load(head), parse_blocks(body))

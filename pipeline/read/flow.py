"""What a format's reader hands on: passages and grids in reading order, page by page.

This is the common currency of the room: each format module makes it, `build` turns it into a Document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.model import BlockKind, Ruler
from pipeline.read.boxes import Boxes

Run = tuple[int, str | None]
"""So many characters, set in a font of this name."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading or line of running text.

    `kind` is what the format itself says (a heading tag, a header part), None where only the words can
    tell. `boxes`, where the format has pages, says where each character of `text` stands.
    `spaced`: whether white space sets it apart from what stands before it.
    """

    text: str
    kind: BlockKind | None = None
    level: int = 0
    spaced: bool = True
    boxes: Boxes | None = None
    repairs: tuple[tuple[int, int, str, str], ...] = ()
    """Repairs made inside `text`: start, end, kind, what stood there."""
    runs: tuple[Run, ...] = ()
    """The fonts that `text` is set in, where the format says so: together as long as `text`."""
    capitals: bool = False
    """Its font shows small letters as capitals."""


class GridCell(NamedTuple):
    """A cell with its place and extent in the grid; `header` is what the markup says, if anything.

    A tuple, and no dataclass: a page makes hundreds.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    boxes: Boxes | None = None
    repairs: tuple[tuple[int, int, str, str], ...] = ()
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: cells in order of row and column, each merged cell once."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    continues: bool = False
    """The grid goes on with the one before it (over a page break): its columns have the same headings."""


Piece = Passage | Grid


@dataclass(frozen=True, slots=True)
class PageFlow:
    """The pieces of one page, in reading order; sizes in points."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """A whole document as its format gives it. `pages` is empty for formats without pages."""

    pieces: tuple[Piece, ...] = ()
    pages: tuple[PageFlow, ...] = ()
    encoding: str = "utf-8"
    ruler: Ruler | None = None
    """Measures the characters whose boxes are still to be measured."""
    title: str | None = None
    warnings: tuple[str, ...] = ()
    media_type: str | None = field(default=None)
    """The type that reading proved, where it is not the one that was sniffed."""


def joined(pieces: Sequence[Piece]) -> tuple[str, tuple[Run, ...]]:
    """The words of some pieces on one line, parted by blanks, with the runs that they are set in."""
    parts: list[tuple[str, tuple[Run, ...]]] = []
    for piece in pieces:
        for words in piece.cells if isinstance(piece, Grid) else (piece,):
            if words.text:
                parts.append((words.text, words.runs or ((len(words.text), None),)))
    runs: list[Run] = []
    for i, (_, part) in enumerate(parts):
        if i:
            runs.append((1, part[0][1]))
        runs += part
    known = any(font is not None for _, font in runs)
    return " ".join(text for text, _ in parts), tuple(runs) if known else ()


def all_pieces(flow: Flow) -> list[Piece]:
    """The pieces of a document over all its pages."""
    return [piece for page in flow.pages for piece in page.pieces] or list(flow.pieces)

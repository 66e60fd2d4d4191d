"""What stands in the cells of a page's ruled tables, and what stands outside of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.read.flow import Grid, GridCell, Passage
from pipeline.read.glyphs import Glyph, Line, Run, line_of, passage_of
from pipeline.read.layout import columns_of, rows_of, runs_of
from pipeline.read.ruled_tables import Outline
from pipeline.read.ruling import Rectangle


class RuledTable(NamedTuple):
    """A table with its text."""

    grid: Grid
    x0: float
    top: float
    x1: float
    bottom: float
    edges: tuple[float, ...]


@dataclass(slots=True)
class TableText:
    """The runs of a page by the cells that they stand in. Cells are numbered through all outlines."""

    outlines: Sequence[Outline]
    boxes: list[Rectangle] = field(default_factory=list)
    inside: list[list[Run]] = field(default_factory=list)
    outside: list[Run] = field(default_factory=list)
    bands: dict[tuple[float, float], list[int]] = field(default_factory=dict)
    """The cells that reach from one height of the page to another."""

    def __post_init__(self) -> None:
        self.boxes = [box for outline in self.outlines for box in outline.boxes]
        self.inside = [[] for _ in self.boxes]
        for k, (_, top, _, bottom) in enumerate(self.boxes):
            self.bands.setdefault((top, bottom), []).append(k)

    def places(self) -> Iterator[tuple[int, int]]:
        """The table and the column that each cell begins in."""
        for number, outline in enumerate(self.outlines):
            for place in outline.places:
                yield number, place.column

    def beside(self, top: float, bottom: float) -> list[int]:
        """The cells that a line of this extent may stand in."""
        return sorted(k for (high, low), band in self.bands.items() if high < bottom and top < low for k in band)

    def cell_at(self, x: float, y: float, cells: Sequence[int]) -> int | None:
        """Which of `cells` holds a place: the first, where frames lie over each other."""
        for k in cells:
            x0, top, x1, bottom = self.boxes[k]
            if x0 <= x < x1 and top <= y < bottom:
                return k
        return None

    def holds(self, cell: int | None, x: float, y: float, cells: Sequence[int]) -> bool:
        """Whether a place is in `cell`; in none of `cells` for None."""
        if cell is None:
            return self.cell_at(x, y, cells) is None
        x0, top, x1, bottom = self.boxes[cell]
        return x0 <= x < x1 and top <= y < bottom

    def sized(self, size: Callable[[int], float]) -> None:
        """Give the runs that were looked at closely the sizes of their fonts; `size` tells one by the number of a
        character."""
        for runs in (self.outside, *self.inside):
            runs[:] = [run._replace(size=size(run.first)) if run.glyphs else run for run in runs]

    def add_glyphs(self, glyphs: Sequence[Glyph]) -> None:
        """Put each glyph where its middle stands."""
        if not glyphs:
            return
        middles = sorted(((g.top + g.bottom) / 2, i) for i, g in enumerate(glyphs))
        used: set[int] = set()
        for k in self.beside(middles[0][0] - 1, middles[-1][0] + 1):
            x0, top, x1, low = self.boxes[k]
            found = [
                i
                for _, i in middles[bisect_left(middles, (top, -1)) : bisect_left(middles, (low, -1))]
                if i not in used and x0 <= (glyphs[i].x0 + glyphs[i].x1) / 2 < x1
            ]
            found.sort()
            used.update(found)
            self.inside[k] += runs_of([glyphs[i] for i in found])
        self.outside += runs_of([glyph for i, glyph in enumerate(glyphs) if i not in used] if used else glyphs)

    def tables(self) -> list[RuledTable]:
        """The tables from top to bottom. The text of outlines that make no table goes to `outside`."""
        found: list[RuledTable] = []
        first = 0
        for outline in self.outlines:
            inside = self.inside[first : first + len(outline.boxes)]
            first += len(outline.boxes)
            table = _table(outline, inside)
            if table is None:
                self.outside += [run for runs in inside for run in runs]
            else:
                found.append(table)
        return sorted(found, key=lambda table: (table.top, table.x0))


def _table(outline: Outline, inside: Sequence[Sequence[Run]]) -> RuledTable | None:
    cells: list[GridCell] = []
    filled = [0] * len(outline.tops)
    for (row, column, down, across), runs in zip(outline.places, inside, strict=True):
        words = _words(runs) if runs else _EMPTY
        filled[row] += bool(words.text.strip())
        cells.append(GridCell(row, column, words.text, down, across, boxes=words.boxes, repairs=words.repairs))
    # Lines of running text on a ground of their own look like rows of one cell.
    if sum(count >= 2 for count in filled) * 10 < 3 * sum(map(bool, filled)) or sum(filled) < 2:
        return None
    grid = Grid(len(outline.tops), len(outline.lefts), tuple(cells))
    lefts, tops = outline.lefts, outline.tops
    return RuledTable(grid, lefts[0], tops[0], outline.right, outline.bottom, (*lefts, outline.right))


_EMPTY = Passage("")


def _words(runs: Sequence[Run]) -> Line | Passage:
    """The text of a cell: its lines parted by blanks."""
    if len(runs) == 1:
        return line_of(runs)
    return passage_of([line for column in columns_of(rows_of(runs)) for line in column], " ")

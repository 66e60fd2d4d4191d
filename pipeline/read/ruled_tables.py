"""Ruled tables of a page: pdfplumber's own way to find them, fed with the lines and boxes that pdfium read.

Same cells as pdfplumber finds, without its slow reading of the page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from pipeline.read.flow import Grid, GridCell
from pipeline.read.glyphs import Glyph, passage_of
from pipeline.read.layout import lines_of

MAX_EDGES = 8_000
"""A page with more ruling lines is a drawing or a map."""

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]


class Stroke(NamedTuple):
    """A straight line or the bounds of a shape, in points from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float
    is_line: bool


class RuledTable(NamedTuple):
    """A table found on a page, and the numbers of the glyphs that stand in its cells."""

    grid: Grid
    x0: float
    top: float
    x1: float
    bottom: float
    edges: tuple[float, ...]
    glyphs: frozenset[int]


def find(strokes: Sequence[Stroke], glyphs: Sequence[Glyph], width: float, height: float) -> list[RuledTable]:
    """The ruled tables of a page with at least two rows and two columns, from top to bottom."""
    return filled(outlines(strokes, width, height), glyphs)


def outlines(strokes: Sequence[Stroke], width: float, height: float) -> list[list[Rectangle]]:
    """The cells of what may be tables on a page, each group of cells that touch; none for a drawing."""
    return _cells(strokes, width, height) if 4 <= len(strokes) <= MAX_EDGES else []


def filled(groups: Sequence[Sequence[Rectangle]], glyphs: Sequence[Glyph]) -> list[RuledTable]:
    """The tables that `glyphs` make of these groups of cells, from top to bottom."""
    middles = sorted(((g.top + g.bottom) / 2, i) for i, g in enumerate(glyphs))
    tables: list[RuledTable] = []
    for boxes in groups if middles else ():
        table = _table(boxes, glyphs, middles)
        if table is not None:
            tables.append(table)
    return sorted(tables, key=lambda table: (table.top, table.x0))


def outside(tables: Sequence[RuledTable], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of a page that stand in none of its tables."""
    taken = frozenset(i for table in tables for i in table.glyphs)
    return [glyph for i, glyph in enumerate(glyphs) if i not in taken]


def _cells(strokes: Sequence[Stroke], width: float, height: float) -> list[list[Rectangle]]:
    from pdfplumber.container import Container
    from pdfplumber.table import TableFinder, TableSettings, cells_to_tables, edges_to_intersections

    class Page(Container):
        """The least of a page that TableFinder asks for."""

        bbox = (0, 0, width, height)

        def __init__(self, shapes: dict[str, list[dict[str, Any]]]) -> None:
            self.width, self.height, self.shapes = width, height, shapes

        @property
        def objects(self) -> dict[str, list[dict[str, Any]]]:
            return self.shapes

    class Finder(TableFinder):
        """As far as the edges; the cells between them are found here."""

        def __init__(self, page: Any, settings: Any) -> None:
            self.page, self.settings = page, settings
            self.edges = self.get_edges()

    shapes: dict[str, list[dict[str, Any]]] = {"line": [], "rect": [], "char": []}
    for stroke in strokes:
        shapes["line" if stroke.is_line else "rect"].append(_shape(stroke, height))
    finder = Finder(cast("Any", Page(shapes)), TableSettings.resolve({}))
    crossings = edges_to_intersections(
        finder.edges, finder.settings.intersection_x_tolerance, finder.settings.intersection_y_tolerance
    )
    return [[(c[0], c[1], c[2], c[3]) for c in group] for group in cells_to_tables(_between(crossings))]


def _between(crossings: Mapping[Point, Mapping[str, Sequence[Mapping[str, Any]]]]) -> list[Rectangle]:
    """The smallest cell right of and below each crossing of lines.

    What pdfplumber's `intersections_to_cells` gives, which looks through all crossings for each of them.
    """
    upright, level = (
        {point: frozenset(_bounds(edge) for edge in lines[way]) for point, lines in crossings.items()}
        for way in ("v", "h")
    )
    below: defaultdict[float, list[float]] = defaultdict(list)
    beside: defaultdict[float, list[float]] = defaultdict(list)
    for x, y in sorted(crossings):
        below[x].append(y)
        beside[y].append(x)

    def smallest(x: float, y: float) -> Rectangle | None:
        for low in below[x][bisect_right(below[x], y) :]:
            if upright[x, y].isdisjoint(upright[x, low]):
                continue
            for right in beside[y][bisect_right(beside[y], x) :]:
                if level[x, y].isdisjoint(level[right, y]) or (right, low) not in crossings:
                    continue
                if not (
                    upright[right, low].isdisjoint(upright[right, y]) or level[right, low].isdisjoint(level[x, low])
                ):
                    return x, y, right, low
        return None

    return [cell for x, y in sorted(crossings) if (cell := smallest(x, y)) is not None]


def _bounds(edge: Mapping[str, Any]) -> Rectangle:
    return edge["x0"], edge["top"], edge["x1"], edge["bottom"]


def _shape(stroke: Stroke, height: float) -> dict[str, Any]:
    x0, top, x1, bottom, is_line = stroke
    corners = [(x0, top), (x1, bottom)] if is_line else [(x0, top), (x1, top), (x1, bottom), (x0, bottom)]
    return {
        "object_type": "line" if is_line else "rect",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "y0": height - bottom,
        "y1": height - top,
        "width": x1 - x0,
        "height": bottom - top,
        "pts": corners,
    }


def _table(
    boxes: Sequence[Rectangle],
    glyphs: Sequence[Glyph],
    middles: Sequence[tuple[float, int]],
) -> RuledTable | None:
    lefts, tops = _edges([b[0] for b in boxes]), _edges([b[1] for b in boxes])
    if len(lefts) < 2 or len(tops) < 2:
        return None
    right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
    used: set[int] = set()
    cells: list[GridCell] = []
    for x0, top, x1, low in sorted(boxes, key=lambda b: (_index(tops, b[1]), _index(lefts, b[0]))):
        row, column = _index(tops, top), _index(lefts, x0)
        # Cells that share a place (overlapping frames) would stand twice in the text.
        inside = [
            i
            for _, i in middles[bisect_left(middles, (top, -1)) : bisect_left(middles, (low, -1))]
            if i not in used and x0 <= (glyphs[i].x0 + glyphs[i].x1) / 2 < x1
        ]
        inside.sort()
        used.update(inside)
        passage = passage_of(lines_of([glyphs[i] for i in inside]), " ")
        down = _count_until(tops, low) - row
        across = _count_until(lefts, x1) - column
        cells.append(
            GridCell(
                row, column, passage.text, max(1, down), max(1, across), boxes=passage.boxes, repairs=passage.repairs
            )
        )
    filled = [0] * len(tops)
    for cell in cells:
        filled[cell.row] += bool(cell.text.strip())
    # Lines of running text on a ground of their own look like rows of one cell.
    if sum(count >= 2 for count in filled) * 10 < 3 * sum(map(bool, filled)) or sum(filled) < 2:
        return None
    grid = Grid(len(tops), len(lefts), tuple(cells))
    return RuledTable(grid, lefts[0], tops[0], right, bottom, (*lefts, right), frozenset(used))


_TOLERANCE = 2.0


def _edges(values: Sequence[float]) -> list[float]:
    """Distinct edges; those closer than the tolerance are one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _TOLERANCE:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    """The number of the edge at `value`."""
    i = bisect_left(edges, value - _TOLERANCE)
    return min(i, len(edges) - 1)


def _count_until(edges: Sequence[float], value: float) -> int:
    """How many edges lie before `value`."""
    return bisect_left(edges, value - _TOLERANCE)

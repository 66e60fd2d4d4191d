"""Ruled tables of a page: pdfplumber's own way to find them, fed with the lines and boxes that pdfium read.

Same cells as pdfplumber finds, without its slow reading of the page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

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


class Outline(NamedTuple):
    """The cells of what may be a table, in order of row and column, and the edges of its rows and columns."""

    boxes: tuple[Rectangle, ...]
    lefts: tuple[float, ...]
    tops: tuple[float, ...]
    right: float
    bottom: float

    def place(self, box: Rectangle) -> tuple[int, int, int, int]:
        """Row and column of a cell, and how many of each it takes."""
        x0, top, x1, bottom = box
        row, column = _index(self.tops, top), _index(self.lefts, x0)
        return row, column, max(1, _before(self.tops, bottom) - row), max(1, _before(self.lefts, x1) - column)


def outlines(strokes: Sequence[Stroke], width: float, height: float) -> list[Outline]:
    """What may be ruled tables of a page, of at least two rows and two columns; none for a drawing."""
    if not 4 <= len(strokes) <= MAX_EDGES:
        return []
    return [found for boxes in _cells(strokes, width, height) if (found := _outline(boxes)) is not None]


def _outline(boxes: Sequence[Rectangle]) -> Outline | None:
    lefts, tops = _edges([box[0] for box in boxes]), _edges([box[1] for box in boxes])
    if len(lefts) < 2 or len(tops) < 2:
        return None
    ordered = sorted(boxes, key=lambda box: (_index(tops, box[1]), _index(lefts, box[0])))
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return Outline(tuple(ordered), tuple(lefts), tuple(tops), right, bottom)


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


def _before(edges: Sequence[float], value: float) -> int:
    """How many edges lie before `value`."""
    return bisect_left(edges, value - _TOLERANCE)

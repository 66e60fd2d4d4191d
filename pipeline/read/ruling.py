"""From the lines and shapes drawn on a page to the cells between them.

The way that pdfplumber finds tables, step by step and with its tolerances (`pdfplumber.table`, after Anssi Nurminen,
"Algorithmic extraction of data in tables in PDF documents", 2013). Its steps from lines to cells take a dictionary for
each line and compare each with all others; here they give the same cells without. Which cells make a table it tells.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

SNAP = JOIN = REACH = 3.0
"""Points: lines so near each other are one line, pieces so near each other one piece, and lines may cross though one
ends so far before the other."""
SHORTEST_PIECE, SHORTEST = 1.0, 3.0
"""Shorter pieces of lines, and shorter lines once they are joined, rule nothing."""

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]


class Stroke(NamedTuple):
    """A straight line or the bounds of a shape, in points from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float
    is_line: bool


Edge = tuple[float, float, float]
"""A level or upright line: how far down or across it lies, and from where to where it runs."""


class Crossings(NamedTuple):
    """Which lines meet at each place where some do: the upright and the level ones, one bit each."""

    upright: dict[Point, int]
    level: dict[Point, int]


def cells(strokes: Sequence[Stroke]) -> list[list[Rectangle]]:
    """The cells that lines and the sides of shapes bound, those that touch at a corner together, from the top."""
    from pdfplumber.table import cells_to_tables

    upright, level = _edges(strokes)
    found = _between(_crossings(_merged(upright), _merged(level)))
    return [[(x0, top, x1, bottom) for x0, top, x1, bottom in group] for group in cells_to_tables(found)]


def _edges(strokes: Sequence[Stroke]) -> tuple[list[Edge], list[Edge]]:
    """The upright and the level edges of strokes: a line is one, a shape has four."""
    upright: list[Edge] = []
    level: list[Edge] = []
    # Lines first: their order counts where places are averaged to the last digit.
    for x0, top, x1, bottom, is_line in sorted(strokes, key=lambda stroke: not stroke.is_line):
        if is_line and top == bottom:
            level.append((top, x0, x1))
        elif is_line:
            upright.append((x0, top, bottom))
        else:
            level += ((top, x0, x1), (top + (bottom - top), x0, x1))
            upright += ((x0, top, bottom), (x1, top, bottom))
    return upright, level


def _merged(pieces: Sequence[Edge]) -> list[Edge]:
    """Whole lines, all upright or all level, out of pieces that lie almost one behind the other."""
    merged: list[Edge] = []
    last_at = last_start = last_end = float("-inf")
    for at, start, end in sorted(_snapped([piece for piece in pieces if piece[2] - piece[1] >= SHORTEST_PIECE])):
        if at != last_at or start > last_end + JOIN:
            merged.append((at, start, end))
            last_at, last_start, last_end = at, start, end
        elif end > last_end:
            merged[-1] = (at, last_start, end)
            last_end = end
    return [(at, start, end) for at, start, end in merged if end - start >= SHORTEST]


def _snapped(pieces: Sequence[Edge]) -> Iterator[Edge]:
    """The pieces, those almost in one line put where they lie on average."""
    first: dict[float, float] = {}
    before = float("-inf")
    for at in sorted({at for at, _, _ in pieces}):
        first[at] = first[before] if at <= before + SNAP else at
        before = at
    lines: defaultdict[float, list[Edge]] = defaultdict(list)
    for piece in pieces:
        lines[first[piece[0]]].append(piece)
    for line in lines.values():
        average = sum([at for at, _, _ in line]) / len(line)
        for at, start, end in line:
            yield at + (average - at), start, end


def _crossings(upright: Sequence[Edge], level: Sequence[Edge]) -> Crossings:
    """Where lines cross or almost do. `level` runs from top to bottom."""
    found = Crossings(defaultdict(int), defaultdict(int))
    highest, lowest = [y + REACH for y, _, _ in level], [y - REACH for y, _, _ in level]
    for v, (x, top, bottom) in enumerate(upright):
        for h in range(bisect_left(highest, top), bisect_right(lowest, bottom)):
            y, left, right = level[h]
            if left - REACH <= x <= right + REACH:
                found.upright[x, y] |= 1 << v
                found.level[x, y] |= 1 << h
    return found


def _between(crossings: Crossings) -> list[Rectangle]:
    """The smallest cell right of and below each crossing, column by column."""
    upright, level = crossings
    below: defaultdict[float, list[float]] = defaultdict(list)
    beside: defaultdict[float, list[float]] = defaultdict(list)
    for x, y in sorted(upright):
        below[x].append(y)
        beside[y].append(x)

    def smallest(x: float, y: float) -> Rectangle | None:
        here = x, y
        for low in below[x][bisect_right(below[x], y) :]:
            foot = x, low
            if not upright[here] & upright[foot]:
                continue
            for right in beside[y][bisect_right(beside[y], x) :]:
                head, corner = (right, y), (right, low)
                if (
                    corner in level
                    and level[here] & level[head]
                    and upright[corner] & upright[head]
                    and level[corner] & level[foot]
                ):
                    return x, y, right, low
        return None

    return [cell for x, ys in below.items() for y in ys if (cell := smallest(x, y)) is not None]

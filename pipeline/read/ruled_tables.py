"""Ruled tables of a page: which cells make one, and the row and column of each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.read.ruling import Rectangle, Stroke, cells

MAX_EDGES = 8_000
"""A page with more ruling lines is a drawing or a map."""


class Outline(NamedTuple):
    """The cells of what may be a table, in order of row and column, and the edges of its rows and columns."""

    boxes: tuple[Rectangle, ...]
    places: tuple[Place, ...]
    """Of each cell."""
    lefts: tuple[float, ...]
    tops: tuple[float, ...]
    right: float
    bottom: float


class Place(NamedTuple):
    """The row and column of a cell, and how many of each it takes."""

    row: int
    column: int
    rows: int
    columns: int


def outlines(strokes: Sequence[Stroke]) -> list[Outline]:
    """What may be ruled tables of a page, of at least two rows and two columns; none for a drawing."""
    if not 4 <= len(strokes) <= MAX_EDGES:
        return []
    return [found for boxes in cells(strokes) if (found := _outline(boxes)) is not None]


def _outline(boxes: Sequence[Rectangle]) -> Outline | None:
    x0s, heads, x1s, feet = zip(*boxes, strict=True)
    lefts, tops = _edges(x0s), _edges(heads)
    if len(lefts) < 2 or len(tops) < 2:
        return None
    columns, rows = _numbers(lefts, {*x0s, *x1s}), _numbers(tops, {*heads, *feet})
    last_column, last_row = len(lefts) - 1, len(tops) - 1
    placed: list[tuple[Place, Rectangle]] = []
    for box in boxes:
        x0, top, x1, bottom = box
        row, column = min(rows[top], last_row), min(columns[x0], last_column)
        placed.append((Place(row, column, max(1, rows[bottom] - row), max(1, columns[x1] - column)), box))
    placed.sort(key=lambda one: one[0][:2])
    return Outline(
        tuple(box for _, box in placed),
        tuple(place for place, _ in placed),
        tuple(lefts),
        tuple(tops),
        max(x1s),
        max(feet),
    )


_TOLERANCE = 2.0


def _edges(values: Sequence[float]) -> list[float]:
    """Distinct edges; those closer than the tolerance are one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _TOLERANCE:
            edges.append(value)
    return edges


def _numbers(edges: Sequence[float], values: set[float]) -> dict[float, int]:
    """How many edges lie before each value: the number of the edge there, if one is."""
    return {value: bisect_left(edges, value - _TOLERANCE) for value in values}

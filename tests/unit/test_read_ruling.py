"""The cells between ruling lines are those that pdfplumber finds, whatever lines there are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges
from pdfplumber.utils import filter_edges, line_to_edge, rect_to_edges

from pipeline.read.ruling import Stroke, cells

NEAR = st.sampled_from((0.0, 0.0, 0.0, -1.6, -0.4, 0.7, 2.9))
"""Drawn lines miss each other by a little."""


@st.composite
def frames(draw: st.DrawFn) -> list[Stroke]:
    """A grid of lines and boxes with some left out and most a little off, and lines across it."""
    xs = sorted(draw(st.sets(st.integers(3, 60), min_size=2, max_size=5)))
    ys = sorted(draw(st.sets(st.integers(3, 80), min_size=2, max_size=5)))
    found: list[Stroke] = []
    for x0, x1 in zip(xs, [*xs[1:], xs[-1]], strict=True):
        for y0, y1 in zip(ys, [*ys[1:], ys[-1]], strict=True):
            left, top, right, bottom = (10 * side + draw(NEAR) for side in (x0, y0, x1, y1))
            kinds = draw(st.sets(st.sampled_from(("level", "upright", "box")), min_size=1))
            if "level" in kinds:
                found.append(Stroke(left, top, max(left, right), top, True))
            if "upright" in kinds:
                found.append(Stroke(left, top, left, max(top, bottom), True))
            if "box" in kinds:
                found.append(Stroke(left, top, max(left, right), max(top, bottom), False))
    across = draw(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 60), st.integers(0, 60)), max_size=3))
    found += [Stroke(10.0 * min(a, b), 10.0 * y, 10.0 * max(a, b), 10.0 * y, True) for y, a, b in across]
    return draw(st.permutations(found))


@settings(max_examples=150, deadline=None)
@given(frames())
def test_cells_are_those_that_pdfplumber_finds(strokes: list[Stroke]) -> None:
    assert [sorted(group) for group in cells(strokes)] == _theirs(strokes)


@pytest.mark.parametrize("strokes", [[], [Stroke(10, 10, 90, 10, True)], [Stroke(10, 10, 90, 60, False)]])
def test_a_cell_alone_is_no_table(strokes: list[Stroke]) -> None:
    assert cells(strokes) == []


def test_tables_that_touch_at_a_corner_are_one() -> None:
    corner = [Stroke(10 + 40 * i, 10 + 20 * i, 50 + 40 * i, 30 + 20 * i, False) for i in range(3)]
    apart = [Stroke(300 + 40 * i, 10, 340 + 40 * i, 30, False) for i in range(2)]
    assert cells([*corner, *apart]) == [
        [(10, 10, 50, 30), (50, 30, 90, 50), (90, 50, 130, 70)],
        [(300, 10, 340, 30), (340, 10, 380, 30)],
    ]


def _theirs(strokes: list[Stroke]) -> list[list[tuple[float, ...]]]:
    """The same by pdfplumber, with its own settings."""
    shapes = [_shape(stroke) for stroke in strokes]
    edges: list[dict[str, Any]] = [line_to_edge(shape) for shape in shapes if shape["object_type"] == "line"]
    edges += [edge for shape in shapes if shape["object_type"] == "rect" for edge in rect_to_edges(shape)]
    merged = merge_edges(filter_edges(edges, "v", None, 1) + filter_edges(edges, "h", None, 1), 3, 3, 3, 3)
    found = intersections_to_cells(edges_to_intersections(filter_edges(merged, min_length=3), 3, 3))
    return [sorted(group) for group in cells_to_tables(found)]


def _shape(stroke: Stroke) -> dict[str, Any]:
    x0, top, x1, bottom, is_line = stroke
    return {
        "object_type": "line" if is_line else "rect",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "y0": 842 - bottom,
        "y1": 842 - top,
        "width": x1 - x0,
        "height": bottom - top,
    }

"""Heading rows and heading paths of tables, whatever format they come from."""

from __future__ import annotations

import pytest

from pipeline.read.flow import Grid, GridCell
from pipeline.read.headings_of_columns import heading_paths, heading_rows
from pipeline.read.spanning import is_layout, place


def grid(*rows: str) -> Grid:
    """A grid drawn in text: cells parted by "|", "<" goes on to the left, "^" goes on upwards."""
    table = [[cell.strip() for cell in row.split("|")] for row in rows]
    cells: list[GridCell] = []
    for r, row in enumerate(table):
        for c, text in enumerate(row):
            if text in "<^" and text:
                continue
            across = next((i for i, t in enumerate(row[c + 1 :]) if t != "<"), len(row) - c - 1) + 1
            down = next((i for i, t in enumerate(table[r + 1 :]) if t[c] != "^"), len(table) - r - 1) + 1
            cells.append(GridCell(r, c, text, down, across))
    return Grid(len(table), len(table[0]), tuple(cells))


TWO_ROWS = (
    "STT | Cơ quan | Đã giải quyết | <         | Tổng",
    "^   | ^       | Trước hạn     | Quá hạn   | ^",
)
DATA = ("1 | Sở Y tế | 10 | 2 | 12", "2 | Sở Tư pháp | 8 | 0 | 8")


@pytest.mark.parametrize(
    ("rows", "headings"),
    [
        ((*TWO_ROWS, *DATA), {0, 1}),
        ((*TWO_ROWS, "(1) | (2) | (3) | (4) | (5)=(3)+(4)", *DATA), {0, 1, 2}),
        ((*TWO_ROWS, "A | B | 1 | 2 | 3", *DATA), {0, 1, 2}),
        ((*TWO_ROWS, "I. Cấp tỉnh | < | < | < | <", *DATA), {0, 1}),
        ((*TWO_ROWS, "I | Cấp tỉnh | | | ", *DATA), {0, 1}),
        ((*TWO_ROWS, DATA[0], *TWO_ROWS, DATA[1]), {0, 1, 3, 4}),
        (("Chỉ tiêu | 2020 | 2021", "Hồ sơ | 1.200 | 1.300"), {0}),
        (("Sở Y tế | 10", "Sở Tư pháp | 8"), set()),
        (("STT | Nội dung | Ghi chú", "1 | Kiểm tra | ", "2 | Tuyên truyền | "), {0}),
        (("Kính gửi | Các sở", "Nơi nhận | Như trên"), set()),
        (("Một dòng | 12",), set()),
    ],
)
def test_heading_rows(rows: tuple[str, ...], headings: set[int]) -> None:
    assert heading_rows(grid(*rows)) == headings


def paths(*rows: str) -> dict[str, tuple[str, ...]]:
    table = grid(*rows)
    found = heading_paths(table, heading_rows(table))
    return {cell.text: path for cell, path in zip(table.cells, found, strict=True)}


def test_paths_run_from_the_outermost_heading_to_the_nearest() -> None:
    found = paths(*TWO_ROWS, "(1) | (2) | (3) | (4) | (5)", "7 | Sở Y tế | 10 | 2 | 12")
    assert found["10"] == ("Đã giải quyết", "Trước hạn")
    assert found["2"] == ("Đã giải quyết", "Quá hạn")
    assert found["12"] == ("Tổng",)
    assert found["Sở Y tế"] == ("Cơ quan",)
    assert found["Quá hạn"] == ()


def test_a_heading_over_several_columns_without_a_merged_cell() -> None:
    found = paths(
        "STT | Cơ quan | Đã giải quyết |         | Tổng",
        "    |         | Trước hạn     | Quá hạn |      ",
        "7 | Sở Y tế | 10 | 2 | 12",
    )
    assert found["10"] == ("Đã giải quyết", "Trước hạn")
    assert found["2"] == ("Đã giải quyết", "Quá hạn")
    assert found["12"] == ("Tổng",)


def test_a_caption_over_the_whole_width_is_no_heading() -> None:
    found = paths("Kết quả tiếp nhận quý I | < | <", "STT | Cơ quan | Tiếp nhận", "1 | Sở Y tế | 10")
    assert found["10"] == ("Tiếp nhận",)


def test_a_row_over_the_whole_width_has_no_heading() -> None:
    found = paths("STT | Cơ quan | Tiếp nhận", "I. Cấp tỉnh | < | <", "1 | Sở Y tế | 10")
    assert found["I. Cấp tỉnh"] == ()


def test_place_puts_spans_where_a_browser_does() -> None:
    extents = [[(2, 1), (1, 2)], [(1, 1), (1, 1)], [(5, 1), (1, 1)]]
    assert [(row, column, down, across) for _, _, row, column, down, across in place(extents)] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 0, 1, 1),
        (2, 1, 1, 1),
    ]


@pytest.mark.parametrize(
    ("rows", "layout"),
    [
        (("ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1/BC | Hà Nội, ngày 1"), True),
        (("Nơi nhận: - Như trên | TM. ỦY BAN", " | KT. CHỦ TỊCH"), True),
        (("Cột trái | Cột phải",), True),
        (("Sở Y tế | 12",), False),
        (("STT | Tên", "1 | A"), False),
    ],
)
def test_layout_tables(rows: tuple[str, ...], layout: bool) -> None:
    assert is_layout(grid(*rows)) is layout

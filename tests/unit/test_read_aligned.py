"""Tables that blanks or tabs align, or that stand with a cell a line: cells, headings, and what is none."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Document, Table
from pipeline.read import read_bytes

ANNEX = """Biểu số II.06b
TỔNG HỢP HỒ SƠ GIẢI QUYẾT TTHC
                                                             Đơn vị tính: hồ sơ
Đơn vị                 Tiếp nhận          Đã giải quyết                  Đang giải quyết
                                  Trước hạn  Đúng hạn  Quá hạn      Trong hạn   Quá hạn
-------------------------------------------------------------------------------------
Thị trấn Phố Châu        3.415      3.111       290       1             13          0
Khối xã
Xã Sơn Bình              2.230      1.977       248                      5          0
Xã Sơn Hà                1.871      1.540       317       3             11          -

Tổng cộng                7.516      6.628       855       4             29          0

Ghi chú: số liệu tính đến ngày 25/11/2022.
"""


def table(text: str) -> tuple[Document, Table]:
    document = read_bytes(text.encode(), "a.txt")
    assert document.text == text
    [found] = document.tables
    return document, found


def test_headings_over_two_lines_share_out_the_columns() -> None:
    document, found = table(ANNEX)
    assert (found.rows, found.columns) == (7, 7)
    figures = {(cell.row, cell.column): (cell.span.of(ANNEX), cell.header) for cell in found.cells}
    assert figures[2, 0] == ("Thị trấn Phố Châu", ("Đơn vị",))
    assert figures[2, 1] == ("3.415", ("Tiếp nhận",))
    assert figures[2, 2] == ("3.111", ("Đã giải quyết", "Trước hạn"))
    assert figures[4, 3] == ("248", ("Đã giải quyết", "Đúng hạn"))
    assert figures[6, 4] == ("4", ("Đã giải quyết", "Quá hạn"))
    assert figures[5, 5] == ("11", ("Đang giải quyết", "Trong hạn"))
    assert figures[6, 6] == ("0", ("Đang giải quyết", "Quá hạn"))
    assert (4, 4) not in figures, "an empty place is no cell"
    assert figures[3, 0][0] == "Khối xã"
    outside = [block.span.of(document.text) for block in document.blocks if block.kind != "table"]
    assert [line for line in outside if "Đơn vị tính" in line or "Ghi chú" in line] == [
        "Đơn vị tính: hồ sơ",
        "Ghi chú: số liệu tính đến ngày 25/11/2022.",
    ]


def test_tabs_reach_to_the_next_stop() -> None:
    text = (
        "Kết quả giải quyết hồ sơ\n\t\t\tTrong đó\nĐơn vị\t\tTổng số\tĐúng hạn\tTrễ hạn\n"
        "Sở Y tế\t\t1.202\t1.200\t\t2\nSở Tư pháp\t840\t840\t\t0\nBan Dân tộc\t31\t30\t\t1\n"
    )
    _, found = table(text)
    assert (found.rows, found.columns) == (5, 4)
    last = {cell.column: (cell.span.of(text), cell.header[-1]) for cell in found.cells if cell.row == 4}
    assert last == {
        0: ("Ban Dân tộc", "Đơn vị"),
        1: ("31", "Tổng số"),
        2: ("30", "Đúng hạn"),
        3: ("1", "Trễ hạn"),
    }


def test_a_cell_a_line_under_headings_that_name_no_row_number() -> None:
    headings = ["Đơn vị", "Tiếp nhận", "Đã giải quyết", "Quá hạn"]
    rows = [
        ["Xã An Bình", "215", "214", "0"],
        ["Xã An Hòa", "1.180", "1.171", "3"],
        ["Tổng cộng", "1.395", "1.385", "3"],
    ]
    text = (
        "Đơn vị tính: hồ sơ\n\n"
        + "\n\n".join([*headings, *chain.from_iterable(rows)])
        + "\n\nGhi chú: quý I năm 2022.\n"
    )
    _, found = table(text)
    assert (found.rows, found.columns) == (4, 4)
    assert [cell.span.of(text) for cell in found.cells] == [*headings, *chain.from_iterable(rows)]
    assert found.cells[-1].header == ("Quá hạn",)


@pytest.mark.parametrize(
    "text",
    [
        # Two rows are too few, and the third has its figure in another place.
        "Đơn vị     Số\nXã A        12\nXã B        13\n",
        "Đơn vị      Nhận    Trả\nXã A     12    13\nXã B sông Hồng         1    14\nXã C      13     15\n",
        # A letterhead, sentences parted by two blanks, contents.
        "UBND TỈNH LÀO CAI      CỘNG HÒA XÃ HỘI\nSỞ NỘI VỤ      Độc lập - Tự do\nSố: 12/BC-SNV     Lào Cai, 3/4/2021\n",
        "Quý I nhận 12 hồ sơ.  Trả 11.  Còn 1.\nQuý II nhận 13 hồ sơ.  Trả 13.  Hết.\nQuý III nhận 9.  Trả 9.  Hết.\n",
        "I. Kết quả chung      3\nII. Tồn tại        5\nIII. Nguyên nhân    7\n",
        # One figure is missing: which one, no one can say.
        "Đơn vị\nNhận\nTrả\nXã A\n12\n11\nXã B\n13\nXã C\n14\n12\nXã D\n9\n8\n",
    ],
)
def test_doubtful_columns_make_no_table(text: str) -> None:
    assert read_bytes(text.encode(), "a.txt").tables == ()


COUNTS = st.integers(0, 99_999).map(lambda n: f"{n:,}".replace(",", "."))


@settings(max_examples=60)
@given(st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=3, max_size=8), st.booleans(), st.integers(2, 9))
def test_what_was_aligned_is_read_back(rows: list[list[str]], to_the_right: bool, gap: int) -> None:
    headings = ["Cơ quan", "Tiếp nhận", "Đúng hạn", "Quá hạn"]
    names = [f"Xã Phú {'Thọ ' * (i % 3)}{i}".strip() for i in range(len(rows))]
    whole = [headings, *([name, *row] for name, row in zip(names, rows, strict=True))]
    widths = [max(len(row[c]) for row in whole) for c in range(4)]
    lines = [
        (" " * gap)
        .join(
            cell.rjust(width) if to_the_right and c else cell.ljust(width)
            for c, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        .rstrip()
        for row in whole
    ]
    text = "\n".join(lines) + "\n"
    _, found = table(text)
    assert found.columns == 4
    assert [cell.span.of(text) for cell in found.cells] == [cell for row in whole for cell in row]
    assert [cell.header for cell in found.cells if cell.row and cell.column == 3] == [("Quá hạn",)] * len(rows)

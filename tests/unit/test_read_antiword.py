"""Tables of a .doc that LibreOffice lost or took apart, put back from what antiword reads."""

from __future__ import annotations

import pytest

from pipeline.read.antiword import filled
from pipeline.read.flow import Flow, Grid, GridCell, Passage

SAID = """Kết quả quý I như sau:
|Đơn vị            |Tiếp nhận   |Đúng hạn |
|Sở Y tế           |1.202       |1.200    |
|Sở Tư pháp        |840         |838      |
|                  |            |         |
Nơi nhận: như trên.
"""
ROWS = [["Đơn vị", "Tiếp nhận", "Đúng hạn"], ["Sở Y tế", "1.202", "1.200"], ["Sở Tư pháp", "840", "838"]]
GRID = Grid(3, 3, tuple(GridCell(r, c, words) for r, row in enumerate(ROWS) for c, words in enumerate(row)))
OPENING, END = Passage("Kết quả quý I như sau:"), Passage("Nơi nhận: như trên.")


def test_a_table_that_was_dropped_is_put_in_at_the_end() -> None:
    found = filled(Flow((OPENING, END)), SAID)
    assert found.pieces == (OPENING, END, GRID)
    assert found.warnings == ("tables that only antiword read: 1",)


def test_cells_left_as_paragraphs_become_the_table_again() -> None:
    flat = [Passage(words) for row in ROWS for words in row]
    found = filled(Flow((OPENING, *flat, END)), SAID)
    assert found.pieces == (OPENING, GRID, END)


def test_a_table_that_is_there_stays_as_it_is() -> None:
    whole = Flow((OPENING, GRID, END))
    assert filled(whole, SAID) == whole


@pytest.mark.parametrize(
    "said",
    [
        "|Nơi nhận: |TM. UỶ BAN |\n|- Như trên; |CHỦ TỊCH |\n|- Lưu VT. | |\n",
        "|Số: 12 |Sơn La |\n|V/v xin |2021 |\n",
        "không có bảng nào",
    ],
)
def test_what_lays_out_a_head_or_a_foot_is_no_table(said: str) -> None:
    assert filled(Flow((OPENING, END)), said).pieces == (OPENING, END)


def test_numbers_that_only_antiword_reads_are_named() -> None:
    assert filled(Flow((OPENING,)), "Kết quả quý I: 345 hồ sơ").warnings == (
        "antiword also reads 1 numbers in the file: 345",
    )

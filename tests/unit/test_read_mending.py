"""Damage in running text is mended when a document is read, and every place in the document goes with it."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from pipeline.model import BlockKind, Document, ReadError, Repair, Span
from pipeline.read import read_bytes

DAMAGED = """BÁO CÁO
Kết quả năm 2 021

Huyện nhận 6 . 842 hồ sơ, đạt 9 9 ,2%, quá hạn (chiếm 0, 8 %), còn 52hồ sơ, được 83 ,6 điểm.

STT | Đơn vị | Tỷ lệ
1 | Xã A | 9 9 ,2%
2 | Xã B | 84 ,1%
"""


def test_prose_is_mended_and_tables_are_not() -> None:
    document = read_bytes(DAMAGED.encode(), "a.txt")
    assert "Huyện nhận 6.842 hồ sơ, đạt 99,2%, quá hạn (chiếm 0,8 %), còn 52 hồ sơ, được 83,6 điểm." in document.text
    assert [(item.kind, item.original, item.span.of(document.text)) for item in document.repairs] == [
        ("digits", "2 021", "2021"),
        ("digits", "6 . 842", "6.842"),
        ("digits", "9 9 ,2", "99,2"),
        ("digits", "0, 8", "0,8"),
        ("glued", "52", "52"),
        ("digits", "83 ,6", "83,6"),
    ]
    [table] = document.tables
    assert [cell.span.of(document.text) for cell in table.cells if cell.column == 2] == ["Tỷ lệ", "9 9 ,2%", "84 ,1%"]
    assert [block.span for block in document.blocks if block.kind is BlockKind.TABLE] == [table.span]
    assert [block.span.of(document.text) for block in document.blocks][:2] == ["BÁO CÁO", "Kết quả năm 2021"]


def test_a_word_file_is_mended_as_well() -> None:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    words = "Trong kỳ nhận 6 . 842 hồ sơ tại các vănbản toàn huyện."
    body = f'<w:document xmlns:w="{name}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
    document = read_bytes(buffer.getvalue(), "a.docx")
    assert document.text == "Trong kỳ nhận 6.842 hồ sơ tại các văn bản toàn huyện.\n"
    assert document.repairs == (
        Repair("digits", Span(14, 19), "6 . 842"),
        Repair("glued", Span(34, 41), "vănbản"),
    )


def pages(*texts: str) -> Document:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for text in texts:
        canvas.drawString(80, 700, text)
        canvas.showPage()
    canvas.save()
    return read_bytes(buffer.getvalue(), "a.pdf")


def test_boxes_and_pages_go_with_the_characters() -> None:
    whole, damaged = pages("A: 992", "99,2% it is; 1.634 - 7"), pages("A: 9 9 ,2% B", "9 9 ,2% it is; 1 .634 - 7")
    assert damaged.text == "A: 99,2% B\n99,2% it is; 1.634 - 7\n"
    assert [page.span.of(damaged.text) for page in damaged.pages] == ["A: 99,2% B\n", "99,2% it is; 1.634 - 7\n"]
    [box] = damaged.boxes(damaged.repairs[1].span)
    [last] = damaged.boxes(Span(len(damaged.text) - 2, len(damaged.text) - 1))
    [unbroken] = whole.boxes(Span(len(whole.text) - 2, len(whole.text) - 1))
    assert (box.page, last.page) == (2, 2)
    assert box.x0 == pytest.approx(80, abs=1.5)
    # Two blanks and one are as wide as they were drawn: 3.3 points each in Helvetica 12.
    assert last.x0 - unbroken.x0 == pytest.approx(3 * 3.336, abs=0.1)


@given(st.text(alphabet="9 ,.%\nSsơnLahồ|vănbảC/", max_size=80))
def test_what_is_mended_holds_together(text: str) -> None:
    try:
        document = read_bytes(f"{text}\nKết quả 9 9 ,2% và\n".encode(), "a.txt")
    except ReadError:
        return
    last = 0
    for block in document.blocks:
        assert last <= block.span.start < block.span.end <= len(document.text)
        last = block.span.end
    for item in document.repairs:
        assert any(block.span.covers(item.span) for block in document.blocks)
        assert [c for c in item.original if c not in " \n-"] == [
            c for c in item.span.of(document.text) if c not in " -"
        ]
    for table in document.tables:
        assert all(table.span.covers(cell.span) for cell in table.cells)

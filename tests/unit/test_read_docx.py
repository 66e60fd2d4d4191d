"""DOCX: what stands in the XML comes out in order; what is deleted or hidden does not."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.model import BlockKind, Cause, Document, ReadError
from pipeline.read import ReadSettings, read_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = """<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="T"><w:name w:val="Title"/></w:style>"""
NUMBERING = """<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%1)"/></w:lvl></w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>"""


def part(name: str, body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{W}">{body}</w:{name}>'


def docx(body: str, **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        archive.writestr("word/styles.xml", part("styles", STYLES))
        archive.writestr("word/numbering.xml", part("numbering", NUMBERING))
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return buffer.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def item(text: str, level: int) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def lines(document: Document) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks]


def test_runs_breaks_insertions_and_deletions() -> None:
    body = (
        "<w:p><w:r><w:t>Đã giải quyết </w:t></w:r><w:ins><w:r><w:t>635</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>700</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        "<w:hyperlink><w:r><w:t> hồ sơ</w:t><w:br/>"
        "<w:t>203/BC</w:t><w:noBreakHyphen/><w:t>UBND</w:t></w:r></w:hyperlink></w:p>"
    )
    assert lines(read_bytes(docx(body), "a.docx")) == ["Đã giải quyết 635 hồ sơ", "203/BC-UBND"]


def test_numbers_of_lists_are_written_out() -> None:
    body = item("Kết quả", 0) + item("Thể chế", 1) + item("Thủ tục", 1) + item("Nhiệm vụ", 0) + item("Khác", 1)
    assert lines(read_bytes(docx(body), "a.docx")) == [
        "I. Kết quả",
        "1.I) Thể chế",
        "2.I) Thủ tục",
        "II. Nhiệm vụ",
        "1.II) Khác",
    ]


def test_styles_headers_and_footnotes() -> None:
    body = (
        p("Báo cáo về công tác quý I", '<w:pStyle w:val="T"/>')
        + p("Kết quả", '<w:pStyle w:val="H1"/>')
        + '<w:p><w:r><w:t>Đạt 98%</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    document = read_bytes(
        docx(
            body,
            header1=part("hdr", p("Trang đầu")),
            header2=part("hdr", p("Trang đầu")),
            footnotes=part(
                "footnotes",
                f'<w:footnote w:type="separator" w:id="0">{p("")}</w:footnote>'
                f'<w:footnote w:id="2">{p("Số liệu cũ")}</w:footnote>',
            ),
        ),
        "a.docx",
    )
    assert [(block.kind.value, block.span.of(document.text)) for block in document.blocks] == [
        ("furniture", "Trang đầu"),
        ("title", "Báo cáo về công tác quý I"),
        ("heading", "Kết quả"),
        ("paragraph", "Đạt 98%[2]"),
        ("paragraph", "[2] Số liệu cũ"),
    ]


RESTART, ACROSS = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
TABLE = (
    "<w:tbl>"
    f"<w:tr>{cell('STT', RESTART)}{cell('Đã giải quyết', ACROSS)}</w:tr>"
    f"<w:tr>{cell('', '<w:vMerge/>')}{cell('Trước hạn')}{cell('Quá hạn')}</w:tr>"
    f"<w:tr>{cell('1')}{cell('10')}{cell('2')}</w:tr></w:tbl>"
)


def test_merged_cells() -> None:
    document = read_bytes(docx(p("Bảng:") + TABLE), "a.docx")
    [table] = document.tables
    assert table.span.of(document.text) == "STT\tĐã giải quyết\t\n\tTrước hạn\tQuá hạn\n1\t10\t2\n"
    found = [(c.row, c.column, c.row_span, c.column_span, c.header) for c in table.cells]
    assert found[0] == (0, 0, 2, 1, ())
    assert found[1] == (0, 1, 1, 2, ())
    assert found[-1] == (2, 2, 1, 1, ("Đã giải quyết", "Quá hạn"))


def test_the_head_of_an_act_reads_left_then_right() -> None:
    left, right = p("UBND TỈNH A") + p("Số: 1/BC-UBND"), p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("A, ngày 1")
    body = f"<w:tbl><w:tr><w:tc>{left}</w:tc><w:tc>{right}</w:tc></w:tr></w:tbl>" + p("BÁO CÁO")
    document = read_bytes(docx(body), "a.docx")
    assert document.tables == ()
    assert lines(document) == [
        "UBND TỈNH A",
        "Số: 1/BC-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "A, ngày 1",
        "BÁO CÁO",
    ]
    assert document.blocks[-1].kind is BlockKind.TITLE


def test_what_a_container_unpacks_to_is_counted_as_it_comes() -> None:
    bomb = docx("<w:p>" + " " * 5_000_000 + "</w:p>")
    assert len(bomb) < 20_000
    with pytest.raises(ReadError) as caught:
        read_bytes(bomb, "bomb.docx", ReadSettings(max_unpacked=1_000_000))
    assert caught.value.cause is Cause.TOO_LARGE


def test_entities_are_not_followed() -> None:
    evil = f'<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "{"x" * 50}">]>' + part(
        "document", "<w:body><w:p><w:r><w:t>Hồ sơ &a;&b;</w:t></w:r></w:p></w:body>"
    ).removeprefix('<?xml version="1.0" encoding="UTF-8"?>')
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", evil)
    assert lines(read_bytes(buffer.getvalue(), "a.docx")) == ["Hồ sơ"]

"""Spreadsheets, CSV, presentations, mails, saved pages, archives: each read by what it holds."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest

from pipeline.model import Cause, Document, ReadError
from pipeline.read import ReadSettings, read_bytes
from pipeline.read.media_type import sniff

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(entries: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xlsx(rows: str, strings: str = "", merges: str = "", name: str = "Biểu 1") -> bytes:
    return zipped(
        {
            "xl/workbook.xml": (
                f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="{name}" r:id="a"/></sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": (
                '<Relationships><Relationship Id="a" Target="worksheets/s1.xml"/></Relationships>'
            ),
            "xl/sharedStrings.xml": f'<sst xmlns="{S}">{strings}</sst>',
            "xl/styles.xml": (
                f'<styleSheet xmlns="{S}"><numFmts><numFmt numFmtId="170" formatCode="#,##0.0"/></numFmts>'
                "<fonts><font/></fonts>"
                '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs>'
                "</styleSheet>"
            ),
            "xl/worksheets/s1.xml": f'<worksheet xmlns="{S}"><sheetData>{rows}</sheetData>{merges}</worksheet>',
        }
    )


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


ROWS = (
    f'<row r="1">{text_cell("A1", "Kết quả giải quyết hồ sơ quý I")}</row>'
    f'<row r="3">{text_cell("A3", "STT")}{text_cell("B3", "Cơ quan")}{text_cell("C3", "Đã giải quyết")}</row>'
    f'<row r="4">{text_cell("C4", "Số")}{text_cell("D4", "Tỷ lệ")}{text_cell("E4", "Ngày")}</row>'
    f'<row r="5"><c r="A5"><v>1</v></c><c r="B5" t="s"><v>0</v></c><c r="C5" s="3"><v>1234.5600000000001</v></c>'
    '<c r="D5" s="1"><v>0.9875</v></c><c r="E5" s="2"><v>44732</v></c></row>'
)
MERGES = '<mergeCells><mergeCell ref="A3:A4"/><mergeCell ref="B3:B4"/><mergeCell ref="C3:E3"/></mergeCells>'


def test_a_sheet_is_lines_and_a_table_with_shown_values() -> None:
    document = read_bytes(xlsx(ROWS, "<si><t>Sở Y tế</t></si>", MERGES), "a.xlsx")
    assert document.text.splitlines()[:2] == ["Biểu 1", "Kết quả giải quyết hồ sơ quý I"]
    [table] = document.tables
    row = [(cell.span.of(document.text), cell.header) for cell in table.cells if cell.row == 2]
    assert row == [
        ("1", ("STT",)),
        ("Sở Y tế", ("Cơ quan",)),
        ("1234,6", ("Đã giải quyết", "Số")),
        ("98,75%", ("Đã giải quyết", "Tỷ lệ")),
        ("20/06/2022", ("Đã giải quyết", "Ngày")),
    ]


def test_a_sparse_sheet_costs_what_is_in_it() -> None:
    rows = f'<row r="1">{text_cell("A1", "Đầu")}{text_cell("XFD1", "12")}</row>'
    rows += f'<row r="1048576">{text_cell("A1048576", "1")}</row>'
    assert read_bytes(xlsx(rows, name="Sheet1"), "a.xlsx").text.split() == ["Đầu", "12", "1"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv(separator: str) -> None:
    rows = [["Cơ quan", "Tiếp nhận"], ["Sở Y tế", "1.234"], ['"Sở A, B; C"', "5"]]
    data = "\n".join(separator.join(row) for row in rows).encode("utf-8-sig")
    document = read_bytes(data, "a.csv")
    [table] = document.tables
    assert [cell.span.of(document.text) for cell in table.cells][-2:] == ["Sở A, B; C", "5"]
    assert table.cells[3].header == ("Tiếp nhận",)


def test_a_csv_name_on_running_text() -> None:
    document = read_bytes("Một dòng, có phẩy.\nHai dòng.\nBa, bốn, năm dòng.\n".encode(), "a.csv")
    assert document.tables == ()


def test_a_presentation() -> None:
    a, p = (
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://schemas.openxmlformats.org/presentationml/2006/main",
    )
    shape = (
        '<p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr>'
        "<p:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    slide = f'<p:sld xmlns:a="{a}" xmlns:p="{p}"><p:cSld><p:spTree>{{}}</p:spTree></p:cSld></p:sld>'
    entries: dict[str, str | bytes] = {"ppt/presentation.xml": "<x/>"}
    entries |= {f"ppt/slides/slide{n}.xml": slide.format(shape.format(f"Trang {n}")) for n in (1, 2, 10)}
    document = read_bytes(zipped(entries), "a.pptx")
    assert document.text == "Trang 1\nTrang 2\nTrang 10\n"


def mail(**attachments: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Báo cáo quý I", "a@tinh.gov.vn", "b@tinh.gov.vn"
    message["Date"] = "Mon, 20 Jun 2022 08:00:00 +0700"
    message.set_content("Kính gửi quý cơ quan báo cáo quý I.")
    message.add_alternative("<p>Kính gửi quý cơ quan <b>báo cáo</b> quý I.</p>", subtype="html")
    for name, data in attachments.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name.replace("__", "."))
    return message.as_bytes()


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


def test_a_mail_with_attachments() -> None:
    document = read_bytes(mail(bao_cao__txt="Đã giải quyết 12 hồ sơ.".encode(), hong__pdf=b"%PDF-1.4 x"), "a.eml")
    assert kinds(document) == [
        ("title", "Báo cáo quý I"),
        ("furniture", "From: a@tinh.gov.vn"),
        ("furniture", "To: b@tinh.gov.vn"),
        ("furniture", "Date: Mon, 20 Jun 2022 08:00:00 +0700"),
        ("paragraph", "Kính gửi quý cơ quan báo cáo quý I."),
        ("furniture", "bao_cao.txt"),
        ("paragraph", "Đã giải quyết 12 hồ sơ."),
    ]
    assert document.warnings == ("hong.pdf: the PDF is damaged or cut off",)


def test_the_body_of_a_mail_is_read_as_a_text_is() -> None:
    """Lines that the mail program cut are one paragraph, a table of bars is a table; the subject may be empty."""
    body = (
        "Sở Nội vụ tỉnh Sơn La báo cáo: trong quý I năm 2022, Trung tâm Phục vụ\n"
        "hành chính công tỉnh tiếp nhận 1.240 hồ sơ, đã giải quyết 1.198 hồ sơ, đạt\n"
        "tỷ lệ 96,6%; còn lại đang trong hạn, không có hồ sơ nào quá hạn giải quyết.\n"
        "\n"
        "Đơn vị | Tiếp nhận | Giải quyết\n"
        "Sở Y tế | 120 | 118\n"
        "Sở Công Thương | 90 | 88\n"
    )
    head = "Subject: \r\nFrom: a@tinh.gov.vn\r\nTo: b@tinh.gov.vn\r\nContent-Type: text/plain; charset=utf-8\r\n"
    document = read_bytes(f"{head}Content-Transfer-Encoding: 8bit\r\n\r\n{body}".encode(), "a.eml")
    assert document.source.media_type == "message/rfc822"
    assert [kind for kind, _ in kinds(document)] == ["furniture", "furniture", "paragraph", "table"]
    assert "Phục vụ hành chính công" in " ".join(kinds(document)[2][1].split())
    [table] = document.tables
    assert len({cell.row for cell in table.cells}) == 3


def test_a_saved_page() -> None:
    data = (
        "From: <Saved by a browser>\r\nSubject: Trang\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/related; boundary=x\r\n\r\n"
        "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "<html><title>Kết quả quý I</title><p>Đã giải quyết 12 hồ sơ.</p></html>\r\n--x--\r\n"
    ).encode()
    document = read_bytes(data, "a.mhtml")
    assert document.source.media_type == "multipart/related"
    assert document.text == "Đã giải quyết 12 hồ sơ.\n"
    assert document.title == "Kết quả quý I"


def test_an_archive_of_archives() -> None:
    inner = zipped({"../../thoat.txt": "Hồ sơ số 2.", "anh.gif": b"GIF89a"})
    document = read_bytes(zipped({"b/trong.zip": inner, "a.txt": "Hồ sơ số 1.", "__MACOSX/a.txt": "x"}), "a.zip")
    assert [text for kind, text in kinds(document) if kind != "furniture"] == ["Hồ sơ số 1.", "Hồ sơ số 2."]
    assert [text for kind, text in kinds(document) if kind == "furniture"] == ["a.txt", "trong.zip", "thoat.txt"]


def test_archives_are_opened_to_a_bounded_depth() -> None:
    data = zipped({"a.txt": "Hồ sơ số 1."})
    for _ in range(4):
        data = zipped({"a.zip": data})
    assert "Hồ sơ số 1." in read_bytes(data, "a.zip").text
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "a.zip", ReadSettings(max_depth=3))
    assert caught.value.cause is Cause.NO_TEXT
    assert "nested too deeply" in caught.value.message


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"%PDF-1.4", "a.doc", "application/pdf"),
        (b"\n\n junk %PDF-1.7", "a.pdf", "application/pdf"),
        (b"{\\rtf1", "a.doc", "application/rtf"),
        (b"<html><body>x", "a.doc", "text/html"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "a.pdf", "text/html"),
        ("<table>".encode("utf-16"), "a.xls", "text/html"),
        (b"a,b", "a.csv", "text/csv"),
        (b"a,b", "a.txt", "text/plain"),
        (b"From: a\nTo: b\nSubject: c\n\nx", "a.txt", "message/rfc822"),
        (b"Subject to change\nTo: day", "a.txt", "text/plain"),
        (b"\xff\xd8\xff\xe0", "a.pdf", "image/jpeg"),
        (b"BM la ten viet tat cua mot co quan", "a.txt", "text/plain"),
        (b"\x00\x01\x02\x03", "a.txt", "application/octet-stream"),
    ],
)
def test_the_type_is_told_by_content(data: bytes, name: str, media_type: str) -> None:
    assert sniff(data, name) == media_type


@pytest.mark.parametrize(
    ("data", "name"), [(b"7z\xbc\xaf\x27\x1c" + bytes(99), "7z"), (b"Rar!\x1a\x07\x01\x00" + bytes(99), "RAR")]
)
def test_archives_that_are_not_opened_are_refused_with_that_cause(data: bytes, name: str) -> None:
    with pytest.raises(ReadError, match=f"{name} archive") as refused:
        read_bytes(data, "archive.zip")
    assert refused.value.cause is Cause.UNSUPPORTED
    assert "Unpack" in refused.value.hint

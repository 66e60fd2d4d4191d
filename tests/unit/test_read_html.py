"""HTML: saved portal pages, tables with spans, what is hidden and what is not."""

from __future__ import annotations

import pytest

from pipeline.model import Cause, Document, ReadError
from pipeline.read import read_bytes


def page(body: str, head: str = "") -> Document:
    markup = f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    return read_bytes(markup.encode(), "trang.html")


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


BODY = "Năm 2022, tỉnh tiếp nhận 12.345 hồ sơ, giải quyết đúng hạn 12.300 hồ sơ. " * 3


def test_a_portal_page_keeps_all_it_shows() -> None:
    document = page(
        f"""
        <script>var a = 63/63;</script><style>.qc {{ display: none }}</style>
        <header><a>Báo X</a><span>Chủ nhật, 19/02/2023</span></header>
        <nav><ul><li><a>Thời sự</a></li><li><a>Kinh tế</a></li></ul></nav>
        <article><h1>Hồ sơ đúng hạn tăng mạnh ở các huyện</h1><p>{BODY}</p>
        <ol start="3"><li>Việc thứ nhất;</li><li>Việc thứ hai;</li></ol><ul><li>Ý một</li></ul>
        <figure><img alt="Người dân nộp hồ sơ ở xã"><figcaption>Nộp hồ sơ ở xã</figcaption></figure></article>
        <p style="display:none">999</p><p hidden>998</p><div class="qc">Quảng cáo 997</div>
        <div>Lượt xem: 790<br>Đang online: 5</div><footer>Địa chỉ ở thành phố</footer>"""
    )
    assert kinds(document) == [
        ("furniture", "Báo X Chủ nhật, 19/02/2023"),
        ("furniture", "Thời sự"),
        ("furniture", "Kinh tế"),
        ("title", "Hồ sơ đúng hạn tăng mạnh ở các huyện"),
        ("paragraph", BODY.strip()),
        ("list_item", "3. Việc thứ nhất;"),
        ("list_item", "4. Việc thứ hai;"),
        ("list_item", "- Ý một"),
        ("paragraph", "[Người dân nộp hồ sơ ở xã]"),
        ("caption", "Nộp hồ sơ ở xã"),
        ("furniture", "Quảng cáo 997"),
        ("furniture", "Lượt xem: 790"),
        ("furniture", "Đang online: 5"),
        ("furniture", "Địa chỉ ở thành phố"),
    ]


def test_the_title_element_decides_between_headings() -> None:
    head = "<title>Kết quả giải quyết hồ sơ quý I năm 2023 | Cổng thông tin</title>"
    body = f"<h1>CỔNG THÔNG TIN ĐIỆN TỬ</h1><h2>Kết quả giải quyết hồ sơ quý I năm 2023</h2><p>{BODY}</p>"
    document = page(body, head)
    assert [text for kind, text in kinds(document) if kind == "title"] == ["Kết quả giải quyết hồ sơ quý I năm 2023"]
    assert document.title == "Kết quả giải quyết hồ sơ quý I năm 2023 | Cổng thông tin"


TABLE = """<table><caption>Biểu 1</caption>
<tr><th rowspan=2>STT</th><th rowspan=2>Cơ quan</th><th colspan=2>Đã giải quyết</th></tr>
<tr><th>Trước hạn</th><th>Quá hạn</th></tr>
<tr><td>1</td><td>Sở<br>Tư pháp</td><td>10</td><td>2</td></tr>
<tr><td colspan="100%">II. Cấp huyện</td></tr>
<tr><td>2</td><td><p>Sở</p><p>Y tế</p></td><td>7</td><td></td></tr></table>"""


def test_a_table_with_spans() -> None:
    document = page(f"<p>{BODY}</p>{TABLE}")
    [table] = document.tables
    text = table.span.of(document.text)
    assert text == (
        "STT\tCơ quan\tĐã giải quyết\t\n\t\tTrước hạn\tQuá hạn\n"
        "1\tSở Tư pháp\t10\t2\nII. Cấp huyện\t\t\t\n2\tSở Y tế\t7\t\n"
    )
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    assert cells[0, 2].column_span == 2
    assert cells[0, 0].row_span == 2
    assert cells[3, 0].column_span == 4
    assert cells[2, 3].header == ("Đã giải quyết", "Quá hạn")
    assert cells[4, 3].span.of(document.text) == ""
    assert table.caption is not None
    assert table.caption.of(document.text) == "Biểu 1"


def test_a_table_for_layout_is_taken_apart_in_order() -> None:
    document = page(
        f"<table><tr><td>UBND TỈNH A<br>Số: 1/BC</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table>"
        f"<table><tr><td><table><tr><td>Cột trái</td></tr></table></td><td><p>{BODY}</p>{TABLE}</td></tr></table>"
    )
    texts = [text for _, text in kinds(document)]
    assert texts[:5] == ["UBND TỈNH A", "Số: 1/BC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Cột trái", BODY.strip()]
    assert len(document.tables) == 1


def test_rows_without_their_table() -> None:
    markup = "<tr><th>STT</th><th>Tên</th><th>Số</th></tr><tr><td>1</td><td>A</td><td>12</td></tr>"
    [table] = read_bytes(markup.encode(), "a.html").tables
    assert (table.rows, table.columns) == (2, 3)


def test_word_html_under_a_doc_name_with_the_charset_of_its_header() -> None:
    markup = "<html xmlns:o='x'><head><meta content='text/html; charset=utf-16'></head>"
    markup += "<body><p>Hồ<o:p> sơ</o:p></p></body></html>"
    document = read_bytes(b"\xef\xbb\xbf" + markup.encode(), "lich.doc")
    assert document.source.media_type == "text/html"
    assert document.text == "Hồ sơ\n"


def test_a_servers_error_page_is_refused_as_what_it_is() -> None:
    with pytest.raises(ReadError) as caught:
        page("<h1>Server Error</h1><h2>404 - File or directory not found.</h2>", "<title>404 - not found</title>")
    assert caught.value.cause is Cause.UNSUPPORTED
    assert "404" in caught.value.message
    assert "Download" in caught.value.hint

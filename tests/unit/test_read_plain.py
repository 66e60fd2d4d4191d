"""Plain text: encodings, blocks, titles, hard-wrapped lines, tables."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import BlockKind, Document, ReadError
from pipeline.read import read_bytes

NEWS = """Trang chủ | Tin tức | Văn bản | Hỏi đáp
Hà Giang: hồ sơ đúng hạn đạt 99,1%
Thứ Hai, 05/06/2023, 10:12

Sáu tháng đầu năm, tỉnh Hà Giang tiếp nhận 12.345 hồ sơ thủ tục hành chính, trong đó hồ sơ trực tuyến là 8.000 hồ sơ; \
tỷ lệ giải quyết đúng hạn đạt 99,1%, tăng so với cùng kỳ năm trước.

Tổng số: 12
Năm 2021
Lượt xem: 790
TIN CŨ HƠN
Họp giao ban tháng 5 (01/06/2023)
Đang online: 12
Hôm nay: 43633
"""


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


def test_each_line_of_a_news_item_is_what_it_is() -> None:
    found = kinds(read_bytes(NEWS.encode(), "a.txt"))
    assert [kind for kind, _ in found] == [
        "furniture",
        "title",
        "paragraph",
        "paragraph",
        "paragraph",
        "paragraph",
        *["furniture"] * 5,
    ]
    assert found[1][1] == "Hà Giang: hồ sơ đúng hạn đạt 99,1%"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_one_canonical_text_whatever_the_encoding(encoding: str, mark: bytes, form: str, line_end: str) -> None:
    written = unicodedata.normalize(form, NEWS).replace("\n", line_end)  # type: ignore[arg-type]
    document = read_bytes(mark + written.encode(encoding), "a.txt")
    assert document.text == NEWS
    assert document.encoding == encoding


def test_a_few_wrong_bytes_do_not_cost_the_file() -> None:
    document = read_bytes(NEWS.encode().replace(b"790", b"7\xff90"), "a.txt")
    assert "Lượt xem: 7\ufffd90" in document.text
    assert document.warnings


LETTERHEAD = """ỦY BAN NHÂN DÂN
TỈNH LAI CHÂU
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 45/BC-UBND
Lai Châu, ngày 20 tháng 6 năm 2022

BÁO CÁO
Công tác cải cách hành chính
6 tháng đầu năm 2022

Thực hiện Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ, UBND tỉnh báo cáo như sau:
I. KẾT QUẢ
1. Cải cách thể chế
- Ban hành 12 văn bản;
a) Kiểm tra 5 đơn vị.
2. Đã tiếp nhận 100 hồ sơ, giải quyết 98 hồ sơ.
Nơi nhận:
- Như trên;
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
"""


def test_an_act_has_a_head_a_title_headings_and_a_foot() -> None:
    assert kinds(read_bytes(LETTERHEAD.encode(), "a.txt")) == [
        ("paragraph", "ỦY BAN NHÂN DÂN"),
        ("paragraph", "TỈNH LAI CHÂU"),
        ("furniture", "-------"),
        ("paragraph", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("paragraph", "Độc lập - Tự do - Hạnh phúc"),
        ("paragraph", "Số: 45/BC-UBND"),
        ("paragraph", "Lai Châu, ngày 20 tháng 6 năm 2022"),
        ("title", "BÁO CÁO"),
        ("title", "Công tác cải cách hành chính\n6 tháng đầu năm 2022"),
        ("paragraph", LETTERHEAD[LETTERHEAD.index("Thực hiện") : LETTERHEAD.index("\nI. KẾT")]),
        ("heading", "I. KẾT QUẢ"),
        ("heading", "1. Cải cách thể chế"),
        ("list_item", "- Ban hành 12 văn bản;"),
        ("list_item", "a) Kiểm tra 5 đơn vị."),
        ("list_item", "2. Đã tiếp nhận 100 hồ sơ, giải quyết 98 hồ sơ."),
        ("paragraph", "Nơi nhận:"),
        ("paragraph", "- Như trên;"),
        ("paragraph", "TM. ỦY BAN NHÂN DÂN"),
        ("paragraph", "KT. CHỦ TỊCH"),
    ]


def test_a_letter_is_titled_by_what_it_is_about() -> None:
    letter = (
        "SỞ NỘI VỤ\nSố: 12/SNV-CCHC\nV/v báo cáo quý I\nCộng hòa\nKính gửi: Các sở.\nThực hiện kế hoạch năm 2021.\n"
    )
    assert ("title", "V/v báo cáo quý I") in kinds(read_bytes(letter.encode(), "a.txt"))


WRAPPED = """Thực hiện Nghị quyết số 01-NQ/CP
ngày 05/01/2024 của Chính phủ về kế hoạch phát triển kinh tế - xã hội, dự toán
ngân sách nhà nước năm 2024 và Kế hoạch số
63/KH-UBND của tỉnh, Sở Nội vụ đã phối hợp với các cơ quan có liên quan của
Tỉnh tổ chức 12 cuộc kiểm tra.
- Gồm 5 cuộc kiểm tra theo kế hoạch và những cuộc kiểm tra đột xuất tại các
huyện, thành phố.
Kết quả cho thấy các đơn vị chấp hành tốt quy định của pháp luật hiện hành.
"""


def test_a_short_numbered_label_is_a_line_of_its_own_above_a_number() -> None:
    text = (
        "1. Toàn tỉnh\nTrong quý, tỉnh tiếp nhận 141.806 hồ sơ.\n\n2. Cấp huyện\n8 huyện, thành phố nhận 48.357 hồ sơ."
    )
    assert kinds(read_bytes(text.encode(), "a.txt"))[2:] == [
        ("heading", "2. Cấp huyện"),
        ("paragraph", "8 huyện, thành phố nhận 48.357 hồ sơ."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # A bracket that is open, and one that tells more of the number before it, go on.
        "- Phải giải quyết 187.604 hồ sơ (kỳ trước 9.215; tiếp nhận mới\n178.389, trong đó trực tuyến 61.872).",
        "- Đã giải quyết 176.930 hồ sơ, trong đó quá hạn 1.425 hồ sơ\n(chiếm 0,81%).",
    ],
)
def test_a_bracket_goes_on_in_the_next_line(text: str) -> None:
    assert kinds(read_bytes(f"Báo cáo quý II\n\n{text}\n".encode(), "a.txt"))[1:] == [("list_item", text)]


def test_the_title_of_an_act_ends_above_its_first_section() -> None:
    text = (
        "BÁO CÁO\nKẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2018\nI. KẾT QUẢ THỰC HIỆN NHIỆM VỤ ĐƯỢC GIAO\n1. Tồn tại\n"
        "Các đơn vị còn nhiệm vụ quá hạn: Sở Xây dựng 11, Sở Y tế 9."
    )
    assert kinds(read_bytes(text.encode(), "a.txt")) == [
        ("title", "BÁO CÁO"),
        ("title", "KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2018"),
        ("heading", "I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ ĐƯỢC GIAO"),
        ("heading", "1. Tồn tại"),
        ("paragraph", "Các đơn vị còn nhiệm vụ quá hạn: Sở Xây dựng 11, Sở Y tế 9."),
    ]


def test_hard_wrapped_lines_are_one_paragraph_and_keep_their_characters() -> None:
    document = read_bytes(WRAPPED.encode(), "a.txt")
    assert document.text == WRAPPED
    lines = [text.count("\n") + 1 for _, text in kinds(document)]
    assert lines == [5, 2, 1]


BARS = """STT | Cơ quan | Tiếp nhận | Đúng hạn (%)
1 | Sở Tư pháp | 4.218 | 100
2 | Sở Công Thương | 5.071 | 99,5
 | Tổng cộng | 9.289 | 99,7
"""


@pytest.mark.parametrize(
    "table",
    [
        BARS,
        BARS.replace(" | ", "\t"),
        "".join(f"| {line} |\n" for line in BARS.replace("\n |", "\n  |").splitlines()).replace(
            "(%) |\n", "(%) |\n|---|---|---|---|\n"
        ),
    ],
    ids=["bars", "tabs", "markdown"],
)
def test_a_plain_table_is_cells_under_headings(table: str) -> None:
    text = f"Bảng 1: Kết quả\n{table}\nTrên đây là kết quả của quý."
    document = read_bytes(text.encode(), "a.txt")
    [found] = document.tables
    assert document.text == text
    assert (found.rows, found.columns) == (4, 4)
    assert found.caption is not None
    assert found.caption.of(text) == "Bảng 1: Kết quả"
    cells = {(cell.row, cell.column): cell for cell in found.cells}
    assert cells[2, 2].span.of(text) == "5.071"
    assert cells[2, 2].header == ("Tiếp nhận",)
    assert cells[3, 1].span.of(text) == "Tổng cộng"
    assert [cell.is_header for cell in found.cells] == [True] * 4 + [False] * 12
    assert [block.span for block in document.blocks if block.kind is BlockKind.TABLE] == [found.span]


def test_a_table_with_a_cell_a_line() -> None:
    cells = ["TT", "Đơn vị", "Điểm", "1", "Sở Tài chính", "92,93", "2", "Sở Xây dựng", "91,33"]
    text = "1. Sở, ban, ngành\n\n" + "\n\n".join(cells) + "\n\n2. Cấp huyện\n\nChưa có số liệu.\n"
    document = read_bytes(text.encode(), "a.txt")
    [table] = document.tables
    assert [cell.span.of(text) for cell in table.cells] == cells
    assert table.cells[5].header == ("Điểm",)


@pytest.mark.parametrize(
    "text",
    [
        "Trang chủ | Thời sự | Kinh tế\nGiới thiệu | Liên hệ | Video\n",
        "Sáng | trưa | chiều: một buổi làm việc\nMột dòng khác | không có số | nào cả\n",
    ],
)
def test_bars_alone_make_no_table(text: str) -> None:
    assert read_bytes(text.encode(), "a.txt").tables == ()


@given(st.text(alphabet=st.sampled_from(list("aăâ1.,;|\t\n -•IV:Đđệ\u0301%()")), max_size=300))
def test_blocks_and_cells_hold_together_whatever_the_text(text: str) -> None:
    try:
        document = read_bytes(text.encode(), "a.txt")
    except ReadError:
        return
    last = 0
    for block in document.blocks:
        assert last <= block.span.start < block.span.end <= len(document.text)
        last = block.span.end
    outside = list(document.text)
    for block in document.blocks:
        outside[block.span.start : block.span.end] = " " * len(block.span)
    assert "".join(outside).strip() == ""
    for table in document.tables:
        assert all(table.span.covers(cell.span) for cell in table.cells)
        assert len({(cell.row, cell.column) for cell in table.cells}) == len(table.cells)

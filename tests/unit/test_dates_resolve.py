"""What a date means in its document: its year where none is written, and its role."""

from __future__ import annotations

import pytest

from pipeline.assemble.dates import date_rows, resolve_dates
from pipeline.assemble.issue_dates import issue_dates
from pipeline.match.dates import date_atoms
from pipeline.match.identifiers import identifiers
from pipeline.model import DocumentFacts
from pipeline.read import read_bytes


def rows(text: str, **facts: str) -> list[tuple[str, str, str]]:
    """Quote, period code or days, and role of each row of `dates`."""
    document = read_bytes(text.encode(), "page.txt")
    atoms = date_atoms(document.text)
    issued = issue_dates(identifiers(document.text), atoms, document.text)
    resolved = resolve_dates(document, atoms, DocumentFacts(**facts), issued)  # type: ignore[arg-type]
    found = date_rows(resolved)
    assert all(row.span.of(document.text) == row.quote for row in found)
    return [(row.quote, f"{row.start}/{row.end}", row.role) for row in found]


def day(text: str) -> str:
    return f"{text}/{text}"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("so với năm 2019", "base_period"),
        ("tăng 5% so với cùng kỳ năm 2019", "base_period"),
        ("nhỉnh hơn năm 2019 là 1,59 điểm", "base_period"),
        ("Đặt cạnh năm 2019, tỉnh thêm được 3 điểm", "base_period"),
        ("Năm 2019, tỉnh đạt", "period"),
        ("trong khi năm 2019 mới ở mức 43/63", "period"),
        ("giai đoạn 2016-2020", "period"),
        ("Tính đến ngày 31/3/2021, tỉnh", "period"),
        ("Chốt đến ngày 31/7/2021, tổng điểm", "period"),
        ("(số liệu tính đến 17h00 ngày 31/10/2023)", "period"),
        ("báo cáo trước ngày 10/5/2021", "event"),
        ("chậm nhất ngày 10/5/2021", "event"),
        ("hội nghị ngày 10/5/2021", "event"),
        ("Từ ngày 01/7/2025, tỉnh vận hành", "event"),
        ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;", "issued"),
        ("Quyết định số 12/QĐ-UBND ngày 19/6/2015", "issued"),
        ("Nghị định số 63/2010/NĐ-CP\nngày 08/6/2010 của Chính phủ", "issued"),
        ("Ngày 18/6/2021, UBND tỉnh ban hành Báo cáo số 203/BC-UBND", "issued"),
        ("Ngày 21.01.2021, Tỉnh ủy ban hành Nghị quyết về CCHC", "event"),
        ("Đăng ngày: 13/12/2018 11:36:32", "published"),
        ("Cập nhật: 27/11/2020 14:20", "published"),
        ("• Tập huấn kỹ năng cho cán bộ một cửa (06/03/2018)", "published"),
        ("Nguồn: haiphong.gov.vn 13/11/2018", "published"),
        ("Ảnh: Bộ phận Một cửa, chụp tháng 10/2020", "event"),
        ("Báo cáo được công bố hồi giữa tháng 4-2021", "event"),
        ("Cổng dịch vụ công đi vào hoạt động từ tháng 6/2019", "event"),
        ("công bố chỉ số tháng 4/2021", "period"),
        ("So với lần thống kê trước (15/6/2021), tỷ lệ giảm", "base_period"),
        ("giảm so với quý trước (quý I/2023)", "base_period"),
        ("cao hơn cùng kỳ năm trước (6 tháng đầu năm 2022)", "base_period"),
        ("giảm 01 bậc so với 2021.", "base_period"),
        ("Tỉnh được 84,16% (năm 2021: 85,32%)", "period"),
        ("Tỷ lệ của tỉnh cao hơn mức chung (năm 2023)", "period"),
        ("hết quý II/2026 phải cung cấp toàn trình 100% thủ tục", "event"),
        ("đến ngày 31/12/2025 các xã phải hoàn thành số hóa", "event"),
        ("Đến hết quý II/2026, đã giải quyết 5 hồ sơ", "period"),
        ("hoàn thành trước tháng 6/2026", "event"),
        ("chậm nhất vào quý III/2023", "event"),
        ("tỷ lệ đúng hạn và trước hạn tháng 5/2023 đạt 99%", "period"),
        ("Báo cáo chỉ số do Vụ Công nghệ thông tin thực hiện, phát hành ngày 27/8/2020.", "issued"),
        ("Giấy phép số 33/GP-TTĐT cấp ngày 25/10/2019", "issued"),
        ("gửi kết quả về Sở trước 15 giờ thứ Sáu (09/4/2021).", "event"),
        ("- Họp giao ban sáng mai (12/4/2021)", "event"),
    ],
)
def test_roles(text: str, role: str) -> None:
    assert [row[2] for row in rows(text)] == [role]


@pytest.mark.parametrize(
    ("text", "facts", "days"),
    [
        # by the day of the document
        ("Trong 6 tháng đầu năm", {"published_at": "2022-07-05"}, "2022-01-01/2022-06-30"),
        ("10 tháng đầu năm", {"published_at": "2018-11-13T08:00:00+07:00"}, "2018-01-01/2018-10-31"),
        ("10 tháng đầu năm", {"published_at": "2019-01-26"}, "2018-01-01/2018-10-31"),
        ("9 tháng đầu năm", {"published_at": "2019-09-12"}, "2019-01-01/2019-09-30"),
        ("6 tháng đầu năm", {"published_at": "2019-01-26"}, "2019-01-01/2019-06-30"),
        ("trong quý IV", {"published_at": "2021-01-10"}, "2020-10-01/2020-12-31"),
        ("Trong tháng 12", {"published_at": "2021-01-10"}, "2020-12-01/2020-12-31"),
        ("dự kiến tháng 12", {"published_at": "2021-11-10"}, "2021-12-01/2021-12-31"),
        ("6 tháng cuối năm, tỉnh sẽ", {"published_at": "2021-06-18"}, "2021-07-01/2021-12-31"),
        ("chiều 30/12,", {"published_at": "2021-01-02"}, day("2020-12-30")),
        ("gửi trước ngày 15/1", {"published_at": "2021-12-20"}, day("2022-01-15")),
        ("quý I (1/12–29/2)", {"published_at": "2024-03-05"}, "2023-12-01/2024-02-29"),
        # by what the document reports on
        ("trong quý IV", {"published_at": "2021-03-10", "period": "2020"}, "2020-10-01/2020-12-31"),
        # by the sentence, and by the only year told
        ("Năm 2019, trong 6 tháng đầu năm tỉnh đạt", {"published_at": "2022-07-05"}, "2019-01-01/2019-06-30"),
        ("Qua 7 tháng, tức 7 tháng qua, kế hoạch năm 2021", {}, "2021-01-01/2021-07-31"),
        ("Quý I/2021 nhận 7 hồ sơ. Năm 2020 nhiều hơn. Từ đầu năm đến ngày 15/11 nhận 9.", {}, "2020-01-01/2020-11-15"),
        # days of a text that looks back on whole years lie after them
        ("hôm 28/4 công bố chỉ số năm 2019", {}, day("2020-04-28")),
    ],
)
def test_years_that_are_not_written(text: str, facts: dict[str, str], days: str) -> None:
    assert days in [row[1] for row in rows(text, **facts)]


def test_without_any_year_there_is_no_row() -> None:
    assert rows("6 tháng đầu năm, tỉnh tiếp nhận 675 hồ sơ; đến 15/6 còn 12 hồ sơ.") == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Trong 9 tháng qua", "2025-01-01/2025-09-30"),
        ("Trong 10 tháng qua", "2025-01-01/2025-10-31"),
        ("Trong gần 3 tháng qua", None),
    ],
)
def test_months_that_are_over_are_the_years_first_or_unknown(text: str, days: str | None) -> None:
    assert [row[1] for row in rows(text, published_at="2025-10-03")] == ([days] if days else [])


def test_the_clock_of_a_page_is_no_row() -> None:
    assert rows("Hôm nay: Thứ Ba, 18/06/2024\n\nNgày đăng: 25/04/2024 13:52") == [
        ("25/04/2024", day("2024-04-25"), "published")
    ]
    assert rows("In trang này    Thứ Bảy, 26/01/2019 21:43\n\nNguồn: haiphong.gov.vn 13/11/2018") == [
        ("13/11/2018", day("2018-11-13"), "published")
    ]


def test_deictics_are_resolved_but_give_no_row() -> None:
    document = read_bytes("Đến nay, tỉnh đã giải quyết 5 hồ sơ.".encode(), "page.txt")
    (found,) = resolve_dates(document, date_atoms(document.text), DocumentFacts(published_at="2022-07-05"))
    assert (found.kind, found.anchor, found.inferred) == ("deictic", "now", True)
    assert found.mention is not None
    assert (found.mention.start.isoformat(), found.mention.end.isoformat()) == ("2022-07-05", "2022-07-05")
    assert date_rows([found]) == ()


@pytest.mark.parametrize(
    ("headings", "role"),
    [
        (("Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"), "event"),
        (("Nội dung", "Chủ trì", "Thời hạn hoàn thành"), "event"),
        (("Sản phẩm", "Đơn vị", "Tiến độ"), "event"),
        (("Chỉ số", "Đơn vị", "Thời gian"), "period"),
        (("Thời gian", "Tiếp nhận", "Nhiệm vụ giao"), "period"),
    ],
)
def test_a_table_of_tasks_says_when_each_is_due(headings: tuple[str, ...], role: str) -> None:
    cells = ["Quý III/2021" if "hời" in heading or heading == "Tiến độ" else "Tổng hợp" for heading in headings]
    top = "".join(f"<th>{heading}</th>" for heading in headings)
    table = f"<tr>{top}</tr><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    document = read_bytes(f"<html><body><table>{table}</table></body></html>".encode(), "page.html")
    resolved = resolve_dates(document, date_atoms(document.text), DocumentFacts())
    assert [row.role for row in date_rows(resolved)] == [role]


def test_the_day_of_access_in_the_masthead_is_no_date_of_the_page() -> None:
    html = (
        "<html><body><header>Báo Đất Quảng điện tử <span>Thứ tư, 10/01/2024</span> Đường dây nóng: 0255.000.1234"
        "</header><article><h1>Quảng Ngãi đặt mục tiêu năm 2024</h1><p>Đăng ngày 08/01/2024</p>"
        "<p>Năm 2023, tỉnh tiếp nhận 12.345 hồ sơ.</p></article></body></html>"
    )
    document = read_bytes(html.encode(), "page.html")
    found = date_rows(resolve_dates(document, date_atoms(document.text), DocumentFacts()))
    assert [(row.quote, row.role) for row in found if row.role != "period"] == [("08/01/2024", "published")]

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
        # days of a text that looks back on whole years lie after them
        ("hôm 28/4 công bố chỉ số năm 2019", {}, day("2020-04-28")),
    ],
)
def test_years_that_are_not_written(text: str, facts: dict[str, str], days: str) -> None:
    assert days in [row[1] for row in rows(text, **facts)]


def test_without_any_year_there_is_no_row() -> None:
    assert rows("6 tháng đầu năm, tỉnh tiếp nhận 675 hồ sơ; đến 15/6 còn 12 hồ sơ.") == []


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

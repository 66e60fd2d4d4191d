"""What a document says about itself: official heads in any order, and pages of sites."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from pipeline.assemble.identity import identify
from pipeline.match.dates import date_atoms
from pipeline.match.identifiers import identifiers
from pipeline.model import DocumentFacts, Page, Span
from pipeline.read import read_bytes
from pipeline.values.places import load_gazetteer


def facts_of(text: str) -> DocumentFacts:
    document = read_bytes(text.encode(), "page.txt")
    return identify(document, date_atoms(document.text), identifiers(document.text), load_gazetteer())


NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
PROSE = (
    "Thực hiện kế hoạch đề ra, các cơ quan, đơn vị trên địa bàn đã tập trung triển khai đồng bộ nhiều giải pháp, "
    "góp phần nâng cao chất lượng phục vụ người dân và doanh nghiệp, được dư luận ghi nhận và đánh giá tích cực."
)

OFFICIAL = [
    (
        f"UBND TỈNH QUẢNG NINH\nSỞ NỘI VỤ\nSố: 777/BC-SNV\n{NATION}\nQuảng Ninh, ngày 14 tháng 6 năm 2023\n\n"
        f"BÁO CÁO\nCông tác cải cách hành chính 6 tháng đầu năm 2023\n\nKính gửi: Bộ Nội vụ\n\n{PROSE}",
        {
            "doc_type": "BC", "number": "777/BC-SNV", "issuer": "Sở Nội vụ tỉnh Quảng Ninh", "ref_area": "22",
            "area_regime": "63", "issued_on": "2023-06-14", "period": "2023-S1",
            "title": "Công tác cải cách hành chính 6 tháng đầu năm 2023",
        },
    ),
    (
        f"{NATION}\nỦY BAN NHÂN DÂN\nTỈNH CÀ MAU\nSố: 016/KH-UBND\nCà Mau, ngày 09 tháng 01 năm 2026\n\nKẾ HOẠCH\n"
        f"Cải cách hành chính tỉnh Cà Mau năm 2026\n\n{PROSE}",
        {
            "doc_type": "KH", "number": "016/KH-UBND", "issuer": "UBND tỉnh Cà Mau", "ref_area": "96",
            "area_regime": "34", "issued_on": "2026-01-09", "period": "2026",
        },
    ),
    (
        "ỦY BAN NHÂN DÂN                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        " TỈNH ĐIỆN BIÊN                     Độc lập - Tự do - Hạnh phúc\n"
        f" Số 18/QĐ-UBND                 Điện Biên, ngày 18 tháng 01  năm 2018\n\nQUYẾT ĐỊNH\n"
        f"Về việc công bố công khai dự toán\n\n{PROSE}",
        {
            "doc_type": "QĐ", "number": "18/QĐ-UBND", "issuer": "UBND tỉnh Điện Biên", "ref_area": "11",
            "issued_on": "2018-01-18", "title": "Về việc công bố công khai dự toán",
        },
    ),
    (
        f"UBND HUYỆN MAI SƠN\nPHÒNG NỘI VỤ\nSố: 45 /PNV-CCHC\nV/v báo cáo kết quả quý III\n\n{NATION}\n\n"
        f"Mai Sơn, ngày 20 tháng 9 năm 2021\n\nKính gửi: UBND các xã, thị trấn\n\n{PROSE}",
        {
            "doc_type": "CV", "number": "45/PNV-CCHC", "issuer": "Phòng Nội vụ huyện Mai Sơn tỉnh Sơn La",
            "ref_area": "14", "issued_on": "2021-09-20", "period": "2021-Q3", "title": "V/v báo cáo kết quả quý III",
        },
    ),
    (
        f"CHÍNH PHỦ\n_____\n{NATION}\nSố:\n367\n/2025/NĐ-CP\nHà Nội, ngày 31 tháng 12 năm 2025\n\nNGHỊ ĐỊNH\n"
        f"Sửa đổi Nghị định về cơ chế một cửa\n\n{PROSE}",
        {
            "doc_type": "NĐ", "number": "367/2025/NĐ-CP", "issuer": "Chính phủ", "ref_area": None,
            "issued_on": "2025-12-31",
        },
    ),
    (
        f"UBND TỈNH BÌNH ĐỊNH\nSố:       /UBND-TH\n{NATION}\nBình Định, ngày     tháng 7 năm 2020\n\n"
        f"Kính gửi: Các sở\n\n{PROSE}",
        {"doc_type": "CV", "number": None, "issuer": "UBND tỉnh Bình Định", "ref_area": "52", "issued_on": None},
    ),
    (
        "CỔNG DỊCH VỤ CÔNG TỈNH HÀ NAM\nTrang chủ | Tra cứu\n\nUBND TỈNH HÀ NAM\nTRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG\n"
        f"Số: 45/TB-TTPVHCC\nHà Nam, ngày 20 tháng 6 năm 2022\n\nTHÔNG BÁO\nKết quả quý II/2022\n\n{PROSE}",
        {
            "doc_type": "TB", "number": "45/TB-TTPVHCC", "ref_area": "35", "issued_on": "2022-06-20",
            "issuer": "Trung tâm Phục vụ hành chính công tỉnh Hà Nam", "period": "2022-Q2",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OFFICIAL, ids=[str(facts["number"]) for _, facts in OFFICIAL])
def test_official_documents(text: str, expected: dict[str, str | None]) -> None:
    found = asdict(facts_of(text))
    found["issued_on"] = found["issued_on"] and found["issued_on"].isoformat()
    assert {key: found[key] for key in expected} == expected
    assert found["published_at"] is None


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("UBND TỈNH BẾN TRE\nVĂN PHÒNG\nSố: 1145/VPUBND-KSTT", "Văn phòng UBND tỉnh Bến Tre"),
        ("ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\nVĂN PHÒNG\nSố: 11/TB-VP", "Văn phòng UBND tỉnh Lâm Đồng"),
        ("UBND HUYỆN MỘC CHÂU\nVĂN PHÒNG\nSố: 1/BC-VP", "Văn phòng UBND huyện Mộc Châu tỉnh Sơn La"),
        ("BỘ NỘI VỤ\nVĂN PHÒNG\nSố: 3/BC-VP", "Văn phòng Bộ Nội vụ"),
        ("TỈNH ỦY SƠN LA\nVĂN PHÒNG\n*\nSố 3-BC/VPTU", "Văn phòng Tỉnh ủy Sơn La"),
        ("UBND TỈNH SƠN LA\nVĂN PHÒNG UBND TỈNH\nSố: 3/BC-VP", "Văn phòng UBND tỉnh Sơn La"),
    ],
)
def test_an_office_is_named_with_the_organ_above_it(head: str, issuer: str) -> None:
    found = facts_of(f"{head}\n{NATION}\nSơn La, ngày 14 tháng 6 năm 2023\n\nBÁO CÁO\nCông tác\n\n{PROSE}")
    assert found.issuer == issuer


HEADLINE = "Sơn La đẩy mạnh cải cách thủ tục hành chính năm 2021"

DATED = [
    ("Thứ Hai, 16/05/2022, 07:50 [GMT+7]", "2022-05-16T07:50:00+07:00"),
    ("Đăng ngày: 13/12/2018 11:36:32", "2018-12-13T11:36:32+07:00"),
    ("Cập nhật ngày: 19/01/2021 | 11:05 GMT+7", "2021-01-19T11:05:00+07:00"),
    ("13:00 | 10/08/2022 | CHÍNH PHỦ SỐ", "2022-08-10T13:00:00+07:00"),
    ("- 12/05/2016 04:00:00 PM", "2016-05-12T16:00:00+07:00"),
    ("29/09/2021", "2021-09-29"),
    ("Thứ 3, ngày 12 tháng 4 năm 2022 - 09:15", "2022-04-12T09:15:00+07:00"),
    ("Ngày đăng: 25/04/2024 13:52 | Lượt xem: 1.413", "2024-04-25T13:52:00+07:00"),
    ("Hôm nay: Thứ Ba, 18/06/2024", None),
    ("1/1/0001", None),
    ("", None),
]


@pytest.mark.parametrize(("line", "moment"), DATED, ids=[line for line, _ in DATED])
def test_pages(line: str, moment: str | None) -> None:
    found = facts_of(f"Trang chủ | Tin tức\n\n{HEADLINE}\n\n{line}\n\n{PROSE}\n\nLượt xem: 790")
    assert found.published_at == moment
    assert (found.title, found.doc_type, found.ref_area, found.area_regime) == (HEADLINE, "news", "14", "63")
    assert (found.number, found.issuer, found.issued_on, found.period) == (None, None, None, "2021")


def test_a_marked_day_goes_before_the_head_of_the_page() -> None:
    found = facts_of(f"Thứ Bảy, 26/01/2019 21:43\n\n{HEADLINE}\n\n{PROSE}\n\nNguồn: sonla.gov.vn 13/11/2018")
    assert found.published_at == "2018-11-13"


def test_dates_of_other_items_are_not_the_page_s() -> None:
    found = facts_of(f"{HEADLINE}\n\n{PROSE}\n\nTin khác\n• Tập huấn cho cán bộ một cửa (06/03/2018)")
    assert found.published_at is None


def test_the_province_is_the_title_s_not_the_one_named_most() -> None:
    text = f"Lào Cai xếp thứ 6 cả nước về phục vụ người dân\n\n04/08/2025\n\n{PROSE} Hà Nội, Hà Nội, Huế và Hà Nội."
    found = facts_of(text)
    assert (found.ref_area, found.area_regime) == ("15", "34")


def test_a_ranking_of_many_provinces_is_about_none() -> None:
    found = facts_of(f"Bảng xếp hạng chỉ số đổi mới sáng tạo năm 2024\n\n{PROSE} Hà Nội, Huế, Cà Mau, Lai Châu.")
    assert found.ref_area is None


@pytest.mark.parametrize("text", ["404", "xin chào", "Số: \n\n" + NATION])
def test_a_text_that_says_nothing_gives_nothing(text: str) -> None:
    found = facts_of(text)
    assert (found.number, found.issued_on, found.published_at, found.ref_area) == (None, None, None, None)


def scanned_facts(text: str) -> DocumentFacts:
    """The same of a page that was recognised."""
    document = read_bytes(text.encode(), "page.txt")
    scanned = replace(document, pages=(Page(1, 595, 842, Span(0, len(document.text)), ocr=True),))
    return identify(scanned, date_atoms(document.text), identifiers(document.text), load_gazetteer())


def test_a_misread_head_with_its_figures_left_blank_says_type_and_issuer() -> None:
    text = (
        "UBND TỈNH KIÊN GIANG\nSỞ Y TÉ\nSố:… /TB -SYT\nCỌNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập — Tự do —- Hạnh phúc\n"
        f"Kiên Giang, ngày… tháng 12 năm 2017\nTHÔNG BẢO\nLịch xét thi đua năm 2017\n{PROSE}"
    )
    facts = scanned_facts(text)
    assert (facts.doc_type, facts.number, facts.issuer) == ("TB", None, "Sở Y tế tỉnh Kiên Giang")


def test_a_heading_that_recognition_got_wrong_is_known_on_scanned_pages_only() -> None:
    text = f"{NATION}\nKÉ HOẠCH\nKiểm tra năm 2017\n{PROSE}"
    assert facts_of(text).doc_type == "CV"
    assert (scanned_facts(text).doc_type, scanned_facts(text).title) == ("KH", "Kiểm tra năm 2017")


def test_an_annex_without_a_head_is_of_the_act_that_it_comes_with() -> None:
    text = (
        "MỘT SỐ KẾT QUẢ CHỦ YẾU NĂM 2019\n"
        "(Kèm theo Báo cáo số: ...../BC-UBND, ngày......tháng...... năm 2020 của UBND Xã Đắk Hòa)\n\n"
        f"STT  Chỉ tiêu\n\n{PROSE}"
    )
    facts = facts_of(text)
    assert (facts.doc_type, facts.issuer, facts.number) == ("BC", "UBND xã Đắk Hòa", None)
    assert facts_of(f"Tin tức\n\n{PROSE} (kèm theo Báo cáo số 5/BC-UBND của UBND tỉnh).").doc_type == "news"

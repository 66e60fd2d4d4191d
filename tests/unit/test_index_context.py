"""Of whom, of when, against what and within what an index number is said."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.model import Observation
from pipeline.process import read_document
from pipeline.rulebook.book import load

Row = tuple[str, str, str | None, str | None, str | None, str | None]


def rows(text: str) -> list[Observation]:
    found = extract(read_document(text.encode(), "text.txt"), load()).observations
    return [row for row in found if row.indicator.startswith("index.")]


def told(text: str) -> list[Row]:
    return [
        (o.indicator.removeprefix("index."), str(o.value), o.subject, o.time_period, o.base_period, o.scope)
        for o in rows(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A name in front of a bracket owns what is in it; a bracket's year is its own.
        ("PAPI năm 2019: Đồng Tháp (46,72 điểm), Quảng Ninh (46,66 điểm).", [
            ("score", "46.72", "Tỉnh Đồng Tháp", "2019", None, None),
            ("score", "46.66", "Tỉnh Quảng Ninh", "2019", None, None),
        ]),
        ("PCI năm 2022 của tỉnh Lào Cai đạt 68,2 điểm (năm 2021: 64,93 điểm), xếp thứ 12.", [
            ("score", "68.2", "Tỉnh Lào Cai", "2022", None, None),
            ("score", "64.93", "Tỉnh Lào Cai", "2021", None, None),
            ("rank", "12", "Tỉnh Lào Cai", "2022", None, "national"),
        ]),
        # What a change is against holds on for the parts of the index, and for no other.
        ("PAPI năm 2017 của Gia Lai đạt 33,87 điểm, giảm 1,46 điểm so với năm 2016. Nội dung “Kiểm soát tham nhũng” "
         "giảm 0,52 điểm. PCI năm 2017 của tỉnh giảm 2 điểm.", [
            ("score", "33.87", "Tỉnh Gia Lai", "2017", None, None),
            ("score_change", "-1.46", "Tỉnh Gia Lai", "2017", "2016", None),
            ("score_change", "-0.52", "Tỉnh Gia Lai", "2017", "2016", None),
            ("score_change", "-2", "Tỉnh Gia Lai", "2017", None, None),
        ]),
        # A region that opens the clause, by its name or as the document's own.
        ("PAPI năm 2017 của Gia Lai xếp thứ 58/63. Trong khối Tây Nguyên, tỉnh xếp thứ 5.", [
            ("rank", "58", "Tỉnh Gia Lai", "2017", None, "national"),
            ("rank", "5", "Tỉnh Gia Lai", "2017", None, "region:tay-nguyen"),
        ]),
        ("PCI năm 2020: cùng trong khu vực, dẫn đầu là Đồng Tháp (xếp thứ 3 toàn quốc).", [
            ("rank", "1", "Tỉnh Đồng Tháp", "2020", None, "region:dong-bang-song-cuu-long"),
            ("rank", "3", "Tỉnh Đồng Tháp", "2020", None, "national"),
        ]),
        # Regions have their means in turn.
        ("PCI năm 2021: Đông Nam Bộ và Tây Nguyên lần lượt là 65,2 điểm và 62,3 điểm.", [
            ("mean_score", "65.2", "Đông Nam Bộ", "2021", None, None),
            ("mean_score", "62.3", "Tây Nguyên", "2021", None, None),
        ]),
        # Behind a colon the kind takes up the name; a name in commas says who a place is of.
        ("PCI năm 2021: đáng chú ý nhất là Hải Phòng: thành phố đạt 71,05 điểm.", [
            ("score", "71.05", "Thành phố Hải Phòng", "2021", None, None),
        ]),
        ("PCI năm 2021: Quảng Ninh đạt 72,5 điểm, cao hơn đơn vị xếp thứ hai, Hải Phòng (71,05 điểm).", [
            ("score", "72.5", "Tỉnh Quảng Ninh", "2021", None, None),
            ("rank", "2", "Thành phố Hải Phòng", "2021", None, "national"),
            ("score", "71.05", "Thành phố Hải Phòng", "2021", None, None),
        ]),
        # "Việt Nam" in the name of a body is not the country.
        ("PAR INDEX năm 2022: Ngân hàng Nhà nước Việt Nam đạt 90,12%.", [
            ("score", "90.12", "Ngân hàng Nhà nước Việt Nam", "2022", None, None),
        ]),
        # A share of units, a weekday and the head of a list of topics are none of an index.
        ("Chỉ số CCHC năm 2021 của tỉnh Sơn La: có 06/19 đơn vị (31,57%) xếp nhóm A.", []),
        ("Kết quả PAPI năm 2021 của tỉnh Sơn La\n\nThứ năm - 02/10/2022\n", []),
        ("SIPAS năm 2022: đứng đầu danh sách vẫn là mở rộng hình thức tiếp cận thông tin.", []),
        # One reference for a chain of changes, up to the next index.
        ("PAR INDEX năm 2020 của Sơn La tăng 2,91%, tăng 3 bậc so với năm 2019; SIPAS tăng 1,2%.", [
            ("score_change", "2.91", "Tỉnh Sơn La", "2020", "2019", None),
            ("rank_change", "3", "Tỉnh Sơn La", "2020", "2019", None),
            ("score_change", "1.2", "Tỉnh Sơn La", "2020", "2019", None),
        ]),
        # Both ends of a move have their year.
        ("ICT Index: Tiền Giang vọt từ bậc 21 (năm 2015) lên bậc 4 (năm 2016).", [
            ("rank", "21", "Tỉnh Tiền Giang", "2015", None, "national"),
            ("rank", "4", "Tỉnh Tiền Giang", "2016", None, "national"),
        ]),
        # Names and numbers in the same order.
        ("DDCI năm 2021 tỉnh Hải Dương: Cục Thuế tỉnh và Sở Công Thương lần lượt đạt 83,90 và 83,12 điểm.", [
            ("score", "83.90", "Cục Thuế tỉnh Hải Dương", "2021", None, None),
            ("score", "83.12", "Sở Công Thương tỉnh Hải Dương", "2021", None, None),
        ]),
        # A part of a list may begin with the place, and name whose it is behind.
        ("SIPAS năm 2023: tỉnh Lào Cai dẫn đầu, đạt 90,61%; đứng thứ 2 tỉnh Nghệ An đạt 90,29%.", [
            ("rank", "1", "Tỉnh Lào Cai", "2023", None, "national"),
            ("score", "90.61", "Tỉnh Lào Cai", "2023", None, None),
            ("rank", "2", "Tỉnh Nghệ An", "2023", None, "national"),
            ("score", "90.29", "Tỉnh Nghệ An", "2023", None, None),
        ]),
        ("DDCI năm 2021 tỉnh Hải Dương: huyện Gia Lộc đạt 83,90 điểm, đứng thứ 2 tỉnh Hải Dương.", [
            ("score", "83.90", "Huyện Gia Lộc tỉnh Hải Dương", "2021", None, None),
            ("rank", "2", "Huyện Gia Lộc tỉnh Hải Dương", "2021", None, "province:districts"),
        ]),
        # A score that opens its clause belongs to the name behind; "địa phương này" takes up the last one.
        ("Theo VCCI, với điểm số PCI tổng hợp năm 2023 đạt 71,25 điểm, Nghệ An tiếp tục là tỉnh đứng đầu. Đáng chú ý "
         "là Long An. Địa phương này tăng 2,49 điểm so với năm 2022, còn Hải Phòng giảm 0,42 điểm.", [
            ("score", "71.25", "Tỉnh Nghệ An", "2023", None, None),
            ("rank", "1", "Tỉnh Nghệ An", "2023", None, "national"),
            ("score_change", "2.49", "Tỉnh Long An", "2023", "2022", None),
            ("score_change", "-0.42", "Thành phố Hải Phòng", "2023", "2022", None),
        ]),
        # Both ends of a move are within one set; "trong vùng" is the region of the province.
        ("Thứ hạng PAR INDEX năm 2022 của Sơn La từ vị trí 15 lên 13 trong cả nước, từ thứ 5 lên thứ 4 trong vùng.", [
            ("rank", "15", "Tỉnh Sơn La", "2021", None, "national"),
            ("rank", "13", "Tỉnh Sơn La", "2022", None, "national"),
            ("rank", "5", "Tỉnh Sơn La", "2021", None, "region:trung-du-va-mien-nui-phia-bac"),
            ("rank", "4", "Tỉnh Sơn La", "2022", None, "region:trung-du-va-mien-nui-phia-bac"),
        ]),
        # The nation's figure set against the province's.
        ("SIPAS năm 2024 của Hà Nội đạt 86,5%; SIPAS chung của cả nước năm 2024 đạt 83,94%.", [
            ("score", "86.5", "Thành phố Hà Nội", "2024", None, None),
            ("mean_score", "83.94", "Cả nước", "2024", None, None),
        ]),
        # The first of several rankings at once.
        ("Năm 2023, Quảng Ninh đứng đầu trên cả hai bảng xếp hạng: Chỉ số cải cách hành chính (PAR Index) và SIPAS.", [
            ("rank", "1", "Tỉnh Quảng Ninh", "2023", None, "national"),
            ("rank", "1", "Tỉnh Quảng Ninh", "2023", None, "national"),
        ]),
        # Several leaders have no place; among provinces "TP Huế" stood for its own before it became one.
        ("DTI năm 2023: Vị trí thứ 3 thuộc về TP.Huế. Các tỉnh có chỉ số DTI đứng đầu gồm Hà Nội, Cần Thơ.", [
            ("rank", "3", "Tỉnh Thừa Thiên Huế", "2023", None, "national"),
        ]),
        # A rank in words looks ahead for its name.
        ("Quán quân PCI 2023 vẫn là Quảng Ninh với 71,25 điểm.", [
            ("rank", "1", "Tỉnh Quảng Ninh", "2023", None, "national"),
            ("score", "71.25", "Tỉnh Quảng Ninh", "2023", None, None),
        ]),
        # Regions, sets of agencies, of districts.
        ("PAR INDEX năm 2023 của Kon Tum xếp thứ 2 khu vực Tây Nguyên.",
         [("rank", "2", "Tỉnh Kon Tum", "2023", None, "region:tay-nguyen")]),
        ("Chỉ số CCHC năm 2021 của Sở Y tế tỉnh Sơn La xếp thứ 6/20 sở, ban, ngành.",
         [("rank", "6", "Sở Y tế tỉnh Sơn La", "2021", None, "province:agencies")]),
        ("Chỉ số CCHC năm 2021 của huyện Mai Sơn tỉnh Sơn La xếp thứ 4/12 huyện, thành phố.",
         [("rank", "4", "Huyện Mai Sơn tỉnh Sơn La", "2021", None, "province:districts")]),
        # A mean is of its group.
        ("Giá trị trung bình PAR INDEX năm 2023 của vùng Đông Nam Bộ là 87,79%.",
         [("mean_score", "87.79", "Vùng Đông Nam Bộ", "2023", None, None)]),
        # Whoever publishes is not measured.
        ("Bộ Nội vụ công bố PAR INDEX năm 2022: Sơn La đạt 87,2%.",
         [("score", "87.2", "Tỉnh Sơn La", "2022", None, None)]),
        # A monthly index.
        ("Tháng 10/2025, Bộ chỉ số phục vụ người dân, doanh nghiệp của tỉnh Cà Mau tăng 2,05 điểm so với tháng 9/2025.",
         [("score_change", "2.05", "Tỉnh Cà Mau", "2025-10", "2025-09", None)]),
    ],
)  # fmt: skip
def test_slots(text: str, expected: list[Row]) -> None:
    assert told(text) == expected


def test_the_year_is_the_measured_one_not_that_of_the_news() -> None:
    text = (
        "BÁO SƠN LA\nSơn La tăng hạng cải cách hành chính\nThứ Năm, 26/05/2022 - 08:00\n\n"
        "Ngày 25/5/2022, Bộ Nội vụ công bố Chỉ số cải cách hành chính (PAR INDEX) năm 2021.\n\n"
        "Tỉnh Sơn La đạt 87,62 điểm, đứng thứ 15/63.\n"
    )
    assert {(o.subject, o.time_period, "inherited_period" in o.flags) for o in rows(text)} == {
        ("Tỉnh Sơn La", "2021", True)
    }


def test_a_name_on_both_sides_of_the_merger_has_the_code_of_its_year() -> None:
    text = (
        "ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP\nSố: 512/BC-UBND\nĐồng Tháp, ngày 18 tháng 12 năm 2025\nBÁO CÁO\n"
        "Công tác cải cách hành chính năm 2025\n\nPCI năm 2024: tỉnh Đồng Tháp 71,44 điểm.\n\n"
        "Tháng 11/2025, Bộ chỉ số phục vụ người dân, doanh nghiệp của tỉnh đạt 91,37 điểm.\n"
    )
    assert [(o.index, o.ref_area, o.area_regime) for o in rows(text)] == [("PCI", "87", "63"), ("DVC_766", "82", "34")]


def test_a_headline_and_its_body_are_one_fact() -> None:
    text = "Tây Ninh tăng 17 bậc về PAR INDEX\n\nNăm 2020, PAR INDEX của tỉnh Tây Ninh tăng 17 bậc so với năm 2019.\n"
    assert told(text) == [("rank_change", "17", "Tỉnh Tây Ninh", "2020", "2019", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("28 tỉnh thăng hạng, tỉnh thăng cao nhất 34 bậc (Sóc Trăng).", [("34", "Tỉnh Sóc Trăng")]),
        ("29 tỉnh thụt hạng, thụt sâu nhất là 34 bậc (Lâm Đồng).", [("-34", "Tỉnh Lâm Đồng")]),
        ("Tỉnh tăng cao nhất trên 2 điểm.", []),
        ("Sóc Trăng thăng hạng nhiều nhất với 34 bậc.", [("34", "Tỉnh Sóc Trăng")]),
    ],
)
def test_who_moves_most_is_not_the_documents_own(text: str, expected: list[tuple[str, str | None]]) -> None:
    document = read_document(f"PAPI năm 2022 của tỉnh Sơn La\n\nĐiểm PAPI 2022 của tỉnh tăng. {text}".encode(), "a.txt")
    facts = extract(document, load()).observations
    assert [(f"{fact.value:f}", fact.subject) for fact in facts if fact.indicator.endswith("_change")] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Điểm số PAPI trung bình các tỉnh giảm nhẹ từ 41,71 (2021) xuống 41,56 (2022).",
        "Điểm PAPI trung bình cả nước giảm từ 41,71 điểm năm 2021 xuống 41,56 điểm năm 2022.",
    ],
)
def test_both_ends_of_a_mean_that_changes_are_means(text: str) -> None:
    facts = extract(read_document(f"PAPI của tỉnh Sơn La\n\n{text}".encode(), "a.txt"), load()).observations
    assert [(fact.indicator, f"{fact.value:f}", fact.subject, fact.time_period) for fact in facts] == [
        ("index.mean_score", "41.71", "Cả nước", "2021"), ("index.mean_score", "41.56", "Cả nước", "2022"),
    ]  # fmt: skip


def test_a_goal_is_of_its_own_time_whatever_result_was_told_before() -> None:
    text = (
        "UBND TỈNH NINH THUẬN\nSố: 45/KH-UBND\nNinh Thuận, ngày 24 tháng 11 năm 2023\n\nKẾ HOẠCH\nCải cách hành chính "
        "tỉnh Ninh Thuận năm 2024\n\nI. MỤC TIÊU\n\nNăm 2022, Chỉ số CCHC của tỉnh xếp thứ 23/63.\n\n"
        "- Chỉ số CCHC (PAR INDEX) đạt từ 88% trở lên.\n"
    )
    assert [(o.indicator, o.obs_status, o.time_period) for o in rows(text)] == [
        ("index.rank", "actual", "2022"),
        ("index.score", "target", "2024"),
    ]


def test_the_portal_is_no_country_and_a_department_writes_of_itself() -> None:
    news = (
        "Quảng Trị: Đẩy mạnh chuyển đổi số\n\nTheo bảng xếp hạng trên Cổng Dịch vụ công quốc gia, tỉnh đạt 86,7/100 "
        "điểm, đứng thứ 11/34 tỉnh, thành phố.\n"
    )
    assert {o.subject for o in rows(news)} == {"Tỉnh Quảng Trị"}
    report = (
        "UBND TỈNH CÀ MAU\nSỞ Y TẾ\nSố: 45/BC-SYT\nCà Mau, ngày 10 tháng 9 năm 2025\n\nBÁO CÁO\nCông tác cải cách hành "
        "chính quý III năm 2025\n\nTheo Chỉ số CCHC năm 2024 của tỉnh, Sở đạt 88,9 điểm, xếp thứ 9/20.\n"
    )
    assert {(o.subject, o.scope) for o in rows(report)} == {
        ("Sở Y tế tỉnh Cà Mau", None),
        ("Sở Y tế tỉnh Cà Mau", "province:agencies"),
    }

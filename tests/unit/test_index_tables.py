"""Scores and ranks in tables: which whole numbers under a heading are scores."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.process import read_document
from pipeline.rulebook.book import load

HEAD = "Kết quả Chỉ số cải cách hành chính năm 2022 của các huyện tỉnh Sơn La\n\n"


@pytest.mark.parametrize(
    ("heading", "cells", "scores"),
    [
        # Under "Điểm" a whole number is a score …
        ("Điểm", ("91", "85"), [91, 85]),
        ("Điểm đạt được", ("91", "85"), [91, 85]),
        # … and in a column of broken ones.
        ("Kết quả", ("91,5", "85"), [91.5, 85]),
        ("Kết quả (%)", ("91,5", "85"), [91.5, 85]),
        # Elsewhere it may count anything; the greatest score is no score.
        ("Kết quả", ("91", "85"), []),
        ("Điểm tối đa", ("91", "85"), []),
    ],
)
def test_whole_numbers(heading: str, cells: tuple[str, str], scores: list[float]) -> None:
    rows = "".join(f"| {name} | {cell} |\n" for name, cell in zip(("Mai Sơn", "Yên Châu"), cells, strict=True))
    document = read_document(f"{HEAD}| Huyện | {heading} |\n|---|---|\n{rows}".encode(), "a.txt")
    found = [o for o in extract(document, load()).observations if o.indicator == "index.score"]
    assert [float(o.value) for o in found] == scores


PROFILE = """Hồ sơ Chỉ số Xanh cấp tỉnh (PGI) năm 2023 của Bình Dương

Các chỉ số thành phần
Chỉ số | 2022 | 2023
Đảm bảo tuân thủ các tiêu chuẩn môi trường tối thiểu | 5.02 | 6.13
Mức độ gắn kết của cộng đồng | 1.79 | 4.24
Điểm số PGI | 14.23 | 22.61
Xếp hạng | 41 | 17

So sánh điểm PGI với các tỉnh thuộc vùng Đông Nam Bộ
Tỉnh, thành phố | 2023 | 2022
Bình Phước | 22.07 | 14.40
TP. Hồ Chí Minh | 24.14 | 14.05
"""


def test_columns_that_are_years() -> None:
    """Rows tell what is measured, or whose it is; a component that is not known is not the index."""
    found = extract(read_document(PROFILE.encode(), "a.txt"), load()).observations
    assert {(o.indicator, o.index, float(o.value), o.subject, o.time_period) for o in found} == {
        ("index.score", "PGI/dam_bao_tuan_thu", 5.02, "Tỉnh Bình Dương", "2022"),
        ("index.score", "PGI/dam_bao_tuan_thu", 6.13, "Tỉnh Bình Dương", "2023"),
        ("index.score", "PGI", 14.23, "Tỉnh Bình Dương", "2022"),
        ("index.score", "PGI", 22.61, "Tỉnh Bình Dương", "2023"),
        ("index.rank", "PGI", 41, "Tỉnh Bình Dương", "2022"),
        ("index.rank", "PGI", 17, "Tỉnh Bình Dương", "2023"),
        ("index.score", "PGI", 22.07, "Tỉnh Bình Phước", "2023"),
        ("index.score", "PGI", 14.4, "Tỉnh Bình Phước", "2022"),
        ("index.score", "PGI", 24.14, "Thành phố Hồ Chí Minh", "2023"),
        ("index.score", "PGI", 14.05, "Thành phố Hồ Chí Minh", "2022"),
    }


def test_rows_that_are_years() -> None:
    table = "PCI của tỉnh Thái Nguyên\n\nNăm | Điểm số | Thứ hạng\n2021 | 64,60 | 24\n2022 | 67,02 | 21\n"
    found = extract(read_document(table.encode(), "a.txt"), load()).observations
    assert [(o.indicator, float(o.value), o.time_period) for o in found] == [
        ("index.score", 64.6, "2021"),
        ("index.rank", 24, "2021"),
        ("index.score", 67.02, "2022"),
        ("index.rank", 21, "2022"),
    ]


REGIONS = """Giá trị trung bình PAR INDEX của các vùng kinh tế

Vùng | Năm 2020 (%) | Năm 2021 (%) | Tăng (+), giảm (-) | Tăng, giảm hạng
Đông Nam Bộ | 84,99 | 87,23 | +2,24 | +1
Tây Nguyên | 82,60 | 82,10 | -0,50 | -2
Cả nước | 83,72 | 86,37 | +2,65 |
Cao nhất | 91,04 | 91,80 | |
"""
SISTERS = """Chỉ số CCHC năm 2022 của 17 bộ, cơ quan ngang bộ

Hạng | Các bộ, cơ quan ngang bộ | Điểm
1 | Bộ Tài chính | 89,32
17 | Bộ Y tế | 76,95
 | Trung bình | 83,97
 | Trung vị | 84,10
"""
PARTS = """PCI năm 2021 của tỉnh Bến Tre

Chỉ số thành phần | Bến Tre | Trung bình cả nước | Cao nhất
Gia nhập thị trường | 7,02 | 6,91 | 8,30
Tiếp cận đất đai | 7,65 | 6,88 | 8,12
"""


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            REGIONS,
            {
                ("mean_score", "PAR_INDEX", 84.99, "Vùng Đông Nam Bộ", "2020"),
                ("mean_score", "PAR_INDEX", 87.23, "Vùng Đông Nam Bộ", "2021"),
                ("score_change", "PAR_INDEX", 2.24, "Vùng Đông Nam Bộ", "2021"),
                ("rank_change", "PAR_INDEX", 1, "Vùng Đông Nam Bộ", "2021"),
                ("mean_score", "PAR_INDEX", 82.6, "Vùng Tây Nguyên", "2020"),
                ("mean_score", "PAR_INDEX", 82.1, "Vùng Tây Nguyên", "2021"),
                ("score_change", "PAR_INDEX", -0.5, "Vùng Tây Nguyên", "2021"),
                ("rank_change", "PAR_INDEX", -2, "Vùng Tây Nguyên", "2021"),
                ("mean_score", "PAR_INDEX", 83.72, "Cả nước", "2020"),
                ("mean_score", "PAR_INDEX", 86.37, "Cả nước", "2021"),
                ("score_change", "PAR_INDEX", 2.65, "Cả nước", "2021"),
            },
        ),
        (
            SISTERS,
            {
                ("rank", "PAR_INDEX", 1, "Bộ Tài chính", "2022"),
                ("score", "PAR_INDEX", 89.32, "Bộ Tài chính", "2022"),
                ("rank", "PAR_INDEX", 17, "Bộ Y tế", "2022"),
                ("score", "PAR_INDEX", 76.95, "Bộ Y tế", "2022"),
                ("mean_score", "PAR_INDEX", 83.97, "Các bộ, cơ quan ngang bộ", "2022"),
            },
        ),
        (
            PARTS,
            {
                ("score", "PCI/gia_nhap_thi_truong", 7.02, "Tỉnh Bến Tre", "2021"),
                ("mean_score", "PCI/gia_nhap_thi_truong", 6.91, "Cả nước", "2021"),
                ("score", "PCI/tiep_can_dat_dai", 7.65, "Tỉnh Bến Tre", "2021"),
                ("mean_score", "PCI/tiep_can_dat_dai", 6.88, "Cả nước", "2021"),
            },
        ),
    ],
)
def test_rows_and_columns_of_groups(table: str, expected: set[tuple[str, str, float, str, str]]) -> None:
    """What a region or several units have is a mean; what is highest or in the middle is nobody's."""
    found = extract(read_document(table.encode(), "a.txt"), load()).observations
    told = {
        (o.indicator.removeprefix("index."), o.index, float(o.value), o.subject, o.time_period)
        for o in found
        if o.indicator.startswith("index.")
    }
    assert told == expected


EDITIONS = """Các chỉ số của tỉnh Quảng Nam qua các năm

Chỉ số | 2022 | 2023 | Mục tiêu 2024
PAR INDEX | 83,25% (hạng 48) | 85,75% (hạng 43/63) | trên 87%
PCI (điểm) | 66,62 | 67,05 | 68
"""


def test_a_score_with_its_place_and_a_column_of_goals() -> None:
    found = extract(read_document(EDITIONS.encode(), "a.txt"), load()).observations
    told = [(o.indicator, o.index, float(o.value), o.comparator, o.time_period, o.obs_status) for o in found]
    assert sorted(told) == [
        ("index.rank", "PAR_INDEX", 43, "eq", "2023", "actual"),
        ("index.rank", "PAR_INDEX", 48, "eq", "2022", "actual"),
        ("index.score", "PAR_INDEX", 83.25, "eq", "2022", "actual"),
        ("index.score", "PAR_INDEX", 85.75, "eq", "2023", "actual"),
        ("index.score", "PAR_INDEX", 87, "gt", "2024", "target"),
        ("index.score", "PCI", 66.62, "eq", "2022", "actual"),
        ("index.score", "PCI", 67.05, "eq", "2023", "actual"),
        ("index.score", "PCI", 68, "eq", "2024", "target"),
    ]


FIELDS = """PAR INDEX 2023 tỉnh Hòa Bình theo lĩnh vực

STT | Lĩnh vực | Điểm tối đa | Điểm đạt | Tỷ lệ (%) | Thứ hạng
1 | Cải cách thể chế | 10 | 8,31 | 83,1 | 52
2 | Cải cách tổ chức bộ máy | 10,5 | 9,4 | 89,52 | 28
Tổng cộng | | 100 | 84,97 | 85,02 | 46
"""
CONTENTS = """PAPI của tỉnh Ninh Bình

Trục nội dung | Điểm 2022 | Điểm 2023 | Tăng/giảm
Cung ứng dịch vụ công | 7,50 | 7,93 | +0,43
Tổng điểm | 43,02 | 43,88 | +0,86
"""
DESKS = """Kết quả Bộ chỉ số phục vụ người dân, doanh nghiệp tháng 4/2025 của các sở tỉnh Sơn La

STT | Đơn vị | Tiến độ giải quyết (20 điểm) | Số hóa hồ sơ (22 điểm) | Số hồ sơ | Tổng điểm
1 | Sở Tư pháp | 19,6 | 21,5 | 305 | 94,2
"""


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # Of an index in per cent the total's share is the index, of its parts the points are.
        (
            FIELDS,
            {
                ("score", "PAR_INDEX/cai_cach_the_che", 8.31),
                ("rank", "PAR_INDEX/cai_cach_the_che", 52),
                ("score", "PAR_INDEX/cai_cach_to_chuc_bo_may", 9.4),
                ("rank", "PAR_INDEX/cai_cach_to_chuc_bo_may", 28),
                ("score", "PAR_INDEX", 85.02),
                ("rank", "PAR_INDEX", 46),
            },
        ),
        (
            CONTENTS,
            {
                ("score", "PAPI/cung_ung_dich_vu_cong", 7.5),
                ("score", "PAPI/cung_ung_dich_vu_cong", 7.93),
                ("score_change", "PAPI/cung_ung_dich_vu_cong", 0.43),
                ("score", "PAPI", 43.02),
                ("score", "PAPI", 43.88),
                ("score_change", "PAPI", 0.86),
            },
        ),
        # A column of a component that is named by what else is counted.
        (
            DESKS,
            {
                ("score", "DVC_766/tien_do_giai_quyet", 19.6),
                ("score", "DVC_766/so_hoa_ho_so", 21.5),
                ("score", "DVC_766", 94.2),
            },
        ),
    ],
)
def test_rows_of_totals_and_columns_of_parts(table: str, expected: set[tuple[str, str, float]]) -> None:
    found = extract(read_document(table.encode(), "a.txt"), load()).observations
    told = {(o.indicator.removeprefix("index."), o.index, float(o.value)) for o in found if o.index}
    assert told == expected


@pytest.mark.parametrize(
    ("title", "ranks"),
    [
        ("Vị trí của An Giang trên bảng xếp hạng các chỉ số", {("PAR_INDEX", 26), ("PCI", 21), ("PCI", 19)}),
        ("Số đề tài về các chỉ số của An Giang", set()),
    ],
)
def test_columns_of_places_under_the_bare_names(title: str, ranks: set[tuple[str, float]]) -> None:
    """Only words of a ranking above make whole numbers under the names of indices places."""
    table = f"{title}\n\nNăm | PAR INDEX | PCI\n2019 | 26 | 21\n2020 | 88 | 19\n".replace("| 88 ", "| ")
    found = extract(read_document(table.encode(), "a.txt"), load()).observations
    assert {(o.index, float(o.value)) for o in found if o.indicator == "index.rank"} == ranks


BOTH = """PAR INDEX và SIPAS năm 2024 của các tỉnh

Tỉnh | PAR INDEX (%) | Xếp hạng | SIPAS (%) | Xếp hạng
Long An | 90,32 | 12 | 85,77 | 14
"""
SATISFIED = """Mức độ hài lòng đối với UBND cấp huyện tỉnh Bình Phước, SIPAS 2020

Đơn vị | Số phiếu | Tỷ lệ hài lòng (%) | Tỷ lệ trễ hẹn (%)
UBND huyện Đồng Phú | 210 | 93,81 | 2,5
"""
RATES = """Chỉ số cải cách hành chính năm 2019 các sở tỉnh Sóc Trăng

Cơ quan | Điểm chuẩn | Điểm đạt được | Tỷ lệ % đạt được
Sở Tài chính | 98 | 93,1 | 95
Sở Công Thương | 100 | 94,25 | 94,25
"""
CONFIRMED = """Chỉ số CCHC năm 2022 của huyện Mường La tỉnh Sơn La

TT | Nội dung | Điểm tối đa | Huyện tự chấm | Tỉnh thẩm định
I | Cải cách thể chế | 7 | 7 | 6,5
 | Tổng điểm | 100 | 93,5 | 87,4
"""
MONTHS = """Điểm đánh giá 766 của UBND cấp xã thành phố Đà Nẵng

Đơn vị | Tháng 9/2025 | Tháng 10/2025 | Tăng/giảm điểm
Phường Hải Châu | 92,5 | 94,8 | 2,3
Xã Hòa Vang | 88,4 | 87,2 | -1,2
"""


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # A place behind the column of its index …
        (
            BOTH,
            [
                ("rank", "PAR_INDEX", 12), ("rank", "SIPAS", 14),
                ("score", "PAR_INDEX", 90.32), ("score", "SIPAS", 85.77),
            ],
        ),
        # … a share that is the index, by its own name or beside its points, and one that is not …
        (SATISFIED, [("score", "SIPAS", 93.81)]),
        (RATES, [("score", "PAR_INDEX", 94.25), ("score", "PAR_INDEX", 95)]),
        # … what was confirmed, not what one gave oneself …
        (CONFIRMED, [("score", "PAR_INDEX", 87.4), ("score", "PAR_INDEX/cai_cach_the_che", 6.5)]),
        # … and months, with rises that have no sign beside falls that have one.
        (
            MONTHS,
            [
                ("score", "DVC_766", 87.2), ("score", "DVC_766", 88.4), ("score", "DVC_766", 92.5),
                ("score", "DVC_766", 94.8), ("score_change", "DVC_766", -1.2), ("score_change", "DVC_766", 2.3),
            ],
        ),
    ],
)  # fmt: skip
def test_which_column_is_the_index(table: str, expected: list[tuple[str, str, float]]) -> None:
    found = extract(read_document(table.encode(), "a.txt"), load()).observations
    told = [(o.indicator.removeprefix("index."), str(o.index), float(o.value)) for o in found if o.index]
    assert sorted(told) == expected

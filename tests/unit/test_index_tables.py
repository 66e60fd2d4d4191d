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

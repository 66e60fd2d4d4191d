"""Whose numbers a table row holds: an agency, a place, a total, or a part of the document's subject."""

from __future__ import annotations

import pytest
from layer_samples import sample

from pipeline.assemble.slots import Subject
from pipeline.assemble.subjects import Subjects
from pipeline.assemble.tables import row_subject
from pipeline.extract import extract
from pipeline.process import read_document
from pipeline.rulebook.book import load

HEAD = (
    "UBND TỈNH SƠN LA\nSố: 841/BC-UBND\nSơn La, ngày 20 tháng 12 năm 2022\n\nBÁO CÁO\n"
    "Công tác cải cách hành chính năm 2022\n\nKết quả hồ sơ\n\n"
)
ROWS = (
    "| STT | Đơn vị | Tiếp nhận | Trả |\n| 1 | Sở Y tế | 120 | 9 |\n| 2 | Huyện Mai Sơn | 45 | 9 |\n"
    "| 3 | Hộ tịch | 7 | 9 |\n| | Tổng cộng | 172 | 27 |\n| 4 | 12 | 5 | 9 |\n"
)


def subject(row: int, column: int) -> tuple[Subject, str | None]:
    found = sample(HEAD + ROWS)
    told = row_subject((1, row, column), found.context, Subjects(found.context))
    return told, told.span.of(found.text) if told.span else None


@pytest.mark.parametrize("column", [2, 3])
@pytest.mark.parametrize(
    ("row", "name", "part", "words"),
    [
        (1, "Sở Y tế tỉnh Sơn La", None, "Sở Y tế"),
        (2, "Huyện Mai Sơn tỉnh Sơn La", None, "Huyện Mai Sơn"),
        (3, "Tỉnh Sơn La", "Hộ tịch", None),
        (4, "Tỉnh Sơn La", None, None),
        (5, "Tỉnh Sơn La", None, None),  # a number labels nothing
    ],
)
def test_the_label_of_a_row(row: int, column: int, name: str, part: str | None, words: str | None) -> None:
    told, said = subject(row, column)
    assert (told.name, told.ref_area, told.part, said) == (name, "14", part, words)


def test_only_cells_left_of_the_number_label_it() -> None:
    assert subject(1, 1)[0] == Subject("Tỉnh Sơn La", "14", "63")


def test_rows_of_one_field_are_marked() -> None:
    """Rows of agencies, levels, measures and totals are none."""
    fields = "Kết quả hồ sơ\n\n| Lĩnh vực | Tiếp nhận | Đã giải quyết |\n| Hộ tịch | 12 | 7 |\n| Tổng | 30 | 20 |\n"
    levels = "Kết quả hồ sơ\n\n| Cấp | Tiếp nhận | Đã giải quyết |\n| Cấp huyện | 13 | 8 |\n| Sở Y tế | 31 | 21 |\n"
    measures = (
        "Kết quả\n\n| Chỉ tiêu | Năm 2021 | Năm 2022 |\n| Hồ sơ tiếp nhận | 14 | 9 |\n| Hồ sơ đã giải quyết | 5 | 6 |\n"
    )
    for rows, marked in ((fields, {"12", "7"}), (levels, set()), (measures, set())):
        document = read_document((HEAD.removesuffix("Kết quả hồ sơ\n\n") + rows).encode(), "a.txt")
        found = extract(document, load()).observations
        assert len(found) == 4
        assert {o.value_span.of(document.text) for o in found if "one_field" in o.flags} == marked

"""Counts in tables: which family a table is of, and what the headings make of its cells."""

from __future__ import annotations

import pytest
from layer_samples import TASKS, Sample, family, sample

from pipeline.match.count_tables import table_count_mentions
from pipeline.match.mention import Mention

Told = tuple[str, str, tuple[int, int, int] | None]


def read(text: str) -> tuple[Sample, tuple[Mention, ...]]:
    found = sample(text)
    return found, table_count_mentions(found.layers, [family(), family(TASKS)])


def told(text: str) -> list[Told]:
    found, mentions = read(text)
    for mention in mentions:
        assert mention.reasons == ("table",)
        assert mention.rule_id.endswith("/table")
        assert mention.quote_span.covers(mention.value_span)
    return [(m.indicator.removeprefix("case."), m.value_span.of(found.text), m.cell) for m in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The text before the table names the family; counters, labels and what is out of range are no counts.
        (
            "Kết quả hồ sơ\n\n| STT | Đơn vị | Tiếp nhận | Đã giải quyết | Tỷ lệ đúng hạn (%) |\n"
            "| 1 | Sở Y tế | 120 | 110 | 97,3 |\n| 2 | Sở Nội vụ | 45 | 45 xong | 130 |\n",
            [("received", "120", (1, 1, 2)), ("resolved", "110", (1, 1, 3)), ("on_time_rate", "97,3", (1, 1, 4)),
             ("received", "45", (1, 2, 2))],
        ),
        # A column that names another noun is of that family.
        (
            "| Đơn vị | Số hồ sơ tiếp nhận | Số nhiệm vụ hoàn thành | Quá hạn |\n| Sở Y tế | 120 | 110 | 7 |\n",
            [("received", "120", (1, 1, 1)), ("duty.done", "110", (1, 1, 2)), ("resolved_overdue", "7", (1, 1, 3))],
        ),
        # The noun that stands nearest before the table.
        ("Hồ sơ và nhiệm vụ\n\n| Đơn vị | Quá hạn |\n| Sở Y tế | 7 |\n", [("duty.overdue", "7", (1, 1, 1))]),
        ("Hồ sơ, nhiệm vụ, hồ sơ\n\n| Đơn vị | Quá hạn |\n| Sở Y tế | 7 |\n", [("resolved_overdue", "7", (1, 1, 1))]),
        ("Nhiệm vụ và hồ sơ\n\n| Đơn vị | Quá hạn |\n| Sở Y tế | 7 |\n", [("resolved_overdue", "7", (1, 1, 1))]),
        # Nobody names the noun, or a look-alike does.
        ("| Đơn vị | Tiếp nhận |\n| Sở Y tế | 120 |\n", []),
        ("Hồ sơ dự thầu\n\n| Đơn vị | Tiếp nhận |\n| Sở Y tế | 95 |\n", []),
        # A difference, and a heading without any attribute.
        ("Hồ sơ\n\n| Đơn vị | Tiếp nhận | Tiếp nhận giảm | Thời gian |\n| Sở Y tế | 9 | 7 | 5 |\n",
         [("received", "9", (1, 1, 1))]),
        # Where a column gives each row its unit, the columns hold plan and result, not one measure.
        ("Hồ sơ\n\n| Chỉ tiêu | ĐVT | Tiếp nhận |\n| Diện tích đất | Ha | 9 |\n", []),
        # A percentage is no count.
        ("Hồ sơ\n\n| Đơn vị | Tiếp nhận | Quá hạn |\n| Sở Y tế | 9 | 95,24 % |\n", [("received", "9", (1, 1, 1))]),
        # A column of days is none of dossiers.
        ("Hồ sơ\n\n| Đơn vị | Tiếp nhận | Số ngày tiếp nhận |\n| Sở Y tế | 9 | 7 |\n", [("received", "9", (1, 1, 1))]),
    ],
)  # fmt: skip
def test_cells(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("heading", "cell", "comparator"),
    [
        ("Tỷ lệ đúng hạn (%)", "95", "eq"),
        ("Tỷ lệ đúng hạn tối thiểu (%)", "95", "ge"),
        ("Tỷ lệ đúng hạn không quá (%)", "95", "le"),
        ("Tỷ lệ đúng hạn (%)", "≥ 95", "ge"),
    ],
)
def test_a_heading_may_bound_its_column(heading: str, cell: str, comparator: str) -> None:
    _, (_, mention) = read(f"Hồ sơ\n\n| Đơn vị | Tiếp nhận | {heading} |\n| Sở Y tế | 120 | {cell} |\n")
    assert (mention.indicator, str(mention.value), mention.comparator) == ("case.on_time_rate", "95", comparator)


SUMMED = """\
family: case
title: {vi: Mẫu, en: Sample}
heads: [hồ sơ]
captions: ["tiếp nhận, giải quyết tthc"]
sums: [{whole: case.all, parts: [case.new, case.old]}]
attributes:
  new: {phrases: [mới nhận]}
  old: {phrases: [kỳ trước]}
readings:
  - {gives: case.new, all: [new]}
  - {gives: case.old, all: [old]}
indicators:
  - {code: case.all, vi: Tổng, en: All, unit: count}
  - {code: case.new, vi: Mới, en: New, unit: count}
  - {code: case.old, vi: Cũ, en: Old, unit: count}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "Tổng số" beside the columns that add up to it; a caption may name the family without its noun.
        ("Kết quả tiếp nhận, giải quyết TTHC\n\n| Đơn vị | Tổng số | Mới nhận | Kỳ trước |\n| Sở Y tế | 9 | 7 | 2 |\n",
         [("case.all", "9"), ("case.new", "7"), ("case.old", "2")]),
        # Beside one of them it is not told what it adds up.
        ("Hồ sơ\n\n| Đơn vị | Tổng số | Mới nhận |\n| Sở Y tế | 9 | 7 |\n", [("case.new", "7")]),
        ("Cải cách TTHC\n\n| Đơn vị | Tổng số | Mới nhận | Kỳ trước |\n| Sở Y tế | 9 | 7 | 2 |\n", []),
    ],
)  # fmt: skip
def test_columns_that_add_up_and_captions(text: str, expected: list[tuple[str, str]]) -> None:
    found = sample(text)
    mentions = table_count_mentions(found.layers, [family(SUMMED)])
    assert [(m.indicator, m.value_span.of(found.text)) for m in mentions] == expected

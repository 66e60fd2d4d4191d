"""The code and the name of a subject's province in a period, across 1 July 2025 and across changes of its name."""

from __future__ import annotations

import pytest
from layer_samples import sample

from pipeline.assemble.area_code import in_period
from pipeline.assemble.slots import Period, Subject
from pipeline.assemble.subject_names import SubjectNames
from pipeline.values.periods import parse_period

TRI_63, TRI_34 = ("Tỉnh Quảng Trị", "45", "63"), ("Tỉnh Quảng Trị", "44", "34")


def dated(day: str) -> str:
    """The head of a report of Quảng Trị of a day ("20/12/2022"); without a day a text of nobody."""
    if not day:
        return ""
    d, m, y = day.split("/")
    return (
        f"UBND TỈNH QUẢNG TRỊ\nSố: 841/BC-UBND\nQuảng Trị, ngày {d} tháng {m} năm {y}\n\nBÁO CÁO\nCông tác cải cách\n\n"
    )


@pytest.mark.parametrize(
    ("day", "period", "subject", "expected"),
    [
        # What a document of the day tells: the end of the period decides.
        ("20/12/2024", "2024", TRI_63, TRI_63),
        ("20/12/2025", "2025", TRI_63, TRI_34),
        ("20/12/2025", "2025-S1", TRI_34, TRI_63),
        ("15/01/2026", "2024", TRI_34, TRI_63),
        # No document knows what comes after it: the goals of 2021 for 2025 are those of the old province.
        ("23/07/2021", "2025", TRI_63, TRI_63),
        ("23/07/2021", "2030", TRI_63, TRI_63),
        # Without a day only the beginning of the period is sure.
        ("", "2025", TRI_63, TRI_63),
        ("", "2026", TRI_63, TRI_34),
        # Nobody's, and of no time.
        ("", "2026", ("Bộ Y tế", None, None), ("Bộ Y tế", None, None)),
        ("20/12/2025", None, TRI_63, TRI_63),
        # A unit keeps the name that the text gave it.
        ("20/12/2025", "2025", ("Xã Cam Lộ tỉnh Quảng Trị", "45", "63"), ("Xã Cam Lộ tỉnh Quảng Trị", "44", "34")),
        # A province that was merged away keeps its code in a later period.
        ("", "2026", ("Tỉnh Hà Giang", "02", "63"), ("Tỉnh Hà Giang", "02", "63")),
        # Without a day the period tells the name too.
        ("", "2024", ("Thành phố Huế", "46", "63"), ("Tỉnh Thừa Thiên Huế", "46", "63")),
        ("20/12/2025", "2024", ("Thành phố Huế", "46", "34"), ("Thành phố Huế", "46", "63")),
    ],
)
def test_a_province_has_the_code_of_the_period(
    day: str, period: str | None, subject: tuple[str, str | None, str | None], expected: tuple[str, ...]
) -> None:
    of = Period(period, *parse_period(period)) if period else None
    got = in_period(Subject(*subject), of, sample(dated(day) + "Có 77 hồ sơ.").context)
    assert (got.name, got.ref_area, got.area_regime) == expected


@pytest.mark.parametrize(
    ("published", "name"),
    [
        ("02/10/2025", "Tỉnh Đồng Nai"),
        ("02/05/2026", "Thành phố Đồng Nai"),
    ],
)
def test_a_document_calls_its_province_as_it_was_called_on_its_day(published: str, name: str) -> None:
    d, m, y = published.split("/")
    head = f"UBND ĐỒNG NAI\nSố: 841/BC-UBND\nĐồng Nai, ngày {d} tháng {m} năm {y}\n\nBÁO CÁO\nCông tác cải cách\n\n"
    assert SubjectNames(sample(head + "Có 77 hồ sơ.").context).province().name == name

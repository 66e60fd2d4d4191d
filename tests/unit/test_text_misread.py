"""Days that recognition spelled wrong are put right; whatever else looks like one stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Page, Span
from pipeline.read import read_bytes
from pipeline.read.mending import mended
from pipeline.text.misread import misread_days
from pipeline.text.repair import mend


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("ngày 03 thẳng 4 năm 2017", "ngày 03 tháng 4 năm 2017"),
        ("ngảy 07 tháng 3 năm 2019", "ngày 07 tháng 3 năm 2019"),
        ("Kiên Giang, ngày 13 tháng I1 năm 2017", "Kiên Giang, ngày 13 tháng 11 năm 2017"),
        ("ngày 22 tháng l1\nnăm 202l", "ngày 22 tháng 11\nnăm 2021"),
        ("ngày 0l tháng 0l năm 2O21;", "ngày 01 tháng 01 năm 2021;"),
        ("Ngày07 thăng 3 nam 2019", "Ngày07 tháng 3 năm 2019"),
    ],
)
def test_a_day_is_put_right(read: str, written: str) -> None:
    text, repairs, _ = mend(read, misread_days(read))
    assert text == written
    assert [repair.kind for repair in repairs] == ["date"]


@pytest.mark.parametrize(
    "text",
    [
        "ngày 03 tháng 4 năm 2017",
        "ngày 31 thẳng 2 năm 2017",
        "ngày I tháng l năm 2017",
        "ngày 0T tháng 01 năm 2021",
        "ngày 03 thẳng 4 năm 3017",
        "ngày 3 thẳng hàng năm 2017",
        "ngay thẳng, năm 2019",
        "… ngày … thẳng 11 năm 2017",
    ],
)
def test_what_is_right_or_no_day_stays(text: str) -> None:
    assert list(misread_days(text)) == []


@given(st.text(alphabet="ngàảyáẳthăm 0123Il4\n", max_size=60))
def test_its_length_stays(text: str) -> None:
    found = list(misread_days(text))
    assert len(mend(text, found)[0]) == len(text)


def test_on_scans_alone() -> None:
    text = "Quyết định số 5/QĐ-UBND ngày 03 thẳng 4 năm 2017.\n"
    digital = read_bytes(text.encode(), "a.txt")
    page = Page(1, 595, 842, Span(0, len(text)))
    assert mended(replace(digital, pages=(page,))).text == text
    scanned = mended(replace(digital, pages=(replace(page, ocr=True),)))
    assert "ngày 03 tháng 4 năm 2017" in scanned.text
    assert [(r.kind, r.span.of(scanned.text), r.original) for r in scanned.repairs] == [
        ("date", "ngày 03 tháng 4 năm 2017", "ngày 03 thẳng 4 năm 2017")
    ]

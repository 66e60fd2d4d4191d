"""What a reviewer types: read as reports are read, with what it brings along and what it cannot be."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_samples import FACT

from pipeline.model.review import SLOTS
from pipeline.review.cells import typed
from pipeline.review.problems import Problem, Wrong
from pipeline.review.slots import SlotReader
from pipeline.rulebook.book import load

READER = SlotReader(load())
RATE = {**FACT, "indicator": "dossier.on_time_rate", "unit": "percent", "value": "84"}
NEW = {**FACT, "time_period": "2025-Q4", "area_regime": "34"}
SON_LA, LANG_SON = {"ref_area": "14", "area_regime": "63"}, {"ref_area": "20", "area_regime": "63"}


@pytest.mark.parametrize(
    ("slot", "text", "fact", "slots"),
    [
        ("value", "84,84%", RATE, {"value": "84.84"}),
        ("value", " 84.84 ", RATE, {"value": "84.84"}),
        ("value", "8,98 ngàn", FACT, {"value": "8980"}),
        ("value", "8,98 ngàn hồ sơ", FACT, {"value": "8980"}),
        ("value", "1,634 tỷ đồng", {**FACT, "unit": "vnd"}, {"value": "1634000000"}),
        ("value", "1.634", FACT, {"value": "1634"}),
        ("value", "20/63", FACT, {"value": "20", "out_of": "63"}),
        ("value", "10-30%", RATE, {"value": "10", "value_high": "30"}),
        ("value", "-2,91", RATE, {"value": "-2.91"}),
        ("value", "giảm 2,91%", RATE, {"value": "-2.91"}),
        ("value", "hai mươi mốt", FACT, {"value": "21"}),
        ("out_of", "63", FACT, {"out_of": "63"}),
        ("time_period", "2021-Q3", FACT, {"time_period": "2021-Q3"}),
        ("time_period", "2021-01-01/2021-12-31", FACT, {"time_period": "2021"}),
        ("time_period", "Quý I/2022", FACT, {"time_period": "2022-Q1"}),
        ("time_period", "6 tháng đầu năm 2022", FACT, {"time_period": "2022-S1"}),
        ("time_period", "18/6/2021", FACT, {"time_period": "2021-06-18"}),
        ("time_period", "từ 15/12/2021 đến 14/6/2022", FACT, {"time_period": "2021-12-15/2022-06-14"}),
        ("time_period", "2025-Q4", FACT, {"time_period": "2025-Q4", "ref_area": "14", "area_regime": "34"}),
        ("time_period", "2021", NEW, {"time_period": "2021", **SON_LA}),
        ("base_period", "năm 2019", FACT, {"base_period": "2019"}),
        ("subject", "Sở Nội vụ", FACT, {"subject": "Sở Nội vụ tỉnh Sơn La", **SON_LA}),
        ("subject", "UBND tỉnh Lạng Sơn", FACT, {"subject": "UBND tỉnh Lạng Sơn", **LANG_SON}),
        ("subject", "lạng sơn", FACT, {"subject": "Tỉnh Lạng Sơn", **LANG_SON}),
        ("subject", "Bộ Tài chính", FACT, {"subject": "Bộ Tài chính", "ref_area": None, "area_regime": None}),
        ("subject", "cả nước", FACT, {"subject": "cả nước", "ref_area": None, "area_regime": None}),
        ("ref_area", "Lạng Sơn", FACT, LANG_SON),
        ("ref_area", "14", NEW, {"ref_area": "14", "area_regime": "34"}),
        ("ref_area", "34:14", FACT, {"ref_area": "14", "area_regime": "34"}),
        ("ref_area", "", FACT, {"ref_area": None, "area_regime": None}),
        ("comparator", ">", FACT, {"comparator": "gt"}),
        ("comparator", "ít nhất", FACT, {"comparator": "ge"}),
        ("comparator", "", FACT, {"comparator": "eq"}),
        ("level", "cấp huyện", FACT, {"level": "district"}),
        ("obs_status", "mục tiêu", FACT, {"obs_status": "target"}),
        ("unit", "%", FACT, {"unit": "percent"}),
        ("scope", "Tây Nguyên", FACT, {"scope": "region:tay-nguyen"}),
        ("scope", "cả nước", FACT, {"scope": "national"}),
        ("indicator", "hồ sơ trả lại", FACT, {"indicator": "dossier.returned", "unit": "count", "index": None}),
        ("index", "sipas", FACT, {"index": "SIPAS"}),
    ],
)
def test_what_is_typed_is_read(slot: str, text: str, fact: dict[str, Any], slots: dict[str, Any]) -> None:
    assert READER.read(slot, text, fact) == slots
    for name, value in slots.items():
        typed(name, value)


@pytest.mark.parametrize(
    ("slot", "text", "fact", "wrong"),
    [
        ("value", "", FACT, Wrong.REQUIRED),
        ("value", "nhiều", FACT, Wrong.NO_NUMBER),
        ("value", "12abc", FACT, Wrong.NO_NUMBER),
        ("out_of", "20/63", FACT, Wrong.NO_NUMBER),
        ("time_period", "quý I", FACT, Wrong.NO_YEAR),
        ("time_period", "hôm qua", FACT, Wrong.NO_PERIOD),
        ("time_period", "2021-13", FACT, Wrong.NO_PERIOD),
        ("time_period", "năm 2020 và năm 2021", FACT, Wrong.NO_PERIOD),
        ("ref_area", "Atlantis", FACT, Wrong.NO_PROVINCE),
        ("ref_area", "Hà Giang", NEW, Wrong.NO_SUCH_DAY),
        ("ref_area", "99", FACT, Wrong.NO_PROVINCE),
        ("comparator", "vừa", FACT, Wrong.NO_CODE),
        ("indicator", "dossier", FACT, Wrong.NO_CODE),
        ("index", "PAPI/tham_gia", FACT, Wrong.NO_CODE),
        ("scope", "thế giới", FACT, Wrong.NO_CODE),
    ],
)
def test_what_cannot_be_read_is_told_with_a_hint(slot: str, text: str, fact: dict[str, Any], wrong: Wrong) -> None:
    found = READER.read(slot, text, fact)
    assert isinstance(found, Problem)
    assert (found.slot, found.wrong) == (slot, wrong)
    assert found.hint or wrong is Wrong.REQUIRED


def test_a_hint_names_codes_that_may_be_meant() -> None:
    assert READER.read("index", "papi/tham_gia", FACT) == Problem("index", Wrong.NO_CODE, "PAPI/tham_gia_cap_co_so")


@pytest.mark.parametrize(
    ("typed_", "fact", "problems"),
    [
        ({"value": "120%"}, RATE, [("value", Wrong.OUT_OF_RANGE)]),
        ({"value": "-5"}, FACT, [("value", Wrong.OUT_OF_RANGE)]),
        ({"value": "7,5"}, FACT, [("value", Wrong.NOT_WHOLE)]),
        ({"value": "30-10%"}, RATE, [("value_high", Wrong.UPPER_BELOW)]),
        ({"value": "70/63"}, FACT, [("out_of", Wrong.OVER_WHOLE)]),
        ({"unit": "%"}, FACT, [("unit", Wrong.OTHER_UNIT)]),
        ({"index": "PAPI"}, FACT, [("index", Wrong.INDEX_NOT_ALLOWED)]),
        ({"indicator": "index.score"}, FACT, [("index", Wrong.INDEX_NEEDED)]),
        ({"indicator": "index.rank", "index": "PAPI", "value": "0"}, FACT, [("value", Wrong.OUT_OF_RANGE)]),
        ({"indicator": "index.score", "index": "SIPAS", "value": "102"}, FACT, [("value", Wrong.OUT_OF_RANGE)]),
        ({"area_regime": "34"}, FACT, [("ref_area", Wrong.NO_SUCH_DAY)]),
        ({"value": "x", "time_period": "y"}, FACT, [("value", Wrong.NO_NUMBER), ("time_period", Wrong.NO_PERIOD)]),
    ],
)
def test_what_a_fact_cannot_be_is_told(
    typed_: dict[str, str], fact: dict[str, Any], problems: list[tuple[str, Wrong]]
) -> None:
    _, found = READER.read_all(typed_, fact)
    assert [(problem.slot, problem.wrong) for problem in found] == problems


def test_several_slots_together_change_what_differs() -> None:
    slots, problems = READER.read_all({"time_period": "Quý IV/2025", "subject": "Lạng Sơn", "value": "8.980"}, FACT)
    assert problems == ()
    assert slots == {"time_period": "2025-Q4", "subject": "Tỉnh Lạng Sơn", "ref_area": "20", "area_regime": "34"}
    slots, problems = READER.read_all({"indicator": "index.score", "index": "PAPI", "value": "40,62/80"}, FACT)
    assert (slots["unit"], slots["value"], slots["out_of"], problems) == ("point", "40.62", "80", ())
    assert READER.read_all({}, FACT) == ({}, ())


@given(st.sampled_from(SLOTS), st.text(max_size=12))
def test_whatever_is_typed_gives_a_slot_in_normal_form_or_a_problem(slot: str, text: str) -> None:
    found = READER.read(slot, text, FACT)
    if not isinstance(found, Problem):
        for name, value in found.items():
            typed(name, value)


@given(st.decimals(0, 10**9, places=2, allow_nan=False))
def test_a_normal_form_is_read_as_itself(value: Decimal) -> None:
    text = f"{value:f}".rstrip("0").rstrip(".")
    assert READER.read("value", text, RATE) == {"value": text}

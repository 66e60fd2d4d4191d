"""Numbers of documents: the grammar, its wrecks, and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.match.identifiers import identifiers
from pipeline.values.doc_types import load_doc_types

WRITTEN = [
    # as written, normalised, kind, type
    ("203/BC-UBND", "203/BC-UBND", "state", "BC"),
    ("120/2020/NĐ-CP", "120/2020/NĐ-CP", "state", "NĐ"),
    ("78/2025/QĐ-CTUBND", "78/2025/QĐ-CTUBND", "state", "QĐ"),
    ("01/2011/TTLT-VPCP-BNV", "01/2011/TTLT-VPCP-BNV", "state", "TTLT"),
    ("30c/NQ-CP", "30c/NQ-CP", "state", "NQ"),
    ("46/QĐ-BCĐCCHC", "46/QĐ-BCĐCCHC", "state", "QĐ"),
    ("63/NQ-UBTVQH10", "63/NQ-UBTVQH10", "state", "NQ"),
    ("06/GP-TTĐT", "06/GP-TTĐT", "state", "GP"),
    ("77/2015/QH13", "77/2015/QH13", "parliament", "Luật"),
    ("18-NQ/TW", "18-NQ/TW", "party", "NQ"),
    ("1494-CV/TU", "1494-CV/TU", "party", "CV"),
    ("04-CTr/ĐU", "04-CTr/ĐU", "party", "CTr"),
    ("1161/SNV-CCHC", "1161/SNV-CCHC", "letter", "CV"),
    ("2231/SNV-CCHC&PC", "2231/SNV-CCHC&PC", "letter", "CV"),
    ("9874/BNV-CCHC", "9874/BNV-CCHC", "letter", "CV"),
    ("12/PCCC&CNCH-P6", "12/PCCC&CNCH-P6", "letter", "CV"),
    ("19-2016/NQ-CP", "19-2016/NQ-CP", "state", "NQ"),
    # wrecks
    ("19- 2016/NQ-CP", "19-2016/NQ-CP", "state", "NQ"),
    ("18- NQ/TW", "18-NQ/TW", "party", "NQ"),
    ("60/NQ-TW", "60-NQ/TW", "party", "NQ"),
    ("01-NQ/CP", "01/NQ-CP", "state", "NQ"),
    ("30c/NQ- CP", "30c/NQ-CP", "state", "NQ"),
    ("199/2013/NĐ\n- CP", "199/2013/NĐ-CP", "state", "NĐ"),
    ("44 /2005/QĐ-UBND", "44/2005/QĐ-UBND", "state", "QĐ"),
    ("3129  /QĐ-UBND", "3129/QĐ-UBND", "state", "QĐ"),
    ("2253 /TB -SYT", "2253/TB-SYT", "state", "TB"),
    ("144 /2002/QĐ/BTC", "144/2002/QĐ/BTC", "state", "QĐ"),
    ("4532 /UBND- KSTTHC", "4532/UBND-KSTTHC", "letter", "CV"),
    ("1961/QĐUBND", "1961/QĐ-UBND", "state", "QĐ"),
    ("519 /QĐ UBND", "519/QĐ-UBND", "state", "QĐ"),
    ("12/QĐ-TTG", "12/QĐ-TTg", "state", "QĐ"),
    ("367\n/2025/NĐ-CP", "367/2025/NĐ-CP", "state", "NĐ"),
    ("3076/QĐ-UB", "3076/QĐ-UB", "state", "QĐ"),
]


@pytest.mark.parametrize(("written", "number", "kind", "doc_type"), WRITTEN, ids=[row[0] for row in WRITTEN])
def test_numbers(written: str, number: str, kind: str, doc_type: str) -> None:
    for text in (written, f"Số: {written}\nHà Nội", f"theo văn bản số {written}; trong 20/63 tỉnh", f"({written})"):
        (found,) = identifiers(text)
        assert found.span.of(text) == written
        assert (found.number, found.kind, found.doc_type) == (number, kind, doc_type)


@pytest.mark.parametrize(
    ("text", "number", "doc_type"),
    [
        ("Nghị quyết số 76/2025/UBTVQH15", "76/2025/UBTVQH15", "NQ"),
        ("Nghị định số 178/CP ngày", "178/CP", "NĐ"),
        ("Thông tư liên tịch số 51/2015/TT-BYT-BNV", "51/2015/TT-BYT-BNV", "TTLT"),
        ("Luật số 87/2025/QH15", "87/2025/QH15", "Luật"),
        ("Chỉ thị số: 20/CT-TTg", "20/CT-TTg", "CT"),
        ("Tờ trình số 2073TTr-STC", "2073/TTr-STC", "TTr"),
        ("Công văn số 467/CCTTHC", "467/CCTTHC", "CV"),
        ("Công văn 5942, phát hành", "5942", "CV"),
        ("Quyết định số 1962 ngày 5/5/2020", "1962", "QĐ"),
    ],
)
def test_the_words_before_tell_the_type(text: str, number: str, doc_type: str) -> None:
    (found,) = identifiers(text)
    assert (found.number, found.doc_type) == (number, doc_type)
    assert found.word is not None
    assert text.startswith(found.word.of(text))


@pytest.mark.parametrize(
    "text",
    [
        "20/63 tỉnh",
        "30/50 nhiệm vụ",
        "07/12/2018",
        "1.926/2.355",
        "90,25/100 điểm",
        "5/9 TTHC",
        "xếp thứ 01/7 TP",
        "58/63 TTHC",
        "3/4 UBND cấp huyện",
        "24/7",
        "Mẫu số 06a/VPCP/KSTT",
        "biểu số 01/BC-UBND",
        "Số:      /BC-UBND",
        "QD so 37.2026.doc",
        "5 triệu/USD",
        "TCVN ISO 9001:2000",
        "Kế hoạch 5 năm",
        "48 quyết định công bố 365 TTHC",
        "nhiệm kỳ 2020-2025",
        "(0212).3752.630",
    ],
)
def test_look_alikes(text: str) -> None:
    assert identifiers(text) == ()


def test_a_list_of_addressees_is_no_part_of_the_number() -> None:
    (found,) = identifiers("Số: 203/BC-UBND\n- UBND các huyện")
    assert found.number == "203/BC-UBND"


def test_the_year_is_kept() -> None:
    assert [found.year for found in identifiers("120/2020/NĐ-CP, 3162/QĐ-UBND")] == [2020, None]


TYPES = load_doc_types()


@given(
    st.integers(1, 9999),
    st.one_of(st.none(), st.integers(1990, 2049)),
    st.sampled_from([code for code in TYPES.codes() if code != "Luật"]),
    st.sampled_from(["CP", "TTg", "UBND", "HĐND", "BNV", "SNV", "VPUB"]),
)
def test_every_type_and_organ(number: int, year: int | None, code: str, organ: str) -> None:
    written = f"{number}/{year}/{code}-{organ}" if year else f"{number}/{code}-{organ}"
    (found,) = identifiers(f"ban hành kèm theo {written} ngày 1/1/2020")
    kind = TYPES.type_of_code(code)
    assert kind is not None
    assert (found.doc_type, found.organ, found.year) == (kind.code, organ, year)
    assert found.number == written.replace(f"/{code}-", f"/{kind.code}-")
    assert identifiers(found.number)[0].number == found.number


@given(st.text(alphabet="0123456789/- QĐUBNDTưsố:\n.&", max_size=60))
def test_any_text_gives_ordered_numbers_inside_it(text: str) -> None:
    found = identifiers(text)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
    assert all(0 <= act.span.start < act.span.end <= len(text) for act in found)


def test_thirty_decree_types_have_their_codes() -> None:
    """Nghị định 30/2020/NĐ-CP, Phụ lục III: 29 types, 27 with a code of their own."""
    decree = (
        "NQ, QĐ, CT, QC, QyĐ, TC, TB, HD, CTr, KH, PA, ĐA, BC, BB, TTr, HĐ, CĐ, BGN, BTT, GUQ, GM, GGT, GNP, PG, PC, PB"
    )
    assert all(TYPES.type_of_code(code) is not None for code in decree.split(", "))
    assert {TYPES.type_of_word(word).code for word in ("Công văn", "thư công", "VĂN BẢN")} == {"CV"}  # type: ignore[union-attr]

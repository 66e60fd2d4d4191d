"""What became of every digit group: one class for each, and the noun of a quantity."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from layer_samples import book, sample

from pipeline.assemble.accounting import account
from pipeline.extract import extract
from pipeline.model import Span
from pipeline.store.codes import NUMERAL_CLASSES

Told = list[tuple[str, str, str]]


def told(text: str) -> Told:
    """Class and noun of every group of a text in which nothing was observed, cited or dated."""
    found = account(sample(text).layers, (), (), (), book().numerals)
    return [(numeral.quote, numeral.category, numeral.note) for numeral in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chưa có gì.", []),
        # By their own form.
        ("Điện thoại: 0212.385.2011.", [("0212.385.2011", "phone", "")]),
        ("Gọi 0912 345 678 để hỏi.", [("0912", "phone", ""), ("345", "phone", ""), ("678", "phone", "")]),
        ("Xem www.a.vn/2021/5 hoặc a1@b.vn.",
         [("2021", "page_furniture", ""), ("5", "page_furniture", ""), ("1", "page_furniture", "")]),
        ("Họp lúc 14 giờ 30.", [("14", "page_furniture", ""), ("30", "page_furniture", "")]),
        ("Họp lúc 14:30.", [("14", "page_furniture", ""), ("30", "page_furniture", "")]),
        # By the words beside them.
        ("Theo Điều 5, khoản 3.", [("5", "clause", ""), ("3", "clause", "")]),
        ("Theo tiêu chuẩn ISO 9001.", [("9001", "standard", "")]),
        ("Dịch vụ công trực tuyến mức độ 3, 4.", [("3", "service_level", ""), ("4", "service_level", "")]),
        ("Dịch Covid-19.", [("19", "name", "")]),
        ("Mã a38.", [("38", "name", "")]),
        # List numbers.
        ("Kết quả (1) rất tốt.", [("1", "enumeration", "")]),
        ("- Mở đầu.\n- 2. Kết luận.", [("2", "enumeration", "")]),
        ("(1) = (2) + (3).", [("1", "enumeration", ""), ("2", "enumeration", ""), ("3", "enumeration", "")]),
        # A quantity with its noun, behind it or before.
        ("Có 35 xe ô tô.", [("35", "quantity", "xe ô tô")]),
        ("Có 1.234.567,8 hộ dân.", [("1.234.567,8", "quantity", "hộ dân")]),
        ("Số lượng: 36.", [("36", "quantity", "số lượng")]),
        ("Tổng là 7.", [("7", "quantity", "tổng")]),
        ("Tốt. 53/63 địa phương tăng.", [("53", "quantity", "địa phương tăng"), ("63", "quantity", "địa phương tăng")]),
        ("Tốt. 11,88/13 điểm.", [("11,88", "quantity", "điểm"), ("13", "quantity", "điểm")]),
        # The alarm.
        ("Tốt. 37; 38.", [("37", "unexplained", ""), ("38", "unexplained", "")]),
    ],
)  # fmt: skip
def test_classes(text: str, expected: Told) -> None:
    assert told(text) == expected


def test_a_number_in_a_table_is_a_quantity() -> None:
    assert told("| Xã | Dân |\n| Mung | 45 |\n") == [("45", "quantity", "table cell")]


def test_what_was_taken_is_told_before_anything_else() -> None:
    found = sample("Điều 5, Điều 6, Điều 7, Điều 8.")
    five, six, seven = (found.span(f"Điều {n}") for n in (5, 6, 7))
    numerals = account(found.layers, [five, six], [six, seven], [seven], book().numerals)
    assert [(n.quote, n.category) for n in numerals] == [
        ("5", "observation"), ("6", "observation"), ("7", "reference"), ("8", "clause"),
    ]  # fmt: skip


def test_touching_is_enough_and_being_next_to_it_is_not() -> None:
    found = sample("Đạt 97,3% theo Điều 12.")
    rate = found.span("97,3%")
    observed = Span(rate.start + 1, found.span("12").start)
    numerals = account(found.layers, [observed], (), (), book().numerals)
    assert [(n.quote, n.category) for n in numerals] == [("97,3", "observation"), ("12", "clause")]


WORDS = (
    "Sở Y tế", "tỉnh Sơn La", "tiếp nhận", "hồ sơ", "đạt", "Điều", "khoản", "điện thoại", "ngày", "năm", "quý", "Số:",
    "/BC-UBND", "PAR INDEX", "mức độ", "(", ")", ",", ".", ";", ":", "%", "\n", "\n\n", " ", "-", "/", "http://a.vn/",
    "giờ", "12", "2022", "97,3", "1.234", "0912", "345", "678", "20/63", "15/3/2022", "٣", "1,2,3", "Covid-", "|",
)  # fmt: skip
ANY = st.characters(categories=("L", "N", "P", "S", "Z"))
CLASSES = {code.code for code in NUMERAL_CLASSES.codes}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map("".join) | st.text(ANY, max_size=60))
def test_every_digit_is_classed_exactly_once(text: str) -> None:
    found = sample("Năm 2022. " + text)
    extraction = extract(found.document, book())
    offsets = [offset for n in extraction.numerals for offset in range(n.span.start, n.span.end)]
    assert len(offsets) == len(set(offsets))
    digits = {match.start() for match in regex.finditer(r"\d", found.text)}
    assert digits <= set(offsets)
    assert all(found.text[offset] in ".," for offset in set(offsets) - digits)
    assert list(extraction.numerals) == sorted(extraction.numerals, key=lambda n: n.span)
    observed = [e.span for o in extraction.observations for e in o.evidence if e.role == "value"]
    for numeral in extraction.numerals:
        assert numeral.quote == numeral.span.of(found.text)
        assert numeral.category in CLASSES
        assert (numeral.category == "observation") == any(numeral.span.overlaps(span) for span in observed)
        assert numeral.category == "quantity" or not numeral.note

"""Views keep the length; one spelling for what is written in several; nothing else changes."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.fold import ascii_fold, lower_view, normal_view, slug


@pytest.mark.parametrize(
    ("written", "view"),
    [
        ("hoà Hoà HOÀ hOÀ", "hòa Hòa HÒA hÒA"),
        ("uỷ ban, Uỷ Ban, UỶ BAN", "ủy ban, Ủy Ban, ỦY BAN"),
        ("thuý khoẻ xoè loã", "thúy khỏe xòe lõa"),
        ("hoà,uỷ2 hoá-học", "hòa,ủy2 hóa-học"),
        ("hòan thành, ngòai, hùynh", "hoàn thành, ngoài, huỳnh"),
        ("qúy I, QỦA", "quý I, QUẢ"),
        ("gía cả, gìau", "giá cả, giàu"),
    ],
)
def test_the_tone_mark_has_one_place(written: str, view: str) -> None:
    assert normal_view(written) == view


@pytest.mark.parametrize(
    "text",
    [
        "quý quỹ quả quốc QUÝ QUỸ Quỷ quỳ quýt quỳnh",
        "giá già giữa giúp gì gìn giếng giặt",
        "hòa ủy thúy khỏe hoàn toàn ngoài khoảng hoạt động xoèn xoẹt",
        "khuỷu khuyến khuya huỳnh suýt thủy lũy kế",
        "của mùa tìa chịu hủy bỏ thừa",
    ],
)
def test_right_spelling_stays(text: str) -> None:
    assert normal_view(text) == text


@pytest.mark.parametrize(
    ("written", "view"),
    [
        ("84,84\u00a0%\u202f5\t6\n7\u20098", "84,84 % 5 6 7 8"),
        ("203/BC\u2011UBND 203/BC\ufffeUBND 5\u20136 \u2014 \u22122", "203/BC-UBND 203/BC-UBND 5-6 - -2"),
        ("“một” ‘hai’ «ba»", '"một" \'hai\' "ba"'),
        ("８４，８４％ Ｑ．１", "84,84% Q.1"),
        ("Ð\u1ed3ng Tháp, \u00f0\u1ea1t, 20\u204463", "Đồng Tháp, đạt, 20/63"),
    ],
)
def test_one_sign_for_each_kind(written: str, view: str) -> None:
    assert normal_view(written) == view


def test_every_blank_and_dash_of_unicode_is_folded() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    assert {char for char in every if char.isspace()} == {
        char for char in every if normal_view(char) == " " and char != "\u200b"
    }
    western = [chr(code) for code in range(0x2000, 0x2070) if unicodedata.category(chr(code)) == "Pd"]
    assert {normal_view(dash) for dash in western} == {"-"}


def test_lower_case_keeps_the_length() -> None:
    assert lower_view("İĐẾN HOÀ") == "İđến hòa"


@pytest.mark.parametrize("written", ["Đắk Lắk", "ÐẮK LẮK", "Đắk\u00a0Lắk", unicodedata.normalize("NFD", "Đắk Lắk")])
def test_folding_to_ascii(written: str) -> None:
    assert ascii_fold(written) == "dak lak"
    assert slug(written) == "dak-lak"
    assert slug(written, "_") == "dak_lak"


def test_a_slug_has_no_edges() -> None:
    assert slug("  (Trung du và miền núi phía Bắc) – 14 tỉnh ") == "trung-du-va-mien-nui-phia-bac-14-tinh"


@given(st.text())
def test_views_keep_length_and_are_stable(text: str) -> None:
    for view in (normal_view, lower_view):
        once = view(text)
        assert len(once) == len(text)
        assert view(once) == once


@given(st.text(alphabet="hoàòaáóuyúýqgiìíđÐ \n-–", max_size=30))
def test_vietnamese_letters_keep_length_and_are_stable(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert len(lower_view(text)) == len(text)
    assert lower_view(lower_view(text)) == lower_view(text)

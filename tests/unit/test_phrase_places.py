"""Looking for phrases only where their first words stand finds what looking everywhere finds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rulebook.phrases import compiled, longer_first
from pipeline.text.phrase_places import Phrase, PhraseSet, phrase_set, phrase_text

PHRASES = (
    "hồ sơ", "[số] hồ sơ (đúng|quá) hạn", "đúng hạn", "tỷ lệ ~ hài lòng", "# hồ sơ", "mức độ 4", "đã {!được} xử lý",
    "trả, nhận", "một cửa", "24/7", "(cổng|trang) dịch vụ công", "%",
)  # fmt: skip


def looked_for(phrases: tuple[str, ...] = PHRASES) -> PhraseSet:
    """A set of phrases, the longest match first."""
    return phrase_set(longer_first(compiled(phrase) for phrase in phrases), longest=True)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("hồ sơ", {("hồ", "sơ")}),
        ("tỷ lệ giải quyết đúng hạn", {("tỷ", "lệ", "giải")}),
        ("[số] hồ sơ", {("số", "hồ", "sơ"), ("hồ", "sơ")}),
        ("(đã|đang) xử lý", {("đã", "xử", "lý"), ("đang", "xử", "lý")}),
        # Behind a gap anything may follow, before a number too.
        ("tỷ lệ ~ hài lòng", {("tỷ", "lệ")}),
        ("mức #", {("mức",)}),
        ("# hồ sơ", {("#",)}),
        # What is only looked at is no part of the phrase; a mark is a word of its own.
        ("đã {!được} xử lý", {("đã", "xử", "lý")}),
        ("trả, nhận", {("trả", ",", "nhận")}),
        ("24/7", {("#", "/", "7")}),
    ],
)
def test_the_words_that_a_phrase_may_begin_with(phrase: str, expected: set[tuple[str, ...]]) -> None:
    assert compiled(phrase).openings == expected


def test_a_shorter_opening_stands_for_longer_ones() -> None:
    openings = frozenset({("a", "b", "c"), ("a", "b"), ("a", "d"), ("e",)})
    assert phrase_set([Phrase("x", openings)]).openings == {
        "a": {"b": {}, "d": {}},
        "e": {},
    }


@given(
    st.lists(st.sampled_from([*" ".join(PHRASES).split(), "hồ sơ", "12", "1.234", "trả", ",", "\u0301", "x²", "\n"]))
    .map(" ".join)
    .flatmap(lambda text: st.tuples(st.just(text), st.integers(0, len(text)), st.integers(0, len(text))))
)
def test_the_same_matches_as_by_the_expression_alone(drawn: tuple[str, int, int]) -> None:
    view, start, end = drawn
    text, phrases = phrase_text(view), looked_for()
    for bounds in ((0, len(view)), (start, max(start, end))):
        found = [match.span() for match in text.finditer(phrases, *bounds)]
        assert found == [match.span() for match in phrases.expression.finditer(view, *bounds)]


def test_blanked_words_begin_no_phrase() -> None:
    text = phrase_text("3 hồ sơ, 4 hồ sơ")
    blanked = text.with_view("3 hồ sơ, 4 \x01\x01\x01\x01\x01")
    assert [match.span() for match in text.finditer(looked_for())] == [(0, 7), (9, 16)]
    assert [match.span() for match in blanked.finditer(looked_for())] == [(0, 7)]


@pytest.mark.parametrize("unit", ["hồ ", "hồ sơ ", "a.", "1", "tỷ lệ x ", "đã được "])
def test_odd_input_takes_linear_time(unit: str) -> None:
    text = unit * 40_000
    started = time.process_time()
    sum(1 for _ in phrase_text(text).finditer(looked_for()))
    assert time.process_time() - started < 3

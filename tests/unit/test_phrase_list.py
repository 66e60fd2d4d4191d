"""The branches and spellings of a phrase."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rulebook.phrase_list import forced, spellings
from pipeline.rulebook.phrases import phrase_pattern


@pytest.mark.parametrize(
    ("phrase", "branches"),
    [
        ("đúng hạn", ["đúng hạn"]),
        ("(a|b) [c] d", ["a [ c ] d", "b [ c ] d", "( a | b ) c d"]),
        ("a [b [c|d]]", ["a b [ c | d ]", "a b c", "a b d"]),
    ],
)
def test_each_branch_is_forced(phrase: str, branches: list[str]) -> None:
    assert forced(phrase) == branches


@pytest.mark.parametrize(
    ("phrase", "texts"),
    [
        ("(a|b) [c] d", ["a c d", "a d", "b c d", "b d"]),
        ("a ~ b", ["a b"]),
        ("từ năm #", ["từ năm 1"]),
        ("(từ|đến) # [đã] chuyển", ["từ 1 đã chuyển", "từ 1 chuyển", "đến 1 đã chuyển", "đến 1 chuyển"]),
    ],
)
def test_the_spellings_of_a_phrase(phrase: str, texts: list[str]) -> None:
    assert spellings(phrase) == texts


_WORDS = st.sampled_from(["quá", "trễ", "hạn", "hồ", "sơ", "đã"])
_PHRASES = st.recursive(
    _WORDS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        inner.map(lambda part: f"quá [{part}]"),
    ),
    max_leaves=6,
)


@given(_PHRASES)
def test_every_spelling_matches_its_phrase_and_one_of_its_branches(phrase: str) -> None:
    whole = regex.compile(phrase_pattern(phrase))
    for text in spellings(phrase):
        assert whole.fullmatch(text)
    for branch in forced(phrase):
        assert all(whole.fullmatch(text) for text in spellings(branch))

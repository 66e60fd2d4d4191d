"""The phrase notation: what it matches, what each of its branches is, and which faults are named."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rulebook.phrase_list import forced, spellings
from pipeline.rulebook.phrases import PhraseError, alternation, phrase_pattern


@pytest.mark.parametrize(
    ("phrase", "text", "matched"),
    [
        ("đúng hạn", "trả đúng  hạn 5", "đúng  hạn"),
        ("đúng hạn", "đúng hạnh", None),
        ("[đã] cấp [mới]", "đã cấp mới 5", "đã cấp mới"),
        ("[đã] cấp [mới]", "cấp 5", "cấp"),
        ("(quá|trễ) hạn", "bị trễ hạn", "trễ hạn"),
        ("chờ ~ nộp thuế", "chờ người dân nộp thuế", "chờ người dân nộp thuế"),
        ("chờ ~ nộp thuế", "chờ, rồi nộp thuế", None),
        ("chờ ~ nộp thuế", "chờ a b c d e f g nộp thuế", None),
        ("quyết định {công bố}", "quyết định công bố", "quyết định"),
        ("quyết định {công bố}", "quyết định phê duyệt", None),
        ("giải quyết {!thủ tục}", "giải quyết hồ sơ", "giải quyết"),
        ("giải quyết {!thủ tục}", "giải quyết thủ tục", None),
        ("từ năm # chuyển sang", "từ năm 2022 chuyển sang", "từ năm 2022 chuyển sang"),
        ("tin[, bài]", "612 tin, bài", "tin, bài"),
    ],
)
def test_a_phrase_matches(phrase: str, text: str, matched: str | None) -> None:
    found = regex.search(alternation([phrase]), text)
    assert (found.group() if found else None) == matched


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("[đã cấp", "missing ']'"),
        ("đã) cấp", "unbalanced ')'"),
        ("đã | cấp", "'|' outside brackets"),
        ("[đã] [cấp]", "no word that must stand"),
    ],
)
def test_a_faulty_phrase_is_refused(phrase: str, fault: str) -> None:
    with pytest.raises(PhraseError, match=regex.escape(fault)):
        phrase_pattern(phrase)


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

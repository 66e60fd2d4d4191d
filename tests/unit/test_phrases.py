"""The notation of phrases: what each sign matches, and how a fault is told to who writes rules."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rulebook.count_rules import load_count_rules
from pipeline.rulebook.cue_lists import load_numeral_rules
from pipeline.rulebook.phrases import PhraseError, alternation, phrase_pattern
from pipeline.rulebook.source import RuleError


def found(phrases: list[str], text: str) -> list[str]:
    return [match.group() for match in regex.finditer(alternation(phrases), text)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        # Words stand whole, and in any run of blanks.
        ("hồ sơ", "nhận hồ sơ, trả hồ  sơ và hồ\nsơ", ["hồ sơ", "hồ  sơ", "hồ\nsơ"]),
        ("hồ sơ", "hồ sơn, ahồ sơ", []),
        ("Hồ Sơ TTHC", "hồ sơ tthc", ["hồ sơ tthc"]),
        # [x] takes its blank with it, wherever it stands.
        ("[đã] giải quyết [xong]", "đã giải quyết xong", ["đã giải quyết xong"]),
        ("[đã] giải quyết [xong]", "giải quyết", ["giải quyết"]),
        ("đúng [thời] hạn", "đúng hạn, đúng thời hạn", ["đúng hạn", "đúng thời hạn"]),
        ("a [b|c d] e", "a e; a b e; a c d e; a c e", ["a e", "a b e", "a c d e"]),
        # (a|b) is one of several, and one must stand.
        ("(quá|trễ) hạn", "quá hạn, trễ hạn, hạn", ["quá hạn", "trễ hạn"]),
        ("(một [hai]|ba) bốn", "một bốn, một hai bốn, ba bốn", ["một bốn", "một hai bốn", "ba bốn"]),
        # ~ spans up to six words and no punctuation; a bracketed abbreviation is a word, a digit is none.
        ("giao ~ giảm", "giao giảm", ["giao giảm"]),
        ("giao ~ giảm", "giao một hai ba bốn năm sáu giảm", ["giao một hai ba bốn năm sáu giảm"]),
        ("giao ~ giảm", "giao một hai ba bốn năm sáu bảy giảm", []),
        ("giao ~ giảm", "giao sở (snv) giảm", ["giao sở (snv) giảm"]),
        ("giao ~ giảm", "giao sở, giảm", []),
        ("giao ~ giảm", "giao 12 sở giảm", []),
        # At the end of a phrase it takes what follows.
        ("nhóm ~", "nhóm ba tỉnh, dẫn đầu", ["nhóm ba tỉnh"]),
        ("nhóm ~", "nhóm một hai ba bốn năm sáu bảy", ["nhóm một hai ba bốn năm sáu"]),
        ("nhóm ~ [có]", "nhóm, tỉnh", ["nhóm"]),
        # {x} must follow and is not taken; {!x} must not.
        ("việc {(đã|xong)}", "việc đã xong, việc này, việc xong", ["việc", "việc"]),
        ("việc {đã}", "việc đãi", []),
        ("giải quyết {!tthc}", "giải quyết tthc, giải quyết hồ sơ", ["giải quyết"]),
        ("giải quyết {!tthc} hồ sơ", "giải quyết tthc, giải quyết hồ sơ", ["giải quyết hồ sơ"]),
        ("giải quyết {!tthc}", "giải quyết tthcx", ["giải quyết"]),
        # # is a number.
        ("năm # chuyển sang", "năm 2022 chuyển sang", ["năm 2022 chuyển sang"]),
        ("# hồ sơ", "1.234 hồ sơ", ["1.234 hồ sơ"]),
        ("năm #", "năm nay", []),
        # Punctuation stands against the word before it; signs of regular expressions mean themselves.
        ("trước (và|,) đúng hạn", "trước, đúng hạn, trước và đúng hạn", ["trước, đúng hạn", "trước và đúng hạn"]),
        ("a [,] b", "a, b; a b", ["a, b", "a b"]),
        ("tn&tkq", "bộ phận tn&tkq", ["tn&tkq"]),
        ("a.c", "abc a.c", ["a.c"]),
        ("c+ d*", "ccc dd; c+ d*", ["c+ d*"]),
    ],
)  # fmt: skip
def test_notation(phrase: str, text: str, expected: list[str]) -> None:
    assert found([phrase], text) == expected


def test_the_longest_of_several_phrases_is_taken() -> None:
    assert found(["quá hạn", "hạn", "quá hạn xử lý"], "đã quá hạn xử lý, tới hạn") == ["quá hạn xử lý", "hạn"]


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("", "no word that must stand"),
        ("   ", "no word that must stand"),
        ("[a]", "no word that must stand"),
        ("~", "no word that must stand"),
        ("~ nộp thuế", "'~' before the first word"),
        ("[đã] ~ nộp thuế", "'~' before the first word"),
        ("chờ (~ nộp|trả) thuế", "'~' before the first word"),
        ("chờ (nộp ~|trả) thuế", "'~' with no word behind it in the brackets"),
        ("chờ [nộp ~ [thuế]]", "'~' with no word behind it in the brackets"),
        ("{!đã} nộp", "braces before the first word"),
        ("[đã] {chờ} nộp", "braces before the first word"),
        ("{a}", "no word that must stand"),
        ("a {}", "no word that must stand"),
        ("(a|) b", "no word that must stand"),
        ("(a|[b]) c", "no word that must stand"),
        ("a (b", "missing ')'"),
        ("a [b", "missing ']'"),
        ("a {!b", "missing '}'"),
        ("a b)", "unbalanced ')'"),
        ("a (b]", "unbalanced ']'"),
        ("a | b", "'|' outside brackets"),
    ],
)
def test_what_does_not_follow_the_notation_is_refused(phrase: str, words: str) -> None:
    with pytest.raises(PhraseError) as fault:
        phrase_pattern(phrase)
    assert words in str(fault.value)
    assert repr(phrase) in str(fault.value)


Language = frozenset[tuple[str, ...]]
Part = tuple[str, Language]
WORD: st.SearchStrategy[Part] = st.sampled_from("abc").map(lambda word: (word, frozenset({(word,)})))
EMPTY: Language = frozenset({()})


def chain(parts: list[Part]) -> Part:
    """Parts one behind the other: their notation, and every word sequence that they stand for."""
    language = frozenset(sum(run, ()) for run in product(*(sorted(part[1]) for part in parts)))
    return " ".join(part[0] for part in parts), language


def union(branches: list[Part]) -> Part:
    return "|".join(branch[0] for branch in branches), frozenset().union(*(branch[1] for branch in branches))


def sequences(depth: int) -> st.SearchStrategy[Part]:
    """Notations in which one word must stand, each with its language."""
    if depth == 0:
        return WORD
    inner = st.lists(sequences(depth - 1), min_size=1, max_size=3).map(union)
    either = inner.map(lambda part: (f"({part[0]})", part[1]))
    optional = inner.map(lambda part: (f"[{part[0]}]", part[1] | EMPTY))
    before, after = st.lists(optional, max_size=1), st.lists(WORD | either | optional, max_size=2)
    return st.tuples(before, WORD | either, after).map(lambda found: chain([*found[0], found[1], *found[2]]))


@given(sequences(2), st.data())
def test_a_phrase_matches_its_language_and_nothing_else(part: Part, data: st.DataObject) -> None:
    phrase, language = part
    pattern = regex.compile(phrase_pattern(phrase))
    for words in data.draw(st.lists(st.sampled_from(sorted(language)), max_size=5)):
        assert pattern.fullmatch(" ".join(words)), words
    others = st.lists(st.sampled_from("abc"), min_size=1, max_size=6).map(tuple)
    for candidate in data.draw(st.lists(others, max_size=5)):
        assert (pattern.fullmatch(" ".join(candidate)) is not None) == (candidate in language), candidate


SIGNS = ("[", "]", "(", ")", "{", "{!", "}", "|", "~", "#", "!", " ", ",", "hồ", "sơ", "a", ".")


@given(st.lists(st.sampled_from(SIGNS)).map("".join) | st.text(max_size=20))
def test_any_text_is_an_expression_or_refused(text: str) -> None:
    message, pattern = "", ""
    try:
        pattern = phrase_pattern(text)
    except PhraseError as fault:
        message = str(fault)
    assert repr(text) in message or not regex.compile(pattern).fullmatch("")


FAMILY = """\
family: sample
title: {vi: Mẫu, en: Sample}
heads:
  - hồ sơ
attributes:
  received:
    phrases:
      - tiếp nhận
  resolved:
    phrases:
      - đã (giải quyết
readings:
  - {gives: sample.received, all: [received]}
indicators:
  - {code: sample.received, vi: Hồ sơ, en: Dossiers, unit: count}
"""


def test_a_faulty_phrase_of_a_family_is_told_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "sample.yaml"
    file.write_text(FAMILY, encoding="utf-8")
    with pytest.raises(RuleError) as fault:
        load_count_rules(file)
    assert (fault.value.path.name, fault.value.line) == ("sample.yaml", 11)
    assert str(fault.value) == "sample.yaml:11: missing ')' in phrase 'đã (giải quyết'"


def test_a_faulty_phrase_of_a_cue_list_is_told_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "numerals.yaml"
    text = "entries:\n  - class: phone\n    before: [đt, fax]\n  - class: clause\n    before: ['[điều]']\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=r"^numerals\.yaml:5: no word that must stand"):
        load_numeral_rules(file)

"""Which words of a sentence belong to which of its numbers, and which number is part of another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layer_samples import family, sample

from pipeline.match.family_scan import scan_family
from pipeline.match.shares import Share, shares

Told = tuple[str, str, str, str]


def shares_of(text: str) -> tuple[str, list[Share]]:
    """The shares of a text of one sentence; its numbers are those of the sample family."""
    found = sample(text)
    (sentence,) = found.layers.sentences
    text = family().masked(found.layers.phrases)
    units = scan_family(text, sentence.span, family(), found.layers.entities).units
    return found.text, shares(text.view, sentence.span, found.layers.numbers, units)


def told(text: str) -> list[Told]:
    """Of each number its fronted words, those left of it, the number, those right of it."""
    words, found = shares_of(text)
    return [
        (s.fronted.of(words).strip(), s.left.of(words).strip(), s.atom.span.of(words), s.right.of(words).strip())
        for s in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Kinds of units in a row, and a noun in brackets, are not parted.
        (
            "Có 40 hồ sơ (HS) của các sở, ngành đã nộp, 12 hồ sơ nộp giấy.",
            [("", "Có", "40", "hồ sơ (HS) của các sở, ngành đã nộp"), (",", "", "12", "hồ sơ nộp giấy.")],
        ),
        # A comma parts; what stands before it in the number's own clause is fronted.
        ("Sở tiếp nhận 120 hồ sơ, đã giải quyết 110 hồ sơ.",
         [("", "Sở tiếp nhận", "120", "hồ sơ"), (",", "đã giải quyết", "110", "hồ sơ.")]),
        ("Đúng hạn, đã trả 50 hồ sơ; trễ hạn 2 hồ sơ.",
         [("Đúng hạn,", "đã trả", "50", "hồ sơ"), ("", "trễ hạn", "2", "hồ sơ.")]),
        # A bracket or a semicolon parts before a comma does.
        ("Tồn 10 hồ sơ (quá hạn 3).", [("", "Tồn", "10", "hồ sơ"), ("(", "quá hạn", "3", "")]),
        ("Tồn 10 hồ sơ, trong kỳ; quá hạn 3.", [("", "Tồn", "10", "hồ sơ, trong kỳ"), ("", "quá hạn", "3", ".")]),
        # Words behind a share in brackets are those of its count, up to the next comma.
        ("Có 40 hồ sơ (chiếm 99%) nộp trực tuyến, 3 hồ sơ (1%) quá hạn.",
         [("", "Có", "40", "hồ sơ (chiếm 99%) nộp trực tuyến"), ("(", "chiếm", "99", "%) nộp trực tuyến"),
          (",", "", "3", "hồ sơ (1%) quá hạn."), ("(", "", "1", "%")]),
        ("Trả 40 hồ sơ (99%), quá hạn 3.",
         [("", "Trả", "40", "hồ sơ"), ("(", "", "99", "%"), (",", "quá hạn", "3", ".")]),
        # Without a mark the last conjunction parts, without one the noun of the first number.
        ("Tồn 10 hồ sơ và quá hạn 3.", [("", "Tồn", "10", "hồ sơ"), ("", "và quá hạn", "3", ".")]),
        ("Tồn 10 hồ sơ của huyện và xã và quá hạn 3.",
         [("", "Tồn", "10", "hồ sơ của huyện và xã"), ("", "và quá hạn", "3", ".")]),
        ("Nhận 10 hồ sơ đất đai trễ hạn 3.", [("", "Nhận", "10", "hồ sơ"), ("", "đất đai trễ hạn", "3", ".")]),
        # Words that are one name are not parted, nor is a bracket without a number.
        ("Nhận 90 hồ sơ, trước, đúng hạn 80.", [("", "Nhận", "90", "hồ sơ"), (",", "trước, đúng hạn", "80", ".")]),
        ("Nhận 12 (tỉnh, huyện, xã) và 13 hồ sơ",
         [("", "Nhận", "12", "(tỉnh, huyện, xã)"), ("", "và", "13", "hồ sơ")]),
        # The comma of a decimal parts nothing.
        ("Đạt 97,3% so với 95%.", [("", "Đạt", "97,3", "% so"), ("", "với", "95", "%.")]),
        # Words before a colon are fronted.
        ("Quá hạn: Sở Y tế 5.", [("Quá hạn:", "Sở Y tế", "5", ".")]),
    ],
)  # fmt: skip
def test_words_of_each_number(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("Tồn 10 hồ sơ, quá hạn 3.", [None, None]),
        ("Tồn 10 hồ sơ (quá hạn 3).", [None, 0]),
        ("Tồn 10 (quá hạn 3, đúng hạn 7), nhận 5.", [None, 0, 0, None]),
        ("Nhận 100 (đúng hạn 90 (cấp xã 12), quá hạn 10), tồn 9.", [None, 0, 1, 0, None]),
        ("Nhận 90 hồ sơ, trong đó quá hạn 12, đúng hạn 3; tồn 10.", [None, 0, 0, None]),
        ("Có 10 hồ sơ: đúng hạn 5; quá hạn 3; tồn 2.", [None, 0, 0, 0]),
        ("Có 10 hồ sơ gồm: đúng hạn 5; quá hạn 3.", [None, 0, 0]),
        ("Có 10 hồ sơ, gồm đúng hạn 5, quá hạn 3.", [None, 0, 0]),
        ("(Quá hạn 3) tồn 5.", [None, None]),
        ("Quá hạn: Sở Y tế 5; Sở Nội vụ 3.", [None, None]),
    ],
)
def test_parts_know_their_whole(text: str, wholes: list[int | None]) -> None:
    assert [share.whole for share in shares_of(text)[1]] == wholes


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("Giải quyết 110 hồ sơ, đạt 97,3%.", [None, 0]),
        ("Giải quyết 110 hồ sơ (đạt 97,3%).", [None, 0]),
        ("Giải quyết 110 hồ sơ, tỷ lệ 97,3%.", [None, 0]),
        ("Giải quyết 110 hồ sơ, tỷ lệ đúng hạn 97,3%.", [None, None]),
        ("Giải quyết 110 hồ sơ; đạt 97,3%.", [None, None]),
        # Behind a closed bracket it is said of the number before the bracket.
        ("Nhận 9, trả 110 hồ sơ (quá hạn 3), đạt 97,3%.", [None, None, None, 1]),
    ],
)
def test_a_number_said_of_another(text: str, linked: list[int | None]) -> None:
    assert [share.linked for share in shares_of(text)[1]] == linked


FRAGMENTS = (
    "Nhận", "tồn", "12", "97,3%", "4.157", "hồ sơ", "trước, đúng hạn", "quá hạn", ",", ";", ":", "(", ")", "và",
    "trong đó", "gồm", "đạt", "chiếm", "(tỉnh, huyện)", "Sở Y tế", "so với",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=20).map(" ".join))
def test_words_belong_to_one_number_at_most(text: str) -> None:
    found = sample(text)
    text = family().masked(found.layers.phrases)
    for sentence in found.layers.sentences:
        units = scan_family(text, sentence.span, family(), found.layers.entities).units
        atoms = [atom for atom in found.layers.numbers if sentence.span.covers(atom.span)]
        parts = shares(text.view, sentence.span, atoms, units)
        assert [share.atom for share in parts] == atoms
        for n, share in enumerate(parts):
            assert share.fronted.end == share.left.start
            assert share.left.end == share.atom.span.start
            assert share.right.start == share.atom.span.end
            assert share.whole is None or 0 <= share.whole < n
            assert share.linked is None or 0 <= share.linked < n
        for before, after in pairwise(parts):
            assert before.right.end <= after.fronted.start

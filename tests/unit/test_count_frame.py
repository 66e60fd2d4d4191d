"""Counts in running text: what each number counts, by its own words and by those that others lend to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layer_samples import TASKS, Sample, family, sample

from pipeline.match.count_frame import count_mentions
from pipeline.match.mention import Mention

Told = tuple[str, str, str]


def read(text: str) -> tuple[Sample, tuple[Mention, ...]]:
    found = sample(text)
    return found, count_mentions(found.layers, [family(), family(TASKS)])


def told(text: str) -> list[Told]:
    """Of each mention its indicator (that of the first family without its name), number and quote."""
    found, mentions = read(text)
    return [
        (m.indicator.removeprefix("case."), m.value_span.of(found.text), m.quote_span.of(found.text)) for m in mentions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Attributes stand on either side of the number.
        ("Sở tiếp nhận 675 hồ sơ.", [("received", "675", "tiếp nhận 675 hồ sơ")]),
        ("Còn 12 hồ sơ quá hạn.", [("resolved_overdue", "12", "12 hồ sơ quá hạn")]),
        ("Hồ sơ tiếp nhận là 500.", [("received", "500", "Hồ sơ tiếp nhận là 500")]),
        ("100% hồ sơ giải quyết đúng hạn.", [("on_time_rate", "100", "100% hồ sơ giải quyết đúng hạn")]),
        ("Có 57 hồ sơ.", [("total", "57", "Có 57 hồ sơ")]),
        # Numbers in words, ratios, denials.
        ("Hai hồ sơ quá hạn.", [("resolved_overdue", "Hai", "Hai hồ sơ quá hạn")]),
        ("Giải quyết 45/50 hồ sơ đúng hạn.", [("resolved_on_time", "45", "Giải quyết 45/50 hồ sơ đúng hạn")]),
        ("Không có hồ sơ quá hạn.", [("resolved_overdue", "Không có", "Không có hồ sơ quá hạn")]),
        # A list that leaves the noun out.
        ("Giải quyết 110 hồ sơ, đúng hạn 107, quá hạn 3.", [
            ("resolved", "110", "Giải quyết 110 hồ sơ"),
            ("resolved_on_time", "107", "đúng hạn 107"),
            ("resolved_overdue", "3", "quá hạn 3"),
        ]),
        # Two families in one sentence: the nearer noun decides.
        ("Hoàn thành 12 nhiệm vụ, quá hạn 2 và 5 hồ sơ quá hạn.", [
            ("duty.done", "12", "Hoàn thành 12 nhiệm vụ"),
            ("duty.overdue", "2", "quá hạn 2"),
            ("resolved_overdue", "5", "5 hồ sơ quá hạn"),
        ]),
        # An attribute may name the family by itself.
        ("Số hóa đạt 45%.", [("digitised_rate", "45", "Số hóa đạt 45%")]),
        # Time beside a count is no count.
        ("Trong 5 tháng nhận 43.118 hồ sơ.", [("received", "43.118", "nhận 43.118 hồ sơ")]),
        # So many together, and what one of them has less of.
        ("64 xã tiếp nhận 9.150 hồ sơ.", [("received", "9.150", "tiếp nhận 9.150 hồ sơ")]),
        ("Xã tiếp nhận dưới 150 hồ sơ.", [("received", "150", "tiếp nhận dưới 150 hồ sơ")]),
        # List numbers count nothing.
        ("3.1. Nhận 12 hồ sơ.", [("received", "12", "Nhận 12 hồ sơ")]),
        ("(2) Nhận 12 hồ sơ.", [("received", "12", "Nhận 12 hồ sơ")]),
    ],
)  # fmt: skip
def test_own_words(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Một hồ sơ quá hạn.",  # an article
        "Hồ sơ số 12 quá hạn.",  # a label
        "Giảm 5 hồ sơ quá hạn.",  # a difference
        "Có 20 hồ sơ dự thầu quá hạn.",  # a look-alike
        "Hồ sơ được tiếp nhận tại 5 xã.",  # a noun of its own
        "Nhận hồ sơ của 12 người.",
        "Hồ sơ đúng hạn đạt 120%.",  # out of range
        "Hồ sơ quá hạn 27/2.",  # more than its whole
        "Tiếp nhận hồ sơ 24/24.",
        "21 đơn vị không có hồ sơ quá hạn.",  # the units are counted
        "64 xã tiếp nhận dưới 150 hồ sơ.",  # a bound for each of them
        "Thành phố: 64 xã, phường tiếp nhận không quá 150 hồ sơ.",
        "Hồ sơ tiếp nhận lần thứ 5.",
        "Đã giải quyết hồ sơ, tính theo lĩnh vực đất đai của toàn thành phố, kết quả 12.",  # too far from its noun
        "Đã giải quyết hồ sơ theo lĩnh vực đất đai 12.",
        "Hồ sơ tồn từ 30 lên 45.",  # a move between counts
        "Quá hạn 12.",  # nobody named the noun
    ],
)
def test_no_count(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A part takes over the state of its whole.
        ("Đang giải quyết 9 hồ sơ (quá hạn 2).", [
            ("pending", "9", "case/pending/count", ()),
            ("pending_overdue", "2", "case/overdue-pending/count", ("inherited_attribute", "head_elided")),
        ]),
        ("Đã giải quyết 9 hồ sơ, trong đó quá hạn 2.", [
            ("resolved", "9", "case/resolved/count", ()),
            ("resolved_overdue", "2", "case/overdue-resolved/count", ("inherited_attribute", "head_elided")),
        ]),
        # A semicolon ends what "trong đó" opened.
        ("Đang giải quyết 9 hồ sơ, trong đó quá hạn 2; đúng hạn 7.", [
            ("pending", "9", "case/pending/count", ()),
            ("pending_overdue", "2", "case/overdue-pending/count", ("inherited_attribute", "head_elided")),
            ("resolved_on_time", "7", "case/on_time/count", ("head_elided",)),
        ]),
        # A percentage of the number before it.
        ("Giải quyết 110 hồ sơ đúng hạn, đạt 97,3%.", [
            ("resolved_on_time", "110", "case/on_time-resolved/count", ()),
            ("on_time_rate", "97,3", "case/on_time-resolved/percent", ("linked", "head_elided")),
        ]),
        # A goal or another time in brackets.
        ("Tỷ lệ hồ sơ đúng hạn đạt 99,1%, vượt chỉ tiêu (95%).", [
            ("on_time_rate", "99,1", "case/on_time/percent", ()),
            ("on_time_rate", "95", "case/on_time/percent", ("compared", "head_elided")),
        ]),
        # Both ends of a move.
        ("Tỷ lệ hồ sơ đúng hạn tăng từ 90% lên 95%.", [
            ("on_time_rate", "90", "case/on_time/percent", ()),
            ("on_time_rate", "95", "case/on_time/percent", ("head_elided",)),
        ]),
        # By order.
        ("Hồ sơ đúng hạn và quá hạn lần lượt là 110 và 3.", [
            ("resolved_on_time", "110", "case/on_time/count", ()),
            ("resolved_overdue", "3", "case/overdue/count", ("head_elided",)),
        ]),
        # The words before a colon, the neighbour in a list of agencies, the predicate behind it.
        ("Số hồ sơ quá hạn của từng đơn vị: Sở Y tế 5; Sở Nội vụ 3.", [
            ("resolved_overdue", "5", "case/overdue/count", ()),
            ("resolved_overdue", "3", "case/overdue/count", ("inherited_attribute", "head_elided")),
        ]),
        ("Sở Y tế (5 hồ sơ), Sở Nội vụ (3 hồ sơ) quá hạn.", [
            ("resolved_overdue", "5", "case/overdue/count", ("inherited_attribute",)),
            ("resolved_overdue", "3", "case/overdue/count", ("inherited_attribute",)),
        ]),
        ("Sở Y tế 12 hồ sơ, Sở Nội vụ 3 hồ sơ.", [
            ("received", "12", "case/received/count", ("default_reading",)),
            ("received", "3", "case/received/count", ("inherited_attribute",)),
        ]),
        # The sum since the year began.
        ("Nhận 50 hồ sơ, lũy kế 900 hồ sơ.", [
            ("received", "50", "case/received/count", ()),
            ("received", "900", "case/received/count", ("cumulative",)),
        ]),
        # A label below the line that it breaks down.
        ("Tồn 8 hồ sơ.\nQuá hạn: 2.", [
            ("pending", "8", "case/pending/count", ()),
            ("pending_overdue", "2", "case/overdue-pending/count", ("inherited_attribute", "inherited_family")),
        ]),
        # A noun that was named earlier in the document.
        ("Hồ sơ nhiều.\n\nĐúng hạn đạt 95%.", [
            ("on_time_rate", "95", "case/on_time/percent", ("inherited_family",)),
        ]),
    ],
)  # fmt: skip
def test_what_others_lend(text: str, expected: list[tuple[str, str, str, tuple[str, ...]]]) -> None:
    found, mentions = read(text)
    assert [
        (m.indicator.removeprefix("case."), m.value_span.of(found.text), m.rule_id, m.reasons) for m in mentions
    ] == expected


def test_a_family_that_does_not_leave_out_its_noun_is_not_taken_up_again() -> None:
    assert told("Nhiệm vụ nhiều.\n\nHoàn thành đạt 95%.") == []


@pytest.mark.parametrize(
    ("text", "value", "high", "comparator", "out_of"),
    [
        ("Nhận khoảng 120 hồ sơ.", "120", None, "approx", None),
        ("Nhận trên 120 hồ sơ.", "120", None, "gt", None),
        ("Nhận từ 100 đến 120 hồ sơ.", "100", "120", "eq", None),
        ("Giải quyết 45/50 hồ sơ.", "45", None, "eq", "50"),
        ("Nhận 2,12 ngàn hồ sơ.", "2120", None, "eq", None),
    ],
)
def test_bounds(text: str, value: str, high: str | None, comparator: str, out_of: str | None) -> None:
    _, (mention,) = read(text)
    assert (str(mention.value), mention.comparator) == (value, comparator)
    assert (mention.value_high and str(mention.value_high), mention.out_of and str(mention.out_of)) == (high, out_of)


def test_the_cues_are_told_with_their_words() -> None:
    found, mentions = read("Đang giải quyết 9 hồ sơ (quá hạn 2).")
    assert [[(name, span.of(found.text)) for name, span in m.cues] for m in mentions] == [
        [("pending", "Đang giải quyết")],
        [("pending", "Đang giải quyết"), ("overdue", "quá hạn")],
    ]


FRAGMENTS = (
    "hồ sơ", "nhiệm vụ", "hoàn thành", "tiếp nhận", "đã giải quyết", "quá hạn", "đúng hạn", "tồn", "có", "giảm", "12",
    "97,3%", "4.157", "45/50", "hai", "không có", "từ", "lên", "lần lượt", "so với", "(", ")", ",", ";", ":", ".", "và",
    "trong đó", "Sở Y tế", "cấp xã", "đạt", "\n", "\n\n", "-", "con số này", "hồ sơ dự thầu",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=25).map(" ".join).filter(str.strip))
def test_any_words_are_read_without_fault(text: str) -> None:
    found, mentions = read(text)
    places = [mention.value_span for mention in mentions]
    assert places == sorted(places)
    assert len(set(places)) == len(places)
    for mention in mentions:
        sentence = next(s.span for s in found.layers.sentences if s.span.covers(mention.value_span))
        assert mention.quote_span.covers(mention.value_span)
        assert sentence.covers(mention.quote_span)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mỗi ngày tiếp nhận 240 hồ sơ.", []),
        ("Bình quân một tháng tiếp nhận 240 hồ sơ.", []),
        ("Trung bình ngày làm việc tiếp nhận 240 hồ sơ.", []),
        ("Hằng năm tiếp nhận 240 hồ sơ.", []),
        ("Tiếp nhận 240 hồ sơ/ngày.", []),
        ("Tiếp nhận 240 hồ sơ mỗi tuần.", []),
        ("Tiếp nhận 900 hồ sơ, bình quân 30 hồ sơ/ngày.", ["900"]),
        # A time without "each" is one that a figure can be of; so is what follows another clause.
        ("Tháng 5 tiếp nhận 240 hồ sơ.", ["240"]),
        ("Trung bình năm 2022 tiếp nhận 240 hồ sơ.", ["240"]),
        ("Mỗi năm một tăng; tiếp nhận 240 hồ sơ.", ["240"]),
    ],
)
def test_what_comes_in_each_day_is_no_figure_of_a_period(text: str, expected: list[str]) -> None:
    found = sample(text)
    assert [m.value_span.of(found.text) for m in count_mentions(found.layers, [family()])] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("44 hồ sơ quá hạn tập trung ở lĩnh vực đất đai.", []),
        ("- 06 hồ sơ quá hạn đều thuộc lĩnh vực đất đai.", []),
        ("12 hồ sơ chủ yếu thuộc lĩnh vực đất đai.", []),
        # What is told for the first time has words before it, or a comma behind.
        ("Còn 44 hồ sơ quá hạn, tập trung ở lĩnh vực đất đai.", ["44"]),
        ("Có 44 hồ sơ quá hạn đều thuộc lĩnh vực đất đai.", ["44"]),
    ],
)
def test_a_count_that_opens_its_sentence_may_take_up_one_before(text: str, expected: list[str]) -> None:
    found = sample(text)
    assert [m.value_span.of(found.text) for m in count_mentions(found.layers, [family()])] == expected

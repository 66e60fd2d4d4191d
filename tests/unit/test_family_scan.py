"""What one family finds in a sentence, and which of its readings a set of cues is."""

from __future__ import annotations

import pytest
from layer_samples import family, sample

from pipeline.match.family_scan import Cue, Cues, best_reading, end_of, scan_family, strong
from pipeline.model import Span


def cues(*names: str) -> Cues:
    """Cues of the sample family's attributes, one behind the other."""
    return tuple(Cue(family().attributes[name], Span(n, n + 1)) for n, name in enumerate(names))


@pytest.mark.parametrize(
    ("text", "heads", "expected"),
    [
        ("Đã giải quyết 5 hồ sơ, tồn 2 hồ sơ.", ["hồ sơ", "hồ sơ"],
         [("resolved", "Đã giải quyết"), ("pending", "tồn")]),
        ("Trước và đúng hạn: 5.", [], [("on_time", "Trước và đúng hạn")]),
        # The longest phrase counts; a look-alike is blanked out.
        ("Hồ sơ đang giải quyết.", ["Hồ sơ"], [("pending", "đang giải quyết")]),
        ("Có hồ sơ dự thầu quá hạn.", [], [("total", "Có"), ("overdue", "quá hạn")]),
        # A cue inside an agency's name is none.
        ("Trung tâm Tiếp nhận hồ sơ huyện Mai Sơn.", ["hồ sơ"], [("received", "Tiếp nhận")]),
        ("Số hóatt, nhận.", [], [("received", "nhận")]),
    ],
)  # fmt: skip
def test_scan(text: str, heads: list[str], expected: list[tuple[str, str]]) -> None:
    found = sample(text)
    (sentence,) = found.layers.sentences
    scan = scan_family(family().masked(found.layers.phrases), sentence.span, family(), ())
    assert [head.of(found.text) for head in scan.heads] == heads
    assert [(cue.attribute.name, cue.span.of(found.text)) for cue in scan.cues] == expected
    assert scan.units == tuple(sorted([*scan.heads, *(cue.span for cue in scan.cues)]))


def test_a_cue_inside_a_name_is_none() -> None:
    found = sample("Văn phòng Tiếp nhận có 5 hồ sơ, tiếp nhận 3.")
    (sentence,) = found.layers.sentences
    name = found.span("Văn phòng Tiếp nhận")
    scan = scan_family(family().masked(found.layers.phrases), sentence.span, family(), [name])
    assert [cue.span.of(found.text) for cue in scan.cues] == ["có", "tiếp nhận"]
    # A cue that is itself taken for a name stays one ("bưu điện").
    alone = scan_family(family().masked(found.layers.phrases), sentence.span, family(), [found.span("tiếp nhận")])
    assert [cue.span.of(found.text) for cue in alone.cues] == ["Tiếp nhận", "có", "tiếp nhận"]
    assert [cue.span.of(found.text) for cue in scan.cues_in(Span(name.end, sentence.span.end - 4))] == ["có"]


@pytest.mark.parametrize(
    ("names", "must", "unit", "reading"),
    [
        (["resolved"], [], "count", "case/resolved/count"),
        # The reading with the most of the attributes.
        (["resolved", "overdue"], [], "count", "case/overdue-resolved/count"),
        (["pending", "overdue"], [], "count", "case/overdue-pending/count"),
        # A weak attribute gives way to any other, and counts where it is alone.
        (["total", "overdue"], [], "count", "case/overdue/count"),
        (["total"], [], "count", "case/total/count"),
        # What must be used keeps readings away that do not use it.
        (["received", "overdue"], ["overdue"], "count", "case/overdue/count"),
        (["received", "overdue"], ["received", "overdue"], "count", None),
        (["on_time"], [], "percent", "case/on_time/percent"),
        (["received"], [], "percent", None),
        (["on_time"], [], "day", None),
        ([], [], "count", None),
    ],
)
def test_best_reading(names: list[str], must: list[str], unit: str, reading: str | None) -> None:
    found = best_reading(family(), cues(*names), cues(*must), unit)
    assert (found.rule_id if found else None) == reading


def test_of_equal_readings_the_first_of_the_file_is_taken() -> None:
    found = best_reading(family(), cues("received", "resolved"), (), "count")
    assert found is not None
    assert found.gives == ("case.received",)


def test_a_forbidden_attribute_keeps_a_reading_away() -> None:
    rules = family(
        "family: f\ntitle: {vi: Mẫu, en: Sample}\n"
        "heads: [hồ sơ]\nattributes:\n  a: {phrases: [nhận]}\n  b: {phrases: [trễ]}\n"
        "readings:\n  - {gives: f.a, all: [a], none: [b]}\n"
        "indicators:\n  - {code: f.a, vi: A, en: A, unit: count}\n"
    )
    a, b = (Cue(rules.attributes[name], Span(0, 1)) for name in "ab")
    assert best_reading(rules, (a,), (), "count") == rules.readings[0]
    assert best_reading(rules, (a, b), (), "count") is None


def test_weak_cues_are_not_strong() -> None:
    found = cues("total", "overdue", "received")
    assert [cue.attribute.name for cue in strong(found)] == ["overdue", "received"]


@pytest.mark.parametrize(("text", "behind"), [("Tồn 12 hồ sơ", " hồ sơ"), ("Đạt 97,3% hồ sơ", " hồ sơ")])
def test_a_figure_ends_behind_its_unit(text: str, behind: str) -> None:
    found = sample(text)
    (atom,) = found.layers.numbers
    assert found.text[end_of(atom) :] == behind

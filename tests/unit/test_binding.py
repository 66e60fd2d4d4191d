"""Whether a family can have a number of a sentence, told by what stands right around the numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from layer_samples import family, sample, sample_of

from pipeline.match import count_frame
from pipeline.match.binding import is_bare, may_bind, noun_behind
from pipeline.match.count_frame import count_mentions
from pipeline.match.family_scan import scan_family
from pipeline.process import read_document
from pipeline.rulebook.book import load

CORPUS = Path(__file__).parents[2] / "corpus" / "documents"


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Nhận 675 hồ sơ.", False, True),
        ("Nhận 675 (hồ sơ).", False, True),
        # A number before the noun of another is none, however near the family's own noun stands.
        ("Hồ sơ do 12 công chức nhận.", False, False),
        ("Hồ sơ nhận: 675.", False, True),
        # Without a noun only what was named before.
        ("Nhận 675.", False, False),
        ("Nhận 675.", True, True),
        # A cue that stands for its noun.
        ("Số hóa đạt 98%.", False, True),
        # Days are no amount of the family, a share is.
        ("Hồ sơ nhận trong 3 ngày.", False, False),
        ("Hồ sơ đúng hạn 97% chỉ tiêu.", False, True),
        ("Lần lượt 120 và 310 hồ sơ.", False, True),
    ],
)
def test_may_bind(text: str, told: bool, expected: bool) -> None:
    layers = sample(text).layers
    sentence, view = layers.sentences[0].span, layers.view
    scan = scan_family(layers.phrases, sentence, family(), ())
    assert may_bind(family(), layers.numbers, scan, view, sentence, told=told) is expected


@pytest.mark.parametrize(
    ("text", "noun", "bare"),
    [
        ("Nhận 5 hồ sơ", "hồ sơ", False),
        ("Nhận 5 số hồ sơ", "hồ sơ", False),
        ("Nhận 5 công chức", None, False),
        ("Hoàn thành 177 (…)", None, True),
        ("Tồn 5 quá hạn", None, True),
        ("Đạt 95% kế hoạch", None, True),
        ("Đạt 95% năm 2020", None, True),
    ],
)
def test_what_stands_behind_a_number(text: str, noun: str | None, bare: bool) -> None:
    found = sample(text)
    layers, sentence = found.layers, found.layers.sentences[0].span
    scan = scan_family(layers.phrases, sentence, family(), ())
    behind = noun_behind(layers.numbers[0], scan, layers.view)
    assert (behind and behind.of(found.text)) == noun
    assert is_bare(layers.numbers[0], scan, layers.view, sentence) is bare


def test_what_is_passed_over_would_give_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    families = load().counts
    layers = [sample_of(read_document(file.read_bytes(), file.name)).layers for file in sorted(CORPUS.glob("*.txt"))]
    quick = [count_mentions(each, families) for each in layers]
    monkeypatch.setattr(count_frame, "may_bind", lambda *_, **__: True)
    assert quick == [count_mentions(each, families) for each in layers]
    assert sum(map(len, quick)) > 100

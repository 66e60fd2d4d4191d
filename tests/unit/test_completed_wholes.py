"""A number that does not say of which whole it is a part: the whole that lacks just this number has it."""

from __future__ import annotations

import pytest
from layer_samples import family, sample

from pipeline.match.count_frame import count_mentions

LETTERS = """\
family: letter
title: {vi: Mẫu, en: Sample}
heads: [lá thư]
elides_head: document
attributes:
  sent: {slot: way, phrases: [gửi đi]}
  got: {slot: way, phrases: [nhận về]}
  answered: {slot: reply, phrases: [đã trả lời]}
  open: {slot: reply, phrases: [còn để ngỏ]}
readings:
  - {gives: letter.sent, all: [sent]}
  - {gives: letter.got, all: [got]}
  - {gives: letter.sent_answered, all: [sent, answered]}
  - {gives: letter.sent_answered, all: [answered]}
  - {gives: letter.got_answered, all: [got, answered]}
  - {gives: letter.sent_open, all: [open]}
  - {gives: letter.sent_open, all: [sent, open]}
  - {gives: letter.got_open, all: [got, open]}
wholes:
  - {whole: letter.sent, parts: [letter.sent_answered], lacks: letter.sent_open, named_by: sent}
  - {whole: letter.got, parts: [letter.sent_answered, letter.got_answered], lacks: letter.got_open, named_by: got}
indicators:
  - {code: letter.sent, vi: Gửi, en: Sent, unit: count}
  - {code: letter.got, vi: Nhận, en: Got, unit: count}
  - {code: letter.sent_answered, vi: Gửi có trả lời, en: Sent and answered, unit: count}
  - {code: letter.got_answered, vi: Nhận đã trả lời, en: Got and answered, unit: count}
  - {code: letter.sent_open, vi: Gửi để ngỏ, en: Sent and open, unit: count}
  - {code: letter.got_open, vi: Nhận để ngỏ, en: Got and open, unit: count}
"""


@pytest.mark.parametrize(
    ("text", "open_ones"),
    [
        pytest.param("Nhận về 9 lá thư. Có 7 lá thư đã trả lời. Có 2 lá thư còn để ngỏ.", ["got_open"], id="completes"),
        pytest.param("Nhận về 9 lá thư. Có 7 lá thư đã trả lời. Có 3 lá thư còn để ngỏ.", ["sent_open"], id="no-sum"),
        pytest.param("Nhận về 9 lá thư. Có 2 lá thư còn để ngỏ.", ["sent_open"], id="no-part-told"),
        pytest.param(
            "Nhận về 9 lá thư. Có 7 lá thư đã trả lời. Có 2 lá thư gửi đi còn để ngỏ.", ["sent_open"], id="says-which"
        ),
        pytest.param(
            "Nhận về hơn 9 lá thư. Có 7 lá thư đã trả lời. Có 2 lá thư còn để ngỏ.", ["sent_open"], id="whole-not-exact"
        ),
        pytest.param(
            "Nhận về 9 lá thư. Có 7 lá thư đã trả lời.\n\nCó 2 lá thư còn để ngỏ.", ["sent_open"], id="another-block"
        ),
        pytest.param(
            "Gửi đi 9 lá thư. Nhận về 9 lá thư. Có 7 lá thư đã trả lời. Có 2 lá thư còn để ngỏ.",
            ["sent_open"],
            id="two-wholes-lack-it",
        ),
    ],
)
def test_a_part_belongs_to_the_whole_that_it_completes(text: str, open_ones: list[str]) -> None:
    mentions = count_mentions(sample(text).layers, [family(LETTERS)])
    assert [m.indicator.removeprefix("letter.") for m in mentions if m.indicator.endswith("_open")] == open_ones

"""Subjects that the words around a number say to have it, to share it or to do its work."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.process import read_document
from pipeline.rulebook.book import load


def told(sentence: str) -> list[tuple[str, str | None]]:
    lead = "Hà Tĩnh đẩy nhanh giải quyết hồ sơ\n\nHọp ngày 02/10/2022, UBND tỉnh Hà Tĩnh kiểm điểm công việc."
    text = f"{lead} {sentence}\n"
    found = extract(read_document(text.encode(), "text.txt"), load()).observations
    return [(str(o.value), o.subject) for o in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # So many have it, and the text says who.
        (
            "Hai địa phương không có hồ sơ quá hạn là huyện Nghi Xuân và huyện Đức Thọ.",
            [("0", "Huyện Nghi Xuân tỉnh Hà Tĩnh"), ("0", "Huyện Đức Thọ tỉnh Hà Tĩnh")],
        ),
        # One that is praised or named for its figure.
        (
            "Chủ tịch UBND tỉnh phê bình huyện Hương Khê có tỷ lệ hồ sơ quá hạn 4,1%.",
            [("4.1", "Huyện Hương Khê tỉnh Hà Tĩnh")],
        ),
        # Whose it is, told right behind; who only gave it is nobody of the kind.
        ("Hiện còn 14 nhiệm vụ của Sở Y tế chưa hoàn thành.", [("14", "Sở Y tế tỉnh Hà Tĩnh")]),
        # The desk of the place just named.
        (
            "Tại xã Xuân Mỹ, bộ phận một cửa tiếp nhận 312 hồ sơ.",
            [("312", "Bộ phận một cửa xã Xuân Mỹ tỉnh Hà Tĩnh")],
        ),
        ("Tại xã Xuân Mỹ, cán bộ xã tiếp nhận 312 hồ sơ.", [("312", "Xã Xuân Mỹ tỉnh Hà Tĩnh")]),
    ],
)
def test_words_around_a_number_say_whose_it_is(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(told(sentence)) == expected

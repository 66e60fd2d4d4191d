"""Under which headings a paragraph stands, however an office numbers them."""

from __future__ import annotations

import pytest
from layer_samples import sample

HEAD = "UBND HUYỆN MAI SƠN\nSố: 12/BC-UBND\nMai Sơn, ngày 20 tháng 12 năm 2022\n\nBÁO CÁO\nCông tác năm 2022\n\n"


def over(text: str, words: str) -> list[str]:
    """The headings over the paragraph that holds `words`, the nearest first."""
    context = sample(HEAD + text).context
    blocks, whole = context.layers.document.blocks, context.layers.document.text
    at = next(n for n, block in enumerate(blocks) if words in block.span.of(whole))
    return [heading.span.of(whole).strip() for heading in context.outline.over(at)]


@pytest.mark.parametrize(
    ("lines", "words", "expected"),
    [
        # Each way of numbering that comes new lies within the one before it.
        ("I. KẾT QUẢ|1. Thủ tục|a) Cấp tỉnh|Nhận 5 hồ sơ.", "Nhận", ["a) Cấp tỉnh", "1. Thủ tục", "I. KẾT QUẢ"]),
        ("A. MỤC TIÊU ĐẾN NĂM 2025|1. Thủ tục|Đạt 90% hồ sơ.", "Đạt", ["1. Thủ tục", "A. MỤC TIÊU ĐẾN NĂM 2025"]),
        ("1. Thủ tục|a) Cấp tỉnh|Nhận 5 hồ sơ.|b) Cấp xã|Nhận 7 hồ sơ.", "7 hồ", ["b) Cấp xã", "1. Thủ tục"]),
        # One that was there goes on where it was, and ends what lies within.
        ("I. KẾT QUẢ|1. Thủ tục|Nhận 5 hồ sơ.|II. NHIỆM VỤ|Giao 7 việc.", "Giao", ["II. NHIỆM VỤ"]),
        ("I. KẾT QUẢ|1. Thủ tục|1.1. Một cửa|Nhận 5 hồ sơ.|2. Bộ máy|Còn 7 phòng.", "Còn", ["2. Bộ máy", "I. KẾT QUẢ"]),
        # Items with figures or whole sentences are no headings.
        ("I. KẾT QUẢ|a) Tiếp nhận 12 hồ sơ của cấp tỉnh|Nhận 5 hồ sơ.", "Nhận 5", ["I. KẾT QUẢ"]),
        ("I. KẾT QUẢ|- Đã làm tốt;|Nhận 5 hồ sơ.", "Nhận", ["I. KẾT QUẢ"]),
    ],
)  # fmt: skip
def test_headings_over_a_paragraph(lines: str, words: str, expected: list[str]) -> None:
    assert over(lines.replace("|", "\n"), words) == expected


def test_a_heading_stands_under_its_own() -> None:
    assert over("I. KẾT QUẢ\n1. Thủ tục\nNhận 5 hồ sơ.", "1. Thủ tục") == ["I. KẾT QUẢ"]


def test_a_title_begins_anew() -> None:
    assert over("Nhận 5 hồ sơ.", "Nhận") == []

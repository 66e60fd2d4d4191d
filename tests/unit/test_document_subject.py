"""Whom a document is about and who writes it: what tells it, and what speaks against it."""

from __future__ import annotations

import pytest
from layer_samples import sample

from pipeline.assemble.subjects import Subjects

BODY = (
    "Sở được UBND tỉnh giao 31 nhiệm vụ. Đến nay có 119 thủ tục thuộc thẩm quyền của Sở.\n\n"
    "Trong năm Sở tiếp nhận nhiều hồ sơ."
)
OF_ALL = (
    "Toàn tỉnh tiếp nhận nhiều hồ sơ, cấp huyện ít hơn, cấp xã nhiều nhất. Sở đã tham mưu cho các sở, ngành, địa "
    "phương thực hiện trên địa bàn tỉnh. Sở cũng kiểm tra 12 đơn vị."
)
TRADE, HEALTH = "Sở Công Thương tỉnh Nam Định", "Sở Y tế tỉnh Nam Định"


def unit(text: str) -> tuple[str | None, bool]:
    """The unit that a document is of, and whether that is doubtful."""
    found = Subjects(sample(text).context)
    return (found.unit.name if found.unit else None), found.doubtful


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Who stands as the source, above or below, and what the text then calls itself.
        (f"Hoạt động của ngành năm 2019\n(Trích báo cáo của {TRADE})\n\n{BODY}", TRADE),
        (f"Hoạt động của ngành năm 2019\n\n{BODY}\n\n(Nguồn: {TRADE})", TRADE),
        (f"Hoạt động của ngành năm 2019\n\n{BODY}\n\nNguồn tin: {TRADE}", TRADE),
        (f"Cổng thông tin điện tử {TRADE}\n\n{BODY}", TRADE),
        (f"Hoạt động của ngành năm 2019\n\n{BODY}\n\nNguyễn Văn Toàn\n({TRADE})", TRADE),
        # The title, and what the text calls itself, in capitals or small.
        (f"{TRADE} đẩy mạnh cải cách hành chính\n\n{BODY}", TRADE),
        (f"{TRADE} đẩy mạnh cải cách hành chính\n\n{BODY}".replace("Sở tiếp", "sở tiếp"), TRADE),
        # Others are mentioned in passing.
        (f"{TRADE} làm tốt cải cách hành chính\n\n{BODY} Sở Y tế cùng phối hợp.", TRADE),
        # What it tells of the province outweighs its source.
        (f"Cải cách hành chính năm 2019\n\n{OF_ALL}\n\n(Nguồn: {TRADE})", None),
        (f"Cải cách hành chính năm 2019\n\nNam Định đứng thứ 7 cả nước.\n\n(Nguồn: {TRADE})", None),
        # Who only publishes, or is one of several, is nobody's writer.
        (f"{TRADE} và {HEALTH} dẫn đầu\n\nSở Nội vụ đứng thứ ba, Sở Tài chính thứ tư.", None),
        ("Cải cách hành chính tại các cơ sở\n\nTrụ sở mới có cơ sở vật chất tốt. Sở hữu trí tuệ được bảo vệ. Sở Y tế "
         "tỉnh Nam Định họp.", None),
    ],
)  # fmt: skip
def test_the_department_that_a_text_without_a_letterhead_is_of(text: str, expected: str | None) -> None:
    assert unit(text)[0] == expected


def test_a_letterhead_tells_the_writer_whatever_the_source() -> None:
    head = "SỞ Y TẾ TỈNH NAM ĐỊNH\nSố: 45/BC-SYT\nNam Định, ngày 20 tháng 9 năm 2021\n\nBÁO CÁO\nCông tác cải cách\n\n"
    assert unit(f"{head}{BODY}\n\n(Nguồn: {TRADE})") == (HEALTH, False)


@pytest.mark.parametrize(
    ("more", "doubtful"),
    [("", False), (" Trên địa bàn tỉnh, các cấp, các sở đều làm tốt.", True)],
)
def test_a_text_that_speaks_of_its_province_as_well_is_doubtful(more: str, doubtful: bool) -> None:
    assert unit(f"{TRADE} đẩy mạnh cải cách\n\n{BODY}{more}") == (TRADE, doubtful)

"""Bodies that no list names: a head with its field, its seat or its number, up to the words of the sentence."""

from __future__ import annotations

import pytest

from pipeline.values.places import load_gazetteer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Năm 2022, Chi cục Kiểm lâm tỉnh Nghệ An: cải cách", [("Chi cục Kiểm lâm tỉnh Nghệ An", "province")]),
        ("Chi cục Kiểm lâm đã tiếp nhận 12 hồ sơ", [("Chi cục Kiểm lâm", "province")]),
        ("Chi cục Chăn nuôi và Thú y tiếp nhận 12 hồ sơ", [("Chi cục Chăn nuôi và Thú y", "province")]),
        ("Chi cục Dân số - Kế hoạch hóa gia đình, Chi cục An toàn vệ sinh thực phẩm",
         [("Chi cục Dân số - Kế hoạch hóa gia đình", "province"), ("Chi cục An toàn vệ sinh thực phẩm", "province")]),
        ("Cục Sở hữu trí tuệ giải quyết 12 hồ sơ", [("Cục Sở hữu trí tuệ", "central")]),
        ("Cục trưởng Cục An toàn thực phẩm cho biết", [("Cục An toàn thực phẩm", "central")]),
        ("Cục Đường thủy nội địa Việt Nam xếp thứ ba", [("Cục Đường thủy nội địa Việt Nam", "central")]),
        # The longer name wins over the listed beginning of it; the listed one stays where its place follows.
        ("Ban Quản lý Khu kinh tế mở Chu Lai có 9 hồ sơ", [("Ban Quản lý Khu kinh tế mở Chu Lai", "province")]),
        ("Ban Quản lý Khu kinh tế Dung Quất và các KCN: 231",
         [("Ban Quản lý Khu kinh tế Dung Quất và các KCN", "province")]),
        ("Ban Quản lý Khu kinh tế tỉnh Quảng Trị: 231", [("Ban Quản lý Khu kinh tế tỉnh Quảng Trị", "province")]),
        ("Ban Quản lý Khu kinh tế báo cáo", [("Ban Quản lý Khu kinh tế", None)]),
        ("Tại KBNN khu vực XIII, có 12 hồ sơ", [("Kho bạc Nhà nước khu vực XIII", "province")]),
        ("Thuế cơ sở 5 tỉnh Sơn La giải quyết", [("Thuế cơ sở 5 tỉnh Sơn La", "province")]),
        # Branches in a province, said or not.
        ("Cục Thuế tỉnh Lào Cai đạt 84 điểm", [("Cục Thuế tỉnh Lào Cai", "province")]),
        ("Cục Hải quan dẫn đầu", [("Cục Hải quan", "province")]),
        # A head alone, a tax, a place: none of these is a name.
        ("Cục đã giải quyết 12 hồ sơ", []),
        ("Cục và các chi cục", []),
        ("Thuế thu nhập cá nhân tăng 12%", []),
        ("hạ cục diện, tổng cục tiền tệ", []),
    ],
)  # fmt: skip
def test_bodies_by_their_own_words(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(m.name, m.level) for m in load_gazetteer().find_agencies(text)] == expected

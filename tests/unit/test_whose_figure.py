"""Whose figures a whole text tells: short documents of each kind, with the subject of every figure."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.process import read_document
from pipeline.rulebook.book import load

Told = tuple[str, str | None]


def told(text: str) -> list[Told]:
    """Every figure as written, with its subject, in order."""
    document = read_document(text.encode(), "t.txt")
    found = extract(document, load()).observations
    return [(document.text[o.value_span.start : o.value_span.end], o.subject) for o in found]


WARD, DISTRICT = "Phường Trần Hưng Đạo tỉnh Quảng Ngãi", "Quận Cầu Giấy thành phố Hà Nội"
TRADE, REGISTER, BRANCH = "Sở Công Thương tỉnh Nam Định", "Cục Đăng kiểm Việt Nam", "Chi cục Kiểm lâm tỉnh Nghệ An"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The name of a title in capitals ends where the text below says.
        ("PHƯỜNG TRẦN HƯNG ĐẠO LÀM TỐT VIỆC MỘT CỬA\n\nTại thành phố Quảng Ngãi có phường Trần Hưng Đạo.\n\n"
         "Năm 2020, phường tiếp nhận 8.412 hồ sơ.", [("8.412", WARD)]),
        # A unit and its communes are the whole of it.
        ("Quận Cầu Giấy, Hà Nội số hóa hồ sơ\n\nUBND quận sơ kết. Theo đó, quận và 8 phường đã tiếp nhận 62.310 hồ sơ.",
         [("62.310", DISTRICT)]),
        ("Quận Cầu Giấy, Hà Nội số hóa hồ sơ\n\nUBND quận đã tiếp nhận 62.310 hồ sơ.",
         [("62.310", f"UBND q{DISTRICT[1:]}")]),
        # "các xã" in front of names is no group.
        ("UBND tỉnh Hà Tĩnh họp\n\nHiện còn 61 hồ sơ quá hạn, tập trung tại các xã Kỳ Phú (17 hồ sơ), Kỳ Khang (12 hồ "
         "sơ).", [("61", "Tỉnh Hà Tĩnh"), ("17", "Xã Kỳ Phú tỉnh Hà Tĩnh"), ("12", "Xã Kỳ Khang tỉnh Hà Tĩnh")]),
        # An extract of a department's report, without a word of whose procedures they are.
        (f"Hoạt động năm 2019\n(Trích báo cáo của {TRADE})\n\nCông bố 128 TTHC, trong đó 9 TTHC mới.\n\n"
         "Chỉ số CCHC năm 2018 của Sở đạt 89,15 điểm, xếp thứ 5/20 sở, ngành.",
         [("128", TRADE), ("9", TRADE), ("89,15", TRADE), ("5", TRADE)]),
        # A branch that no list names, and what it is called afterwards.
        ("Chi cục Kiểm lâm tỉnh Nghệ An cải cách\n\nNăm 2022, Chi cục Kiểm lâm đã tiếp nhận 642 hồ sơ. Chi cục hiện "
         "thực hiện 16 thủ tục hành chính.", [("642", BRANCH), ("16", BRANCH)]),
        (f"{REGISTER} đổi mới\n\nSáu tháng đầu năm 2023, {REGISTER} tiếp nhận 58.420 hồ sơ. Chỉ số cải cách hành chính "
         "năm 2022 của Cục đạt 92,14 điểm.", [("58.420", REGISTER), ("92,14", REGISTER)]),
        # Behind "và" a ministry with its own figure is measured as well.
        ("Chỉ số CCHC năm 2023\n\nBộ Tài chính đạt 89,18% và Ngân hàng Nhà nước Việt Nam 88,4%.",
         [("89,18", "Bộ Tài chính"), ("88,4", "Ngân hàng Nhà nước Việt Nam")]),
    ],
)  # fmt: skip
def test_whose_figures_a_text_tells(text: str, expected: list[Told]) -> None:
    assert told(text) == expected

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


CITY, ISLAND = "Thành phố Vĩnh Yên tỉnh Vĩnh Phúc", "đặc khu Phú Quốc tỉnh An Giang"
CUSTOMS, HEALTH = "Cục Hải quan tỉnh Lạng Sơn", "Sở Y tế tỉnh Tiền Giang"
ISLANDERS = "Đặc khu Phú Quốc sau 3 tháng\n\nTrung tâm Phục vụ hành chính công đặc khu Phú Quốc (An Giang) cho biết, "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Whoever speaks is not spoken of, unless it is a desk that tells of its own dossiers.
        (f"{ISLANDERS}từ 1/7 đến 30/9/2025 đã tiếp nhận 276 hồ sơ.",
         [("276", f"Trung tâm Phục vụ hành chính công {ISLAND}")]),
        (f"{ISLANDERS}trên địa bàn đã tiếp nhận 276 hồ sơ.", [("276", f"Đ{ISLAND[1:]}")]),
        ("Vĩnh Phúc họp\n\nĐại diện UBND thành phố Vĩnh Yên cho biết, 3 tháng qua thành phố giải quyết 12.400 hồ sơ.",
         [("12.400", CITY)]),
        ("Vĩnh Phúc họp về PCI\n\nLãnh đạo Sở Kế hoạch và Đầu tư cho rằng mục tiêu PCI năm 2023 đạt trên 70 điểm là "
         "khả thi.", [("70", "Tỉnh Vĩnh Phúc")]),
        # "đơn vị" is the body named last; "cơ quan, đơn vị" are all.
        ("Hải quan Lạng Sơn đổi mới\n\nCục Hải quan Lạng Sơn cho biết, năm 2019, đơn vị giải quyết 61.300 hồ sơ.",
         [("61.300", CUSTOMS)]),
        ("Hải quan Lạng Sơn đổi mới\n\nTheo Cục Hải quan Lạng Sơn, các cơ quan, đơn vị đã giải quyết 61.300 hồ sơ.",
         [("61.300", "Tỉnh Lạng Sơn")]),
        # The whole province, said again behind somebody's tasks.
        ("UBND tỉnh Quảng Trị họp\n\nSở Xây dựng còn 7 nhiệm vụ quá hạn. Từ đầu năm, toàn tỉnh có 1.310 nhiệm vụ.",
         [("7", "Sở Xây dựng tỉnh Quảng Trị"), ("1.310", "Tỉnh Quảng Trị")]),
        ("Trung tâm Phục vụ hành chính công các cấp ở Quảng Ninh\n\nNăm 2023, Trung tâm Phục vụ hành chính công tỉnh "
         "tiếp nhận 72.400 hồ sơ.\n\nNăm 2023 SIPAS của tỉnh đạt 90,61%. Từ đầu năm 2024 đến nay, 65% hồ sơ được nộp "
         "trực tuyến.",
         [("72.400", "Trung tâm Phục vụ hành chính công tỉnh Quảng Ninh"), ("90,61", "Tỉnh Quảng Ninh"),
          ("65", "Tỉnh Quảng Ninh")]),
        # A branch stands for the department that leads it.
        ("Ngành Y tế tỉnh Tiền Giang cải cách\n\nSở Y tế đã tiếp nhận 3.021 hồ sơ. Toàn ngành cung cấp 128 TTHC mức độ "
         "3, 4. Năm 2019 Sở đạt giải cao.", [("3.021", HEALTH), ("128", HEALTH)]),
        # A division reports for its district, and has its own dossiers.
        ("UBND HUYỆN CAO LỘC\nPHÒNG NỘI VỤ\nSố: 61/BC-PNV\nCao Lộc, ngày 12 tháng 6 năm 2022\n\nBÁO CÁO\nCải cách hành "
         "chính\n\nTrong kỳ, huyện đã tiếp nhận 4.870 hồ sơ. Phòng Nội vụ tiếp nhận 118 hồ sơ.",
         [("4.870", "Huyện Cao Lộc tỉnh Lạng Sơn"), ("118", "Phòng Nội vụ huyện Cao Lộc tỉnh Lạng Sơn")]),
        # Names with a hyphen, of bodies and of the communes of since July 2025.
        ("Lạng Sơn xếp hạng CCHC năm 2023\n\nBan Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn xếp cuối (80,5%).",
         [("80,5", "Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn tỉnh Lạng Sơn")]),
        ("Lâm Đồng, ngày 3/9/2025\n\nPhường Xuân Hương - Đà Lạt tiếp nhận 11.864 hồ sơ trong tháng 8/2025.",
         [("11.864", "Phường Xuân Hương - Đà Lạt tỉnh Lâm Đồng")]),
        # A district's name written with the other i.
        ("SIPAS năm 2022 của tỉnh Bình Thuận\n\nSIPAS cấp huyện: Đức Linh 90,14%, Phú Quý 82,6%.",
         [("90,14", "Huyện Đức Linh tỉnh Bình Thuận"), ("82,6", "Huyện Phú Quý tỉnh Bình Thuận")]),
    ],
)  # fmt: skip
def test_who_is_meant_without_a_name(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


UNITS = (
    "UBND TỈNH HẬU GIANG\nSỞ CÔNG THƯƠNG\nSố: 5/BC-SCT\nHậu Giang, ngày 3 tháng 12 năm 2021\n\nBÁO CÁO\nCải cách\n\n"
)
OF_UNITS = "Sở Công Thương tỉnh Hậu Giang"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A sentence that turns to the whole, and one that only ranks within it.
        ("Phú Yên họp\n\nSở Công Thương tiếp nhận 2.010 hồ sơ; tỷ lệ hồ sơ trực tuyến toàn tỉnh đạt 77,2%.",
         [("2.010", "Sở Công Thương tỉnh Phú Yên"), ("77,2", "Tỉnh Phú Yên")]),
        ("Theo UBND huyện Tuần Giáo (Điện Biên), năm 2020 toàn huyện giải quyết 14.230 hồ sơ.",
         [("14.230", "Huyện Tuần Giáo tỉnh Điện Biên")]),
        # Where somebody lives is nobody's figure.
        ("Chị Lò Thị Hoa (xã Chiềng Sinh, huyện Tuần Giáo) kể vậy. Toàn tỉnh Điện Biên tiếp nhận 186.000 hồ sơ.",
         [("186.000", "Tỉnh Điện Biên")]),
        # The desk of a department is its own, wherever it stands.
        (f"{UNITS}Bộ phận Một cửa của Sở tại Trung tâm Phục vụ hành chính công tỉnh tiếp nhận 274 hồ sơ.",
         [("274", OF_UNITS)]),
        (f"{UNITS}Trung tâm Phục vụ hành chính công tỉnh tiếp nhận 274 hồ sơ.",
         [("274", "Trung tâm Phục vụ hành chính công tỉnh Hậu Giang")]),
        # Behind a sentence that takes it apart, the text goes on about the whole.
        (f"{UNITS}Sở đã tiếp nhận 1.902 hồ sơ. Cụ thể: Chi cục Thủy sản 1.401 hồ sơ; Chi cục Kiểm lâm 501 hồ sơ. Đã "
         "giải quyết 1.888 hồ sơ.",
         [("1.902", OF_UNITS), ("1.401", "Chi cục Thủy sản tỉnh Hậu Giang"), ("501", "Chi cục Kiểm lâm tỉnh Hậu Giang"),
          ("1.888", OF_UNITS)]),
    ],
)  # fmt: skip
def test_where_a_text_turns_to_another(text: str, expected: list[Told]) -> None:
    assert told(text) == expected

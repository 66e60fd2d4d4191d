"""The level that a number is broken down by: where it may stand, and where none is meant."""

from __future__ import annotations

import pytest
from layer_samples import sample

from pipeline.match.levels import heading_level, labelled_level, level_of
from pipeline.model import Span


def level(text: str, number: str) -> tuple[str, str] | None:
    found = sample(text)
    place, sentence, _ = found.place(number)
    told = level_of(found.layers.view, place, sentence)
    return told and (told[0], told[1].of(found.text))


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        # The levels of parts end with their clause; a level that opens the sentence goes on.
        ("Nhận 50 hồ sơ, trong đó cấp huyện 40; giải quyết 45 hồ sơ.", "45", None),
        ("Cấp huyện nhận 50 hồ sơ; giải quyết 45 hồ sơ.", "45", ("district", "Cấp huyện")),
        ("Chia theo cấp, 18 sở, ngành cấp tỉnh nhận 50 hồ sơ; trả 45 hồ sơ.", "45", ("province", "cấp tỉnh")),
        ("Nhận 95 hồ sơ, chia theo cấp, cấp huyện 50; trả 45 hồ sơ.", "45", None),
        # A semicolon in brackets parts what stands in them.
        ("Đối với 08 xã, phường, trả 95 hồ sơ (91 đúng hạn; 4 quá hạn), còn 7.", "4", ("commune", "08 xã, phường")),
        ("Đối với 08 xã, phường, trả 95 hồ sơ (91 đúng hạn; 4 quá hạn), còn 7.", "7", ("commune", "08 xã, phường")),
        ("Yêu cầu đối với 08 xã, phường; tỉnh còn 7 hồ sơ.", "7", None),
        # What brackets tell apart ends with them.
        ("Số hóa đạt 96% (cấp huyện 95%, cấp xã 97%); số hóa kết quả 91%.", "91", None),
        ("Số hóa đạt 96% (cấp huyện 95%, cấp xã 97%); số hóa kết quả 91%.", "97", ("commune", "cấp xã")),
        # By their order.
        ("Tỷ lệ của cấp tỉnh, cấp huyện và cấp xã lần lượt là 98%, 96% và 99%.", "98", ("province", "cấp tỉnh")),
        ("Tỷ lệ của cấp tỉnh, cấp huyện và cấp xã lần lượt là 98%, 96% và 99%.", "99", ("commune", "cấp xã")),
        # Where something is sent says nothing of where it is counted.
        ("Còn tồn 311 hồ sơ chuyển về cấp xã xử lý.", "311", None),
        # The whole again.
        ("Đúng hạn của cấp xã đạt 99%; tính chung toàn tỉnh đạt 98%.", "98", None),
        ("Tính chung toàn tỉnh, cấp xã đạt 99%, quá hạn 1%.", "1", ("commune", "cấp xã")),
        ("Quá hạn 90 hồ sơ, trong đó sở, ngành 20 hồ sơ, xã, phường 70 hồ sơ.", "70", ("commune", "xã, phường")),
        ("Cấp tỉnh nhận 30 hồ sơ, cấp xã 40 hồ sơ; đúng hạn lần lượt đạt 99% và 97%.", "99", ("province", "Cấp tỉnh")),
        ("Cấp tỉnh nhận 30 hồ sơ, cấp xã 40 hồ sơ; đúng hạn lần lượt đạt 99% và 97%.", "97", ("commune", "cấp xã")),
        # What is counted beside units of a level is none of theirs.
        ("Kiểm tra tại 6 xã và 4 phòng chuyên môn.", "4", None),
        # Several levels, and then the one right before the number.
        ("Đúng hạn của ba cấp lần lượt là: cấp tỉnh 98%, cấp huyện 95%.", "98", ("province", "cấp tỉnh")),
        ("Đúng hạn của ba cấp lần lượt là: cấp tỉnh 98%, cấp huyện 95%.", "95", ("district", "cấp huyện")),
        ("Ba cấp giải quyết 98 hồ sơ.", "98", None),
        ("Của tỉnh và cấp xã lần lượt là 98 và 43 TTHC.", "98", ("province", "tỉnh")),
        ("Của tỉnh và cấp xã lần lượt là 98 và 43 TTHC.", "43", ("commune", "cấp xã")),
        # What levels did together is of none of them.
        ("Trung tâm tỉnh và các Trung tâm cấp huyện thụ lý 342 hồ sơ.", "342", None),
        ("Các sở, ngành và UBND cấp huyện được giao 318 nhiệm vụ.", "318", None),
        ("Cấp tỉnh 30 hồ sơ và cấp xã 43 hồ sơ.", "43", ("commune", "cấp xã")),
        # The agencies of the province, and the desks of a level, with a figure right behind.
        ("Còn 976 hồ sơ, trong đó các sở 214 hồ sơ, UBND các xã 762 hồ sơ.", "214", ("province", "các sở")),
        ("Yêu cầu các sở giải quyết 214 hồ sơ.", "214", None),
        ("Trung tâm tỉnh 68 hồ sơ, 14 Trung tâm cấp huyện 273 hồ sơ.", "273", ("district", "cấp huyện")),
        # Right behind the number.
        ("Có 1.731 TTHC cấp tỉnh và 453 TTHC cấp xã.", "1.731", ("province", "cấp tỉnh")),
        ("Có 1.731 TTHC cấp tỉnh và 453 TTHC cấp xã.", "453", ("commune", "cấp xã")),
        ("Có 24 thủ tục cấp huyện.", "24", ("district", "cấp huyện")),
        ("Có 24 thủ tục cấp thành phố.", "24", ("province", "cấp thành phố")),
        ("Có 24 thủ tục cấp thị xã.", "24", ("district", "cấp thị xã")),
        ("Đã nối mạng 100% các xã.", "100", ("commune", "các xã")),
        # Named last before it in its sentence.
        ("Cấp tỉnh tiếp nhận 120 hồ sơ.", "120", ("province", "Cấp tỉnh")),
        ("Cấp tỉnh có 38; cấp xã có 45.", "45", ("commune", "cấp xã")),
        ("Tại các huyện có 45 hồ sơ.", "45", ("district", "các huyện")),
        ("Riêng 12 xã, phường còn 7 hồ sơ.", " 7 ", ("commune", "12 xã, phường")),
        # A level that another number has counted is that number's own.
        ("Có 1.731 TTHC cấp tỉnh, tồn 12.", "12", None),
        # Where several stand together none is meant.
        ("Hồ sơ cấp tỉnh, cấp huyện, cấp xã là 900.", "900", None),
        ("Hồ sơ cả 3 cấp (cấp tỉnh, cấp xã) là 900.", "900", None),
        ("Hồ sơ cấp tỉnh và cấp xã là 900.", "900", None),
        ("Cả hai cấp, nhất là cấp xã, có 900 hồ sơ.", "900", None),
        # The old levels of online services are names, no numbers that count a level.
        ("Nâng tỷ lệ hồ sơ mức độ 3, 4 của cấp xã lên 80%.", "80", ("commune", "cấp xã")),
        ("Tỷ lệ hồ sơ mức độ 3 và mức độ 4 của cấp huyện là 62%.", "62", ("district", "cấp huyện")),
        # Whose powers a procedure is of.
        ("TTHC thuộc thẩm quyền giải quyết của UBND huyện là 274.", "274", ("district", "UBND huyện")),
        ("TTHC thuộc thẩm quyền của UBND huyện là 274.", "274", ("district", "UBND huyện")),
        ("Trong đó, các sở, ban, ngành đạt 99,3%, cấp xã đạt 98%.", "99,3", ("province", "các sở, ban, ngành")),
        ("UBND huyện giải quyết 274 hồ sơ.", "274", None),
        # Without "cấp" the words may only say who was told.
        ("Yêu cầu các xã báo cáo 45 hồ sơ.", "45", None),
        ("Có 12 thủ tục.", "12", None),
        ("Có 12 thủ tục cấp phép xây dựng.", "12", None),
    ],
)  # fmt: skip
def test_level(text: str, number: str, expected: tuple[str, str] | None) -> None:
    assert level(text, number) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("a) Tại cấp tỉnh", "province"),
        ("2. Cấp xã", "commune"),
        ("- Đối với cấp huyện:", "district"),
        ("1.2. Khối cấp xã.", "commune"),
        ("2. Tại UBND cấp huyện", "district"),
        ("c) Bộ phận một cửa cấp xã", "commune"),
        ("2. Cấp xã, phường mới", None),
        ("a) Tại cấp tỉnh và cấp xã", None),
        ("b) Kết quả cấp tỉnh", None),
    ],
)
def test_the_level_that_a_heading_puts_over_what_stands_below(heading: str, expected: str | None) -> None:
    view = heading.lower()
    told = heading_level(view, Span(0, len(view)))
    assert (told and told[0]) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("- Các sở, ban, ngành: nhận 50 hồ sơ; đã trả 45 hồ sơ.", "province"),
        ("b) UBND các huyện, thị xã, thành phố: nhận 50 hồ sơ.", "district"),
        ("+ Tại UBND các xã, phường, thị trấn: nhận 50 hồ sơ.", "commune"),
        ("- UBND cấp xã: nhận 50 hồ sơ.", "commune"),
        ("- Các xã đã nhận 50 hồ sơ: trả 45.", None),
        ("- Các sở, ngành, địa phương: nhận 50 hồ sơ.", None),
    ],
)
def test_the_level_that_labels_a_paragraph(paragraph: str, expected: str | None) -> None:
    view = paragraph.lower()
    told = labelled_level(view, Span(0, len(view)))
    assert (told and told[0]) == expected

"""How texts tell results of indices: whose a figure is, of which year, in which set, and what is no result at all."""

from __future__ import annotations

import pytest
from test_index_context import rows, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Regions have places among the regions, and what they have is a mean.
        ("Vùng Đông Nam Bộ xếp thứ 2 trong 6 vùng về PAR INDEX 2023 với 86,8%.", [
            ("rank", "2", "Vùng Đông Nam Bộ", "2023", None, "national"),
            ("mean_score", "86.8", "Vùng Đông Nam Bộ", "2023", None, None),
        ]),
        ("PCI 2019: điểm của vùng Tây Nguyên tăng. Tuy vậy, điểm của vùng rơi xuống thứ năm trong các vùng.", [
            ("rank", "5", "Vùng Tây Nguyên", "2019", None, "national"),
        ]),
        ("PCI 2019: Tây Nguyên đứng thứ 5 cả nước. Tại Tây Nguyên, Lâm Đồng đứng thứ nhất.", [
            ("rank", "5", "Tây Nguyên", "2019", None, "national"),
            ("rank", "1", "Tỉnh Lâm Đồng", "2019", None, "region:tay-nguyen"),
        ]),
        ("Vĩnh Long đứng đầu vùng và đứng đầu cả nước về PCI 2018.", [
            ("rank", "1", "Tỉnh Vĩnh Long", "2018", None, "region:dong-bang-song-cuu-long"),
            ("rank", "1", "Tỉnh Vĩnh Long", "2018", None, "national"),
        ]),
        # The leaders of a region with their places in the country; places 1, 2, 3 are those of the region.
        ("PII 2023: vùng Tây Nguyên có 5 tỉnh, 2 tỉnh dẫn đầu là Lâm Đồng (hạng 24) và Gia Lai (hạng 40).", [
            ("rank", "24", "Tỉnh Lâm Đồng", "2023", None, "national"),
            ("rank", "40", "Tỉnh Gia Lai", "2023", None, "national"),
        ]),
        ("PII 2023: trong vùng Tây Nguyên, dẫn đầu có Lâm Đồng (hạng 1) và Gia Lai (hạng 2).", [
            ("rank", "1", "Tỉnh Lâm Đồng", "2023", None, "region:tay-nguyen"),
            ("rank", "2", "Tỉnh Gia Lai", "2023", None, "region:tay-nguyen"),
        ]),
        # One number of several years, and years in turn.
        ("PCI của Bắc Kạn: năm 2018 đứng thứ 60, năm 2019 và 2020 xếp hạng 59.", [
            ("rank", "60", "Tỉnh Bắc Kạn", "2018", None, "national"),
            ("rank", "59", "Tỉnh Bắc Kạn", "2019", None, "national"),
            ("rank", "59", "Tỉnh Bắc Kạn", "2020", None, "national"),
        ]),
        ("SIPAS của tỉnh Gia Lai năm 2020, 2021, 2022 lần lượt đạt 81,1%; 83,4% và 84,7%.", [
            ("score", "81.1", "Tỉnh Gia Lai", "2020", None, None),
            ("score", "83.4", "Tỉnh Gia Lai", "2021", None, None),
            ("score", "84.7", "Tỉnh Gia Lai", "2022", None, None),
        ]),
        # A mean that another is compared with has its own year.
        ("Điểm trung bình POBI 2019 các tỉnh đạt 65,5 điểm, cao hơn so với điểm trung bình của POBI 2018 là 51 điểm và"
         " POBI 2017 là 30,5 điểm.", [
            ("mean_score", "65.5", "Cả nước", "2019", None, None),
            ("mean_score", "51", "Cả nước", "2018", None, None),
            ("mean_score", "30.5", "Cả nước", "2017", None, None),
        ]),
        # Groups go on from one clause to the next, and from an earlier sentence.
        ("Giá trị trung bình DTI 2023 của các bộ là 0,6355; giá trị DTI 2023 cấp tỉnh là 0,6783.", [
            ("mean_score", "0.6355", "Các bộ", "2023", None, None),
            ("mean_score", "0.6783", "Cả nước", "2023", None, None),
        ]),
        ("DDCI năm 2023 của tỉnh Gia Lai. Khối huyện, thị xã: Thị xã An Khê đạt 88 điểm. Trung bình đạt 80,1 điểm.", [
            ("score", "88", "Thị xã An Khê tỉnh Gia Lai", "2023", None, None),
            ("mean_score", "80.1", "Khối huyện, thị xã tỉnh Gia Lai", "2023", None, None),
        ]),
        # The country, by its level; a mean over years is one unit's.
        ("Ở cấp quốc gia, chỉ số DTI năm 2024 đạt 0,7955.", [("score", "0.7955", "Việt Nam", "2024", None, None)]),
        ("SIPAS của huyện Mai Sơn tỉnh Sơn La bình quân năm đạt 89,5%.", [
            ("score", "89.5", "Huyện Mai Sơn tỉnh Sơn La", None, None, None),
        ]),
        ("SIPAS của cả nước có giá trị trung bình năm 2023 đạt 82,6%.", [
            ("mean_score", "82.6", "Cả nước", "2023", None, None),
        ]),
        # Units as examples, units that a bracket or a pointer means.
        ("ICT Index 2016: một số tỉnh tụt hạng như Bắc Ninh, từ thứ 4 năm 2015 xuống thứ 18 năm 2016.", [
            ("rank", "4", "Tỉnh Bắc Ninh", "2015", None, "national"),
            ("rank", "18", "Tỉnh Bắc Ninh", "2016", None, "national"),
        ]),
        ("PII 2024: 9 tỉnh giữ hạng, 1 địa phương (Bắc Ninh) xuống vị trí 11.", [
            ("rank", "11", "Tỉnh Bắc Ninh", "2024", None, "national"),
        ]),
        ("DTI 2023: Sở Tư pháp và thành phố Tuyên Quang đứng đầu.", [
            ("rank", "1", "Sở Tư pháp tỉnh Tuyên Quang", "2023", None, "province:agencies"),
            ("rank", "1", "Thành phố Tuyên Quang tỉnh Tuyên Quang", "2023", None, "province:districts"),
        ]),
        # Places behind a place in words, or among as many.
        ("PAR INDEX 2023: dẫn đầu là Bộ Tư pháp (1/19), áp chót là Bộ Y tế (18/19), còn Bộ Nội vụ (4/19).", [
            ("rank", "1", "Bộ Tư pháp", "2023", None, "national"),
            ("rank", "18", "Bộ Y tế", "2023", None, "national"),
            ("rank", "4", "Bộ Nội vụ", "2023", None, "national"),
        ]),
        # Who moved most, and by how much.
        ("PAR INDEX 2024 so với năm 2023: tăng cao nhất là Bình Thuận (6,39%), giảm nhiều nhất là Lai Châu (2,1%).", [
            ("score_change", "6.39", "Tỉnh Bình Thuận", "2024", "2023", None),
            ("score_change", "-2.1", "Tỉnh Lai Châu", "2024", "2023", None),
        ]),
        ("PCI 2022: tỉnh tăng hạng nhiều nhất là Sóc Trăng (34 bậc).", [
            ("rank_change", "34", "Tỉnh Sóc Trăng", "2022", None, None),
        ]),
        # "Tăng lên" says what was gained where the levels behind it show that.
        ("POBI 2019 của tỉnh Gia Lai tăng lên 17,3 điểm (66,3 điểm so với 49,0 điểm năm 2018).", [
            ("score_change", "17.3", "Tỉnh Gia Lai", "2019", "2018", None),
            ("score", "66.3", "Tỉnh Gia Lai", "2019", None, None),
            ("score", "49", "Tỉnh Gia Lai", "2018", None, None),
        ]),
        ("POBI 2019 của tỉnh Gia Lai tăng lên 66,3 điểm (năm 2018: 49,0 điểm).", [
            ("score", "66.3", "Tỉnh Gia Lai", "2019", None, None),
            ("score", "49", "Tỉnh Gia Lai", "2018", None, None),
        ]),
        # What the change is against may stand behind the figure of that year.
        ("PCI 2016 của tỉnh Gia Lai xếp thứ 9, tăng 13 bậc so với vị trí thứ 22 của 2015.", [
            ("rank", "9", "Tỉnh Gia Lai", "2016", None, "national"),
            ("rank_change", "13", "Tỉnh Gia Lai", "2016", "2015", None),
            ("rank", "22", "Tỉnh Gia Lai", "2015", None, "national"),
        ]),
        # The share of the points is the index, not the points beside it.
        ("CCHC năm 2022: Chỉ số CCHC của Sở Y tế tỉnh Tây Ninh đạt tỷ lệ điểm 55,27%.", [
            ("score", "55.27", "Sở Y tế tỉnh Tây Ninh", "2022", None, None),
        ]),
        ("Chỉ số CCHC năm 2022 của Sở Tư pháp tỉnh Tây Ninh với tổng điểm là 62,62 điểm, chỉ số CCHC đạt 94,49%.", [
            ("score", "94.49", "Sở Tư pháp tỉnh Tây Ninh", "2022", None, None),
        ]),
        # Where it was the year before, and a place that opens its sentence; the year of the index in the own clause.
        ("PCI 2024: Hải Phòng, từ vị trí thứ 3 năm ngoái, vươn lên xếp hạng nhất.", [
            ("rank", "3", "Thành phố Hải Phòng", "2023", None, "national"),
            ("rank", "1", "Thành phố Hải Phòng", "2024", None, "national"),
        ]),
        ("PCI 2024: Hải Phòng từ vị trí thứ 3 năm 2023, vươn lên vị trí thứ 1.", [
            ("rank", "3", "Thành phố Hải Phòng", "2023", None, "national"),
            ("rank", "1", "Thành phố Hải Phòng", "2024", None, "national"),
        ]),
        ("Đứng vị trí thứ 2 về Chỉ số CCHC năm 2021, huyện Mai Sơn tỉnh Sơn La vươn lên thứ 1 trên bảng xếp hạng Chỉ số"
         " CCHC năm 2022.", [
            ("rank", "2", "Huyện Mai Sơn tỉnh Sơn La", "2021", None, "province:districts"),
            ("rank", "1", "Huyện Mai Sơn tỉnh Sơn La", "2022", None, "province:districts"),
        ]),
        # Where nothing but the year before is told.
        ("Theo Chỉ số CCHC, Tuyên Quang xếp thứ 34/63, tăng 1 bậc so với năm 2020.", [
            ("rank", "34", "Tỉnh Tuyên Quang", "2021", None, "national"),
            ("rank_change", "1", "Tỉnh Tuyên Quang", "2021", "2020", None),
        ]),
        # A class, no mean; points that the index is reckoned from.
        ("Chỉ số CCHC năm 2021: Sở Y tế tỉnh Tây Ninh xếp loại trung bình với 63,4%.", [
            ("score", "63.4", "Sở Y tế tỉnh Tây Ninh", "2021", None, None),
        ]),
        ("SIPAS năm 2021 của huyện Mai Sơn tỉnh Sơn La đạt 87,26%, điểm tự chấm là 90,5 điểm.", [
            ("score", "87.26", "Huyện Mai Sơn tỉnh Sơn La", "2021", None, None),
        ]),
        # Ministries by their fields alone.
        ("Chỉ số CCHC 2023 của các bộ: Tư pháp đạt 89,9%; Y tế 79,8%; Giáo dục và Đào tạo 80,5%.", [
            ("score", "89.9", "Bộ Tư pháp", "2023", None, None),
            ("score", "79.8", "Bộ Y tế", "2023", None, None),
            ("score", "80.5", "Bộ Giáo dục và Đào tạo", "2023", None, None),
        ]),
        ("Chỉ số CCHC 2023 của các sở tỉnh Sơn La: Tư pháp đạt 89,9%; Y tế 79,8%.", [
            ("score", "89.9", "Sở Tư pháp tỉnh Sơn La", "2023", None, None),
            ("score", "79.8", "Sở Y tế tỉnh Sơn La", "2023", None, None),
        ]),
        ("PAR INDEX 2022: Bộ Tư pháp, Tài chính và Nội vụ lần lượt đạt 90,6%, 89,7% và 88,1%.", [
            ("score", "90.6", "Bộ Tư pháp", "2022", None, None),
            ("score", "89.7", "Bộ Tài chính", "2022", None, None),
            ("score", "88.1", "Bộ Nội vụ", "2022", None, None),
        ]),
        # The city among the districts of its province, and a group of bodies.
        ("DTI 2024 của các cơ quan nhà nước tỉnh Sơn La có điểm trung bình 74,8 điểm. Thành phố xếp thứ nhất, huyện"
         " Phù Yên xếp thứ hai.", [
            ("mean_score", "74.8", "Các cơ quan nhà nước tỉnh Sơn La", "2024", None, None),
            ("rank", "1", "Thành phố Sơn La", "2024", None, "province:districts"),
            ("rank", "2", "Huyện Phù Yên tỉnh Sơn La", "2024", None, "province:districts"),
        ]),
        # A gap to the country's mean leaves the rise of the place its own.
        ("PAR INDEX 2023 của tỉnh Phú Thọ cao hơn 0,14% so với trung bình cả nước và tăng 3 bậc so với năm trước.", [
            ("rank_change", "3", "Tỉnh Phú Thọ", "2023", "2022", None),
        ]),
        # The one index of a sentence behind its figures; a number of so many, whom the names behind tell.
        ("Sở Nội vụ (95,2%), Sở Tài chính (94,8%) giữ hai vị trí đầu bảng Chỉ số CCHC năm 2023 tỉnh Lâm Đồng.", [
            ("score", "95.2", "Sở Nội vụ tỉnh Lâm Đồng", "2023", None, None),
            ("score", "94.8", "Sở Tài chính tỉnh Lâm Đồng", "2023", None, None),
        ]),
        ("Hai tỉnh xếp thứ 15 về DTI 2022 là Hà Nam và Nam Định.", [
            ("rank", "15", "Tỉnh Hà Nam", "2022", None, "national"),
            ("rank", "15", "Tỉnh Nam Định", "2022", None, "national"),
        ]),
        # Years in brackets, with the index and with what they govern.
        ("Trà Vinh tăng từ 41,2 điểm (PAPI 2021) lên 43,1 điểm (PAPI 2022).", [
            ("score", "41.2", "Tỉnh Trà Vinh", "2021", None, None),
            ("score", "43.1", "Tỉnh Trà Vinh", "2022", None, None),
        ]),
        ("PCI năm 2022 của tỉnh Gia Lai đạt 64 điểm (năm 2021 hạng 26).", [
            ("score", "64", "Tỉnh Gia Lai", "2022", None, None),
            ("rank", "26", "Tỉnh Gia Lai", "2021", None, "national"),
        ]),
        ("PCI của tỉnh Gia Lai tụt 14 bậc chỉ sau một năm: hạng 20 năm 2021, hạng 34 năm 2022.", [
            ("rank_change", "-14", "Tỉnh Gia Lai", "2022", "2021", None),
            ("rank", "20", "Tỉnh Gia Lai", "2021", None, "national"),
            ("rank", "34", "Tỉnh Gia Lai", "2022", None, "national"),
        ]),
        # More communes than a district has.
        ("Phường Tân An thành phố Cần Thơ xếp thứ 3/102 xã, phường về Chỉ số CCHC năm 2025.", [
            ("rank", "3", "Phường Tân An thành phố Cần Thơ", "2025", None, "province:communes"),
        ]),
        # The group that "khối" alone takes up, and the time of something else.
        ("Chỉ số CCHC năm 2023 của sở và huyện tỉnh Hà Nam. Khối sở: Sở Y tế đạt 81,2%; bình quân khối đạt 89,6%.", [
            ("score", "81.2", "Sở Y tế tỉnh Hà Nam", "2023", None, None),
            ("mean_score", "89.6", "Khối sở tỉnh Hà Nam", "2023", None, None),
        ]),
        ("PAR INDEX năm 2022: Quảng Ninh lấy lại ngôi đầu sau khi để mất vào năm 2021, đạt 90,1%.", [
            ("rank", "1", "Tỉnh Quảng Ninh", "2022", None, "national"),
            ("score", "90.1", "Tỉnh Quảng Ninh", "2022", None, None),
        ]),
        # What a mean rose to, and the next group in its own clause; a rise of two alike.
        ("DDCI Nghệ An 2023: so với năm 2022, điểm trung bình khối địa phương tăng 3,1 điểm, đạt 66,4 điểm; khối sở"
         " giảm 0,4 điểm, còn 70,2 điểm.", [
            ("score_change", "3.1", "Khối địa phương tỉnh Nghệ An", "2023", "2022", None),
            ("mean_score", "66.4", "Khối địa phương tỉnh Nghệ An", "2023", None, None),
            ("score_change", "-0.4", "Khối sở tỉnh Nghệ An", "2023", "2022", None),
            ("mean_score", "70.2", "Khối sở tỉnh Nghệ An", "2023", None, None),
        ]),
        ("DTI 2023: Bộ Y tế và Bộ Nội vụ cùng tăng 4 bậc, lần lượt đứng thứ 9 và thứ 12.", [
            ("rank_change", "4", "Bộ Y tế", "2023", None, None),
            ("rank_change", "4", "Bộ Nội vụ", "2023", None, None),
            ("rank", "9", "Bộ Y tế", "2023", None, "national"),
            ("rank", "12", "Bộ Nội vụ", "2023", None, "national"),
        ]),
        # A bracket that names an edition says of which year what follows is; one with a figure of that year does not.
        ("Sau hai năm, Vĩnh Long dẫn đầu (thể hiện qua POBI 2018) rồi đạt 90,5 điểm.", [
            ("rank", "1", "Tỉnh Vĩnh Long", "2018", None, "national"),
            ("score", "90.5", "Tỉnh Vĩnh Long", "2018", None, None),
        ]),
        ("Kết quả PII năm 2024 như sau. Đà Nẵng xếp hạng 5 (PII 2023 xếp hạng 4), Quảng Ninh xếp hạng 6 (PII 2023 xếp"
         " hạng 9).", [
            ("rank", "5", "Thành phố Đà Nẵng", "2024", None, "national"),
            ("rank", "4", "Thành phố Đà Nẵng", "2023", None, "national"),
            ("rank", "6", "Tỉnh Quảng Ninh", "2024", None, "national"),
            ("rank", "9", "Tỉnh Quảng Ninh", "2023", None, "national"),
        ]),
        # The best of the best class leads; a town under its short form.
        ("POBI 2019: nhóm A có điểm từ 75 đến 100 điểm gồm 24 tỉnh, trong đó đứng đầu là Quảng Nam (90,5 điểm).", [
            ("rank", "1", "Tỉnh Quảng Nam", "2019", None, "national"),
            ("score", "90.5", "Tỉnh Quảng Nam", "2019", None, None),
        ]),
        ("DDCI Quảng Ninh 2021: TX Quảng Yên dẫn đầu.", [
            ("rank", "1", "Thị xã Quảng Yên tỉnh Quảng Ninh", "2021", None, "province:districts"),
        ]),
    ],
)  # fmt: skip
def test_what_is_said_of_whom(text: str, expected: list[tuple[str, ...]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # Places that one does not have, or no longer.
        "PCI 2021 của tỉnh Gia Lai không còn giữ được vị trí dẫn đầu vùng Tây Nguyên.",
        "PCI 2021: Gia Lai đánh mất ngôi đầu.",
        "PCI 2021 của tỉnh Gia Lai chưa đạt vị trí thứ 5.",
        # Several that lead, of whom none is said to be the first; the first of a lower class.
        "Hà Nội, Huế, Hải Phòng dẫn đầu về DTI năm 2024.",
        "Ba vị trí dẫn đầu DTI 2023 thuộc về Bộ Tài chính, Bộ Công an và Bộ Y tế.",
        "POBI 2019: nhóm C gồm 9 tỉnh, đứng đầu là Ninh Bình.",
        # The bounds of classes, and scores of units that nobody names.
        "POBI 2018 có 4 mức. Mức A từ 75 - 100 điểm quy đổi; mức B từ 50 - 75 điểm quy đổi là mức tương đối.",
        "Đạt kết quả Chỉ số CCHC năm 2023 trên 80%, bao gồm 14 đơn vị.",
        "POBI năm 2017 có tới 4 tỉnh có điểm số bằng 0.",
        "DTI 2022: Yên Bái là 1 trong 9 địa phương đứng đầu về nhận thức, 1 trong 10 địa phương đứng đầu về nhân lực.",
        "Mục tiêu năm 2025\n- 100% sở, ngành đạt Chỉ số CCHC từ 90% trở lên.",
        # A gap.
        "PCI 2022 của Gia Lai cao hơn 9 điểm so với địa phương có điểm số thấp nhất.",
        # Ratios without a word of place.
        "SIPAS 2023: Gia Lai (19/63), Kon Tum (40/63).",
    ],
)
def test_what_is_no_result(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PCI 2021: Gia Lai đứng thứ 3; Lâm Đồng không chỉ dẫn đầu vùng mà còn đứng thứ 12.", ["3", "1", "12"]),
        ("Quảng Ninh và Hải Phòng cùng dẫn đầu PCI 2024.", ["1", "1"]),
        ("SIPAS của tỉnh Gia Lai năm 2023 ở mức cao, đạt trên 85%.", ["85"]),
    ],
)
def test_what_stays_a_result(text: str, expected: list[str]) -> None:
    assert [str(row.value) for row in rows(text)] == expected


def test_what_was_reached_before_is_no_goal() -> None:
    text = (
        "Mục tiêu năm 2026: PCI của tỉnh Gia Lai đạt trên 70 điểm (năm 2024 đạt 67,5 điểm; năm 2025 phấn đấu 69 điểm)."
    )
    assert [(str(row.value), row.time_period, row.obs_status) for row in rows(text)] == [
        ("70", "2026", "target"),
        ("67.5", "2024", "actual"),
        ("69", "2025", "target"),
    ]


def test_items_of_a_list_share_the_year_of_the_first() -> None:
    text = (
        "UBND TỈNH HÀ NAM\nSố: 212/BC-UBND\nHà Nam, ngày 18 tháng 12 năm 2024\n\nBÁO CÁO\n"
        "Công tác cải cách hành chính năm 2024\n\n1. Về các chỉ số\n"
        "- PAR INDEX năm 2023: đạt 87,45%.\n- SIPAS: đạt 84,1%, giảm 02 bậc so với năm trước.\n"
    )
    assert [(row.index, str(row.value), row.time_period, row.base_period) for row in rows(text)] == [
        ("PAR_INDEX", "87.45", "2023", None),
        ("SIPAS", "84.1", "2023", None),
        ("SIPAS", "-2", "2023", "2022"),
    ]


def test_a_monthly_ranking_moves_from_month_to_month() -> None:
    text = (
        "Bộ chỉ số phục vụ người dân, doanh nghiệp tháng 9/2025 của TP.HCM\n\n"
        "Đặc khu Côn Đảo tăng 15 bậc, từ vị trí 88 lên 73.\n\n"
        "Toàn thành phố đạt 88,6 điểm. Trong đó, công khai, minh bạch đạt 17,1/18 điểm.\n"
    )
    assert [(str(row.value), row.subject, row.time_period) for row in rows(text)] == [
        ("15", "Đặc khu Côn Đảo thành phố Hồ Chí Minh", "2025-09"),
        ("88", "Đặc khu Côn Đảo thành phố Hồ Chí Minh", "2025-08"),
        ("73", "Đặc khu Côn Đảo thành phố Hồ Chí Minh", "2025-09"),
        ("88.6", "Thành phố Hồ Chí Minh", "2025-09"),
        ("17.1", "Thành phố Hồ Chí Minh", "2025-09"),
    ]


def test_places_in_parts_that_stand_behind_them() -> None:
    text = (
        "Trong DTI 2022, Yên Bái xếp thứ 9 trong đảm bảo an toàn thông tin mạng, đứng thứ 15 trong xếp hạng thể chế số."
    )
    assert [(row.index, str(row.value)) for row in rows(text)] == [
        ("DTI/an_toan_thong_tin_mang", "9"),
        ("DTI/the_che_so", "15"),
    ]


def test_the_year_that_the_text_states_goes_before_that_of_a_headline() -> None:
    text = (
        "Chỉ số đổi mới sáng tạo cấp địa phương (PII) tại Việt Nam năm 2025\n\n"
        "Kết quả xếp hạng Chỉ số đổi mới sáng tạo cấp địa phương (PII) năm 2024 vừa được công bố.\n\n"
        "TP HCM xếp thứ 2.\n"
    )
    assert [(row.subject, row.time_period) for row in rows(text)] == [("Thành phố Hồ Chí Minh", "2024")]


def test_news_of_several_provinces_is_of_none() -> None:
    text = (
        "Hải Phòng đứng đầu, Cao Bằng cuối bảng PAR INDEX 2024\n\n"
        "Theo bảng xếp hạng, Hải Phòng đạt 96%, Cao Bằng 81%.\n\nPAR INDEX 2024 đạt 88% là mức đáng mừng.\n"
    )
    assert [row.subject for row in rows(text) if str(row.value) == "88"] == [None]


def test_communes_of_a_document_since_the_merger_are_ranked_in_their_province() -> None:
    text = "Chỉ số CCHC năm 2025 của các xã, phường, đặc khu thành phố Hải Phòng: phường Hồng Bàng xếp thứ nhất.\n"
    assert [row.scope for row in rows(text)] == ["province:communes"]


PLACE_AND_SCORE = (
    "Kết quả xếp hạng DTI năm 2022 của các tỉnh\n\nTT\n\nTỉnh, thành phố trực thuộc\nTrung ương\n\nNăm 2022\n\n"
    "1\n\nĐà Nẵng\n\n01 (0,802)\n\n2\n\nTP. Hồ Chí Minh\n\n02 (0,741)\n"
)
POINTS_AND_SHARE = (
    "Bảng xếp hạng PAR INDEX 2023 của các bộ\n\nXếp hạng\n|\nCác bộ\n|\nĐiểm\nthẩm định\n|\nTổng điểm đạt được\n|\n"
    "Chỉ số PAR INDEX 2023\n|\n1\n"
    "|\nBộ Tư pháp\n|\n60,86\n|\n87,5\n|\n89,95\n|\n2\n|\nBộ Tài chính\n|\n61,1\n|\n86,7\n|\n89,18\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Cells one a line, a heading over two lines, a place and its score in one cell.
        (PLACE_AND_SCORE, [
            ("DTI", "1", "Thành phố Đà Nẵng"), ("DTI", "0.802", "Thành phố Đà Nẵng"),
            ("DTI", "2", "Thành phố Hồ Chí Minh"), ("DTI", "0.741", "Thành phố Hồ Chí Minh"),
        ]),
        # The places number the rows; the points are none of the index where a column gives its share.
        (POINTS_AND_SHARE, [
            ("PAR_INDEX", "1", "Bộ Tư pháp"), ("PAR_INDEX/tham_dinh", "60.86", "Bộ Tư pháp"),
            ("PAR_INDEX", "89.95", "Bộ Tư pháp"),
            ("PAR_INDEX", "2", "Bộ Tài chính"), ("PAR_INDEX/tham_dinh", "61.1", "Bộ Tài chính"),
            ("PAR_INDEX", "89.18", "Bộ Tài chính"),
        ]),
    ],
)  # fmt: skip
def test_rankings_whose_cells_stand_one_a_line(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [(row.index, str(row.value), row.subject) for row in rows(text)] == expected

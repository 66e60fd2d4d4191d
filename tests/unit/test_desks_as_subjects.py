"""Desks, committees and departments that a report of one unit speaks of without repeating whose they are."""

from __future__ import annotations

import pytest
from layer_samples import sample

from pipeline.assemble.subjects import Subjects
from pipeline.extract import extract
from pipeline.process import read_document
from pipeline.rulebook.book import load

DISTRICT = (
    "ỦY BAN NHÂN DÂN\nHUYỆN MAI SƠN\nSố: 45/BC-UBND\nMai Sơn, ngày 20 tháng 9 năm 2021\n\nBÁO CÁO\n"
    "Kiểm soát thủ tục hành chính tháng 9 năm 2021\n\nKính gửi: UBND tỉnh Sơn La\n\n"
)
COMMUNE = (
    "ỦY BAN NHÂN DÂN\nPHƯỜNG CHIỀNG CƠI\nSố: 45/BC-UBND\nChiềng Cơi, ngày 25 tháng 9 năm 2025\n\nBÁO CÁO\n"
    "Công tác cải cách hành chính quý III năm 2025\n\nKính gửi: Sở Nội vụ tỉnh Sơn La\n\n"
)
DEPARTMENT = (
    "UBND TỈNH SƠN LA\nSỞ Y TẾ\nSố: 45/BC-SYT\nSơn La, ngày 10 tháng 12 năm 2024\n\nBÁO CÁO\n"
    "Công tác cải cách hành chính năm 2024\n\n"
)
OF_DISTRICT, OF_COMMUNE = "huyện Mai Sơn tỉnh Sơn La", "phường Chiềng Cơi tỉnh Sơn La"
WHOLE_DISTRICT, WHOLE_COMMUNE = "Huyện Mai Sơn tỉnh Sơn La", "Phường Chiềng Cơi tỉnh Sơn La"
DESK = f"Bộ phận Một cửa {OF_DISTRICT}"
CENTER = f"Trung tâm Phục vụ hành chính công {OF_COMMUNE}"


def subject(text: str, number: str = "77", *, served: bool = True) -> str | None:
    found = sample(text)
    place, sentence, block = found.place(number)
    return Subjects(found.context).of(place, sentence, block, wide=False, served=served)[0].name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A heading puts a desk, or all committees, over what stands below it, until the next of its kind.
        ("1. Tại Bộ phận Một cửa huyện\n- Tiếp nhận 77 hồ sơ.", DESK),
        ("1. Tại Bộ phận Một cửa huyện\nĐã tiếp nhận nhiều hồ sơ.\nĐã trả 77 hồ sơ.", DESK),
        ("b) Đối với Bộ phận Một cửa huyện\n- Tiếp nhận 77 hồ sơ.", DESK),
        ("1. Kết quả của Bộ phận Một cửa huyện:\n- Tiếp nhận 77 hồ sơ.", DESK),
        ("2. Tại UBND các xã, thị trấn\n- Tiếp nhận 77 hồ sơ.", f"UBND các xã, thị trấn {OF_DISTRICT}"),
        ("1. Tại Bộ phận Một cửa huyện\n- Nhận 5 hồ sơ.\n2. Lũy kế\n- Tiếp nhận 77 hồ sơ.", WHOLE_DISTRICT),
        ("1. Trang thiết bị tại Bộ phận Một cửa huyện được đầu tư\n- Tiếp nhận 77 hồ sơ.", WHOLE_DISTRICT),
        # All committees act like one agency.
        ("UBND các xã, thị trấn đã tiếp nhận 77 hồ sơ.", f"UBND các xã, thị trấn {OF_DISTRICT}"),
        ("UBND các xã đã giải quyết 77 hồ sơ.", f"UBND các xã {OF_DISTRICT}"),
        ("Đã hướng dẫn UBND các xã, thị trấn trả 77 hồ sơ.", WHOLE_DISTRICT),
        # Clauses that name nobody go on with the desk.
        ("Bộ phận Một cửa huyện nhận 90 hồ sơ; đã trả 77 hồ sơ.", DESK),
        ("Bộ phận Một cửa huyện nhận 90 hồ sơ; Phòng Tư pháp đã trả 77 hồ sơ.", f"Phòng Tư pháp {OF_DISTRICT}"),
    ],
)  # fmt: skip
def test_in_a_report_of_a_district(text: str, expected: str) -> None:
    assert subject(DISTRICT + text) == expected


NEWS = "Kết quả cải cách hành chính\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The desks of levels are no agency; nor is the centre that a report is from theirs.
        (
            "Trung tâm Phục vụ hành chính công tỉnh Hà Nam vừa có báo cáo.\n\n"
            "Tại Bộ phận một cửa cấp huyện, cấp xã đã tiếp nhận mới 630 hồ sơ.",
            [("dossier.received_new 630", "Tỉnh Hà Nam", None)],
        ),
        (
            "Trung tâm Phục vụ hành chính công tỉnh Hà Nam phục vụ tốt.\n\n"
            "Từ cấp tỉnh đến cấp xã có 850 hồ sơ cần giải quyết. Qua đó, đã giải quyết 828 hồ sơ.",
            [("dossier.to_process 850", "Tỉnh Hà Nam", None), ("dossier.resolved 828", "Tỉnh Hà Nam", None)],
        ),
        # "Trung tâm" is that of the ward named since; the desks of many wards are none.
        (
            "Trung tâm Phục vụ hành chính công phường Hòa Lạc tiếp nhận 51 hồ sơ.\n\n"
            "Tại phường Hàm Rồng, sau một tháng, Trung tâm đã tiếp nhận 35 hồ sơ.",
            [
                ("dossier.received 51", "Trung tâm Phục vụ hành chính công phường Hòa Lạc", None),
                ("dossier.received 35", "Trung tâm Phục vụ hành chính công phường Hàm Rồng", None),
            ],
        ),
        (
            "Thành phố Hà Nội giao ban.\n\nCác điểm phục vụ hành chính công đã tiếp nhận 531 hồ sơ.",
            [("dossier.received 531", "Thành phố Hà Nội", None)],
        ),
        # A paragraph goes on about the province that the one before spoke of.
        (
            "Trung tâm Phục vụ hành chính công tỉnh Hà Nam phục vụ tốt.\n\nNăm 2023, toàn tỉnh tiếp nhận 850 hồ sơ.\n\n"
            "Tỷ lệ hồ sơ đúng hạn đạt 99%.",
            [("dossier.received 850", "Tỉnh Hà Nam", None), ("dossier.on_time_rate 99", "Tỉnh Hà Nam", None)],
        ),
        # Procedures are counted where they are taken in, unless they are those of a level.
        (
            "Hiện có 402 TTHC được tiếp nhận tại Trung tâm Hành chính công tỉnh Hà Nam.",
            [("procedure.one_stop 402", "Trung tâm Hành chính công tỉnh Hà Nam", None)],
        ),
        (
            "Tỉnh Hà Nam có 119 TTHC cấp xã thực hiện tại Bộ phận một cửa.",
            [("procedure.one_stop 119", "Tỉnh Hà Nam", "commune")],
        ),
        # A text is about the one district that it begins with and names alone.
        (
            NEWS + "Quý I/2020, huyện Đầm Hà đã chỉ đạo nâng cao chất lượng.\n\nTỷ lệ hồ sơ đúng hạn đạt 99%.",
            [("dossier.on_time_rate 99", "Huyện Đầm Hà tỉnh Quảng Ninh", None)],
        ),
        (
            NEWS + "Quý I/2020, huyện Đầm Hà đã chỉ đạo kịp thời.\n\nToàn tỉnh có tỷ lệ hồ sơ đúng hạn đạt 99%.",
            [("dossier.on_time_rate 99", "Tỉnh Quảng Ninh", None)],
        ),
    ],
)  # fmt: skip
def test_desks_of_levels_and_of_procedures(text: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Each name of a list with its own figure, be it the end of a change, in brackets, or behind a name unknown.
        (
            "Tỷ lệ hồ sơ quá hạn của tỉnh Hưng Yên giảm mạnh, trong đó huyện Văn Giang giảm từ 7,9% xuống còn 2,1%.",
            [("7.9", "Huyện Văn Giang tỉnh Hưng Yên"), ("2.1", "Huyện Văn Giang tỉnh Hưng Yên")],
        ),
        (
            "Huyện Văn Giang có tỷ lệ hồ sơ quá hạn 0,3%; riêng thị xã Mỹ Hào vẫn ở mức cao nhất tỉnh (6,7%).",
            [("0.3", "Huyện Văn Giang tỉnh Hưng Yên"), ("6.7", "Thị xã Mỹ Hào tỉnh Hưng Yên")],
        ),
        (
            "Nơi có tỷ lệ hồ sơ trễ hạn cao gồm Sở Xây dựng (4,5%), Trung tâm Ứng cứu (3%), Sở Y tế (2,7%).",
            [("4.5", "Sở Xây dựng"), ("2.7", "Sở Y tế")],
        ),
        # The next name in a sentence of its own; what it does else is no rate.
        ("Tỷ lệ hồ sơ đúng hạn của Sở Y tế đạt 97%. Sở Nội vụ chỉ đạt 62%.", [("97", "Sở Y tế"), ("62", "Sở Nội vụ")]),
        ("Tỷ lệ hồ sơ đúng hạn của Sở Y tế đạt 97%. Sở Nội vụ giảm 2%.", [("97", "Sở Y tế")]),
        ("Sở Y tế đạt tỷ lệ hồ sơ đúng hạn 97%, còn Sở Nội vụ 62%.", [("97", "Sở Y tế"), ("62", "Sở Nội vụ")]),
        # Groups of the whole nation, whose figures no province has, and the nation's rate taken up again.
        (
            "Tỷ lệ hồ sơ toàn trình của cả nước đạt 40%. Đến nay, tỷ lệ này chỉ đạt 45,8%. "
            "Khối bộ, ngành đạt 63,5% (mục tiêu 70%), còn khối tỉnh, thành chỉ đạt 18,5%.",
            [
                ("40", "Cả nước"), ("45.8", "Cả nước"), ("63.5", "Khối bộ, ngành"), ("70", "Khối bộ, ngành"),
                ("18.5", "Khối tỉnh, thành"),
            ],
        ),
        # What the members of a list have may be said behind it, their kind before it, their place beside them.
        (
            "Hòa Bình (86,5%), Nam Định (65,9%) là hai tỉnh dẫn đầu về tỷ lệ hồ sơ trực tuyến.",
            [("86.5", "Tỉnh Hòa Bình"), ("65.9", "Tỉnh Nam Định")],
        ),
        (
            "Các bộ có tỷ lệ hồ sơ trực tuyến thấp nhất là: Xây dựng (16,6%), Tài nguyên và Môi trường (36%).",
            [("16.6", "Bộ Xây dựng"), ("36", "Bộ Tài nguyên và Môi trường")],
        ),
        (
            "Các sở có tỷ lệ hồ sơ trực tuyến thấp nhất là: Xây dựng (16,6%), Tài nguyên và Môi trường (36%).",
            [("16.6", "Sở Xây dựng"), ("36", "Sở Tài nguyên và Môi trường")],
        ),
        (
            "Bộ Nội vụ có tỷ lệ hồ sơ trực tuyến 99%, Bộ Công Thương đứng thứ hai với tỷ lệ 97%.",
            [("99", "Bộ Nội vụ"), ("97", "Bộ Công Thương")],
        ),
        # The bound of a list is nobody's figure.
        (
            "Các đơn vị có tỷ lệ hồ sơ trực tuyến từ 60% trở lên gồm: Sở Y tế đạt 79,4%; Sở Nội vụ 70,7%.",
            [("79.4", "Sở Y tế"), ("70.7", "Sở Nội vụ")],
        ),
        # Tasks of each, of the one kind that the sentence before has counted.
        (
            "Có 45 nhiệm vụ chậm tiến độ. Theo đó, Sở Xây dựng có 21 nhiệm vụ, Sở Nội vụ 5 nhiệm vụ.",
            [("45", None), ("21", "Sở Xây dựng"), ("5", "Sở Nội vụ")],
        ),
    ],
)  # fmt: skip
def test_each_of_a_list(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = [(*what.split(), whose) for what, whose, _ in facts(text)]
    assert [(value, whose) for _, value, whose in found] == expected
    assert len({indicator for indicator, *_ in found}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What is said next of the dossiers is said of the desk that took them in …
        ("Trung tâm Phục vụ hành chính công phường tiếp nhận 90 hồ sơ.\nKết quả: đã trả 77 hồ sơ.", CENTER),
        ("Số hồ sơ Trung tâm Phục vụ hành chính công phường tiếp nhận là 90, gồm:\n+ Trực tuyến 77 hồ sơ;", CENTER),
        ("Trung tâm Phục vụ hành chính công phường có 6 quầy.\n\n2. Hồ sơ\nTrung tâm tiếp nhận 90 hồ sơ:\n"
         "+ Trực tiếp: 12 hồ sơ.\nĐã trả 77 hồ sơ.", CENTER),
        # … until a wider whole is named, the section ends, or somebody else acts.
        ("Trung tâm Phục vụ hành chính công phường tiếp nhận 90 hồ sơ.\nToàn phường đã có 95 hồ sơ.\nĐã trả 77 hồ sơ.",
         WHOLE_COMMUNE),
        ("1. Một cửa\nTrung tâm Phục vụ hành chính công phường tiếp nhận 90 hồ sơ.\n2. Khác\nĐã trả 77 hồ sơ.",
         WHOLE_COMMUNE),
        ("Phường bố trí 9 người tại Trung tâm Phục vụ hành chính công phường.\nĐã trả 77 hồ sơ.",
         WHOLE_COMMUNE),
    ],
)  # fmt: skip
def test_the_desk_stays_the_subject_of_its_dossiers(text: str, expected: str) -> None:
    assert subject(COMMUNE + text) == expected


def test_other_counts_are_not_the_desks() -> None:
    text = "Trung tâm Phục vụ hành chính công phường tiếp nhận 90 hồ sơ.\nĐã mở 77 lớp."
    assert subject(COMMUNE + text, served=False) == WHOLE_COMMUNE


@pytest.mark.parametrize(
    ("head", "text", "expected"),
    [
        (COMMUNE, "UBND tỉnh và các sở, ngành giao phường 77 nhiệm vụ.", WHOLE_COMMUNE),
        (COMMUNE, "UBND tỉnh giao cho phường 90 nhiệm vụ, trong đó 77 nhiệm vụ đã xong.", WHOLE_COMMUNE),
        (DISTRICT, "Chủ tịch UBND tỉnh giao huyện 77 nhiệm vụ.", WHOLE_DISTRICT),
        (DEPARTMENT, "Trong kỳ, UBND tỉnh giao Sở 77 nhiệm vụ.", "Sở Y tế tỉnh Sơn La"),
        (DISTRICT, "UBND tỉnh giao huyện 90 nhiệm vụ; UBND xã Chiềng Mung hoàn thành 77 nhiệm vụ.",
         "UBND xã Chiềng Mung tỉnh Sơn La"),
    ],
)  # fmt: skip
def test_to_whom_tasks_are_given_by_its_kind(head: str, text: str, expected: str) -> None:
    assert subject(head + text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Newspapers write a desk small: the unit behind it makes it a name.
        ("bộ phận một cửa huyện đã nhận 77 hồ sơ", "Bộ phận Một cửa huyện"),
        ("trung tâm hành chính công tỉnh đã nhận 77 hồ sơ", "Trung tâm Hành chính công tỉnh"),
        ("bộ phận một cửa đã nhận 77 hồ sơ", None),
        ("gửi UBND các xã, phường và đặc khu", "UBND các xã, phường và đặc khu"),
        ("Ủy ban nhân dân các huyện, thị xã báo cáo", "Ủy ban nhân dân các huyện, thị xã"),
    ],
)
def test_names_of_desks_and_of_committees(text: str, expected: str | None) -> None:
    found = sample(f"Hôm qua, {text}.").context.agencies
    assert [agency.name for agency in found] == ([expected] if expected else [])


def test_a_desk_that_heads_a_notice_without_a_number() -> None:
    head = (
        "UBND XÃ BẢO YÊN - TỈNH LÀO CAI\nTRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG\n\nTHÔNG BÁO\nKết quả tháng 10 năm 2025\n\n"
    )
    assert subject(head + "- Tiếp nhận 77 hồ sơ.") == "Trung tâm Phục vụ hành chính công xã Bảo Yên tỉnh Lào Cai"


def facts(text: str) -> list[tuple[str, str | None, str | None]]:
    found = extract(read_document(text.encode(), "text.txt"), load()).observations
    return [(f"{fact.indicator} {fact.value:f}", fact.subject, fact.level) for fact in found]


def test_the_totals_of_a_table_are_those_of_the_desk_named_above_it() -> None:
    rows = (
        "TT | Phòng | Tiếp nhận | Trả đúng hạn",
        "---|---|---|---",
        "1 | Phòng Tư pháp | 61 | 60",
        " | Cộng | 99 | 98",
    )
    table = "".join(f"| {row} |\n" for row in rows)
    told = facts(DISTRICT + "1. Kết quả giải quyết hồ sơ tại Bộ phận Một cửa huyện (đơn vị: hồ sơ):\n\n" + table)
    assert {subject for fact, subject, _ in told if fact in ("dossier.received 99", "dossier.resolved_on_time 98")} == {
        DESK
    }


def test_a_heading_gives_its_level_and_its_measure_to_what_stands_below() -> None:
    text = DEPARTMENT.replace("SỞ Y TẾ\n", "").replace("SYT", "UBND")
    told = facts(
        text + "4. Giải quyết hồ sơ\na) Tại cấp tỉnh\nTiếp nhận 96 hồ sơ.\nb) Tại cấp xã\nTiếp nhận 281 hồ sơ.\n"
    )
    assert told == [
        ("dossier.received 96", "Tỉnh Sơn La", "province"), ("dossier.received 281", "Tỉnh Sơn La", "commune"),
    ]  # fmt: skip
    told = facts(text + "2. Các cơ quan có hồ sơ quá hạn\n- Sở Y tế: 09 hồ sơ;\n- Sở Xây dựng: 03 hồ sơ.\n")
    assert [fact for fact, _, _ in told] == ["dossier.resolved_overdue 9", "dossier.resolved_overdue 3"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chỉ số cải cách hành chính năm 2023 của Sở đạt 91,84 điểm.", "Sở Y tế tỉnh Sơn La"),
        ("Chỉ số CCHC của Sở năm 2023 đạt 91,84 điểm.", "Sở Y tế tỉnh Sơn La"),
        ("Chỉ số CCHC của Sở Nội vụ năm 2023 đạt 91,84 điểm.", "Sở Nội vụ tỉnh Sơn La"),
        ("Chỉ số CCHC của tỉnh năm 2023 đạt 91,84 điểm.", "Tỉnh Sơn La"),
        ("Theo công bố của Sở Nội vụ, Chỉ số CCHC của tỉnh năm 2023 đạt 91,84 điểm.", "Tỉnh Sơn La"),
    ],
)
def test_the_index_of_the_department_that_writes(text: str, expected: str) -> None:
    assert [subject for _, subject, _ in facts(DEPARTMENT + text)] == [expected]


@pytest.mark.parametrize(
    ("text", "value", "out_of", "comparator"),
    [
        ("PAR INDEX năm 2026 xếp hạng 12 trở lên trong 34 tỉnh, thành phố.", 12, 34, "le"),
        ("PAR INDEX năm 2026 xếp thứ 3 trở lên trong số 34 tỉnh, thành phố.", 3, 34, "le"),
        ("PAR INDEX năm 2026 xếp thứ 12 trong tổng số 34 tỉnh, thành phố.", 12, 34, "eq"),
        ("PAR INDEX năm 2026 xếp hạng 12 trở lên.", 12, None, "le"),
    ],
)
def test_a_rank_with_a_bound_before_its_set(text: str, value: int, out_of: int | None, comparator: str) -> None:
    [fact] = extract(read_document((DEPARTMENT + text).encode(), "text.txt"), load()).observations
    assert (fact.value, fact.out_of, fact.comparator) == (value, out_of, comparator)


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2023, PAR INDEX cao nhất là Sở Kế hoạch và Đầu tư (91,2%).",
        "Sở Kế hoạch và Đầu tư dẫn đầu về Chỉ số CCHC, đạt 91,2%.",
        "Chỉ số CCHC: Sở Kế hoạch và Đầu tư 91,2%.",
    ],
)
def test_a_noun_within_the_name_of_an_agency_claims_no_figure(text: str) -> None:
    found = extract(read_document(text.encode(), "text.txt"), load()).observations
    scores = [fact for fact in found if fact.indicator == "index.score"]
    assert [(f"{fact.value:f}", fact.subject, fact.obs_status) for fact in scores] == [
        ("91.2", "Sở Kế hoạch và Đầu tư", "actual")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "PAR INDEX 2023 của Bộ Công Thương đạt 78,03%, thấp hơn 11,92% so với đơn vị dẫn đầu.",
        "PAR INDEX 2023 của Bộ Công Thương đạt 78,03%, thấp hơn 11,92% so với bộ đứng đầu.",
        "PAR INDEX 2023 của Bộ Công Thương đạt 78,03%, thấp hơn 1,2% so với Bộ Tư pháp.",
        "PAR INDEX 2023 của Bộ Công Thương đạt 78,03%, thấp hơn 11,92% so với đơn vị cao nhất.",
    ],
)
def test_a_gap_to_another_is_no_change_and_no_place(text: str) -> None:
    found = extract(read_document(text.encode(), "text.txt"), load()).observations
    assert [(fact.indicator, f"{fact.value:f}") for fact in found] == [("index.score", "78.03")]


DIVISION = DISTRICT.replace("ỦY BAN NHÂN DÂN\nHUYỆN MAI SƠN\n", "UBND HUYỆN MAI SƠN\nPHÒNG NỘI VỤ\n")


@pytest.mark.parametrize(
    ("head", "text", "expected"),
    [
        # The desks of all communes are a level of the district, which no one of its divisions is.
        (DISTRICT, "Bộ phận Một cửa các xã, thị trấn tiếp nhận 77 hồ sơ.", (WHOLE_DISTRICT, "commune")),
        (DIVISION, "Tại Bộ phận Một cửa các xã, thị trấn, tiếp nhận 77 hồ sơ.", (WHOLE_DISTRICT, "commune")),
        (DIVISION, "Bộ phận Một cửa của 21 xã, thị trấn tiếp nhận 77 hồ sơ.", (WHOLE_DISTRICT, "commune")),
        (DIVISION, "Cấp xã tiếp nhận 77 hồ sơ.", (WHOLE_DISTRICT, "commune")),
        (DIVISION, "Đã tiếp nhận 77 hồ sơ.", (f"Phòng Nội vụ {OF_DISTRICT}", None)),
        (DISTRICT, "Bộ phận Một cửa huyện tiếp nhận 77 hồ sơ.", (DESK, "district")),
        # A department has no districts and communes: these are the province's.
        (DEPARTMENT, "Cấp huyện tiếp nhận 77 hồ sơ.", ("Tỉnh Sơn La", "district")),
        (DEPARTMENT, "Cấp tỉnh tiếp nhận 77 hồ sơ.", ("Sở Y tế tỉnh Sơn La", "province")),
        (DEPARTMENT, "Đã tiếp nhận 77 hồ sơ.", ("Sở Y tế tỉnh Sơn La", None)),
        # "toàn huyện" is the document's own, whoever was named before.
        (DISTRICT, "Xã Cò Nòi nhận 5 hồ sơ. Tỷ lệ đúng hạn toàn huyện đạt 77%.", (WHOLE_DISTRICT, None)),
        (DISTRICT, "Xã Cò Nòi nhận 5 hồ sơ. Tỷ lệ đúng hạn đạt 77%.", ("Xã Cò Nòi tỉnh Sơn La", None)),
        # What a heading says of its level holds for those of this level alone.
        (
            DEPARTMENT,
            "2. Cấp tỉnh\nCác sở, ban, ngành nhận 5 hồ sơ; đã trả 77 hồ sơ.",
            ("Sở Y tế tỉnh Sơn La", "province"),
        ),
        (DEPARTMENT, "2. Cấp huyện\n8 huyện nhận 5 hồ sơ; đã trả 77 hồ sơ.", ("Tỉnh Sơn La", "district")),
        (DEPARTMENT, "2. Cấp huyện\nHuyện Mai Sơn nhận 5 hồ sơ; đã trả 77 hồ sơ.", ("Huyện Mai Sơn tỉnh Sơn La", None)),
        # A branch keeps its own name.
        (DISTRICT, "Chi cục Thuế huyện Mai Sơn tiếp nhận 77 hồ sơ.", (f"Chi cục Thuế {OF_DISTRICT}", None)),
    ],
)
def test_levels_of_dossiers(head: str, text: str, expected: tuple[str, str | None]) -> None:
    found = extract(read_document((head + text).encode(), "a.txt"), load())
    assert [(o.subject, o.level) for o in found.observations if o.value == 77] == [expected]


@pytest.mark.parametrize(
    ("number", "expected"),
    [("77", ("Trung tâm Phục vụ hành chính công tỉnh Sơn La", "province")), ("66", ("Tỉnh Sơn La", "commune"))],
)
def test_procedures_of_a_level_at_a_desk(number: str, expected: tuple[str, str]) -> None:
    text = (
        "Sơn La: một cửa\n\nTrung tâm Phục vụ hành chính công tỉnh tiếp nhận 77 TTHC cấp tỉnh; 75 xã, phường tiếp nhận "
        "66 TTHC cấp xã.\n"
    )
    found = extract(read_document(text.encode(), "a.txt"), load())
    assert [(o.subject, o.level) for o in found.observations if str(o.value) == number] == [expected]


@pytest.mark.parametrize("desk", ["bộ phận một cửa", "bộ phận tiếp nhận và trả kết quả"])
def test_the_desk_of_a_bare_commune_is_its_subject(desk: str) -> None:
    text = (
        "Một cửa ở phường Chiềng Cơi: dân ít phải chờ\n\n09/01/2024\n\nPhường Chiềng Cơi (tỉnh Sơn La) niêm yết mọi "
        f"việc.\n\nNăm 2023, {desk} của phường tiếp nhận 90 hồ sơ, đã trả 77 hồ sơ.\n"
    )
    found = extract(read_document(text.encode(), "a.txt"), load())
    assert {o.subject for o in found.observations} == {f"{desk.capitalize()} {OF_COMMUNE}"}


def test_a_center_that_a_text_goes_on_about_is_its_subject() -> None:
    text = (
        "Phường đông dân kêu khó vì mạng chậm\n\n21/07/2025 09:12\n\nQuầy nào của Trung tâm Phục vụ hành chính công "
        "phường Chiềng Cơi (tỉnh Sơn La) cũng kín người.\n\nTrung tâm cho hay, từ ngày 1/7 đến ngày 18/7, đơn vị nhận "
        "77 hồ sơ.\n"
    )
    found = extract(read_document(text.encode(), "a.txt"), load())
    assert [o.subject for o in found.observations if o.value == 77] == [CENTER]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (
            "Các sở, ban, ngành, địa phương của Sơn La được UBND tỉnh giao 77 nhiệm vụ.",
            "Các sở, ban, ngành, địa phương tỉnh Sơn La",
        ),
        (
            "Các sở, ban, ngành, UBND các huyện, thành, thị nhận 77 nhiệm vụ từ UBND tỉnh Sơn La.",
            "Các sở, ban, ngành, UBND các huyện, thành, thị tỉnh Sơn La",
        ),
    ],
)
def test_groups_that_are_given_tasks(text: str, group: str) -> None:
    found = extract(read_document(f"Sơn La: nhiệm vụ năm 2021\n\n{text}\n".encode(), "a.txt"), load())
    assert [o.subject for o in found.observations if o.value == 77] == [group]


def test_who_is_given_tasks_keeps_their_name_and_has_no_level() -> None:
    text = (
        "BÁO CÁO\nKết quả thực hiện nhiệm vụ năm 2018 của tỉnh Sơn La\n\nNhiệm vụ UBND tỉnh, Chủ tịch UBND tỉnh giao "
        "các sở, ban, ngành, UBND cấp huyện: có 87 nhiệm vụ. Đã hoàn thành 77 nhiệm vụ.\n"
    )
    found = extract(read_document(text.encode(), "a.txt"), load())
    assert {(o.subject, o.level) for o in found.observations} == {
        ("Các sở, ban, ngành, UBND cấp huyện tỉnh Sơn La", None)
    }


def test_the_level_of_a_city_in_its_province_is_a_districts() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ SƠN LA\nSố: 15/KH-UBND\nSơn La, ngày 15 tháng 01 năm 2024\n\nKẾ HOẠCH\nCải cách "
        "hành chính năm 2024 của thành phố Sơn La\n\nTỷ lệ hồ sơ đúng hạn: cấp thành phố đạt 77%, cấp xã đạt 66%.\n"
    )
    found = extract(read_document(text.encode(), "a.txt"), load())
    assert [o.level for o in found.observations] == ["district", "commune"]

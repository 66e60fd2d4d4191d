"""Of whom and of what a figure is where a text tells a whole and its parts, a group, or the nation: whole rows."""

from __future__ import annotations

import pytest
from test_genre_phrases import rows

from pipeline.extract import extract
from pipeline.process import read_document
from pipeline.rulebook.book import load

HEAD = (
    "UBND TỈNH YÊN BÁI\nSố: 77/BC-UBND\nYên Bái, ngày 15 tháng 12 năm 2023\n\nBÁO CÁO\n"
    "Công tác cải cách hành chính năm 2023\n\n"
)


def told(text: str) -> list[str]:
    """The rows of a report of a province without their words."""
    return [row.rsplit(" | ", 1)[0] for row in rows(HEAD + text)]


DEPARTMENTS = "Các sở, ban, ngành tỉnh Yên Bái | 2023"
COMMUNES = "UBND các xã, phường tỉnh Yên Bái | 2023"
PROVINCE = "Tỉnh Yên Bái | 2023"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Tasks of a group are the group's, through all clauses; no breakdown of the province's.
        ("1. Các sở, ban, ngành được giao 416 nhiệm vụ; đã hoàn thành 380 nhiệm vụ, quá hạn 7 nhiệm vụ.",
         [f"task.total | 416 | {DEPARTMENTS}", f"task.completed | 380 | {DEPARTMENTS}",
          f"task.overdue | 7 | {DEPARTMENTS}"]),
        ("Trong năm 2023, UBND các xã, phường đã hoàn thành 214 nhiệm vụ. Còn 6 nhiệm vụ quá hạn.",
         [f"task.completed | 214 | {COMMUNES}", f"task.overdue | 6 | {COMMUNES}"]),
        # What departments do else is the province's, at their level; who only gets to hear of it is no subject.
        ("Các sở, ban, ngành tiếp nhận 2.118 hồ sơ.", ["dossier.received | 2118 | Tỉnh Yên Bái | province | 2023"]),
        ("Tỉnh nhắc các sở, ban, ngành; toàn tỉnh hoàn thành 380 nhiệm vụ.", [f"task.completed | 380 | {PROVINCE}"]),
        # A bracket behind "của 05 đơn vị" breaks down what these have.
        ("Còn 09 nhiệm vụ quá hạn của 05 đơn vị (Sở Xây dựng 03, UBND huyện Trấn Yên 02).",
         [f"task.overdue | 9 | {PROVINCE}", "task.overdue | 3 | Sở Xây dựng tỉnh Yên Bái | 2023",
          "task.overdue | 2 | UBND huyện Trấn Yên tỉnh Yên Bái | 2023"]),
        # A member of a list that no gazetteer knows is nobody else; its figure is not the one's before.
        ("Nhiều hồ sơ trễ hạn nhất gồm: Sở Xây dựng (12 hồ sơ), Bến Thượng (9 hồ sơ), Sở Y tế (7 hồ sơ).",
         ["dossier.resolved_overdue | 12 | Sở Xây dựng tỉnh Yên Bái | 2023",
          "dossier.resolved_overdue | 9 | 2023",
          "dossier.resolved_overdue | 7 | Sở Y tế tỉnh Yên Bái | 2023"]),
        # A bound for each of so many is no figure of the whole.
        ("Toàn tỉnh có 14 xã, phường tỷ lệ trễ hạn trên 5%.", []),
        # A service centre and all desks below it are the whole.
        ("Trung tâm Phục vụ hành chính công tỉnh và 173 xã, phường tiếp nhận 402 hồ sơ. Đã trả 380 hồ sơ.",
         [f"dossier.received | 402 | {PROVINCE}", f"dossier.resolved | 380 | {PROVINCE}"]),
        # The nation's figure beside the province's.
        ("Tỷ lệ hồ sơ trực tuyến của cả nước đạt 41,2%, tỉnh Yên Bái đạt 56,8%.",
         ["dossier.online_rate | 41.2 | Cả nước | 2023", f"dossier.online_rate | 56.8 | {PROVINCE}"]),
        ("Tỉnh đứng đầu cả nước về tỷ lệ hồ sơ trực tuyến với 91%.", [f"dossier.online_rate | 91 | {PROVINCE}"]),
        # The province since the paragraph speaks of all of it.
        ("Hồ sơ nộp tại Trung tâm Phục vụ hành chính công. Toàn tỉnh tiếp nhận 95.310 hồ sơ. Tỷ lệ hồ sơ trực tuyến "
         "đạt 61%.", [f"dossier.received | 95310 | {PROVINCE}", f"dossier.online_rate | 61 | {PROVINCE}"]),
        # The level of those who take them in.
        ("Tỷ lệ hồ sơ do các sở, ngành tiếp nhận được giải quyết đúng hạn đạt 99,1%.",
         ["dossier.on_time_rate | 99.1 | Tỉnh Yên Bái | province | 2023"]),
        # Whom the superlative names.
        ("Sở Tư pháp, Sở Y tế có hồ sơ trễ hạn, Sở Y tế có tỷ lệ này cao nhất (2,4%).",
         ["dossier.overdue_rate | 2.4 | Sở Y tế tỉnh Yên Bái | 2023"]),
    ],
)  # fmt: skip
def test_of_whom(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Up to "có" the words are the whole's, behind it those of its part, which keeps the state.
        ("Trong 640 hồ sơ đã tiếp nhận có 11 hồ sơ trễ hạn.",
         [f"dossier.received | 640 | {PROVINCE}", f"dossier.resolved_overdue | 11 | {PROVINCE}"]),
        ("Trong tổng số 73 hồ sơ đang giải quyết chỉ còn 4 hồ sơ quá hạn.",
         [f"dossier.pending | 73 | {PROVINCE}", f"dossier.pending_overdue | 4 | {PROVINCE}"]),
        ("Trong số 90 nhiệm vụ chưa hoàn thành có 8 nhiệm vụ quá hạn, 82 nhiệm vụ trong hạn.",
         [f"task.in_progress | 90 | {PROVINCE}", f"task.overdue | 8 | {PROVINCE}",
          f"task.in_progress_in_time | 82 | {PROVINCE}"]),
        # What is "có" in the next clause too is of the same whole.
        ("Đã trả 310 hồ sơ, trong đó có 280 hồ sơ trước hạn; có 24 hồ sơ đúng hạn và số quá hạn còn 6 hồ sơ.",
         [f"dossier.resolved | 310 | {PROVINCE}", f"dossier.resolved_early | 280 | {PROVINCE}",
          f"dossier.resolved_on_time | 24 | {PROVINCE}", f"dossier.resolved_overdue | 6 | {PROVINCE}"]),
        # A whole takes nothing from what is told of its part before it.
        ("Năm 2023, đã giải quyết trực tuyến 61% trong tổng số 8.400 hồ sơ.", []),
        # Set apart, "trong hạn" is said of all; without a mark it says which.
        ("Còn 35 hồ sơ đang xử lý (chưa đến hạn).",
         [f"dossier.pending | 35 | {PROVINCE}", f"dossier.pending_in_time | 35 | {PROVINCE}"]),
        ("Còn 35 hồ sơ đang xử lý trong hạn.", [f"dossier.pending_in_time | 35 | {PROVINCE}"]),
        ("Đang xử lý 35 hồ sơ, trong hạn 30 hồ sơ.",
         [f"dossier.pending | 35 | {PROVINCE}", f"dossier.pending_in_time | 30 | {PROVINCE}"]),
        # A share of each of so many, whom nobody names, is no share of the whole.
        ("Có 12 cơ quan, đơn vị trả kết quả giải quyết hồ sơ đúng hạn đạt 100%.", []),
        ("Có 3/9 huyện, thành phố có tỷ lệ hồ sơ trễ hạn dưới 2%.", []),
        ("Tỉnh có 9 huyện, thành phố, tỷ lệ hồ sơ đúng hạn đạt 98%.", [f"dossier.on_time_rate | 98 | {PROVINCE}"]),
        # What was reached behind a comma or in brackets is no difference.
        ("Tỷ lệ hồ sơ giải quyết đúng hạn tăng mạnh (đạt 98,3%).", [f"dossier.on_time_rate | 98.3 | {PROVINCE}"]),
        ("Tỷ lệ hồ sơ giải quyết đúng hạn tăng 2,1%.", []),
    ],
)  # fmt: skip
def test_of_what(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_ministries_act_as_a_group() -> None:
    text = "Tính đến ngày 20/8/2025, các bộ, cơ quan ngang bộ đã chủ động cắt giảm, bãi bỏ 172 TTHC."
    assert [row.split(" | ")[:3] for row in rows(text)] == [["procedure.repealed", "172", "Các bộ, cơ quan ngang bộ"]]


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("PHƯƠNG ÁN CỦA UBND THÀNH PHỐ CẦN THƠ NĂM 2024", "Thành phố Cần Thơ"),
        ("PHƯƠNG ÁN CỦA UBND THÀNH PHỐ CẦN THƠ", "Thành phố Cần Thơ"),
    ],
)
def test_a_citys_name_in_capitals_ends_where_the_city_does(title: str, subject: str) -> None:
    (row,) = rows(f"QUYẾT ĐỊNH\n\n{title}\n\nĐiều 1. Đơn giản hóa 31 thủ tục hành chính.")
    assert row.split(" | ")[2] == subject


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Từ 15/8 đến 15/9, xã tiếp nhận 412 hồ sơ, tăng 60 hồ sơ so với cùng kỳ năm 2024.", "2025-08-15/2025-09-15"),
        (
            "Năm 2024 nhiều việc. Từ 15/8 đến 15/9, xã tiếp nhận 412 hồ sơ, hơn cùng kỳ năm 2023.",
            "2024-08-15/2024-09-15",
        ),
    ],
)
def test_the_year_of_days_is_not_the_one_that_they_are_held_against(text: str, code: str) -> None:
    assert rows(text)[0].split(" | ")[-2] == code


def test_a_city_in_a_province_is_the_whole_of_its_own_news() -> None:
    text = (
        "Tam Kỳ: Tỷ lệ hồ sơ đúng hạn đạt 99,6%\n\nUBND TP Tam Kỳ (Quảng Nam) cho biết, năm 2023 toàn thành phố đã "
        "tiếp nhận 8.120 hồ sơ."
    )
    assert "dossier.received | 8120 | Thành phố Tam Kỳ tỉnh Quảng Nam | 2023 | «tiếp nhận 8.120 hồ sơ»" in rows(text)


def test_the_figure_of_a_headline_is_evidence_of_the_bodys() -> None:
    text = "Tỷ lệ hồ sơ đúng hạn đạt 97,4%\n\nQuý I/2023, tỉnh Yên Bái có tỷ lệ hồ sơ giải quyết đúng hạn đạt 97,4%."
    document = read_document(text.encode(), "a.txt")
    extraction = extract(document, load())
    (found,) = extraction.observations
    assert found.time_period == "2023-Q1"
    assert [e.span.of(document.text) for e in found.evidence if e.role == "value"] == ["97,4", "97,4"]
    assert {n.category for n in extraction.numerals if n.quote == "97,4"} == {"observation"}


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("của 63 tỉnh, thành phố", "63 tỉnh, thành phố"), ("của 63 tỉnh/thành phố", "63 tỉnh, thành phố"),
        ("của các tỉnh, thành phố", "Các tỉnh, thành phố"), ("của các tỉnh/thành phố", "Các tỉnh, thành phố"),
        ("của cả nước", "Cả nước"), ("toàn quốc", "Cả nước"),
        ("của 17 bộ, cơ quan ngang bộ", "17 bộ, cơ quan ngang bộ"),
    ],
)  # fmt: skip
def test_a_mean_is_of_the_group_in_the_texts_words(words: str, subject: str) -> None:
    text = f"Giá trị trung bình Chỉ số cải cách hành chính (PAR INDEX) năm 2022 {words} đạt 84,79%."
    assert told(text) == [f"index.mean_score PAR_INDEX | 84.79 | {subject} | 2022"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Nội vụ chủ trì 15 nhiệm vụ, Sở Tư pháp chủ trì 9 nhiệm vụ.", ["Nội vụ 15", "Tư pháp 9"]),
        ("Sở Y tế được giao 15 nhiệm vụ; còn Sở Tư pháp thì phải làm xong 9 nhiệm vụ.", ["Y tế 15", "Tư pháp 9"]),
        ("Sở Y tế mới xong 15 nhiệm vụ, trong khi Sở Nội vụ đã hoàn tất 9 nhiệm vụ.", ["Y tế 15", "Nội vụ 9"]),
        # Who only says it, or gives the tasks, has them not.
        ("Sở Y tế được giao 15 nhiệm vụ, Sở Nội vụ cho biết đã xong 9 nhiệm vụ.", ["Y tế 15", "Y tế 9"]),
    ],
)
def test_each_clause_has_its_own_subject(text: str, expected: list[str]) -> None:
    found = [row.split(" | ") for row in told(text)]
    assert [f"{row[2].removeprefix('Sở ').removesuffix(' tỉnh Yên Bái')} {row[1]}" for row in found] == expected


@pytest.mark.parametrize("words", ["Các bộ phận này", "Các bộ phận một cửa", "Các bộ phận tiếp nhận"])
def test_parts_of_an_office_are_no_ministries(words: str) -> None:
    assert told(f"{words} đang tiếp nhận 68 TTHC liên thông.") == [f"procedure.inter_agency | 68 | {PROVINCE}"]


def test_a_longer_group_is_not_cut_by_its_first_words() -> None:
    text = "Các bộ, cơ quan, địa phương được giao 20.846 nhiệm vụ."
    assert told(text) == ["task.total | 20846 | Các bộ, cơ quan, địa phương | 2023"]


def test_a_group_of_a_place_keeps_its_tasks() -> None:
    group = "Các sở, ban, ngành, địa phương tỉnh Yên Bái"
    text = "Các sở, ban, ngành, địa phương ở Yên Bái được UBND tỉnh giao 1.042 nhiệm vụ. Xong 806 nhiệm vụ."
    assert told(text) == [f"task.total | 1042 | {group} | 2023", f"task.completed | 806 | {group} | 2023"]


PARTS_OF_ICT = (
    "Chỉ số ICT Index\n\nNội dung | 2019 | 2020\nHạ tầng kỹ thuật | 9/17 | 7/17\nHạ tầng nhân lực | 8/17 | 5/17\n"
    "Ứng dụng CNTT | 13/17 | 8/17"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Về DTI 2022, tỉnh Yên Bái xếp thứ 25/63. Trong đó chính quyền số 41/63; kinh tế số 17/63.",
         ["rank DTI 25", "rank DTI/chinh_quyen_so 41", "rank DTI/kinh_te_so 17"]),
        ("Về PAR INDEX 2022, tỉnh Yên Bái đạt 85,2%. Trong đó cải cách thể chế 9/10.",
         ["score PAR_INDEX 85.2", "score PAR_INDEX/cai_cach_the_che 9"]),
        (PARTS_OF_ICT,
         ["rank ICT_INDEX/ha_tang_ky_thuat 9", "rank ICT_INDEX/ha_tang_ky_thuat 7",
          "rank ICT_INDEX/ha_tang_nhan_luc 8", "rank ICT_INDEX/ha_tang_nhan_luc 5",
          "rank ICT_INDEX/ung_dung_cntt 13", "rank ICT_INDEX/ung_dung_cntt 8"]),
        # Points of parts whose most differ are no places.
        ("Chỉ số PAR INDEX\n\nNội dung | Điểm\nCải cách thể chế | 9/10\nCải cách tài chính công | 10/12\n"
         "Xây dựng và phát triển chính quyền điện tử | 11/13",
         ["score PAR_INDEX/cai_cach_the_che 9", "score PAR_INDEX/cai_cach_tai_chinh_cong 10",
          "score PAR_INDEX/chinh_quyen_dien_tu 11"]),
    ],
)  # fmt: skip
def test_one_of_as_many_is_a_place(text: str, expected: list[str]) -> None:
    assert [" ".join(row.removeprefix("index.").split(" | ")[:2]) for row in told(text)] == expected

"""What a text tells once and goes on with: whose it is, of which time, whether it is done."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.extract import extract
from pipeline.model import Observation
from pipeline.process import read_document
from pipeline.rulebook.book import load


def read(text: str) -> tuple[Observation, ...]:
    return extract(read_document(text.encode(), "text.txt"), load()).observations


def one(text: str, value: str) -> Observation:
    (found,) = [o for o in read(text) if o.value == Decimal(value)]
    return found


TOWN = (
    "Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2021 của UBND thị xã Mường Lay;\n\n"
    "Kế hoạch của thị xã đã phân công rõ. Toàn thị xã đang thực hiện nghiêm túc. "
    "Các hội nghị trên địa bàn thị xã đã được tổ chức.\n\n"
)


@pytest.mark.parametrize(
    ("text", "value", "subject"),
    [
        # The only town that is named is the one that is called "thị xã".
        (TOWN + "Đã giải quyết 812 hồ sơ.", "812", "Thị xã Mường Lay tỉnh Điện Biên"),
        (TOWN + "Bộ phận Một cửa thị xã tiếp nhận 812 hồ sơ.", "812",
         "Bộ phận Một cửa thị xã Mường Lay tỉnh Điện Biên"),
        # Two of a kind, or what is told of the province, leave it open.
        (TOWN + "Thị xã Nghĩa Lộ cũng vậy.\n\nĐã giải quyết 812 hồ sơ.", "812", None),
        (TOWN + "Toàn tỉnh Điện Biên đã giải quyết 812 hồ sơ.", "812", "Tỉnh Điện Biên"),
        # A department that is called "Sở" has the procedures that it tells of.
        ("Năm 2021, Sở Y tế tỉnh Lào Cai làm nhiều việc.\n\n- Sở hiện có 96 TTHC.", "96", "Sở Y tế tỉnh Lào Cai"),
        ("Năm 2021, Sở Y tế tỉnh Lào Cai làm nhiều việc.\n\n- Hiện có 96 TTHC.", "96", "Tỉnh Lào Cai"),
        # An item addressed to an agency is about it.
        ("Lào Cai, năm 2021.\n\nb) Sở Xây dựng: cắt giảm 30% thời gian giải quyết thủ tục.", "30",
         "Sở Xây dựng tỉnh Lào Cai"),
        # Nobody acts within the number of an act.
        ("Lào Cai, năm 2021.\n\n1. Các sở, ngành được giao 52 nhiệm vụ tại Kế hoạch số 86/KH-UBND, mới hoàn thành 41 "
         "nhiệm vụ.", "41", "Các sở, ngành tỉnh Lào Cai"),
        # Levels and groups are no addressees; what an item is about is of the province.
        ("Tỉnh Lào Cai, năm 2021.\n\nb) UBND cấp huyện: đã giải quyết 812 hồ sơ.", "812", "Tỉnh Lào Cai"),
        # A centre that somebody goes to, that is told apart or one of many is not whom a text goes on about.
        ("Đến trung tâm hành chính công, bà con được uống trà\n\nNăm 2021, tỉnh Lào Cai vui.\n\nHồ sơ trực tuyến đạt "
         "81,2%.", "81.2", "Tỉnh Lào Cai"),
        ("Tỉnh Lào Cai năm 2021\n\nToàn tỉnh nhận 900 hồ sơ. Riêng Trung tâm Phục vụ hành chính công tỉnh, tỷ lệ đúng "
         "hạn là 99,7%.\n\nHồ sơ trực tuyến đạt 81,2%.", "81.2", "Tỉnh Lào Cai"),
        ("Tỉnh Lào Cai năm 2021\n\nLãnh đạo đi thăm các Trung tâm Phục vụ hành chính công.\n\nHồ sơ trực tuyến đạt "
         "81,2%.", "81.2", "Tỉnh Lào Cai"),
        # What stands in a title on the Prime Minister's decision is nobody's figure.
        ("Tỉnh Lào Cai, ngày 22 tháng 7 năm 2022\n\n1. Thực hiện nghiêm Quyết định số 766/QĐ-TTg của Thủ tướng Chính "
         "phủ\n2. Hồ sơ trực tuyến đạt 81,2%.", "81.2", "Tỉnh Lào Cai"),
        # A body of the Government whose news it is; a committee without its place.
        ("Kho bạc số\n\nKho bạc Nhà nước (KBNN) cho hay, năm 2021 KBNN tiếp nhận 812 hồ sơ.", "812",
         "Kho bạc Nhà nước"),
        ("Tỉnh Lào Cai năm 2021\n\nTheo lãnh đạo UBND xã, tỷ lệ hồ sơ trực tuyến của xã đạt 81,2%.", "81.2",
         "Tỉnh Lào Cai"),
        # A city that bears its province's name shows where a ward lies.
        ("Trang tin Phường Lê Lợi - TP. Bắc Giang\n\nNăm 2021, phường Lê Lợi tiếp nhận 812 hồ sơ.", "812",
         "Phường Lê Lợi tỉnh Bắc Giang"),
        # The office of a district writes of the district's desk; the party's committee of the province.
        ("UBND HUYỆN BÁT XÁT\nVĂN PHÒNG HĐND VÀ UBND\nSố: 14/BC-VP\nBát Xát, ngày 30 tháng 8 năm 2021\n\nBÁO CÁO\n"
         "Hoạt động tháng 8/2021, tỉnh Lào Cai\n\nBộ phận Một cửa huyện tiếp nhận 812 hồ sơ.", "812",
         "Bộ phận Một cửa huyện Bát Xát tỉnh Lào Cai"),
        ("TỈNH ỦY LÀO CAI\nBAN CHỈ ĐẠO CẢI CÁCH HÀNH CHÍNH\nSố 34-TB/BCĐ\nLào Cai, ngày 20 tháng 02 năm 2021\n\n"
         "THÔNG BÁO\nKết luận của Bí thư Tỉnh ủy\n\nCòn 812 hồ sơ quá hạn.", "812", "Tỉnh Lào Cai"),
        # A province's name is that of the time told of.
        ("Kết quả năm 2019 của tỉnh Thừa Thiên Huế\n\nTrung tâm Hành chính công tỉnh tiếp nhận 812 hồ sơ.", "812",
         "Trung tâm Hành chính công tỉnh Thừa Thiên Huế"),
    ],
)  # fmt: skip
def test_whose_it_is(text: str, value: str, subject: str | None) -> None:
    assert one(text, value).subject == subject


QUARTER = (
    "BỘ XÂY DỰNG\nSố: 45/BC-BXD\nHà Nội, ngày 20 tháng 6 năm 2020\n\n"
    "BÁO CÁO\nCông tác cải cách hành chính quý II/2020\n\n"
)


@pytest.mark.parametrize(
    ("text", "value", "period"),
    [
        # What is put off to a year is not of what follows.
        ("Năm 2018, Sở Y tế tỉnh Lào Cai có kế hoạch. Việc còn lại chuyển sang năm 2019.\n\nTrong năm tiếp nhận 812 hồ "
         "sơ.", "812", "2018"),
        # A cut-off within the quarter that a paragraph is about dates its own stock alone.
        (QUARTER + "Quý II/2020 Bộ công bố 30 thủ tục. Tính đến ngày 12/6/2020, Bộ có 474 thủ tục.\n\n"
         "Đã tiếp nhận 812 hồ sơ.", "812", "2020-Q2"),
        # "3 tháng qua" of a report on a quarter are that quarter.
        (QUARTER + "Trong 3 tháng qua, Bộ tiếp nhận 812 hồ sơ.", "812", "2020-Q2"),
        # The days of the headline are those of the month that the text names.
        ("Kết quả giải quyết thủ tục hành chính từ ngày 16/3 đến 15/4/2021\n\n20/4/2021\n\nTrong tháng 4/2021, tỉnh "
         "Lào Cai tiếp nhận 812 hồ sơ.", "812", "2021-03-16/2021-04-15"),
        # What is named as the tasks to come dates no result.
        ("Kết quả 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2021 của tỉnh Lào Cai.\n\nĐã tiếp nhận 812 hồ sơ.", "812",
         "2021-S1"),
        # A cut-off in brackets is that of what goes on behind their comma.
        ("Theo kết quả rà soát (tính đến ngày 02/12/2021), tỉnh Lào Cai có 812 hồ sơ đang giải quyết.", "812",
         "2021-12-02"),
        # "từ đầu năm" ends with the month that is reported.
        ("Tình hình tháng 7 năm 2021 của tỉnh Lào Cai\n\nĐăng ngày 03/8/2021\n\nTừ đầu năm đến nay, toàn tỉnh tiếp "
         "nhận 812 hồ sơ.", "812", "2021-01-01/2021-07-31"),
        # A year before that leads its sentence holds for all of it; an edition is taken up again.
        ("PAR INDEX năm 2021 của tỉnh Lào Cai đạt 88,12 điểm, hạng 12/63.\n\nNăm trước đó, chỉ số này là 86,4 điểm, "
         "hạng 22/63.", "22", "2020"),
        ("PAR INDEX năm 2021 của tỉnh Lào Cai đạt 88,12 điểm. Sở Y tế, đơn vị đứng đầu năm 2020, nay lùi về thứ ba với "
         "85,5 điểm. Sở Xây dựng xếp thứ 15.", "15", "2021"),
        # A heading of goals gives their year.
        ("KẾ HOẠCH\nCải cách hành chính năm 2022 của tỉnh Lào Cai\n\nPhần I\nKẾT QUẢ NĂM 2021\n- Đã hoàn thành 30 "
         "nhiệm vụ.\n\nPhần II\nKẾ HOẠCH NĂM 2022\nd) Chỉ số cải cách hành chính đạt trên 92 điểm.", "92", "2022"),
        # Months are no edition of an index.
        ("Kết quả Chỉ số cải cách hành chính 10 tháng đầu năm 2021 của tỉnh Lào Cai.\n\nĐã tiếp nhận 812 hồ sơ.", "812",
         "2021-01-01/2021-10-31"),
        # The year in a headline that a score is compared with is not its year.
        ("PAR INDEX năm 2021 của Lào Cai tăng 3 bậc so với năm 2020\n\nVới 88,12%, tỉnh Lào Cai xếp thứ 12.", "88.12",
         "2021"),
    ],
)  # fmt: skip
def test_of_which_time(text: str, value: str, period: str) -> None:
    assert one(text, value).time_period == period


PLAN = (
    "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\nSố: 48/KH-UBND\nLào Cai, ngày 10 tháng 5 năm 2022\n\nKẾ HOẠCH\n"
    "Cải thiện Chỉ số cải cách hành chính năm 2022\n\n"
)


def test_a_plan_tells_results_of_a_year_that_its_paragraph_names_as_over() -> None:
    text = (
        "Năm 2021, có thông báo kết quả PAR INDEX. Chỉ số PAR INDEX của tỉnh là 87,14%, xếp hạng 20/63.\n\n"
        "I. MỤC TIÊU\n\n- PAR INDEX: đạt trên 89%."
    )
    found = {o.value: (o.obs_status, o.time_period) for o in read(PLAN + text) if o.indicator == "index.score"}
    assert found == {Decimal("87.14"): ("actual", "2021"), Decimal(89): ("target", "2022")}


@pytest.mark.parametrize(
    ("text", "value", "level"),
    [
        ("Trung tâm Phục vụ hành chính công 99 xã, phường tiếp nhận 900 hồ sơ; đã giải quyết 812 hồ sơ.", "812",
         "commune"),
        ("Các xã tiếp nhận 900 hồ sơ; toàn tỉnh đã giải quyết 812 hồ sơ.", "812", None),
        ("- Tại huyện: nhận 900 hồ sơ, đã giải quyết 812 hồ sơ.", "812", "district"),
        ("8/8 trung tâm hành chính công cấp huyện tiếp nhận 812 hồ sơ.", "812", "district"),
        ("Nếu tách riêng thì ở cấp tỉnh nhận 900 hồ sơ. Trong 812 hồ sơ đang giải quyết, có 3 hồ sơ quá hạn.", "3",
         "province"),
    ],
)  # fmt: skip
def test_at_which_level(text: str, value: str, level: str | None) -> None:
    assert one(f"Năm 2021, tỉnh Lào Cai.\n\n{text}", value).level == level


def test_a_province_is_taken_up_in_news_of_a_city() -> None:
    text = (
        "Xếp hạng chuyển đổi số năm 2022: Đà Nẵng giữ ngôi\n\nĐà Nẵng dẫn đầu với 0,8105 điểm DTI.\n\n"
        "Lạng Sơn gây bất ngờ. Năm 2021 tỉnh còn ở vị trí thứ 17 thì năm 2022 đã lên thứ 5/63, tức tăng 12 bậc."
    )
    found = {(o.indicator, o.value): (o.subject, o.time_period, o.base_period) for o in read(text) if o.value >= 5}
    assert found == {
        ("index.rank", Decimal(17)): ("Tỉnh Lạng Sơn", "2021", None),
        ("index.rank", Decimal(5)): ("Tỉnh Lạng Sơn", "2022", None),
        ("index.rank_change", Decimal(12)): ("Tỉnh Lạng Sơn", "2022", "2021"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Có 4 chỉ số nội dung cao nhất, trong đó “Trách nhiệm giải trình” đạt 84,02%.",
        "1. Về chính sách nhà ở: kết quả chung đạt 84,02%.",
        "Điểm trung vị khối huyện nhích từ 84,02 lên 85,92 điểm.",
    ],
)
def test_a_part_that_no_rule_knows_is_not_the_whole_index(text: str) -> None:
    lead = "Chỉ số SIPAS năm 2022 của tỉnh Lào Cai đạt 82,40%, xếp thứ 16/63.\n\n"
    assert [o.value for o in read(lead + text) if o.indicator == "index.score"] == [Decimal("82.40")]


def test_a_department_with_society_in_its_name_is_no_commune() -> None:
    text = (
        "UBND TỈNH LÀO CAI\nSố: 63/QĐ-UBND\nLào Cai, ngày 21 tháng 5 năm 2021\nQUYẾT ĐỊNH\nCÔNG BỐ THỦ TỤC HÀNH CHÍNH "
        "CỦA SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI\n\nĐiều 1. Công bố 14 thủ tục hành chính."
    )
    assert one(text, "14").subject == "Tỉnh Lào Cai"


def test_a_table_of_dossiers_below_one_of_scores_holds_no_scores() -> None:
    text = (
        "Chỉ số cải cách hành chính năm 2021 của các huyện tỉnh Lào Cai\n\n"
        "Đơn vị\tĐiểm\tXếp hạng\nHuyện Sa Pa\t91,42\t1\nHuyện Bát Xát\t90,07\t2\n\n"
        "PHỤ LỤC: TÌNH HÌNH HỒ SƠ NĂM 2021\nĐơn vị\tTiếp nhận\tĐúng hạn (%)\n"
        "Huyện Sa Pa\t18.204\t99,3\nHuyện Bát Xát\t15.377\t98,85\n"
    )
    found = {(o.indicator, o.value) for o in read(text) if o.indicator != "index.rank"}
    assert found == {
        ("index.score", Decimal("91.42")), ("index.score", Decimal("90.07")),
        ("dossier.received", Decimal(18204)), ("dossier.received", Decimal(15377)),
        ("dossier.on_time_rate", Decimal("99.3")), ("dossier.on_time_rate", Decimal("98.85")),
    }  # fmt: skip


def test_a_place_in_a_table_is_by_the_first_index_of_its_headings() -> None:
    text = (
        "Chỉ số CCHC năm 2021 của các sở tỉnh Lào Cai; cột SIPAS lấy từ khảo sát\n\n"
        "Hạng\tĐơn vị\tChỉ số CCHC (%)\tSIPAS (%)\n1\tSở Y tế\t94,36\t90,12\n2\tSở Nội vụ\t93,80\t91,05\n"
    )
    assert {(o.index, o.value) for o in read(text) if o.indicator == "index.rank"} == {
        ("PAR_INDEX", Decimal(1)),
        ("PAR_INDEX", Decimal(2)),
    }


def test_a_ranking_of_a_week_has_its_days() -> None:
    text = (
        "Văn phòng UBND tỉnh Lào Cai thông báo kết quả Bộ chỉ số phục vụ người dân, doanh nghiệp trong thực hiện "
        "thủ tục hành chính theo thời gian thực (tuần thứ 38, từ ngày 15/9/2025 đến ngày 21/9/2025). Theo đó, tỉnh "
        "Lào Cai đạt 87,94 điểm.\n\nSở Y tế đứng đầu với 93,08 điểm."
    )
    found = {o.value: o.time_period for o in read(text) if o.indicator == "index.score"}
    assert found == dict.fromkeys((Decimal("87.94"), Decimal("93.08")), "2025-09-15/2025-09-21")


def test_a_heading_that_calls_the_index_by_its_subject_holds_its_scores() -> None:
    text = (
        "Xếp hạng chuyển đổi số (DTI) năm 2022 của các huyện tỉnh Lào Cai\n\n"
        "Xếp hạng DTI\tĐơn vị\tChính quyền số\tCHUYỂN ĐỔI SỐ\n"
        "1\tHuyện Sa Pa\t0,8421\t0,7640\n2\tHuyện Bát Xát\t0,8213\t0,7214\n"
    )
    found = {o.value for o in read(text) if o.indicator == "index.score" and o.index == "DTI"}
    assert found == {Decimal("0.7640"), Decimal("0.7214")}

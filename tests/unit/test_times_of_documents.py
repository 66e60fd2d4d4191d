"""Of which time figures are in whole documents: what a document reports on, what it sets apart, and what is to come."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.process import read_document
from pipeline.rulebook.book import load

Told = dict[str, tuple[str | None, str]]


def told(text: str) -> Told:
    """The period and the status of each figure."""
    found = extract(read_document(text.encode(), "text.txt"), load()).observations
    return {str(o.value): (o.time_period, o.obs_status) for o in found}


def news(day: str, text: str, title: str = "Lào Cai: Chuyển biến trong cải cách hành chính") -> str:
    return f"{title}\n\nNgày đăng: {day} 08:12\n\n{text}\n"


def report(day: str, title: str, text: str) -> str:
    return f"UBND TỈNH YÊN BÁI\nSố: 141/BC-UBND\nYên Bái, ngày {day}\n\nBÁO CÁO\n{title}\n\n{text}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The months that are summed up, up to the one that the text tells of.
        ("Tháng 5/2024, tỉnh nhận 900 hồ sơ; lũy kế 5 tháng, nhận 4.700 hồ sơ.", "2024-01-01/2024-05-31"),
        ("Tháng 5/2024, tỉnh nhận 900 hồ sơ. Trong 5 tháng, tỉnh tiếp nhận 4.700 hồ sơ.", "2024-01-01/2024-05-31"),
        ("Sơ kết 4 tháng công tác tiếp dân: tỉnh nhận 4.700 hồ sơ.", "2024-01-01/2024-04-30"),
        # A length of time, or of something else.
        ("Tháng 5/2024, tỉnh nhận 900 hồ sơ. Trong 3 tháng, phải xử lý 4.700 hồ sơ quá hạn.", "2024-05"),
        ("Báo cáo 4 tháng thực hiện Đề án: tỉnh nhận 4.700 hồ sơ.", None),
        # The same part of another year, for its own clause or bracket alone.
        ("Quý I/2024 nhận 900 hồ sơ. Cùng kỳ năm 2022, tỉnh nhận 4.700 hồ sơ.", "2022-Q1"),
        ("Quý I/2024 nhận 900 hồ sơ, trong khi cùng kỳ năm trước nhận 4.700 hồ sơ.", "2023-Q1"),
        ("Quý I/2024 nhận 900 hồ sơ (tháng 3 nhận 300 hồ sơ; cùng kỳ năm ngoái nhận 4.700 hồ sơ).", "2023-Q1"),
        ("Quý I/2024 nhận 900 hồ sơ. Cùng thời gian này, tỉnh trả 4.700 hồ sơ.", "2024-Q1"),
        ("Quý I/2024, so với cùng kỳ năm 2023, tỉnh nhận 4.700 hồ sơ, nhiều hơn hẳn.", "2024-Q1"),
        ("Quý I/2024 nhận 900 hồ sơ, tăng so với cùng kỳ năm 2023. Tỉnh trả 4.700 hồ sơ.", "2024-Q1"),
        # What is told of one day, one month apart is no time of what follows.
        ("Quý I/2024 nhận 900 hồ sơ. Riêng ngày 26/3 nhận 45 hồ sơ.\n\nToàn tỉnh trả 4.700 hồ sơ.", "2024-Q1"),
        # A day or month of something that happened, of which no figure is told.
        (
            "5 tháng đầu năm 2024, tỉnh nhận 900 hồ sơ.\n\nĐến ngày 4/6, ba xã chưa niêm yết đủ.\n\n"
            "Xã Hòa Bình nhận 4.700 hồ sơ.",
            "2024-01-01/2024-05-31",
        ),
        (
            "Quý I/2024, tỉnh nhận 900 hồ sơ.\n\nChị Hoa kể hồi tháng 4/2024 chị đi làm giấy tờ.\n\n"
            "Tỉnh trả 4.700 hồ sơ.",
            "2024-Q1",
        ),
        (
            "5 tháng đầu năm 2024, tỉnh nhận 900 hồ sơ.\n\nĐến ngày 4/6, tỉnh trả 880 hồ sơ.\n\n"
            "Xã Hòa Bình nhận 4.700 hồ sơ.",
            "2024-01-01/2024-06-04",
        ),
        # A figure of the same part of another year, told right behind it; one that is only held against it.
        ("Quý I/2024 còn 900 hồ sơ trễ hạn, giảm so với mức 4.700 hồ sơ trễ hạn của cùng kỳ năm 2022.", "2022-Q1"),
        ("Quý I/2024 nhận 4.700 hồ sơ, tăng so với cùng kỳ năm 2022.", "2024-Q1"),
        # "Trong năm" is the year that is looked back on, not the one that lies ahead.
        ("Tổng kết năm 2023, nhiệm vụ trọng tâm năm 2024. Trong năm, tỉnh nhận 4.700 hồ sơ.", "2023"),
        ("Nói về năm 2022, về năm 2023. Trong năm, tỉnh nhận 4.700 hồ sơ.", "2023"),
        # In a text of June "5 tháng" are those of its year, "3 tháng" a length.
        ("Tỷ lệ tốt. 5 tháng đã tiếp nhận 4.700 hồ sơ.", "2024-01-01/2024-05-31"),
        ("Tỷ lệ tốt. 3 tháng đã tiếp nhận 4.700 hồ sơ.", None),
        # Up to the day that the sentence counts to.
        ("Tính đến ngày 15/5/2024, tỉnh nhận 4.700 hồ sơ từ đầu năm.", "2024-01-01/2024-05-15"),
        # What is expected of a year dates nothing else.
        (
            "4 tháng năm 2024 nhận 900 hồ sơ. Dự kiến cả năm nhận 9.000 hồ sơ.\n\nTỉnh trả 4.700 hồ sơ.",
            "2024-01-01/2024-04-30",
        ),
        # The day on which something was counted, and the day on which something else was done.
        ("Ngày 1/3, trung tâm phường Hải Châu tiếp nhận 4.700 hồ sơ.", "2024-03-01"),
        ("Ngày mùng 6 Tết (15-2), trung tâm nhận 12 hồ sơ, trong đó có 4.700 hồ sơ trực tuyến.", "2024-02-15"),
        ("Quý I/2024, tỉnh trả nhiều. Ngày 1/4, sở kiểm tra việc tiếp nhận 4.700 hồ sơ.", "2024-Q1"),
        ("Quý I/2024, tỉnh trả nhiều. Ngày 1/4, UBND tỉnh công bố đã nhận 4.700 hồ sơ.", "2024-Q1"),
    ],
)
def test_times_that_are_told_by_another(text: str, expected: str | None) -> None:
    assert told(news("10/06/2024", text))["4700"] == (expected, "actual")


@pytest.mark.parametrize(
    ("began", "words", "expected"),
    [
        ("Từ ngày 1/3/2023, trung tâm đi vào hoạt động.", "Sau một tháng", "2023-03"),
        ("Trung tâm vận hành từ ngày 15/2/2023.", "Trong 2 tháng đầu tiên", "2023-02-15/2023-04-14"),
        ("Từ ngày 1/3/2023, trung tâm đi vào hoạt động.", "Tháng đầu tiên", "2023-03"),
        ("Từ ngày 1/3/2023, trung tâm đi vào hoạt động.", "Sau hơn 3 tháng", "2023-03-01/2023-06-10"),
        ("Trung tâm mở cửa từ ngày 2/5/2022.", "Sau 10 tháng vận hành, đến hết tháng 2/2023", "2022-05-02/2023-02-28"),
        # Not over yet, two beginnings, none.
        ("Từ ngày 1/3/2023, trung tâm đi vào hoạt động.", "Sau 5 tháng", None),
        ("Từ ngày 1/3/2023, bưu điện tiếp nhận hồ sơ; từ ngày 1/4/2023, thí điểm ở xã.", "Sau một tháng", None),
        ("Trung tâm mới đi vào hoạt động.", "Sau một tháng", None),
        ("Từ ngày 1/3/2023, ông Hà nghỉ hưu.", "Sau một tháng", None),
    ],
)
def test_months_since_work_began(began: str, words: str, expected: str | None) -> None:
    text = news("10/06/2023", f"{began}\n\n{words}, trung tâm nhận 4.700 hồ sơ.")
    assert told(text)["4700"] == (expected, "actual")


def test_the_first_month_of_a_reform_that_everybody_knows() -> None:
    text = "Sau một tháng vận hành chính quyền địa phương 2 cấp, các phường nhận 4.700 hồ sơ."
    assert told(news("06/08/2025", text))["4700"] == ("2025-07", "actual")
    assert told(news("20/07/2025", text))["4700"][0] is None


PARTS = (
    "I. CHỈ ĐẠO\n1. Kế hoạch của Sở đề ra 52 nhiệm vụ; đến nay hoàn thành 27 nhiệm vụ.\n\nII. THỦ TỤC HÀNH CHÍNH\n"
    "a) Công bố 96 thủ tục hành chính.\n"
    "b) Kết quả giải quyết hồ sơ (số liệu từ ngày 15/12/2022 đến ngày 14/6/2023):\nToàn tỉnh nhận 900 hồ sơ.\n"
    "Tỷ lệ hồ sơ trực tuyến đạt 71,5%.\nc) Bãi bỏ 131 thủ tục hành chính.\n\n"
    "III. NHIỆM VỤ 6 THÁNG CUỐI NĂM\n1. Hoàn thành 100% nhiệm vụ của Kế hoạch.\n"
    "2. Phấn đấu đến hết năm, tỷ lệ hồ sơ trực tuyến đạt 80%.\n"
)


def test_days_of_one_part_of_a_report_and_tasks_of_its_plan() -> None:
    found = told(report("15 tháng 6 năm 2023", "Công tác cải cách hành chính 6 tháng đầu năm 2023", PARTS))
    days = "2022-12-15/2023-06-14"
    assert found == {
        "52": ("2023", "actual"), "27": ("2023-S1", "actual"), "96": ("2023-S1", "actual"), "900": (days, "actual"),
        "71.5": (days, "actual"), "131": (days, "actual"), "100": ("2023", "target"), "80": ("2023", "target"),
    }  # fmt: skip


def test_tasks_of_a_plan_for_half_a_year_are_of_this_half() -> None:
    text = report("25 tháng 7 năm 2025", "Cải cách hành chính 6 tháng cuối năm 2025", "Kế hoạch có 52 nhiệm vụ.")
    plan = text.replace("BC-", "KH-").replace("BÁO CÁO", "KẾ HOẠCH")
    assert told(plan)["52"] == ("2025-S2", "target")


def test_tasks_that_are_due_in_a_quarter_are_of_it() -> None:
    due = "III. NHIỆM VỤ QUÝ III\n1. Hoàn thành 100% nhiệm vụ đến hạn.\n"
    found = told(report("15 tháng 6 năm 2023", "Công tác cải cách hành chính 6 tháng đầu năm 2023", due))
    assert found["100"] == ("2023-Q3", "target")


ITEMS = (
    # Days so far from the title are not told for the year in it.
    "Phường luôn quan tâm chỉ đạo, đôn đốc các bộ phận làm việc nghiêm túc, đúng giờ, đúng quy định. " * 5
    + "\n\n1. Hồ sơ\n- {first}, phường nhận 900 hồ sơ.\n- Hồ sơ trực tuyến: nhận 4.700 hồ sơ.\n\n"
    + "2. Mục khác\n- Công bố 31 thủ tục hành chính.\n"
)


@pytest.mark.parametrize(
    ("first", "behind"),
    [
        # The days by which a report's figures were collected hold for the list; those of a part of its time do not.
        ("Từ ngày 01/12/2022 đến 30/11/2023", "2022-12-01/2023-11-30"),
        ("Từ ngày 01/6/2023 đến 31/7/2023", "2023"),
        ("Trong tháng 5/2023", "2023"),
    ],
)
def test_days_with_which_a_list_begins(first: str, behind: str) -> None:
    text = report("15 tháng 12 năm 2023", "Công tác cải cách hành chính năm 2023", ITEMS.format(first=first))
    found = told(text)
    assert (found["4700"][0], found["31"][0]) == (behind, "2023")


def test_from_new_year_up_to_now_in_a_report_is_its_period() -> None:
    text = "- Từ đầu năm đến nay, tỉnh công bố 31 thủ tục hành chính.\n"
    title = "Công tác cải cách hành chính 9 tháng đầu năm 2022"
    assert told(report("16 tháng 9 năm 2022", title, text))["31"][0] == "2022-01-01/2022-09-30"


def test_the_year_that_one_goal_aims_at_is_that_of_no_other() -> None:
    text = "II. MỤC TIÊU\nc) Đến năm 2025, tỷ lệ hồ sơ trực tuyến đạt 80%.\nd) Hoàn thành 100% nhiệm vụ được giao.\n"
    plan = report("15 tháng 1 năm 2023", "Cải cách hành chính năm 2023", text)
    found = told(plan.replace("BC-", "KH-").replace("BÁO CÁO", "KẾ HOẠCH"))
    assert found == {"80": ("2025", "target"), "100": ("2023", "target")}


def test_a_monthly_score_goes_on_of_the_later_month() -> None:
    text = (
        "Tháng 8/2025, tỉnh đạt 88,42 điểm. Tháng 7, tỉnh đạt 84,9 điểm.\n\n"
        "Trong các nhóm chỉ số, mức độ hài lòng đạt 17,9/18 điểm."
    )
    found = told(news("05/09/2025", text, "Cà Mau tăng hạng Bộ chỉ số phục vụ người dân, doanh nghiệp"))
    assert {value: period for value, (period, _) in found.items()} == {
        "88.42": "2025-08", "84.9": "2025-07", "17.9": "2025-08",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Báo Kiên Giang | 08/8/2022", "2022-08-08"),
        ("Báo Người Kiên Giang – 08/8/2022", "2022-08-08"),
        ("\nNgày 08 tháng 8 năm 2022", "2022-08-08"),
        ("Ban hành kèm theo Quyết định của UBND tỉnh\nngày 08 tháng 8 năm 2022", None),
        ("Hội nghị ngày 08/8/2022", None),
        ("Kết quả tính đến | 08/8/2022", None),
    ],
)
def test_the_day_of_a_page_behind_the_name_of_the_paper(line: str, published: str | None) -> None:
    text = f"Kiên Giang nỗ lực\n{line}\n\nSáu tháng đầu năm nay, tỉnh nhận 4.700 hồ sơ.\n"
    assert extract(read_document(text.encode(), "text.txt"), load()).facts.published_at == published


def test_the_tasks_of_a_year_are_none_of_the_days_of_a_report_on_it() -> None:
    text = "Số liệu từ ngày 01/12/2021 đến ngày 30/11/2022.\n\nNhận 900 hồ sơ. Kế hoạch năm 2022 có 62 nhiệm vụ.\n"
    found = told(report("5 tháng 12 năm 2022", "Công tác cải cách hành chính năm 2022", text))
    assert (found["900"][0], found["62"][0]) == ("2021-12-01/2022-11-30", "2022")


@pytest.mark.parametrize(
    ("lead", "period"),
    [
        ("Riêng từ ngày 3/6/2022 đến ngày 9/6/2022 nhận 900 hồ sơ.", "2022-06-03/2022-06-09"),
        ("Từ ngày 1/3/2022 đến ngày 9/6/2022 nhận 900 hồ sơ.", None),
    ],
)
def test_the_week_that_was_told_of(lead: str, period: str | None) -> None:
    found = told(news("10/06/2022", f"{lead}\n\nCũng trong tuần, trung tâm trả 4.700 hồ sơ."))
    assert found["4700"][0] == (period or "2022-03-01/2022-06-09")


def test_what_a_decision_publishes_is_of_its_day() -> None:
    text = report("14 tháng 9 năm 2012", "Về việc công bố thủ tục hành chính", "Điều 1. {} 11 thủ tục hành chính mới.")
    act = text.replace("BC-", "QĐ-").replace("BÁO CÁO", "QUYẾT ĐỊNH")
    assert told(act.format("Công bố kèm theo Quyết định này"))["11"] == ("2012-09-14", "actual")
    assert told(act.format("Sở đã công bố"))["11"] == (None, "actual")


def test_a_goal_is_of_the_year_of_the_plan_that_sets_it() -> None:
    text = news("22/11/2022", "Kế hoạch năm 2022 của tỉnh đặt mục tiêu tỷ lệ hồ sơ trực tuyến đạt 50%.")
    assert told(text)["50"] == ("2022", "target")


def test_the_year_of_several_indices_goes_before_an_edition_told_later() -> None:
    lead = "Cả 4 bộ chỉ số của năm 2023 đã được công bố."
    text = news("25/05/2024", f"{lead} Chỉ số PCI đạt 66,2 điểm. Trước đó, PCI 2022 của tỉnh đạt 65,1 điểm.")
    found = told(text)
    assert (found["66.2"][0], found["65.1"][0]) == ("2023", "2022")

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

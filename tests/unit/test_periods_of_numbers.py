"""When a number holds: the nearest period that the text states, from the clause outwards."""

from __future__ import annotations

import pytest
from layer_samples import sample

from pipeline.assemble.periods import Periods

HEAD = (
    "UBND TỈNH SƠN LA\nSố: 841/BC-UBND\nSơn La, ngày 20 tháng 12 năm 2022\n\nBÁO CÁO\n"
    "Công tác cải cách hành chính năm 2022\n\n"
)
Told = tuple[str, str, bool] | None


def period(text: str, number: str, *, stock: bool = False, plan: bool = False, compared: bool = False) -> Told:
    """The code of a number's period, the words that state it, and whether they stand outside its sentence."""
    found = sample(text)
    place, sentence, block = found.place(number)
    told, outside = Periods(found.context).of(place, sentence, block, stock=stock, plan=plan, compared=compared)
    assert told is None or told.span is not None
    return told and told.span and (told.code, told.span.of(found.text), outside)


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        # The number's own clause, before it and then behind it.
        ("Năm 2021 nhận 500 hồ sơ; năm 2022 nhận 600 hồ sơ.", "500", ("2021", "Năm 2021", False)),
        ("Năm 2021 nhận 500 hồ sơ; năm 2022 nhận 600 hồ sơ.", "600", ("2022", "năm 2022", False)),
        ("Tỉnh nhận 500 hồ sơ trong quý I/2023.", "500", ("2023-Q1", "quý I/2023", False)),
        ("Năm 2021 nhận nhiều hồ sơ; trả 500 hồ sơ.", "500", ("2021", "Năm 2021", False)),
        # Right behind the number.
        ("Tỷ lệ tăng từ 21,7% năm 2021 lên 43,5% trong năm 2022.", "21,7", ("2021", "năm 2021", False)),
        ("Tỷ lệ tăng từ 21,7% năm 2021 lên 43,5% trong năm 2022.", "43,5", ("2022", "năm 2022", False)),
        # A date in brackets is of what is in them.
        ("Năm 2022 đạt 90% (năm 2021: 85%), tồn 12 hồ sơ.", "85", ("2021", "năm 2021", False)),
        ("Năm 2022 đạt 90% (năm 2021: 85%), tồn 12 hồ sơ.", "12", ("2022", "Năm 2022", False)),
        # What is compared with is no period, nor are the years of a programme, nor a beginning.
        (HEAD + "So với năm 2021 nhận 700 hồ sơ.", "700", ("2022", "năm 2022", True)),
        (HEAD + "Thực hiện Đề án giai đoạn 2021-2025 cắt giảm 47 thủ tục.", "47", ("2022", "năm 2022", True)),
        ("Từ năm 2020, tỉnh có 12 thủ tục.", "12", None),
        # Several years hold for their own paragraph, and below a heading.
        ("Giai đoạn 2016-2020 cắt giảm 12 phòng.", "12", ("2016-01-01/2020-12-31", "2016-2020", False)),
        ("Từ năm 2015 tới năm 2018, giảm 12 phòng.", "12", ("2015-01-01/2018-12-31", "năm 2015 tới năm 2018", False)),
        ("Trong năm 2016-2018 giảm 9 phòng. Cắt 12 cục.", "12", ("2016-01-01/2018-12-31", "năm 2016-2018", True)),
        (HEAD + "Giai đoạn 2016-2020 giảm 9 phòng.\nCắt 47 chi cục.", "47", ("2022", "năm 2022", True)),
        (HEAD + "Năm 2021 và 2 tháng đầu năm 2022, thẩm định 47 văn bản.", "47",
            ("2021-01-01/2022-02-28", "Năm 2021 và 2 tháng đầu năm 2022", False)),
        (HEAD + "Sau một tháng hoạt động (1-7 đến 31-7), nhận 47 hồ sơ.", "47", ("2022-07", "1-7 đến 31-7", False)),
        # Days in brackets at the end of a heading, or set off by a comma, hold for what follows.
        (HEAD + "2. Kết quả hồ sơ (từ ngày 01/01/2022 đến ngày 10/9/2022)\n- Nhận 47 hồ sơ.", "47",
            ("2022-01-01/2022-09-10", "01/01/2022 đến ngày 10/9/2022", True)),
        (HEAD + "Sau 5 tháng (từ 01/7/2022 đến 30/11/2022), sở nhận 9 hồ sơ. Trả 47 hồ sơ.", "47",
            ("2022-07-01/2022-11-30", "01/7/2022 đến 30/11/2022", True)),
        # Where a change began, at a time that nothing tells, is not where it ended.
        (HEAD + "Tỷ lệ giảm từ 7,9% xuống còn 2,1%.", "2,1", ("2022", "năm 2022", True)),
        (HEAD + "Tỷ lệ giảm từ 7,9% xuống còn 2,1%.", "7,9", None),
        # A flow up to the end of a month runs from the year's first day.
        ("Đến hết tháng 4/2018, tiếp nhận 700 hồ sơ.", "700", ("2018-01-01/2018-04-30", "tháng 4/2018", False)),
        # Outside: earlier in the block, the words that open the list, the title.
        ("Năm 2022, nhiều hồ sơ. Nhận 700 hồ sơ.", "700", ("2022", "Năm 2022", True)),
        ("Năm 2021, kết quả như sau:\n- Nhận 700 hồ sơ;\n- Trả 600 hồ sơ.", "600", ("2021", "Năm 2021", True)),
        (HEAD + "Nhận 700 hồ sơ.", "700", ("2022", "năm 2022", True)),
        ("Nhận 700 hồ sơ.", "700", None),
        # What the document declares for its figures.
        (
            HEAD + "Số liệu tính từ ngày 15/12/2021 đến ngày 14/6/2022.\n\nNhận 90 hồ sơ.", "90",
            ("2021-12-15/2022-06-14", "15/12/2021 đến ngày 14/6/2022", True),
        ),
        # Days that the first paragraph gives, just ended, hold for what has come of the year's tasks by then.
        (
            HEAD + "Từ ngày 15/6/2022 đến ngày 14/12/2022, Sở Nội vụ đã triển khai nhiều nội dung cải cách.\n\n"
            "Năm 2022, Sở đề ra 42 nhiệm vụ; đến nay hoàn thành 23 nhiệm vụ.", "23",
            ("2022-06-15/2022-12-14", "15/6/2022 đến ngày 14/12/2022", True),
        ),
        # The day on which figures of a past month were taken from a system is not their time.
        (
            "UBND TỈNH SƠN LA\nSố: 8/TB-VP\nSơn La, ngày 05 tháng 11 năm 2021\n\nTHÔNG BÁO\nKết quả tháng 10/2021\n\n"
            "Căn cứ số liệu kết xuất lúc 8 giờ ngày 01/11/2021, kết quả như sau:\n\nNhận 90 hồ sơ.", "90",
            ("2021-10", "tháng 10/2021", True),
        ),
    ],
)  # fmt: skip
def test_the_nearest_statement(text: str, number: str, expected: Told) -> None:
    assert period(text, number) == expected


def test_the_days_of_a_label_hold_for_every_later_mention() -> None:
    text = "Quý II/2022 (từ 15/3 đến 14/6/2022), nhận 700 hồ sơ.\n\nTrong quý II/2022 giải quyết 650 hồ sơ."
    days = ("2022-03-15/2022-06-14", "15/3 đến 14/6/2022", False)
    assert period(text, "700") == days
    assert period(text, "650") == days


@pytest.mark.parametrize(
    ("label", "days"),
    [
        ("9 tháng đầu năm 2023", "(Số liệu từ ngày 15/12/2022 đến ngày 14/9/2023)"),
        ("9 tháng đầu năm 2023", "(Từ ngày 15/12/2022 đến ngày 14/9/2023)"),
        ("9 tháng năm 2023", "Số liệu tính từ 15/12/2022 đến 14/9/2023."),
    ],
)
def test_the_days_below_a_title_are_those_of_a_period_that_has_no_name(label: str, days: str) -> None:
    """A quarter has a code of its own; nine months are a stretch like any other, but no days."""
    head = HEAD.replace("năm 2022\n\n", f"{label}\n{days}\n\n").replace("tháng 12 năm 2022", "tháng 9 năm 2023")
    told = period(head + "Trong kỳ nhận 700 hồ sơ.", "700")
    assert told is not None
    assert told[0] == "2022-12-15/2023-09-14"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hội nghị sơ kết 6 tháng đầu năm và triển khai nhiệm vụ 6 tháng cuối năm 2022.\n\nĐã nhận 700 hồ sơ.",
            "2022-S1",
        ),
        ("Họp bàn phương hướng 6 tháng cuối năm 2022.\n\nĐã nhận 700 hồ sơ.", "2022"),
        ("Yêu cầu đến cuối năm 2022, tỷ lệ đạt 700%.", "2022"),
        ("So với cuối năm 2021, nhận thêm 700 hồ sơ.", "2022"),
    ],
)
def test_times_that_lie_ahead_or_end_with_the_year(text: str, expected: str) -> None:
    head = HEAD.replace("tháng 12 năm 2022", "tháng 7 năm 2022")
    told = period(head + text, "700")
    assert told is not None
    assert told[0] == expected


def test_days_far_from_a_label_are_not_its_days() -> None:
    text = "Quý II/2022 (từ 15/9 đến 14/12/2022), nhận 700 hồ sơ.\n\nTrong quý II/2022 giải quyết 650 hồ sơ."
    assert period(text, "650") == ("2022-Q2", "quý II/2022", False)


@pytest.mark.parametrize(("stock", "code"), [(False, "2022-01-01/2022-06-14"), (True, "2022-06-14")])
def test_a_flow_up_to_a_day_runs_from_new_year(stock: bool, code: str) -> None:
    assert period("Đến ngày 14/6/2022, có 700 hồ sơ.", "700", stock=stock) == (code, "14/6/2022", False)


@pytest.mark.parametrize(("plan", "expected"), [(False, None), (True, ("2023", "năm 2023", False))])
def test_the_year_of_a_plan_is_that_of_its_numbers_alone(plan: bool, expected: Told) -> None:
    assert period("Kế hoạch năm 2023 của tỉnh giao 214 nhiệm vụ.", "214", plan=plan) == expected


@pytest.mark.parametrize(("compared", "code"), [(False, "2022"), (True, "2018")])
def test_a_compared_number_is_dated_by_the_words_before_its_bracket(compared: bool, code: str) -> None:
    told = period("Năm 2022 đạt 96%, cao hơn năm 2018 (90%).", "90", compared=compared)
    assert told is not None
    assert told[0] == code


def test_the_period_that_a_plan_speaks_of() -> None:
    text = HEAD.replace("BC-", "KH-").replace("BÁO CÁO", "KẾ HOẠCH").replace("chính năm 2022", "chính năm 2023")
    planned = Periods(sample(text + "Năm 2022 đã nhận 700 hồ sơ.").context).planned(stock=False)
    assert planned is not None
    assert planned.code == "2023"


def news(day: str, text: str) -> str:
    return f"Lào Cai: Nhiều kết quả trong cải cách hành chính\n\nNgày đăng: {day} 08:12\n\n{text}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A flow up to the end of a month or quarter runs from the year's first day; a stock is of then.
        (news("15/10/2023", "Tính đến cuối tháng 9, toàn tỉnh tiếp nhận 77 hồ sơ."), "2023-01-01/2023-09-30"),
        (news("15/10/2023", "Đến hết quý III/2023, toàn tỉnh tiếp nhận 77 hồ sơ."), "2023-01-01/2023-09-30"),
        (news("15/8/2023", "Phấn đấu đến hết quý III/2023 còn 77 hồ sơ."), "2023-Q3"),
        # How far something had come by then is said of its own clause.
        (news("15/1/2023", "Năm 2022, đến cuối tháng 11 xong 43 việc; tiếp nhận 77 hồ sơ."), "2022"),
        # A running total of what was told of a month ends with it.
        (
            news("15/10/2023", "Tháng 9, tỉnh nhận 43 hồ sơ; lũy kế từ đầu năm là 77 hồ sơ."),
            "2023-01-01/2023-09-30",
        ),
        (news("15/10/2023", "Từ đầu năm đến nay, tỉnh nhận 77 hồ sơ."), "2023-01-01/2023-10-15"),
        # Since a day, a month or a year that is told.
        (news("15/10/2025", "Từ ngày 1/7/2025 đến nay, tỉnh nhận 77 hồ sơ."), "2025-07-01/2025-10-15"),
        (news("15/10/2025", "Từ tháng 7/2025 đến nay, tỉnh nhận 77 hồ sơ."), "2025-07-01/2025-10-15"),
        (news("15/10/2025", "Từ khi vận hành (01/7/2025) đến nay, tỉnh nhận 77 hồ sơ."), "2025-07-01/2025-10-15"),
        (news("15/10/2023", "Từ năm 2021 đến nay, tỉnh nhận 77 hồ sơ."), "2021-01-01/2023-10-15"),
        (news("15/10/2023", "Từ năm 2021 đến nay, tỉnh ban hành nhiều văn bản.\n\nĐã nhận 77 hồ sơ."), None),
        # Years that are over open what is said of them all; a programme's years do not.
        (news("15/10/2023", "Giai đoạn 2021 - 2023, tỉnh nhận 77 hồ sơ."), "2021-01-01/2023-12-31"),
        (news("15/10/2023", "Trong 3 năm (2021 - 2023), tỉnh nhận 77 hồ sơ."), "2021-01-01/2023-12-31"),
        (news("15/10/2023", "Giai đoạn 2021 - 2025, tỉnh nhận 77 hồ sơ."), None),
        (news("15/10/2023", "Thực hiện Chương trình giai đoạn 2021 - 2023, tỉnh nhận 77 hồ sơ."), None),
        # The year that is over, or nearly over.
        (news("05/01/2024", "Năm qua, tỉnh nhận 77 hồ sơ."), "2023"),
        (news("25/12/2023", "Trong năm, tỉnh nhận 77 hồ sơ."), "2023"),
        (news("15/06/2023", "Trong năm, tỉnh nhận 77 hồ sơ."), None),
        (news("05/01/2024", "Năm 2022, tỉnh mở nhiều lớp. Trong năm, tỉnh nhận 77 hồ sơ."), "2022"),
        # The edition of an index is no figure's time but its own.
        (
            news("15/7/2022", "6 tháng đầu năm: PAR INDEX năm 2021 đạt 85,12%, xếp thứ 41/63; nhận 77 hồ sơ."),
            "2022-S1",
        ),
        # One day.
        (news("15/10/2025", "Chỉ trong ngày 14/10, tỉnh nhận 77 hồ sơ."), "2025-10-14"),
        (news("15/10/2025", "Ngày 14/10, tỉnh họp về việc nhận 77 hồ sơ."), None),
    ],
)
def test_periods_of_news(text: str, expected: str | None) -> None:
    told = period(text, "77")
    assert (told and told[0]) == expected

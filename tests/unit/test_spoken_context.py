"""Whom and when a text means by words that take up what it is about: "trên địa bàn huyện", "năm nay", "năm ngoái"."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.process import read_document
from pipeline.rulebook.book import load


def told(text: str) -> list[tuple[str, str, str | None, str | None]]:
    found = extract(read_document(text.encode(), "text.txt"), load()).observations
    return [(o.indicator, str(o.value), o.subject, o.time_period) for o in found]


@pytest.mark.parametrize(
    ("home", "subject"),
    [
        # The kind alone, three times, and one unit of that kind: the text is at home there.
        (
            "Kế hoạch của huyện được ban hành; trên địa bàn huyện có 12 xã, toàn huyện có 96 thôn.",
            "Huyện Lắk tỉnh Đắk Lắk",
        ),
        # Once may be anybody; so may it where the text is of all the province.
        ("Kế hoạch của huyện được ban hành.", "Tỉnh Đắk Lắk"),
        ("Kế hoạch của huyện được ban hành; trên địa bàn huyện có 12 xã, toàn tỉnh có 184 xã.", "Tỉnh Đắk Lắk"),
        ("Các mô hình của huyện Lắk, của huyện Cư Kuin khác nhau; trên địa bàn huyện có 12 xã.", "Tỉnh Đắk Lắk"),
    ],
)
def test_a_unit_is_known_by_how_its_text_speaks_at_home(home: str, subject: str) -> None:
    lead = (
        "Báo cáo công tác cải cách hành chính năm 2021\n\n"
        "Căn cứ chỉ đạo của UBND tỉnh Đắk Lắk và kế hoạch của Ủy ban nhân dân huyện Lắk;\n\n"
    )
    assert ("dossier.received", "5120", subject, "2021") in told(f"{lead}{home}\n\nTiếp nhận 5.120 hồ sơ.\n")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Năm 2021 tỉnh ở vị trí 40, năm nay đứng thứ 31.", [("40", "2021"), ("31", "2022")]),
        ("Năm 2018 xếp hạng 58; sau 3 năm vươn lên hạng 33.", [("58", "2018"), ("33", "2021")]),
        ("Tỉnh xếp thứ 31/63 tỉnh, thành phố (tăng 9 bậc so với năm 2021).", [("31", "2022"), ("9", "2022")]),
    ],
)
def test_years_that_are_counted_from_another(sentence: str, expected: list[tuple[str, str]]) -> None:
    lead = "PCI năm 2022 của Phú Yên tăng so với năm 2021\n\n12/4/2023 08:00\n\n"
    found = told(f"{lead}{sentence}\n")
    assert [(value, period) for indicator, value, _, period in found if indicator.startswith("index.rank")] == expected


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Năm ngoái, tỉnh Phú Yên tiếp nhận 81.200 hồ sơ.", "2023"),
        # What is compared with is no time of its own.
        ("Tăng mạnh so với năm ngoái, tỉnh Phú Yên tiếp nhận 81.200 hồ sơ.", None),
    ],
)
def test_last_year_leads_its_sentence(text: str, period: str | None) -> None:
    assert told(f"Tin Phú Yên\n\n10/01/2024 08:00\n\n{text}\n") == [
        ("dossier.received", "81200", "Tỉnh Phú Yên", period)
    ]


def test_the_days_of_a_document_are_those_of_its_month() -> None:
    text = (
        "Kết quả giải quyết hồ sơ từ ngày 16/3 đến ngày 15/4/2023\n\n20/4/2023 08:00\n\n"
        "Trong tháng 4/2023, tỉnh Phú Yên tiếp nhận 9.120 hồ sơ.\n"
    )
    assert told(text) == [("dossier.received", "9120", "Tỉnh Phú Yên", "2023-03-16/2023-04-15")]


def test_the_day_of_a_stock_is_not_that_of_the_next_paragraph() -> None:
    text = (
        "UBND TỈNH PHÚ YÊN\n\nSố: 88/BC-UBND\n\nPhú Yên, ngày 20 tháng 9 năm 2022\n\nBÁO CÁO\n\n"
        "Công tác cải cách hành chính quý III/2022\n\nTính đến ngày 15/8/2022, tỉnh có 1.802 thủ tục hành chính.\n\n"
        "Các cơ quan tiếp nhận 9.120 hồ sơ.\n"
    )
    assert ("dossier.received", "9120", "Tỉnh Phú Yên", "2022-Q3") in told(text)


def test_a_plan_looks_back_on_the_year_that_it_told_of() -> None:
    text = (
        "UBND TỈNH PHÚ YÊN\n\nSố: 88/KH-UBND\n\nPhú Yên, ngày 20 tháng 5 năm 2024\n\nKẾ HOẠCH\n\n"
        "Nâng cao Chỉ số PAR INDEX năm 2024\n\n"
        "Bộ Nội vụ đã công bố kết quả PAR INDEX năm 2023. Chỉ số của tỉnh là 84,15%. Phấn đấu đạt 87%.\n"
    )
    found = extract(read_document(text.encode(), "text.txt"), load()).observations
    assert [(str(o.value), o.time_period, o.obs_status) for o in found if o.indicator == "index.score"] == [
        ("84.15", "2023", "actual"),
        ("87", "2024", "target"),
    ]

"""Calendar expressions: what is one, where it stands, and what of it is written."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.match.dates import DateAtom, date_atoms
from pipeline.text.fold import normal_view
from pipeline.values.dates import CalendarPoint, parse_ordinal


def written(point: CalendarPoint | None) -> str:
    """A point as far as it is written: 2021-06-18, ?-06-18, 2021-06, 2021."""
    if point is None:
        return ""
    parts = [str(point.year) if point.year else "?"]
    parts += [f"{part:02}" for part in (point.month, point.day) if part]
    return "-".join(parts)


def brief(text: str, atom: DateAtom) -> tuple[str, str, str]:
    ends = atom.anchor if atom.kind == "deictic" else f"{written(atom.first)}..{written(atom.last)}"
    return atom.span.of(text), atom.kind, ends


ATOMS = [
    # days with a year
    ("ngày 07/12/2018", [("07/12/2018", "day", "2018-12-07..2018-12-07")]),
    ("Ngày 21.01.2021, Ban", [("21.01.2021", "day", "2021-01-21..2021-01-21")]),
    ("7-12-2018", [("7-12-2018", "day", "2018-12-07..2018-12-07")]),
    ("06 / 7 /2005", [("06 / 7 /2005", "day", "2005-07-06..2005-07-06")]),
    ("Thứ Hai, 16/05/2022, 07:50 [GMT+7]", [("16/05/2022", "day", "2022-05-16..2022-05-16")]),
    ("2021-06-18T10:00", [("2021-06-18", "day", "2021-06-18..2021-06-18")]),
    ("ngày 14 tháng5 năm 2008", [("ngày 14 tháng5 năm 2008", "day", "2008-05-14..2008-05-14")]),
    ("ngày\n28 tháng 4 năm 2023", [("ngày\n28 tháng 4 năm 2023", "day", "2023-04-28..2023-04-28")]),
    ("NGÀY 19\nTHÁNG 11 NĂM 2013", [("NGÀY 19\nTHÁNG 11 NĂM 2013", "day", "2013-11-19..2013-11-19")]),
    # days without a year need a word before them, and no unit behind
    ("hôm 28/4, trong", [("28/4", "day", "?-04-28..?-04-28")]),
    ("chiều 22-3 đã", [("22-3", "day", "?-03-22..?-03-22")]),
    ("tính đến 15/6.", [("15/6", "day", "?-06-15..?-06-15")]),
    ("ngày 5 tháng 9 tới", [("ngày 5 tháng 9", "day", "?-09-05..?-09-05")]),
    ("từ ngày 3 đến 28-9, như", [("ngày 3 đến 28-9", "interval", "?-09-03..?-09-28")]),
    ("từ ngày 03 đến hết 28/9/2024", [("ngày 03 đến hết 28/9/2024", "interval", "2024-09-03..2024-09-28")]),
    (
        "các ngày 1/7, 15/7 và 1/8/2025",
        [
            ("1/7", "day", "?-07-01..?-07-01"),
            ("15/7", "day", "2025-07-15..2025-07-15"),
            ("1/8/2025", "day", "2025-08-01..2025-08-01"),
        ],
    ),
    # months, quarters, halves, years
    ("tháng 09/2021", [("tháng 09/2021", "month", "2021-09..2021-09")]),
    ("Tháng 5-2021", [("Tháng 5-2021", "month", "2021-05..2021-05")]),
    ("hết 12/2021", [("12/2021", "month", "2021-12..2021-12")]),
    ("quý I/2022", [("quý I/2022", "quarter", "2022-01..2022-03")]),
    ("quý III-2020", [("quý III-2020", "quarter", "2020-07..2020-09")]),
    ("Quý 4 năm 2023", [("Quý 4 năm 2023", "quarter", "2023-10..2023-12")]),
    (
        "Quý II, III năm 2022",
        [("Quý II", "quarter", "2022-04..2022-06"), ("III năm 2022", "quarter", "2022-07..2022-09")],
    ),
    ("6 tháng đầu năm 2021", [("6 tháng đầu năm 2021", "half", "2021-01..2021-06")]),
    ("Sáu tháng cuối năm", [("Sáu tháng cuối năm", "half", "?-07..?-12")]),
    ("9 tháng năm 2020", [("9 tháng năm 2020", "months", "2020-01..2020-09")]),
    ("3 tháng cuối năm 2022", [("3 tháng cuối năm 2022", "months", "2022-10..2022-12")]),
    ("trong 7 tháng qua,", [("7 tháng qua", "months", "?-01..?-07")]),
    ("nửa đầu năm 2021", [("nửa đầu năm 2021", "half", "2021-01..2021-06")]),
    ("năm 2022", [("năm 2022", "year", "2022..2022")]),
    ("các năm 2019, 2020 và 2021", [(w, "year", f"{w[-4:]}..{w[-4:]}") for w in ("năm 2019", "2020", "2021")]),
    ("PAPI 2019: Huế", [("2019", "year", "2019..2019")]),
    ("cải cách hành chính 2022 như:", [("2022", "year", "2022..2022")]),
    ("giảm 01 bậc so với 2021.", [("2021", "year", "2021..2021")]),
    ("tăng so với 2019, đạt", [("2019", "year", "2019..2019")]),
    ("so với 2021 hồ sơ", []),
    ("Điểm chỉ số 766 tháng 11/2025", [("tháng 11/2025", "month", "2025-11..2025-11")]),
    ("tỷ lệ 85,325 tháng 6/2021", [("tháng 6/2021", "month", "2021-06..2021-06")]),
    # the year is the neighbour's
    (
        "tháng 9 và quý III/2021",
        [("tháng 9", "month", "2021-09..2021-09"), ("quý III/2021", "quarter", "2021-07..2021-09")],
    ),
    (
        "6 tháng đầu năm và nhiệm vụ trọng tâm 6 tháng cuối năm 2021",
        [
            ("6 tháng đầu năm", "half", "2021-01..2021-06"),
            ("6 tháng cuối năm 2021", "half", "2021-07..2021-12"),
        ],
    ),
    # intervals
    (
        "Tính từ 15/12/2021 đến ngày 9/6/2022",
        [("15/12/2021 đến ngày 9/6/2022", "interval", "2021-12-15..2022-06-09")],
    ),
    ("(từ 01/12/2017 – 31/5/2018)", [("01/12/2017 – 31/5/2018", "interval", "2017-12-01..2018-05-31")]),
    ("(1/7-31/8/2025)", [("1/7-31/8/2025", "interval", "2025-07-01..2025-08-31")]),
    (
        "quý I (1/12–29/2)",
        [("quý I", "quarter", "?-01..?-03"), ("1/12–29/2", "interval", "?-12-01..?-02-29")],
    ),
    ("Từ ngày 1.1 đến ngày 6.7", [("1.1 đến ngày 6.7", "interval", "?-01-01..?-07-06")]),
    ("từ ngày 1-1 đến 12-3-2018", [("1-1 đến 12-3-2018", "interval", "2018-01-01..2018-03-12")]),
    ("từ 15/12 đến 14/6/2022", [("15/12 đến 14/6/2022", "interval", "2021-12-15..2022-06-14")]),
    (
        "(từ ngày 01 đến ngày 30 tháng 9 năm 2023)",
        [("ngày 01 đến ngày 30 tháng 9 năm 2023", "interval", "2023-09-01..2023-09-30")],
    ),
    (
        "tính từ ngày 01/7/2025, thời điểm tỉnh mới (hợp nhất từ Bến Tre, Trà Vinh) hoạt động, đến ngày 25/9/2025",
        [
            (
                "01/7/2025, thời điểm tỉnh mới (hợp nhất từ Bến Tre, Trà Vinh) hoạt động, đến ngày 25/9/2025",
                "interval",
                "2025-07-01..2025-09-25",
            )
        ],
    ),
    ("Tuần qua (từ 2 - 8/10), tỉnh", [("từ 2 - 8/10", "interval", "?-10-02..?-10-08")]),
    ("đạt từ 2 - 8/10 điểm", []),
    ("3 quý đầu năm 2023, tỉnh", [("3 quý đầu năm 2023", "months", "2023-01..2023-09")]),
    ("2 quý đầu năm, tỉnh", [("2 quý đầu năm", "half", "?-01..?-06")]),
    ("từ ngày 15-21 tháng 9, đã", [("ngày 15-21 tháng 9", "interval", "?-09-15..?-09-21")]),
    ("Từ 15/12 năm trước đến 14/3/2023", [("15/12 năm trước đến 14/3/2023", "interval", "2022-12-15..2023-03-14")]),
    ("từ ngày 15/12 năm ngoái đến ngày 14/3", [("15/12 năm ngoái đến ngày 14/3", "interval", "?-12-15..?-03-14")]),
    ("từ ngày 21/7đến 20/8/2021", [("21/7đến 20/8/2021", "interval", "2021-07-21..2021-08-20")]),
    (
        "từ ngày 01 tháng 01 đến ngày 25 tháng 4 năm 2017",
        [("ngày 01 tháng 01 đến ngày 25 tháng 4 năm 2017", "interval", "2017-01-01..2017-04-25")],
    ),
    ("ngày 12-14/5/2021", [("ngày 12-14/5/2021", "interval", "2021-05-12..2021-05-14")]),
    (
        "giai đoạn 2021 – 2025, định hướng đến năm 2030",
        [("2021 – 2025", "interval", "2021..2025"), ("năm 2030", "year", "2030..2030")],
    ),
    ("từ năm 2016 đến năm 2020", [("năm 2016 đến năm 2020", "interval", "2016..2020")]),
    ("từ đầu năm đến đầu tháng 11-2022", [("từ đầu năm đến đầu tháng 11-2022", "interval", "2022-01-01..2022-11-01")]),
    ("từ tháng 6 đến giữa tháng 9/2023", [("tháng 6 đến giữa tháng 9/2023", "interval", "2023-06..2023-09")]),
    ("| 10/2023 | 4.100 |\n| 10/2023 hồ sơ |", [("10/2023", "month", "2023-10..2023-10")]),
    ("từ tháng 12/2021 đến tháng 5/2022", [("tháng 12/2021 đến tháng 5/2022", "interval", "2021-12..2022-05")]),
    ("từ đầu năm tới ngày 31/8", [("từ đầu năm tới ngày 31/8", "interval", "?-01-01..?-08-31")]),
    # times without numbers
    ("Từ đầu năm đến nay, tỉnh", [("Từ đầu năm đến nay", "deictic", "year_to_date")]),
    ("Hiện, 100% các xã", [("Hiện", "deictic", "now")]),
    (
        "tăng so với cùng kỳ năm 2020",
        [("cùng kỳ", "deictic", "same_period"), ("năm 2020", "year", "2020..2020")],
    ),
]


@pytest.mark.parametrize(("text", "atoms"), ATOMS, ids=[text[:40] for text, _ in ATOMS])
def test_expressions(text: str, atoms: list[tuple[str, str, str]]) -> None:
    assert [brief(text, atom) for atom in date_atoms(text)] == atoms


@pytest.mark.parametrize(
    "text",
    [
        "xếp thứ 6/20 sở, ban, ngành",
        "30/50 nhiệm vụ",
        "có 5/9 huyện, thị xã",
        "đến 5/9 huyện",
        "xếp thứ 01/7 TP",
        "đường dây nóng 24/7 nhận",
        "đạt 9/12 tiêu chí",
        "từ 10-12 ngày xuống",
        "10-30%",
        "1/1/0001",
        "ngày 19/8/19999",
        "ngày 31/02/2021",
        "ngày     tháng 01 năm 2024",
        "ngày tháng năm sinh",
        "tiếp nhận 2020 hồ sơ",
        "ISO 9001:2015",
        "Số 10 - Đường 3 Tháng 2 - Quận 10",
        "cách mạng tháng 8 thành công",
        "Điện thoại: (0226) 3.000.018",
        "24/2015/TT-BNNPTNT",
        "44 /2005/QĐ-UBND",
        "sau 12 tháng, kể từ ngày nhận",
        "thực hiện nhiệm vụ",
    ],
)
def test_look_alikes(text: str) -> None:
    assert date_atoms(text) == ()


@pytest.mark.parametrize(("text", "atoms"), ATOMS[:20], ids=[text[:40] for text, _ in ATOMS[:20]])
def test_noise_around_changes_nothing(text: str, atoms: list[tuple[str, str, str]]) -> None:
    noise = "Sở Nội vụ báo cáo UBND tỉnh kết quả 12.345 hồ sơ. " * 50
    twin = f"{noise}\n{text}\n{noise}"
    assert [brief(twin, atom) for atom in date_atoms(twin)] == atoms


@given(
    st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(["{d}/{m}/{y}", "{d:02}.{m:02}.{y}", "{d}-{m}-{y}"])
)
def test_every_day_is_read_in_every_spelling(day: date, spelling: str) -> None:
    text = spelling.format(d=day.day, m=day.month, y=day.year)
    long = f"ngày {day.day} tháng {day.month} năm {day.year}"
    for written_day in (f"ngày {text}", long):
        (atom,) = date_atoms(f"Hà Nội, {written_day}.")
        assert (atom.kind, atom.first and atom.first.first_day()) == ("day", day)


@given(st.text(alphabet="0123456789/.- ngàythángnămquýđếntừ\n%", max_size=60))
def test_any_text_gives_ordered_atoms_inside_it(text: str) -> None:
    atoms = date_atoms(text)
    assert all(0 <= atom.span.start < atom.span.end <= len(text) for atom in atoms)
    assert all(left.span.end <= right.span.start for left, right in pairwise(atoms))
    assert date_atoms(normal_view(text)) == atoms


@pytest.mark.parametrize(("word", "number"), [("IV", 4), ("03", 3), ("giêng", 1), ("Mười  hai", 12), ("x", None)])
def test_ordinals(word: str, number: int | None) -> None:
    assert parse_ordinal(word) == number

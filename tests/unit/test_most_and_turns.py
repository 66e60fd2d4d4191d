"""Who has most of what was told before, who has the places of a list, and what still waits."""

from __future__ import annotations

import pytest
from test_count_phrasings import rows as counts
from test_index_context import rows as indices

_LATE = "Các sở được giao 900 nhiệm vụ, 826 nhiệm vụ đã xong và 74 nhiệm vụ quá hạn. "
_WAITS = "Sở Tư pháp tiếp nhận 900 hồ sơ, giải quyết 800 hồ sơ; "


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (_LATE + "Nhiều nhất là Sở Xây dựng với 19 nhiệm vụ; tiếp theo là Sở Y tế 16 nhiệm vụ.",
         ["task.overdue 19 Sở Xây dựng", "task.overdue 16 Sở Y tế"]),
        (_LATE + "\nDẫn đầu danh sách này là Sở Xây dựng với 19 nhiệm vụ, Sở Y tế 16 nhiệm vụ.",
         ["task.overdue 19 Sở Xây dựng", "task.overdue 16 Sở Y tế"]),
        ("Nhiều việc chậm nhất là Sở Xây dựng với 19 nhiệm vụ; tiếp theo là Sở Y tế 16 nhiệm vụ.",
         ["task.overdue 19 Sở Xây dựng", "task.overdue 16 Sở Y tế"]),
        ("Toàn tỉnh còn 873 hồ sơ trễ hạn. Nhiều nhất là Sở Xây dựng với 190 hồ sơ; kế đến là Sở Y tế 160 hồ sơ.",
         ["dossier.pending_overdue 190 Sở Xây dựng", "dossier.pending_overdue 160 Sở Y tế"]),
        ("Toàn tỉnh đang giải quyết 1.200 hồ sơ. Tập trung nhiều nhất ở Sở Xây dựng với 390 hồ sơ, Sở Y tế 210 hồ sơ.",
         ["dossier.pending 390 Sở Xây dựng", "dossier.pending 210 Sở Y tế"]),
        ("UBND tỉnh trả lại 45 hồ sơ. Nhiều nhất là Sở Xây dựng với 19 hồ sơ.", ["dossier.returned 19 Sở Xây dựng"]),
        ("Tỷ lệ hồ sơ trễ hạn toàn tỉnh là 1,3%. Cao nhất là Sở Xây dựng (8,4%), kế đến Sở Y tế (5,1%).",
         ["dossier.overdue_rate 8.4 Sở Xây dựng", "dossier.overdue_rate 5.1 Sở Y tế"]),
        ("Tỷ lệ hồ sơ trực tuyến của tỉnh đạt 61,2%. Cao nhất là Sở Xây dựng 98,4%; thấp nhất là Sở Y tế 15,1%.",
         ["dossier.online_rate 98.4 Sở Xây dựng", "dossier.online_rate 15.1 Sở Y tế"]),
        # What the sentence itself counts, or what is more than was told, is of something else.
        (_LATE + "Sở Xây dựng đứng đầu về số nhiệm vụ hoàn thành với 19 nhiệm vụ.", ["task.completed 19 Sở Xây dựng"]),
        ("Toàn tỉnh có 873 hồ sơ trễ hạn. Đơn vị tiếp nhận nhiều nhất là Sở Xây dựng với 190 hồ sơ.",
         ["dossier.received 190 Sở Xây dựng"]),
        ("Toàn tỉnh có 873 hồ sơ trễ hạn. Nhiều nhất tỉnh về lượng hồ sơ là Sở Xây dựng với 9.000 hồ sơ.",
         ["dossier.received 9000 Sở Xây dựng"]),
        ("Trung tâm tiếp nhận 5.099 hồ sơ; trả trước hạn 4.557 hồ sơ. Nhiều nhất là Sở Xây dựng với 1.082 hồ sơ.",
         ["dossier.received 1082 Sở Xây dựng"]),
        ("Tỷ lệ hồ sơ trực tuyến đạt 61,2%. Điểm bình quân về văn hóa đạt 85%. Cao nhất là Sở Xây dựng 98,4%.", []),
    ],
)  # fmt: skip
def test_who_has_most_has_most_of_what_was_told(text: str, told: list[str]) -> None:
    found = [f"{row.indicator} {row.value:f} {row.subject}" for row in counts(text) if row.subject != "Các sở"]
    assert [line for line in found if line.endswith(("Sở Xây dựng", "Sở Y tế"))] == told


@pytest.mark.parametrize(
    ("waits", "code"),
    [
        ("100 hồ sơ còn lại đang nằm trên bàn xử lý.", "pending"),
        ("100 hồ sơ còn lại đang được các phòng chuyên môn xử lý.", "pending"),
        ("số đang nằm ở khâu thẩm định là 100 hồ sơ.", "pending"),
        ("100 hồ sơ nằm chờ giải quyết.", "pending"),
        ("còn 100 hồ sơ đang luân chuyển giữa các phòng để xử lý.", "pending"),
        ("100 hồ sơ chưa đến hạn, 10 hồ sơ quá hạn.", "pending_in_time"),
        ("100 hồ sơ được chuyển tới phòng chuyên môn và đã xử lý xong.", "resolved"),
    ],
)
def test_what_lies_waits_or_goes_round_is_not_resolved(waits: str, code: str) -> None:
    found = [row.indicator for row in counts(_WAITS + waits) if row.value == 100]
    assert found == [f"dossier.{code}"]


def test_what_is_late_beside_what_is_not_due_still_waits() -> None:
    found = {row.value: row.indicator for row in counts(_WAITS + "90 hồ sơ chưa đến hạn, 10 hồ sơ quá hạn.")}
    assert (found[90], found[10]) == ("dossier.pending_in_time", "dossier.pending_overdue")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("DDCI 2021: xếp thứ hai và thứ ba lần lượt là Sở Ngoại vụ 80,14 điểm, Sở Tư pháp 79,65 điểm.",
         [(2, "Sở Ngoại vụ"), (3, "Sở Tư pháp")]),
        ("DDCI 2021: Vị trí thứ hai, thứ ba lần lượt thuộc về Sở Ngoại vụ (80,14 điểm) và Sở Tư pháp (79,65 điểm).",
         [(2, "Sở Ngoại vụ"), (3, "Sở Tư pháp")]),
        ("DDCI 2021: Các vị trí thứ 2, 3, 4 lần lượt là Sở Ngoại vụ, Sở Tư pháp và Sở Y tế.",
         [(2, "Sở Ngoại vụ"), (3, "Sở Tư pháp"), (4, "Sở Y tế")]),
        ("PAR INDEX 2021: Đứng thứ nhì và thứ ba lần lượt là Hải Phòng (91,8%) và Quảng Ninh (91,1%).",
         [(2, "Thành phố Hải Phòng"), (3, "Tỉnh Quảng Ninh")]),
        ("PCI 2022: Ba vị trí thứ nhất, nhì, ba lần lượt thuộc về Quảng Ninh, Bắc Giang và Hải Phòng.",
         [(1, "Tỉnh Quảng Ninh"), (2, "Tỉnh Bắc Giang"), (3, "Thành phố Hải Phòng")]),
        ("PAR INDEX 2021: thứ 2 và thứ 3 lần lượt là Bộ Tài chính với 90,1% và Bộ Tư pháp với 89,2%.",
         [(2, "Bộ Tài chính"), (3, "Bộ Tư pháp")]),
        # More places than names: nobody's.
        ("DDCI 2021: Các vị trí thứ hai, ba, tư lần lượt thuộc về Sở Ngoại vụ và một đơn vị khác.", []),
    ],
)  # fmt: skip
def test_places_before_those_who_have_them_in_turn(text: str, told: list[tuple[int, str]]) -> None:
    ranks = [row for row in indices(text) if row.indicator == "index.rank"]
    assert [(int(row.value), row.subject) for row in ranks] == told


def test_the_last_of_so_many_is_out_of_as_many() -> None:
    (rank,) = [row for row in indices("DDCI 2021: Sở Y tế đứng cuối trong 20 đơn vị.") if row.indicator == "index.rank"]
    assert (rank.value, rank.out_of) == (20, 20)


_SUM = (
    "Trong số 512 nhiệm vụ được giao, 441 nhiệm vụ đã hoàn thành, 33 chưa đến hạn và có tới 38 nhiệm vụ chậm tiến độ."
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{_SUM}\nCụ thể, Sở Xây dựng có 19 nhiệm vụ; Sở Y tế 16 nhiệm vụ; Sở Nội vụ 3 nhiệm vụ.", "task.overdue"),
        (f"{_SUM} Sở Xây dựng 19 nhiệm vụ, Sở Y tế 16 nhiệm vụ, Sở Nội vụ 3 nhiệm vụ.", "task.overdue"),
        # They add up to what was done, or to nothing that was told.
        (f"{_SUM}\nCụ thể, Sở Xây dựng có 400 nhiệm vụ; Sở Y tế 40 nhiệm vụ; Sở Nội vụ 1 nhiệm vụ.", "task.completed"),
        (f"{_SUM}\nCụ thể, Sở Xây dựng có 29 nhiệm vụ; Sở Y tế 16 nhiệm vụ; Sở Nội vụ 3 nhiệm vụ.", "task.total"),
        # What the list says of its own counts more.
        (f"{_SUM}\nSở Xây dựng được giao 19 nhiệm vụ; Sở Y tế đã hoàn thành 16 nhiệm vụ; Sở Nội vụ 3 nhiệm vụ.", None),
    ],
)
def test_a_list_is_of_the_figure_that_it_adds_up_to(text: str, told: str | None) -> None:
    found = {row.indicator for row in counts(text) if row.subject == "Sở Xây dựng"}
    assert found == ({told} if told else {"task.total"})


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Ở tuyến huyện, toàn tỉnh phải giải quyết 12.470 hồ sơ.", "district"),
        ("Riêng tuyến xã nhận 12.470 hồ sơ.", "commune"),
        ("Nộp trực tuyến xã viên gửi 12.470 hồ sơ.", None),
    ],
)
def test_tuyen_is_a_level(text: str, level: str | None) -> None:
    assert [row.level for row in counts(text)] == [level]


def test_one_that_has_its_own_bracket_takes_no_other_size() -> None:
    text = "DDCI 2021: đứng cuối trong 19 đơn vị là Sở Xây dựng. Thành phố Hồng Ngự xếp cuối (12/12) với 66,09 điểm."
    ranks = [(int(r.value), r.out_of) for r in indices(text) if r.indicator == "index.rank"]
    assert ranks == [(19, 19), (12, 12)]

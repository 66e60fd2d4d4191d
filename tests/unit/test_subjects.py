"""Whose number it is: the agency or place that the text puts before it, the document's where it names none."""

from __future__ import annotations

import pytest
from layer_samples import Sample, sample

from pipeline.assemble.subjects import Subjects
from pipeline.extract import extract
from pipeline.process import read_document
from pipeline.rulebook.book import load

HEAD = (
    "UBND TỈNH SƠN LA\nSố: 841/BC-UBND\nSơn La, ngày 20 tháng 12 năm 2022\n\nBÁO CÁO\n"
    "Công tác cải cách hành chính năm 2022\n\n"
)
CENTER = "Trung tâm Phục vụ hành chính công tỉnh Sơn La"
Told = tuple[str | None, str | None, str | None, bool]


def subject(text: str, number: str, *, wide: bool = False, served: bool = False) -> Told:
    """A number's subject, its code, the words that name it, and whether they stand outside its sentence."""
    found = sample(text)
    place, sentence, block = found.place(number)
    told, outside = Subjects(found.context).of(place, sentence, block, wide=wide, served=served)
    return told.name, told.ref_area, told.span.of(found.text) if told.span else None, outside


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Right before the number, in the province of the document or in its own.
        ("Sở Y tế 12 hồ sơ, Sở Nội vụ 77 hồ sơ.", ("Sở Nội vụ tỉnh Sơn La", "14", "Sở Nội vụ", False)),
        ("Sở Y tế 77 hồ sơ, Sở Nội vụ 12 hồ sơ.", ("Sở Y tế tỉnh Sơn La", "14", "Sở Y tế", False)),
        ("Tỉnh Lai Châu 77 hồ sơ.", ("Tỉnh Lai Châu", "12", "Tỉnh Lai Châu", False)),
        ("UBND huyện Mai Sơn có 77 hồ sơ.", ("UBND huyện Mai Sơn tỉnh Sơn La", "14", "UBND huyện Mai Sơn", False)),
        ("Huyện Mai Sơn có 77 hồ sơ.", ("Huyện Mai Sơn tỉnh Sơn La", "14", "Huyện Mai Sơn", False)),
        # A ministry is in no province.
        ("Bộ Y tế 77 hồ sơ.", ("Bộ Y tế", None, "Bộ Y tế", False)),
        # To whom it is assigned, not who assigns it.
        ("Thủ tướng Chính phủ giao Sở Y tế 77 nhiệm vụ.", ("Sở Y tế tỉnh Sơn La", "14", "Sở Y tế", False)),
        # The topic of the sentence, of the one before it in the block.
        ("Tại Sở Y tế, hồ sơ nhiều, đã trả 77 hồ sơ.", ("Sở Y tế tỉnh Sơn La", "14", "Sở Y tế", False)),
        ("Sở Y tế làm tốt. Đã trả 77 hồ sơ.", ("Sở Y tế tỉnh Sơn La", "14", "Sở Y tế", True)),
        ("Sở Y tế làm tốt.\n\nĐã trả 77 hồ sơ.", ("Tỉnh Sơn La", "14", None, True)),
        ("Sở Y tế làm tốt. Toàn tỉnh đã trả 77 hồ sơ.", ("Tỉnh Sơn La", "14", None, True)),
        (
            "Sở Y tế làm tốt. Cũng trong 9 tháng, tỉnh được Thủ tướng Chính phủ giao 77 nhiệm vụ.",
            ("Tỉnh Sơn La", "14", None, True),
        ),
        # Who speaks, who leads and who is only an object is not the subject.
        ("Giám đốc Sở Y tế cho biết, đã trả 77 hồ sơ.", ("Tỉnh Sơn La", "14", None, True)),
        ("Hôm qua, đại diện tỉnh Lai Châu đến thăm, đã trả 77 hồ sơ.", ("Tỉnh Sơn La", "14", None, True)),
        ("Theo Sở Y tế, tỷ lệ trên cổng tăng nên đã trả 77 hồ sơ.", ("Tỉnh Sơn La", "14", None, True)),
        ("Tiếp nhận 77 hồ sơ của Sở Y tế.", ("Tỉnh Sơn La", "14", None, True)),
        # A bare "huyện", "Trung tâm" stands for the one that was named.
        ("Huyện Mai Sơn làm tốt. Nhờ vậy, huyện có 77 hồ sơ.",
         ("Huyện Mai Sơn tỉnh Sơn La", "14", "Huyện Mai Sơn", False)),
        ("Huyện Mai Sơn làm tốt.\n\nToàn huyện đã trả 77 hồ sơ.",
         ("Huyện Mai Sơn tỉnh Sơn La", "14", "Huyện Mai Sơn", False)),
        (f"{CENTER} mở cửa. Trung tâm trả xong 77 hồ sơ.", (CENTER, "14", CENTER, False)),
        # In a list of communes a province's name is a commune's.
        ("Năm xã có nhiều hồ sơ quá hạn nhất gồm: Nam Định (77 hồ sơ).",
         ("Nam Định tỉnh Sơn La", "14", "Nam Định", False)),
    ],
)  # fmt: skip
def test_in_a_report_of_a_province(text: str, expected: Told) -> None:
    assert subject(HEAD + text, "77") == expected


@pytest.mark.parametrize(
    ("text", "wide", "name"),
    [
        ("Theo dõi của Sở Y tế: tỉnh có 77 thủ tục.", True, "Tỉnh Sơn La"),
        ("Sở Y tế làm tốt. Đã cắt giảm 77 thủ tục.", True, "Tỉnh Sơn La"),
        ("Sở Y tế làm tốt. Đã cắt giảm 77 thủ tục.", False, "Sở Y tế tỉnh Sơn La"),
        ("Chính phủ giao cho Sở Y tế rà soát 77 thủ tục.", True, "Sở Y tế tỉnh Sơn La"),
        ("Sở Y tế 77 thủ tục.", True, "Sở Y tế tỉnh Sơn La"),
    ],
)
def test_a_wide_measure_is_the_provinces_unless_an_agency_stands_beside_it(text: str, wide: bool, name: str) -> None:
    assert subject(HEAD + text, "77", wide=wide)[0] == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND HUYỆN MAI SƠN\nSố: 45/BC-UBND\nMai Sơn, ngày 20 tháng 9 năm 2021\n\nBÁO CÁO\nCông tác cải cách\n\n",
         ("Huyện Mai Sơn tỉnh Sơn La", "14", None, True)),
        ("SỞ Y TẾ TỈNH SƠN LA\nSố: 45/BC-SYT\nSơn La, ngày 20 tháng 9 năm 2021\n\nBÁO CÁO\nCông tác cải cách\n\n",
         ("Sở Y tế tỉnh Sơn La", "14", None, True)),
        # The office of a province's committee writes of the province.
        ("VĂN PHÒNG UBND TỈNH SƠN LA\nSố: 45/BC-VP\nSơn La, ngày 20 tháng 9 năm 2021\n\nBÁO CÁO\nCông tác cải cách\n\n",
         ("Tỉnh Sơn La", "14", None, True)),
        # The only province that is named; none where there are two, or none.
        ("Đoàn công tác thăm tỉnh Sơn La.\n\n", ("Tỉnh Sơn La", "14", None, True)),
        ("Tỉnh Sơn La và tỉnh Lai Châu họp.\n\n", (None, None, None, True)),
        ("", (None, None, None, True)),
    ],
)  # fmt: skip
def test_the_document_is_the_subject_where_nobody_is_named(text: str, expected: Told) -> None:
    assert subject(text + "Đã trả 77 hồ sơ.", "77") == expected


@pytest.mark.parametrize(("served", "name"), [(True, CENTER), (False, "Tỉnh Sơn La")])
def test_a_service_centre_counts_the_dossiers_of_its_news(served: bool, name: str) -> None:
    assert subject(f"{CENTER} mở cửa.\n\nĐã trả 77 hồ sơ.", "77", served=served)[0] == name


def each(found: Sample, words: str) -> list[str | None]:
    place, sentence, _ = found.place(words)
    return sorted(s.name or "" for s in Subjects(found.context).each(place, sentence))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("UBND huyện Mai Sơn và UBND huyện Yên Châu mỗi đơn vị 77 nhiệm vụ.", "77",
         ["UBND huyện Mai Sơn tỉnh Sơn La", "UBND huyện Yên Châu tỉnh Sơn La"]),
        ("Không còn nhiệm vụ quá hạn: Sở Tư pháp, Sở Y tế.", "Không còn",
         ["Sở Tư pháp tỉnh Sơn La", "Sở Y tế tỉnh Sơn La"]),
        ("Sở Tư pháp, Sở Y tế không còn nhiệm vụ quá hạn.", "không còn",
         ["Sở Tư pháp tỉnh Sơn La", "Sở Y tế tỉnh Sơn La"]),
        ("Một số đơn vị hoàn thành 100% nhiệm vụ: Sở Tư pháp (17/17), Sở Y tế (5/5).", "100",
         ["Sở Tư pháp tỉnh Sơn La", "Sở Y tế tỉnh Sơn La"]),
        ("Hoàn thành 100% nhiệm vụ: Sở Tư pháp, Sở Y tế đã báo cáo.", "100", []),
        # One alone is the subject of its own sentence; a sum is not said of each.
        ("Sở Tư pháp không còn nhiệm vụ quá hạn.", "không còn", []),
        ("Sở Tư pháp, Sở Y tế có 77 nhiệm vụ.", "77", []),
        # Words between the names end the enumeration.
        ("Sở Nội vụ báo cáo Sở Tư pháp, Sở Y tế không còn nhiệm vụ quá hạn.", "không còn",
         ["Sở Tư pháp tỉnh Sơn La", "Sở Y tế tỉnh Sơn La"]),
    ],
)  # fmt: skip
def test_what_is_said_of_each_of_several(text: str, words: str, expected: list[str]) -> None:
    assert each(sample(HEAD + text), words) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "Trong số này" goes on from the sentence before: the same unit, the same level.
        ("Cấp huyện tiếp nhận 500 hồ sơ. Trong số này đã giải quyết 450 hồ sơ.", ("Tỉnh Sơn La", "district")),
        ("Sở Y tế tiếp nhận 500 hồ sơ. Trong đó, giải quyết đúng hạn 450 hồ sơ.", ("Sở Y tế tỉnh Sơn La", None)),
        ("Toàn tỉnh tiếp nhận 500 hồ sơ.\n\nTrong số hồ sơ trên, đã giải quyết 450 hồ sơ.", ("Tỉnh Sơn La", None)),
        # A name of its own, or several before, lend nothing.
        ("Cấp huyện tiếp nhận 500 hồ sơ. Trong số này Sở Y tế đã giải quyết 450 hồ sơ.", ("Sở Y tế tỉnh Sơn La", None)),
        ("Cấp huyện nhận 200 hồ sơ, cấp xã nhận 300 hồ sơ. Trong đó, đã trả 450 hồ sơ.", ("Tỉnh Sơn La", None)),
    ],
)
def test_a_sentence_that_goes_on_from_the_one_before(text: str, expected: tuple[str, str | None]) -> None:
    facts = extract(read_document((HEAD + text).encode(), "text.txt"), load()).observations
    assert [(fact.subject, fact.level) for fact in facts if fact.value == 450] == [expected]

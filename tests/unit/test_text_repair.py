"""Certain damage is mended, the rest is left alone, and every offset is carried over."""

from __future__ import annotations

import random
import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Repair, Span
from pipeline.text.crf import segmenter
from pipeline.text.offsets import Edit, OffsetMap, apply
from pipeline.text.repair import repair
from pipeline.text.syllables import is_syllable

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.mark.parametrize(
    ("damaged", "mended", "kinds"),
    [
        ("đúng hạn đạt 9 9 ,2% và", "đúng hạn đạt 99,2% và", ["digits"]),
        ("đạt 84 ,84 %, tăng 2 .91%", "đạt 84,84 %, tăng 2.91%", ["digits", "digits"]),
        ("tiếp nhận 1 .634 hồ sơ, 12.345 .678 đồng", "tiếp nhận 1.634 hồ sơ, 12.345.678 đồng", ["digits", "digits"]),
        ("nhận 6 . 842 hồ sơ, 1 . 234. 567 lượt", "nhận 6.842 hồ sơ, 1 . 234. 567 lượt", ["digits"]),
        ("thu 1 . 234 . 567 hồ sơ", "thu 1.234.567 hồ sơ", ["digits"]),
        ("đạt 83 ,6 điểm; 1 ,5 tỷ đồng", "đạt 83,6 điểm; 1,5 tỷ đồng", ["digits", "digits"]),
        ("54 hồ sơ (chiếm 0, 8 %), đạt 99, 2%", "54 hồ sơ (chiếm 0,8 %), đạt 99,2%", ["digits", "digits"]),
        ("còn 52hồ sơ, 1.252TTHC, 83,6điểm", "còn 52 hồ sơ, 1.252 TTHC, 83,6 điểm", ["glued", "glued", "glued"]),
        ("trong năm 2 021, năm 20 20.", "trong năm 2021, năm 2020.", ["digits", "digits"]),
        ("tỉnh S ơn La", "tỉnh Sơn La", ["syllable"]),
        ("Tốt. S au khi họp", "Tốt. Sau khi họp", ["syllable"]),
        ("th ực hiện Nghị qu yết", "thực hiện Nghị quyết", ["syllable", "syllable"]),
        ("hoàn thàn h nhiệm vụ", "hoàn thành nhiệm vụ", ["syllable"]),
        ("các vănbản toàn diệncác mặt", "các văn bản toàn diện các mặt", ["glued", "glued"]),
        ("BANHÀNH Vănbản", "BAN HÀNH Văn bản", ["glued", "glued"]),
        ("số 637/BC\nUBND ngày", "số 637/BC-UBND ngày", ["hyphen"]),
        ("120/2020/NĐ-\nCP, 18/TTr \nSNV", "120/2020/NĐ-CP, 18/TTr-SNV", ["hyphen", "hyphen"]),
    ],
)
def test_damage_is_mended(damaged: str, mended: str, kinds: list[str]) -> None:
    text, repairs, offsets = repair(damaged)
    assert text == mended
    assert [item.kind for item in repairs] == kinds
    for item in repairs:
        assert offsets.original(item.span).of(damaged) == item.original
        assert re.sub(r"[\s-]", "", item.span.of(text)) == re.sub(r"[\s-]", "", item.original)
    assert repair(mended)[:2] == (mended, ())


def test_a_repair_says_what_stood_where() -> None:
    _, repairs, _ = repair("đạt 9 9 ,2%")
    assert repairs == (Repair("digits", Span(4, 8), "9 9 ,2"),)


@pytest.mark.parametrize(
    "text",
    [
        "Phụ lục 9 9,2% và 9 9 9",
        "năm 2020 ,84% và 150 ,5%",
        "tại mục 6 . 842 hồ sơ đã nhận; cả tháng 6 . 120 người dự; thứ 12 . 300 hồ sơ",
        "các mức 10, 20 %, 5, 0, 8 % và 10, 5 %; 0, 5 và 0, 8 %; tăng 2, 3% mỗi năm",
        "số 12/QĐ-UBND3hồ sơ; mã A52hồ sơ; 30/12hồ sơ; iso9001điểm; 5km, 20kg, 4G, 12h30, 3cb; 52hồ thủy lợi",
        "trong 5 năm 20 xã, năm 20 210 hồ sơ, năm 2 102",
        "viêm gan B ở mức cao; nhóm C ưu tiên; điểm b ở trên; thu 5 tr ở xã; loại D án phí",
        "B. Âm nhạc; bà Nguyễn Thị B ác ý; Tổ H ở Mai Sơn",
        "khí mêtan, Chămpa, Êban, côban, ôtô, xe môtô, Pleiku, Đắk Lắk, Krông Pắk, H'Mông",
        "nguời ta, nghành nghề, đuợc, thuơng mại, truờng học",
        "theo mẫu số 01/BC\nTrong năm; số 203/BC và UBND tỉnh; điểm 5/BC\nA",
        "Chi tiết tại http://vănbản.vn và so.vănbản@x.vn",
        "s h n g",
        "",
    ],
)
def test_doubtful_text_stays(text: str) -> None:
    assert repair(text) == (text, (), OffsetMap())


def test_correct_words_stay() -> None:
    chance = random.Random(5)
    right = [word for word in sorted(segmenter().dictionary) if all(map(is_syllable, word.split()))]
    assert len(right) > 60_000
    for _ in range(4_000):
        line = " ".join(chance.choices(right, k=12))
        line = chance.choice([str, str, str.title, str.upper, str.capitalize])(line)
        assert repair(line)[1] == ()


PROJECT = Path(__file__).parents[2]
TRUE_DAMAGE = {"diệncác", "6 . 842", "9 9 ,2", "0, 8", "52", "83 ,6", "97 ,1", "99 ,78"}
"""What archives hold of it: a news item, and the damaged copies that the sample archive has on purpose."""


def test_correct_archives_stay() -> None:
    paths = [
        *(path for path in (PROJECT / "corpus").glob("documents/*.txt") if is_unicode(path)),
        *(PROJECT / "corpus").glob("sources/*.md"),
        *(PROJECT / "corpus").glob("gold/*"),
        *(PROJECT / "rules").rglob("*.yaml"),
    ]
    assert len(paths) > 100
    originals = {item.original for path in paths for item in repair(text_of(path))[1]}
    assert originals == TRUE_DAMAGE - {"diệncác"}


def is_unicode(path: Path) -> bool:
    """Whether a text is in no legacy encoding: what those hold is converted first."""
    try:
        text_of(path)
    except UnicodeDecodeError:
        return False
    return True


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return unicodedata.normalize("NFC", data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"))


def test_correct_shared_archives_stay() -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared archive is not here")
    paths = [*SHARED.glob("archive/*/*.txt"), *SHARED.glob("gold/**/*.txt"), *SHARED.glob("gold/**/*.json")]
    assert len(paths) > 40
    originals = {item.original for path in paths for item in repair(text_of(path))[1]}
    assert originals <= TRUE_DAMAGE, "all but true damage stays"


@pytest.mark.parametrize("unit", ["s ", "h ", "S a ", "9 ", "1 .", "aá", "vănbản ", "1/BC\n", "năm 2 ", "(x "])
def test_odd_input_takes_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    segmenter()
    began = time.process_time()
    repair(text)
    assert time.process_time() - began < 3


DAMAGE = st.text(alphabet="9 ,.%\nSsơnLahvăbả/BCUĐ-", max_size=40)


@given(DAMAGE)
def test_only_blanks_and_hyphens_change(text: str) -> None:
    mended, repairs, offsets = repair(text)
    assert [c for c in mended if c not in " \n-"] == [c for c in text if c not in " \n-"]
    for item in repairs:
        assert offsets.original(item.span).of(text) == item.original
    for place, char in enumerate(mended):
        old = offsets.original(Span(place, place + 1)).of(text)
        assert old == char or char in " -"


@pytest.mark.parametrize(
    ("new", "old"),
    [((0, 2), (0, 2)), ((1, 3), (1, 5)), ((2, 3), (4, 5)), ((0, 1), (0, 1)), ((3, 5), (5, 5)), ((4, 4), (5, 5))],
)
def test_offsets_of_the_old_text(new: tuple[int, int], old: tuple[int, int]) -> None:
    text, offsets = apply("ab  cdef", [Edit(Span(2, 4), ""), Edit(Span(5, 5), "- ")])
    assert text == "abc- def"
    assert offsets.original(Span(*new)) == Span(*old)


def test_offsets_of_the_new_text() -> None:
    old = "9 9 ,2% x"
    text, offsets = apply(old, [Edit(Span(1, 2), ""), Edit(Span(3, 4), "")])
    assert text == "99,2% x"
    assert offsets.changed(Span(0, 6)) == Span(0, 4)
    assert offsets.changed(Span(2, 3)) == Span(1, 2)
    assert offsets.original(Span(0, 4)) == Span(0, 6)
    assert offsets.original(Span(1, 2)).of(old) == "9"


def test_edits_must_not_overlap() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply("abcdef", [Edit(Span(0, 3), ""), Edit(Span(2, 4), "")])


@given(st.text(alphabet="abc", max_size=12), st.data())
def test_what_no_edit_touches_is_carried_both_ways(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    edits = [Edit(Span(a, b), data.draw(st.sampled_from(["", "-", "--"]))) for a, b in pairs]
    new, offsets = apply(text, edits)
    touched = {place for edit in edits for place in range(edit.span.start, edit.span.end)}
    for place in set(range(len(text))) - touched:
        there = offsets.changed(Span(place, place + 1))
        assert there.of(new) == text[place]
        assert offsets.original(there) == Span(place, place + 1)

"""Numbers of acts on scans: what several readings of one word together say; no figure that none of them has."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline.model import ReadError
from pipeline.read import act_numbers, programs, read_bytes
from pipeline.read.act_numbers import ActNumber, agreed, parsed, settled
from pipeline.read.handwriting import left_blank, number_fields
from pipeline.read.settings import DEFAULT
from tests.unit.test_read_scans import signs

FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("1899/SGDĐT-CTrTT.", ("1899", "", "SGDĐT-CTrTT")),
        ("I§99/SGDĐT-CTrTT", ("1899", "", "SGDĐT-CTrTT")),
        ("(51⁄2015/TT-BYT-BNV)", ("51", "2015", "TT-BYT-BNV")),
        ("I7NQ-CP", ("17", "", "NQ-CP")),
        ("30c/NQ-CP,", ("30c", "", "NQ-CP")),
        ("4869/UBND-", ("4869", "", "UBND")),
        ("1906 /SGDĐT-CTrTT", ("1906", "", "SGDĐT-CTrTT")),
        ("4193/2019/TT1-BHXH", None),
        ("I/HĐND", None),
        ("IV/2015", None),
        ("HIV/AIDS", None),
        ("COVID-19", None),
        ("5/9", None),
    ],
)
def test_the_parts_of_a_number(word: str, number: tuple[str, str, str] | None) -> None:
    assert parsed(word) == (number and ActNumber(*number))


@pytest.mark.parametrize(
    ("first", "others", "together"),
    [
        ("51/2015/TT-BYT-BNE", ["51/2015/TT-BYT-BNE", *2 * ["51/2015/TT-BYT-BNV"]], "51/2015/TT-BYT-BNV"),
        ("1899/SGDĐT-CTYTT", ["1899/SGDĐT-CTrTT", "1899/SGDDT-CTITT", "1899/SGDDT-CTrTT"], "1899/SGDĐT-CTrTT"),
        ("02/NO-CP", ["02/NO-CP", "02/NQ-CP", "02/NQ-CP"], "02/NQ-CP"),
        ("40/QĐ-BCĐCCHC", ["40/QĐ-BCĐCCHC", "40/OD-BCDCCHC", "40/OD-BCDCCHC"], "40/QĐ-BCĐCCHC"),
        ("2485/CĐĐ-BLĐTBXH", ["2485/CĐ-BLĐTBX", "2485/CD-BLDTBXH", "2485/CD-BLDTBXH"], "2485/CĐ-BLĐTBXH"),
        ("4297/TTLT-VP", ["4297/TTLT-VP", "4297/TTLI-VP", "4297/TTLI-VP"], "4297/TTLT-VP"),
        ("I17/NQ-", ["I7/NQ-", "17/NQ-", "17/NQ-"], "17/NQ"),
        # Two have one figure and two another: nobody knows.
        ("225/QĐ-SYT", ["225/QĐ-SYT", "226/QD-SYT", "226/QD-SYT"], None),
        ("12/BC-UBND", ["13/BC-UBND", "14/BC-UBND", ""], None),
        ("12/BC-STP", ["12/BC-SYT", "12/BC-SCT", "12/BC-SXD"], None),
        ("12/BC-STP", ["", "", ""], None),
        ("", ["", "", ""], None),
    ],
)  # fmt: skip
def test_what_most_readings_say_stands(first: str, others: list[str], together: str | None) -> None:
    number = agreed(parsed(first), [parsed(other) for other in others])
    assert (number and str(number)) == together


_NUMBERS = st.builds(
    lambda num, code, organ: f"{num}/{code}-{organ}",
    st.integers(1, 9999), st.sampled_from(["QĐ", "NQ", "BC", "TTr"]), st.sampled_from(["UBND", "SYT", "CP", "BQL"]),
)  # fmt: skip


@given(_NUMBERS, st.lists(_NUMBERS, min_size=3, max_size=3))
def test_no_number_is_invented(first: str, others: list[str]) -> None:
    number = agreed(parsed(first), [parsed(other) for other in others])
    if number is not None:
        figures = [said.split("/")[0] for said in (first, *others)]
        assert figures.count(number.num) >= 2
        assert all(figures.count(other) < figures.count(number.num) for other in figures if other != number.num)


@pytest.mark.parametrize(
    ("word", "others", "read", "doubtful"),
    [
        ("I§99/SGDĐT-CTrTT.", ["I§99/SGDĐT-CTrTT.", *2 * ["1899/SGDDT-CTrTT."]], "1899/SGDĐT-CTrTT.", True),
        ("02NQ-CP", ["02/NQ-CP", "02/NQ-CP", "02/NQ-CP_"], "02/NQ-CP", True),
        ("4193/2019/TT1-BHXH", ["4193/2019/TT-BHXH", "4193/2019/TI-BHXH", ""], "4193/2019/TT-BHXH", True),
        ("225/QĐ-SYT,", ["225/QĐ-SYT,", "225/QD-SYT,", "225/QD-SYT"], "225/QĐ-SYT,", False),
        ("225/QĐ-SYT,", ["226/QĐ-SYT,", "227/QD-SYT,", "228/QD-SYT"], "225/QĐ-SYT,", True),
        ("4869/UBND-", ["4§69/UBND-", "4869/UBND-", "4869/UBND-"], "4869/UBND-", False),
    ],
)  # fmt: skip
def test_a_word_gets_what_its_readings_agree_on_and_is_marked(
    word: str, others: list[str], read: str, doubtful: bool
) -> None:
    out = settled(signs((word, 50.0)), others)
    assert "".join(sign.glyph.text for sign in out) == read
    assert any(sign.glyph.doubtful for sign in out) is doubtful
    assert (out[0].glyph.left, out[-1].glyph.right) == pytest.approx((0, 5 * len(word)))


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ([("(Kèm", 97), ("theo", 97), ("Quyết", 97), ("định", 96), ("số", 93), ("#*6", 36), ("/QD-BCĐCCHC", 67)],
         "(Kèm theo Quyết định số … /QD-BCĐCCHC"),
        ([("Văn", 97), ("bản", 97), ("số", 93), ("348", 95), ("/KSTT-VP", 60)], "Văn bản số 348 /KSTT-VP"),
        ([("Quyết", 97), ("định", 97), ("số", 93), ("225/QĐ-SYT", 40)], "Quyết định số 225/QĐ-SYT"),
        ([("Hà", 97), ("Nội,", 97), ("ngày", 96), ("12", 55), ("tháng", 96), ("5", 91), ("năm", 97)],
         "Hà Nội, ngày 12 tháng 5 năm"),
    ],
)  # fmt: skip
def test_below_the_head_only_a_number_apart_from_its_symbol_is_a_form(
    words: list[tuple[str, float]], read: str
) -> None:
    assert "".join(glyph.text for glyph in left_blank(signs(*words), head=False)) == read


def test_the_form_of_a_number_ends_where_the_other_column_of_the_head_begins() -> None:
    line = signs(("Số:", 50.0), ("1906", 50.0), ("/SGDĐT-CTrTT", 88.0), ("Đà", 96.0))
    blank = next(at for at in range(len(line) - 1, 0, -1) if line[at].glyph.text == " ")
    del line[blank]
    [field] = number_fields(line)
    text = "".join(sign.glyph.text for sign in line)
    assert (text[field.start : field.end], text[field.start : field.symbol_end]) == ("1906", "1906 /SGDĐT-CTrTT")


@pytest.mark.parametrize(
    ("others", "read"),
    [
        (["Số:1906/SGDĐT-CTrTT", "S6:1906/SGDDT-CTrTT", "1906/SGDDT-CTrTT"], "Số: 1906 /SGDĐT-CTrTT"),
        (["Số:1906/SGDĐT-CTrTT", "S6:1986/SGDDT-CTrTT", "1906/SGDDT-CTrTT"], "Số: … /SGDĐT-CTrTT"),
        (["Số:4906/SGDĐT-CTrTT", "S6:4906/SGDDT-CTrTT", "4906/SGDDT-CTrTT"], "Số: … /SGDĐT-CTrTT"),
    ],
)
def test_figures_in_a_form_are_believed_where_all_readings_have_them(
    monkeypatch: pytest.MonkeyPatch, others: list[str], read: str
) -> None:
    monkeypatch.setattr(act_numbers, "_readings", lambda pictures, settings: [others])
    line = signs(("Số:", 90.0), ("1906", 21.0), ("/SGDĐT-CTrTT", 88.0))
    [out] = act_numbers.read_again([line], Image.new("L", (300, 30), 255), 1.0, DEFAULT)
    assert "".join(glyph.text for glyph in left_blank(out)) == read


def test_without_the_second_reading_the_first_one_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> str:
        raise ReadError(act_numbers.tesseract.Cause.TIMEOUT, "too long", "")

    monkeypatch.setattr(act_numbers.tesseract, "run", fails)
    line = signs(("số", 90.0), ("02/NO-CP", 64.0))
    assert act_numbers.read_again([line], Image.new("L", (300, 30), 255), 1.0, DEFAULT) == [line]


CITED = ["5851/2006/NĐ-BGTVT", "1698/ĐA-BTTTT", "3468/VBHN-SYT", "5613/CĐ-UBDT", "2393/QĐ-SNNPTNT-KSTT", "17/NQ-CP"]


@pytest.mark.skipif(not FONT.exists(), reason="needs the Liberation fonts")
@pytest.mark.skipif(not programs.is_there("tesseract"), reason="needs tesseract")
def test_numbers_on_a_worn_scan_are_read() -> None:
    image = Image.new("L", (1240, 900), 255)
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), 28)
    for at, number in enumerate(CITED):
        pen.text((140, 120 + 90 * at), f"Thực hiện Văn bản số {number} ngày 12/5/2019 về chuyển đổi số.", 60, font)
    buffer = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(0.6)).save(buffer, "JPEG", quality=70, dpi=(150, 150))
    text = read_bytes(buffer.getvalue(), "anh").text
    assert [number for number in CITED if number in text] == CITED

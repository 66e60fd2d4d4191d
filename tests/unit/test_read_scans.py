"""Scans: pages at an angle, and figures written by hand."""

from __future__ import annotations

import io
import random
from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.extract import extract
from pipeline.model import Page, Repair, Span
from pipeline.read import programs, read_bytes
from pipeline.read.figure_cells import Figure, _between_anchors, _holds_figures, _ink, _recognised
from pipeline.read.glyphs import Glyph, line_of, run_of
from pipeline.read.handwriting import Sign, left_blank
from pipeline.read.picture_lines import bars, without
from pipeline.read.settings import DEFAULT
from pipeline.read.skew import angle_of, skewed_back, straightened
from pipeline.rulebook.book import load

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
needs_font = pytest.mark.skipif(not FONT.exists(), reason="needs the DejaVu fonts")
LINES = [f"Đơn vị thứ {i} đã giải quyết 1.{i:03d} hồ sơ, đúng hạn 98,7{i}%." for i in range(9)]


def page(angle: float) -> Image.Image:
    image = Image.new("L", (2480, 1750), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), 50)
    for i, words in enumerate(LINES):
        draw.text((300, 250 + 130 * i), words, fill=0, font=font)
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


@needs_font
@pytest.mark.parametrize("angle", [0.0, 0.5, 1.5, -2.25, 4.0, -5.0])
def test_the_angle_of_a_page_is_told(angle: float) -> None:
    assert angle_of(page(angle)) == pytest.approx(-angle if abs(angle) > 1 else 0, abs=0.3)


def test_an_empty_page_and_a_photo_lie_at_no_angle() -> None:
    assert angle_of(Image.new("L", (800, 1100), 255)) == 0
    assert angle_of(Image.effect_noise((800, 1100), 80)) == 0


@pytest.mark.parametrize("angle", [1.5, -3.0])
def test_places_are_those_on_the_page_as_it_lies(angle: float) -> None:
    image = Image.new("L", (600, 840), 255)
    ImageDraw.Draw(image).rectangle((100, 200, 110, 216), fill=0)
    level = straightened(image, angle)
    spot = level.point(lambda value: 255 * (value < 128)).getbbox()
    assert spot is not None
    back = skewed_back(array("f", (*spot, 1, 0, 0, 0)), angle, 600, 840)
    assert list(back[:4]) == pytest.approx((100, 200, 111, 217), abs=1.5)
    assert list(back[4:]) == [1, 0, 0, 0]


@needs_font
@pytest.mark.skipif(not programs.is_there("tesseract"), reason="needs tesseract")
def test_a_page_at_an_angle_is_read_and_its_places_found() -> None:
    buffer = io.BytesIO()
    page(-3.0).save(buffer, "PNG", dpi=(300, 300))
    document = read_bytes(buffer.getvalue(), "anh")
    assert [words for words in LINES if words in document.text] == LINES
    start = document.text.index("1.000 hồ")
    [box] = document.boxes(Span(start, start + 5))
    # A page turned by three degrees clockwise: what stands left of the middle comes to stand higher.
    assert box.top < (250 + 20) * 72 / 300 < 250 * 72 / 300 + 12
    left, top, right, low = (round(v * 300 / 72) for v in (box.x0 - 1, box.top - 2, box.x1 + 1, box.bottom + 2))
    ink = page(-3.0).crop((left, top, right, low))
    assert min(ink.tobytes()) < 90


def signs(*words: tuple[str, float]) -> list[Sign]:
    out: list[Sign] = []
    x = 0.0
    for text, confidence in words:
        for char in text:
            out.append(Sign(Glyph(char, x, 0, x + 5, 12, x, x + 5, 0, 12), confidence))
            x += 5
        out.append(Sign(Glyph(" ", x, 0, x + 5, 12, x, x + 5, 0, 12), 100.0))
        x += 5
    return out[:-1]


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ([("Số:", 80), ("4Jÿ®", 36), ("/BC-SYT", 92)], "Số: … /BC-SYT"),
        ([("Số:2442", 78), ("/KH-SYT", 92)], "Số:… /KH-SYT"),
        ([("Số:", 97), ("4/35", 66), ("/SGDĐT-CTrTT", 72)], "Số: … /SGDĐT-CTrTT"),
        ([("LÌ", 44), ("Số:", 66), ("/74⁄/UBND-", 30), ("KSTTHC", 92)], "LÌ Số: …/UBND- KSTTHC"),
        ([("Số:", 96), ("1961/QĐ-UBND", 93)], "Số: 1961/QĐ-UBND"),
        ([("Số:", 96), ("/UBND-TH", 70)], "Số: /UBND-TH"),
        ([("Kiên", 96), ("Giang,", 93), ("ngàyÁ*j", 18), ("tháng", 97), ("10", 97), ("năm", 97), ("2017", 97)],
         "Kiên Giang, ngày… tháng 10 năm 2017"),
        ([("Đà", 96), ("Nẵng,", 97), ("ngày", 73), ("84", 71), ("tháng", 96), ("5", 49), ("năm", 97), ("2019", 97)],
         "Đà Nẵng, ngày … tháng … năm 2019"),
        ([("Hà", 97), ("Nội,", 97), ("ngày", 96), ("12", 95), ("tháng", 96), ("5", 91), ("năm", 97), ("2019", 97)],
         "Hà Nội, ngày 12 tháng 5 năm 2019"),
        ([("Quyết", 97), ("định", 60), ("số", 97), ("225/QĐ-SYT", 60), ("ngày", 97), ("24/3/2017", 60)],
         "Quyết định số 225/QĐ-SYT ngày 24/3/2017"),
    ],
)  # fmt: skip
def test_figures_written_by_hand_are_left_blank_and_marked(words: list[tuple[str, float]], read: str) -> None:
    line = line_of([run_of(left_blank(signs(*words)))])
    assert line.text == read
    assert [(line.text[a:b], kind) for a, b, kind, _ in line.repairs] == [("…", "ocr_doubtful")] * read.count("…")
    if "…" in read:
        assert len(line.boxes) == len(read)


ROWS = [
    ["TT", "Đơn vị", "Tiếp nhận", "Đã giải quyết", "", "Tỷ lệ (%)"],
    ["", "", "", "Đúng hạn", "Quá hạn", ""],
    *([str(i), f"Xã Bình {name}", f"1.{i}25", str(410 + 25 * i), str(20 + i), f"9{i},4"]
      for i, name in enumerate(["An", "Hòa", "Minh", "Phú", "Tân", "Yên"], start=1)),
]  # fmt: skip


def table_page(angle: float) -> Image.Image:
    """A ruled table whose heading row parts in two over two of its columns, between two lines of text."""
    image = Image.new("L", (2480, 1750), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), 40)
    xs, top, high = [200, 320, 900, 1200, 1500, 1800, 2280], 350, 90
    for r in range(len(ROWS) + 1):
        left, right = (xs[3], xs[5]) if r == 1 else (xs[0], xs[-1])
        draw.line((left, top + high * r, right, top + high * r), fill=0, width=3)
    for c, x in enumerate(xs):
        draw.line((x, top + (high if c == 4 else 0), x, top + high * len(ROWS)), fill=0, width=3)
    for r, row in enumerate(ROWS):
        for c, words in enumerate(row):
            draw.text((xs[c] + 15, top + high * r + 20), words, fill=0, font=font)
    draw.text((300, 200), "Tình hình giải quyết hồ sơ thủ tục hành chính năm 2022", fill=0, font=font)
    draw.text((300, top + high * len(ROWS) + 60), "Trên đây là báo cáo kết quả của huyện.", fill=0, font=font)
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


@needs_font
def test_ruling_lines_are_found_and_letters_are_not() -> None:
    found = bars(table_page(0))
    assert len([bar for bar in found if bar[2] - bar[0] > bar[3] - bar[1]]) == len(ROWS) + 1
    assert len([bar for bar in found if bar[2] - bar[0] < bar[3] - bar[1]]) == 7
    assert bars(page(0)) == []
    assert bars(without(table_page(0), found)) == []


@needs_font
@pytest.mark.skipif(not programs.is_there("tesseract"), reason="needs tesseract")
@pytest.mark.parametrize(("angle", "noise"), [(0.0, 0.0), (-2.0, 0.0), (0.6, 0.0), (0.3, 0.06)])
def test_a_ruled_table_on_a_scan_is_cells_under_headings(angle: float, noise: float) -> None:
    picture = table_page(angle)
    if noise:
        grain = Image.frombytes("L", picture.size, random.Random(1).randbytes(picture.width * picture.height))
        picture = Image.blend(picture, grain, noise)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", dpi=(300, 300))
    document = read_bytes(buffer.getvalue(), "anh")
    [table] = document.tables
    assert (table.rows, table.columns) == (len(ROWS), 6)
    found = {(cell.row, cell.column): cell for cell in table.cells}
    assert found[4, 3].header == ("Đã giải quyết", "Đúng hạn")
    assert found[0, 3].column_span == 2
    assert found[0, 1].row_span == 2
    wanted = {(r, c): words for r, row in enumerate(ROWS) for c, words in enumerate(row) if words}
    read = {place: found[place].span.of(document.text).replace(" ", "") for place in wanted}
    assert {place: words for place, words in read.items() if place[0] > 1 and place[1] != 1} == {
        place: words for place, words in wanted.items() if place[0] > 1 and place[1] != 1
    }
    right = sum(read[place] == words.replace(" ", "") for place, words in wanted.items())
    assert right >= 0.95 * len(wanted)
    doubtful = [repair.span for repair in document.repairs if repair.kind == "ocr_doubtful"]
    assert not any(span.overlaps(found[2, 3].span) for span in doubtful)


def cells(*firsts: str) -> list[Figure]:
    return [Figure(k, (0, 0, 9, 9), Image.new("L", (9, 9)), first, False) for k, first in enumerate(firsts)]


@pytest.mark.parametrize(
    ("firsts", "seconds", "is_figures"),
    [
        (["1.245", "C3", "98,4"], ["1.245", "3", "98,4"], True),
        (["", "t2", "C3", "G"], ["1", "2", "3", "6"], True),
        (["I", "II", "III", "IV"], ["1", "11", "111", ""], False),
        (["a)", "b)", "c)"], ["2", "6", "0"], False),
        (["Tốt", "Khá"], ["7", "4"], False),
        (["", "t2", "C3", "G"], ["", "2", "", ""], False),
    ],
)
def test_columns_of_figures_are_told_by_both_passes(firsts: list[str], seconds: list[str], is_figures: bool) -> None:
    second = {k: (words, 96.0 if words else 0.0) for k, words in enumerate(seconds)}
    assert _holds_figures(cells(*firsts), second) is is_figures


@needs_font
@pytest.mark.skipif(not programs.is_there("tesseract"), reason="needs tesseract")
def test_lone_figures_are_read_between_two_that_are_known() -> None:
    font = ImageFont.truetype(str(FONT), 40)
    lines = []
    for words in [*"0123456789", "1.245", "98,4", "10"]:
        page = Image.new("L", (300, 120), 255)
        ImageDraw.Draw(page).text((60, 30), words, fill=0, font=font)
        box = _ink(page)
        assert box is not None
        lines.append(_between_anchors(page.crop(box)))
    read = [words for words, _ in _recognised(lines, DEFAULT)]
    assert read == [*"0123456789", "1.245", "98,4", "10"]


def test_a_figure_that_recognition_was_not_sure_of_is_flagged_and_under_the_bar() -> None:
    text = "Trong quý I năm 2022, các xã tiếp nhận 1.245 hồ sơ và đã giải quyết 1.123 hồ sơ.\n"
    read = read_bytes(text.encode(), "a.txt")
    start = text.index("1.245")
    scanned = replace(
        read,
        pages=(Page(1, 595, 842, Span(0, len(text)), ocr=True),),
        repairs=(Repair("ocr_doubtful", Span(start, start + 3), "1.2"),),
    )
    facts = {str(fact.value): fact for fact in extract(scanned, load()).observations}
    assert "ocr_doubtful" in facts["1245"].flags
    assert "ocr_doubtful" in facts["1245"].reasons
    assert "low_confidence" in facts["1245"].flags
    assert "ocr" in facts["1123"].flags
    assert "ocr_doubtful" not in facts["1123"].flags

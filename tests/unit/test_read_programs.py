"""What needs programs of the system: conversion by LibreOffice, recognition by tesseract, and doing without."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.model import Cause, Document, ReadError, Span
from pipeline.read import ReadSettings, programs, read_bytes

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
needs_tesseract = pytest.mark.skipif(
    not programs.is_there("tesseract") or not FONT.exists(), reason="needs tesseract and the DejaVu fonts"
)
needs_soffice = pytest.mark.skipif(not programs.is_there("soffice"), reason="needs LibreOffice")
WORDS = [
    "Báo cáo kết quả quý I năm 2022",
    "Đã giải quyết 1.234 hồ sơ, đúng hạn 98,75%.",
    "Sở Y tế tiếp nhận 567 hồ sơ.",
]


def picture(turn: int = 0, red: bool = False) -> Image.Image:
    """A page of three lines at 300 dpi."""
    image = Image.new("RGB", (2480, 1400), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), 58)
    if red:
        draw.ellipse((300, 150, 1000, 620), outline=(230, 30, 40), width=26)
        draw.line((250, 380, 1400, 430), fill=(230, 30, 40), width=22)
    for i, words in enumerate(WORDS):
        draw.text((200, 200 + 160 * i), words, fill="black", font=font)
    return image.rotate(turn, expand=True, fillcolor="white")


def encoded(image: Image.Image, kind: str) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, dpi=(300, 300))
    return buffer.getvalue()


def boxes_of(document: Document, words: str) -> tuple[float, float, float, float]:
    start = document.text.index(words)
    [box] = document.boxes(Span(start, start + len(words)))
    return box.x0, box.top, box.x1, box.bottom


@needs_tesseract
@pytest.mark.parametrize(("kind", "red"), [("PNG", False), ("JPEG", True)])
def test_a_picture_is_read_with_its_places(kind: str, red: bool) -> None:
    document = read_bytes(encoded(picture(red=red), kind), "anh")
    for words in ("1.234 hồ sơ", "98,75%", "567 hồ sơ"):
        assert words in document.text
    assert document.pages[0].ocr
    assert document.pages[0].width == pytest.approx(595.2, abs=0.5)
    x0, top, _, bottom = boxes_of(document, "Đã giải quyết")
    assert x0 == pytest.approx(200 * 72 / 300, abs=3)
    assert top - 3 < 360 * 72 / 300 < bottom


@needs_tesseract
@pytest.mark.parametrize(("turn", "place"), [(90, (125, 396)), (180, (396, 194)), (270, (195, 175))])
def test_a_turned_picture_is_turned_back_and_its_places_are_those_on_the_picture(
    turn: int, place: tuple[float, float]
) -> None:
    document = read_bytes(encoded(picture(turn), "PNG"), "anh")
    assert "Đã giải quyết 1.234 hồ sơ" in document.text
    start = document.text.index("567")
    boxes = document.boxes(Span(start, start + 3))
    assert (min(box.x0 for box in boxes), min(box.top for box in boxes)) == pytest.approx(place, abs=4)


@needs_tesseract
def test_a_scanned_page_beside_a_digital_one() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 336))
    canvas.drawString(80, 200, "Digital page with 12 files and its own text layer, long enough to be one.")
    canvas.showPage()
    canvas.drawImage(ImageReader(picture()), 0, 0, 595, 336)
    canvas.showPage()
    canvas.save()
    document = read_bytes(buffer.getvalue(), "a.pdf")
    assert [page.ocr for page in document.pages] == [False, True]
    assert document.page_of(document.text.index("1.234")) == 2


@needs_tesseract
def test_a_garbled_text_layer_is_not_trusted() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 336))
    canvas.drawImage(ImageReader(picture()), 0, 0, 595, 336)
    text = canvas.beginText(40, 300)
    text.setTextRenderMode(3)
    for line in ["Bdo cdo kdt qud quf I ndm 2OZZ xx" for _ in range(6)]:
        text.textLine(line)
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    document = read_bytes(buffer.getvalue(), "a.pdf")
    assert "Đã giải quyết 1.234 hồ sơ" in document.text
    assert "qud" not in document.text
    assert "qud" in read_bytes(buffer.getvalue(), "a.pdf", ReadSettings(ocr=False)).text


def test_pixels_are_counted_before_they_are_unpacked() -> None:
    buffer = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(buffer, "PNG")
    started = time.monotonic()
    with pytest.raises(ReadError) as caught:
        read_bytes(buffer.getvalue(), "a.png")
    assert caught.value.cause in (Cause.TOO_LARGE, Cause.CORRUPT)
    assert time.monotonic() - started < 5


def test_a_missing_program_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    for data, package in ((encoded(picture(), "PNG"), "tesseract-ocr-vie"), (b"{\\rtf1 a}", "libreoffice-writer")):
        with pytest.raises(ReadError) as caught:
            read_bytes(data, "a")
        assert caught.value.cause is Cause.MISSING_PACKAGE
        assert f"apt-get install {package}" in caught.value.hint or package in caught.value.hint


@needs_soffice
def test_rtf_through_libreoffice() -> None:
    rtf = (
        r"{\rtf1\ansi\pard Gi\u7843?i quy\u7871?t 12 h\u7891? s\u417?.\par\trowd\cellx2000\cellx4000 A\cell 1\cell\row}"
    )
    document = read_bytes(rtf.encode(), "a.doc")
    assert document.source.media_type == "application/rtf"
    assert document.text.startswith("Giải quyết 12 hồ sơ.")


def test_a_program_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "slow"
    script.write_text(
        f"#!{sys.executable}\nimport subprocess, time\np = subprocess.Popen(['sleep', '60'])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid))\ntime.sleep(60)\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(ReadError) as caught:
        programs.run(["slow"], 1.5)
    assert caught.value.cause is Cause.TIMEOUT
    child = int((tmp_path / "pid").read_text())
    for _ in range(50):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().split()[2] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the child of a killed program still runs")

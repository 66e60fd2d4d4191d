"""Files that are empty, broken, mislabelled or hostile: refused with a cause and a hint, quickly, within bounds."""

from __future__ import annotations

import io
import os
import random
import sys
import time
import zipfile
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from pipeline.model import Cause, ReadError
from pipeline.read import ReadSettings, read, read_bytes


def pdf(pages: int = 1, **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, **options)
    for number in range(pages):
        canvas.drawString(80, 700, f"There were 12 files on page {number + 1}.")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def zipped(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


NOISE = random.Random(7).randbytes(100_000)

REFUSED = {
    "empty": (b"", Cause.EMPTY),
    "blank": (b" \r\n\t" * 100, Cause.EMPTY),
    "zeros": (b"\0" * 5000, Cause.EMPTY),
    "noise": (NOISE, Cause.UNSUPPORTED),
    "executable": (b"\x7fELF" + NOISE[:3000], Cause.UNSUPPORTED),
    "half a pdf": (pdf(3)[: len(pdf(3)) // 2], Cause.CORRUPT),
    "pdf header and noise": (b"%PDF-1.7\n" + NOISE, Cause.CORRUPT),
    "encrypted pdf": (pdf(encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0)), Cause.ENCRYPTED),
    "half a docx": (zipped(word__document_xml=b"x" * 9000)[:600], Cause.CORRUPT),
    "docx without a document": (zipped(**{"word/document.xml": b"<w:document"}), Cause.NO_TEXT),
    "encrypted office": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
        Cause.ENCRYPTED,
    ),
    "one line of 50 MB": (("Hồ sơ đã giải quyết 1.234 " * 2_000_000).encode()[:50_000_000], Cause.TOO_LARGE),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_cause_and_hint(name: str) -> None:
    data, cause = REFUSED[name]
    started = time.process_time()
    with pytest.raises(ReadError) as caught:
        read_bytes(data, f"{name}.txt")
    assert caught.value.cause is cause
    assert caught.value.message
    assert caught.value.hint.endswith((".", "vie"))
    assert time.process_time() - started < 10, "seconds of the processor: a loaded machine is no fault"


def test_directories_missing_and_forbidden_files(tmp_path: Path) -> None:
    locked = tmp_path / "locked.txt"
    locked.write_text("Hồ sơ")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, tmp_path / "missing.txt", pipe):
        with pytest.raises(ReadError) as caught:
            read(path)
        assert caught.value.cause is Cause.UNREADABLE
    locked.chmod(0)
    if os.access(locked, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(ReadError, match="may not be opened"):
        read(locked)


def test_a_file_is_not_opened_beyond_the_bound(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(b"a" * 1000)
    with pytest.raises(ReadError) as caught:
        read(path, ReadSettings(max_bytes=999))
    assert caught.value.cause is Cause.TOO_LARGE


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("1 | 2 | 3\n", 20_000),
        ("STT\n1\n", 10_000),
        ("Tin khác\n", 20_000),
        ("Kết quả\n\n", 20_000),
        ("a\tb\tc\n", 20_000),
        ("Xã A   1   2\nXã B     3\n", 5_000),
        ("Xã A   1   2\n\n", 10_000),
        ("Đơn vị\n\n12\n\n", 10_000),
    ],
)
def test_many_lines_take_work_in_proportion(line: str, count: int) -> None:
    read_bytes((line * 10).encode(), "a.txt")
    few, many = (calls((line * times).encode()) for times in (count // 40, count // 10))
    assert many < 5 * few
    started = time.process_time()
    read_bytes((line * count).encode(), "a.txt")
    assert time.process_time() - started < 30, "far above what it takes, far below what a square would"


def calls(data: bytes) -> int:
    """How many functions are called to read a text: the work that it takes, on any machine the same."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        read_bytes(data, "a.txt")
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("element", ["div", "table><tr><td", "ul><li", "b", "blockquote"])
def test_markup_nested_without_end(element: str) -> None:
    markup = "<html>" + f"<{element}>" * 3000 + "Hồ sơ 12"
    assert "Hồ sơ 12" in read_bytes(markup.encode(), "a.html").text


def test_a_cell_over_a_million_columns() -> None:
    cells = "<td colspan=1000000 rowspan=1000000>1</td>" * 50
    document = read_bytes(f"<html><table><tr>{cells}</tr><tr><td>2</td></tr></table>".encode(), "a.html")
    assert document.tables == () or document.tables[0].columns <= 1000


def test_a_cut_pdf_that_still_opens_says_so() -> None:
    whole = pdf(2)
    document = read_bytes(whole[: whole.rindex(b"%%EOF")], "a.pdf")
    assert "page 2" in document.text
    assert any("cut off" in warning for warning in document.warnings)


def test_pages_past_the_bound_are_left_out_with_a_warning() -> None:
    document = read_bytes(pdf(5), "a.pdf", ReadSettings(max_pages=2))
    assert len(document.pages) == 2
    assert document.warnings == ("of 5 pages the first 2 were read",)


@pytest.mark.parametrize("depth", [1, 4])
def test_a_form_that_draws_itself(depth: int) -> None:
    forms = "".join(
        f"{5 + i} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/"
        f"Resources<</XObject<</A {5 + (i + 1) % depth} 0 R>>>>/Length 4>>stream\n/A Do\nendstream endobj\n"
        for i in range(depth)
    )
    data = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>"
        "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        "4 0 obj<</Length 44>>stream\nBT /F 12 Tf 9 99 Td (12 files) Tj ET /A Do\nendstream endobj\n"
        f"{forms}trailer<</Root 1 0 R>>\n%%EOF"
    )
    assert read_bytes(data.encode(), "a.pdf").text.strip() == "12 files"

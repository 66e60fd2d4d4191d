"""PDF: every character has its place on the page, and the ink is there; tables are pdfplumber's own."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.model import BlockKind, Document, Span
from pipeline.read import read, read_bytes

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
PDFS = sorted(CORPUS.glob("*.pdf"))
WIDTH, HEIGHT = 595.0, 842.0


def draw(*lines: tuple[float, float, str], rotate: int = 0, crop: float = 0.0, strokes: bool = False) -> bytes:
    """A page with words at places (x, y from the foot), in Helvetica 12."""
    buffer = io.BytesIO()
    # reportlab swaps the sides of a page that it turns by a quarter.
    canvas = Canvas(buffer, pagesize=(HEIGHT, WIDTH) if rotate in (90, 270) else (WIDTH, HEIGHT))
    if crop:
        canvas.setCropBox((crop, crop, WIDTH - crop, HEIGHT - crop))
    canvas.setPageRotation(rotate)
    canvas.setFont("Helvetica", 12)
    for x, y, words in lines:
        canvas.drawString(x, y, words)
    if strokes:
        for x in (80, 200, 320, 440):
            canvas.line(x, 600, x, 700)
        for y in (600, 650, 700):
            canvas.line(80, y, 440, y)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def ink(data: bytes, page: int, scale: float = 3.0) -> tuple[list[bytes], float]:
    """The rows of the rendered page, one byte a pixel (0 is black)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    bitmap = document[page - 1].render(scale=scale, grayscale=True)
    rows = bitmap.to_numpy()
    rows = rows.reshape(rows.shape[0], -1)
    out = [row.tobytes() for row in rows]
    document.close()
    return out, scale


def ink_extent(rows: list[bytes], scale: float, x0: float, top: float, x1: float, bottom: float) -> tuple[float, ...]:
    """The extent of what is dark within a box, in points; empty if there is none."""
    marks = [
        (x, y)
        for y in range(max(0, int(top * scale)), min(len(rows), int(bottom * scale) + 1))
        for x in range(max(0, int(x0 * scale)), min(len(rows[0]), int(x1 * scale) + 1))
        if rows[y][x] < 128
    ]
    if not marks:
        return ()
    xs, ys = [x for x, _ in marks], [y for _, y in marks]
    return min(xs) / scale, min(ys) / scale, (max(xs) + 1) / scale, (max(ys) + 1) / scale


def span_of(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [0.0, 40.0])
def test_boxes_hold_the_ink_on_turned_and_cropped_pages(rotate: int, crop: float) -> None:
    data = draw((100, 700, "Alpha beta 203/BC"), (100, 640, "gamma"), rotate=rotate, crop=crop)
    document = read_bytes(data, "a.pdf")
    rows, scale = ink(data, 1)
    boxes = document.boxes(span_of(document, "gamma"))
    assert boxes
    x0, top = min(b.x0 for b in boxes), min(b.top for b in boxes)
    x1, bottom = max(b.x1 for b in boxes), max(b.bottom for b in boxes)
    found = ink_extent(rows, scale, x0 - 8, top - 8, x1 + 8, bottom + 8)
    assert found == pytest.approx((x0, top, x1, bottom), abs=0.8)


@pytest.mark.parametrize("path", PDFS[:4], ids=lambda path: path.name[:12])
def test_every_word_of_the_sample_archive_stands_on_its_ink(path: Path) -> None:
    data = path.read_bytes()
    document = read(path)
    pages = {page.number: ink(data, page.number, 2.0) for page in document.pages}
    checked = 0
    for block in document.blocks[::4]:
        text = block.span.of(document.text)
        words = [word for word in text.split() if any(c.isalnum() for c in word)]
        if not words:
            continue
        start = block.span.start + text.index(words[0])
        [box] = document.boxes(Span(start, start + len(words[0])))
        rows, scale = pages[box.page]
        x0, top, x1, bottom = ink_extent(rows, scale, box.x0 - 1, box.top - 1, box.x1 + 1, box.bottom + 1)
        assert (x0, x1) == pytest.approx((box.x0, box.x1), abs=1.3)
        assert top >= box.top - 1
        assert bottom <= box.bottom + 1
        checked += 1
    assert checked >= 5


def test_a_quote_over_two_lines_has_two_boxes() -> None:
    data = draw((100, 700, "Resolved 567 files early and all"), (100, 684, "of the others on time"))
    document = read_bytes(data, "a.pdf")
    boxes = document.boxes(span_of(document, "and all\nof the"))
    assert len(boxes) == 2
    assert boxes[0].x0 > boxes[1].x0
    assert boxes[0].bottom <= boxes[1].top


def test_columns_of_a_letterhead_read_left_then_right() -> None:
    data = draw(
        (80, 800, "PROVINCE COMMITTEE"),
        (320, 800, "SOCIALIST REPUBLIC"),
        (90, 784, "No: 203/BC"),
        (330, 784, "Freedom"),
        (330, 768, "Son La, 18"),
        (80, 700, "A line over the whole width of the page that ends here."),
    )
    text = read_bytes(data, "a.pdf").text
    order = ["PROVINCE", "No: 203", "SOCIALIST", "Freedom", "Son La", "A line"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


def test_a_ruled_table_goes_into_cells() -> None:
    data = draw(
        (90, 670, "STT"),
        (210, 670, "Name"),
        (330, 670, "Files"),
        (90, 620, "1"),
        (210, 630, "First line"),
        (210, 612, "second"),
        (330, 620, "1.234"),
        (80, 750, "Before"),
        (80, 500, "After"),
        strokes=True,
    )
    document = read_bytes(data, "a.pdf")
    [table] = document.tables
    assert table.span.of(document.text) == "STT\tName\tFiles\n1\tFirst line second\t1.234\n"
    assert table.page == 1
    assert table.cells[5].header == ("Files",)
    assert document.text.index("Before") < table.span.start < document.text.index("After")
    [box] = document.boxes(table.cells[5].span)
    assert (box.x0, box.top) == pytest.approx((330, HEIGHT - 620 - 9), abs=1.5)
    joint = table.cells[4].span.start + len("First line")
    assert document.boxes(Span(joint, joint + 1)) == ()


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name[:12])
def test_tables_are_those_that_pdfplumber_finds(path: Path) -> None:
    import pdfplumber

    theirs: list[list[str]] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            theirs += [[cell or "" for row in table for cell in row if cell] for table in page.extract_tables()]
            page.close()
    document = read(path)
    ours = [[cell.span.of(document.text) for cell in table.cells if len(cell.span)] for table in document.tables]
    assert ["".join("".join(cell.split()) for cell in table) for table in ours] == [
        "".join("".join(cell.split()) for cell in table) for table in theirs
    ]


def test_heads_that_repeat_and_page_numbers_are_furniture() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT))
    for number in (1, 2, 3):
        canvas.setFont("Helvetica", 12)
        canvas.drawString(80, 810, f"Report 2022 - page {number} of 3")
        canvas.drawString(300, 790, str(number))
        canvas.drawString(80, 700, f"In month {number} there were {number}00 files.")
        canvas.showPage()
    canvas.save()
    document = read_bytes(buffer.getvalue(), "a.pdf")
    furniture = [block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.FURNITURE]
    assert furniture == [words for n in (1, 2, 3) for words in (f"Report 2022 - page {n} of 3", str(n))]
    assert [document.page_of(document.text.index(f"In month {n}")) for n in (1, 2, 3)] == [1, 2, 3]


def text_pages(count: int) -> bytes:
    """Pages of 40 lines from the head to the foot, 75 characters each, no two the same."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT))
    for page in range(count):
        for line in range(40):
            words = f"Trang {page} dong {line}: " + f"tiep nhan {page * line} ho so, " * 3
            canvas.drawString(50, 800 - 18 * line, words)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_a_page_more_takes_little_more_memory_than_its_text() -> None:
    def peak(pages: int) -> int:
        data = text_pages(pages)
        tracemalloc.start()
        read_bytes(data, "a.pdf")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(2)
    few, many = peak(20), peak(120)
    # 3,700 characters a page, as lines put away, as passages, and in the text of all. Lines as objects take 53,000.
    assert (many - few) / 100 < 20_000

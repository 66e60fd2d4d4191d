"""Reading digital PDF beside pdfium's bare text extraction and pdfplumber's tables, in one run.

    python benchmarks/bench_reading.py [PDF ...]

Without arguments it draws three files: running text, ruled tables, and both. Times are of the processor, the best of
several rounds, in milliseconds a page;
memory is the highest resident size of a process of its own that reads 50 or 500 pages.
"""

from __future__ import annotations

import io
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pdfplumber
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from pipeline.read import read_bytes

ROUNDS = 7
LINE = "So ho so tiep nhan trong ky la 1.{:03d} ho so, giai quyet dung han dat 99,{} phan tram"


def text_pages(count: int) -> bytes:
    """Pages of 40 lines, 76 characters each."""
    return _drawn(count, lambda canvas, page: _lines(canvas, page, 40))


def table_pages(count: int) -> bytes:
    """Pages of one ruled table: 30 rows, 6 columns."""
    return _drawn(count, lambda canvas, page: _table(canvas, page, 30, 780))


def mixed_pages(count: int) -> bytes:
    """Pages of 15 lines over a ruled table of 12 rows."""

    def draw(canvas: Canvas, page: int) -> None:
        _lines(canvas, page, 15)
        _table(canvas, page, 12, 500)

    return _drawn(count, draw)


def _drawn(count: int, draw: Callable[[Canvas, int], None]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for page in range(count):
        draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _lines(canvas: Canvas, page: int, count: int) -> None:
    for i in range(count):
        canvas.drawString(60, 800 - 18 * i, LINE.format((page * 7 + i) % 1000, i % 10))


def _table(canvas: Canvas, page: int, rows: int, top: float) -> None:
    xs = [60, 90, 260, 330, 400, 470, 540]
    for i in range(rows + 1):
        canvas.line(xs[0], top - 20 * i, xs[-1], top - 20 * i)
    for x in xs:
        canvas.line(x, top, x, top - 20 * rows)
    for i in range(rows):
        for c, x in enumerate(xs[:-1]):
            words = ("TT", "Don vi", "Nhan", "Tra", "Som", "Muon")[c] if i == 0 else f"{page + i * c + 1}"
            canvas.drawString(x + 4, top - 20 * i - 14, f"Xa Binh An so {i}" if c == 1 and i else words)


def bare(data: bytes) -> None:
    """pdfium's text of each page, and nothing else."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text_page = page.get_textpage()
        text_page.get_text_range()
        text_page.close()
        page.close()
    document.close()


def plumber(data: bytes) -> None:
    """pdfplumber's tables of each page."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()


def milliseconds(run: Callable[[bytes], object], data: bytes, rounds: int = ROUNDS) -> float:
    """The best time of several rounds."""
    times: list[float] = []
    for _ in range(rounds):
        started = time.process_time()
        run(data)
        times.append(time.process_time() - started)
    return 1000 * min(times)


_PEAK = """
import re, sys
from pathlib import Path
from pipeline.read import read
found = read(Path(sys.argv[1]))
boxes = found.char_boxes
# Not getrusage: its highest size is that of the process which started this one, if that is larger.
[size] = re.findall(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(int(size) / 1024, (len(boxes.data) + len(boxes.stretches)) / 2**20)
"""


def peak(pages: int) -> tuple[float, float]:
    """The highest resident size of a process that reads so many pages, and the size of their boxes, in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.pdf"
        file.write_bytes(text_pages(pages))
        said = subprocess.run([sys.executable, "-c", _PEAK, str(file)], capture_output=True, text=True, check=True)
    resident, boxes = map(float, said.stdout.split())
    return resident, boxes


def main(names: list[str]) -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}", end="")
    print(*(f", {name} {version(name)}" for name in ("pypdfium2", "pdfplumber")), sep="")
    files = {name: Path(name).read_bytes() for name in names} or {
        "running text": text_pages(10),
        "ruled tables": table_pages(10),
        "text over a table": mixed_pages(10),
    }
    print(f"{'ms a page':24}{'characters':>12}{'pdfium':>10}{'solieu':>10}{'times':>8}{'pdfplumber':>12}{'times':>8}")
    for name, data in files.items():
        found = read_bytes(data, "a.pdf")
        pages = len(found.pages)
        bare_time, own = milliseconds(bare, data) / pages, milliseconds(lambda d: read_bytes(d, "a.pdf"), data) / pages
        other = milliseconds(plumber, data, 2) / pages
        print(
            f"{Path(name).name[:23]:24}{len(found.text) // pages:>12}{bare_time:>10.2f}{own:>10.2f}"
            f"{own / bare_time:>8.1f}{other:>12.1f}{own / other:>8.2f}"
        )
    if not names:
        (fifty, few), (five_hundred, many) = peak(50), peak(500)
        print(f"memory: {fifty:.0f} MiB for 50 pages, {five_hundred:.0f} for 500; {many - few:.1f} of that are boxes")


if __name__ == "__main__":
    main(sys.argv[1:])

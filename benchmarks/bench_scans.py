"""Cells of tables on scans beside the same tables in digital PDF, of made documents, by how worn the scan is.

    python benchmarks/bench_scans.py [DOCUMENTS [WEAR …]]

A figure is a cell that holds a number in the digital file. It is right, flagged (wrong, but marked `ocr_doubtful`),
missing (its cell is empty), or wrong without a word. Times are of one page, of all processes.
"""

from __future__ import annotations

import resource
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

import regex as re

from pipeline.model import Cell, Document
from pipeline.read import read_bytes
from pipeline.synthesis.composition import compose
from pipeline.synthesis.formats.pdf import make_pdf
from pipeline.synthesis.formats.scan import make_scan

WEARS = (0.0, 0.25, 0.5, 1.0)
_FIGURE = re.compile(r"[\d.,%+–-]*\d[\d.,%]*")


def figures(document: Document) -> Iterator[tuple[int, Cell, str]]:
    """The cells with figures below the headings, by table."""
    for number, table in enumerate(document.tables):
        for cell in table.cells:
            text = cell.span.of(document.text)
            if _FIGURE.fullmatch(text) and not cell.is_header:
                yield number, cell, text


def compare(digital: Document, scan: Document) -> Counter[str]:
    """What became of the figures of a digital document on its scan."""
    doubtful = [repair.span for repair in scan.repairs if repair.kind == "ocr_doubtful"]
    found = {(n, c.row, c.column): c for n, table in enumerate(scan.tables) for c in table.cells}
    counts: Counter[str] = Counter()
    for number, cell, text in figures(digital):
        there = found.get((number, cell.row, cell.column))
        words = there.span.of(scan.text) if there else ""
        if words == text:
            counts["right"] += 1
            counts["right, flagged"] += any(there.span.overlaps(span) for span in doubtful) if there else 0
        elif not words:
            counts["missing"] += 1
        elif there and any(there.span.overlaps(span) for span in doubtful):
            counts["flagged"] += 1
        else:
            counts["wrong"] += 1
            if "-v" in sys.argv:
                print("   ", repr(text), "read as", repr(words))
    return counts


def seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(documents: int, wears: Sequence[float]) -> None:
    columns = ("figures", "right", "flagged", "missing", "wrong")
    print(f"{'wear':>6}" + "".join(f"{name:>9}" for name in columns) + f"{'share right':>13}{'s a page':>10}")
    for wear in wears:
        counts: Counter[str] = Counter()
        pages, spent = 0, 0.0
        for number in range(documents):
            source = compose(f"scans/{number}", f"{number:05}-scan", "scan", wear).source
            digital = read_bytes(make_pdf(source), "a.pdf")
            if not any(figures(digital)):
                continue
            data = make_scan(source)
            started = seconds()
            scan = read_bytes(data, "a.pdf")
            spent, pages = spent + seconds() - started, pages + len(scan.pages)
            counts += compare(digital, scan)
        total = sum(counts[name] for name in ("right", "flagged", "missing", "wrong"))
        shares = f"{counts['right'] / max(1, total):>13.4f}{spent / max(1, pages):>10.2f}"
        print(f"{wear:>6}{total:>9}" + "".join(f"{counts[name]:>9}" for name in columns[1:]) + shares)


if __name__ == "__main__":
    numbers = [word for word in sys.argv[1:] if word != "-v"]
    main(int(numbers[0]) if numbers else 24, [float(word) for word in numbers[1:]] or WEARS)

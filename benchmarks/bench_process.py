"""Whole process over 400 PDF pages: solieu beside the naive pipeline and beside the floor, in turn."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from archives import write_archive
from measure import measured, publish, solieu, table

HERE = Path(__file__).parent
DOCUMENTS, PAGES = 100, 4


def main() -> None:
    """Measure, print, and write the section `process`."""
    with tempfile.TemporaryDirectory() as place:
        archive = write_archive(Path(place) / "archive", DOCUMENTS, PAGES, "pdf")
        first = write_archive(Path(place) / "first", 1, 1, "pdf")
        naive = measured(sys.executable, HERE / "naive.py", archive)
        floor = measured(sys.executable, HERE / "floor.py", archive)
        whole = solieu("run", archive, "--out", Path(place) / "out", "--workers", 1, "--quiet")
        start = solieu("extract", *first.rglob("*.pdf"))
    rows = [
        (
            name,
            *(f"{figure:.1f}" for figure in (m.wall, m.processor, m.wall / whole.wall, m.processor / whole.processor)),
        )
        for name, m in (("naive pipeline", naive), ("floor: pdfium, word_tokenize", floor), ("solieu run", whole))
    ]
    text = table(("400 pages, one worker", "s", "processor s", "times solieu's s", "times solieu's processor s"), rows)
    publish("process", f"{text}\n\nFrom the start of the command to the facts of one document: {start.wall:.1f} s.")


if __name__ == "__main__":
    main()

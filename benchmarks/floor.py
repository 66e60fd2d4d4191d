"""The least that reading words can cost with stock parts: pdfium's bare text, and word_tokenize of it.

python floor.py FOLDER
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pypdfium2
from underthesea import word_tokenize


def main(folder: Path) -> None:
    """Print pages, words and the seconds they took, the word model being loaded."""
    word_tokenize("Ủy ban nhân dân tỉnh tiếp nhận 12 hồ sơ.")
    pages = words = 0
    started = time.perf_counter()
    for file in sorted(folder.rglob("*.pdf")):
        with pypdfium2.PdfDocument(file) as document:
            for page in document:
                text = page.get_textpage()
                words += len(word_tokenize(text.get_text_bounded()))
                text.close()
                page.close()
                pages += 1
    print(f"{pages} pages, {words} words, {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

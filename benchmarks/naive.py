"""The obvious pipeline over PDF files: pdfplumber for text and tables, underthesea for words, a spaCy Matcher.

As fast as it can be without being another design: pages are closed (else memory grows without bound), and the
word model is loaded before the clock starts. It finds numbers with their nouns and nothing of what they mean.

python naive.py FOLDER
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pdfplumber
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab
from underthesea import word_tokenize


def main(folder: Path) -> None:
    """Print pages, tables, matches and the seconds they took."""
    vocab = Vocab()
    matcher = Matcher(vocab)
    for noun in ("hồ sơ", "nhiệm vụ", "thủ tục", "văn bản", "điểm", "%"):
        matcher.add(noun, [[{"TEXT": {"REGEX": r"^\d[\d.,/]*$"}}, {"LOWER": noun}]])
    word_tokenize("Ủy ban nhân dân tỉnh tiếp nhận 12 hồ sơ.")
    pages = tables = matches = 0
    started = time.perf_counter()
    for file in sorted(folder.rglob("*.pdf")):
        with pdfplumber.open(file) as document:
            for page in document.pages:
                words = word_tokenize(page.extract_text())
                tables += len(page.extract_tables())
                matches += len(matcher(Doc(vocab, words=words)))
                pages += 1
                page.close()
    print(f"{pages} pages, {tables} tables, {matches} matches, {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

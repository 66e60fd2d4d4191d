"""Cutting text into words: beside stock underthesea, on text never seen and on text seen before."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from measure import publish, table
from reports import reports

from pipeline.text.words import segment


def paragraphs(count: int, seed: int) -> list[str]:
    """The running text of some reports."""
    return [
        block for report in reports(count, 2, seed) for page in report.pages for block in page if isinstance(block, str)
    ]


def speed(cut: Callable[[str], object], texts: Iterable[str]) -> float:
    """Millions of characters a processor second."""
    started, size = time.process_time(), 0
    for text in texts:
        cut(text)
        size += len(text)
    return size / (time.process_time() - started) / 1e6


def main() -> None:
    """Measure, print, and write the section `words`."""
    from underthesea import word_tokenize

    texts = paragraphs(100, seed=7)
    segment("khởi động"), word_tokenize("khởi động")
    unseen, warm = speed(segment, texts), speed(segment, texts)
    stock, stock_warm = speed(word_tokenize, texts), speed(word_tokenize, texts)
    differing = words = 0
    for text in texts:
        ours = [text[span.start : span.end] for span in segment(text)]
        theirs = word_tokenize(text)
        words += len(theirs)
        differing += sum(a != b for a, b in zip(ours, theirs, strict=False)) + abs(len(ours) - len(theirs))
    rows = [
        ("underthesea.word_tokenize", f"{stock:.2f}", f"{stock_warm:.2f}"),
        ("pipeline.text.words.segment", f"{unseen:.2f}", f"{warm:.2f}"),
        ("times as fast", f"{unseen / stock:.1f}", f"{warm / stock_warm:.1f}"),
    ]
    text = table(("words", "Mchar a processor second, unseen", "the same text again"), rows)
    publish("words", f"{text}\n\n{sum(map(len, texts)):,} characters, {words:,} words, {differing} of them differ.")


if __name__ == "__main__":
    main()

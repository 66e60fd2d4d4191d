"""Text in, facts out: the speed of extraction alone, beside stock underthesea's words of the same texts."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from archives import write_archive
from measure import publish, table
from underthesea import word_tokenize

from pipeline.process import extract_facts, read_document
from pipeline.rulebook.book import load
from pipeline.run.processes import collect_rarely

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"


def main() -> None:
    """Measure, print, and write the section `extraction`."""
    collect_rarely()  # as every process of the program does that extracts
    rulebook = load()
    rows = []
    with tempfile.TemporaryDirectory() as place:
        made = write_archive(Path(place), 60, 2)
        for name, folder in (("made-up reports", made), ("sample archive", CORPUS)):
            files = [file for file in sorted(folder.rglob("*")) if file.suffix in (".txt", ".html", ".docx", ".pdf")]
            started = time.process_time()
            documents = [read_document(file.read_bytes(), str(file)) for file in files]
            reading = time.process_time() - started
            for document in documents:  # every expression compiled, every n-gram of words met
                extract_facts(document, rulebook)
            started = time.process_time()
            found = [extract_facts(document, rulebook) for document in documents]
            seconds = time.process_time() - started
            word_tokenize(documents[0].text)
            started = time.process_time()
            for document in documents:
                word_tokenize(document.text)
            words = time.process_time() - started
            size = sum(len(document.text) for document in documents)
            facts = sum(len(each.observations) for each in found)
            numerals = sum(len(each.numerals) for each in found)
            rows.append(
                (name, len(files), f"{size:,}", f"{numerals / size * 1000:.1f}", f"{facts:,}",
                 f"{size / reading / 1e6:.3f}",
                 f"{size / seconds / 1e6:.3f}", f"{size / words / 1e6:.3f}", f"{seconds / len(files) * 1000:.0f}")
            )  # fmt: skip
    head = ("", "documents", "characters", "numbers a 1,000 characters", "observations", "read, Mchar/s",
            "extracted, Mchar/s", "word_tokenize, Mchar/s", "ms a document")  # fmt: skip
    publish("extraction", table(head, rows) + "\n\nProcessor seconds of one process, warm.")


if __name__ == "__main__":
    main()

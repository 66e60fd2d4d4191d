"""A small dataset on the disk with hostile texts in it, for the tests of schema and exports."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from store_samples import TEXT, document, extraction

from pipeline.model import Cause, Evidence, Extraction, Failure, Observation, Span
from pipeline.rulebook.book import Rules
from pipeline.run.cache import Cache
from pipeline.run.publish import publish_dataset
from pipeline.run.worker import FACTS, packed
from pipeline.store.ledger import FileEntry, Ledger
from pipeline.store.rows import Rows, Versions, material_of, rows_of

SON_LA: dict[str, Any] = {
    "subject": "Tỉnh Sơn La",
    "ref_area": "14",
    "area_regime": "63",
    "time_period": "2020",
    "period_start": date(2020, 1, 1),
    "period_end": date(2020, 12, 31),
}
HOSTILE = (
    '=HYPERLINK("http://x.example","y")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\ry",
    "<script>alert(1)</script>",
    "<r></is></c>&x;</r>",
)
BIG, LONG = Decimal(1634000000000), Decimal("1234567890123456.789")


def hostile_document(words: str, value: Decimal, n: int) -> Rows:
    """A document that says nothing but `words`, which is also its title and the name of a subject."""
    text = f"{words}\n"
    made = document(text, path=f"a/{n}.txt", paged=False)
    start = Span(0, len(words))
    observation = Observation(
        f"hostile-{n}", "finance.disbursed", value, "vnd", words, start, start, "test",
        evidence=(Evidence("value", start, words),), **{**SON_LA, "subject": words},
    )  # fmt: skip
    facts = replace(extraction().facts, title=words)
    return rows_of(made, Extraction(facts, observations=(observation,)), Versions("0.1", "rules-1"))


def plain_document() -> Rows:
    """The document of `store_samples`, its facts about Sơn La; one is evidenced twice."""
    found = extraction()
    observations = tuple(replace(o, **SON_LA) for o in found.observations)
    return rows_of(document(TEXT), replace(found, observations=observations), Versions("0.1", "rules-1"))


def documents() -> list[Rows]:
    """Rows of all documents, in the order of their ids."""
    values = [BIG, LONG, Decimal("-2.91"), Decimal("0.000000001"), Decimal(0), Decimal("84.84"), Decimal(7), Decimal(8)]
    some = [hostile_document(words, value, n) for n, (words, value) in enumerate(zip(HOSTILE, values, strict=True))]
    return sorted([plain_document(), *some], key=lambda rows: str(rows["documents"][0]["doc_id"]))


def write_dataset(folder: Path, some: list[Rows] | None = None) -> Path:
    """What a run would leave in `folder`."""
    rules = Rules()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as aside, Ledger(Path(aside) / "ledger") as ledger:
        cache = Cache(Path(aside))
        failure = Failure("=b.pdf", None, Cause.CORRUPT, "it is cut", "")
        entries = [FileEntry("/b", failure.path, "", None, 0, "", "failed", failure=failure)]
        for n, rows in enumerate(documents() if some is None else some):
            cache.put(FACTS, f"made-{n}", packed(material_of(rows)))
            [row] = rows["documents"]
            doc_id, path = str(row["doc_id"]), str(row["path"])
            entries.append(FileEntry(f"/{n}", path, "", doc_id, len(path), f"made-{n}", "ok"))
        publish_dataset(
            folder, entries, cache, ledger, rules,
            lambda works: set().union(*(work.make(cache, rules.book) for work in works)),
        )  # fmt: skip
    return folder

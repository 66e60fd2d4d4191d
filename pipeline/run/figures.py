"""What a run comes to: the figures of `run.json` and of the summary at the end of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pipeline.model import Failure
from pipeline.store.ledger import FileEntry


@dataclass(frozen=True, slots=True)
class Figures:
    """The dataset as it now is (each document once), and what this run did for it."""

    documents: int
    partial: int
    pages: int
    facts: dict[str, int]
    numerals: int
    unexplained: int
    findings: int
    failures: tuple[Failure, ...]
    done: int = 0
    cached: int = 0
    skipped: int = 0
    gone: int = 0
    unsettled: int = 0
    left: int = 0
    seconds: float = 0.0
    state: str = "finished"
    started: str = ""
    finished: str = ""
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def unexplained_share(self) -> float:
        """The share of numerals without an explanation, from 0 to 1."""
        return self.unexplained / self.numerals if self.numerals else 0.0

    def as_json(self) -> dict[str, Any]:
        """The content of `run.json`."""
        return {
            "state": self.state,
            "started": self.started,
            "finished": self.finished,
            "seconds": round(self.seconds, 3),
            "documents": self.documents,
            "partial": self.partial,
            "failed": len(self.failures),
            "failures": dict(sorted(Counter(str(failure.cause) for failure in self.failures).items())),
            "pages": self.pages,
            "done": self.done,
            "cached": self.cached,
            "skipped": self.skipped,
            "gone": self.gone,
            "unsettled": self.unsettled,
            "left": self.left,
            "facts": self.facts,
            "numerals": self.numerals,
            "numerals_unexplained": self.unexplained,
            "unexplained_share": round(self.unexplained_share, 6),
            "findings": self.findings,
            "versions": self.versions,
        }


def dataset_figures(entries: Iterable[FileEntry]) -> Figures:
    """The figures of the dataset that these files make up; a document that lies twice counts once."""
    totals: Counter[str] = Counter()
    failures = []
    seen: set[str] = set()
    for entry in entries:
        if entry.failure:
            failures.append(entry.failure)
        elif entry.doc_id is not None and entry.doc_id not in seen:
            seen.add(entry.doc_id)
            totals.update(entry.figures)
            totals["documents"] += 1
            totals["partial"] += entry.status == "partial"
    facts = {name.removeprefix("facts."): n for name, n in sorted(totals.items()) if name.startswith("facts.")}
    return Figures(
        documents=totals["documents"],
        partial=totals["partial"],
        pages=totals["pages"],
        facts=facts,
        numerals=totals["numerals"],
        unexplained=totals["numerals_unexplained"],
        findings=totals["findings"],
        failures=tuple(failures),
    )

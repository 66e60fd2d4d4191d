"""What changed between two runs: facts added, removed, and said otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.evaluate.levels import Fact
from pipeline.evaluate.score import Document


@dataclass(frozen=True, slots=True)
class _Kind:
    """A table to compare: what tells two of its rows apart, and what they say."""

    table: str
    key: tuple[str, ...]
    says: tuple[str, ...]


_KINDS = (
    _Kind(
        "observations",
        ("obs_id",),
        (
            *("indicator", "index", "value", "value_high", "unit", "comparator", "out_of", "scope", "subject"),
            *("ref_area", "area_regime", "level", "time_period", "period_start", "period_end", "base_period"),
            *("obs_status", "quote"),
        ),
    ),
    _Kind("references", ("doc_id", "number"), ("doc_type", "issuer", "ref_area", "issued_on", "title", "role")),
    _Kind("dates", ("doc_id", "start", "end", "char_start"), ("precision", "role")),
)


SAID = {kind.table: (*kind.key, *kind.says) for kind in _KINDS}
"""The columns of each table that a comparison needs."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact of one table in one document, as it was and as it is; None where it is not there."""

    path: str
    table: str
    before: Fact | None
    after: Fact | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in which the two differ."""
        says = next(kind.says for kind in _KINDS if kind.table == self.table)
        before, after = self.before, self.after
        return () if before is None or after is None else tuple(n for n in says if before.get(n) != after.get(n))


def differences(before: Iterable[Document], after: Iterable[Document]) -> Iterator[Change]:
    """The changes, by document and place. A fact is the same one by its id, or its document and number or days."""
    old, new = list(before), list(after)
    paths = {document["document"]["doc_id"]: document["document"]["path"] for document in (*old, *new)}
    changes = []
    for kind in _KINDS:
        was, now = _keyed(old, kind), _keyed(new, kind)
        for key in was.keys() | now.keys():
            row = now.get(key) or was[key]
            change = Change(paths[row["doc_id"]], kind.table, was.get(key), now.get(key))
            if change.before is None or change.after is None or change.columns:
                changes.append((change.path, row.get("char_start") or 0, kind.table, str(key), change))
    return (change for *_, change in sorted(changes, key=lambda item: item[:4]))


def _keyed(documents: list[Document], kind: _Kind) -> dict[tuple[object, ...], Fact]:
    rows: dict[tuple[object, ...], Fact] = {}
    for document in documents:
        for row in document[kind.table]:
            rows.setdefault(tuple(str(row.get(name)) for name in kind.key), row)
    return rows


def change_line(change: Change) -> str:
    """One change in one line: + added, - removed, ~ said otherwise; with its words."""
    row = change.after or change.before or {}
    what = " ".join(str(row[name]) for name in ("indicator", "index", "number", "start", "end") if row.get(name))
    quote = " ".join(str(row.get("quote", "")).split())
    if change.before is None or change.after is None:
        sign = "+" if change.before is None else "-"
        said = " ".join(
            str(row[name]) for name in ("value", "unit", "time_period", "role") if row.get(name) is not None
        )
        return f"{sign} {change.path}: {what} {said} «{quote}»"
    turned = "; ".join(f"{name} {change.before.get(name)} → {change.after.get(name)}" for name in change.columns)
    return f"~ {change.path}: {what}: {turned} «{quote}»"

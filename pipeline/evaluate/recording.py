"""What an archive gave when it was last recorded, kept beside it under version control; and what a change of rules
gains and loses over it.

One fact a line, so that the recording itself shows in a review what a change did. After the benchmark bot of eyecite,
which reports on every pull request the citations that were gained and lost over a sample of opinions.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from pipeline.evaluate.difference import SAID, Change, change_line, differences
from pipeline.evaluate.levels import LEVEL_OF, Fact, Level
from pipeline.evaluate.score import CORE, Document, Report, score, sentence

_KEPT = {table: (*columns, "char_start", "char_end", "quote") for table, columns in SAID.items()}
_SCORED = ("core", "references", "dates", "other families (recall)")
_LEVELS = (Level.FOUND, Level.TYPED, Level.FULL)


def record(path: Path, documents: Iterable[Document]) -> int:
    """Write what the documents give; the number of facts."""
    lines = []
    for document in sorted(documents, key=lambda d: PurePath(d["document"]["path"]).name):
        file = PurePath(document["document"]["path"]).name
        lines.append({"file": file, "doc_id": document["document"]["doc_id"]})
        for table, names in _KEPT.items():
            for row in document[table]:
                kept = {
                    name: row[name] for name in dict.fromkeys(names) if name != "doc_id" and row.get(name) is not None
                }
                lines.append({"file": file, "table": table, **kept})
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return sum("table" in line for line in lines)


def read_recording(path: Path) -> list[Document]:
    """The documents of a recording, without their texts. Raises ValueError naming a line that is none."""
    made: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            file, table = row.pop("file"), row.pop("table", None)
            if table is None:
                made[file] = {"document": {"path": file, "doc_id": row["doc_id"]}} | {name: [] for name in _KEPT}
            else:
                whole: dict[str, Any] = dict.fromkeys(_KEPT[table])
                made[file][table].append(whole | {"doc_id": made[file]["document"]["doc_id"]} | row)
        except (ValueError, KeyError) as problem:
            raise ValueError(f"{path}:{number} is no line of a recording: {problem}") from problem
    return list(made.values())


@dataclass(frozen=True, slots=True)
class Judged:
    """A change, and how far the gold agrees with the fact before and after."""

    change: Change
    before: Level
    after: Level
    sentence: str

    @property
    def better(self) -> int:
        """1 for a gain, -1 for a loss, 0 where the gold does not tell. A wrong fact that goes is a gain."""
        had, has = (self._worth(fact, level) for fact, level in self._sides())
        return (has > had) - (has < had)

    def _sides(self) -> tuple[tuple[Fact | None, Level], tuple[Fact | None, Level]]:
        return (self.change.before, self.before), (self.change.after, self.after)

    @staticmethod
    def _worth(fact: Fact | None, level: Level) -> float:
        """A fact that the gold does not have is wrong only in the families that it has completely."""
        if fact is None or level:
            return level
        return -0.5 if str(fact.get("indicator", CORE[0])).partition(".")[0] in CORE else 0


def judged(before: Iterable[Document], after: Iterable[Document], golds: Iterable[Document]) -> Iterator[Judged]:
    """What changed, each change held against the gold of its document."""
    old, new = list(before), list(after)
    texts = {d["document"]["doc_id"]: d["document"].get("text") or "" for d in new}
    gold_of = {gold["file"]: gold for gold in golds}
    for change in _paired(differences(old, new)):
        rows = gold_of.get(PurePath(change.path).name, {}).get(change.table) or []
        level_of = LEVEL_OF[change.table]
        levels = [
            max((level_of(gold, fact) for gold in rows), default=Level.NONE) if fact else Level.NONE
            for fact in (change.before, change.after)
        ]
        row = change.after or change.before or {}
        change = replace(change, path=PurePath(change.path).name)
        yield Judged(change, levels[0], levels[1], sentence(row, texts.get(str(row.get("doc_id")), "")))


def _paired(changes: Iterable[Change]) -> Iterator[Change]:
    """A fact that is lost and found again in other words (a longer quote is another id) is one fact, said otherwise."""
    listed = list(changes)
    found = Counter(_meaning(change) for change in listed if change.before is None)
    lost: defaultdict[tuple[str, ...], list[Change]] = defaultdict(list)
    kept = []
    for change in listed:
        meaning = _meaning(change)
        if change.after is None and len(lost[meaning]) < found[meaning]:
            lost[meaning].append(change)
        else:
            kept.append(change)
    for change in kept:
        before = lost[_meaning(change)] if change.before is None else []
        yield replace(change, before=before.pop(0).before) if before else change


def _meaning(change: Change) -> tuple[str, ...]:
    row = change.after or change.before or {}
    said = (str(row.get(name)) for name in ("indicator", "index", "value", "number", "start", "end"))
    return (change.path, change.table, *said)


def difference_lines(before: list[Document], after: list[Document], golds: list[Document]) -> Iterator[str]:
    """Losses first, then gains, then what the gold does not judge, each with its sentence; then both scores."""
    changes = list(judged(before, after, golds))
    for worth, title in ((-1, "LOST"), (1, "GAINED"), (0, "CHANGED, and the gold does not tell")):
        chosen = [item for item in changes if item.better == worth]
        if chosen:
            yield f"{title} ({len(chosen)})"
        for item in chosen:
            yield f"  {change_line(item.change)}"
            yield f"      {item.sentence}"
    yield from _score_lines(score(golds, before), score(golds, after))
    counts = [sum(item.better == worth for item in changes) for worth in (1, -1, 0)]
    yield "{} gained, {} lost, {} changed otherwise since the recording".format(*counts)


def _score_lines(before: Report, after: Report) -> Iterator[str]:
    yield f"{'':26}{'found F1':<20}{'typed F1':<20}{'full F1'}"
    for name in _SCORED:
        if name in before.tallies and name in after.tallies:
            pairs = [(before.tallies[name].rate(level).f1, after.tallies[name].rate(level).f1) for level in _LEVELS]
            shown = (f"{a:.4f}" if abs(a - b) < 5e-5 else f"{a:.4f} → {b:.4f}" for a, b in pairs)
            yield f"{name:26}" + "".join(text.ljust(20) for text in shown).rstrip()

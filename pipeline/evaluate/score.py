"""Scores of extracted facts against gold: precision, recall and F1 at three levels, and every error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, TypeAlias

from pipeline.evaluate.levels import Fact, Level, date_level, observation_level, reference_level
from pipeline.text.fold import slug

CORE = ("index", "dossier", "task", "procedure")
"""The families whose gold is complete unless a gold file says otherwise: what is not in it is wrong."""
OTHER = "other families (recall)"
_LISTED = ("core", "references", "dates", OTHER)

Document: TypeAlias = Mapping[str, Any]
"""One object of `solieu extract`, or one gold file."""
LevelOf: TypeAlias = Callable[[Fact, Fact], Level]


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Tally:
    """How many rows the gold has, how many were read out, and how many agree at each level."""

    gold: int = 0
    got: int = 0
    agreed: dict[Level, int] = field(default_factory=lambda: dict.fromkeys(Level, 0))

    def add(self, matching: Matching) -> None:
        """Count a document's rows; optional gold rows count neither for nor against."""
        counted = [pair for pair in matching.pairs if not pair.gold.get("optional")]
        self.gold += len(counted) + len(matching.missed)
        self.got += len(counted) + len(matching.spurious)
        for pair in counted:
            for level in Level:
                self.agreed[level] += level <= pair.level

    def rate(self, level: Level) -> Rate:
        """Nothing read out where nothing is to be found is perfect."""
        agreed = self.agreed[level]
        return Rate(
            agreed / self.got if self.got else float(not self.gold),
            agreed / self.gold if self.gold else float(not self.got),
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold row and the row that stands for it."""

    gold: Fact
    got: Fact
    level: Level


@dataclass(frozen=True, slots=True)
class Matching:
    """One document's rows of one group, paired as well as they go."""

    pairs: tuple[Pair, ...]
    missed: tuple[Fact, ...]
    spurious: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Error:
    """A row that was missed (no `got`), is spurious (no `want`), or agrees only in part."""

    file: str
    group: str
    want: Fact | None
    got: Fact | None
    level: Level
    sentence: str


@dataclass(slots=True)
class Report:
    """The scores by group, and what went wrong."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    ungrounded: int = 0
    duplicate_ids: int = 0
    numerals: int = 0
    unexplained: int = 0


def score(golds: Iterable[Document], documents: Iterable[Document]) -> Report:
    """Score documents against the gold whose `file` is the last part of their path."""
    by_name = {PurePath(document["document"]["path"]).name: document for document in documents}
    report = Report()
    for gold in golds:
        document = by_name.get(gold["file"])
        if document is None:
            report.absent.append(gold["file"])
            document = {"document": {}, "observations": [], "references": [], "dates": []}
        _count_faults(document, report)
        for name, matching in _groups(gold, document):
            report.tallies.setdefault(name, Tally()).add(matching)
            if name in _LISTED:
                report.errors += _errors(name, matching, gold["file"], document["document"].get("text") or "")
    return report


def match(golds: Sequence[Fact], gots: Sequence[Fact], level_of: LevelOf) -> Matching:
    """Pair rows greedily from the best level down; at one level, required gold rows come before optional ones."""
    candidates = [
        (-level, bool(gold.get("optional")), i, j)
        for i, gold in enumerate(golds)
        for j, got in enumerate(gots)
        if (level := level_of(gold, got))
    ]
    pairs: list[Pair] = []
    taken: set[int] = set()
    used: set[int] = set()
    for minus_level, _, i, j in sorted(candidates):
        if i not in taken and j not in used:
            taken.add(i)
            used.add(j)
            pairs.append(Pair(golds[i], gots[j], Level(-minus_level)))
    missed = tuple(gold for i, gold in enumerate(golds) if i not in taken and not gold.get("optional"))
    return Matching(tuple(pairs), missed, tuple(got for j, got in enumerate(gots) if j not in used))


def _groups(gold: Document, document: Document) -> Iterator[tuple[str, Matching]]:
    complete = tuple(gold.get("exhaustive", CORE))
    wanted = _by_family(gold["observations"], complete)
    got = _by_family(document["observations"], complete)
    core = ([row for f in complete for row in wanted[f]], [row for f in complete for row in got[f]])
    yield (
        "core",
        match(
            _in_order(core[0], gold["observations"]), _in_order(core[1], document["observations"]), observation_level
        ),
    )
    for family in complete:
        yield family, match(wanted[family], got[family], observation_level)
    if gold.get("references") is not None:
        references = _distinct(document["references"], lambda row: slug(row.get("number") or "", " "))
        yield "references", match(gold["references"], references, reference_level)
    if gold.get("dates") is not None:
        dates = _distinct(document["dates"], lambda row: (str(row.get("start")), str(row.get("end"))))
        yield "dates", match(gold["dates"], dates, date_level)
    others = match(wanted[OTHER], got[OTHER], observation_level)
    yield OTHER, Matching(others.pairs, others.missed, ())


def _by_family(rows: Iterable[Fact], families: tuple[str, ...]) -> dict[str, list[Fact]]:
    parted: dict[str, list[Fact]] = {family: [] for family in (*families, OTHER)}
    for row in rows:
        family = str(row.get("indicator")).partition(".")[0]
        parted[family if family in families else OTHER].append(row)
    return parted


def _in_order(rows: list[Fact], order: Iterable[Fact]) -> list[Fact]:
    """`rows` in the order of the document, so that ties are settled as they are within a family."""
    wanted = {id(row) for row in rows}
    return [row for row in order if id(row) in wanted]


def _distinct(rows: Iterable[Fact], key: Callable[[Fact], object]) -> list[Fact]:
    """The first row of each key: a reference or a date counts once for a document."""
    first: dict[object, Fact] = {}
    for row in rows:
        first.setdefault(key(row), row)
    return list(first.values())


def _count_faults(document: Document, report: Report) -> None:
    text = document["document"].get("text")
    observations = document["observations"]
    for row in (*observations, *document["references"], *document["dates"]):
        if text is not None and row.get("char_start") is not None:
            report.ungrounded += text[row["char_start"] : row["char_end"]] != row.get("quote")
    report.duplicate_ids += len(observations) - len({row.get("obs_id", id(row)) for row in observations})
    numerals = document.get("numerals") or []
    report.numerals += len(numerals)
    report.unexplained += sum(row.get("class") == "unexplained" for row in numerals)


def _errors(group: str, matching: Matching, file: str, text: str) -> Iterator[Error]:
    for row in matching.missed:
        yield Error(file, group, row, None, Level.NONE, sentence(row, text))
    for row in matching.spurious:
        yield Error(file, group, None, row, Level.NONE, sentence(row, text))
    for pair in matching.pairs:
        if pair.level < Level.FULL and not pair.gold.get("optional"):
            yield Error(file, group, pair.gold, pair.got, pair.level, sentence(pair.got, text))


def sentence(row: Fact, text: str, width: int = 90) -> str:
    """The words around a row, its quote marked; what the gold shows where the row has no place in the text."""
    start, end = row.get("char_start"), row.get("char_end")
    if start is None or end is None or not text:
        return str(row.get("at") or row.get("quote") or "")
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    left = text[max(line_start, start - width) : start]
    right = text[end : min(end + width, len(text) if line_end < 0 else line_end)]
    return f"{left}«{text[start:end]}»{right}".strip()

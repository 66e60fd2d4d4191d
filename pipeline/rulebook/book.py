"""The whole rule set, loaded and compiled once for a process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.rulebook.confidence import Confidence, load_confidence
from pipeline.rulebook.count_rules import CountRules, load_count_rules
from pipeline.rulebook.cue_lists import NumeralRule, StatusRules, load_numeral_rules, load_status_rules
from pipeline.rulebook.index_rules import IndexRules, load_index_rules
from pipeline.rulebook.location import rules_dir
from pipeline.rulebook.source import RuleError, rule_text

if TYPE_CHECKING:
    from pipeline.values.places import Gazetteer


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything that `rules/` says. `version` is a hash of its files: it changes when they do."""

    version: str
    folder: Path
    counts: tuple[CountRules, ...]
    index: IndexRules
    status: StatusRules
    numerals: tuple[NumeralRule, ...]
    confidence: Confidence
    gazetteer: Gazetteer


class Rules:
    """The rules of a folder (default: the one shipped): their version at once, compiled when first asked for."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or rules_dir()).resolve()

    @cached_property
    def version(self) -> str:
        """As that of the `Rulebook`."""
        return version_of(self.folder)

    @cached_property
    def texts(self) -> dict[str, str]:
        """Every rule file by its path within the folder."""
        return {path.relative_to(self.folder).as_posix(): rule_text(path) for path in _files(self.folder)}

    @cached_property
    def book(self) -> Rulebook:
        """The rules compiled. Raises RuleError with file and line, also where the files have changed meanwhile."""
        book = load(self.folder)
        if book.version != self.version:
            raise RuleError(self.folder, 1, "the rules have changed since the program began: start it again")
        return book


def load(folder: Path | None = None) -> Rulebook:
    """The rulebook of a folder (default: the one shipped). Raises RuleError with file and line."""
    return _load((folder or rules_dir()).resolve())


@cache
def _load(folder: Path) -> Rulebook:
    from pipeline.values.places import load_gazetteer

    counts = tuple(load_count_rules(path) for path in sorted((folder / "measures").glob("*.yaml")))
    _refuse_namesakes(counts, folder / "measures")
    return Rulebook(
        version=version_of(folder),
        folder=folder,
        counts=counts,
        index=load_index_rules(folder / "index"),
        status=load_status_rules(folder / "status.yaml"),
        numerals=load_numeral_rules(folder / "numerals.yaml"),
        confidence=load_confidence(folder / "confidence.yaml"),
        gazetteer=load_gazetteer(folder / "gazetteer"),
    )


def _refuse_namesakes(families: Iterable[CountRules], folder: Path) -> None:
    """Raises RuleError where two families, or two indicators, have one name: rows could not be told apart."""
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for rules in families:
        if other := names.get(rules.family):
            hint = "Give one of the two families another name, or write both into one file."
            raise RuleError(folder / rules.file, 1, f"the family {rules.family!r} stands in {other} too", hint)
        names[rules.family] = rules.file
        for indicator in rules.indicators:
            if other := codes.get(indicator.code):
                message = f"{indicator.code} is declared in {other} too"
                raise RuleError(folder / rules.file, indicator.line, message, "Give one of the two another code.")
            codes[indicator.code] = rules.file


def version_of(folder: Path) -> str:
    """A hash over the names and bytes of all rule files of a folder."""
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".csv"))

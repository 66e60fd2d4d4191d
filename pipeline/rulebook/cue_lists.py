"""The rule files that are plain lists of cues: status of a number, and digits that are no figure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import regex

from pipeline.rulebook.phrase_keys import alternation_under, phrases_under
from pipeline.rulebook.phrases import any_of
from pipeline.rulebook.source import Reader, load_rule_file
from pipeline.text.phrase_places import PhraseSet, phrase_set


@dataclass(frozen=True, slots=True)
class StatusRules:
    """Cues of goals, results and references; `cues` names its groups by status."""

    cues: PhraseSet
    target_headings: regex.Pattern[str]
    result_headings: regex.Pattern[str]
    target_documents: frozenset[str]
    target_titles: regex.Pattern[str]
    result_titles: regex.Pattern[str]
    consequences: regex.Pattern[str]
    """What becomes of those beyond a limit, as the words behind it say."""


@dataclass(frozen=True, slots=True)
class NumeralRule:
    """Words before or after digits that make them no figure."""

    category: str
    before: regex.Pattern[str] | None
    after: regex.Pattern[str] | None


def load_status_rules(path: Path) -> StatusRules:
    """Read `status.yaml`. Raises RuleError with file and line."""
    top = Reader(path, load_rule_file(path))
    top.only("target", "result", "reference")
    target, result, reference = (top.mapping(key) for key in ("target", "result", "reference"))
    target.only("phrases", "headings", "documents", "titles")
    result.only("phrases", "headings", "titles")
    reference.only("phrases", "consequences")
    kinds = (("reference", reference), ("target", target), ("actual", result))
    return StatusRules(
        cues=phrase_set(phrase for name, reader in kinds for phrase in phrases_under(reader, "phrases", name)),
        target_headings=regex.compile(alternation_under(target, "headings")),
        result_headings=regex.compile(alternation_under(result, "headings")),
        target_documents=frozenset(target.texts("documents")),
        target_titles=regex.compile(alternation_under(target, "titles")),
        result_titles=regex.compile(alternation_under(result, "titles")),
        consequences=regex.compile(alternation_under(reference, "consequences")),
    )


def load_numeral_rules(path: Path) -> tuple[NumeralRule, ...]:
    """Read `numerals.yaml`. Raises RuleError with file and line."""
    top = Reader(path, load_rule_file(path))
    top.only("entries")
    rules = []
    for reader in top.entries("entries"):
        reader.only("class", "before", "after")
        before, after = phrases_under(reader, "before"), phrases_under(reader, "after")
        rules.append(
            NumeralRule(
                reader.text("class"),
                regex.compile(any_of(before) + r"[\s:.(,\-]*\Z") if before else None,
                regex.compile(r"\s*" + any_of(after)) if after else None,
            )
        )
    return tuple(rules)

"""Variants of examples in which a phrase takes another of its branches.

An example shows that a phrase works with the branches that its words take. For every other branch its
words are exchanged: the facts must stay the same. So a branch that a look-alike hides, or that another
attribute takes away, is seen without an example of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import regex

from pipeline.authoring.coverage import Gap
from pipeline.authoring.examples import Outcome
from pipeline.model import Span
from pipeline.rulebook.count_rules import CountRules
from pipeline.rulebook.examples import Example, ExampleKind
from pipeline.rulebook.phrase_list import HEADS, LOOKALIKES, Phrase, spellings
from pipeline.rulebook.phrases import alternation, phrase_pattern
from pipeline.text.fold import lower_view
from pipeline.text.phrase_places import phrase_text

_AROUND_SIGNS = regex.compile(r"(?<=[\[(]) | (?=[\])])| (?=\|)|(?<=\|) ")


@dataclass(frozen=True, slots=True)
class Variant:
    """An example with one phrase's words exchanged; `branch` is the phrase with the branch forced."""

    example: Example
    phrase: Phrase
    branch: str
    words: str

    def __str__(self) -> str:
        return f"{self.example} with {self.words!r}"


@dataclass(frozen=True, slots=True)
class FailedBranch:
    """A branch of a phrase that gave other facts than those of its example."""

    file: str
    variant: Variant
    outcome: Outcome

    def __str__(self) -> str:
        phrase, branch = self.variant.phrase, _AROUND_SIGNS.sub("", self.variant.branch)
        where = f"{self.file}:{phrase.line}: the branch {branch!r} of {phrase.owner} does not work"
        return f"{where}; with {self.variant.words!r} put into it, an example gives other facts:\n{self.outcome}"


def variants(rules: CountRules, unused: Iterable[Gap], outcomes: Iterable[Outcome]) -> Iterator[Variant]:
    """For each branch among the `unused` of a family an example that takes it in place of its own words."""
    held = [o for o in outcomes if o.holds and o.example.file == f"measures/{rules.file}"]
    for gap in unused:
        if gap.phrase is None or gap.kind != "branch":
            continue
        place = next(_places(gap.phrase, rules, held), None)
        if place is not None:
            outcome, span = place
            text = outcome.example.text
            words = _nearest_spelling(gap.what, span.of(text))
            changed = replace(outcome.example, text=text[: span.start] + words + text[span.end :])
            yield Variant(changed, gap.phrase, gap.what, words)


def holds(variant: Variant, rules: CountRules, outcome: Outcome) -> bool:
    """Whether a variant, once read, shows its branch to work; a look-alike must give no fact of its family."""
    if variant.phrase.owner == LOOKALIKES:
        return not any(row.rule_id.partition("/")[0] == rules.family for row in outcome.spurious)
    return outcome.passes


def _places(phrase: Phrase, rules: CountRules, outcomes: Iterable[Outcome]) -> Iterator[tuple[Outcome, Span]]:
    """Where examples use a phrase."""
    for outcome in outcomes:
        text = outcome.example.text
        for span in _spans(phrase, rules, outcome):
            if _whole(phrase.taken, lower_view(span.of(text))):
                yield outcome, span


def _spans(phrase: Phrase, rules: CountRules, outcome: Outcome) -> Iterator[Span]:
    view = lower_view(outcome.example.text)
    if phrase.owner == LOOKALIKES:
        pattern = regex.compile(alternation([phrase.taken]))
        yield from (Span(*m.span()) for m in pattern.finditer(view))
    elif phrase.owner == HEADS:
        quotes = [row.span for row in outcome.observations]
        yield from (
            span
            for span in (Span(*m.span()) for m in rules.masked(phrase_text(view)).finditer(rules.heads))
            if outcome.example.kind is ExampleKind.EXAMPLE and any(quote.covers(span) for quote in quotes)
        )
    else:
        rows = (row for row in outcome.observations if row.rule_id.partition("/")[0] == rules.family)
        yield from (e.span for row in rows for e in row.evidence if e.role == phrase.owner)


def _whole(phrase: str, words: str) -> bool:
    return regex.fullmatch(phrase_pattern(phrase), words) is not None


def _nearest_spelling(branch: str, written: str) -> str:
    """The spelling of a branch that shares most with what was written, with its capital."""
    old = set(lower_view(written).split())
    words = min(spellings(branch), key=lambda s: (len(set(s.split()) ^ old), s))
    words = regex.sub(r" (?=[,;])", "", words)
    return words[:1].upper() + words[1:] if written[:1].isupper() else words

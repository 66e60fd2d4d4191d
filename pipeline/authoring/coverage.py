"""Which phrases and readings the examples exercise. What no example uses is not known to work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import regex

from pipeline.authoring.examples import Outcome
from pipeline.rulebook.count_rules import CountRules
from pipeline.rulebook.examples import ExampleKind
from pipeline.rulebook.phrase_list import HEADS, LOOKALIKES, Phrase, forced, phrases_of
from pipeline.rulebook.phrases import alternation, phrase_pattern
from pipeline.text.fold import lower_view
from pipeline.text.phrase_places import phrase_text


@dataclass(frozen=True, slots=True)
class Gap:
    """A phrase, a branch of a phrase, or a reading that no example uses; `phrase` is None for a reading."""

    file: str
    line: int
    kind: str  # phrase, branch, reading
    what: str
    phrase: Phrase | None = None

    def __str__(self) -> str:
        owner = f" of {self.phrase.owner}" if self.phrase else ""
        return f"{self.file}:{self.line}: no example uses the {self.kind} {self.what!r}{owner}"


@dataclass(slots=True)
class Uses:
    """What the examples used of one family: the words of each attribute in its facts, and its readings.

    `seen` are words of cues and heads that stand in the family's own `texts`, whether or not a fact
    came of them; `sets` the attributes that stand together in a text.
    """

    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    readings: set[str] = field(default_factory=set)
    sets: list[frozenset[str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def gaps(rules: CountRules, folder: Path, outcomes: Iterable[Outcome]) -> list[Gap]:
    """The gaps of a family whose rules stand in `folder`/measures, given what the examples of all files gave."""
    uses = _uses(rules, [o for o in outcomes if o.example.kind is not ExampleKind.KNOWN_MISS])
    where = f"measures/{rules.file}"
    telling = {name for reading in rules.readings if reading.gives for name in reading.all_of}
    found = []
    for phrase in phrases_of(folder / "measures" / rules.file):
        words = (uses.words if phrase.owner in telling else uses.seen)[phrase.owner]
        used = _occurs if phrase.owner == LOOKALIKES else _used
        places = uses.texts if phrase.owner == LOOKALIKES else words
        unused = [branch for branch in forced(phrase.taken) if not used(branch, places)]
        if not used(phrase.taken, places):
            found.append(Gap(where, phrase.line, "phrase", phrase.text, phrase))
        else:
            found += [Gap(where, phrase.line, "branch", branch, phrase) for branch in unused]
    for reading in rules.readings:
        exercised = reading.rule_id in uses.readings if reading.gives else any(reading.all_of <= s for s in uses.sets)
        if not exercised:
            found.append(Gap(where, reading.line, "reading", reading.rule_id))
    return found


def _occurs(phrase: str, texts: Iterable[str]) -> bool:
    """Whether a phrase stands somewhere in one of the texts."""
    pattern = regex.compile(alternation([phrase]))
    return any(pattern.search(text) for text in texts)


def _used(phrase: str, words: Iterable[str]) -> bool:
    """Whether a phrase is all of one of the words."""
    pattern = regex.compile(phrase_pattern(phrase))
    return any(pattern.fullmatch(word) for word in words)


def _uses(rules: CountRules, outcomes: Iterable[Outcome]) -> Uses:
    """What examples used of a family."""
    uses = Uses()
    for outcome in outcomes:
        for row in outcome.observations:
            rule = row.rule_id.removesuffix("/table")
            if rule.partition("/")[0] == rules.family:
                uses.readings.add(rule)
                for evidence in row.evidence:
                    uses.words[evidence.role].add(lower_view(evidence.quote))
        if outcome.example.file == f"measures/{rules.file}":
            _see(uses, rules, lower_view(outcome.example.text))
    return uses


def _see(uses: Uses, rules: CountRules, view: str) -> None:
    """Note the words of a family's own text."""
    masked = rules.masked(phrase_text(view))
    uses.texts.append(view)
    uses.seen[HEADS].update(match.group() for match in masked.finditer(rules.heads))
    names = set()
    for match in masked.finditer(rules.cues):
        names.add(str(match.lastgroup))
        uses.seen[str(match.lastgroup)].add(match.group())
    uses.sets.append(frozenset(names))

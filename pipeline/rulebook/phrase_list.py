"""The phrases of a family's rule file one by one, with their lines, and what each of them can match.

The compiled rules hold one expression for all phrases; to say which phrase is dead or without an
example they must be told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

import regex

from pipeline.rulebook.source import Reader, load_rule_file

_PART = regex.compile(r"[\[\](){}|~]|[^\s\[\](){}|~]+")
_AHEAD = regex.compile(r"\s*\{[^{}]*\}")
_CLOSING = {"[": "]", "(": ")", "{": "}"}
HEADS, LOOKALIKES = "heads", "lookalikes"
MOST_SPELLINGS = 200


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, its line, and its `owner`: the attribute that it gives, or `heads` or `lookalikes`."""

    owner: str
    text: str
    line: int

    @property
    def taken(self) -> str:
        """The phrase without what must follow but is not taken."""
        return _AHEAD.sub("", self.text)


def phrases_of(path: Path) -> tuple[Phrase, ...]:
    """All phrases of a family's file in its order. Raises RuleError with file and line."""
    top = Reader(path, load_rule_file(path))
    found = [Phrase(key, text, top.line_of(key, text)) for key in (HEADS, LOOKALIKES) for text in top.texts(key)]
    attributes = top.mapping("attributes")
    for name in attributes.entry:
        reader = attributes.mapping(name)
        found += [Phrase(name, text, reader.line_of("phrases", text)) for text in reader.texts("phrases")]
    return tuple(found)


def forced(phrase: str) -> list[str]:
    """For each branch of a phrase the phrase in which that branch must be taken.

    "(a|b) [c] d" gives "a [c] d", "b [c] d" and "(a|b) c d": together they show which branches a text uses.
    """
    parts = _PART.findall(phrase)
    found = [" ".join(branch) for branch in _forced(parts)]
    return found or [" ".join(parts)]


def _forced(parts: list[str]) -> Iterator[list[str]]:
    for start, end, branches in _groups(parts):
        if parts[start] == "{":
            continue
        for branch in branches:
            before, after = parts[:start], parts[end + 1 :]
            yield [*before, *branch, *after]
            yield from ([*before, *inner, *after] for inner in _forced(branch))


def spellings(phrase: str) -> list[str]:
    """The texts that a phrase matches, with every gap left out; at most MOST_SPELLINGS of them."""
    parts = ["1" if part == "#" else part for part in _PART.findall(phrase) if part != "~"]
    return [" ".join(words) for words in islice(_spellings(parts), MOST_SPELLINGS)]


def _spellings(parts: list[str]) -> Iterator[list[str]]:
    group = next(iter(_groups(parts)), None)
    if group is None:
        yield parts
        return
    start, end, branches = group
    for branch in [*branches, []] if parts[start] == "[" else branches:
        for words in _spellings(branch):
            yield from ([*parts[:start], *words, *rest] for rest in _spellings(parts[end + 1 :]))


def _groups(parts: list[str]) -> Iterator[tuple[int, int, list[list[str]]]]:
    """The outermost brackets: start, end and branches."""
    depth, start, bars = 0, 0, [0]
    for n, part in enumerate(parts):
        if part in _CLOSING:
            if depth == 0:
                start, bars = n, [n]
            depth += 1
        elif part in _CLOSING.values():
            depth -= 1
            if depth == 0:
                edges = [*bars, n]
                yield start, n, [parts[a + 1 : b] for a, b in pairwise(edges)]
        elif part == "|" and depth == 1:
            bars.append(n)

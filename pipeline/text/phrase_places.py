"""Phrases are looked for only where their first words stand.

Rule files name thousands of phrases, and hardly any of them stands in a given sentence. So a text is
cut into its words once; a set of phrases is asked for the places where one of them may begin, and its
expression is tried there and nowhere else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import TypeAlias

import regex

NUMBER = "#"
"""The first word of an opening that begins with a digit: any such word."""
WORD = regex.compile(r"\w+|[^\w\s]")
"""What openings are made of: a word, or a mark."""

Opening = tuple[str, ...]
"""The words and marks that a phrase begins with, in lower case."""


Tree: TypeAlias = "dict[str, Tree]"
"""Openings by their first word, then by their second …; an empty tree is where one ends."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as an expression for the lower-case view, what it may begin with, and what it is a phrase of.

    Its matches begin, at a word's edge, with one of `openings`.
    """

    pattern: str
    openings: frozenset[Opening]
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class PhraseSet:
    """Phrases that are looked for together: the first that matches at a place counts, or the `longest`.

    The name of a match's phrase is its `lastgroup`.
    """

    phrases: tuple[Phrase, ...]
    longest: bool
    openings: Tree
    _expressions: dict[str, regex.Pattern[str]] = field(default_factory=dict, repr=False)

    @property
    def expression(self) -> regex.Pattern[str]:
        """One expression for all phrases, for a text that was not cut into words."""
        return self._expression("", self.phrases)

    def beginning(self, word: str) -> regex.Pattern[str]:
        """The expression for those phrases alone that may begin with a word."""
        made = self._expressions.get(word)
        return made or self._expression(word, [p for p in self.phrases if any(o[0] == word for o in p.openings)])

    def _expression(self, word: str, phrases: Iterable[Phrase]) -> regex.Pattern[str]:
        if word not in self._expressions:
            named = groupby(phrases, key=lambda phrase: phrase.name)
            parts = [(name, "|".join(phrase.pattern for phrase in group)) for name, group in named]
            body = "|".join(f"(?P<{name}>{part})" if name else part for name, part in parts)
            flags = regex.POSIX if self.longest else 0
            # Beyond five hundred `regex` forgets what it has compiled, also for callers who ask by pattern.
            expression = rf"(?<!\w)(?:{body})(?!\w)"
            self._expressions[word] = regex.compile(expression, flags, cache_pattern=False)
        return self._expressions[word]


def phrase_set(phrases: Iterable[Phrase], *, longest: bool = False) -> PhraseSet:
    """Phrases compiled, each expression when it is first needed."""
    listed = tuple(phrases)
    tree: Tree = {}
    # An opening that begins with a shorter one is left out.
    for opening in sorted({opening for phrase in listed for opening in phrase.openings}, key=len):
        branch, grown = tree, False
        for word in opening:
            if not branch and branch is not tree and not grown:
                break
            grown = grown or word not in branch
            branch = branch.setdefault(word, {})
    return PhraseSet(listed, longest, tree)


@dataclass(frozen=True, slots=True, eq=False)
class PhraseText:
    """A lower-case view cut into words, and where the phrases of each set may begin in it."""

    view: str
    _words: list[str]
    _starts: list[int]
    _places: dict[str, list[int]]
    """For each word the places in `_words` where it stands; all words that begin with a digit are one."""
    _found: dict[PhraseSet, tuple[list[int], list[regex.Pattern[str]]]] = field(default_factory=dict)

    def starts(self, phrases: PhraseSet) -> list[int]:
        """The offsets, in order, at which one of the phrases may begin."""
        return self._opened(phrases)[0]

    def _opened(self, phrases: PhraseSet) -> tuple[list[int], list[regex.Pattern[str]]]:
        """The offsets at which one of the phrases may begin, and the expressions of those that may begin there."""
        found = self._found.get(phrases)
        if found is None:
            opened = sorted(self._openings(phrases.openings))
            expressions = [phrases.beginning(word) for _, word in opened]
            found = self._found[phrases] = [place for place, _ in opened], expressions
        return found

    def finditer(self, phrases: PhraseSet, start: int = 0, end: int | None = None) -> Iterator[regex.Match[str]]:
        """As the expression's own `finditer` on the view."""
        places, expressions = self._opened(phrases)
        end = len(self.view) if end is None else end
        at = start
        for n in range(bisect_left(places, start), len(places)):
            place = places[n]
            if place >= end:
                return
            if place >= at and (found := expressions[n].match(self.view, place, end)):
                yield found
                at = found.end()

    def search(self, phrases: PhraseSet, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
        """As the expression's own `search` on the view."""
        return next(self.finditer(phrases, start, end), None)

    def with_view(self, view: str) -> PhraseText:
        """The same for a view in which some words are blanked out, and none is new."""
        return self if view == self.view else PhraseText(view, self._words, self._starts, self._places, self._found)

    def replaced(self, phrases: PhraseSet, change: Callable[[regex.Match[str]], str]) -> PhraseText:
        """The text with what `change` makes of each match, of the same length and without a new word."""
        parts: list[str] = []
        at = 0
        for match in self.finditer(phrases):
            parts += (self.view[at : match.start()], change(match))
            at = match.end()
        return self.with_view("".join((*parts, self.view[at:]))) if parts else self

    def _openings(self, openings: Tree) -> Iterator[tuple[int, str]]:
        words = self._words
        for first in openings.keys() & self._places.keys():
            for place in self._places[first]:
                tree, at = openings[first], place
                while tree and (following := tree.get(words[at + 1])) is not None:
                    tree, at = following, at + 1
                if not tree:
                    yield self._starts[place], first


@lru_cache(4)
def phrase_text(view: str) -> PhraseText:
    """A view cut into its words; the last ones are kept, as names, places and measures are looked for in turn."""
    matches = list(WORD.finditer(view))
    words, starts = [match.group() for match in matches], [match.start() for match in matches]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for n, word in enumerate(words):
        places[NUMBER if word[0].isdigit() else word].append(n)
    words.append("")  # what follows the last word begins no phrase
    return PhraseText(view, words, starts, places)

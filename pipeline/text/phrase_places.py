"""Phrases are looked for only where their first words stand.

Rule files name thousands of phrases, and hardly any of them stands in a given sentence. So a text is
cut into its words once; a set of phrases is asked for the places where one of them may begin, and its
expression is tried there and nowhere else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

import regex

NUMBER = "#"
"""In an opening: any word that begins with a digit."""
WORD = regex.compile(r"\w+|[^\w\s]")
"""What openings are made of: a word, or a mark."""

Opening = tuple[str, ...]
"""The words and marks that a phrase begins with, in lower case."""


Tree: TypeAlias = "dict[str, Tree]"
"""Openings by their first word, then by their second …; an empty tree is where one ends."""


@dataclass(frozen=True, slots=True, eq=False)
class PhraseSet:
    """An expression for the lower-case view whose matches all begin, at a word's edge, with one of `openings`.

    On a text that was not cut into words the expression itself serves as well.
    """

    expression: regex.Pattern[str]
    openings: Tree


def phrase_set(expression: regex.Pattern[str], openings: Iterable[Opening]) -> PhraseSet:
    """The set of an expression; an opening that begins with a shorter one is left out."""
    tree: Tree = {}
    for opening in sorted(set(openings), key=len):
        branch, grown = tree, False
        for word in opening:
            if not branch and branch is not tree and not grown:
                break
            grown = grown or word not in branch
            branch = branch.setdefault(word, {})
    return PhraseSet(expression, tree)


@dataclass(frozen=True, slots=True, eq=False)
class PhraseText:
    """A lower-case view cut into words, and where the phrases of each set may begin in it."""

    view: str
    _words: list[str]
    _starts: list[int]
    _places: dict[str, list[int]]
    """For each word the places in `_words` where it stands."""
    _found: dict[PhraseSet, list[int]] = field(default_factory=dict)

    def starts(self, phrases: PhraseSet) -> list[int]:
        """The offsets, in order, at which one of the phrases may begin."""
        found = self._found.get(phrases)
        if found is None:
            found = self._found[phrases] = sorted(self._openings(phrases.openings))
        return found

    def finditer(self, phrases: PhraseSet, start: int = 0, end: int | None = None) -> Iterator[regex.Match[str]]:
        """As the expression's own `finditer` on the view."""
        places = self.starts(phrases)
        end = len(self.view) if end is None else end
        match = phrases.expression.match
        at = start
        for n in range(bisect_left(places, start), len(places)):
            place = places[n]
            if place >= end:
                return
            if place >= at and (found := match(self.view, place, end)):
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

    def _openings(self, openings: Tree) -> Iterator[int]:
        words = self._words
        for first in openings.keys() & self._places.keys():
            for place in self._places[first]:
                tree, at = openings[first], place
                while tree and (following := tree.get(words[at + 1])) is not None:
                    tree, at = following, at + 1
                if not tree:
                    yield self._starts[place]


@lru_cache(4)
def phrase_text(view: str) -> PhraseText:
    """A view cut into its words; the last ones are kept, as names, places and measures are looked for in turn."""
    words, starts = [], []
    places: dict[str, list[int]] = {}
    for n, match in enumerate(WORD.finditer(view)):
        word = match.group()
        words.append(word)
        starts.append(match.start())
        places.setdefault(word, []).append(n)
    numbers = [n for word, at in places.items() if word[0].isdigit() for n in at]
    if numbers:
        places[NUMBER] = sorted({*places.get(NUMBER, ()), *numbers})
    words.append("")  # what follows the last word begins no phrase
    return PhraseText(view, words, starts, places)

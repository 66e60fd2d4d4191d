"""underthesea's model of word segmentation, decoded exactly and several times as fast as by its own tagger.

The model is a linear chain of two labels (a token begins a word, or goes on with it) whose features are the
tokens, pairs and triples of tokens around a place. What an n-gram adds to the scores of the places around it
never changes, so it is computed once and kept.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

_MODEL = "ws_crf_vlsp2013_20230727"
_KEPT = 1 << 16
"""N-grams of one length whose scores are kept: some 20 MB. A full store is emptied and fills again."""

_SINGLES = ("-2", "-1", "0", "1", "2")
_PAIRS = ("-2,-1", "-1,0", "0,1", "1,2")
_TRIPLES = ("-2,0", "-1,1", "0,2")
# The features that reach beyond the first or the last token, by the distance of their place from it.
_BEFORE_FIRST = (("-2", "-1", "-2,-1", "-1,0", "-2,0", "-1,1"), ("-2", "-2,-1", "-2,0"))
_BEHIND_LAST = (("1", "2", "0,1", "1,2", "-1,1", "0,2"), ("2", "1,2", "0,2"))
_KINDS = ("", ".lower", ".isdigit", ".istitle", ".is_in_dict")

Scores = tuple[float, ...]
_Gram = TypeVar("_Gram", str, tuple[str, str], tuple[str, str, str])


@dataclass(frozen=True, slots=True)
class Segmenter:
    """The weights of the model, positive in favour of going on with a word, and the scores computed so far."""

    weights: dict[str, float]
    transitions: tuple[float, float, float, float]
    """From begin to begin, from begin to go on, from go on to begin, from go on to go on."""
    dictionary: frozenset[str]
    singles: dict[str, Scores] = field(default_factory=dict)
    pairs: dict[tuple[str, str], Scores] = field(default_factory=dict)
    triples: dict[tuple[str, str, str], Scores] = field(default_factory=dict)

    def goes_on(self, tokens: Sequence[str]) -> list[bool]:
        """For each token whether it goes on with the word of the token before it; the first never does."""
        if not tokens:
            return []
        scores = self._scores(tokens)
        begin_begin, begin_on, on_begin, on_on = self.transitions
        # Viterbi for two labels: only the lead of the one over the other has to be known.
        lead = scores[0]
        came_from_on: list[tuple[bool, bool]] = []
        for score in scores[1:]:
            begins, goes_on = lead + on_begin > begin_begin, lead + on_on > begin_on
            came_from_on.append((begins, goes_on))
            lead = score + (lead + on_on if goes_on else begin_on) - (lead + on_begin if begins else begin_begin)
        label = lead > 0
        labels = [label]
        for begins, goes_on in reversed(came_from_on):
            label = goes_on if label else begins
            labels.append(label)
        labels.reverse()
        labels[0] = False
        return labels

    def _scores(self, tokens: Sequence[str]) -> list[float]:
        """For each place, the sum of its features' weights."""
        count = len(tokens)
        # Two places more on either side take what n-grams say about places outside the text.
        scores = [0.0] * (count + 4)
        singles, pairs, triples = self.singles, self.pairs, self.triples
        for place, token in enumerate(tokens):
            five = singles.get(token) or self._keep(singles, token, self._single(token))
            scores[place + 4] += five[0]
            scores[place + 3] += five[1]
            scores[place + 2] += five[2]
            scores[place + 1] += five[3]
            scores[place] += five[4]
        for place, pair in enumerate(pairwise(tokens)):
            four = pairs.get(pair) or self._keep(pairs, pair, self._pair(*pair))
            scores[place + 4] += four[0]
            scores[place + 3] += four[1]
            scores[place + 2] += four[2]
            scores[place + 1] += four[3]
        for place, triple in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
            three = triples.get(triple) or self._keep(triples, triple, self._triple(*triple))
            scores[place + 4] += three[0]
            scores[place + 3] += three[1]
            scores[place + 2] += three[2]
        scores = scores[2 : count + 2]
        for distance in range(min(2, count)):
            scores[distance] += self._edge(_BEFORE_FIRST[distance], "BOS")
            scores[-1 - distance] += self._edge(_BEHIND_LAST[distance], "EOS")
        return scores

    @staticmethod
    def _keep(store: dict[_Gram, Scores], gram: _Gram, scores: Scores) -> Scores:
        if len(store) >= _KEPT:
            store.clear()
        store[gram] = scores
        return scores

    def _sum(self, features: Iterable[str]) -> float:
        return sum(self.weights.get(feature, 0.0) for feature in features)

    def _edge(self, places: Sequence[str], mark: str) -> float:
        return self._sum(f"T[{place}]{kind}={mark}" for place in places for kind in _KINDS)

    def _gram(self, places: Sequence[str], gram: str, title: bool, digit: bool) -> Scores:
        """What one n-gram adds to each place that sees it. The model has no weights for features it lacks."""
        lower = gram.lower()
        known = lower in self.dictionary
        kinds = (f"]={gram}", f"].lower={lower}", f"].isdigit={digit}", f"].istitle={title}", f"].is_in_dict={known}")
        return tuple(self._sum(f"T[{place}{kind}" for kind in kinds) for place in places)

    def _single(self, token: str) -> Scores:
        return self._gram(_SINGLES, token, _is_title(token), token.isascii() and token.isdigit())

    def _pair(self, first: str, second: str) -> Scores:
        return self._gram(_PAIRS, f"{first} {second}", _is_title(first) and _is_title(second), False)

    def _triple(self, first: str, second: str, third: str) -> Scores:
        title = _is_title(first) and _is_title(second) and _is_title(third)
        return self._gram(_TRIPLES, f"{first} {second} {third}", title, False)


def _is_title(token: str) -> bool:
    return not token[0].islower()


_WEIGHT = re.compile(r"^  \(0\) (.+) --> (B-W|I-W): (\S+)$", re.MULTILINE)
_TRANSITION = re.compile(r"^  \(1\) (.+) --> (B-W|I-W): (\S+)$", re.MULTILINE)


@cache
def segmenter() -> Segmenter:
    """The model that underthesea brings, read once a process (0.2 s beside the import of underthesea)."""
    import joblib
    import pycrfsuite
    import underthesea.pipeline.word_tokenize as origin

    folder = Path(origin.__file__).parent / "models" / _MODEL
    tagger = pycrfsuite.Tagger()
    tagger.open(str(folder / "models.bin"))
    # The text dump, read with one expression, takes a quarter of the time of Tagger.info().
    with tempfile.TemporaryDirectory() as scratch:
        dump = Path(scratch) / "model.txt"
        tagger.dump(str(dump))
        text = dump.read_text(encoding="utf-8")
    tagger.close()
    weights: dict[str, float] = {}
    for feature, label, weight in _WEIGHT.findall(text):
        weights[feature] = weights.get(feature, 0.0) + (float(weight) if label == "I-W" else -float(weight))
    moves = {(first, second): float(weight) for first, second, weight in _TRANSITION.findall(text)}
    order = (("B-W", "B-W"), ("B-W", "I-W"), ("I-W", "B-W"), ("I-W", "I-W"))
    begin_begin, begin_on, on_begin, on_on = (moves.get(move, 0.0) for move in order)
    dictionary = frozenset(joblib.load(folder / "dictionary.bin"))
    return Segmenter(weights, (begin_begin, begin_on, on_begin, on_on), dictionary)

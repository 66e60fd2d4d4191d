"""What a change of the rule files can mean to a document, told by the document's words alone.

A phrase takes part in a reading only where it matches, and it matches only where its words stand. So a
document without the words of any phrase that came or went is read alike under both sets of rules, and
need not be read again. What is no phrase (a flag, a reading, a scale) has a say in every document that
names the family or the index; files that are not made of phrases have one in every document.

This holds because the expressions of rules are matched with stretches of the document's own text and with
nothing else, which `tests/rules/test_rule_changes.py` watches over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import regex

from pipeline.model import Document
from pipeline.rulebook.source import parse_rules
from pipeline.text.fold import lower_view

Texts: TypeAlias = Mapping[str, str]
"""Rule files by their path within the folder of rules."""
Needs: TypeAlias = tuple["str | tuple[Needs, ...]", ...]
"""Stretches that must all stand; in the place of a stretch, branches one of which must be met."""

_LETTERS = regex.compile(r"[^\W\d_]+")
_TOKEN = regex.compile(r"[\[\](){}|]|[^\s\[\](){}|]+")
_CLOSING = {"[": "]", "(": ")", "{": "}"}
_SILENT = frozenset({"about", "examples", "negatives", "known_misses"})
"""Keys of a file that no reading depends on."""


def stretches_of(document: Document) -> str:
    """All that a rule can meet in a document, in lower case and with single blanks: its text, its title and its
    headings of columns, a line each."""
    strings = {heading for table in document.tables for cell in table.cells for heading in cell.header}
    strings.add(document.title or "")
    return "\n".join(" ".join(lower_view(text).split()) for text in (document.text, *sorted(strings)))


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in one file. It can show only where one of `phrases` can match (None: anywhere), in documents
    in which one of `named` can (None: in any)."""

    phrases: tuple[str, ...] | None
    named: tuple[str, ...] | None

    def concerns(self, text: str) -> bool:
        """Whether a document of this text (`stretches_of`) may be read otherwise than before."""
        return all(some is None or any(can_match(p, text) for p in some) for some in (self.phrases, self.named))


def changes(before: Texts, after: Texts) -> tuple[Change, ...]:
    """What came, went or changed between two sets of rule files. Raises RuleError for one that cannot be parsed."""
    found = []
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            form = next((form for form in _FORMS if fnmatchcase(name, form.files)), _OTHER)
            found.append(form.change(name, before.get(name), after.get(name)))
    return tuple(found)


def can_match(phrase: str, text: str) -> bool:
    """Whether what a phrase cannot do without is there, be it as a part of longer words: expressions are also
    matched with texts that are cut, and not only between words."""
    return _met(_needs(phrase), text)


def _met(needs: Needs, text: str) -> bool:
    return all(need in text if isinstance(need, str) else any(_met(branch, text) for branch in need) for need in needs)


@lru_cache(maxsize=20_000)
def _needs(phrase: str) -> Needs:
    [branch], _ = _branches(_TOKEN.findall(lower_view(phrase)), 0, "")
    return branch


def _branches(tokens: list[str], at: int, closing: str) -> tuple[tuple[Needs, ...], int]:
    """The branches up to `closing`, and where it stands. What may be left out, or must not follow, needs nothing."""
    branches: list[Needs] = []
    needs: list[str | tuple[Needs, ...]] = []
    words: list[str] = []
    while True:
        token = tokens[at] if at < len(tokens) else ""
        if _LETTERS.fullmatch(token):
            words.append(token)
            at += 1
            continue
        if words:
            needs.append(" ".join(words))
            words = []
        if token == closing:
            return (*branches, tuple(needs)), at
        at += 1
        if token == "|":
            branches.append(tuple(needs))
            needs = []
        elif token in _CLOSING:
            inner, end = _branches(tokens, at, _CLOSING[token])
            if token == "(" or (token == "{" and not tokens[at].startswith("!")):
                needs.append(inner)
            at = end + 1
        else:
            needs += _LETTERS.findall(token)


@dataclass(frozen=True, slots=True)
class _Form:
    """How files of one kind are written: the places of their phrases ("*" is any key), and what names them."""

    files: str
    places: tuple[str, ...] = ()
    naming: Callable[[Mapping[str, Any]], Iterator[str]] | None = None

    def change(self, name: str, before: str | None, after: str | None) -> Change:
        if not self.places:
            return Change(None, None)
        old, new = (parse_rules(text, Path(name)) if text is not None else {} for text in (before, after))
        named = tuple(phrase for entry in (old, new) for phrase in self.naming(entry)) if self.naming else None
        parts = [
            [part for key in entry if key not in _SILENT for part in self._parts(entry[key], key)]
            for entry in (old, new)
        ]
        apart = {*parts[0]} ^ {*parts[1]}
        same = [[part for part in some if part not in apart] for some in parts]
        if same[0] != same[1] or any(phrase is None for _, phrase in apart):
            return Change(None, named)
        return Change(tuple(sorted({str(phrase) for _, phrase in apart})), named)

    def _parts(self, value: Any, place: str) -> Iterator[tuple[str, str | None]]:
        """A file as a list of its values, each with its place; the second is the phrase, where it is one."""
        if any(fnmatchcase(place, form) for form in self.places):
            yield f"{place} {bool(value)}", None
            yield from ((f"{place} {phrase}", phrase) for phrase in _list(value))
        elif isinstance(value, dict):
            yield f"{place} {json.dumps(list(value))}", None
            for key, inner in value.items():
                yield from self._parts(inner, f"{place}.{key}")
        elif isinstance(value, list):
            yield f"{place} {len(value)}", None
            for number, inner in enumerate(value):
                yield from self._parts(inner, f"{place}.{number}")
        else:
            yield f"{place} {value!r}", None


def _family(entry: Mapping[str, Any]) -> Iterator[str]:
    """A family is read only where its noun stands, or a phrase that stands for it."""
    yield from _list(entry.get("heads"))
    yield from _list(entry.get("captions"))
    for attribute in (entry.get("attributes") or {}).values():
        if attribute.get("alone"):
            yield from _list(attribute.get("phrases"))


def _index(entry: Mapping[str, Any]) -> Iterator[str]:
    for key in ("names", "acronyms", "topics"):
        yield from _list(entry.get(key))


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


_FRAME = (
    "governors.*", "ordinals.*", "last", "last_but_one", "not_leading", "foreign_names", "foreign_nouns", "anaphors",
    "unnamed_parts", "whole_again", "aligned", "regions", "whole_sets", "score_nouns", "counters",
)  # fmt: skip
_FORMS = (
    _Form("measures/*.yaml", ("heads", "lookalikes", "captions", "attributes.*.phrases"), _family),
    _Form("index/frame.yaml", _FRAME),
    _Form("index/*.yaml", ("names", "acronyms", "topics", "share_of", "components.*.names"), _index),
    _Form("status.yaml", ("*.phrases", "*.headings")),
    _Form("numerals.yaml", ("entries.*.before", "entries.*.after")),
    _Form("dates.yaml", ("deictics.*", "roles.*.before", "day_*", "not_year_before", "after_year")),
)
_OTHER = _Form("*")

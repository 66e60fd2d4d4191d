"""The phrase notation of rule files, and its translation to regular expressions.

A phrase is plain lower-case Vietnamese. `[x]` may be left out, `(a|b)` is one of several, `~` is a
gap of up to six words without punctuation (a bracketed abbreviation counts as a word), `{x}` must
follow but is not taken, `{!x}` must not follow, `#` is a number. Words match whole; a space matches any run of spaces.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import regex

from pipeline.text.fold import lower_view
from pipeline.text.phrase_places import NUMBER, WORD, Opening, Phrase

_TOKEN = regex.compile(r"[\[\](){}|~!]|[^\s\[\](){}|~!]+")
_PUNCTUATION = regex.compile(r"(?:^|[(|:])[,;/]")
_CLOSING = {"[": "]", "(": ")", "{": "}"}
_NUMBER = r"\d++(?:[./]\d++)*+"
_KINDS = {"[": "optional", "(": "word", "{": "ahead"}
_LONGEST_OPENING = 3
"""Words of an opening: three tell nearly all places where a phrase stands from those where it does not."""
_GAP = r"(?:\s+(?:\([^\s()]+\)|[^\s\d,;:.()]+)){0,6}?"


class PhraseError(ValueError):
    """A phrase that does not follow the notation."""


_Openings: TypeAlias = frozenset[tuple[Opening, bool]]
"""Openings, and with each whether what follows goes on with it."""
_NOTHING: _Openings = frozenset({((), True)})
_ANYTHING: _Openings = frozenset({((), False)})


@dataclass(frozen=True, slots=True)
class _Item:
    pattern: str
    kind: str  # word, optional, gap, ahead
    openings: _Openings


def compiled(phrase: str, name: str = "") -> Phrase:
    """One phrase as an expression, to be matched on the lower-case view of a text, and as what it begins with.

    Raises PhraseError for unbalanced brackets, for a phrase without a word that must stand, and for a name
    that no group of an expression can have.
    """
    if name and not name.isidentifier():
        raise PhraseError(f"{name!r} cannot name phrases: it may have letters, digits and _ only")
    tokens = _TOKEN.findall(lower_view(phrase.strip()))
    read, rest = _branches(tokens, 0, "", phrase)
    if rest != len(tokens):
        raise PhraseError(f"unbalanced {tokens[rest]!r} in phrase {phrase!r}")
    return Phrase(read.pattern, frozenset(words for words, _ in read.openings), name)


def phrase_pattern(phrase: str) -> str:
    """The regular expression of one phrase. Raises PhraseError."""
    return compiled(phrase).pattern


def _branches(tokens: list[str], at: int, closing: str, phrase: str) -> tuple[_Item, int]:
    """Read up to `closing`: one or more sequences parted by '|'."""
    branches: list[_Item] = []
    items: list[_Item] = []
    while True:
        token = tokens[at] if at < len(tokens) else ""
        if token == closing:
            branches.append(_sequence(items, phrase))
            openings = frozenset(opening for branch in branches for opening in branch.openings)
            return _Item("|".join(branch.pattern for branch in branches), "word", openings), at
        at += 1
        if token == "":
            raise PhraseError(f"missing {closing!r} in phrase {phrase!r}")
        if token == "|":
            if not closing:
                raise PhraseError(f"'|' outside brackets in phrase {phrase!r}")
            branches.append(_sequence(items, phrase))
            items = []
        elif token == "{" and tokens[at : at + 1] == ["!"]:
            inner, at = _branches(tokens, at + 1, "}", phrase)
            at += 1
            items.append(_Item(f"(?:{inner.pattern})", "not_ahead", _NOTHING))
        elif token in _CLOSING:
            inner, at = _branches(tokens, at, _CLOSING[token], phrase)
            at += 1
            kind = _KINDS[token]
            openings = {"word": inner.openings, "optional": inner.openings | _NOTHING, "ahead": _NOTHING}[kind]
            items.append(_Item(f"(?:{inner.pattern})", kind, openings))
        elif token in "])}":
            raise PhraseError(f"unbalanced {token!r} in phrase {phrase!r}")
        elif token == "~":
            items.append(_Item(_GAP, "gap", _ANYTHING))
        elif token == "#":
            items.append(_Item(_NUMBER, "word", frozenset({((NUMBER,), False)})))
        else:
            items.append(_Item(regex.escape(token, special_only=True), "word", frozenset({(_words(token), True)})))


def _sequence(items: list[_Item], phrase: str) -> _Item:
    """Join items with spaces so that a left-out part takes its space with it."""
    first = next((n for n, item in enumerate(items) if item.kind == "word"), None)
    if first is None:
        raise PhraseError(f"no word that must stand in phrase {phrase!r}")
    out = [rf"(?:{item.pattern}\s+)?" for item in items[:first] if item.kind == "optional"]
    out.append(items[first].pattern)
    for item in items[first + 1 :]:
        # Punctuation stands against the word before it.
        space = r"\s*" if _PUNCTUATION.search(item.pattern) else r"\s+"
        joined = {"word": space + item.pattern, "optional": rf"(?:{space}{item.pattern})?", "gap": item.pattern}
        joined["not_ahead"] = rf"(?!{space}{item.pattern}(?!\w))"
        joined["ahead"] = rf"(?={space}{item.pattern}(?!\w))"
        out.append(joined[item.kind])
    standing = [item for item in items[:first] if item.kind == "optional"] + items[first:]
    return _Item("".join(out), "word", _joint_openings(standing))


def _joint_openings(items: list[_Item]) -> _Openings:
    """The words that a sequence of items may begin with; a number ends an opening that it does not begin."""
    openings = _NOTHING
    for item in items:
        joined = set()
        for words, goes_on in openings:
            if not goes_on or len(words) >= _LONGEST_OPENING:
                joined.add((words, False))
                continue
            for more, more_go_on in item.openings:
                if words and more[:1] == (NUMBER,):
                    joined.add((words, False))
                else:
                    joined.add(((words + more)[:_LONGEST_OPENING], more_go_on))
        openings = frozenset(joined)
    return openings


def _words(token: str) -> Opening:
    """The words and marks of a part of a phrase; where it begins with a number, any number may stand."""
    first, *rest = WORD.findall(token)
    return (NUMBER if first[0].isdigit() else first, *rest)


def alternatives(phrases: Iterable[str], name: str = "") -> list[Phrase]:
    """Several phrases as alternatives, the longer ones first."""
    return sorted({compiled(phrase, name) for phrase in phrases}, key=lambda p: (-len(p.pattern), p.pattern))


def alternation(phrases: Iterable[str]) -> str:
    """One expression for several phrases; whole words, longer phrases first."""
    return r"(?<!\w)(?:" + "|".join(phrase.pattern for phrase in alternatives(phrases)) + r")(?!\w)"

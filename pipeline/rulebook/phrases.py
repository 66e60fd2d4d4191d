"""The phrase notation of rule files, and its translation to regular expressions.

A phrase is plain lower-case Vietnamese. `[x]` may be left out, `(a|b)` is one of several, `~` is a
gap of up to six words without punctuation (a bracketed abbreviation counts as a word), `{x}` must
follow but is not taken, `{!x}` must not follow, `#` is a number. Words match whole; a space matches any run of spaces.
A gap at the end takes all the words that follow, up to six; neither a gap nor a condition can begin a phrase.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeAlias

import regex

from pipeline.text.fold import lower_view
from pipeline.text.phrase_places import NUMBER, WORD, Opening, Phrase

_TOKEN = regex.compile(r"[\[\](){}|~!]|[^\s\[\](){}|~!]+")
_PUNCTUATION = regex.compile(r"(?:^|[(|:])[,;:/%]")
_CLOSING = {"[": "]", "(": ")", "{": "}"}
_NUMBER = r"\d++(?:[./]\d++)*+"
_KINDS = {"[": "optional", "(": "word", "{": "ahead"}
_LONGEST_OPENING = 3
"""Words of an opening: three tell nearly all places where a phrase stands from those where it does not."""
_GAP = r"(?:\s+(?:\([^\s()]+\)|[^\s\d,;:.()]+)){0,6}"


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

    `name` is that of the group under which it is found, an identifier. Raises PhraseError for unbalanced brackets,
    for a phrase without a word that must stand, and for signs that say nothing where they stand.
    """
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
            branches.append(_sequence(items, phrase, within=bool(closing)))
            openings = frozenset(opening for branch in branches for opening in branch.openings)
            return _Item("|".join(branch.pattern for branch in branches), "word", openings), at
        at += 1
        if token == "":
            raise PhraseError(f"missing {closing!r} in phrase {phrase!r}")
        if token == "|":
            if not closing:
                raise PhraseError(f"'|' outside brackets in phrase {phrase!r}")
            branches.append(_sequence(items, phrase, within=bool(closing)))
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
            items.append(_Item(_GAP + "?", "gap", _ANYTHING))
        elif token == "#":
            items.append(_Item(_NUMBER, "word", frozenset({((NUMBER,), False)})))
        else:
            items.append(_Item(regex.escape(token, special_only=True), "word", frozenset({(_words(token), True)})))


def _sequence(items: list[_Item], phrase: str, *, within: bool) -> _Item:
    """Join items with spaces so that a left-out part takes its space with it."""
    first = next((n for n, item in enumerate(items) if item.kind == "word"), None)
    if first is None:
        raise PhraseError(f"no word that must stand in phrase {phrase!r}")
    _refuse_idle(items, phrase)
    items = _open_ended(items, phrase, within=within)
    out = [rf"(?:{item.pattern}\s+)?" for item in items[:first]]
    out.append(items[first].pattern)
    for item in items[first + 1 :]:
        # Punctuation stands against the word before it.
        space = r"\s*" if _PUNCTUATION.search(item.pattern) else r"\s+"
        joined = {"word": space + item.pattern, "optional": rf"(?:{space}{item.pattern})?", "gap": item.pattern}
        joined["not_ahead"] = rf"(?!{space}{item.pattern}(?!\w))"
        joined["ahead"] = rf"(?={space}{item.pattern}(?!\w))"
        out.append(joined[item.kind])
    return _Item("".join(out), "word", _joint_openings(items))


def _refuse_idle(items: list[_Item], phrase: str) -> None:
    """Raises PhraseError for a gap or a condition before the first word: it would say nothing."""
    for item in takewhile(lambda item: item.kind != "word", items):
        if item.kind != "optional":
            sign = "'~'" if item.kind == "gap" else "braces"
            raise PhraseError(f"{sign} before the first word that must stand in phrase {phrase!r}")


def _open_ended(items: list[_Item], phrase: str, *, within: bool) -> list[_Item]:
    """The items, a gap behind which no word must stand taking all it can. Raises PhraseError `within` brackets,
    where words that follow outside of them would be taken too."""
    last = max(n for n, item in enumerate(items) if item.kind in ("word", "ahead", "gap"))
    if items[last].kind != "gap":
        return items
    if within:
        raise PhraseError(f"'~' with no word behind it in the brackets of phrase {phrase!r}")
    return [*items[:last], _Item(_GAP, "gap", _ANYTHING), *items[last + 1 :]]


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


def longer_first(phrases: Iterable[Phrase]) -> list[Phrase]:
    """Each phrase once, the longer ones first."""
    return sorted(set(phrases), key=lambda p: (-len(p.pattern), p.pattern))


def any_of(phrases: Iterable[Phrase]) -> str:
    """One expression for several phrases, of which the first that matches counts; in whole words."""
    return r"(?<!\w)(?:" + "|".join(phrase.pattern for phrase in phrases) + r")(?!\w)"


def alternation(phrases: Iterable[str]) -> str:
    """One expression for several phrases as they are written, longer ones first. Raises PhraseError."""
    return any_of(longer_first(compiled(phrase) for phrase in phrases))

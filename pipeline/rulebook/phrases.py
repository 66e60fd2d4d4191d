"""The phrase notation of rule files, and its translation to regular expressions.

A phrase is plain lower-case Vietnamese. `[x]` may be left out, `(a|b)` is one of several, `~` is a
gap of up to six words without punctuation (a bracketed abbreviation counts as a word), `{x}` must
follow but is not taken, `{!x}` must not follow, `#` is a number. Words match whole; a space matches any run of spaces.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from pipeline.text.fold import lower_view

_TOKEN = regex.compile(r"[\[\](){}|~!]|[^\s\[\](){}|~!]+")
_PUNCTUATION = regex.compile(r"(?:^|[(|:])[,;/]")
_CLOSING = {"[": "]", "(": ")", "{": "}"}
_NUMBER = r"\d++(?:[./]\d++)*+"
_KINDS = {"[": "optional", "(": "word", "{": "ahead"}
_GAP = r"(?:\s+(?:\([^\s()]+\)|[^\s\d,;:.()]+)){0,6}?"


class PhraseError(ValueError):
    """A phrase that does not follow the notation."""


@dataclass(frozen=True, slots=True)
class _Item:
    pattern: str
    kind: str  # word, optional, gap, ahead


def phrase_pattern(phrase: str) -> str:
    """The regular expression of one phrase, to be matched on the lower-case view of a text.

    Raises PhraseError for unbalanced brackets and for a phrase without a word that must stand.
    """
    tokens = _TOKEN.findall(lower_view(phrase.strip()))
    pattern, rest = _branches(tokens, 0, "", phrase)
    if rest != len(tokens):
        raise PhraseError(f"unbalanced {tokens[rest]!r} in phrase {phrase!r}")
    return pattern


def _branches(tokens: list[str], at: int, closing: str, phrase: str) -> tuple[str, int]:
    """Read up to `closing`: one or more sequences parted by '|'."""
    branches: list[str] = []
    items: list[_Item] = []
    while True:
        token = tokens[at] if at < len(tokens) else ""
        if token == closing:
            branches.append(_sequence(items, phrase))
            return "|".join(branches), at
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
            items.append(_Item(f"(?:{inner})", "not_ahead"))
        elif token in _CLOSING:
            inner, at = _branches(tokens, at, _CLOSING[token], phrase)
            at += 1
            items.append(_Item(f"(?:{inner})", _KINDS[token]))
        elif token in "])}":
            raise PhraseError(f"unbalanced {token!r} in phrase {phrase!r}")
        elif token == "~":
            items.append(_Item(_GAP, "gap"))
        elif token == "#":
            items.append(_Item(_NUMBER, "word"))
        else:
            items.append(_Item(regex.escape(token, special_only=True), "word"))


def _sequence(items: list[_Item], phrase: str) -> str:
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
    return "".join(out)


def alternation(phrases: Iterable[str]) -> str:
    """One expression for several phrases; whole words, longer phrases first."""
    parts = sorted({phrase_pattern(p) for p in phrases}, key=lambda p: (-len(p), p))
    return r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)"

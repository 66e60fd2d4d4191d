"""Types of documents and organs that sign, as their codes in a document's number say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import regex

from pipeline.rulebook.location import rules_dir
from pipeline.rulebook.source import Reader, load_rule_file
from pipeline.text.fold import ascii_fold, lower_view


@dataclass(frozen=True, slots=True)
class DocType:
    """A type of document: its code (QĐ, KH, TTr …), names, and other words for it."""

    code: str
    vi: str
    en: str
    spelled: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issuer:
    """An organ by its code. `place`: none (central), province, or unit (of the unit that the text names).

    `guess`: other organs use the same code; the text's own words go first.
    """

    code: str
    name: str
    place: str
    party: bool = False
    guess: bool = False
    spelled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocTypes:
    """Types and issuers, by code in any spelling and by word."""

    types: tuple[DocType, ...]
    issuers: tuple[Issuer, ...]
    no_issuers: frozenset[str]
    _type_of: dict[str, DocType] = field(repr=False)
    _issuer_of: dict[str, Issuer] = field(repr=False)

    def type_of_code(self, code: str) -> DocType | None:
        return self._type_of.get(code)

    def type_of_word(self, word: str) -> DocType | None:
        """The type called by `word` ("Quyết định", "văn bản"), in any case."""
        return self._type_of.get(_fold(word))

    def type_misread(self, word: str) -> DocType | None:
        """The same for a word whose marks recognition may have got wrong ("KÉ HOẠCH", "QD")."""
        return next((kind for name, kind in self._type_of.items() if ascii_fold(name) == ascii_fold(_fold(word))), None)

    def issuer_of(self, code: str) -> Issuer | None:
        return self._issuer_of.get(code) or self._issuer_of.get(code.upper())

    def words(self) -> tuple[str, ...]:
        """Every word that names a type, longest first, in lower case."""
        names = {_fold(word) for kind in self.types for word in (kind.vi, *kind.words)}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    def codes(self) -> tuple[str, ...]:
        """Every code of a type in every spelling, longest first."""
        return tuple(sorted({c for t in self.types for c in (t.code, *t.spelled)}, key=lambda c: (-len(c), c)))

    def issuer_codes(self, test: Callable[[Issuer], bool] = lambda issuer: True) -> tuple[str, ...]:
        """The codes, in every spelling, of the issuers that pass a test; longest first."""
        found = {code for issuer in self.issuers if test(issuer) for code in (issuer.code, *issuer.spelled)}
        return tuple(sorted(found, key=lambda c: (-len(c), c)))


def _fold(word: str) -> str:
    return " ".join(regex.split(r"\s+", lower_view(word).strip()))


@cache
def load_doc_types(path: Path | None = None) -> DocTypes:
    """The types and issuers of `identifiers.yaml`. Raises RuleError."""
    path = path or rules_dir() / "identifiers.yaml"
    top = Reader(path, load_rule_file(path))
    top.only("types", "issuers", "no_issuers", "forms", "roles", "offices", "issuer_ends")
    types, issuers = tuple(_types(top)), tuple(_issuers(top))
    by_type = {key: t for t in types for key in (t.code, *t.spelled)}
    by_type |= {_fold(word): t for t in types for word in (t.vi, *t.words)}
    by_issuer = {code: issuer for issuer in issuers for code in (issuer.code.upper(), *issuer.spelled, issuer.code)}
    return DocTypes(types, issuers, frozenset(top.texts("no_issuers")), by_type, by_issuer)


def _types(top: Reader) -> list[DocType]:
    found = []
    for entry in top.entries("types"):
        entry.only("code", "vi", "en", "spelled", "words")
        names = entry.text("code"), entry.text("vi"), entry.text("en")
        found.append(DocType(*names, entry.texts("spelled"), entry.texts("words")))
    return found


def _issuers(top: Reader) -> list[Issuer]:
    found = []
    for entry in top.entries("issuers"):
        entry.only("code", "name", "place", "party", "guess", "spelled", "from", "until")
        if entry.text("place") not in ("none", "province", "unit"):
            raise entry.fault("'place' is none, province or unit")
        party, guess = bool(entry.entry.get("party")), bool(entry.entry.get("guess"))
        names = entry.text("code"), entry.text("name"), entry.text("place")
        found.append(Issuer(*names, party, guess, entry.texts("spelled")))
    return found

"""Text as it is searched: without case, accents or tone marks, each character in its place."""

from __future__ import annotations

import re
import unicodedata

from pipeline.text.fold import ascii_fold

_WORD = re.compile("[a-z0-9]+")


class _Folded(dict[int, str]):
    """For `str.translate`: the first character of what a character folds to, worked out when it first comes up."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = folded = (ascii_fold(char) or " ")[0]
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """`text` (NFC) for comparison: "Sơn La" → "son la". The length stays, so that offsets carry over."""
    return text.translate(_FOLDED)


def words_of(query: str) -> list[str]:
    """The words of what somebody types into the search field, folded: " SƠN  la?" → ["son", "la"]."""
    return _WORD.findall(fold(unicodedata.normalize("NFC", query)))


def occurrences(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where `words` stand in `text` next to each other; where they never do, each word for itself.

    Half-open offsets into `text`, in order, without overlap.
    """
    if not words:
        return []
    view = fold(text)
    together = re.compile(r"(?<![a-z0-9])" + "[^a-z0-9]+".join(words))
    apart = re.compile(r"(?<![a-z0-9])(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")")
    found = [match.span() for match in together.finditer(view)]
    return found or [match.span() for match in apart.finditer(view)]

"""Conversion of legacy text to Unicode, with the place of every character kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.text.legacy.tables import STAND_INS, TABLES, Legacy


@dataclass(frozen=True, slots=True)
class Converted:
    """Converted text; character i of it was made of the characters `starts[i]` up to `starts[i + 1]`."""

    text: str
    starts: tuple[int, ...]


_AS_BYTES = str.maketrans({**STAND_INS, **{chr(0xF000 + byte): chr(byte) for byte in range(0x20, 0x100)}})
"""Look-alikes, and the private use characters that symbol fonts give for their bytes."""


@cache
def _pattern(encoding: Legacy) -> re.Pattern[str]:
    keys = sorted(TABLES[encoding], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, keys)))


def convert(text: str, encoding: Legacy, *, capitals: bool = False) -> Converted:
    """`text`, which shows the characters of `encoding` as windows-1252, in Unicode (NFC).

    `capitals`: the font shows small letters as capitals. What the encoding does not use stays as it is.
    """
    table = TABLES[encoding]
    out: list[str] = []
    starts: list[int] = []
    last = 0
    source = text.translate(_AS_BYTES)
    for found in _pattern(encoding).finditer(source):
        out.append(text[last : found.start()])
        starts.extend(range(last, found.start()))
        out.append(table[found.group()])
        starts.append(found.start())
        last = found.end()
    out.append(text[last:])
    starts.extend(range(last, len(text) + 1))
    converted = "".join(out)
    if capitals:
        # No letter of Vietnamese has a capital of another length; what has one stays as it is.
        converted = "".join(char.upper() if len(char.upper()) == 1 else char for char in converted)
    return Converted(_capitals_of_words(converted), tuple(starts))


_WORD = re.compile(r"[^\W\d_]+")


def _capitals_of_words(text: str) -> str:
    """Words in capitals whose marked letters came out small, as fonts without capitals with marks leave them."""

    words = list(_WORD.finditer(text))
    out: list[str] = []
    last = 0
    for i, found in enumerate(words):
        word = found.group()
        plain = [char for char in word if char.isascii()]
        if plain and all(map(str.isupper, plain)) and any(char.islower() for char in word):
            beside = [words[k].group() for k in (i - 1, i + 1) if 0 <= k < len(words)]
            if len(plain) >= 2 or (any(map(_in_capitals, beside)) and not any(map(_in_small, beside))):
                out += (text[last : found.start()], word.upper())
                last = found.end()
    return "".join(out) + text[last:]


def _in_capitals(word: str) -> bool:
    """Whether a word is in capitals, by two plain letters at least."""
    plain = [char for char in word if char.isascii()]
    return len(plain) >= 2 and all(map(str.isupper, plain))


def _in_small(word: str) -> bool:
    return any(char.islower() and char.isascii() for char in word)

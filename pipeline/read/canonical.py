"""The canonical form of text: NFC, line feeds as the only line ends."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def line_feeds(text: str) -> str:
    """`text` with line feeds as its only line ends."""
    return _LINE_ENDS.sub("\n", text)


def canonical(text: str) -> str:
    """`text` in NFC with line feeds; what no one sees (byte order and direction marks, soft hyphens) is taken out.

    Nothing else is changed: blanks, old and new places of the tone mark and wrong letters stay as written.
    """
    text = line_feeds(text)
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """`text` with every run of white space as one blank, trimmed. No-break spaces count as white space."""
    return " ".join(text.split())

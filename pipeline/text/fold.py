"""Views of a text for matching, as long as the text itself, so that every offset carries over one to one.

Every layer asks for the views of the text that it is given, and names come again and again: the views of
the last texts are kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse, product

_SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u2028\u2029\u202f\u205f\u3000"
)
# Dashes, minus signs, the hyphen bullet, the soft hyphen, and U+FFFE, which pdfium writes for a hyphen at a
# line end.
_DASHES = "\xad\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b\ufe31\ufe32\ufe58\ufe63\ufffe"
_DOUBLE_QUOTES = "\xab\xbb\u201c\u201d\u201e\u201f\u2033\u301d\u301e"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u2039\u203a"
_FULLWIDTH = "".join(map(chr, range(0xFF01, 0xFF5F)))
_LOOKALIKES = {
    "\xd0": "Đ",
    "\xf0": "đ",
    "\u0189": "Đ",
    "\u0256": "đ",
    "\u2024": ".",
    "\u2044": "/",
    "\u2215": "/",
    "\u2236": ":",
    "\ufe6a": "%",
}
_ONE_SIGN = (
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_DOUBLE_QUOTES, '"')
    | dict.fromkeys(_SINGLE_QUOTES, "'")
    | {char: chr(ord(char) - 0xFEE0) for char in _FULLWIDTH}
    | _LOOKALIKES
)
# A class of characters with a function is eight times as fast as str.translate on text that has few of them.
_SIGNS = re.compile(f"[{''.join(_ONE_SIGN)}]")

_TONES = "\u0300\u0301\u0309\u0303\u0323"


def _toned(vowels: str) -> str:
    return unicodedata.normalize("NFC", "".join(vowel + tone for vowel, tone in product(vowels, _TONES)))


def _moved(first: str, second: str) -> dict[str, str]:
    """Two vowels with the tone mark on either one, each mapped to the same with the mark on the other."""
    moves: dict[str, str] = {}
    for one, two, tone in product(first, second, _TONES):
        early, late = unicodedata.normalize("NFC", one + tone) + two, one + unicodedata.normalize("NFC", two + tone)
        moves |= {early: late, late: early}
    return moves


_LETTER = r"[^\W\d_]"
_AFTER_QU = "aAăĂâÂeEêÊiIoOơƠyY"
# In an open syllable oa, oe and uy bear the mark on the first vowel (hòa, khỏe, thúy), in a closed one on the
# second (hoàn, ngoài, huỳnh). The u of qu and the i of gi belong to the onset and never bear it.
_MISPLACED = re.compile(
    rf"[oOuUiI{_toned('oOuUiI')}]"
    r"(?:"
    rf"(?<=[oO])[{_toned('aAeE')}](?!{_LETTER})"
    rf"|(?<=[uU])(?<![qQ].)[{_toned('yY')}](?!{_LETTER})"
    rf"|(?<=[{_toned('oO')}])[aAeE](?={_LETTER})"
    rf"|(?<=[{_toned('uU')}])(?:(?<![qQ].)[yY](?={_LETTER})|(?<=[qQ].)[{_AFTER_QU}])"
    rf"|(?<=[gG][{_toned('iI')}])[aAoOuU]"
    r")"
)
_MOVES = (
    _moved("oO", "aAeE")
    | _moved("uU", "yY")
    | {early: late for early, late in _moved("uU", _AFTER_QU).items() if late[0] in "uU"}
    | {early: late for early, late in _moved("iI", "aAoOuU").items() if late[0] in "iI"}
)


_KEPT = 256
"""Views of each kind that are kept; those of a document are asked for some twenty times."""


@lru_cache(_KEPT)
def normal_view(text: str) -> str:
    """`text`, taken to be NFC, with one spelling of what is written in several; the same length.

    White space of any kind (line feeds, tabs, no-break spaces) becomes a blank; dashes, minus signs and
    hyphens "-"; curly quotes straight ones; full-width signs ASCII; Icelandic and African look-alikes of Đ
    that letter; and the tone mark stands where the older, official spelling has it (hoà → hòa, uỷ → ủy).
    """
    view = _MISPLACED.sub(lambda match: _MOVES[match.group()], _SIGNS.sub(lambda match: _ONE_SIGN[match.group()], text))
    assert len(view) == len(text), "a view has the length of its text"
    return view


@lru_cache(_KEPT)
def lower_view(text: str) -> str:
    """The normal view in lower case; a letter whose lower case is longer (İ) stays as it is. The same length."""
    return _lower(normal_view(text))


@lru_cache(_KEPT)
def line_view(text: str) -> str:
    """The normal view with its line feeds kept: a name does not run on into the next paragraph."""
    return normal_view(text.replace("\n", "\x00")).replace("\x00", "\n")


@lru_cache(_KEPT)
def lower_line_view(text: str) -> str:
    """The lower-case view with its line feeds kept."""
    return _lower(line_view(text))


def _lower(view: str) -> str:
    lower = view.lower()
    if len(lower) != len(view):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in view)
    return lower


@lru_cache(_KEPT)
def ascii_fold(text: str) -> str:
    """`text` in lower case without accents, đ as d, for search and comparison; the length may change."""
    bare = unicodedata.normalize("NFKD", normal_view(unicodedata.normalize("NFC", text)))
    return "".join(filterfalse(unicodedata.combining, bare)).lower().replace("đ", "d")


def slug(text: str, separator: str = "-") -> str:
    """`text` as a name of a-z, 0-9 and `separator`: "Tây Nguyên" → "tay-nguyen"."""
    return separator.join(re.findall("[a-z0-9]+", ascii_fold(text)))

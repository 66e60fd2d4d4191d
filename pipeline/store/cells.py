"""Text that goes into CSV: cells that no spreadsheet takes for a formula, and lines after RFC 4180."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠\t\r\n]")
_QUOTED = re.compile(r'[",\r\n]')
_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")


def defused(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would run it.

    A spreadsheet takes a cell that begins with = + - @ or a control character for a formula, and
    passes over spaces before it. A plain number ("-2,91%") is left as it is: it does no harm.
    """
    if not text[:1].isalnum() and _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def quoted(text: str) -> str:
    """A cell of CSV as it is written.

    The `csv` module leaves a carriage return unquoted where lines end in line feeds, which breaks the line in two
    for most readers.
    """
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def csv_line(cells: Iterable[str]) -> str:
    """One line of CSV with its line feed."""
    return ",".join(map(quoted, cells)) + "\n"

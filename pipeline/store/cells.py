"""Text that goes into CSV: cells that no spreadsheet takes for a formula, and lines after RFC 4180."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠\t\r\n]")
_QUOTED = re.compile(r'[",\r\n]')
_MARKED = re.compile(r'["\r\n]')
_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")


def defused(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would run it.

    A spreadsheet takes a cell that begins with = + - @ or a control character for a formula, and
    passes over spaces before it. A plain number ("-2,91%") is left as it is: it does no harm.
    """
    if not text[:1].isalnum() and _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def csv_line(cells: Sequence[str]) -> str:
    """One line of CSV with its line feed.

    The `csv` module leaves a carriage return unquoted where lines end in line feeds, which breaks the line in two
    for most readers.
    """
    line = ",".join(cells)
    if line.count(",") == len(cells) - 1 and not _MARKED.search(line):
        return line + "\n"  # nothing to quote, as in most lines
    return ",".join('"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell for cell in cells) + "\n"

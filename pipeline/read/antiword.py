"""What antiword reads in a .doc, beside what LibreOffice made of it.

LibreOffice drops some tables at the end of old files, or leaves their cells as paragraphs; antiword keeps them, as
lines of cells between bars. Such a table is put in where it stood, or at the end; other numbers that only
antiword reads are named in a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import regex as re

from pipeline.model import ReadError
from pipeline.read import programs
from pipeline.read.canonical import canonical, one_line
from pipeline.read.flow import Flow, Grid, GridCell, Passage, joined

_NUMBER = re.compile(r"\d[\d.,/]*\d|\d")
_SECONDS = 20.0
MIN_NUMBERS = 2
"""A table with fewer numbers than this lays out a head or a foot."""


def checked(found: Flow, data: bytes) -> Flow:
    """`found`, what LibreOffice read in the .doc `data`, with what antiword, where it is installed, reads beside it."""
    if not programs.is_there("antiword"):
        return found
    try:
        out = programs.run(["antiword", "-m", "UTF-8.txt", "-w", "0", "-"], _SECONDS, stdin=data)
    except ReadError:
        return found
    return filled(found, canonical(out.decode("utf-8", "replace")))


def filled(found: Flow, text: str) -> Flow:
    """`found` with the tables of antiword's `text` that it lacks."""
    restored = 0
    for grid in _tables(text):
        numbers = _numbers(grid)
        if len(numbers) < MIN_NUMBERS or any(numbers <= _numbers(piece) for piece in found.pieces if _is_grid(piece)):
            continue
        place = _flattened(found, grid)
        if place is not None:
            start, end = place
            found = replace(found, pieces=(*found.pieces[:start], grid, *found.pieces[end:]))
        elif 2 * len(numbers & set(_NUMBER.findall(joined(found.pieces)[0]))) < len(numbers):
            found = replace(found, pieces=(*found.pieces, grid))
        else:
            continue
        restored += 1
    warnings = [f"tables that only antiword read: {restored}"] if restored else []
    ours = set(_NUMBER.findall(joined(found.pieces)[0]))
    lost = [number for number in dict.fromkeys(_NUMBER.findall(text)) if len(number) > 1 and number not in ours]
    if lost:
        warnings.append(f"antiword also reads {len(lost)} numbers in the file: {', '.join(lost[:5])}")
    return replace(found, warnings=(*found.warnings, *warnings))


def _tables(text: str) -> Iterator[Grid]:
    """Lines of as many cells between bars, one after another."""
    rows = [[one_line(cell) for cell in line.strip().strip("|").split("|")] for line in text.split("\n") if line]
    barred = [line.startswith("|") for line in text.split("\n") if line]
    for (is_row, columns), group in groupby(zip(barred, rows, strict=True), key=lambda row: (row[0], len(row[1]))):
        cells = [row for _, row in group if any(row)]
        if is_row and columns > 1 and len(cells) > 1:
            yield Grid(
                len(cells),
                columns,
                tuple(GridCell(r, c, words) for r, row in enumerate(cells) for c, words in enumerate(row)),
            )


def _is_grid(piece: object) -> bool:
    return isinstance(piece, Grid)


def _numbers(piece: Passage | Grid) -> set[str]:
    """The numbers that stand alone in a cell."""
    cells: Sequence[GridCell] = piece.cells if isinstance(piece, Grid) else ()
    return {words for cell in cells if _NUMBER.fullmatch(words := one_line(cell.text))}


def _flattened(found: Flow, grid: Grid) -> tuple[int, int] | None:
    """From where to where the cells of `grid` stand as paragraphs, if they do."""
    cells = [cell.text for cell in grid.cells if cell.text]
    wanted = " ".join(cells)
    for start, piece in enumerate(found.pieces):
        if not isinstance(piece, Passage) or not wanted.startswith(one_line(piece.text)[:80] or "\n"):
            continue
        words = ""
        for end in range(start, len(found.pieces)):
            other = found.pieces[end]
            if not isinstance(other, Passage) or len(words) > len(wanted):
                break
            words = one_line(f"{words} {other.text}")
            if words == wanted:
                return start, end + 1
    return None

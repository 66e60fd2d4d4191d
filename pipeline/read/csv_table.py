"""CSV and its kin: one table; the separator is told by which gives the most even rows."""

from __future__ import annotations

import csv
import io

from pipeline.read import plain
from pipeline.read.decode import decode
from pipeline.read.flow import Flow, Grid, GridCell, Piece
from pipeline.read.settings import ReadSettings

_SEPARATORS = ",;\t|"
MAX_CELLS = 1_000_000


def flow(data: bytes, kind: str, settings: ReadSettings, depth: int = 0) -> Flow:
    """The table of a CSV file; a file whose rows are not even comes as plain text."""
    decoded = decode(data)
    separator = _separator(decoded.text[:50_000])
    if separator is None or len(decoded.text) > settings.max_characters:
        return plain.flow(data, kind, settings)
    csv.field_size_limit(1_000_000)
    try:
        rows = [row for row in csv.reader(io.StringIO(decoded.text), delimiter=separator) if any(map(str.strip, row))]
    except csv.Error:
        return plain.flow(data, kind, settings)
    cells = tuple(GridCell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))[:MAX_CELLS]
    columns = max(map(len, rows), default=1)
    pieces: tuple[Piece, ...] = (Grid(len(rows), columns, cells),)
    return Flow(pieces, encoding=decoded.encoding, warnings=decoded.warnings)


def _separator(sample: str) -> str | None:
    """The separator that cuts the first lines into the same number of cells, two at least."""
    lines = [line for line in sample.splitlines()[:30] if line.strip()]
    best: tuple[float, int, str] | None = None
    for separator in _SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count, default=1)
        share = widths.count(common) / max(1, len(widths))
        if common >= 2 and share >= 0.8 and (best is None or (share, common) > best[:2]):
            best = (share, common, separator)
    return best[2] if best else None

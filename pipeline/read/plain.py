"""Plain text: the text is the file's own, character for character; lines become blocks.

A line is a block of its own, unless the file is hard-wrapped and the next line evidently goes on with it.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from pipeline.model import Block, BlockKind, Cause, Cell, Document, ReadError, Source, Span, Table
from pipeline.read import legacy, plain_tables
from pipeline.read.canonical import line_feeds
from pipeline.read.decode import decode
from pipeline.read.flow import Flow, Passage
from pipeline.read.headings_of_columns import heading_paths, heading_rows
from pipeline.read.plain_grid import PlainTable
from pipeline.read.settings import ReadSettings
from pipeline.read.structure import Unit, label

_LOWER = re.compile(r"\s*[\p{Ll}%…),;.”]")
_OPEN_END = re.compile(
    r"(?:\b(?:số|ngày|tháng|năm|của|và|với|tại|theo|thứ|Điều|khoản|các|về|do|từ|đến|trên|là|cho|trong|đạt|để|có|được|bằng|hoặc|tỉnh|huyện|xã|phường)"
    r"|,|[-–(])\s*$",
)
_ENDED = re.compile(r"[.;:!?…]\s*[\"”’)]*\s*$")
_OPENS = re.compile(
    r"\s*(?:\(|[-–•*+]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s|[IVX]+\.\s|Điều\s+\d|Căn\s+cứ\b|Nơi nhận|\||$)"
)
# "3. Cấp huyện" above "8 huyện, thành phố tiếp nhận …": a label of its own.
_LABEL = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVX]+\.)\s+[^\d,;:.]{3,50}")
_MARKED = re.compile(r"\s*(?:[-–•*+]\s|\(?\d{1,2}[.)]\s|[a-zđ]\)\s|\|)")
_ASIDE = re.compile(r"\s*\((?:chiếm|đạt|tỷ lệ|bằng|tăng|giảm|trong đó|gồm)\s")
_CUT_NUMBER = re.compile(r"\d/(?:[\w]+-)?[\w]*$")
MIN_WIDTH, MAX_WIDTH = 50, 130


def read(data: bytes, source: Source, settings: ReadSettings) -> Document:
    """The document of a text file. Raises ReadError (UNSUPPORTED, TOO_LARGE, NO_TEXT)."""
    decoded = decode(data)
    if len(decoded.text) > settings.max_characters:
        raise ReadError(
            Cause.TOO_LARGE,
            f"the text is longer than {settings.max_characters:,} characters",
            "Split the file into its documents and run again.",
        )
    unicode = legacy.decoded_lines(line_feeds(decoded.text))
    text = unicode.text
    if not text.strip():
        raise ReadError(Cause.NO_TEXT, "there is no text in the file", "Check whether the file is the right one.")
    blocks, tables = lay_out(text)
    encoding = unicode.encoding or decoded.encoding
    return Document(source, text, blocks, tables, repairs=unicode.repairs, encoding=encoding, warnings=decoded.warnings)


def flow(data: bytes, kind: str, settings: ReadSettings, depth: int = 0) -> Flow:
    """The lines and tables of a text file that came inside another file. Raises as `read` does."""
    decoded = decode(data)
    text = legacy.decoded_lines(line_feeds(decoded.text)).text
    pieces = tuple(Passage(piece.of(text)) if isinstance(piece, Span) else piece.grid for piece in _pieces(text))
    return Flow(pieces, encoding=decoded.encoding, warnings=decoded.warnings)


def lay_out(text: str) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """The blocks and tables of a canonical text."""
    pieces = _pieces(text)
    labels = label([_unit(text, piece) for piece in pieces])
    blocks: list[Block] = []
    tables: list[Table] = []
    for piece, found in zip(pieces, labels, strict=True):
        if isinstance(piece, Span):
            blocks.append(Block(found.kind, piece, found.level))
            continue
        above = blocks[-1] if blocks else None
        captioned = above is not None and above.kind in (BlockKind.HEADING, BlockKind.CAPTION)
        tables.append(_table(piece, len(tables) + 1, above.span if above is not None and captioned else None))
        blocks.append(Block(BlockKind.TABLE, piece.span))
    return tuple(_joined_titles(text, blocks)), tuple(tables)


def _pieces(text: str) -> list[PlainTable | Span]:
    """The tables of a text, and its paragraphs as their places."""
    lines = _lines(text)
    width = _wrap_width(lines)
    grids = plain_tables.find(text, lines)
    pieces: list[PlainTable | Span] = []
    at = 0
    for grid in grids:
        pieces += _paragraphs(text, [line for line in lines[at : grid.first_line] if line.start < line.end], width)
        pieces.append(grid)
        at = grid.last_line
    pieces += _paragraphs(text, [line for line in lines[at:] if line.start < line.end], width)
    return pieces


def _lines(text: str) -> list[Span]:
    """The lines of `text`, trimmed; an empty line is an empty span."""
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        head = len(line) - len(line.lstrip())
        size = len(line.strip())
        spans.append(Span(start + (head if size else 0), start + (head if size else 0) + size))
        start += len(line) + 1
    return spans


def _paragraphs(text: str, lines: Sequence[Span], width: int) -> list[Span]:
    """Lines, with those joined that a hard line break cut."""
    joined: list[Span] = []
    last: Span | None = None
    for line in lines:
        if last is not None and _goes_on(text, last, line, width):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
        last = line
    return joined


def _wrap_width(lines: Sequence[Span]) -> int:
    """The width at which the lines of a text were cut by hand or program; 0 if they were not."""
    lengths = sorted(len(line) for line in lines if line.start < line.end)
    if len(lengths) < 6 or not MIN_WIDTH <= lengths[-1] <= MAX_WIDTH:
        return 0
    full = sum(length >= 0.75 * lengths[-1] for length in lengths)
    return lengths[-1] if full * 8 >= len(lengths) else 0


def _goes_on(text: str, last: Span, line: Span, width: int) -> bool:
    """Whether `line` goes on with the sentence of the line before it. `width` is that of a wrapped text, or 0."""
    if text.count("\n", last.end, line.start) > 1:
        return False
    before, after = last.of(text), line.of(text)
    if not any(c.isalnum() for c in after) or not any(c.isalnum() for c in before):
        return False
    if width and _CUT_NUMBER.search(before) and re.match(r"\s*-\s*\p{Lu}", after):
        return True
    if before.rfind("(") > before.rfind(")") and not _MARKED.match(after):
        return True
    if _ENDED.search(before) or (_OPENS.match(after) and not _ASIDE.match(after)):
        return False
    if _ASIDE.match(after):
        return True
    if _LABEL.fullmatch(before) and len(after) > len(before) and not _LOWER.match(after):
        return False
    if _LOWER.match(after) or (_OPEN_END.search(before) and after[0].isdigit()):
        return True
    if not width:
        return False
    return bool(_OPEN_END.search(before)) or (len(before) >= 0.8 * width and not before.isupper())


def _unit(text: str, piece: PlainTable | Span) -> Unit:
    if not isinstance(piece, Span):
        return Unit("", BlockKind.TABLE)
    line = text.rfind("\n", 0, piece.start)
    return Unit(piece.of(text), spaced=line <= 0 or text[line - 1] == "\n" or text[line - 1].isspace())


def _table(plain: PlainTable, number: int, caption: Span | None) -> Table:
    headings = heading_rows(plain.grid)
    paths = heading_paths(plain.grid, headings)
    cells = tuple(
        Cell(span, cell.row, cell.column, cell.row_span, cell.column_span, path, cell.row in headings)
        for cell, span, path in zip(plain.grid.cells, plain.cell_spans, paths, strict=True)
    )
    return Table(number, plain.span, cells, plain.grid.rows, plain.grid.columns, caption=caption)


def _joined_titles(text: str, blocks: Sequence[Block]) -> list[Block]:
    """A title over several lines is one block, apart from the type of act that opens it."""
    out: list[Block] = []
    titles = 0
    for block in blocks:
        titles = titles + 1 if block.kind is BlockKind.TITLE else 0
        if titles > 2 and out[-1].kind is BlockKind.TITLE:
            out[-1] = Block(BlockKind.TITLE, Span(out[-1].span.start, block.span.end), out[-1].level)
        else:
            out.append(block)
    return out

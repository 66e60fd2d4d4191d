"""The pages of a PDF after all were read: what repeats on them is marked, tables go on over their breaks."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import regex as re

from pipeline.model import BlockKind
from pipeline.read import pdf_glyphs
from pipeline.read.boxes import Boxes
from pipeline.read.flow import PageFlow, Passage, Piece
from pipeline.read.glyphs import Line, passage_of
from pipeline.read.page_parts import Column, ColumnPutAway, passages, table_pieces
from pipeline.read.table_text import RuledTable

_PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


class ReadPage(NamedTuple):
    """A page as read, before what repeats on all pages is known."""

    number: int
    width: float
    height: float
    parts: list[Column | RuledTable]
    turn: int = 0
    """By how much the page was turned for reading; `width` and `height` are those of the page so turned."""

    def has_at_edge(self, line: Line) -> bool:
        """Whether a line stands in the head or the foot of the page."""
        return line.bottom < 0.12 * self.height or line.top > 0.88 * self.height

    def wordings(self) -> set[str]:
        """Those of the lines in its head and its foot."""
        lines = (line for part in self.parts if isinstance(part, Column) for line in part.lines)
        return {_wording(line.text) for line in lines if self.has_at_edge(line)}


class _PageWaiting(NamedTuple):
    """A page that waits for the others: `page` without its parts, and these with their lines put away."""

    page: ReadPage
    parts: list[ColumnPutAway | RuledTable]

    @classmethod
    def of(cls, page: ReadPage) -> _PageWaiting:
        return cls(
            page._replace(parts=[]), [part.put_away() if isinstance(part, Column) else part for part in page.parts]
        )

    def whole(self) -> ReadPage:
        return self.page._replace(
            parts=[part.taken_out() if isinstance(part, ColumnPutAway) else part for part in self.parts]
        )


class _Edges:
    """What pages of one kind have in head and foot: the wordings, digits aside, and on how many pages each stands."""

    def __init__(self) -> None:
        self._pages = 0
        self._counts: Counter[str] = Counter()

    def add(self, wordings: set[str]) -> None:
        self._pages += 1
        self._counts.update(wordings)

    def repeated(self) -> frozenset[str]:
        """Those that come again on at least half of the pages."""
        least = max(2, self._pages // 2)
        return frozenset(wording for wording, count in self._counts.items() if count >= least)


class ReadPages:
    """The pages of a document, gathered one by one, and given back with their furniture marked.

    Only when the last page was read is it known what repeats on them, so all wait for it; hundreds of pages with an
    object for each line would be most of the memory that reading takes.
    """

    def __init__(self) -> None:
        self._waiting: deque[_PageWaiting | PageFlow] = deque()
        self._edges, self._edges_of_scans = _Edges(), _Edges()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, page: ReadPage | PageFlow) -> None:
        """Put the next page to the others; a `PageFlow` is one that was recognised."""
        if isinstance(page, PageFlow):
            self._edges_of_scans.add(_wordings(page))
            self._waiting.append(page)
        else:
            self._edges.add(page.wordings())
            self._waiting.append(_PageWaiting.of(page))

    def in_order(self) -> Iterator[PageFlow]:
        """All pages, each let go of when it is given."""
        furniture, on_scans = self._edges.repeated(), self._edges_of_scans.repeated()
        last: RuledTable | None = None
        while self._waiting:
            waiting = self._waiting.popleft()
            if isinstance(waiting, PageFlow):
                yield _with_furniture(waiting, on_scans)
                last = None
                continue
            page = waiting.whole()
            pieces, last = _pieces(page, furniture, last)
            yield _as_shown(page, pieces)


def _wordings(page: PageFlow) -> set[str]:
    return {_wording(piece.text) for piece in page.pieces if isinstance(piece, Passage) and _is_edge(piece, page)}


def _with_furniture(page: PageFlow, repeated: frozenset[str]) -> PageFlow:
    """A recognised page with its number and what its head or foot repeats marked as furniture."""
    pieces = tuple(
        replace(piece, kind=BlockKind.FURNITURE)
        if isinstance(piece, Passage)
        and _is_edge(piece, page)
        and (_PAGE_NUMBER.fullmatch(piece.text) or _wording(piece.text) in repeated)
        else piece
        for piece in page.pieces
    )
    return replace(page, pieces=pieces)


def _is_edge(passage: Passage, page: PageFlow) -> bool:
    """Whether a passage stands in the head or the foot of its page."""
    boxes = passage.boxes.data if passage.boxes is not None else ()
    placed = [i for i in range(0, len(boxes), 4) if boxes[i] <= boxes[i + 2]]
    if not placed:
        return False
    foot, head = max(boxes[i + 3] for i in placed), min(boxes[i + 1] for i in placed)
    return foot < 0.12 * page.height or head > 0.88 * page.height


def _wording(text: str) -> str:
    """A text as it is compared: blanks, capitals and digits aside."""
    return _DIGITS.sub("#", " ".join(text.split()).lower())


def _is_furniture(line: Line, page: ReadPage, repeated: frozenset[str]) -> bool:
    return page.has_at_edge(line) and (bool(_PAGE_NUMBER.fullmatch(line.text)) or _wording(line.text) in repeated)


def _pieces(page: ReadPage, repeated: frozenset[str], last: RuledTable | None) -> tuple[list[Piece], RuledTable | None]:
    """The pieces of a page; `last` is the table that reached the foot of the page before, if one did."""
    pieces: list[Piece] = []
    for part in page.parts:
        if isinstance(part, RuledTable):
            continues = last is not None and _same_columns(last, part)
            pieces += table_pieces(part, continues)
            last = part
            continue
        body: list[Line] = []
        for line in part.lines:
            if not line.text:
                continue
            if _is_furniture(line, page, repeated):
                pieces += passages(body)
                body = []
                pieces.append(passage_of([line], kind=BlockKind.FURNITURE))
            else:
                body.append(line)
        if body:
            last = None
        pieces += passages(body)
    return pieces, last


def _as_shown(page: ReadPage, pieces: Sequence[Piece]) -> PageFlow:
    """The page with all boxes where a reader sees them."""
    if not page.turn:
        return PageFlow(page.number, page.width, page.height, tuple(pieces))
    width, height = (page.height, page.width) if page.turn != 180 else (page.width, page.height)

    def back(boxes: Boxes | None) -> Boxes | None:
        return boxes and boxes.shown(lambda known: pdf_glyphs.turned_back(known, page.turn, width, height))

    shown: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Passage):
            shown.append(replace(piece, boxes=back(piece.boxes)))
        else:
            shown.append(replace(piece, cells=tuple(cell._replace(boxes=back(cell.boxes)) for cell in piece.cells)))
    return PageFlow(page.number, width, height, tuple(shown))


def _same_columns(a: RuledTable, b: RuledTable) -> bool:
    return len(a.edges) == len(b.edges) and all(abs(x - y) < 6 for x, y in zip(a.edges, b.edges, strict=True))

"""Sentences and clauses of Vietnamese official prose, as places in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import BlockKind, Document, Span, Table


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a row of a table; `block` is the number of its block in the document."""

    span: Span
    block: int


# What ends with a full stop and goes on: titles, addresses, signatures ("KT. CHỦ TỊCH"), page numbers.
_ABBREVIATIONS = frozenset(
    {
        "tp",
        "tx",
        "tt",
        "kp",
        "ql",
        "tl",
        "ts",
        "ths",
        "gs",
        "pgs",
        "bs",
        "bsck",
        "ks",
        "cn",
        "ncs",
        "nsnd",
        "nsưt",
        "đ/c",
        "đc",
        "ô",
        "nxb",
        "tr",
        "vd",
        "sđt",
        "đt",
        "kt",
        "tm",
        "tuq",
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "no",
        "vol",
        "ltd",
        "co",
        "inc",
    }
)
# A single letter after one of these is the last word of its phrase: "thuộc nhóm A. Năm 2021 …".
_LETTERED = re.compile(
    r"(?:nhóm|loại|hạng|mức|khối|bảng|hình|phương án|phụ lục|phần|mục|điểm|lớp|quý|khu vực|tổ|\d)\s+\Z", re.IGNORECASE
)
_WORDS_OF_A_LETTER = frozenset("ýạ")
"""They end sentences ("… gây chú ý."), and are nobody's initial."""
_LETTERS = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile(r"[aeiouyăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,5}"
_ITEM = rf"(?:{_NUMBER}|[IVXLC]{{1,7}}|[A-Za-zĐđ])"
_ITEM_HEAD = re.compile(
    rf"[\W_]{{0,6}}(?:(?:Điều|Khoản|Mục|Chương|Phần|Phụ lục|Bảng|Biểu|Biểu đồ|Hình)\s+)?{_ITEM}", re.IGNORECASE
)
_LONGEST_HEAD = 40
_ITEM_IN_LINE = re.compile(rf"[:;]\s+{_ITEM}\Z")
_LAST_TOKEN = re.compile(r"[^\s(\[\"'“‘«]+\Z")
_LONGEST_TOKEN = 32

_BREAK = re.compile(
    r"(?P<stop>\./\.|[.!?…]+)(?P<close>[\"'”’»)\]}]*)"
    r"|(?P<blank_line>\n[^\S\n]*\n)"
    rf"|[;:][^\S\n]*\n(?=[^\S\n]*(?:[-–—+*•●▪➢✓]\s|{_ITEM}[.)/]))"
)
_LONGEST = 3_000
"""Characters of the longest sentence. The longest ones that are written, of 400 words, have some 2,000; what goes on
beyond is no sentence that anybody would read as one, and looking back to its beginning for each of its numbers would
take time that grows with its square."""
_PAUSES = (re.compile(r".*;(?=\s)", re.DOTALL), re.compile(r".*,(?=\s)", re.DOTALL), re.compile(r".*\s", re.DOTALL))
"""Where a stretch without an end is parted, the best first: each matches up to the last such place."""
_GLUED_BEFORE = re.compile(r"(?:[^\W\d_A-ZĐ]{2}|\d{4}|%|\))\Z")
_GLUED_AFTER = re.compile(r"[^\W\d_][^\W\d_]")


def _is_abbreviation(before: str, token: str) -> bool:
    """Whether the full stop after `token` belongs to it; `before` is the text that ends with it."""
    piece = token.rpartition(".")[2]
    if piece.lower() in _ABBREVIATIONS:
        return True
    if not _LETTERS.fullmatch(piece):
        return False
    if len(piece) == 1:
        return piece not in _WORDS_OF_A_LETTER and not _LETTERED.search(before.removesuffix(token))
    # No Vietnamese word lacks a vowel, but the acronyms of offices do (HĐND, TTHC) and may end a sentence.
    return piece == token and len(piece) <= 4 and not piece.isupper() and not _VOWEL.search(piece)


def _glued(text: str, start: int, stop: int) -> bool:
    """Whether a full stop without a blank after it ends a sentence: "… của tỉnh.Trong đó …"."""
    before = text[max(start, stop - _LONGEST_TOKEN) : stop]
    after = _GLUED_AFTER.match(text, stop + 1)
    if not after or not after.group()[0].isupper() or not after.group()[1].islower():
        return False
    if not _GLUED_BEFORE.search(before):
        return False
    found = _LAST_TOKEN.search(before)
    token = found.group() if found else ""
    return not re.search(r"[@/\\.]|www", token) and not _is_abbreviation(before, token)


def _ends(text: str, start: int, stop: int, mark: str, close: str, after: int) -> bool:
    """Whether the mark at `stop` ends the sentence that began at `start`; the next word is at `after`."""
    following = text[after]
    if after == stop + len(mark) + len(close):
        return mark == "." and not close and _glued(text, start, stop)
    if mark == "./.":
        return True
    if mark[0] in "!?":
        return not following.islower()
    before = text[max(start, stop - _LONGEST_HEAD) : stop]
    if len(mark) > 1 or mark == "…":
        is_leader = len(mark) > 3
        return not is_leader and not following.islower() and before.rstrip()[-1:] not in {"", ",", "(", ":", ";"}
    if stop - start <= _LONGEST_HEAD and _ITEM_HEAD.fullmatch(text, start, stop):
        return False
    if close and following.islower():
        return False
    found = _LAST_TOKEN.search(before)
    token = found.group() if found else ""
    if token.lower() in {"v.v", "vv"} or "/" in token or "-" in token:
        return not following.islower()
    return not _is_abbreviation(before, token) and not _ITEM_IN_LINE.search(before)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The part of text[start:end] from its first to its last visible character."""
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return Span(start + left, start + len(part.rstrip())) if left < len(part) else None


def _prose(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while start < span.end and text[start].isspace():
        start += 1
    end = span.end
    while end > start and text[end - 1].isspace():
        end -= 1
    for found in _BREAK.finditer(text, start, end):
        if found.start() < start:
            continue
        after = found.end()
        while after < end and text[after].isspace():
            after += 1
        mark = found["stop"]
        if after < end and (mark is None or _ends(text, start, found.start(), mark, found["close"], after)):
            yield from _parted(text, start, found.end())
            start = after
    yield from _parted(text, start, end)


def _parted(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence; one that is longer than any is parted at its semicolons, else its commas, else its blanks."""
    while end - start > _LONGEST:
        latest = start + _LONGEST
        pauses = (pause.match(text, latest - _LONGEST // 2, latest) for pause in _PAUSES)
        stop = next((found.end() for found in pauses if found), latest)
        if part := _trimmed(text, start, stop):
            yield part
        start = stop
    if part := _trimmed(text, start, end):
        yield part


def _rows(text: str, span: Span, table: Table | None) -> Iterator[Span]:
    """One span for each row that has a visible character."""
    extents: dict[int, tuple[int, int]] = {}
    for cell in table.cells if table else ():
        low, high = extents.get(cell.row, (cell.span.start, cell.span.end))
        extents[cell.row] = min(low, cell.span.start), max(high, cell.span.end)
    if not extents:
        lines = enumerate(re.compile("[^\n]+").finditer(text, span.start, span.end))
        extents = {number: line.span() for number, line in lines}
    for number in sorted(extents):
        if row := _trimmed(text, *extents[number]):
            yield row


def sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document in order, each inside one block; a table gives one for each row.

    Only white space stands between two sentences of a block of prose. A line feed alone ends none (prose may
    be hard-wrapped); an empty line does, and so does one before an item of a list after a semicolon or colon. What
    goes on for thousands of characters is parted where it pauses.
    """
    tables = {table.span: table for table in document.tables}
    text = document.text
    return tuple(
        Sentence(span, number)
        for number, block in enumerate(document.blocks)
        for span in (
            _rows(text, block.span, tables.get(block.span))
            if block.kind is BlockKind.TABLE
            else _prose(text, block.span)
        )
    )


_CLAUSE_MARKS = re.compile(r"[()\[\]{}]|;|\t|\n(?=[^\S\n]*[-–—+*•●▪➢✓]\s)|\s\|\s")
_CLOSING = {")": "(", "]": "[", "}": "{"}


def clauses(text: str, span: Span) -> tuple[Span, ...]:
    """The parts of text[span] between semicolons, tabs, table bars and list bullets, in order, trimmed.

    Nothing inside brackets parts a clause ("58 nhiệm vụ (đúng hạn 50; quá hạn 8)"); a bracket without its
    counterpart is no bracket.
    """
    open_at: list[tuple[str, int]] = []
    open_now = dict.fromkeys("([{", 0)
    breaks: list[tuple[int, int]] = []
    for found in _CLAUSE_MARKS.finditer(text, span.start, span.end):
        mark = found.group()
        if mark in open_now:
            open_at.append((mark, len(breaks)))
            open_now[mark] += 1
        elif mark not in _CLOSING:
            breaks.append((found.end() if mark == ";" else found.start(), found.end()))
        elif open_now[_CLOSING[mark]]:
            opened = ""
            while opened != _CLOSING[mark]:
                opened, breaks_before = open_at.pop()
                open_now[opened] -= 1
            del breaks[breaks_before:]
    starts = [span.start, *(after for _, after in breaks)]
    ends = [*(before for before, _ in breaks), span.end]
    return tuple(clause for start, end in zip(starts, ends, strict=True) if (clause := _trimmed(text, start, end)))

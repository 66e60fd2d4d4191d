"""HTML: saved portal pages, mails, Word's own HTML. The blocks are walked one by one and nothing is dropped.

Extractors of "the article" lose tables and lists of this genre, so the page's own structure only decides
where blocks begin and end; what is furniture is decided by the words, with navigation elements as a hint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.model import BlockKind, Cause, ReadError
from pipeline.read.decode import decode
from pipeline.read.flow import Flow, Grid, GridCell, Passage, Piece
from pipeline.read.settings import ReadSettings
from pipeline.read.spanning import place, unrolled

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_HIDDEN = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "svg",
        "canvas",
        "audio",
        "video",
        "datalist",
    }
)
_INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "button",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
        ),
        *(
            "i",
            "input",
            "ins",
            "kbd",
            "label",
            "mark",
            "meter",
            "nobr",
            "output",
            "progress",
            "q",
            "s",
            "samp",
            "small",
        ),
        *("span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
"""Elements that run on within a line; every other one begins a block, `o:p` and its like apart."""
_FURNITURE = frozenset({"nav", "footer", "select", "option", "button", "textarea", "menu"})
_APART = frozenset({"a", "button", "label", "input"})
_PARTING = ""
"""Stands in the inline text where an element of `_APART` ended."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|footer|sidebar|share|social|comments?|binhluan|related|tinlienquan|tinkhac|other-?news|banner|advert|"
    r"pagination|pager|toolbar|top-?(?:bar|header)?|header-?top|today|clock|hotline|counter|thongke|skip-?link)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDING_RULE = re.compile(r"[.#]([\w-]+)\s*\{[^{}]*display\s*:\s*none", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_ROW, _TABLE = re.compile(r"<tr[\s>]", re.IGNORECASE), re.compile(r"<table[\s>]", re.IGNORECASE)
_DIGITS = re.compile(r"\s*\d{1,6}")
_MAX_DEPTH = 120


def flow(data: bytes, kind: str, settings: ReadSettings, depth: int = 0) -> Flow:
    """The passages and tables of a page. Raises ReadError (UNSUPPORTED) for a server's error page."""
    decoded = decode(data)
    found = flow_of(decoded.text)
    _refuse_error_page(found)
    return replace(found, encoding=decoded.encoding, warnings=decoded.warnings)


def flow_of(markup: str) -> Flow:
    """The passages and tables of a page, and its title (og:title, else the title element)."""
    from selectolax.lexbor import LexborHTMLParser

    markup = markup.replace("\0", "\ufffd")
    if _ROW.search(markup) and not _TABLE.search(markup):
        # Rows cut out of a page: without the table around them a parser drops the row and cell tags.
        markup = f"<table>{markup}</table>"
    tree = LexborHTMLParser(markup)
    root = tree.body or tree.root
    if root is None:
        return Flow()
    walker = _Walker(_hidden_by_sheet(tree))
    walker.walk(root, _Where())
    walker.flush(_Where())
    title = _title(tree)
    return Flow(tuple(_titled(walker.pieces, title)), title=title)


def _hidden_by_sheet(tree: LexborHTMLParser) -> frozenset[str]:
    """The classes and ids that the page's own style sheet hides: ".qc { display: none }"."""
    sheets = " ".join(node.text() for node in tree.css("style"))[:200_000]
    return frozenset(found.group(1) for found in _HIDING_RULE.finditer(sheets))


def _titled(pieces: list[Piece], title: str | None) -> list[Piece]:
    """Where a passage says what the title element says, it is the title, whatever a first-level heading says."""
    wanted = (title or "").casefold()
    matches = [
        i
        for i, piece in enumerate(pieces)
        if isinstance(piece, Passage)
        and len(piece.text) >= 20
        and wanted.startswith(piece.text.casefold())
        and piece.kind is not BlockKind.FURNITURE
    ]
    if not matches:
        return pieces
    chosen = next((i for i in matches if getattr(pieces[i], "kind", None) is BlockKind.TITLE), matches[0])
    out = list(pieces)
    for i, piece in enumerate(pieces):
        if not isinstance(piece, Passage):
            continue
        if i == chosen:
            out[i] = replace(piece, kind=BlockKind.TITLE, level=1)
        elif piece.kind is BlockKind.TITLE:
            out[i] = replace(piece, kind=None if i < chosen else BlockKind.HEADING)
    return out


def _title(tree: LexborHTMLParser) -> str | None:
    named = tree.css_first('meta[property="og:title"]')
    text = (named.attributes.get("content") if named is not None else None) or ""
    if not text.strip():
        element = tree.css_first("title")
        text = element.text() if element is not None else ""
    return " ".join(text.split()) or None


@dataclass(frozen=True, slots=True)
class _Where:
    """What holds of everything inside an element."""

    kind: BlockKind | None = None
    level: int = 0
    pre: bool = False
    depth: int = 0
    marker: str = ""


@dataclass(slots=True)
class _Walker:
    """Gathers inline text until a block begins or ends. `hidden`: classes and ids that are not shown."""

    hidden: frozenset[str] = frozenset()
    pieces: list[Piece] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    marker: str = ""

    def walk(self, node: LexborNode, where: _Where) -> None:
        child = node.child
        number = _list_start(node)
        while child is not None:
            tag = child.tag or ""
            if tag == "-text":
                self.inline.append(
                    (child.text_content or "") if where.pre else _SPACE.sub(" ", child.text_content or "")
                )
            elif tag == "br":
                self.inline.append("\n")
            elif tag == "img":
                self._image(child)
            elif tag not in _HIDDEN and tag[:1] != "-" and tag != "_comment" and not _is_hidden(child):
                if tag == "li" and number is not None:
                    self._element(child, tag, where, f"{number}. ")
                    number += 1
                else:
                    self._element(child, tag, where, "- " if tag == "li" else "")
            child = child.next

    def _element(self, node: LexborNode, tag: str, where: _Where, marker: str) -> None:
        if where.depth > _MAX_DEPTH:
            self.inline.append(node.text(separator=" "))
            return
        if tag == "table":
            self.flush(where)
            self.pieces += _table(node, replace(where, depth=where.depth + 1))
            return
        if tag in _INLINE or ":" in tag:
            inside = _Where(where.kind, where.level, where.pre, where.depth + 1)
            self._part(node)
            self.walk(node, inside)
            if tag in _APART:
                self.inline.append(_PARTING)
            return
        self.flush(where)
        kind, level = where.kind, where.level
        if kind is None:
            kind, level = (BlockKind.FURNITURE, 0) if self._is_hidden_by_name(node) else _kind(node, tag)
        inside = _Where(kind, level, where.pre or tag in ("pre", "textarea"), where.depth + 1)
        self.marker = marker
        self.walk(node, inside)
        self.flush(inside)
        self.marker = ""

    def _part(self, node: LexborNode) -> None:
        """Entries of a menu or a form stand apart on the page, without a blank in the file."""
        if self.inline and self.inline[-1] == _PARTING:
            before = next((words[-1] for words in reversed(self.inline) if words), "")
            if before.isalnum() and node.text()[:1].isalnum():
                self.inline.append(" ")

    def _is_hidden_by_name(self, node: LexborNode) -> bool:
        """Scripts may show what a style sheet hides: it is kept, but it is not the body of the page."""
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".split() if self.hidden else []
        return any(name in self.hidden for name in names)

    def _image(self, node: LexborNode) -> None:
        """The words that stand for a picture are part of what a reader may see; file names are not."""
        words = (node.attributes.get("alt") or "").strip()
        if words and " " in words and len(words) > 12:
            self.inline.append(f"\n[{_SPACE.sub(' ', words)}]\n")

    def flush(self, where: _Where) -> None:
        """Ends the passages gathered so far; a line break within a block begins a passage of its own."""
        text, self.inline = "".join(self.inline), []
        for line in text.split("\n"):
            words = line.rstrip() if where.pre else line.strip()
            if not words.strip():
                continue
            if self.marker and where.kind is None and not words[0].isdigit() and words[0] not in "-–•+*":
                words = self.marker + words
            self.marker = ""
            self.pieces.append(Passage(_SPACE.sub(" ", words) if not where.pre else words, where.kind, where.level))


def _list_start(node: LexborNode) -> int | None:
    if node.tag != "ol":
        return None
    start = (node.attributes.get("start") or "1").strip()
    return int(start) if start.isdigit() and len(start) < 5 else 1


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or (node.tag == "input" and attributes.get("type") == "hidden"):
        return True
    return bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))


def _kind(node: LexborNode, tag: str) -> tuple[BlockKind | None, int]:
    if tag in _HEADINGS:
        return (BlockKind.TITLE, 1) if tag == "h1" else (BlockKind.HEADING, _HEADINGS[tag] - 1)
    if tag in ("figcaption", "caption"):
        return BlockKind.CAPTION, 0
    if tag in _FURNITURE or (tag == "header" and _is_page_head(node)) or _named_as_furniture(node):
        return BlockKind.FURNITURE, 0
    return None, 0


def _is_page_head(node: LexborNode) -> bool:
    """The head of the page (name, date of today, telephone), not that of the article in it."""
    parent = node.parent
    while parent is not None:
        if parent.tag in ("article", "main"):
            return False
        parent = parent.parent
    return node.css_first("h1") is None and len(node.text().strip()) < 400


def _named_as_furniture(node: LexborNode) -> bool:
    """By role, class or id. A wrapper of much text may bear any name: it is no furniture for that."""
    attributes = node.attributes
    named = attributes.get("role") == "navigation" or any(
        _FURNITURE_NAME.search(attributes.get(name) or "") for name in ("class", "id")
    )
    if not named:
        return False
    return all(len(p.text().strip()) < 200 for p in node.css("p, div, td") if p.css_first("p, div, td") is None)


def _table(node: LexborNode, where: _Where) -> list[Piece]:
    """A table as a grid; one that only lays out the page as the passages in its cells, in order."""
    rows = _rows(node)
    if not rows:
        return []
    nested = any(cell.css_first("table") is not None for row in rows for cell in row)
    out: list[Piece] = []
    for caption in (child for child in _children(node) if child.tag == "caption"):
        out += _passages(caption, _Where(BlockKind.CAPTION))
    if nested or where.kind is BlockKind.FURNITURE or all(len(row) <= 1 for row in rows):
        for row in rows:
            for cell in row:
                out += _passages(cell, where)
        return out
    # "100%" and the like mean the whole width: no cell is wider than the rows that have the most cells.
    widest = max(sum(_extent(cell, "colspan") for cell in row if _extent(cell, "colspan") < 50) for row in rows)
    extents = [
        [(_extent(cell, "rowspan"), min(_extent(cell, "colspan"), max(widest, 1))) for cell in row] for row in rows
    ]
    cells: list[GridCell] = []
    contents: list[list[Piece]] = []
    for r, i, at, column, row_span, column_span in place(extents):
        cell = rows[r][i]
        inside = _passages(cell, where)
        text = " ".join(piece.text for piece in inside if isinstance(piece, Passage))
        contents.append(inside)
        cells.append(GridCell(at, column, text, row_span, column_span, cell.tag == "th"))
    columns = max(cell.column + cell.column_span for cell in cells)
    grid = Grid(len(rows), columns, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))
    return out + (unrolled(grid, contents, cells) or [grid])


def _rows(table: LexborNode) -> list[list[LexborNode]]:
    """The rows of a table itself, not of tables within; rows without a cell are left out."""
    rows: list[list[LexborNode]] = []
    sections = [table, *[child for child in _children(table) if child.tag in ("tbody", "thead", "tfoot")]]
    for section in sections:
        for row in _children(section):
            if row.tag == "tr" and not _is_hidden(row):
                cells = [cell for cell in _children(row) if cell.tag in ("td", "th") and not _is_hidden(cell)]
                if cells:
                    rows.append(cells)
    return rows


def _children(node: LexborNode) -> list[LexborNode]:
    children: list[LexborNode] = []
    child = node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _passages(node: LexborNode, where: _Where) -> list[Piece]:
    walker = _Walker()
    inside = _Where(where.kind, where.level, where.pre, where.depth + 1)
    walker.walk(node, inside)
    walker.flush(inside)
    return walker.pieces


def _extent(cell: LexborNode, name: str) -> int:
    digits = _DIGITS.match(cell.attributes.get(name) or "")
    return max(1, min(int(digits.group()), 1000)) if digits else 1


_ERROR_PAGE = re.compile(
    r"\b(?:40[0134]|50[0234])\b.{0,60}"
    r"(?:not found|forbidden|unauthorized|error|unavailable|gateway|không tìm thấy|directory)",
    re.IGNORECASE,
)


def _refuse_error_page(page: Flow) -> None:
    """A server's error page that was saved under the name of a document holds no document."""
    texts = [piece.text for piece in page.pieces if isinstance(piece, Passage)]
    if sum(map(len, texts)) < 600 and any(_ERROR_PAGE.search(text) for text in [page.title or "", *texts]):
        raise ReadError(
            Cause.UNSUPPORTED,
            f"the file is a web server's error page: {' '.join((page.title or texts[0]).split())[:80]}",
            "Download the document again.",
        )

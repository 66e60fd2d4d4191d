"""OpenDocument text."""

from __future__ import annotations

from xml.sax.saxutils import escape

from pipeline.synthesis.formats.packages import package
from pipeline.synthesis.source import Block, Source

MIME = "application/vnd.oasis.opendocument.text"
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("text", "text"), ("table", "table"))
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def _table(rows: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]], header_rows: int) -> str:
    lines = []
    for r, row in enumerate(rows):
        cells = []
        for c, text in enumerate(row):
            down, right = spans.get((r, c), (0, 0))
            tag = "table:table-cell" if down else "table:covered-table-cell"
            size = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{right}"' if down else ""
            cells.append(f"<{tag}{size}><text:p>{escape(text)}</text:p></{tag}>")
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    head = f"<table:table-header-rows>{''.join(lines[:header_rows])}</table:table-header-rows>" if header_rows else ""
    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    return f"<table:table>{columns}{head}{''.join(lines[header_rows:])}</table:table>"


def _columns(left: list[str], right: list[str]) -> str:
    cells = ("".join(f"<text:p>{escape(line)}</text:p>" for line in side) for side in (left, right))
    row = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    columns = '<table:table-column table:number-columns-repeated="2"/>'
    return f"<table:table>{columns}<table:table-row>{row}</table:table-row></table:table>"


def _written(block: Block) -> str:
    match block.kind:
        case "table":
            rows = [["" for _ in row] for row in block.rows]
            spans = {}
            for r, c, down, right, text in block.merged():
                rows[r][c] = text
                spans[r, c] = (down, right)
            return _table(rows, spans, block.header_rows)
        case "newpage":
            return "<text:p/>"
        case "title" | "heading":
            level = 1 if block.kind == "title" else 2
            return f'<text:h text:outline-level="{level}">{escape(block.text)}</text:h>'
        case "item":
            return f"<text:p>- {escape(block.text)}</text:p>"
        case _:
            return f"<text:p>{escape(block.text)}</text:p>"


def make_odt(source: Source) -> bytes:
    """The ODT file of a source: a package of two parts, nothing compressed."""
    head = source.head
    letter, attached = source.parts()
    body = _columns(head["left"], head["right"]) if "left" in head else ""
    body += "".join(map(_written, letter))
    if "recipients" in head:
        body += _columns(head["recipients"], head["signature"])
    body += "".join(map(_written, attached))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return package((("mimetype", MIME), ("content.xml", content), ("META-INF/manifest.xml", MANIFEST)))

"""Make the HTML, PDF and DOCX files of the sample archive from the sources beside this file.

    python corpus/build.py [--out DIR] [NAME …]

A source is `sources/NAME.md`: a YAML head between two lines `---`, then the text. The head says which format it
becomes and what stands around the text: the two blocks of an official letter head and of its foot, or the chrome of a
saved web page. The text knows only a few marks:

    # …            title, centred          ## …          heading
    - …            list item               > …           caption
    | a | b |      row of a ruled table; rows above `|---|` are its header
                   a cell `<` belongs to the cell at its left, a cell `^` to the one above it
    \\newpage       a new page; what follows the first one is attached after the signature

The same source gives the same bytes on every machine that has the same font: no clock, no compression library.
"""

from __future__ import annotations

import argparse
import html
import io
import string
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
DOCUMENTS = HERE / "documents"
FONTS = Path("/usr/share/fonts/truetype/dejavu")  # Debian and Ubuntu: fonts-dejavu-core
LONG_AGO = datetime(2000, 1, 1)
MARKS = {"# ": "title", "## ": "heading", "- ": "item", "> ": "caption"}


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the text: a `kind` of MARKS, paragraph, table or newpage."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    header_rows: int = 0

    def merged(self) -> list[tuple[int, int, int, int, str]]:
        """The cells of a table as (row, column, rows spanned, columns spanned, text)."""
        cells = []
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if text in "<^" and text:
                    continue
                down = 1
                while r + down < len(self.rows) and self.rows[r + down][c] == "^":
                    down += 1
                right = 1
                while c + right < len(row) and row[c + right] == "<":
                    right += 1
                cells.append((r, c, down, right, text))
        return cells


@dataclass(frozen=True, slots=True)
class Source:
    """A source file: what surrounds the text, and the text as blocks."""

    name: str
    head: dict[str, Any]
    blocks: tuple[Block, ...]

    @property
    def file_name(self) -> str:
        return f"{self.name}.{self.head['format']}"

    def parts(self) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        """The letter, which is signed, and what is attached to it: everything from the first new page on."""
        cut = next((i for i, b in enumerate(self.blocks) if b.kind == "newpage"), len(self.blocks))
        return self.blocks[:cut], self.blocks[cut:]


def parse_blocks(body: str) -> tuple[Block, ...]:
    """Read the marked text. Lines that follow each other without a blank line are one paragraph."""
    blocks: list[Block] = []
    for chunk in body.strip("\n").split("\n\n"):
        lines = [line for line in chunk.split("\n") if line.strip()]
        if lines and lines[0].startswith("|"):
            rows = [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines]
            rule = next((i for i, row in enumerate(rows) if set("".join(row)) == {"-"}), 0)
            blocks.append(Block("table", "", tuple(r for i, r in enumerate(rows) if i != rule or not rule), rule))
            continue
        paragraph: list[str] = []
        for line in lines:
            mark = next((m for m in MARKS if line.startswith(m)), None)
            if mark is None and line != "\\newpage":
                paragraph.append(line.strip())
                continue
            if paragraph:
                blocks.append(Block("paragraph", " ".join(paragraph)))
                paragraph = []
            blocks.append(Block(MARKS[mark], line[len(mark) :].strip()) if mark else Block("newpage"))
        if paragraph:
            blocks.append(Block("paragraph", " ".join(paragraph)))
    return tuple(blocks)


def read_source(path: Path) -> Source:
    """Read one source file."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return Source(path.stem, yaml.safe_load(head), parse_blocks(body))


def html_block(block: Block) -> str:
    text = html.escape(block.text, quote=False)
    match block.kind:
        case "table":
            lines: list[str] = []
            cells = block.merged()
            for r in range(len(block.rows)):
                tag = "th" if r < block.header_rows else "td"
                row = "".join(
                    f"<{tag}{f' rowspan={down}' * (down > 1)}{f' colspan={right}' * (right > 1)}>"
                    f"{html.escape(cell, quote=False)}</{tag}>"
                    for at, _, down, right, cell in cells
                    if at == r
                )
                lines.append(f"<tr>{row}</tr>")
            return '<table border="1">\n' + "\n".join(lines) + "\n</table>"
        case "newpage":
            return "<hr>"
        case "title":
            return f"<h1>{text}</h1>"
        case "heading":
            return f"<h3>{text}</h3>"
        case "item":
            return f"<ul><li>{text}</li></ul>"
        case "caption":
            return f"<figure><img src='anh.jpg' alt=''><figcaption>{text}</figcaption></figure>"
        case _:
            return f"<p>{text}</p>"


def make_html(source: Source) -> bytes:
    """A saved web page: the page named in the head, with the text and the head's other entries filled in."""
    page = string.Template((SOURCES / "pages" / f"{source.head['page']}.html").read_text(encoding="utf-8"))
    fields = {
        key: "\n".join(f"<li>{html.escape(str(v), quote=False)}</li>" for v in value)
        if isinstance(value, list)
        else html.escape(str(value), quote=False)
        for key, value in source.head.items()
    }
    body = "\n".join(html_block(b) for b in source.blocks).replace("</ul>\n<ul>", "\n")
    return page.substitute(fields, body=body).encode("utf-8")


def make_txt(source: Source) -> bytes:
    """Plain text in the encoding and the Unicode form that the head asks for."""
    lines = [f"- {b.text}" if b.kind == "item" else b.text for b in source.blocks]
    text = unicodedata.normalize(source.head.get("form", "NFC"), "\n\n".join(lines) + "\n")
    return text.encode(source.head.get("encoding", "utf-8"))


def make_docx(source: Source) -> bytes:
    """An office document with a two-column head, merged header cells and a two-column foot."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Cm, Pt

    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = LONG_AGO
    document.core_properties.author = document.core_properties.title = ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Times New Roman", Pt(13)

    def columns(left: list[str], right: list[str], align: Any) -> None:
        table = document.add_table(rows=1, cols=2)
        for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
            for i, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
                paragraph.alignment = align
                paragraph.add_run(line).bold = line.isupper()

    if "left" in source.head:
        columns(source.head["left"], source.head["right"], ALIGN.CENTER)

    def write(block: Block) -> None:
        if block.kind == "table":
            table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]), style="Table Grid")
            for r, c, down, right, text in block.merged():
                cell = table.cell(r, c)
                if down > 1 or right > 1:
                    cell = cell.merge(table.cell(r + down - 1, c + right - 1))
                cell.paragraphs[0].add_run(text).bold = r < block.header_rows
        elif block.kind == "newpage":
            document.add_page_break()
        else:
            paragraph = document.add_paragraph()
            run = paragraph.add_run(f"- {block.text}" if block.kind == "item" else block.text)
            run.bold = block.kind in ("title", "heading")
            if block.kind in ("title", "caption"):
                paragraph.alignment = ALIGN.CENTER

    letter, attached = source.parts()
    for block in letter:
        write(block)
    if "recipients" in source.head:
        columns(source.head["recipients"], source.head["signature"], ALIGN.LEFT)
    for block in attached:
        write(block)
    buffer = io.BytesIO()
    document.save(buffer)
    return plain_zip(buffer.getvalue())


def plain_zip(data: bytes) -> bytes:
    """The same archive with fixed times and nothing compressed, so that its bytes depend on its content alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name))
    return out.getvalue()


def make_pdf(source: Source) -> bytes:
    """A digital PDF: two-column letter head, ruled tables that run over pages, page numbers from page 2."""
    from reportlab.lib import colors
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import cm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

    for name in ("DejaVuSerif", "DejaVuSerif-Bold"):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    base = ParagraphStyle("base", fontName="DejaVuSerif", fontSize=11, leading=16, spaceAfter=5, alignment=TA_JUSTIFY)
    bold = ParagraphStyle("bold", parent=base, fontName="DejaVuSerif-Bold")
    centre = ParagraphStyle("centre", parent=base, alignment=TA_CENTER, fontSize=10, leading=14, spaceAfter=0)
    title = ParagraphStyle("title", parent=centre, fontName="DejaVuSerif-Bold", fontSize=12, leading=17)
    head = ParagraphStyle("head", parent=centre, fontName="DejaVuSerif-Bold", fontSize=9, leading=13)
    small = ParagraphStyle("small", parent=base, fontSize=9, leading=12, spaceAfter=0, alignment=0)
    styles = {"title": title, "heading": bold, "caption": centre}

    page_size = landscape(A4) if source.head.get("landscape") else A4
    width = page_size[0] - 4.5 * cm

    def paragraph(text: str, style: ParagraphStyle) -> Any:
        return Paragraph(html.escape(text, quote=False), style)

    def columns(left: list[str], right: list[str], styled: Any) -> Any:
        return Table(
            [[[paragraph(t, styled(t)) for t in side] for side in (left, right)]], [width * 0.46, width * 0.54]
        )

    def ruled(block: Block) -> Any:
        texts = [
            [text for _, c, _, right, text in block.merged() if c == i and right == 1]
            for i in range(len(block.rows[0]))
        ]
        least = [6.8 * max(len(word) for text in column for word in (text.split() or [""])) + 13 for column in texts]
        wanted = [min(30, max(map(len, column))) for column in texts]
        spare = max(0.0, width - sum(least)) / (sum(wanted) or 1)
        grid = [["" for _ in row] for row in block.rows]
        style: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        for r, c, down, right, text in block.merged():
            grid[r][c] = paragraph(text, head if r < block.header_rows else small)
            style.append(("SPAN", (c, r), (c + right - 1, r + down - 1)))
        widths = [narrow + spare * more for narrow, more in zip(least, wanted, strict=True)]
        return Table(grid, widths, repeatRows=block.header_rows, style=style)

    def flow(block: Block) -> list[Any]:
        match block.kind:
            case "table":
                return [ruled(block), Spacer(1, 8)]
            case "newpage":
                return [PageBreak()]
            case "item":
                return [paragraph(f"- {block.text}", base)]
            case _:
                return [paragraph(block.text, styles.get(block.kind, base))]

    story: list[Any] = []
    if "left" in source.head:
        story += [columns(source.head["left"], source.head["right"], lambda t: head if t.isupper() else centre)]
        story += [Spacer(1, 10)]
    letter, attached = source.parts()
    story += [piece for block in letter for piece in flow(block)]
    if "recipients" in source.head:
        signed = columns(source.head["recipients"], source.head["signature"], lambda t: head if t.isupper() else small)
        story += [Spacer(1, 12), signed]
    story += [piece for block in attached for piece in flow(block)]

    def number(canvas: Any, doc: Any) -> None:
        if doc.page > 1:
            canvas.setFont("DejaVuSerif", 10)
            canvas.drawCentredString(page_size[0] / 2, page_size[1] - 1.2 * cm, str(doc.page))

    buffer = io.BytesIO()
    frame = {"leftMargin": 2.7 * cm, "rightMargin": 1.8 * cm, "topMargin": 2 * cm, "bottomMargin": 2 * cm}
    SimpleDocTemplate(buffer, pagesize=page_size, invariant=1, pageCompression=0, title=source.name, **frame).build(
        story, onFirstPage=number, onLaterPages=number
    )
    return buffer.getvalue()


MAKERS = {"html": make_html, "txt": make_txt, "docx": make_docx, "pdf": make_pdf}


def make(source: Source) -> bytes:
    """The bytes of the file that a source becomes."""
    return MAKERS[source.head["format"]](source)


def main() -> None:
    cli = argparse.ArgumentParser(description="Make the sample archive's HTML, PDF and DOCX files from their sources.")
    cli.add_argument("names", nargs="*", help="only these sources (names without .md)")
    cli.add_argument("--out", type=Path, default=DOCUMENTS)
    args = cli.parse_args()
    for path in sorted(SOURCES.glob("*.md")):
        if not args.names or path.stem in args.names:
            source = read_source(path)
            (args.out / source.file_name).write_bytes(make(source))


if __name__ == "__main__":
    main()

"""A digital PDF: two-column letter head, ruled tables that run over pages, page numbers from page 2."""

from __future__ import annotations

import html
import io
from pathlib import Path
from typing import Any

from pipeline.synthesis.formats.needs import needed
from pipeline.synthesis.source import Block, Source

FONTS = Path(__file__).parents[1] / "fonts"


def make_pdf(source: Source) -> bytes:
    """The PDF file of a source."""
    with needed("reportlab"):
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

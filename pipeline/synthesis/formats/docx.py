"""An office document with a two-column head, merged header cells and a two-column foot."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from pipeline.synthesis.formats.needs import needed
from pipeline.synthesis.formats.packages import plain_zip
from pipeline.synthesis.source import Block, Source

LONG_AGO = datetime(2000, 1, 1)


def make_docx(source: Source) -> bytes:
    """The DOCX file of a source."""
    with needed("python-docx"):
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
            document.add_page_break()  # type: ignore[no-untyped-call]
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

"""The made-up reports as files: an archive of text, HTML, Word and PDF documents."""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from reports import Report, reports

_FONT_FOLDERS = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/TTF", "/usr/share/fonts/dejavu-sans-fonts")


def write_archive(folder: Path, count: int, pages: int = 1, endings: str = "txt html docx pdf", seed: int = 20) -> Path:
    """`count` reports below `folder`, their formats in turn, a hundred files to a folder."""
    kinds = endings.split()
    for number, report in enumerate(reports(count, pages, seed)):
        ending = kinds[number % len(kinds)]
        file = folder / f"{number // 100:03}" / f"bao-cao-{number:05}.{ending}"
        file.parent.mkdir(parents=True, exist_ok=True)
        WRITERS[ending](report, file)
    return folder


def _write_text(report: Report, file: Path) -> None:
    lines = list(report.head)
    for block in (block for page in report.pages for block in page):
        lines += [block] if isinstance(block, str) else ["\t".join(row) for row in block]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_html(report: Report, file: Path) -> None:
    parts = [f"<p>{html.escape(line)}</p>" for line in report.head]
    for block in (block for page in report.pages for block in page):
        if isinstance(block, str):
            parts.append(f"<p>{html.escape(block)}</p>")
        else:
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    title = html.escape(report.head[-1])
    body = "\n".join(parts)
    file.write_text(
        f'<!doctype html><meta charset="utf-8"><title>{title}</title>\n<body>{body}</body>', encoding="utf-8"
    )


def _write_word(report: Report, file: Path) -> None:
    from docx import Document

    document = Document()
    for line in report.head:
        document.add_paragraph(line)
    for block in (block for page in report.pages for block in page):
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            table = document.add_table(len(block), len(block[0]))
            for row, texts in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
    document.save(str(file))


def _write_pdf(report: Report, file: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import PageBreak, SimpleDocTemplate

    style = _style()
    story: list[Any] = []
    for number, page in enumerate(report.pages):
        story += [PageBreak()] if number else [_flowable(line, style) for line in report.head]
        story += [_flowable(block, style) for block in page]
    SimpleDocTemplate(
        str(file), pagesize=A4, leftMargin=56, rightMargin=56, topMargin=42, bottomMargin=42, invariant=True
    ).build(story)


def _flowable(block: str | list[tuple[str, ...]], style: Any) -> Any:
    from reportlab.platypus import Paragraph, Table

    if isinstance(block, str):
        return Paragraph(html.escape(block), style)
    lines = [("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)), ("FONT", (0, 0), (-1, -1), style.fontName, 9)]
    return Table(block, style=lines)


@cache
def _style() -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = next((Path(folder) / "DejaVuSerif.ttf" for folder in _FONT_FOLDERS if Path(folder).is_dir()), None)
    if font is None:
        raise SystemExit("Writing PDF files needs the DejaVu fonts.\nHint: install fonts-dejavu-core.")
    pdfmetrics.registerFont(TTFont("Serif", font))
    return ParagraphStyle("body", fontName="Serif", fontSize=10, leading=13, spaceAfter=4)


WRITERS: dict[str, Callable[[Report, Path], None]] = {
    "txt": _write_text, "html": _write_html, "docx": _write_word, "pdf": _write_pdf
}  # fmt: skip

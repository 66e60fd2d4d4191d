"""A saved web page: what the head names as its page, with the text and the head's other entries filled in."""

from __future__ import annotations

import html
import string
from pathlib import Path

from pipeline.synthesis.source import Block, Source

PAGES = Path(__file__).parents[1] / "pages"
FIELDS = dict.fromkeys(
    (
        "site",
        "today",
        "hotline",
        "title",
        "published",
        "sapo",
        "author",
        "related",
        "comments",
        "footer",
        "licence",
        "views",
        "counters",
    ),
    "",
)


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
    """The page named in the head, with the text and the head's other entries filled in."""
    page = string.Template((PAGES / f"{source.head['page']}.html").read_text(encoding="utf-8"))
    fields = {
        key: "\n".join(f"<li>{html.escape(str(v), quote=False)}</li>" for v in value)
        if isinstance(value, list)
        else html.escape(str(value), quote=False)
        for key, value in source.head.items()
    }
    body = "\n".join(html_block(b) for b in source.blocks).replace("</ul>\n<ul>", "\n")
    return page.substitute(FIELDS | fields, body=body).encode("utf-8")

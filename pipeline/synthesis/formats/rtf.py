"""Rich text, as word processors of the nineties wrote it, also under the name .doc."""

from __future__ import annotations

from pipeline.synthesis.source import Block, Source

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Times New Roman;}}\paperw11906\paperh16838\f0\fs26"
WIDTH = 9000
"""Of a table, in twentieths of a point."""


def escaped(text: str) -> str:
    """Text for RTF: control characters escaped, what is not ASCII as signed 16-bit codes."""
    made = []
    for letter in text:
        code = ord(letter)
        plain = f"\\{letter}" if letter in "\\{}" else letter
        made.append(plain if code < 128 else f"\\u{code - 65536 if code > 32767 else code}?")
    return "".join(made)


def _paragraph(text: str, style: str = "") -> str:
    return rf"\pard\ql{style} {escaped(text)}\par"


def _row(cells: tuple[tuple[str, str], ...]) -> str:
    edges = "".join(rf"\cellx{WIDTH * (i + 1) // len(cells)}" for i in range(len(cells)))
    texts = "".join(rf"\pard\intbl {style}{escaped(text)}\cell" for text, style in cells)
    return rf"\trowd\trgaph70{edges}{texts}\row"


def _columns(left: list[str], right: list[str]) -> list[str]:
    rows = max(len(left), len(right))
    sides = (side + [""] * (rows - len(side)) for side in (left, right))
    return [_row(((a, ""), (b, ""))) for a, b in zip(*sides, strict=True)] + [r"\pard\par"]


def _written(block: Block) -> list[str]:
    match block.kind:
        case "table":
            grid = [["" if cell in ("<", "^") else cell for cell in row] for row in block.rows]
            return [_row(tuple((cell, "") for cell in row)) for row in grid] + [r"\pard\par"]
        case "newpage":
            return [r"\page"]
        case "title":
            return [_paragraph(block.text, r"\qc\b") + r"\b0"]
        case "heading":
            return [_paragraph(block.text, r"\b") + r"\b0"]
        case "item":
            return [_paragraph(f"- {block.text}")]
        case _:
            return [_paragraph(block.text)]


def make_rtf(source: Source) -> bytes:
    """The RTF file of a source. Merged header cells stay apart: the first holds the text."""
    head = source.head
    letter, attached = source.parts()
    body = _columns(head["left"], head["right"]) if "left" in head else []
    body += [line for block in letter for line in _written(block)]
    if "recipients" in head:
        body += _columns(head["recipients"], head["signature"])
    body += [line for block in attached for line in _written(block)]
    return "\n".join([HEAD, *body, "}"]).encode("ascii")

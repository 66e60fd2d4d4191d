"""Plain text, in any encoding, and in TCVN3 from before Unicode."""

from __future__ import annotations

import unicodedata

from pipeline.synthesis.source import Block, Source
from pipeline.text.legacy.tables import TABLES, Legacy


def lines_of(block: Block) -> list[str]:
    """A block as lines; the cells of a table's row stand apart by a bar."""
    match block.kind:
        case "item":
            return [f"- {block.text}"]
        case "table":
            return [" | ".join("" if cell in ("<", "^") else cell for cell in row) for row in block.rows]
        case "newpage":
            return []
        case _:
            return [block.text]


def paragraphs(source: Source) -> list[str]:
    """The whole of a document as paragraphs: letter head, text, foot, what is attached."""
    head = source.head
    letter, attached = source.parts()
    made = ["\n".join(head[side]) for side in ("left", "right") if side in head]
    made += [str(head[name]) for name in ("site", "title", "published") if name in head]
    made += ["\n".join(lines_of(block)) for block in letter if block.kind != "newpage"]
    made += ["\n".join(head[side]) for side in ("recipients", "signature") if side in head]
    made += [str(head["author"])] if "author" in head else []
    made += ["\n".join(lines_of(block)) for block in attached if block.kind != "newpage"]
    return [*made, *([str(head["footer"])] if "footer" in head else [])]


def make_txt(source: Source) -> bytes:
    """Plain text in the encoding and the Unicode form that the head asks for."""
    text = unicodedata.normalize(source.head.get("form", "NFC"), "\n\n".join(paragraphs(source)) + "\n")
    return text.encode(source.head.get("encoding", "utf-8"))


def make_tcvn3(source: Source) -> bytes:
    """Text in TCVN3 (TCVN 5712:1993 VN3): capitals with marks lose them, as fonts for capitals brought them back."""
    byte_of = {letter: code for code, letter in TABLES[Legacy.TCVN3].items()}
    made = []
    for letter in "\n\n".join(paragraphs(source)).translate(_TYPOGRAPHY) + "\n":
        code = letter if letter.isascii() else byte_of.get(letter) or byte_of.get(letter.lower(), "?")
        made.append(code)
    return "".join(made).encode("cp1252", "replace")


_TYPOGRAPHY = str.maketrans(
    {"–": "-", "—": "-", "“": '"', "”": '"', "…": "...", "’": "'", "•": "-", "»": ">", "©": "(c)"}
)

"""An added fact found again where a newer reader gives its document another text.

Its words are looked for, blanks counting alike; of several places the one nearest to where they stood is taken.
Offsets of facts that rules read need none of this: they are made anew with each reading.
"""

from __future__ import annotations

import regex

from pipeline.model import Document
from pipeline.model.review import ON_PAGE, Fact


def anchored(fact: Fact, document: Document) -> Fact | None:
    """An added fact with its `PLACE` in the text of `document`; None where its words are not in it.

    It has the page, and no boxes: these are of the page as it was read then.
    """
    words, start = str(fact["quote"]), int(str(fact["char_start"]))
    number = slice(int(str(fact["value_start"])) - start, int(str(fact["value_end"])) - start)
    before, figure, behind = (_open(part) for part in (words[: number.start], words[number], words[number.stop :]))
    pattern = regex.compile(rf"(?<quote>{before}(?<number>{figure}){behind})")
    found = min(pattern.finditer(document.text), key=lambda match: abs(match.start() - start), default=None)
    if found is None:
        return None
    page = document.page_of(found.start())
    return {
        **{name: value for name, value in fact.items() if name not in ON_PAGE},
        "quote": found["quote"],
        "char_start": str(found.start("quote")),
        "char_end": str(found.end("quote")),
        "value_start": str(found.start("number")),
        "value_end": str(found.end("number")),
        **({"page": str(page)} if page else {}),
    }


def _open(words: str) -> str:
    """An expression for words, open to any blanks where they have some."""
    return r"\s*+".join(regex.escape(part) if part.strip() else "" for part in regex.split(r"(\s+)", words))

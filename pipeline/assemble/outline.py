"""Under which headings each paragraph of a document stands.

Reports number their headings in several ways (A, I, 1, 1.1, a), and no two offices nest them alike. So the order
in which the ways of numbering come tells how deep each is: one that is new lies within the heading before it, one
that was there goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from pipeline.model import Block, BlockKind

_LONGEST_LABEL = 90
_NUMBERING = regex.compile(
    r"\s*(?:(?P<part>(?i:phần|chương|mục|phụ lục)\s+(?:thứ\s+)?\w+)|(?P<roman>[IVX]{1,5})\s*[.\-/)]"
    r"|(?P<capital>[A-HĐ])\s*[.\-/)]|(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\s*[.)\-/]?(?=\s*[^\W\d_])"
    r"|(?P<letter>[a-zđ])\s*[.)])\s*"
)
_ENDED = regex.compile(r"[.;,!?]\s*$")
_FIGURE = regex.compile(r"\d")


class _Style(NamedTuple):
    """A way of numbering headings; those without a number differ by the level that their format gives them."""

    name: str
    depth: int = 0


class Outline:
    """The headings over every block of a document."""

    def __init__(self, blocks: Sequence[Block], text: str) -> None:
        self.blocks = blocks
        self._over: list[tuple[int, ...]] = []
        open_: list[tuple[_Style, int]] = []
        for n, block in enumerate(blocks):
            if block.kind is BlockKind.TITLE:
                open_.clear()
            style = _style(block, block.span.of(text))
            if style is not None:
                open_ = open_[: next((at for at, (known, _) in enumerate(open_) if _ends(known, style)), len(open_))]
            self._over.append(tuple(at for _, at in reversed(open_)))
            if style is not None:
                open_.append((style, n))

    def over(self, block: int) -> list[Block]:
        """The headings that a block stands under, the nearest first."""
        return [self.blocks[at] for at in self._over[block]]


def _ends(known: _Style, style: _Style) -> bool:
    """Whether a heading of one style ends the section of another."""
    return known == style or (known.name == style.name == "plain" and known.depth > style.depth)


def _style(block: Block, words: str) -> _Style | None:
    """How a heading is numbered; None for what is no heading. A short line "a) Tại cấp tỉnh" is one too."""
    numbered = _NUMBERING.match(words)
    if block.kind is not BlockKind.HEADING:
        rest = words[numbered.end() :] if numbered else ""
        label = 0 < len(rest.strip()) <= _LONGEST_LABEL and not _ENDED.search(rest) and not _FIGURE.search(rest)
        if block.kind not in (BlockKind.LIST_ITEM, BlockKind.PARAGRAPH) or not label:
            return None
    if numbered is None:
        return _Style("plain", block.level)
    name = str(numbered.lastgroup)
    return _Style(name, numbered[name].count(".") if name == "number" else 0)

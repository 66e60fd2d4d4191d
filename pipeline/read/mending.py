"""Certain damage of the running text of a Document mended, and days misread on scans; else tables stay as written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Block, BlockKind, CharBoxes, Document, Repair, Span
from pipeline.read.boxes import Boxes, joined
from pipeline.text.misread import misread_days
from pipeline.text.offsets import OffsetMap
from pipeline.text.repair import Damage, damages, mend

_PROSE = frozenset(BlockKind) - {BlockKind.TABLE, BlockKind.FURNITURE}


def mended(document: Document) -> Document:
    """`document` with what `pipeline.text.repair` is sure of mended within its blocks of running text.

    Every place in it (blocks, tables, pages, earlier repairs, boxes) is that in the mended text.
    """
    prose = [block.span for block in document.blocks if block.kind in _PROSE]
    starts = [span.start for span in prose]

    def is_prose(span: Span) -> bool:
        at = bisect_right(starts, span.start) - 1
        return at >= 0 and prose[at].covers(span)

    found = [damage for damage in damages(document.text) if is_prose(damage.span)]
    found += _on_scans(document, found)
    if not found:
        return document
    found.sort(key=lambda damage: damage.span)
    text, repairs, offsets = mend(document.text, found)
    moved = offsets.changed
    earlier = (Repair(item.kind, moved(item.span), item.original) for item in document.repairs)
    return replace(
        document,
        text=text,
        blocks=tuple(Block(block.kind, moved(block.span), block.level) for block in document.blocks),
        tables=tuple(
            replace(
                table,
                span=moved(table.span),
                caption=moved(table.caption) if table.caption else None,
                cells=tuple(replace(cell, span=moved(cell.span)) for cell in table.cells),
            )
            for table in document.tables
        ),
        pages=tuple(replace(page, span=moved(page.span)) for page in document.pages),
        char_boxes=_boxes(document.char_boxes, offsets) if document.char_boxes else None,
        repairs=tuple(sorted((*earlier, *repairs), key=lambda item: item.span)),
    )


def _on_scans(document: Document, found: Sequence[Damage]) -> list[Damage]:
    """What recognition spelled wrong on the pages that are scans, in running text or in tables, apart from `found`."""
    scans = [page.span for page in document.pages if page.ocr]
    misread = misread_days(document.text) if scans else ()
    return [
        damage
        for damage in misread
        if any(scan.covers(damage.span) for scan in scans)
        and not any(damage.span.overlaps(other.span) for other in found)
    ]


def _boxes(kept: CharBoxes, offsets: OffsetMap) -> CharBoxes:
    """The boxes of the characters that were kept or stand for as many others; one that was put in stands nowhere."""
    boxes = Boxes.of(kept)
    parts: list[Boxes] = []
    done = 0
    for old, new in zip(offsets.old, offsets.new, strict=True):
        there = boxes.between(old.start, old.end) if len(old) == len(new) else Boxes.nowhere(len(new))
        parts += (boxes.between(done, old.start), there)
        done = old.end
    parts.append(boxes.between(done, len(boxes)))
    return joined(parts).kept(kept.ruler)

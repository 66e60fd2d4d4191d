"""A fact that the rules have missed: the words that a reviewer has selected, and the number in them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Document, Span
from pipeline.web.desk.source import document_of
from pipeline.web.view import View

_LONGEST = 600
"""Characters of the words of one fact."""
_VALUE = 40


@dataclass(frozen=True, slots=True)
class Place:
    """Where a missed fact stands: its words, the number in them, and the number with what follows, as it is read."""

    document: Document
    words: Span
    number: Span

    @property
    def quote(self) -> str:
        return self.words.of(self.document.text)

    @property
    def value(self) -> str:
        """The number with the words behind it, which may hold its magnitude: "8,98 ngàn hồ sơ"."""
        behind = Span(self.number.start, min(self.words.end, self.number.end + _VALUE))
        return " ".join(behind.of(self.document.text).split())


def place_of(view: View, doc_id: str, start: int, end: int) -> Place | None:
    """The place of the selected words, without blanks around; None where they hold no number or are none.

    The number is the first in them that no date and no reference explains, else the first at all.
    """
    document = document_of(view, doc_id)
    if document is None or not 0 <= start < end <= len(document.text) or end - start > _LONGEST:
        return None
    selected = document.text[start:end]
    start += len(selected) - len(selected.lstrip())
    end -= len(selected) - len(selected.rstrip())
    numerals = view.db.execute(
        "SELECT char_start, char_end FROM numerals WHERE doc_id = ? AND char_start >= ? AND char_end <= ?"
        " ORDER BY class IN ('date', 'reference', 'clause', 'heading'), char_start LIMIT 1",
        (doc_id, start, end),
    ).fetchall()
    if not numerals:
        return None
    return Place(document, Span(start, end), Span(*numerals[0]))

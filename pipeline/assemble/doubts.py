"""What in a fact's surroundings speaks against its reading: named reasons for the confidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

import regex

from pipeline.assemble.slots import Fact
from pipeline.match.layers import Layers, within
from pipeline.match.mention import Mention
from pipeline.model import Span

OCR_DOUBTFUL = "ocr_doubtful"
"""The reader's note of characters that were recognised without certainty, and the reason and flag for them."""
DOUBTS = (
    "broad_measure", "bound_as_result", "read_as_target", "read_as_reference", "zero", "few_numbers", "copula",
    "single_cue", "mixed_cues", "cue_elsewhere", "unread_before", "unread_between", "unread_behind", "ocr",
    "ocr_doubtful",
)  # fmt: skip
"""Every reason that this module gives."""

_WORD = regex.compile(r"[^\W\d_]+")
_BREAK = regex.compile(r"[;:()\n]|[,.](?!\d)")
_PART = regex.compile(r"[./_-]")

_FEW, _BEFORE, _BETWEEN, _BEHIND = 3, 3, 3, 5


class Doubts:
    """The doubts about the facts of one document. `broad` are the measures whose words serve others too."""

    def __init__(self, layers: Layers, broad: Collection[str]) -> None:
        self.layers, self.broad = layers, frozenset(broad)
        self._last_read: tuple[Span, list[Span], list[Span]] | None = None
        self.starts = [sentence.span.start for sentence in layers.sentences]
        self.scanned = [page.span for page in layers.document.pages if page.ocr]
        self.unsure = [repair.span for repair in layers.document.repairs if repair.kind == OCR_DOUBTFUL]

    def about(self, fact: Fact) -> tuple[str, ...]:
        """The names of all doubts. The place of a number in a table leaves only those about the whole page."""
        return tuple(self._scanned(fact.mention)) + (() if fact.mention.cell else tuple(self._in_prose(fact)))

    def _scanned(self, mention: Mention) -> Iterator[str]:
        if any(span.covers(mention.value_span) for span in self.scanned):
            yield "ocr"
            # A figure of which recognition itself was not sure.
            if any(span.overlaps(mention.value_span) for span in self.unsure):
                yield OCR_DOUBTFUL

    def _in_prose(self, fact: Fact) -> Iterator[str]:
        mention, status = fact.mention, fact.slots.status
        sentence = self._sentence(mention)
        if mention.indicator in self.broad:
            yield "broad_measure"
        if mention.comparator != "eq" and status == "actual":
            yield "bound_as_result"
        if status != "actual":
            yield f"read_as_{status}"
        if not mention.value:
            yield "zero"
        if len(within(self.layers.numbers, sentence)) < _FEW:
            yield "few_numbers"
        clause = self._clause(mention.value_span, sentence)
        yield from self._of_cues(mention, clause)
        yield from self._of_unread(fact, sentence, clause)

    def _sentence(self, mention: Mention) -> Span:
        at = bisect_right(self.starts, mention.value_span.start) - 1
        return self.layers.sentences[at].span if at >= 0 else mention.quote_span

    def _clause(self, value: Span, sentence: Span) -> Span:
        """The stretch without a mark of punctuation around a number; a colon right before it is none."""
        text = self.layers.document.text
        before = sentence.start + len(text[sentence.start : value.start].rstrip(" :"))
        start = max((m.end() for m in _BREAK.finditer(text, sentence.start, before)), default=sentence.start)
        end = _BREAK.search(text, value.end, sentence.end)
        return Span(start, max(value.end, end.start() if end else sentence.end))

    def _of_cues(self, mention: Mention, clause: Span) -> Iterator[str]:
        if any(role == "is" for role, _ in mention.cues):
            yield "copula"
        if not mention.indicator.startswith("index."):
            named = f"{mention.rule_id}.{mention.indicator}"
            parts = set(_PART.split(named))
            if len(mention.cues) == 1:
                yield "single_cue"
            if any(role not in named and not parts & set(role.split("_")) for role, _ in mention.cues):
                yield "mixed_cues"
        own = [span for role, span in mention.cues if role != "index"]
        if own and not any(span.start < clause.end and clause.start < span.end for span in own):
            yield "cue_elsewhere"

    def _of_unread(self, fact: Fact, sentence: Span, clause: Span) -> Iterator[str]:
        """Words near a number that no rule has made anything of."""
        mention, quote = fact.mention, fact.mention.quote_span
        named, numbers = self._read_in(sentence)
        names = [*(span for _, span in mention.cues), *named]
        period = fact.slots.period.span if fact.slots.period else None
        read = [*names, quote, *numbers, *(span for span in (fact.slots.subject.span, period) if span)]
        if self._unread(clause.start, quote.start, read) >= _BEFORE:
            yield "unread_before"
        if self._unread(quote.start, quote.end, [*names, mention.value_span]) >= _BETWEEN:
            yield "unread_between"
        if self._unread(quote.end, clause.end, read) >= _BEHIND:
            yield "unread_behind"

    def _read_in(self, sentence: Span) -> tuple[list[Span], list[Span]]:
        """The names of a sentence, and its numbers; kept for its next fact."""
        if self._last_read is None or self._last_read[0] != sentence:
            indices = [index.span for index in within(self.layers.indices, sentence)]
            numbers = [number.span for number in within(self.layers.numbers, sentence)]
            self._last_read = sentence, [*self.layers.names_in(sentence), *indices], numbers
        return self._last_read[1:]

    def _unread(self, start: int, end: int, read: Sequence[Span]) -> int:
        """How many words of a stretch stand in nothing that was read."""
        near = [span for span in read if span.start < end and span.end > start]
        places = (word.start() for word in _WORD.finditer(self.layers.document.text, start, max(start, end)))
        return sum(not any(a <= place < b for a, b in near) for place in places)

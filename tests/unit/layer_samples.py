"""Layers and contexts of short texts, and one small family of counts, for the tests of `match` and `assemble`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.assemble.context import Context
from pipeline.assemble.dates import resolve_dates
from pipeline.assemble.identity import identify
from pipeline.assemble.references import issue_dates, reference_spans
from pipeline.assemble.short_places import places_named_short
from pipeline.match.dates import date_atoms
from pipeline.match.identifiers import identifiers
from pipeline.match.layers import Layers
from pipeline.match.names import find_indices
from pipeline.match.numbers import number_atoms
from pipeline.model import Document, Span
from pipeline.process import read_document
from pipeline.rulebook.book import Rulebook, load
from pipeline.rulebook.count_rules import CountRules, load_count_rules
from pipeline.text.fold import lower_view, normal_view
from pipeline.text.phrase_places import phrase_text
from pipeline.text.sentences import sentences

FAMILY = """\
family: case
title: {vi: Mẫu, en: Sample}
rival: true
elides_head: document
heads: [hồ sơ]
lookalikes: [hồ sơ dự thầu]
inherit: [state]
default: [received]
attributes:
  received: {slot: state, phrases: [tiếp nhận, nhận]}
  resolved: {slot: state, phrases: ["[đã] giải quyết", đã trả]}
  pending: {slot: state, phrases: [đang giải quyết, tồn]}
  on_time: {slot: timing, phrases: [đúng hạn, "(trước và|trước,) đúng hạn"]}
  overdue: {slot: timing, phrases: [quá hạn, trễ hạn]}
  total: {slot: total, weak: true, phrases: [có, tổng số]}
  less: {slot: less, blocks: true, phrases: [giảm]}
  digitised: {slot: kind, alone: true, phrases: [số hóa]}
readings:
  - {gives: case.received, all: [received]}
  - {gives: case.resolved, all: [resolved]}
  - {gives: case.pending, all: [pending]}
  - {gives: case.resolved_on_time, all: [on_time]}
  - {gives: case.resolved_on_time, all: [resolved, on_time]}
  - {gives: case.resolved_overdue, all: [overdue]}
  - {gives: case.resolved_overdue, all: [resolved, overdue]}
  - {gives: case.pending_overdue, all: [pending, overdue]}
  - {gives: case.total, all: [total]}
  - {gives: case.on_time_rate, unit: percent, all: [on_time]}
  - {gives: case.on_time_rate, unit: percent, all: [resolved, on_time]}
  - {gives: case.digitised_rate, unit: percent, all: [digitised]}
indicators:
  - {code: case.received, vi: Tiếp nhận, en: Received, unit: count}
  - {code: case.resolved, vi: Giải quyết, en: Resolved, unit: count}
  - {code: case.pending, vi: Đang giải quyết, en: Pending, unit: count, stock: true}
  - {code: case.pending_overdue, vi: Tồn quá hạn, en: Pending overdue, unit: count, stock: true}
  - {code: case.resolved_on_time, vi: Đúng hạn, en: On time, unit: count}
  - {code: case.resolved_overdue, vi: Quá hạn, en: Overdue, unit: count}
  - {code: case.total, vi: Tổng số, en: Total, unit: count}
  - {code: case.on_time_rate, vi: Tỷ lệ đúng hạn, en: Share on time, unit: percent}
  - {code: case.digitised_rate, vi: Tỷ lệ số hóa, en: Share digitised, unit: percent}
"""

TASKS = """\
family: duty
title: {vi: Mẫu, en: Sample}
heads: [nhiệm vụ]
attributes:
  done: {phrases: [hoàn thành]}
  overdue: {phrases: [quá hạn]}
readings:
  - {gives: duty.done, all: [done]}
  - {gives: duty.overdue, all: [overdue]}
  - {gives: duty.done_rate, unit: percent, all: [done]}
indicators:
  - {code: duty.done, vi: Hoàn thành, en: Done, unit: count}
  - {code: duty.overdue, vi: Quá hạn, en: Overdue, unit: count}
  - {code: duty.done_rate, vi: Tỷ lệ hoàn thành, en: Share done, unit: percent}
"""


@cache
def family(text: str = FAMILY) -> CountRules:
    """A family of counts, compiled from the text of its rule file."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sample.yaml"
        file.write_text(text, encoding="utf-8")
        return load_count_rules(file)


@cache
def book() -> Rulebook:
    """The shipped rules."""
    return load()


@dataclass(frozen=True)
class Sample:
    """A text with all that is read before frames and slots."""

    document: Document
    layers: Layers
    context: Context

    @property
    def text(self) -> str:
        return self.document.text

    def span(self, words: str) -> Span:
        """Where `words` stand, which must be in one place alone."""
        assert self.text.count(words) == 1, (words, self.text)
        start = self.text.index(words)
        return Span(start, start + len(words))

    def place(self, words: str) -> tuple[Span, Span, int]:
        """A span, its sentence and its block."""
        span = self.span(words)
        sentence = next(s for s in self.layers.sentences if s.span.covers(span))
        return span, sentence.span, sentence.block


def sample(text: str, name: str = "text.txt") -> Sample:
    """`text` as a document of its own, with its layers and context."""
    return sample_of(read_document(text.encode(), name))


def sample_of(document: Document) -> Sample:
    """The layers and the context of a document."""
    text, gazetteer = document.text, book().gazetteer
    dates, acts = date_atoms(text), identifiers(text)
    identity = identify(document, dates, acts, gazetteer)
    day = identity.issued_on or (date.fromisoformat(identity.published_at[:10]) if identity.published_at else None)
    agencies, places = gazetteer.find_agencies(text, day), gazetteer.find_places(text, day)
    act_spans = tuple(reference_spans(acts))
    parts = sentences(document)
    view, normal = lower_view(text), normal_view(text)
    places = places_named_short(document, normal, places, agencies, identity, gazetteer)
    phrases = phrase_text(view)
    layers = Layers(
        document=document,
        normal=normal,
        view=view,
        phrases=phrases,
        sentences=parts,
        numbers=number_atoms(
            view,
            taken=sorted([*act_spans, *(d.span for d in dates if d.kind != "deictic")]),
            parts=[part.span for part in parts],
        ),
        indices=find_indices(normal, phrases, book().index),
        entities=tuple(sorted({m.span for m in agencies} | {m.span for m in places})),
    )
    resolved = resolve_dates(document, dates, identity, issue_dates(acts, dates, text))
    return Sample(document, layers, Context(layers, resolved, act_spans, places, agencies, identity, gazetteer))

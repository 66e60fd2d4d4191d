"""The documents that a text names, each once: number, type, issuer, day and why it is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import regex

from pipeline.assemble.citation import citation_role, sentence_start
from pipeline.assemble.doubts import OCR_DOUBTFUL
from pipeline.assemble.issue_dates import bound_dates, date_in_row, issue_dates
from pipeline.assemble.issuers import Issuers
from pipeline.assemble.letterhead import is_head_number
from pipeline.assemble.made_on import published_on
from pipeline.match.act_words import load_act_words
from pipeline.match.dates import DateAtom
from pipeline.match.identifiers import Identifier
from pipeline.model import Document, DocumentFacts, Reference, Span
from pipeline.text.fold import ascii_fold, lower_view
from pipeline.values.places import Gazetteer

__all__ = ["issue_dates", "reference_spans", "references"]

_RANK = {"self": 0, "reported": 1, "basis": 2, "cites": 3}
_OPENING = 1200
"""A news item names the document that it reports on within so many characters."""
_DOUBTFUL = 0.8
"""Confidence at most, where recognition was not sure of the number or readings of it had to be brought together."""
_FRESH_DAYS = 45
"""A decision of the last weeks that a news item names first is what it reports on."""

# "Quyết định số 318/QĐ-UBND do Chủ tịch UBND tỉnh ký ngày 02/02/2026 phê duyệt …", at the head of a sentence.
_SIGNED_BY = regex.compile(
    r"[ ,]*(?:(?:do|được)(?!\w)[^.;:0-9]{0,70}?(?<!\w)|(?:vừa|mới|đã) (?:được )?)(?:ký|ban hành|thông qua)(?!\w)"
)


def reference_spans(acts: Iterable[Identifier]) -> tuple[Span, ...]:
    """Every place where a document is named by number, for the accounting of digits."""
    return tuple(act.span for act in acts)


def references(
    document: Document,
    acts: Sequence[Identifier],
    dates: Sequence[DateAtom],
    identity: DocumentFacts,
    gazetteer: Gazetteer,
) -> tuple[Reference, ...]:
    """One row for each document named, in the order of first mention.

    A number without symbol ("Quyết định số 1962") is a row only where its day stands with it.
    """
    text = document.text
    view = lower_view(text)
    bound = bound_dates(acts, dates, text)
    unsure = [repair.span for repair in document.repairs if repair.kind == OCR_DOUBTFUL]
    issuers = Issuers(text, gazetteer.find_agencies(text), identity, gazetteer)
    rows: dict[str, Reference] = {}
    top = _OPENING + max(0, text.find(identity.title)) if identity.title else _OPENING
    first_row = next((act for act in acts if act.kind != "bare"), None)
    for at, act in enumerate(acts):
        atom = bound.get(at) or (date_in_row(document, act, dates) if document.tables else None)
        if act.kind == "bare" and atom is None:
            continue
        day = atom.first.first_day() if atom and atom.first else None
        reported = (act is first_row or act.kind == "bare") and act.start < top
        role = _role(text, view, acts, at, identity, day, reported)
        end = atom.span.end if atom and atom.span.start > act.span.end else act.span.end
        row = _row(act, role, day, text, issuers, end, identity)
        if any(span.overlaps(act.span) for span in unsure):
            row = replace(row, confidence=min(row.confidence, _DOUBTFUL))
        known = rows.get(ascii_fold(act.number))
        rows[ascii_fold(act.number)] = _merged(known, row) if known else row
    return tuple(rows.values())


def _row(
    act: Identifier, role: str, day: date | None, text: str, issuers: Issuers, end: int, identity: DocumentFacts
) -> Reference:
    if role == "self" and identity.number and ascii_fold(identity.number) == ascii_fold(act.number):
        issuer, area, day = identity.issuer, identity.ref_area, identity.issued_on or day
    else:
        author = issuers.of(act, end, day)
        issuer = author.name if author else None
        area = author.province.code if author and author.province else None
    return Reference(
        number=act.number,
        number_text=act.span.of(text),
        doc_type=act.doc_type,
        role=role,
        quote=act.span.of(text),
        span=act.span,
        rule_id=f"reference/{act.kind}",
        issuer=issuer,
        ref_area=area,
        issued_on=day,
        confidence=0.6 if act.kind == "bare" else 0.95,
    )


def _merged(known: Reference, row: Reference) -> Reference:
    """The first mention, with what a later one adds; "Thông tư liên tịch" says more than its code TT."""
    best = min(known, row, key=lambda reference: _RANK[reference.role])
    return replace(
        known,
        role=best.role,
        doc_type=row.doc_type if row.doc_type == f"{known.doc_type}LT" else known.doc_type,
        issued_on=known.issued_on or row.issued_on,
        issuer=known.issuer or row.issuer,
        confidence=max(known.confidence, row.confidence),
    )


def _role(
    text: str,
    view: str,
    acts: Sequence[Identifier],
    at: int,
    identity: DocumentFacts,
    day: date | None,
    may_be_reported: bool,
) -> str:
    act = acts[at]
    if is_head_number(text, act):
        return "self"
    role = citation_role(text, view, acts, at)
    if identity.number or not may_be_reported:
        return role
    clause = view[max(sentence_start(text, act.start), act.start - 60) : act.start]
    verbs = list(load_act_words().issued.finditer(clause))
    if verbs and not regex.search(r"[,;:]", clause[verbs[-1].end() :]) and role != "basis":
        return "reported"
    opens = not text[sentence_start(text, act.start) : act.start].strip(" \n\t-–•+*\"'“(")
    if opens and role != "basis" and _SIGNED_BY.match(view, act.span.end):
        return "reported"
    published = published_on(identity)
    fresh = day and published and 0 <= (published - day).days <= _FRESH_DAYS
    return "reported" if fresh and act.kind != "party" and act.year is None else role

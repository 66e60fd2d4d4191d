"""One document: its text or its pages with the facts where they stand, and the facts beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from pipeline.model import Document
from pipeline.web import marking
from pipeline.web.marking import Mark
from pipeline.web.page_boxes import PageBox, boxes_of
from pipeline.web.queries import documents as queries
from pipeline.web.queries import facts as fact_queries
from pipeline.web.queries import standing
from pipeline.web.view import View, Viewing

router = APIRouter()

_PAGES_AT_ONCE = 20


@router.get("/documents/{doc_id}")
def document(view: Viewing, doc_id: str) -> Response:
    row = _known(view, doc_id)
    read = view.archive.texts.document(doc_id)
    facts = queries.rows_of(view.db, "observations", doc_id)
    references = queries.rows_of(view.db, "references", doc_id)
    numerals = [row for row in queries.rows_of(view.db, "numerals", doc_id) if row["class"] == "unexplained"]
    links = queries.targets(view.db, references, doc_id)
    selected = next((fact for fact in facts if fact["obs_id"] == view.asked("fact")), None)
    evidence = fact_queries.evidence(view.db, selected["obs_id"]) if selected else []
    pictured = bool(read and read.pages and read.char_boxes)
    show = view.asked("show", "pages" if pictured else "text") if pictured else "text"
    marks = _Marks(view, doc_id, show, links)
    where = _offset(view, selected)
    context: dict[str, Any] = {}
    if read is not None and show == "text":
        parts = marking.parts_of(read)
        part = view.number_asked("part", marking.part_with(parts, where) + 1, 1, len(parts))
        blocks = list(
            marking.layout(read, parts[part - 1], marks.in_text(facts, references, numerals, selected, evidence, where))
        )
        context = {"blocks": blocks, "part": part, "parts_number": len(parts)}
    elif read is not None:
        shown = _page_range(view, read, selected)
        context = {
            "pages": [page for page in read.pages if page.number in shown],
            "boxes": marks.on_pages(facts, references, selected, evidence),
            "page_count": len(read.pages),
            "shown": shown,
        }
    return view.answer(
        "document.html",
        document=row,
        facts=facts,
        references=references,
        links=links,
        naming=queries.naming(view.db, row),
        findings=queries.findings_of(view.db, doc_id),
        of_fact=queries.findings_by_observation(view.db, [fact["obs_id"] for fact in facts]),
        unexplained=numerals,
        selected=selected,
        evidence=evidence,
        standing=standing.of_document(view.db, doc_id),
        point=fact_queries.point_of(view.db, selected["obs_id"]) if selected else None,
        read=read,
        pictured=pictured,
        show=show,
        **context,
    )


@router.get("/documents/{doc_id}/pages/{number}.png")
def page_image(view: Viewing, doc_id: str, number: int) -> Response:
    _known(view, doc_id)
    picture = view.archive.page_images.png(doc_id, number)
    if picture is None:
        raise HTTPException(404)
    return Response(picture, media_type="image/png")


@router.get("/documents/{doc_id}/original")
def original(view: Viewing, doc_id: str) -> Response:
    """The file as it lies in the archive, always to be saved, never to be shown by the browser."""
    _known(view, doc_id)
    for file in view.archive.texts.originals(doc_id):
        content = file.content()
        if content is not None:
            name = quote(PurePosixPath(file.path).name, safe="")
            headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
            return Response(content, media_type="application/octet-stream", headers=headers)
    raise HTTPException(404)


def _known(view: View, doc_id: str) -> sqlite3.Row:
    row = queries.document(view.db, doc_id)
    if row is None:
        raise HTTPException(404)
    return row


def _offset(view: View, selected: sqlite3.Row | None) -> int:
    return int(selected["char_start"]) if selected else view.number_asked("at", 0, 0, 1 << 40)


def _page_range(view: View, read: Document, selected: sqlite3.Row | None) -> range:
    """The pages that are shown: twenty, with the selected fact's or the wanted one among them."""
    wanted = view.number_asked("page", int(selected["page"] or 1) if selected else 1, 1, len(read.pages))
    first = (wanted - 1) // _PAGES_AT_ONCE * _PAGES_AT_ONCE + 1
    return range(first, min(first + _PAGES_AT_ONCE, len(read.pages) + 1))


@dataclass(frozen=True, slots=True)
class _Marks:
    """What stands out in a document, and where it leads."""

    view: View
    doc_id: str
    show: str
    links: dict[str, str]

    def in_text(
        self,
        facts: Iterable[sqlite3.Row],
        references: Iterable[sqlite3.Row],
        numerals: Iterable[sqlite3.Row],
        selected: sqlite3.Row | None,
        evidence: Iterable[sqlite3.Row],
        where: int,
    ) -> Iterator[Mark]:
        """The marks of the text, in offsets."""
        for row in numerals:
            yield Mark(
                row["char_start"], row["char_end"], "unexplained", title=self.view.language.say("document.unexplained")
            )
        for row in references:
            yield Mark(row["char_start"], row["char_end"], "reference", self._of_reference(row), row["number"])
        for fact in facts:
            href, title = self._of_fact(fact), self._said(fact)
            kind = "fact selected" if selected and fact["obs_id"] == selected["obs_id"] else "fact"
            yield Mark(fact["char_start"], fact["char_end"], kind, href, title, f"fact-{fact['obs_id']}")
            yield Mark(fact["value_start"], fact["value_end"], "value", href, title)
        for row in evidence:
            if row["role"] not in ("quote", "value"):
                yield Mark(
                    row["char_start"], row["char_end"], f"slot slot-{row['role']}", title=self._role(row["role"])
                )
        if selected is None and where:
            yield Mark(where, where + 1, "here", anchor="here")

    def on_pages(
        self,
        facts: Iterable[sqlite3.Row],
        references: Iterable[sqlite3.Row],
        selected: sqlite3.Row | None,
        evidence: Iterable[sqlite3.Row],
    ) -> dict[int, list[PageBox]]:
        """The boxes of each page."""
        found: dict[int, list[PageBox]] = {}
        for row in references:
            _add(found, row, "reference", self._of_reference(row), row["number"])
        for row in evidence:
            if row["role"] not in ("quote", "value"):
                _add(found, row, f"slot slot-{row['role']}", "", self._role(row["role"]))
        for fact in facts:
            kind = "fact selected" if selected and fact["obs_id"] == selected["obs_id"] else "fact"
            _add(found, fact, kind, self._of_fact(fact), self._said(fact), f"fact-{fact['obs_id']}")
        return found

    def _of_fact(self, fact: sqlite3.Row) -> str:
        show = "" if self.show == "pages" else "&show=text"
        return f"/documents/{self.doc_id}?fact={quote(fact['obs_id'])}{show}#fact-{quote(fact['obs_id'])}"

    def _of_reference(self, row: sqlite3.Row) -> str:
        target = self.links.get(row["number"])
        return f"/documents/{target}" if target and row["role"] != "self" else ""

    def _said(self, fact: sqlite3.Row) -> str:
        view = self.view
        name = view.names.indicator(fact["indicator"], view.language.code)
        return f"{name}: {view.value(fact)}"

    def _role(self, role: str) -> str:
        return self.view.role(role)


def _add(found: dict[int, list[PageBox]], row: sqlite3.Row, kind: str, href: str, title: str, anchor: str = "") -> None:
    if row["page"] is not None:
        found.setdefault(row["page"], []).extend(boxes_of(dict(row), kind, href, title, anchor))

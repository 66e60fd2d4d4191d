"""The words of a page, to be laid unseen over its picture: so they can be selected there as in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from pipeline.model import Document, Page
from pipeline.web.desk import queue
from pipeline.web.desk.source import document_of
from pipeline.web.people.visit import Reviewing
from pipeline.web.view import Viewing

router = APIRouter()

_BASELINE = 0.22
"""What of the height of a line of print lies below its base line."""


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word at its offset in the document; left end of its base line, width and height in points."""

    at: int
    text: str
    x: float
    y: float
    width: float
    height: float


def words_of(document: Document, page: Page) -> Iterator[PageWord]:
    """The words of `page` that have a place on it, in the order of the text.

    Raises RuntimeError where their places would have to be measured in the file.
    """
    boxes = document.char_boxes
    if boxes is None:
        return
    for match in re.finditer(r"\S+", page.span.of(document.text)):
        start, end = page.span.start + match.start(), page.span.start + match.end()
        places = list(boxes.between(start, end, page.number))
        if not places:
            continue
        left, top = min(place[0] for place in places), min(place[1] for place in places)
        right, bottom = max(place[2] for place in places), max(place[3] for place in places)
        height = bottom - top
        yield PageWord(start, match[0], left, bottom - _BASELINE * height, right - left, height)


@router.get("/review/{obs_id}/words")
def page_words(view: Viewing, who: Reviewing, obs_id: str) -> Response:
    """The words of a page of the fact's document; none where the text of it is gone."""
    row = queue.fact(view.db, obs_id)
    if row is None:
        raise HTTPException(404)
    document = document_of(view, row["doc_id"])
    pages = document.pages if document is not None and document.char_boxes else ()
    number = view.number_asked("page", 1, 1, 1 << 40)
    words = [word for page in pages if page.number == number for word in words_of(document, page)] if document else []
    return view.answer("desk/page_words.html", words=words)

"""The forms beside a fact: a note, a correction, a fact that was missed; and what is made of what one types."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.responses import JSONResponse, Response

from pipeline.model import Span
from pipeline.review.revision import fact_of
from pipeline.store.codes import COMPARATORS, LEVELS, STATUSES, UNITS
from pipeline.web.desk import queue, typed
from pipeline.web.desk.batch import wanted_of
from pipeline.web.desk.desk_page import desk_context, whole
from pipeline.web.desk.missed import place_of
from pipeline.web.desk.typed import Typed
from pipeline.web.pages.choice import by_name
from pipeline.web.people.visit import Deciding
from pipeline.web.view import View, Viewing

router = APIRouter()

_CODES = {"unit": UNITS, "comparator": COMPARATORS, "level": LEVELS, "obs_status": STATUSES}
_LENT = ("indicator", "index", "unit", "scope", "subject", "ref_area", "area_regime", "level", "time_period",
         "obs_status")  # fmt: skip
"""Slots that a missed fact is likely to share with the one nearest to it."""


@router.get("/review/{obs_id}/note")
def note(view: Viewing, who: Deciding, obs_id: str) -> Response:
    return form_page(view, _known(view, obs_id), "desk/note.html")


@router.get("/review/{obs_id}/correct")
def correct(view: Viewing, who: Deciding, obs_id: str) -> Response:
    """The fields of the fact, as it stands: with the corrections that were made before."""
    row = _known(view, obs_id)
    fact = {**fact_of(dict(row)), **json.loads(row["decided_slots"] or "{}")}
    return form_page(view, row, "desk/correct.html", **fields(view, row, typed.texts_of(view, fact)))


@router.get("/review/{obs_id}/add")
def add(view: Viewing, who: Deciding, obs_id: str) -> Response:
    """The fields of a fact that was missed, filled in from the fact that stands nearest."""
    row = _known(view, obs_id)
    place = place_of(
        view, row["doc_id"], view.number_asked("start", 0, 0, 1 << 40), view.number_asked("end", 0, 0, 1 << 40)
    )
    if place is None:
        return JSONResponse({"detail": view.language.say("add.no_number")}, 422)
    nearest = _nearest(view, row["doc_id"], place.number)
    lent = (
        {slot: value for slot, value in fact_of(dict(nearest)).items() if slot in (*_LENT, "area_regime")}
        if nearest
        else {}
    )
    texts = {**typed.texts_of(view, lent), "value": place.value, "comparator": "eq"}
    return form_page(view, row, "desk/add.html", place=place, **fields(view, row, texts))


@router.get("/review/{obs_id}/check")
def check(view: Viewing, who: Deciding, obs_id: str) -> Response:
    """What is made of what is typed, for each slot: how it is understood, or why it is not."""
    row = _known(view, obs_id)
    sent = view.request.query_params
    found = typed.read_added(sent) if "start" in sent else typed.read_correction(view, row, sent)
    return JSONResponse({"slots": told(view, found)})


def told(view: View, found: Typed) -> dict[str, dict[str, Any]]:
    """For each slot that changes or is wrong, what is to be said beside its field."""
    answers: dict[str, dict[str, Any]] = {
        slot: {"fine": True, "said": typed.said(view, slot, found.fact)}
        for slot in found.changes
        if slot in typed.FIELDS
    }
    for problem in found.problems:
        answers[problem.slot] = {"fine": False, "said": typed.why(view, problem)}
    return answers


def form_page(
    view: View, row: sqlite3.Row, template: str, trouble: str = "", status: int = 200, **more: Any
) -> Response:
    """The form alone, where a script asks for it, else the desk with the form open."""
    wanted = wanted_of(view)
    context = {**desk_context(view, row, wanted), "beside": {}, **more, "trouble": trouble}
    if view.asked("fragment"):
        return view.answer(template, **context)
    return whole(view, wanted, context, template, trouble, status)


def fields(view: View, row: sqlite3.Row, texts: dict[str, str]) -> dict[str, Any]:
    """What the fields hold, and what they can be chosen from."""
    language = view.language.code
    subjects = view.db.execute(
        "SELECT DISTINCT subject FROM observations WHERE doc_id = ? AND subject IS NOT NULL ORDER BY 1",
        (row["doc_id"],),
    )
    return {
        "texts": texts,
        "codes": {
            slot: [(code.code, view.names.code(codes.name, code.code, language)) for code in codes.codes]
            for slot, codes in _CODES.items()
        },
        "menu": by_name(view, list(view.names.provinces)),
        "subjects": [subject for (subject,) in subjects],
    }


def _known(view: View, obs_id: str) -> sqlite3.Row:
    row = queue.fact(view.db, obs_id)
    if row is None:
        raise HTTPException(404)
    return row


def _nearest(view: View, doc_id: str, number: Span) -> sqlite3.Row | None:
    found: sqlite3.Row | None = view.db.execute(
        "SELECT * FROM observations WHERE doc_id = ? ORDER BY abs(value_start - ?) LIMIT 1", (doc_id, number.start)
    ).fetchone()
    return found

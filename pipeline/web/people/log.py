"""The log: who decided what, who logged in, who was given which role; what people did, the newest first."""

from __future__ import annotations

import sqlite3

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.model.review import DecisionKind
from pipeline.people.events import WHAT
from pipeline.web.people.doors import Doors
from pipeline.web.people.visit import Administering
from pipeline.web.queries.conditions import Conditions, Page, paged
from pipeline.web.tabular import Tabular
from pipeline.web.view import View, Viewing

router = APIRouter()

_PER_PAGE = 100
_COLUMNS = ("at", "who", "what", "about", "address", "obs_id", "doc_id")
_EVENTS = "CREATE TEMP TABLE events (at TEXT, who TEXT, what TEXT, about TEXT, address TEXT, place INTEGER)"
_ALL = (
    "(SELECT at, who, what, about, address, NULL AS obs_id, NULL AS doc_id, place FROM temp.events{decisions}) AS log"
    " LEFT JOIN observations USING (obs_id)"
)
_DECISIONS = " UNION ALL SELECT at, reviewer, kind, note, '', obs_id, doc_id, sequence FROM review.decisions"
_SHOWN = "log.*, observations.obs_id IS NOT NULL AS there, observations.quote"


@router.get("/review/log")
def log(view: Viewing, who: Administering) -> Response:
    found = _found(view, view.number_asked("page", 1, 1, 1_000_000), view.rows_wanted(_PER_PAGE))
    table = Tabular("log", _COLUMNS, [[row[name] for name in _COLUMNS] for row in found.rows])
    kinds = [*(kind.value for kind in DecisionKind), *WHAT]
    names = [row[0] for row in view.db.execute(f"SELECT DISTINCT who FROM {_source(view)} ORDER BY who")]
    return view.answer("people/log.html", table, found=found, kinds=kinds, people=names)


def _found(view: View, number: int, size: int) -> Page[sqlite3.Row]:
    """One page of what the address asks for. Who did it, what, on which days."""
    doors: Doors = view.request.app.state.doors
    view.db.execute(_EVENTS)
    events = doors.people.events.all() if doors.people else []
    view.db.executemany(
        "INSERT INTO temp.events VALUES (?, ?, ?, ?, ?, ?)",
        [(e.at, e.who, e.what, e.about, e.address, len(events) - place) for place, e in enumerate(events)],
    )
    conditions = Conditions()
    conditions.equal("who", view.asked("who"))
    conditions.equal("what", view.asked("what"))
    if since := view.asked("since"):
        conditions.add("at >= ?", since)
    if until := view.asked("until"):
        conditions.add("substr(at, 1, 10) <= ?", until)
    return paged(view.db, _SHOWN, _source(view), conditions, "at DESC, place DESC", number, size)


def _source(view: View) -> str:
    return _ALL.format(decisions=_DECISIONS if view.archive.reviews.begun else "")

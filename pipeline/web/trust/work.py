"""Who looks at what: the facts that are assigned, the samples, and what waits for a second pair of eyes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException
from starlette.responses import RedirectResponse, Response

from pipeline.people.person import WrongNameError, clean_name
from pipeline.review.journal import now
from pipeline.review.plan import SECOND, SHARED, Assignment
from pipeline.web.desk.queue import Progress, QueueFilter, choices, progress
from pipeline.web.pages.choice import by_name
from pipeline.web.people.doors import Doors
from pipeline.web.people.visit import Deciding, Reviewer, Reviewing, Sent
from pipeline.web.queries import facts as fact_queries
from pipeline.web.queries.conditions import one
from pipeline.web.view import View, Viewing

router = APIRouter()

_WORK = "/review/work"


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment, the address of its queue, and how far it is."""

    assignment: Assignment
    address: str
    progress: Progress


@router.get(_WORK)
def work(view: Viewing, who: Reviewing) -> Response:
    tasks = [_task(view.db, assignment) for assignment in view.archive.plan.assignments()]
    given = {name: view.asked(name) for name in SHARED}
    return view.answer(
        "trust/work.html",
        mine=[task for task in tasks if task.assignment.reviewer == who.name],
        others=[task for task in tasks if task.assignment.reviewer != who.name],
        waiting=one(view.db, f"SELECT count(*) FROM standing WHERE {SECOND}", who.name),
        people=_people(view, who),
        given=given,
        titles=_titles(view.db, [task.assignment.document for task in tasks] + [given["document"]]),
        samples=view.archive.plan.samples(),
        indicators=choices(view.db, "indicator"),
        rules=choices(view.db, "rule_id"),
        menu=by_name(view, fact_queries.areas(view.db)),
        wrong=view.asked("wrong"),
    )


@router.post("/review/assign")
def assign(view: Viewing, who: Deciding, sent: Sent) -> Response:
    """Give facts to a reviewer. Reviewers give to themselves only, administrators to everybody."""
    assignment = _assignment(sent, who)
    if not assignment.shared:
        return RedirectResponse(f"{_WORK}?wrong=empty", HTTPStatus.SEE_OTHER)
    view.archive.plan.assign(assignment)
    _log(view, who.name, "assigned", assignment)
    return RedirectResponse(_WORK, HTTPStatus.SEE_OTHER)


@router.post("/review/release")
def release(view: Viewing, who: Deciding, sent: Sent) -> Response:
    """Take facts from a reviewer again."""
    assignment = _assignment(sent, who)
    view.archive.plan.release(assignment)
    _log(view, who.name, "released", assignment)
    return RedirectResponse(_WORK, HTTPStatus.SEE_OTHER)


def _assignment(sent: Mapping[str, str], who: Reviewer) -> Assignment:
    try:
        reviewer = clean_name(sent.get("to", ""))
    except WrongNameError:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "To whom?") from None
    if reviewer != who.name and not who.may_administer:
        raise HTTPException(HTTPStatus.FORBIDDEN, "Only administrators assign to others.")
    shared = {name: sent.get(name, "").strip()[:200] for name in SHARED}
    return Assignment(reviewer, **shared, assigned_by=who.name, at=now())


def _task(db: sqlite3.Connection, assignment: Assignment) -> Task:
    query = urlencode(assignment.shared)
    return Task(assignment, f"/review?{query}", progress(db, QueueFilter.of(assignment.shared)))


def _people(view: View, who: Reviewer) -> list[str]:
    """To whom one can assign."""
    doors: Doors = view.request.app.state.doors
    if doors.people is None or not who.may_administer:
        return [who.name]
    return [account.name for account in doors.people.accounts.all() if account.role.may_decide]


def _titles(db: sqlite3.Connection, doc_ids: list[str]) -> dict[str, str]:
    """The names of documents, for those that are still here."""
    places = ", ".join("?" * len(doc_ids))
    rows = db.execute(
        f"SELECT doc_id, coalesce(title, number, path) FROM documents WHERE doc_id IN ({places})", doc_ids
    )
    return {row[0]: row[1] for row in rows}


def _log(view: View, who: str, what: str, assignment: Assignment) -> None:
    doors: Doors = view.request.app.state.doors
    if doors.people is not None:
        shared = ", ".join(f"{name} {value}" for name, value in assignment.shared.items())
        doors.people.events.add(who, what, f"{assignment.reviewer}: {shared}", view.visit.address)

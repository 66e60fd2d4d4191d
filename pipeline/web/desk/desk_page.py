"""The desk: one fact against its source, with everything that helps to decide about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from pipeline.review.journal import new_id
from pipeline.web.desk import queue, typed
from pipeline.web.desk.batch import wanted_of
from pipeline.web.desk.beside import series_of
from pipeline.web.desk.queue import QueueFilter
from pipeline.web.desk.rule import rule_of
from pipeline.web.desk.slots import slot_lines
from pipeline.web.desk.source import source_of
from pipeline.web.people.visit import Reviewing
from pipeline.web.queries import documents as document_queries
from pipeline.web.queries import facts as fact_queries
from pipeline.web.view import View, Viewing

router = APIRouter()


@router.get("/review/{obs_id}")
def desk(view: Viewing, who: Reviewing, obs_id: str) -> Response:
    """The whole page; with fragment=1 what changes of it from fact to fact."""
    row = queue.fact(view.db, obs_id)
    if row is None:
        return _without_fact(view, obs_id)
    wanted = wanted_of(view)
    context = desk_context(view, row, wanted)
    typed.get_ready()
    if view.asked("fragment"):
        return view.answer("desk/fact.html", **context)
    return whole(view, wanted, context)


def _without_fact(view: View, obs_id: str) -> Response:
    """What was decided about a fact that the dataset does not have: one added since the last run, or one gone."""
    reviews = view.archive.reviews
    stands = reviews.journal.standing(obs_id) if reviews.begun else None
    if stands is None or view.asked("fragment"):
        raise HTTPException(404)
    fact = {**stands.before, **stands.slots}
    said = {slot: typed.said(view, slot, fact) for slot in typed.FIELDS if fact.get(slot)}
    document = document_queries.document(view.db, stands.doc_id)
    return view.answer(
        "desk/decided.html", stands=stands, fact=fact, said=said, document=document, decision_id=new_id(),
        history=reviews.journal.of_fact(obs_id), wanted=wanted_of(view),
    )  # fmt: skip


def whole(
    view: View, wanted: QueueFilter, context: Mapping[str, Any], panel: str = "", trouble: str = "", status: int = 200
) -> Response:
    """The desk as a whole page; `panel` is the template of a form that stands open beside the fact."""
    return view.answer(
        "desk/desk.html",
        status=status,
        progress=queue.progress(view.db, wanted),
        script_words={name: view.language.say(f"script.{name}", **_FILLED_IN) for name in _SCRIPT_WORDS},
        **{**context, "panel": panel, "trouble": trouble},
    )


_SCRIPT_WORDS = (
    "unsent", "login", "again", "reload", "open", "refused", "offline", "broken", "restored", "decided",
    "nothing_to_undo", "select_first", "none_left", "accept", "reject", "correct", "no_source", "note", "skip", "add",
    "undo",
)  # fmt: skip
"""What the script says by itself; it puts what is in braces in."""
_FILLED_IN = {name: f"{{{name}}}" for name in ("number", "what", "next")}


def desk_context(view: View, row: sqlite3.Row, wanted: QueueFilter) -> dict[str, Any]:
    """What the templates of the desk show of a fact."""
    obs_id = row["obs_id"]
    evidence = fact_queries.evidence(view.db, obs_id)
    reviews = view.archive.reviews
    return {
        "wanted": wanted,
        "row": row,
        "slots": slot_lines(view, row, evidence),
        "source": source_of(view, row, evidence, wanted.query),
        "rule": rule_of(view.db, row["rule_id"], evidence),
        "findings": document_queries.findings_by_observation(view.db, [obs_id]).get(obs_id, []),
        "agreements": document_queries.agreements_by_observation(view.db, [obs_id]).get(obs_id, []),
        "series": series_of(view.db, obs_id),
        "history": reviews.journal.of_fact(obs_id) if reviews.begun else (),
        "in_document": queue.in_document(view.db, row),
        "next": queue.following(view.db, wanted, row),
        "previous": queue.preceding(view.db, wanted, row),
        "decision_id": new_id(),
        "panel": "",
        "trouble": "",
    }

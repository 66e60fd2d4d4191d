"""Taking decisions: one form for every kind, with scripts and without."""

from __future__ import annotations

import sqlite3
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from pipeline.model.review import SLOTS, Decision, DecisionKind, Fact
from pipeline.review.deciding import Hand, add, decide, undo
from pipeline.review.journal import ConflictError, OvertakenError
from pipeline.review.standing import not_taken_back
from pipeline.review.wellformed import MalformedError
from pipeline.web.desk import queue, typed
from pipeline.web.desk.batch import wanted_of
from pipeline.web.desk.desk_page import desk_context, whole
from pipeline.web.desk.form_pages import fields, form_page, told
from pipeline.web.desk.missed import place_of
from pipeline.web.desk.queue import QueueFilter
from pipeline.web.desk.typed import Typed
from pipeline.web.people.visit import Deciding, Reviewer, Sent
from pipeline.web.queries import documents as document_queries
from pipeline.web.view import View, Viewing
from pipeline.web.whole_numbers import whole_number

router = APIRouter()

_PLAIN = frozenset({DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.NO_SOURCE, DecisionKind.SKIP})
_STAYS = frozenset({DecisionKind.NOTE, DecisionKind.ADD, DecisionKind.UNDO})
"""Kinds after which one is still at the same fact."""


class RefusedError(Exception):
    """A decision that is not taken: the status of the answer, why in words, and what was made of what was typed."""

    def __init__(self, status: int, why: str, found: Typed | None = None) -> None:
        super().__init__(why)
        self.status, self.why, self.found = status, why, found


@router.post("/review/{obs_id}/decide")
def decide_about(view: Viewing, who: Deciding, sent: Sent, obs_id: str) -> Response:
    """Record a decision. A script gets JSON, a form the next fact."""
    scripted = "text/html" not in view.request.headers.get("accept", "")
    wanted = wanted_of(view)
    row = queue.fact(view.db, obs_id)
    try:
        recorded = _known(view, who, sent, obs_id) or view.archive.reviews.journal.append(
            _decision(view, who, sent, obs_id, row), _seen(sent)
        )
    except OvertakenError as problem:
        return _overtaken(view, wanted, row, problem.others, scripted)
    except (MalformedError, ConflictError) as problem:
        return _refused(view, wanted, row, RefusedError(422, str(problem)), scripted)
    except RefusedError as refusal:
        return _refused(view, wanted, row, refusal, scripted)
    if scripted:
        return JSONResponse({"decision_id": recorded.decision_id, "obs_id": obs_id, "sequence": recorded.sequence})
    return RedirectResponse(_onward(view, wanted, row, recorded), 303)


def _known(view: View, who: Reviewer, sent: Sent, obs_id: str) -> Decision | None:
    """The decision, where it was taken before: what is sent again because the answer was lost counts once."""
    known = view.archive.reviews.journal.decision(sent.get("decision_id", ""))
    if known is None:
        return None
    if (known.reviewer, known.obs_id, known.kind.value) != (who.name, obs_id, sent.get("decision")):
        raise ConflictError(known)
    return known


def _decision(view: View, who: Reviewer, sent: Sent, obs_id: str, row: sqlite3.Row | None) -> Decision:
    try:
        kind = DecisionKind(sent.get("decision", ""))
    except ValueError:
        raise HTTPException(422, "There is no such decision.") from None
    hand = Hand(who.name, sent.get("decision_id") or None)
    note = sent.get("note", "").strip()
    if kind is DecisionKind.UNDO:
        return undo(hand, _to_undo(view, who, sent, obs_id), note)
    if row is None:
        raise HTTPException(404)
    document = document_queries.document(view.db, row["doc_id"])
    assert document is not None
    if kind is DecisionKind.ADD:
        return _addition(view, hand, row, document, sent, note)
    after = _changes(view, row, sent) if kind is DecisionKind.CORRECT else {}
    return decide(kind, hand, dict(row), dict(document), after, note)


def _changes(view: View, row: sqlite3.Row, sent: Sent) -> Fact:
    """The slots that a correction changes."""
    found = typed.read_correction(view, row, sent)
    if found.problems:
        raise RefusedError(422, view.language.say("correct.wrong"), found)
    if not found.changes:
        raise RefusedError(422, view.language.say("correct.nothing"), found)
    return found.changes


def _addition(view: View, hand: Hand, row: sqlite3.Row, document: sqlite3.Row, sent: Sent, note: str) -> Decision:
    """A fact that was missed: its slots, and its place in the document of the fact on the desk."""
    found = typed.read_added(sent)
    place = place_of(view, row["doc_id"], _number(sent.get("start", "")), _number(sent.get("end", "")))
    if place is None:
        raise RefusedError(422, view.language.say("add.no_number"), found)
    if found.problems:
        raise RefusedError(422, view.language.say("correct.wrong"), found)
    slots = {slot: value for slot, value in found.fact.items() if slot in SLOTS}
    return add(hand, place.document, dict(document), slots, place.words, place.number, note)


def _to_undo(view: View, who: Reviewer, sent: Sent, obs_id: str) -> Decision:
    """The decision that is to be taken back: the one named, else the last of this reviewer about the fact."""
    reviews = view.archive.reviews
    if not reviews.begun:
        raise RefusedError(409, view.language.say("desk.nothing_to_undo"))
    named = sent.get("undoes", "")
    kept = [one for one in not_taken_back(reviews.journal.of_fact(obs_id)) if one.reviewer == who.name]
    found = next((one for one in reversed(kept) if not named or one.decision_id == named), None)
    if found is None:
        raise RefusedError(409, view.language.say("desk.nothing_to_undo"))
    return found


_OF_ITSELF = frozenset({DecisionKind.ADD.value, DecisionKind.UNDO.value})
"""What is added is a fact that nobody knew, and a decision of one's own can be taken back whatever came after."""


def _seen(sent: Sent) -> int | None:
    """Up to which decision the reviewer knew about the fact."""
    return None if sent.get("decision") in _OF_ITSELF else _number(sent.get("seen", ""))


def _number(text: str) -> int:
    return whole_number(text) or 0


def _onward(view: View, wanted: QueueFilter, row: sqlite3.Row | None, recorded: Decision) -> str:
    """Where a form leads on to: the next fact of the queue; after a note or an undo the same one."""
    if row is None or recorded.kind in _STAYS:
        return f"/review/{row['obs_id'] if row else recorded.obs_id}{wanted.query}"
    after = queue.following(view.db, wanted, row)
    return f"/review/{after}{wanted.query}" if after else f"/review{wanted.query}"


def _overtaken(
    view: View, wanted: QueueFilter, row: sqlite3.Row | None, others: tuple[Decision, ...], scripted: bool
) -> Response:
    """Somebody else decided in the meantime: say who and what, and record nothing."""
    told = [
        {"reviewer": one.reviewer, "kind": view.language.say(f"doing.{one.kind}"), "at": view.language.moment(one.at)}
        for one in others
    ]
    last = told[-1]
    why = view.language.say("desk.overtaken", who=last["reviewer"], what=last["kind"], at=last["at"])
    if scripted:
        return JSONResponse({"detail": why, "others": told}, 409)
    return _refused(view, wanted, row, RefusedError(409, why), scripted)


def _refused(
    view: View, wanted: QueueFilter, row: sqlite3.Row | None, refusal: RefusedError, scripted: bool
) -> Response:
    if scripted or row is None:
        slots = told(view, refusal.found) if refusal.found else {}
        return JSONResponse({"detail": refusal.why, "slots": slots}, refusal.status)
    if refusal.found is None:
        return whole(view, wanted, desk_context(view, row, wanted), trouble=refusal.why, status=refusal.status)
    sent = view.visit.form
    template, more = "desk/correct.html", dict[str, Any]()
    if sent.get("decision") == DecisionKind.ADD:
        place = place_of(view, row["doc_id"], _number(sent.get("start", "")), _number(sent.get("end", "")))
        if place is None:
            return whole(view, wanted, desk_context(view, row, wanted), trouble=refusal.why, status=refusal.status)
        template, more = "desk/add.html", {"place": place}
    more |= fields(view, row, {slot: sent.get(slot, "") for slot in typed.FIELDS})
    return form_page(view, row, template, refusal.why, refusal.status, beside=told(view, refusal.found), **more)

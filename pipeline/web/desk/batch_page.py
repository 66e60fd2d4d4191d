"""The page on which what is left of a filter is accepted at once, after its sample."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from pipeline.review.deciding import Hand, undo
from pipeline.review.intervals import share
from pipeline.review.journal import Journal, OvertakenError, new_id
from pipeline.review.standing import not_taken_back
from pipeline.web.desk import batch
from pipeline.web.desk.batch import wanted_of
from pipeline.web.desk.queue import QueueFilter
from pipeline.web.people.visit import Deciding, Sent
from pipeline.web.view import View, Viewing

router = APIRouter()


@router.get("/review/batch")
def page(view: Viewing, who: Deciding) -> Response:
    return _page(view, wanted_of(view).of_facts)


@router.post("/review/batch")
def accept(view: Viewing, who: Deciding, sent: Sent) -> Response:
    """Accept what is left, where the sample admits it; the server draws and counts it again."""
    wanted = wanted_of(view).of_facts
    if not wanted.together or not batch.sample_of(view.db, wanted).admits:
        return _page(view, wanted, status=409, refused=True)
    made = batch.accept_rest(view.db, view.archive.reviews.journal, wanted, who.name, sent.get("batch") or new_id())
    done = f"{wanted.query}&done={made[0].batch}&number={len(made)}" if made else wanted.query
    return RedirectResponse(f"/review/batch{done}", 303)


@router.post("/review/batch/undo")
def take_back(view: Viewing, who: Deciding, sent: Sent) -> Response:
    """Take all decisions of a batch back that this reviewer made and that nobody has decided over since."""
    journal = view.archive.reviews.journal
    for obs_id, decision_id in _of_batch(view, sent.get("batch", ""), who.name):
        _undo(journal, obs_id, decision_id, who.name)
    return RedirectResponse(f"/review/batch{wanted_of(view).of_facts.query}", 303)


def _of_batch(view: View, name: str, reviewer: str) -> list[tuple[str, str]]:
    if not view.archive.reviews.begun:
        return []
    return view.db.execute(
        "SELECT obs_id, decision_id FROM review.decisions WHERE batch = ? AND reviewer = ?", (name, reviewer)
    ).fetchall()


def _undo(journal: Journal, obs_id: str, decision_id: str, reviewer: str) -> None:
    decisions = journal.of_fact(obs_id)
    last = next(iter(not_taken_back(decisions)[-1:]), None)
    if last is None or last.decision_id != decision_id:
        return
    try:
        journal.append(undo(Hand(reviewer), last), decisions[-1].sequence)
    except OvertakenError:
        return


def _page(view: View, wanted: QueueFilter, status: int = 200, refused: bool = False) -> Response:
    sample = batch.sample_of(view.db, wanted)
    return view.answer(
        "desk/batch.html", status=status, wanted=wanted, sample=sample, refused=refused, largest=batch.LARGEST,
        sampled=share(sample.right, sample.right + sample.wrong), batch=new_id(),
        done=view.asked("done"), number=view.number_asked("number", 0, 0, batch.LARGEST),
    )  # fmt: skip

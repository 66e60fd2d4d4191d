"""The forms beside a fact: a note, a correction, a fact that was missed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from pipeline.web.desk import queue
from pipeline.web.desk.desk_page import desk_context, whole
from pipeline.web.desk.queue import QueueFilter
from pipeline.web.people.visit import Deciding
from pipeline.web.view import View, Viewing

router = APIRouter()


@router.get("/review/{obs_id}/note")
def note(view: Viewing, who: Deciding, obs_id: str) -> Response:
    return _answer(view, obs_id, "desk/note.html")


def _answer(view: View, obs_id: str, template: str, **more: Any) -> Response:
    """The form alone, where a script asks for it, else the desk with the form open."""
    row = queue.fact(view.db, obs_id)
    if row is None:
        raise HTTPException(404)
    wanted = QueueFilter.of(view.request.query_params)
    context = {**desk_context(view, row, wanted), **more}
    return view.answer(template, **context) if view.asked("fragment") else whole(view, wanted, context, template)

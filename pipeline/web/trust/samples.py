"""Drawing samples for audit, and the share of facts that two people look at."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException
from starlette.responses import RedirectResponse, Response

from pipeline.people.person import WrongNameError, clean_name
from pipeline.review.plan import TakenError
from pipeline.web.people.doors import Doors
from pipeline.web.people.visit import Administering, Deciding, Sent
from pipeline.web.trust.drawing import KINDS, LARGEST, Wanted, drawn, told
from pipeline.web.view import View, Viewing
from pipeline.web.whole_numbers import whole_number

router = APIRouter()

_TRUST = "/review/trust"


@router.post("/review/samples")
def draw(view: Viewing, who: Deciding, sent: Sent) -> Response:
    """Draw a sample of the facts that the rules have read, and keep it under its name."""
    try:
        name = clean_name(sent.get("name", ""))
    except WrongNameError:
        return _back(wrong="name")
    size = _number(sent.get("size", ""), LARGEST)
    kind = sent.get("kind", "")
    if size is None or kind not in KINDS:
        return _back(wrong="size")
    seed = sent.get("seed", "").strip() or name
    try:
        sample = drawn(view.db, view.archive.plan, Wanted(name, kind, size, seed), who.name)
    except TakenError:
        return _back(wrong="taken")
    _log(view, who.name, "sampled", told(sample))
    return _back(sample=name)


@router.post("/review/double")
def double(view: Viewing, who: Administering, sent: Sent) -> Response:
    """Change the share of facts that two people look at, in hundredths."""
    part = _number(sent.get("part", ""), 100, low=0)
    if part is None:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "A share is a whole number from 0 to 100.")
    view.archive.plan.set_double(part / 100)
    _log(view, who.name, "double", f"{part}%")
    return _back()


def _number(text: str, high: int, low: int = 1) -> int | None:
    number = whole_number(text)
    return number if number is not None and low <= number <= high else None


def _back(**query: str) -> Response:
    return RedirectResponse(f"{_TRUST}?{urlencode(query)}#samples" if query else f"{_TRUST}#samples", 303)


def _log(view: View, who: str, what: str, about: str) -> None:
    doors: Doors = view.request.app.state.doors
    if doors.people is not None:
        doors.people.events.add(who, what, about, view.visit.address)

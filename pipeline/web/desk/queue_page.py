"""The queue as a page: what waits for a reviewer, by filters, and how far the work is."""

from __future__ import annotations

from datetime import UTC, datetime, time

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.web.desk import queue
from pipeline.web.desk.batch import wanted_of
from pipeline.web.desk.queue import STATES
from pipeline.web.pages.choice import by_name
from pipeline.web.people.visit import Reviewing
from pipeline.web.queries import facts as fact_queries
from pipeline.web.risk import WEIGHTS
from pipeline.web.view import Viewing

router = APIRouter()


@router.get("/review")
def queue_page(view: Viewing, who: Reviewing) -> Response:
    wanted = wanted_of(view)
    after = view.number_asked("after", 0, 0, 1 << 40)
    before = view.number_asked("before", 0, 0, 1 << 40)
    return view.answer(
        "desk/queue.html",
        wanted=wanted,
        stretch=queue.stretch(view.db, wanted, after, before),
        progress=queue.progress(view.db, wanted),
        reviewers=queue.by_reviewer(view.db, start_of_day()),
        orphans=queue.orphans(view.db),
        menu=by_name(view, fact_queries.areas(view.db)),
        indicators=queue.choices(view.db, "indicator"),
        agencies=queue.agencies(view.db),
        rules=queue.choices(view.db, "rule_id"),
        periods=queue.choices(view.db, "time_period"),
        states=STATES,
        weights=WEIGHTS,
    )


@router.get("/review/start")
def start(view: Viewing, who: Reviewing) -> Response:
    """The desk with the first fact of the queue; where it is empty, the queue."""
    wanted = wanted_of(view)
    first = queue.first(view.db, wanted)
    return view.go(f"/review/{first}{wanted.query}" if first else f"/review{wanted.query}")


def start_of_day() -> str:
    """The last midnight of this machine's clock, as decisions bear times."""
    midnight = datetime.combine(datetime.now().astimezone().date(), time()).astimezone()
    return midnight.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")

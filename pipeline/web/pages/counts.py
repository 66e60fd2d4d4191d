"""Dossiers and tasks: how many, how many in time, by agency, level and period, with what does not add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.web.charts import Chart, Line, Spot
from pipeline.web.pages.choice import by_name
from pipeline.web.queries import counts as queries
from pipeline.web.queries.counts import CountFilter, CountRow, Ways
from pipeline.web.queries.documents import agreements_by_observation, findings_by_observation, of_these
from pipeline.web.tabular import Tabular
from pipeline.web.view import View, Viewing

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Subject:
    """One of the two pages: its family of measures, the columns of its table, and the bars of its chart.

    `share` names what part of what whole is reckoned where both are stated; `rate` is the rate that the documents
    themselves state.
    """

    family: str
    columns: Sequence[Ways]
    bars: Sequence[tuple[str, Ways]]
    share: tuple[Ways, Ways]
    rate: str

    @property
    def leading(self) -> str:
        """The measure that rows are sorted by."""
        return self.columns[0][0][0]


_IN_TIME = (("dossier.resolved_early_or_on_time",), ("dossier.resolved_early", "dossier.resolved_on_time"))
_OVERDUE = (("dossier.resolved_overdue",),)
_DONE = (("task.completed",), ("task.completed_on_time", "task.completed_late"))
_UNDER_WAY = (("task.in_progress",), ("task.in_progress_in_time", "task.overdue"))

DOSSIERS = Subject(
    "dossier",
    (
        (("dossier.received",), ("dossier.to_process",)), (("dossier.resolved",),), _IN_TIME, _OVERDUE,
        (("dossier.pending",),), (("dossier.pending_overdue",),),
    ),
    (("good", _IN_TIME), ("bad", _OVERDUE)),
    (_IN_TIME, (("dossier.resolved",),)),
    "dossier.on_time_rate",
)  # fmt: skip
TASKS = Subject(
    "task",
    (
        (("task.total",),), _DONE, (("task.completed_on_time",),), (("task.completed_late",),), _UNDER_WAY,
        (("task.overdue",),),
    ),
    (("good", _DONE), ("main", _UNDER_WAY)),
    (_DONE, (("task.total",),)),
    "task.completion_rate",
)  # fmt: skip


@router.get("/dossiers")
def dossiers(view: Viewing) -> Response:
    return _page(view, DOSSIERS)


@router.get("/tasks")
def tasks(view: Viewing) -> Response:
    return _page(view, TASKS)


def _page(view: View, subject: Subject) -> Response:
    wanted = CountFilter(
        view.asked("area"), view.asked("year"), view.asked("level"), view.asked("q"), view.asked("status", "actual")
    )
    number = view.number_asked("page", 1, 1, 100_000)
    size = view.rows_wanted(queries.PER_PAGE)
    found = queries.rows(view.db, subject.family, subject.leading, wanted, number, size)
    rows = found.rows
    facts = [[point["obs_id"] for point in row.points.values() if point["obs_id"]] for row in rows]
    stated = [obs_id for of_row in facts for obs_id in of_row]
    failing, holding = findings_by_observation(view.db, stated), agreements_by_observation(view.db, stated)
    titles = [
        "province",
        "subject",
        "level",
        "period",
        *(ways[0][0] for ways in subject.columns),
        subject.rate,
        "share_reckoned",
    ]
    table = Tabular(f"{subject.family}s", titles, [_cells(view, subject, row) for row in rows])
    return view.answer(
        "counts.html", table, subject=subject, found=found, wanted=wanted, years=queries.years(view.db, subject.family),
        menu=by_name(view, queries.areas(view.db, subject.family)), chart=_chart(view, subject, rows),
        shares=[share(subject, row) for row in rows],
        findings=[of_these(failing, of_row) for of_row in facts],
        agreements=[of_these(holding, of_row) for of_row in facts],
    )  # fmt: skip


def share(subject: Subject, row: CountRow) -> float | None:
    """The part of the whole in percent, where both are stated and the part is no greater than the whole."""
    part, whole = (row.value(ways) for ways in subject.share)
    return 100 * part / whole if part is not None and whole and part <= whole else None


def _cells(view: View, subject: Subject, row: CountRow) -> list[str | float | None]:
    values = [row.value(ways) for ways in (*subject.columns, ((subject.rate,),))]
    return [view.names.area(row.area), row.subject, row.level, row.period, *values, share(subject, row)]


def _chart(view: View, subject: Subject, rows: list[CountRow]) -> Chart | None:
    """How a whole divides, in percent of its parts: of the rows of this page that state all parts, at most twelve."""
    told = [row for row in rows if _whole(subject, row)]
    told = list({_place(view, row): row for row in told}.values())[:12]
    if not told:
        return None
    language = view.language
    lines = [
        Line(view.names.indicator(ways[0][0], language.code), [_spot(view, subject, row, ways) for row in told], kind)
        for kind, ways in subject.bars
    ]
    title = language.say(f"counts.{subject.family}.chart")
    return Chart("bars", title, [_place(view, row) for row in told], lines, stacked=True, sideways=True, unit="percent")


def _whole(subject: Subject, row: CountRow) -> float | None:
    """The sum of all parts; None where one is not stated."""
    parts = [value for _, ways in subject.bars if (value := row.value(ways)) is not None]
    return sum(parts) if len(parts) == len(subject.bars) else None


def _spot(view: View, subject: Subject, row: CountRow, ways: Ways) -> Spot:
    """A part of a bar; it leads to the evidence of its first measure."""
    number, whole = row.value(ways) or 0, _whole(subject, row) or 1
    part = 100 * number / whole
    said = f"{view.language.number(number)} · {view.language.number(part, 1)}%"
    return Spot(_place(view, row), part, said, f"/points/{row.points[row.stated(ways)[0]]['point_id']}")


def _place(view: View, row: CountRow) -> str:
    """Who and when, short enough for an axis and different for each row."""
    level = f" ({view.level(row.level)})" if row.level else ""
    return f"{row.subject or view.names.area(row.area)}{level} · {view.language.period(row.period)}"

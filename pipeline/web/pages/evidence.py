"""The evidence of a point of a series: its value, every source with its words, and what they disagree on."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException
from starlette.responses import RedirectResponse, Response

from pipeline.web.charts import Chart, Line, Spot
from pipeline.web.queries import documents as document_queries
from pipeline.web.queries import facts as queries
from pipeline.web.tabular import Tabular
from pipeline.web.view import View, Viewing

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Source:
    """An observation and the words around its quote, where the text was kept."""

    fact: sqlite3.Row
    words: tuple[str, str, str] | None


@router.get("/points/{point_id}")
def point(view: Viewing, point_id: str) -> Response:
    row = queries.point(view.db, point_id)
    if row is None:
        raise HTTPException(404)
    stated = json.loads(row["obs_ids"])
    derived = [obs_id for obs_id in json.loads(row["derived_from"]) if obs_id not in stated]
    sources, origins = _sources(view, stated), _sources(view, derived)
    line = queries.along_time(view.db, row["series_id"])
    found = document_queries.findings_by_observation(view.db, stated + derived)
    holding = document_queries.agreements_by_observation(view.db, stated + derived)
    table = Tabular(f"point-{point_id}", ("obs_id", "document", "number", "value", "unit", "quote"), [
        [source.fact["obs_id"], source.fact["document_title"], source.fact["document_number"], source.fact["value"],
         source.fact["unit"], source.fact["quote"]]
        for source in (*sources, *origins)
    ])  # fmt: skip
    return view.answer(
        "evidence.html", table, point=row, sources=sources, origins=origins, line=line, chart=_chart(view, row, line),
        others=[other.partition(" ") for other in json.loads(row["others"])],
        findings=document_queries.of_these(found, found), agreements=document_queries.of_these(holding, holding),
    )  # fmt: skip


@router.get("/facts/{obs_id}")
def fact(view: Viewing, obs_id: str) -> Response:
    """Where an observation stands in its document."""
    row = queries.fact(view.db, obs_id)
    if row is None:
        raise HTTPException(404)
    return RedirectResponse(f"/documents/{row['doc_id']}?fact={row['obs_id']}#fact-{row['obs_id']}", 302)


def _sources(view: View, obs_ids: list[str]) -> list[Source]:
    facts = [fact for obs_id in obs_ids if (fact := queries.fact(view.db, obs_id)) is not None]
    return [
        Source(fact, queries.around(view.db, fact["doc_id"], fact["char_start"], fact["char_end"])) for fact in facts
    ]


def _chart(view: View, row: sqlite3.Row, line: list[sqlite3.Row]) -> Chart | None:
    """The series that the point is of, where it has more than one."""
    if len(line) < 2:
        return None
    spots = [
        Spot(view.language.period(one["time_period"]), one["value"], view.value(one), f"/points/{one['point_id']}")
        for one in line
    ]
    name = view.names.indicator(row["indicator"], view.language.code)
    form = "ranks" if row["unit"] == "rank" else "lines"
    return Chart(
        form, name, [spot.at for spot in spots], [Line(row["subject"] or name, spots, "main")], unit=row["unit"]
    )

"""What every page works with: the dataset's state, the reader's language, and what the address asks for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.web.archive import Archive, Snapshot
from pipeline.web.freshness import program_version
from pipeline.web.language import Language, catalogue
from pipeline.web.names import LANGUAGES, Names, short_index
from pipeline.web.people.visit import Reviewer, Visit, reviewer_of, visit_of
from pipeline.web.queries import standing
from pipeline.web.tabular import Tabular
from pipeline.web.whole_numbers import whole_number

_HERE = Path(__file__).parent
_YEAR = 365 * 24 * 3600
COOKIE = "lang"
_NO_FILTER = frozenset({COOKIE, "page", "format", "order"})
_DOWNLOAD = 1_000_000
"""The most rows that a downloaded table has: what a spreadsheet can hold."""


@cache
def templates() -> Environment:
    """The templates. Everything put into one is escaped."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    environment.globals["from_json"] = json.loads
    environment.globals["pairs"] = lambda codes: [(code, code) for code in codes]
    return environment


def prepare() -> None:
    """Do now what the first reader would wait for: compile the templates, load the words, hash the program."""
    for name in templates().list_templates():
        templates().get_template(name)
    catalogue()
    program_version()


@dataclass(frozen=True, slots=True)
class View:
    """One request for a page."""

    request: Request
    archive: Archive
    snapshot: Snapshot
    db: sqlite3.Connection
    language: Language

    @property
    def names(self) -> Names:
        return self.snapshot.names

    @property
    def visit(self) -> Visit:
        """Who asks, and what their forms bear."""
        return visit_of(self.request)

    @property
    def reviewer(self) -> Reviewer | None:
        """Who is at the browser; None where that is not known."""
        return reviewer_of(self.request)

    def asked(self, name: str, default: str = "") -> str:
        """A parameter of the address, without blanks around it; `default` where it is absent or empty."""
        return self.request.query_params.get(name, "").strip() or default

    def filters_used(self, usual: Mapping[str, str]) -> int:
        """How many parameters of the address leave out something that the page shows as `usual`."""
        given = self.request.query_params.multi_items()
        return sum(value.strip() not in ("", usual.get(name)) for name, value in given if name not in _NO_FILTER)

    def all_asked(self, name: str) -> list[str]:
        """Every value of a parameter that may be repeated."""
        return [value for value in self.request.query_params.getlist(name) if value]

    def number_asked(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number of the address; `default` where it is absent or none, else held within its bounds."""
        number = whole_number(self.asked(name))
        return default if number is None else min(max(number, low), high)

    @property
    def downloading(self) -> bool:
        """Whether the address asks for the page's table as a file."""
        return self.asked("format") == "csv"

    def rows_wanted(self, of_page: int) -> int:
        """How many rows of a long list are wanted: those of one page, or for a download all."""
        return _DOWNLOAD if self.downloading else of_page

    def address(self, **changes: object) -> str:
        """This page's address with some parameters changed; None or "" takes one away. A change starts at page 1."""
        query = [(key, value) for key, value in self.request.query_params.multi_items() if key not in changes]
        if "page" not in changes:
            query = [(key, value) for key, value in query if key != "page"]
        query += [(key, str(value)) for key, value in changes.items() if value not in (None, "")]
        return self.request.url.path + (f"?{urlencode(query)}" if query else "")

    def answer(self, template: str, table: Tabular | None = None, status: int = 200, **context: Any) -> Response:
        """The page; or, where the address says format=csv, its table as a file."""
        if table is not None and self.downloading:
            headers = {"content-disposition": f'attachment; filename="{table.name}.csv"'}
            return Response(table.csv(), media_type="text/csv; charset=utf-8", headers=headers)
        page = templates().get_template(template).render(self._context(table), **context)
        return self._remembering(HTMLResponse(page, status))

    def go(self, address: str) -> Response:
        """The way to another page; a language that was asked for here is spoken there too."""
        return self._remembering(RedirectResponse(address, HTTPStatus.SEE_OTHER))

    def _remembering(self, answer: Response) -> Response:
        if self.request.query_params.get(COOKIE) in LANGUAGES:
            answer.set_cookie(COOKIE, self.language.code, max_age=_YEAR, samesite="lax", httponly=True)
        return answer

    def _context(self, table: Tabular | None) -> dict[str, Any]:
        language = self.language
        return {
            "view": self,
            "lang": language.code,
            "names": self.names,
            "t": language.say,
            "num": language.number,
            "day": language.day,
            "moment": language.moment,
            "period": language.period,
            "short_index": short_index,
            "value": self.value,
            "corrected": standing.corrected,
            "standing_of": lambda obs_id: standing.of_fact(self.db, obs_id) if obs_id else None,
            "reviewing": not self.request.app.state.doors.read_only,
            "unit": self.unit,
            "code": lambda name, code: self.names.code(name, code, language.code),
            "static": f"/static/{program_version()}",
            "download": self.address(format="csv") if table is not None and table.rows else None,
            "path": self.request.url.path,
            "reviewer": self.reviewer,
            "csrf": self.visit.csrf,
            "csrf_field": lambda: Markup('<input type="hidden" name="csrf" value="{}">').format(self.visit.csrf),
        }

    def family(self, family: str) -> str:
        """A family of measures in words; one that the pages do not know yet as it is called."""
        return self.language.said_or(f"family.{family}", family)

    def role(self, role: str) -> str:
        """What the words of an evidence give, in words."""
        return self.language.said_or(f"role.{role}", self.language.say("role.cue"))

    def flag(self, flag: str) -> str:
        """A flag in words."""
        return self.language.said_or(f"flag.{flag}", flag.replace("_", " "))

    def level(self, level: str | None) -> str:
        """A level of administration, without the years in which there was one."""
        return self.names.code("levels", level, self.language.code).partition(" (")[0]

    def check(self, check: str) -> str:
        """What a check holds figures against, in words."""
        return self.language.said_or(f"check.{check}", check)

    def scope(self, scope: str | None) -> str:
        """What a rank is within, in words."""
        return self.language.said_or(f"scope.{scope}", scope or "")

    def finding(self, row: Any) -> str:
        """What does not hold. The dataset words it in English; in Vietnamese both figures are set side by side."""
        if self.language.code != "vi":
            return self.message(row)
        name = self.check(row["check"])
        return f"{name}: {' ≠ '.join(figures)}" if (figures := self.figures(row)) else name

    def message(self, row: Any) -> str:
        """What the dataset says of a finding, its figures as the language writes them; years and days stay."""
        return str(row["message"]) if row["check"] in TELL_TIMES else self.language.with_separators(row["message"])

    def agreement(self, row: Any) -> str:
        """An identity that holds, its numbers as the language writes them."""
        return self.language.with_separators(row["statement"])

    def figures(self, row: Any) -> list[str]:
        """What would hold and what was found, where both are numbers; else nothing."""
        both = [self.language.plain(row[name] or "") for name in ("expected", "found")]
        return [text for text in both if text is not None] if None not in both else []

    def unit(self, code: str) -> str:
        """A unit as it stands after a number: %, điểm, đồng; nothing for ranks and counts."""
        short = _UNITS.get(code)
        return " " + self.names.code("units", code, self.language.code) if short is None else short

    def value(self, row: Any) -> str:
        """A value as one reads it: "≥ 95%", "20/63", "10–30%", "84,84 điểm". `row` has the columns of a fact."""
        number = self.language.number
        text = _COMPARATORS.get(row["comparator"], "") + number(row["value"])
        if row["value_high"] is not None:
            text += f"–{number(row['value_high'])}"
        if row["out_of"] is not None and (row["unit"], row["out_of"]) != ("percent", 100):
            text += f"/{number(row['out_of'])}"
        return text + self.unit(row["unit"])


TELL_TIMES = frozenset({
    "C3-size-of-set", "C9-interval-runs-forward", "C9-results-follow-their-period", "C12-one-date-for-an-act",
    "C12-type-of-document", "C15-swapped-years",
})  # fmt: skip
"""Checks whose messages hold years, days or numbers of documents, and no figure that wants separators."""
_UNITS = {"percent": "%", "rank": "", "count": ""}
_COMPARATORS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ "}


@contextmanager
def one_view(request: Request) -> Iterator[View]:
    """The view of a request; its connection ends with the block."""
    archive: Archive = request.app.state.archive
    snapshot = archive.snapshot()
    wanted = request.query_params.get(COOKIE) or request.cookies.get(COOKIE)
    language = Language(wanted if wanted in LANGUAGES else LANGUAGES[0])
    with archive.opened(snapshot) as db:
        if request.query_params.get("reviewed"):
            standing.only_reviewed(db)
        yield View(request, archive, snapshot, db, language)


def _view(request: Request) -> Iterator[View]:
    with one_view(request) as view:
        yield view


Viewing = Annotated[View, Depends(_view)]
"""The type of a page's argument."""

"""SDMX-CSV 2.0 of the series: one line a point, for the tools of statistical offices.

What SDMX calls a key must be one point, so the series are published, not the single observations. Codes are
made of what SDMX allows in an identifier; REF_AREA says list and code (VN_63_14).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.store.delimited import DelimitedFile, decimal_text
from pipeline.store.exports.job import Job
from pipeline.store.files import replacing
from pipeline.store.schema import Column, Kind, Row, Table
from pipeline.store.tables import SCHEMA_VERSION, SERIES

STRUCTURE_ID = f"SOLIEU:DF_SERIES({SCHEMA_VERSION})"
_NONE = "_Z"
"""SDMX's code for "does not apply"."""
_FREQUENCIES = tuple(
    (re.compile(form), frequency)
    for form, frequency in (
        (r"\d{4}", "A"),
        (r"\d{4}-S\d", "S"),
        (r"\d{4}-Q\d", "Q"),
        (r"\d{4}-\d{2}", "M"),
        (r"\d{4}-\d{2}-\d{2}", "D"),
    )
)


def _column(name: str) -> Column:
    return Column(name, Kind.TEXT, name, name, name, nullable=True)


DIMENSIONS = (
    "FREQ", "INDICATOR", "INDEX", "REF_AREA", "SUBJECT", "ADMIN_LEVEL", "SCOPE", "UNIT_MEASURE", "NATURE",
    "BASE_PERIOD", "TIME_PERIOD",
)  # fmt: skip
ATTRIBUTES = (
    "OBS_STATUS", "COMPARATOR", "VALUE_HIGH", "OUT_OF", "AGREEMENT", "RESOLVED_BY", "SUBJECT_NAME", "POINT_ID", "DOC_ID"
)  # fmt: skip
LINES = Table(
    "sdmx", "SDMX", "SDMX", "SDMX-CSV 2.0 of the series.",
    tuple(map(_column, ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES))),
    (),
)  # fmt: skip


def export(job: Job) -> list[str]:
    """Write one file with all points."""
    job.place.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with replacing([job.place]) as [place], DelimitedFile(LINES, place) as file:
        for rows in job.rows(SERIES):
            file.write(list(_lines(rows)))
            count += len(rows)
    return [f"{count:,} points in {job.place}"]


def _lines(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        point = _Point(row)
        cells: dict[str, Any] = {
            "STRUCTURE": "dataflow",
            "STRUCTURE_ID": STRUCTURE_ID,
            "ACTION": "I",
            "FREQ": point.frequency,
            "INDICATOR": code(row["indicator"]),
            "INDEX": code(row["index"]),
            "REF_AREA": point.area,
            "SUBJECT": row["subject_id"],
            "ADMIN_LEVEL": code(row["level"]),
            "SCOPE": code(row["scope"]),
            "UNIT_MEASURE": code(row["unit"]),
            "NATURE": code(row["obs_status"]),
            "BASE_PERIOD": code(row["base_period"]),
            "TIME_PERIOD": point.period,
            "OBS_VALUE": point.number("value"),
            "OBS_STATUS": point.status,
            "COMPARATOR": code(row["comparator"]),
            "VALUE_HIGH": point.number("value_high"),
            "OUT_OF": point.number("out_of"),
            "AGREEMENT": code(row["agreement"]),
            "RESOLVED_BY": code(row["resolved_by"]),
            "SUBJECT_NAME": row["subject"],
            "POINT_ID": row["point_id"],
            "DOC_ID": row["doc_id"],
        }
        yield cells


def code(value: Any) -> str:
    """A value as an SDMX identifier: index.score → INDEX_SCORE, PAPI/kiem_soat → PAPI__KIEM_SOAT; none is _Z."""
    return _NONE if value is None else re.sub(r"[^A-Z0-9_-]", "_", str(value).replace("/", "__").upper())


@dataclass(frozen=True, slots=True)
class _Point:
    """A row of `series` in the words of SDMX."""

    row: dict[str, Any]

    @property
    def frequency(self) -> str:
        """Of CL_FREQ; _O for an interval of its own."""
        period = self.row["time_period"]
        return next((freq for form, freq in _FREQUENCIES if form.fullmatch(period)), "_O")

    @property
    def period(self) -> str:
        """An SDMX period; an interval is its first day and how long it lasts."""
        period: str = self.row["time_period"]
        if "/" not in period:
            return period
        start, end = self.row["period_start"], self.row["period_end"]
        assert isinstance(start, date)
        return f"{start.isoformat()}/P{(end - start).days + 1}D"

    @property
    def area(self) -> str:
        """VN_63_14 is Sơn La in the list of 63; VN what is of no province."""
        area, regime = self.row["ref_area"], self.row["area_regime"]
        return "VN" if area is None else f"VN_{regime or 'X'}_{area}"

    @property
    def status(self) -> str:
        """Of CL_OBS_STATUS: E estimated (reckoned, or given as about), U unreliable (in conflict), A normal."""
        if self.row["agreement"] == "conflict":
            return "U"
        return "E" if self.row["origin"] == "derived" or self.row["comparator"] == "approx" else "A"

    def number(self, name: str) -> str | None:
        value: Decimal | None = self.row[name]
        return None if value is None else decimal_text(value)

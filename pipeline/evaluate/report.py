"""Scores and errors as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.evaluate.levels import Fact, Level
from pipeline.evaluate.score import Error, Report, Tally

_COLUMNS = (
    *("indicator", "index", "value", "value_high", "unit", "comparator", "out_of", "scope", "subject", "ref_area"),
    *("level", "time_period", "base_period", "obs_status", "number", "doc_type", "issuer", "issued_on", "role"),
    *("start", "end"),
)
_SCORED = (Level.FOUND, Level.TYPED, Level.FULL)


def report_lines(report: Report) -> Iterator[str]:
    """Every error, then the table of scores, then the faults."""
    for error in report.errors:
        yield from _error_lines(error)
    yield f"{'':26}{'gold':>6}{'got':>6}   {'found P/R/F1':<23}{'typed F1':<10}{'full F1'}"
    for name, tally in report.tallies.items():
        yield _tally_line(name, tally)
    share = report.unexplained / report.numerals if report.numerals else 0.0
    yield f"numerals {report.numerals}, unexplained {report.unexplained} ({share:.2%})"
    yield f"quotes that are not in the text {report.ungrounded}, repeated ids {report.duplicate_ids}"
    if report.absent:
        yield f"documents without facts to score: {', '.join(report.absent)}"


def report_json(report: Report) -> dict[str, Any]:
    """The scores for a program."""
    return {
        "scores": {name: _tally_json(tally) for name, tally in report.tallies.items()},
        "numerals": {"all": report.numerals, "unexplained": report.unexplained},
        "faults": {
            "ungrounded": report.ungrounded,
            "duplicate_obs_id": report.duplicate_ids,
            "documents_absent": len(report.absent),
        },
    }


def _tally_line(name: str, tally: Tally) -> str:
    found, typed, full = (tally.rate(level) for level in _SCORED)
    return (
        f"{name:26}{tally.gold:>6}{tally.got:>6}   {found.precision:.3f} {found.recall:.3f} {found.f1:.3f}      "
        f"{typed.f1:<10.3f}{full.f1:.3f}"
    )


def _tally_json(tally: Tally) -> dict[str, Any]:
    made: dict[str, Any] = {"gold": tally.gold, "got": tally.got}
    for level in _SCORED:
        rate = tally.rate(level)
        made[level.name.lower()] = {
            "p": round(rate.precision, 4),
            "r": round(rate.recall, 4),
            "f1": round(rate.f1, 4),
        }
    return made


def _error_lines(error: Error) -> Iterator[str]:
    if error.got is None:
        yield f"{error.file}: missed {error.group}: {_row(error.want)}"
    elif error.want is None:
        yield f"{error.file}: spurious {error.group}: {_row(error.got)} [{error.got.get('rule_id')}]"
    else:
        yield f"{error.file}: only {error.level.name.lower()} {error.group}: {_differences(error.want, error.got)}"
    yield f"    {error.sentence}"


def _row(row: Fact | None) -> str:
    shown = {name: (row or {}).get(name) for name in _COLUMNS}
    return ", ".join(f"{name}={value}" for name, value in shown.items() if value not in (None, "", "eq", "actual"))


def _differences(want: Fact, got: Fact) -> str:
    """The row, and what the gold has otherwise."""
    columns = [name for name in _COLUMNS if want.get(name) not in (None, "") and want.get(name) != got.get(name)]
    return f"{_row(got)} | want {', '.join(f'{name}={want[name]}' for name in columns)}"

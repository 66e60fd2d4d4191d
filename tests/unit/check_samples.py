"""Observations for the tests of checks, told by indicator and printed number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from pipeline.check import check_document
from pipeline.model import DocumentFacts, Finding, Observation, Reference, Span
from pipeline.values.numbers import decide

_ORDER = count()
_UNITS = {"index.rank": "rank", "index.rank_change": "rank", "index.score": "point", "index.mean_score": "point"}


def said(indicator: str, printed: str, **fields: Any) -> Observation:
    """An observation as if `printed` stood in a document; each call stands behind the last one."""
    unit = fields.pop("unit", None) or _UNITS.get(indicator) or ("percent" if indicator.endswith("_rate") else "count")
    number = printed.removeprefix("-")
    value = fields.pop("value", None)
    if value is None:
        value = decide(number, unit) * (-1 if printed.startswith("-") else 1)
    place = next(_ORDER) * 100
    quote = f"có {number} theo số liệu"
    at = place + 3
    settings: dict[str, Any] = {
        "subject": "Tỉnh Sơn La",
        "time_period": "2021",
        "period_start": date(2021, 1, 1),
        "period_end": date(2021, 12, 31),
    }
    if isinstance(fields.get("out_of"), int | str):
        fields["out_of"] = Decimal(fields["out_of"])
    settings.update(fields)
    return Observation(
        obs_id=f"{indicator}:{printed}:{place}",
        indicator=indicator,
        value=Decimal(value),
        unit=unit,
        quote=quote,
        span=Span(place, place + len(quote)),
        value_span=Span(at, at + len(number)),
        rule_id="test",
        **settings,
    )


def dossiers(figures: str, **fields: Any) -> list[Observation]:
    """Observations out of "received 675, resolved 635": family dossier, or a code with its own family."""
    rows = []
    for part in figures.split("; "):
        code, _, printed = part.partition(" ")
        comparator = "eq"
        for mark, meaning in (("~", "approx"), (">", "gt"), ("<", "lt")):
            if printed.startswith(mark):
                printed, comparator = printed.removeprefix(mark), meaning
        printed, _, out_of = printed.partition("/")
        own = {"out_of": decide(out_of, "count")} if out_of else {}
        indicator = code if "." in code else f"dossier.{code}"
        rows.append(said(indicator, printed, comparator=comparator, **own, **fields))
    return rows


def told(
    observations: Sequence[Observation],
    only: str | Iterable[str] = "",
    references: Sequence[Reference] = (),
    facts: DocumentFacts | None = None,
) -> list[str]:
    """Findings in short: "check severity: expected / found", those of the named checks only."""
    names = (only,) if isinstance(only, str) else tuple(only)
    return [short(f) for f in check_document(observations, references, facts).findings if f.check.startswith(names)]


def short(finding: Finding) -> str:
    return f"{finding.check} {finding.severity}: {finding.expected} / {finding.found}"

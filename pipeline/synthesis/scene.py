"""What one document is about: who writes, on which day, about which period, and every figure of its world."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pipeline.synthesis import books, periods
from pipeline.synthesis.books import Book
from pipeline.synthesis.entries import Citation, Entry, Figure, Period, Slots
from pipeline.synthesis.places import Body, Land, centre_body, department_body, draw_land, local_body, province_body
from pipeline.values.provinces import MERGER

YEARS = (*range(2017, 2027), 2025, 2026, 2026)
"""The 34 provinces have had few years yet: these weigh more."""
LEVELS = (("L1", "province"), ("L2", "district"), ("L3", "commune"))
GOALS = {
    "on_time_rate": (95, 98, 99), "online_rate": (50, 60, 70, 80), "online_payment_rate": (30, 45, 60),
    "digitised_rate": (80, 90, 100), "satisfied_rate": (90, 92, 95), "completion_rate": (95, 100),
    "overdue_rate": (1, 2, 3), "published_rate": (100,), "online_full_rate": (60, 70, 80),
    "time_cut_rate": (10, 20, 30),
}  # fmt: skip
PROGRAMMES = ((2011, 2020), (2021, 2030))
"""The years of the two national programmes of reform."""
PROVINCE_ONLY = ("organisation_", "finance_", "investment_", "legal_", "decisions")
"""Figures that a province reports and its agencies and districts do not."""


@dataclass(slots=True)
class Scene:
    """The world of one document and who stands in it."""

    kind: dict[str, Any]
    land: Land
    body: Body
    period: Period
    issued: date
    own: Citation
    world: dict[str, Entry]
    draw: random.Random
    indices: dict[str, dict[str, Entry]] = field(default_factory=dict)
    """What has been said of an index stands for the whole document."""


def draw_scene(draw: random.Random, kind: dict[str, Any], national: list[list[Any]]) -> Scene:
    """A scene for a kind of document."""
    period, issued = _period(draw, draw.choice(kind["period_of"]))
    while period.start < MERGER <= issued:  # whose province it was then is a question of its own
        period, issued = _period(draw, draw.choice(kind["period_of"]))
    if kind["doc_type"] == "plan":
        issued = min(issued, date(period.start.year, 12, draw.randint(5, 28)))
    land = draw_land(draw, issued)
    body = _body(draw, kind, land)
    slots = Slots(body.full, body.code, period.label)
    before = periods.year_before(period)
    cited = [_national(entry) for entry in national if entry[4] < issued]
    basis = draw.sample(cited, 2)
    own = _own(draw, kind, land, body, issued)
    ahead = periods.year(issued.year + 1 if kind["doc_type"] == "plan" or issued.month > 6 else issued.year)
    world: dict[str, Entry] = {
        "subj": body.forms[0],
        "own": body.own,
        "writer": _writer(body, land),
        "period": period,
        "base": before,
        "next_year": ahead,
        "year": period,
        "basis1": basis[0],
        "basis2": basis[1],
        "cited1": _invented(draw, land, issued),
        "told": _invented(draw, land, issued, reported=True),
        "cited2": draw.choice(cited),
        "phone": f"02{draw.randint(10, 99)}.{draw.randint(3, 3999):04}.{draw.randint(0, 999):03}",
        **{f"term{first}": periods.years(first, last) for first, last in PROGRAMMES},
        **_figures(draw, body, land, slots, before, issued),
    }
    kind_of_province = land.province.kind
    rates = [f.value for f in (world.get("last.online_rate"), world.get("online_rate")) if isinstance(f, Figure)]
    if rates == sorted(rates):
        world["online_moved"] = ("tăng", "nâng")
    if not land.districts:
        world["two_levels"] = ""
    if body.kind == "province":
        world["whole_area"] = f"toàn {kind_of_province}"
        world["chair"] = (f"UBND {kind_of_province}", f"Chủ tịch UBND {kind_of_province}")
    else:
        world = {name: entry for name, entry in world.items() if not name.startswith(PROVINCE_ONLY)}
    for name, values in GOALS.items():
        figure = world.get(name)
        if isinstance(figure, Figure):
            code = body.code if ahead.start.year != MERGER.year else None
            goal = Slots(body.full, code, ahead.label, status="target")
            world[f"goal_{name}"] = Figure(figure.indicator, Decimal(draw.choice(values)), "percent", goal)
    return Scene(kind, land, body, period, issued, own, world, draw)


def _period(draw: random.Random, which: str) -> tuple[Period, date]:
    year = draw.choice(YEARS)
    match which:
        case "half":
            period = periods.half(year, draw.choice((1, 1, 2)))
        case "quarter":
            period = periods.quarter(year, draw.randint(1, 4))
        case "month":
            period = periods.month(year, draw.randint(1, 12))
        case "nine":
            period = periods.nine_months(year)
        case "measured":  # the year that indices published in spring are about
            period = periods.year(year)
            return period, date(year + 1, 4, 1) + timedelta(days=draw.randint(0, 85))
        case "interval":
            period = periods.interval(date(year - 1, 12, 15), date(year, 6, 14))
        case _:
            period = periods.year(year)
    return period, period.end + timedelta(days=draw.randint(2, 24))


def _body(draw: random.Random, kind: dict[str, Any], land: Land) -> Body:
    whose = kind.get("by") or draw.choice(("province", "province", "province", "department", "centre", "local"))
    match whose:
        case "department":
            return department_body(draw, land)
        case "centre":
            return centre_body(land)
        case "local":
            return local_body(draw, land)
        case _:
            return province_body(land)


def _writer(body: Body, land: Land) -> str:
    name = body.forms[0]
    if body.kind in ("district", "commune"):
        return f"UBND {name}, {land.province.name_in_text}"
    return f"UBND {name}" if body.kind == "province" else name


def _national(entry: list[Any]) -> Citation:
    number, doc_type, kind, issuer, on, about = entry
    return Citation(number, doc_type, kind, issuer, on, about)


def _own(draw: random.Random, kind: dict[str, Any], land: Land, body: Body, issued: date) -> Citation:
    code = kind["code"]
    letters = f"{code}-{body.letters}" if code else f"{body.letters}-{draw.choice(('KSTT', 'CCHC', 'TH', 'VP'))}"
    issuer = body.full if body.kind in ("department", "centre") else _writer(body, land).replace(",", "")
    return Citation(f"{draw.randint(3, 900)}/{letters}", code or "CV", kind["word"], issuer, issued, "")


def _invented(draw: random.Random, land: Land, issued: date, *, reported: bool = False) -> Citation:
    report = ("BC", "Báo cáo", "về kết quả cải cách hành chính")
    code, word, about = report if reported else draw.choice((
        ("KH", "Kế hoạch", "về cải cách hành chính"), ("QĐ", "Quyết định", "về giao chỉ tiêu cải cách hành chính"),
        ("CT", "Chỉ thị", "về tăng cường kỷ luật, kỷ cương hành chính"),
    ))  # fmt: skip
    on = issued - timedelta(days=draw.randint(0, 2) if reported else draw.randint(20, 200))
    return Citation(f"{draw.randint(3, 3900)}/{code}-UBND", code, word, f"UBND {land.province.name_in_text}", on, about)


def _figures(
    draw: random.Random, body: Body, land: Land, slots: Slots, before: Period, issued: date
) -> dict[str, Entry]:
    large = body.kind == "province"
    size = int(10 ** draw.uniform(4.3, 6.0)) if large else int(10 ** draw.uniform(2.6, 4.6))
    carried = draw.random() < 0.5
    made: dict[str, Entry] = {}
    counts = books.dossier_counts(draw, size, carried=carried)
    if large:
        levels = [level for level in LEVELS if land.districts or level[0] != "L2"]
        shares = [books.dossier_counts(draw, int(size * draw.uniform(0.2, 0.6)), carried=carried) for _ in levels]
        counts = {name: sum(share.get(name, 0) for share in shares) for name in shares[0]}
        for (key, level), share in zip(levels, shares, strict=True):
            at = Slots(slots.subject, slots.ref_area, slots.time_period, level)
            made |= _prefixed(key, books.dossier_book(draw, share, at))
    if body.kind in ("province", "centre"):
        for number, (name, _) in enumerate(draw.sample(land.departments, 6), 1):
            at = Slots(land.within(name), slots.ref_area, slots.time_period)
            share = books.dossier_counts(draw, draw.randint(60, 9000), carried=carried)
            made |= {f"A{number}": name, **_prefixed(f"A{number}", books.dossier_book(draw, share, at))}
    last = Slots(slots.subject, slots.ref_area, before.label)
    earlier = books.dossier_book(draw, books.dossier_counts(draw, size, carried=carried), last)
    stock = Slots(slots.subject, slots.ref_area, None)
    procedures = books.procedure_book(draw, draw.randint(90, 1990), issued.year < 2022, slots, stock)
    procedures["procedure_total"] = procedures.pop("total")
    own = books.dossier_book(draw, counts, slots)
    if carried:  # the same number under two names: a document uses one
        del own[draw.choice(("received", "to_process"))]
    else:
        made["no_carried"] = ""
    made |= own
    made |= _prefixed("last", earlier)
    made |= books.task_book(draw, draw.randint(30, 900), slots)
    return made | procedures | books.plain_book(draw, slots, small=not large)


def _prefixed(prefix: str, book: Book) -> Book:
    return {f"{prefix}.{name}": figure for name, figure in book.items()}

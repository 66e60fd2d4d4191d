"""Figures that agree with each other: the books of dossiers, tasks and procedures, and the scores of an index."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

import yaml

from pipeline.synthesis.entries import Figure, Slots
from pipeline.synthesis.numbers import percent
from pipeline.synthesis.places import GRAMMAR

Book = dict[str, Figure]
Counts = Mapping[str, int]


def counts_book(family: str, counts: Counts, slots: Slots) -> Book:
    """Figures of one family from plain counts, under the names of their indicators."""
    return {name: Figure(f"{family}.{name}", Decimal(value), "count", slots) for name, value in counts.items()}


def rates_book(family: str, rates: Mapping[str, Decimal], slots: Slots) -> Book:
    return {name: Figure(f"{family}.{name}", value, "percent", slots) for name, value in rates.items()}


def dossier_counts(draw: random.Random, size: int, *, carried: bool) -> dict[str, int]:
    """One set of dossiers by form II.06a: what came in equals what was settled and what is left.

    What was sent back, withdrawn or suspended lies inside of both, as most systems count it.
    """
    online, postal = int(size * draw.uniform(0.1, 0.9)), int(size * draw.uniform(0, 0.05))
    new = size
    over = int(size * draw.uniform(0.01, 0.12)) if carried else 0
    whole = new + over
    pending = max(2, int(whole * draw.uniform(0.01, 0.12)))
    returned, withdrawn = int(whole * draw.uniform(0, 0.01)), int(whole * draw.uniform(0, 0.006))
    suspended = int(whole * draw.uniform(0, 0.006))
    resolved = whole - pending
    overdue = draw.choice((0, int(resolved * draw.uniform(0, 0.03)), int(resolved * draw.uniform(0, 0.003))))
    early = int((resolved - overdue) * draw.uniform(0.2, 0.95))
    pending_overdue = draw.choice((0, int(pending * draw.uniform(0, 0.2))))
    made = {
        "received": whole, "received_online": online, "received_postal": postal,
        "received_direct": new - online - postal, "resolved": resolved, "resolved_early": early,
        "resolved_on_time": resolved - overdue - early, "resolved_early_or_on_time": resolved - overdue,
        "resolved_overdue": overdue, "pending": pending, "pending_in_time": pending - pending_overdue,
        "pending_overdue": pending_overdue, "returned": returned, "withdrawn": withdrawn, "suspended": suspended,
        "supplement": int(whole * draw.uniform(0.001, 0.02)), "due": resolved - early + pending_overdue,
        "apologies": overdue,
    }  # fmt: skip
    return made | ({"received_new": new, "carried_over": over, "to_process": whole} if carried else {})


def dossier_book(draw: random.Random, counts: Counts, slots: Slots) -> Book:
    """The figures with the rates that follow from them; a zero is kept only where texts state it."""
    resolved, whole = counts["resolved"], counts["received"]
    rates = {
        "on_time_rate": percent(counts["resolved_early_or_on_time"], resolved, draw),
        "early_rate": percent(counts["resolved_early"], resolved, draw, 1),
        "overdue_rate": percent(counts["resolved_overdue"], resolved, draw),
        "resolved_rate": percent(resolved, whole, draw, 1),
        "online_rate": percent(counts["received_online"], whole, draw, draw.choice((1, 2))),
        "postal_rate": percent(counts["received_postal"], whole, draw, 1),
        **{
            name: any_rate(draw)
            for name in ("full_online_rate", "digitised_rate", "online_payment_rate", "satisfied_rate")
        },
    }
    stated = {name: value for name, value in counts.items() if value or name in ("resolved_overdue", "pending_overdue")}
    rates = {name: value for name, value in rates.items() if value}
    return counts_book("dossier", stated, slots) | rates_book("dossier", rates, slots)


def any_rate(draw: random.Random) -> Decimal:
    places = draw.choice((0, 1, 1, 2, 2))
    return Decimal(draw.uniform(31, 99.9)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def task_counts(draw: random.Random, total: int) -> dict[str, int]:
    """Tasks: given = done + under way, done = in time + late, under way = in time + overdue."""
    done = int(total * draw.uniform(0.5, 0.97))
    late = draw.choice((0, int(done * draw.uniform(0, 0.08))))
    open_ = total - done
    overdue = draw.choice((0, int(open_ * draw.uniform(0, 0.3))))
    return {
        "total": total, "completed": done, "completed_on_time": done - late, "completed_late": late,
        "in_progress": open_, "in_progress_in_time": open_ - overdue, "overdue": overdue,
    }  # fmt: skip


def task_book(draw: random.Random, total: int, slots: Slots) -> Book:
    counts = task_counts(draw, total)
    stated = {name: value for name, value in counts.items() if value or name == "overdue"}
    rate = percent(counts["completed"], total, draw, draw.choice((1, 2)))
    key = draw.randint(4, 12)
    return (
        counts_book("task", stated | {"key": key, "specific": draw.randint(key + 5, 90)}, slots)
        | rates_book("task", {"completion_rate": rate}, slots)
        | {"whole": Figure("task.total", Decimal(total), "count", slots)}
    )


def procedure_book(draw: random.Random, total: int, old_levels: bool, flow: Slots, stock: Slots) -> Book:
    """Procedures: those published in the period, and how all of them are served. `old_levels`: levels 3 and 4."""
    new, amended, repealed = draw.randint(3, 60), draw.randint(3, 80), draw.randint(2, 40)
    fully, partly = int(total * draw.uniform(0.2, 0.5)), int(total * draw.uniform(0.2, 0.45))
    acts = {"decisions": draw.randint(4, 40), "published": new + amended + repealed, "new": new, "amended": amended,
            "repealed": repealed, "simplified": draw.randint(4, 40)}  # fmt: skip
    kept = {
        "total": total,
        "one_stop": int(total * 0.9),
        "inter_agency": draw.randint(5, 60),
        "on_the_spot": draw.randint(10, 90),
    }
    served = (
        {"online_level_3": partly, "online_level_4": fully, "online_level_3_4": partly + fully}
        if old_levels
        else {"online_full": fully, "online_partial": partly}
    )
    rates = {f"{name}_rate": percent(value, total, draw, 1) for name, value in served.items()}
    rates |= {"published_rate": Decimal(100), "one_stop_rate": any_rate(draw), "on_the_spot_rate": any_rate(draw)}
    cut = {"time_cut_rate": Decimal(draw.choice((10, 15, 20, 25, 30, 35, 40, 50)))}
    money = Figure("procedure.cost_saved", Decimal(draw.randint(12, 900)) * 100_000_000, "vnd", flow)
    days = Figure("procedure.time_cut_days", Decimal(draw.randint(2, 15)), "day", flow)
    return (
        counts_book("procedure", acts, flow)
        | counts_book("procedure", kept | served, stock)
        | rates_book("procedure", rates, stock)
        | rates_book("procedure", cut, flow)
        | {"cost_saved": money, "time_cut_days": days}
    )


def plain_book(draw: random.Random, slots: Slots, *, small: bool) -> Book:
    """The other families, as `other` in figures.yaml lists them: name, unit, and from where to where."""
    book: Book = {}
    for code, (unit, low, high) in _figures()["other"].items():
        name = code.replace(".", "_")
        top = max(int(low) + 2, int(high * (0.2 if small else 1)))
        if unit == "percent":
            value = any_rate(draw)
        elif unit in ("vnd", "usd"):
            value = Decimal(draw.randint(int(low), top)) * (1_000_000_000 if unit == "vnd" else 1_000_000)
        else:
            value = Decimal(draw.randint(int(low), top))
        book[name] = Figure(code, value, unit, slots)
    by_autonomy = [
        f.value for name, f in book.items() if name.startswith(("organisation_psu_autonomy", "organisation_psu_state"))
    ]
    book["organisation_psu_total"] = replace(book["organisation_psu_total"], value=sum(by_autonomy, Decimal(0)))
    return book


@dataclass(frozen=True, slots=True)
class Index:
    """An index as the generator knows it: how it is named, on which scale, since when, of what."""

    code: str
    unit: str
    names: tuple[str, ...]
    low: Decimal
    high: Decimal
    places: int
    since: int
    until: int
    components: tuple[tuple[str, str, Decimal | None], ...]


@lru_cache(maxsize=1)
def _figures() -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load((GRAMMAR / "figures.yaml").read_text(encoding="utf-8"))
    return made


@lru_cache(maxsize=1)
def indices() -> tuple[Index, ...]:
    return tuple(
        Index(
            entry["code"], entry["unit"], tuple(entry["names"]),
            Decimal(str(entry["low"])), Decimal(str(entry["high"])), entry["places"], entry["since"], entry["until"],
            tuple((c[0], c[1], Decimal(str(c[2])) if len(c) > 2 else None) for c in entry.get("components", ())),
        )
        for entry in _figures()["indices"]
    )  # fmt: skip


def score(draw: random.Random, index: Index) -> Decimal:
    step = Decimal(1).scaleb(-index.places)
    return Decimal(draw.uniform(float(index.low), float(index.high))).quantize(step)


def index_book(
    draw: random.Random, index: Index, slots: Slots, before: str, whole: tuple[int, str], part: tuple[int, str] | None
) -> Book:
    """Score, rank and how both moved since the year `before`; `whole`, `part`: sets to be ranked in, with scope."""

    def figure(indicator: str, value: Decimal | int, unit: str, at: Slots, **more: Any) -> Figure:
        return Figure(f"index.{indicator}", Decimal(value), unit, at, more.pop("of", index.code), **more)

    last = Slots(slots.subject, slots.ref_area, before)
    now, then = score(draw, index), score(draw, index)
    rank, was = sorted(draw.sample(range(1, whole[0] + 1), 2), reverse=now < then)
    book = {
        "score": figure("score", now, index.unit, slots),
        "last_score": figure("score", then, index.unit, last),
        "rank": figure("rank", rank, "rank", slots, out_of=Decimal(whole[0]), scope=whole[1]),
        "last_rank": figure("rank", was, "rank", last, scope=whole[1]),
        "rank_change": figure("rank_change", was - rank, "rank", slots, base=before),
        "rank_change_alone": figure("rank_change", was - rank, "rank", slots),
    }  # fmt: skip
    if now != then:
        book["change"] = figure("score_change", now - then, index.unit, slots, base=before)
        book["change_alone"] = figure("score_change", now - then, index.unit, slots)
    if part:
        book["part_rank"] = figure(
            "rank", min(rank, draw.randint(1, part[0])), "rank", slots, out_of=Decimal(part[0]), scope=part[1]
        )
    for number, (slug, _, most) in enumerate(draw.sample(index.components, min(4, len(index.components))), 1):
        top = most or index.high
        value = (top * Decimal(draw.uniform(0.5, 0.97))).quantize(Decimal(1).scaleb(-max(index.places, 2)))
        book[f"part{number}_score"] = figure("score", value, "point", slots, of=f"{index.code}/{slug}", out_of=most)
        book[f"part{number}_rank"] = figure(
            "rank",
            draw.randint(1, whole[0]),
            "rank",
            slots,
            of=f"{index.code}/{slug}",
            out_of=Decimal(whole[0]),
            scope=whole[1],
        )
    return book


def targets(book: Book, names: Iterable[str], values: Mapping[str, Decimal], slots: Slots) -> Book:
    """Goals: figures of the same indicators with the values that a plan sets."""
    return {
        f"goal_{name}": Figure(book[name].indicator, values[name], book[name].unit, slots)
        for name in names
        if name in book and name in values
    }

"""The worlds of a document's indices: names, scores, ranks and who else is spoken of, one index at a time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.synthesis import periods
from pipeline.synthesis.books import Index, index_book, indices, score
from pipeline.synthesis.entries import Entry, Figure, Slots
from pipeline.synthesis.places import draw_land
from pipeline.synthesis.scene import Scene
from pipeline.values.provinces import MERGER

TO_ONE = 3
"""An index with so many decimals is a share of one, and is not written with per cent or round goals."""
PUBLISHED = 6
"""By this month the indices of the year before are known."""


def index_worlds(scene: Scene, most: int) -> Iterator[dict[str, Entry]]:
    """The world of a scene with one index after the other. None before the 34 provinces have been measured, since
    who was measured then is a question of its own."""
    measured = scene.issued.year - (1 if scene.issued.month >= PUBLISHED else 2)
    if scene.kind["period_of"] == ["measured"]:
        measured = scene.period.start.year
    if scene.body.kind != "province" or (scene.land.on >= MERGER and measured < MERGER.year):
        return
    standing = [index for index in indices() if index.since <= measured <= index.until]
    for index in scene.draw.sample(standing, min(most, len(standing))):
        if index.code not in scene.indices:
            scene.indices[index.code] = _figures(scene, index, measured)
        yield scene.world | scene.indices[index.code]


def _figures(scene: Scene, index: Index, measured: int) -> dict[str, Entry]:
    draw, body = scene.draw, scene.body
    year, base, ahead = (periods.year(measured + step) for step in (0, -1, 1))
    own = Slots(body.full, body.code, year.label)
    region = (scene.land.region_size, scene.land.region.scope)
    book = index_book(draw, index, own, base.label, (scene.land.set_size, "national"), region)
    step = Decimal(1).scaleb(-index.places)

    def figure(measure: str, value: Decimal, unit: str, slots: Slots, scope: str | None = None) -> Figure:
        return Figure(f"index.{measure}", value, unit, slots, index=index.code, scope=scope)

    book["mean"] = figure("mean_score", score(draw, index), index.unit, Slots("Cả nước", None, year.label))
    leader = draw_land(draw, scene.land.on).province
    if leader.full_name != body.full:
        first = Slots(leader.full_name, leader.code, year.label)
        book["leader_score"] = figure("score", index.high + draw.randint(1, 99) * step, index.unit, first)
        book["leader_rank"] = figure("rank", Decimal(1), "rank", first, "national")
    code = body.code if ahead.start.year != MERGER.year else None
    goal = index.high.quantize(Decimal(1) if index.places < TO_ONE else Decimal("0.01"))
    book["goal_score"] = figure("score", goal, index.unit, Slots(body.full, code, ahead.label, status="target"))
    return {**book, **_names(book, index), "year": year, "base": base, "next_year": ahead} | {
        "leader": leader.name_in_text,
        "region": scene.land.region.name,
    }


def _names(book: dict[str, Figure], index: Index) -> dict[str, Entry]:
    """The words that go with the figures: names, units, and verbs after the sign of a change."""
    of_slug = {slug: name for slug, name, _ in index.components}
    parts: dict[str, Entry] = {
        key[:5]: of_slug[figure.index.split("/")[1]]
        for key, figure in book.items()
        if key.startswith("part") and figure.index and "/" in figure.index
    }
    rose = "change" in book and book["change"].value > 0
    points = index.unit == "point"
    return parts | {
        "index": index.names,
        "unit_word": "" if not points else " điểm" if index.places < TO_ONE else (" điểm", ""),
        "change_word": " điểm" if points else "",
        "moved": ("tăng", "tăng", "cao hơn") if rose else ("giảm", "giảm", "thấp hơn"),
        "climbed": ("tăng", "lên", "thăng") if book["rank_change"].value > 0 else ("giảm", "tụt", "xuống"),
    }

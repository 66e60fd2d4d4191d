"""`solieu series`: what all documents together say, beside what a publisher's table says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import FILE, Mistake
from pipeline.cli.tabular import show

if TYPE_CHECKING:
    from pipeline.rulebook.book import Rulebook
    from pipeline.series.merged import Strand
    from pipeline.series.resolve import Point


@click.command(short_help="Show series, their sources and conflicts; compare with published tables.")
@click.argument("directory", type=FILE, metavar="DIR")
@click.option("--published", type=FILE, multiple=True, metavar="FILE", help="A publisher's table as one more source.")
@click.option("--indicator", metavar="CODE", help="Only this measure, such as index.score.")
@click.option("--index", metavar="CODE", help="Only this index or component, such as PAPI.")
@click.option("--area", metavar="LIST:CODE", help="Only this province: 63:14 is Sơn La to 30 June 2025, 34:14 since.")
@click.option("--conflicts", is_flag=True, help="Only points whose sources contradict each other.")
@click.option("--merged", is_flag=True, help="With --area 34:CODE: the provinces that went into it, side by side.")
@click.option("--format", "form", type=click.Choice(["table", "csv"]), default="table", show_default=True)
def series(
    directory: Path,
    published: tuple[Path, ...],
    indicator: str | None,
    index: str | None,
    area: str | None,
    conflicts: bool,
    merged: bool,
    form: str,
) -> None:
    """Bring together what the documents of the dataset in DIR state of one measure, subject and period.

    Each point has the accepted value, its sources, whether they agree, and what decided where they do not.
    Series end on 30 June 2025, when 63 provinces became 34; --merged shows old provinces beside the new one.
    Nothing is added up.

    \b
    solieu series outputs --index PAPI --published papi_totals.csv --conflicts
    solieu series outputs --indicator index.score --index PAPI --area 34:08 --merged
    """
    from pipeline.rulebook.book import load
    from pipeline.rulebook.index_rules import INDEX_MEASURES

    rulebook = load()
    regime, _, code = (area or "").partition(":")
    if area and rulebook.gazetteer.by_code(code, regime) is None:
        raise Mistake(f"no province is {area!r}", "Give list and code, such as 63:14 or 34:14.")
    if merged and (regime != "34" or not indicator):
        raise Mistake("--merged is for one measure of one new province", "Add --indicator CODE and --area 34:CODE.")
    _refuse_unknown(
        "measure",
        indicator,
        {i.code for rules in rulebook.counts for i in rules.indicators} | {measure.code for measure in INDEX_MEASURES},
    )
    _refuse_unknown("index", (index or "").partition("/")[0], set(rulebook.index.indices))
    wanted = [
        point
        for point in _points(directory, published, rulebook)
        if indicator in (None, point.indicator)
        and index in (None, point.index)
        and (merged or area in (None, f"{point.area_regime}:{point.ref_area}"))
        and (not conflicts or point.agreement == "conflict")
    ]
    if merged:
        from pipeline.series.merged import side_by_side

        show(list(_side_by_side(side_by_side(wanted, code, rulebook.gazetteer.provinces))), form)
    else:
        show(list(_lines(wanted)), form)


def _refuse_unknown(kind: str, code: str | None, known: set[str]) -> None:
    """Raises Mistake for a code that no rule has, with the nearest that one has."""
    from difflib import get_close_matches

    if code and code not in known:
        near = get_close_matches(code, known, n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise Mistake(f"no rule knows the {kind} {code!r}", f"{hint}`solieu rules list` shows what there is.")


def _points(directory: Path, published: Iterable[Path], rulebook: Rulebook) -> list[Point]:
    from pipeline.run.between import collect
    from pipeline.series.published import PublishedError, load_published
    from pipeline.store.reading import DatasetError

    try:
        collector = collect(directory, rulebook)
        for path in published:
            collector.add(load_published(path, rulebook))
    except DatasetError as problem:
        raise Mistake(problem.message, problem.hint) from None
    except PublishedError as problem:
        raise Mistake(str(problem), "A published table is a CSV file with a value a line.") from None
    except OSError as problem:
        hint = "Give with --published the path of a CSV file that may be read."
        raise Mistake(f"{problem.filename} cannot be read: {problem.strerror}", hint) from None
    return sorted(
        collector.points(),
        key=lambda p: (
            p.indicator,
            p.index or "",
            p.area_regime or "",
            p.subject,
            p.series_id,
            p.period_start,
            p.point_id,
        ),
    )


_HEADS = (
    "indicator", "index", "subject", "list", "level", "scope", "status", "period", "value", "unit", "sources",
    "agreement", "others",
)  # fmt: skip


def _lines(points: Iterable[Point]) -> Iterator[tuple[str, ...]]:
    from pipeline.check.figures import plain

    yield _HEADS
    for point in points:
        origin = "" if point.origin == "stated" else f" ({point.source or point.origin})"
        decided = f", by {point.resolved_by}" if point.resolved_by else ""
        yield (
            point.indicator, point.index or "", point.subject, point.area_regime or "",
            point.level or "", point.scope or "", point.obs_status,
            point.time_period, plain(point.value) + origin, point.unit, str(len(point.doc_ids)),
            point.agreement + decided, "; ".join(point.others),
        )  # fmt: skip


def _side_by_side(strands: tuple[Strand, ...]) -> Iterator[tuple[str, ...]]:
    """One column for each province; an index with several measures of a period has several lines."""
    from pipeline.check.figures import plain

    yield ("index", "period", *(f"{s.province.name} ({s.province.regime})" for s in strands))
    cells: dict[tuple[str, str, str], dict[int, str]] = {}
    for at, strand in enumerate(strands):
        for point in strand.points:
            key = (point.index or "", point.time_period, f"{point.scope} {point.level} {point.obs_status}")
            cells.setdefault(key, {})[at] = plain(point.value)
    for (index, period, _), values in sorted(cells.items()):
        yield (index, period, *(values.get(at, "") for at in range(len(strands))))

"""What series cost: 100,000 observations of 2,000 documents brought together and resolved."""

from __future__ import annotations

import resource
import time
from datetime import date
from decimal import Decimal

from pipeline.model import Observation, Span
from pipeline.rulebook.book import load
from pipeline.series.collect import Collector
from pipeline.series.statement import Origin

DOCUMENTS, EACH = 2_000, 50


def observation(document: int, n: int) -> Observation:
    """One of fifty figures of a province's report; provinces are spoken of by about thirty documents each."""
    value = Decimal(1000 + n + document % 3)
    quote = f"đạt {value} hồ sơ"
    year = 2011 + n % 14
    return Observation(
        f"{document:06}-{n:03}", "dossier.resolved", value, "count", quote, Span(0, len(quote)), Span(4, 8), "bench",
        subject="Tỉnh Sơn La" if n % 2 else "Sở Nội vụ tỉnh Sơn La", ref_area=f"{document % 63:02}", area_regime="63",
        time_period=str(year), period_start=date(year, 1, 1), period_end=date(year, 12, 31),
    )  # fmt: skip


def main() -> None:
    """Print seconds and the growth of memory."""
    collector = Collector(load())
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    for document in range(DOCUMENTS):
        origin = Origin(f"{document:064}", "BC", f"{document % 63:02}", "63", date(2022, 1, 1 + document % 28))
        collector.add_document([observation(document, n) for n in range(EACH)], origin)
    collected = time.perf_counter() - started
    started = time.perf_counter()
    points = sum(1 for _ in collector.points())
    resolved = time.perf_counter() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{DOCUMENTS * EACH:,} observations collected in {collected:.1f} s, {points:,} points in {resolved:.1f} s")
    print(f"memory grown by {grown:,.0f} MiB")


if __name__ == "__main__":
    main()

"""What holding 100,000 observations against their schema costs, beside what writing them costs."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

from pipeline.model import Observation, Span
from pipeline.store.dataset import publish
from pipeline.store.parquet import ROWS_AT_ONCE
from pipeline.store.rows import UNREVIEWED
from pipeline.store.schema import Row
from pipeline.store.tables import OBSERVATIONS
from pipeline.store.validation import validate

ROWS = 100_000


def made() -> tuple[list[Row], float]:
    """Rows as a worker makes them, and the seconds that took (checks of each cell included)."""
    started = time.perf_counter()
    rows = []
    for n in range(ROWS):
        words = f"đạt {n} hồ sơ"
        observation = Observation(
            f"{n:020x}", "dossier.resolved", Decimal(n), "count", words, Span(n, n + len(words)), Span(n + 4, n + 5),
            "dossier", subject="Tỉnh Sơn La", ref_area="14", area_regime="63", time_period="2021",
            period_start=date(2021, 1, 1), period_end=date(2021, 12, 31), confidence=0.9,
        )  # fmt: skip
        place = {"char_start": n, "char_end": n + len(words), "page": 1, "boxes": ((1.0, 2.0, 3.0, 4.0),)}
        values = {"doc_id": f"{n // 50:064x}", "value_start": n + 4, "value_end": n + 5, **place, **UNREVIEWED}
        rows.append(OBSERVATIONS.row(observation, values))  # type: ignore[arg-type]
    return rows, time.perf_counter() - started


def main() -> None:
    """Print seconds for 100,000 rows."""
    rows, making = made()
    started = time.perf_counter()
    validate(OBSERVATIONS, rows[:10])
    first = time.perf_counter() - started
    started = time.perf_counter()
    for at in range(0, ROWS, ROWS_AT_ONCE):
        validate(OBSERVATIONS, rows[at : at + ROWS_AT_ONCE])
    validating = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        publish(Path(folder), [{"observations": rows}])
        writing = time.perf_counter() - started
    print(f"{ROWS:,} observations: made and checked cell by cell {making:.2f} s")
    print(f"pandera: import and first use {first:.2f} s, all rows {validating:.2f} s")
    print(f"published with validation, Parquet and CSV {writing:.2f} s")


if __name__ == "__main__":
    main()

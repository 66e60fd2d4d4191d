"""What holding 100,000 observations against their schema costs, beside what writing them costs."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from pipeline.model import Observation, Span
from pipeline.store.arrow_checks import hold
from pipeline.store.dataset import publish
from pipeline.store.parquet import ROWS_AT_ONCE, arrow_table
from pipeline.store.rows import UNREVIEWED
from pipeline.store.schema import Columns, Value, rows_from
from pipeline.store.tables import OBSERVATIONS
from pipeline.store.validation import validate

ROWS = 100_000


def made() -> tuple[Columns, float]:
    """Rows as a worker makes them, and the seconds that took (checks of all cells included)."""
    observations, ends = [], []
    for n in range(ROWS):
        words = f"đạt {n} hồ sơ"
        ends.append(n + len(words))
        observations.append(
            Observation(
                f"{n:020x}",
                "dossier.resolved",
                Decimal(n),
                "count",
                words,
                Span(n, ends[n]),
                Span(n + 4, n + 5),
                "dossier",
                subject="Tỉnh Sơn La",
                ref_area="14",
                area_regime="63",
                time_period="2021",
                period_start=date(2021, 1, 1),
                period_end=date(2021, 12, 31),
                confidence=0.9,
            )
        )
    given: dict[str, Sequence[Value]] = {
        "doc_id": [f"{n // 50:064x}" for n in range(ROWS)],
        "value_start": range(4, ROWS + 4),
        "value_end": range(5, ROWS + 5),
        "char_start": range(ROWS),
        "char_end": ends,
        "page": [1] * ROWS,
        "boxes": [((1.0, 2.0, 3.0, 4.0),)] * ROWS,
        **{name: [value] * ROWS for name, value in UNREVIEWED.items()},
    }
    started = time.perf_counter()
    columns = OBSERVATIONS.filled(observations, given)
    return columns, time.perf_counter() - started


def main() -> None:
    """Print seconds for 100,000 rows."""
    columns, making = made()
    arrays = arrow_table(OBSERVATIONS, columns)
    started = time.perf_counter()
    hold(OBSERVATIONS, arrays)
    holding = time.perf_counter() - started
    rows = rows_from(OBSERVATIONS, columns)
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
    print(f"{ROWS:,} observations: made, held against their columns and sorted {making:.2f} s")
    print(f"held against their schema as Arrow arrays {holding:.2f} s")
    print(f"pandera, of an export: import and first use {first:.2f} s, all rows {validating:.2f} s")
    print(f"published, held as Arrow arrays, Parquet and CSV {writing:.2f} s")


if __name__ == "__main__":
    main()

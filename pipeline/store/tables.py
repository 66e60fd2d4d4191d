"""The tables of the dataset, each column declared once.

Parquet and CSV schemas, the objects that `solieu extract` prints, the data package, the exports, the
validation and the data dictionary all follow these declarations. Names are SDMX's where SDMX has a term
(ref_area, time_period, obs_status).
"""

from __future__ import annotations

from pipeline.store.document_tables import AGREEMENTS, CHECKS, DOCUMENTS, ERRORS
from pipeline.store.fact_tables import DATES, EVIDENCE, NUMERALS, OBSERVATIONS, REFERENCES
from pipeline.store.review_table import REVIEWS
from pipeline.store.schema import Table
from pipeline.store.series_table import SERIES

__all__ = [
    "AGREEMENTS",
    "CHECKS",
    "DATES",
    "DOCUMENTS",
    "ERRORS",
    "EVIDENCE",
    "NUMERALS",
    "OBSERVATIONS",
    "REFERENCES",
    "REVIEWS",
    "SCHEMA_VERSION",
    "SERIES",
    "TABLES",
]

SCHEMA_VERSION = "1.2"
"""Major: a consumer must change something. Minor: columns, tables or codes were added.

`tests/unit/schema.json` holds the schema of this version; a test fails when they differ.
"""

TABLES: tuple[Table, ...] = (
    OBSERVATIONS,
    EVIDENCE,
    REFERENCES,
    DATES,
    NUMERALS,
    DOCUMENTS,
    CHECKS,
    AGREEMENTS,
    REVIEWS,
    SERIES,
)
"""In the order in which they are written and documented."""

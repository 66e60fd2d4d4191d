"""Imported once by the fork server: what all workers share without loading it again.

Anything that fails here fails again, and is reported, where a worker or the command loads it.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.rulebook.book import Rulebook

rulebook: Rulebook | None = None
"""The rulebook as it was when the fork server started; None where it could not be loaded."""

with suppress(Exception):
    for room in ("pipeline.extract", "pipeline.read", "pipeline.run.service"):
        import_module(room)
    from pipeline.rulebook.book import load

    rulebook = load()

gc.collect()
gc.freeze()

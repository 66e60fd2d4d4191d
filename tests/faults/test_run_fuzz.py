"""A hundred damaged documents: the run ends, each is read or its failure typed, and nothing else is wrong."""

from __future__ import annotations

from pathlib import Path

from fuzzing import DEFECTS, fuzz

MUTANTS = 100


def test_mutants_are_read_or_refused(tmp_path: Path) -> None:
    figures = fuzz(tmp_path, MUTANTS, seed=2026)
    assert figures.state == "finished"
    assert [failure for failure in figures.failures if failure.cause in DEFECTS] == []
    assert figures.done == MUTANTS
    assert MUTANTS // 4 < figures.documents < MUTANTS  # some damage is mended or harmless, some is fatal

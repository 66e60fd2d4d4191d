"""What numbers count, and at which level, in the ways that news, reports and plans write: `count_phrasings.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from pipeline.extract import extract
from pipeline.model import Observation
from pipeline.process import read_document
from pipeline.rulebook.book import load

_FAMILIES = ("dossier", "task", "procedure")
_SIGNS = {"eq": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "~"}


class Phrasing(NamedTuple):
    text: str
    told: list[str]


def line(fact: Observation) -> str:
    """One fact as the table writes it: "task.completed 30/50", "dossier.received >9200 @commune"."""
    value = f"{_SIGNS[fact.comparator]}{fact.value:f}" + (f"/{fact.out_of:f}" if fact.out_of is not None else "")
    return f"{fact.indicator} {value}" + (f" @{fact.level}" if fact.level else "")


def rows(text: str) -> list[Observation]:
    found = extract(read_document(text.encode(), "text.txt"), load()).observations
    return [row for row in found if row.indicator.split(".")[0] in _FAMILIES]


def phrasings() -> list[Phrasing]:
    table = Path(__file__).with_name("count_phrasings.yaml").read_text(encoding="utf-8")
    return [Phrasing(**entry) for entry in yaml.safe_load(table)]


@pytest.mark.parametrize("phrasing", phrasings(), ids=lambda phrasing: phrasing.text[:60].strip())
def test_what_a_phrasing_counts(phrasing: Phrasing) -> None:
    assert [line(fact) for fact in rows(phrasing.text)] == phrasing.told

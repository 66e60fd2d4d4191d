"""Index talk by slot, in the ways that portals, newspapers, reports and plans write: `index_phrasings.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from test_index_context import rows

from pipeline.model import Observation

_KINDS = {
    "index.score": "score",
    "index.mean_score": "mean",
    "index.rank": "rank",
    "index.score_change": "change",
    "index.rank_change": "moved",
}
_SIGNS = {"eq": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "~"}


class Phrasing(NamedTuple):
    text: str
    told: list[str]


def line(fact: Observation) -> str:
    """One fact as the table writes it: "rank PCI 5/63 · Tỉnh Sơn La · 2022 · in national"."""
    value = f"{_SIGNS[fact.comparator]}{fact.value:f}"
    if fact.value_high is not None:
        value += f"–{fact.value_high:f}"
    if fact.out_of is not None:
        value += f"/{fact.out_of:f}"
    slots = [
        f"{_KINDS[fact.indicator]} {fact.index} {value}",
        fact.subject or "-",
        fact.time_period or "-",
        f"from {fact.base_period}" if fact.base_period else "",
        f"in {fact.scope}" if fact.scope else "",
        fact.obs_status if fact.obs_status != "actual" else "",
    ]
    return " · ".join(slot for slot in slots if slot)


def phrasings() -> list[Phrasing]:
    table = Path(__file__).with_name("index_phrasings.yaml").read_text(encoding="utf-8")
    return [Phrasing(**entry) for entry in yaml.safe_load(table)]


@pytest.mark.parametrize("phrasing", phrasings(), ids=lambda phrasing: phrasing.text[:60].strip())
def test_what_a_phrasing_tells(phrasing: Phrasing) -> None:
    assert [line(fact) for fact in rows(phrasing.text)] == phrasing.told

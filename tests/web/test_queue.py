"""The filters of the queue: each shows the facts that it names, and those alone."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd
import pytest

from pipeline.web.desk.queue import PER_PAGE
from pipeline.web.people.doors import Doors
from tests.web import people
from tests.web.desk_visit import REVIEWER

FILTERS = {
    "document": "doc_id", "indicator": "indicator", "index": "index", "area": "ref_area", "subject": "subject",
    "period": "time_period", "rule": "rule_id",
}  # fmt: skip
"""What an address calls it, and the column of the dataset."""


@pytest.fixture(scope="module")
def visitor(dataset: Path) -> people.Browser:
    return people.browser(dataset, Doors(reviewer=REVIEWER))


@pytest.fixture(scope="module")
def facts(dataset: Path) -> pd.DataFrame:
    return pd.read_parquet(dataset / "observations.parquet")


def shown(visitor: people.Browser, **fields: str) -> set[str]:
    """The facts that the queue shows under these filters, page after page."""
    found: set[str] = set()
    address: str | None = f"/review?{urlencode(fields)}"
    while address:
        page = visitor.get(address).text
        found |= set(re.findall(r'class="figure" href="/review/([^"?]+)', page))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else None
    return found


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_shows_what_it_names(visitor: people.Browser, facts: pd.DataFrame, name: str) -> None:
    column = FILTERS[name]
    values = facts[column].value_counts()
    assert len(values) > 1
    for value in (values.index[0], values.index[-1]):
        expected = set(facts.loc[facts[column] == value, "obs_id"])
        if name == "area":
            value = f"{facts.loc[facts[column] == value, 'area_regime'].iloc[0]}-{value}"
            expected = set(facts.loc[facts["area_regime"] + "-" + facts[column] == value, "obs_id"])
        assert shown(visitor, **{name: value}) == expected


def test_filters_narrow_each_other_and_pages_leave_nothing_out(visitor: people.Browser, facts: pd.DataFrame) -> None:
    assert len(facts) > PER_PAGE
    assert shown(visitor) == set(facts["obs_id"])
    pairs = facts.groupby(["subject", "time_period"]).size().sort_values()
    subject, period = pairs.index[-1]
    both = facts[(facts["subject"] == subject) & (facts["time_period"] == period)]
    assert shown(visitor, subject=subject, period=period) == set(both["obs_id"])
    assert shown(visitor, subject="Sở Không có") == set()


@pytest.mark.parametrize("typed", ["lào cai", "LAO  cai", "Trung tâm Lào Cai"])
def test_an_agency_is_found_by_some_words_of_its_name(visitor: people.Browser, facts: pd.DataFrame, typed: str) -> None:
    subjects = facts["subject"].fillna("")
    wanted = subjects.str.contains("Lào Cai") & subjects.str.contains("Trung tâm" if "Trung" in typed else "")
    assert 0 < wanted.sum() < len(facts)
    assert shown(visitor, subject=typed) == set(facts.loc[wanted, "obs_id"])


def test_signs_alone_name_no_agency(visitor: people.Browser) -> None:
    assert shown(visitor, subject="-%_") == set()


def test_agencies_are_offered_and_what_was_asked_for_stays(visitor: people.Browser, facts: pd.DataFrame) -> None:
    subject = facts["subject"].value_counts().index[0]
    page = visitor.get(f"/review?{urlencode({'subject': subject})}").text
    assert f'name="subject" value="{subject}" list="known-agencies"' in page
    assert set(
        re.findall(r'<option value="([^"]+)">', page.partition('id="known-agencies">')[2].partition("</d")[0])
    ) == (set(facts["subject"].dropna()))

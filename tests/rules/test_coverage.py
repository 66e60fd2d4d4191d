"""What a rule file says is used by its examples, and the files hold no dead rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.authoring.commands import all_examples, run_all, untried
from pipeline.authoring.coverage import gaps
from pipeline.authoring.examples import Outcome
from pipeline.rulebook.book import load
from pipeline.rulebook.catalogue import page
from pipeline.rulebook.count_rules import CountRules
from pipeline.rulebook.lint import lint

BOOK = load()


@pytest.fixture(scope="module")
def outcomes() -> Sequence[Outcome]:
    return run_all(all_examples(BOOK), BOOK, twins=False)


@pytest.mark.parametrize("rules", BOOK.counts, ids=lambda rules: rules.family)
def test_every_phrase_and_reading_has_an_example(rules: CountRules, outcomes: Sequence[Outcome]) -> None:
    unused = [str(gap) for gap in gaps(rules, BOOK.folder, outcomes) if gap.kind != "branch"]
    assert unused == []


def test_every_branch_of_every_phrase_works(outcomes: Sequence[Outcome]) -> None:
    """Each is tried in place of the words that an example uses."""
    assert [str(failed) for failed in untried(BOOK.counts, BOOK, outcomes)] == []


def test_no_dead_rules() -> None:
    assert [str(fault) for fault in lint(BOOK)] == []


def test_the_catalogue_is_that_of_the_rules(root: Path) -> None:
    written = (root / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == page(BOOK), "docs/rules.md is stale: run `solieu rules doc`"

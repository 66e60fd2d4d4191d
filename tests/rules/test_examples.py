"""Every example of every rule file, and its machine-made twins, through the whole of extraction."""

from __future__ import annotations

import pytest

from pipeline.authoring.commands import all_examples
from pipeline.authoring.examples import run_example, twins_of
from pipeline.rulebook.book import Rulebook, load
from pipeline.rulebook.examples import Example

BOOK = load()
EXAMPLES = all_examples(BOOK)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return BOOK


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: Example, book: Rulebook) -> None:
    """An example gives exactly its facts, a negative none; a known miss still fails."""
    outcome = run_example(example, book)
    assert outcome.passes, f"\n{outcome}"


@pytest.mark.parametrize("example", [e for e in EXAMPLES if twins_of(e)], ids=str)
def test_twins(example: Example, book: Rulebook) -> None:
    """The same words as other programs and hands write them give the same facts."""
    if not run_example(example, book).passes:
        pytest.skip("fails as written")
    outcomes = [run_example(example, book, twin) for twin in twins_of(example)]
    assert [str(outcome) for outcome in outcomes if not outcome.passes] == []

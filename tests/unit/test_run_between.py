"""Series in portions: an archive in which nobody states anything has none."""

from __future__ import annotations

import pytest

from pipeline.run.between import portions_of
from pipeline.run.stated import Stated


@pytest.mark.parametrize("given", [{}, {"a shard": Stated((), (), ())}])
def test_without_statements_there_is_no_portion(given: dict[str, Stated]) -> None:
    assert portions_of(given) == []

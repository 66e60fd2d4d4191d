"""Scores and ranks in tables: which whole numbers under a heading are scores."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.process import read_document
from pipeline.rulebook.book import load

HEAD = "Kết quả Chỉ số cải cách hành chính năm 2022 của các huyện tỉnh Sơn La\n\n"


@pytest.mark.parametrize(
    ("heading", "cells", "scores"),
    [
        # Under "Điểm" a whole number is a score …
        ("Điểm", ("91", "85"), [91, 85]),
        ("Điểm đạt được", ("91", "85"), [91, 85]),
        # … and in a column of broken ones.
        ("Kết quả", ("91,5", "85"), [91.5, 85]),
        ("Kết quả (%)", ("91,5", "85"), [91.5, 85]),
        # Elsewhere it may count anything; the greatest score is no score.
        ("Kết quả", ("91", "85"), []),
        ("Điểm tối đa", ("91", "85"), []),
    ],
)
def test_whole_numbers(heading: str, cells: tuple[str, str], scores: list[float]) -> None:
    rows = "".join(f"| {name} | {cell} |\n" for name, cell in zip(("Mai Sơn", "Yên Châu"), cells, strict=True))
    document = read_document(f"{HEAD}| Huyện | {heading} |\n|---|---|\n{rows}".encode(), "a.txt")
    found = [o for o in extract(document, load()).observations if o.indicator == "index.score"]
    assert [float(o.value) for o in found] == scores

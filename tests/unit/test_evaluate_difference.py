"""What changed between two runs."""

from __future__ import annotations

from typing import Any

from pipeline.evaluate.difference import change_line, differences


def document(doc_id: str, **rows: list[dict[str, Any]]) -> dict[str, Any]:
    filled = {
        name: [{"doc_id": doc_id, **row} for row in rows.get(name, [])]
        for name in ("observations", "references", "dates")
    }
    return {"document": {"doc_id": doc_id, "path": f"a/{doc_id}.txt"}, **filled}


def observation(obs_id: str, value: float, start: int, **columns: object) -> dict[str, Any]:
    return {"obs_id": obs_id, "indicator": "task.total", "value": value, "unit": "count", "quote": f"{value}\nviệc",
            "char_start": start, **columns}  # fmt: skip


def test_changes_come_by_document_and_place_with_their_words() -> None:
    before = [
        document("x", observations=[observation("1", 5, 10), observation("2", 6, 20), observation("3", 7, 30)]),
        document("y", references=[{"number": "1/QĐ", "role": "cites", "char_start": 3, "quote": "1/QĐ"}]),
    ]
    after = [
        document("y", references=[{"number": "1/QĐ", "role": "basis", "char_start": 9, "quote": "1/QĐ"}]),
        document(
            "x",
            observations=[observation("2", 6, 21, rule_id="new"), observation("3", 8, 30), observation("4", 9, 5)],
            dates=[{"start": "2020-01-01", "end": "2020-12-31", "char_start": 40, "role": "period", "quote": "2020"}],
        ),
    ]
    assert [change_line(change) for change in differences(before, after)] == [
        "+ a/x.txt: task.total 9 count «9 việc»",
        "- a/x.txt: task.total 5 count «5 việc»",
        "~ a/x.txt: task.total: value 7 → 8; quote 7\nviệc → 8\nviệc «8 việc»",
        "+ a/x.txt: 2020-01-01 2020-12-31 period «2020»",
        "~ a/y.txt: 1/QĐ: role cites → basis «1/QĐ»",
    ]


def test_a_run_does_not_differ_from_itself() -> None:
    run = [document("x", observations=[observation("1", 5, 10)])]
    assert list(differences(run, run)) == []

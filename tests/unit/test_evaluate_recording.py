"""What a change of rules gains and loses over a recorded archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluate.recording import difference_lines, judged, read_recording, record

TEXT = "Đã trả 5 hồ sơ. Còn 7 hồ sơ, tin 9."
GOLD = {
    "file": "a.txt",
    "observations": [
        {"indicator": "dossier.resolved", "value": 5, "unit": "count", "time_period": "2021"},
        {"indicator": "dossier.pending", "value": 7, "unit": "count"},
    ],
    "references": [],
    "dates": [],
}


def fact(obs_id: str, indicator: str, value: int, at: int, **columns: object) -> dict[str, Any]:
    quote = TEXT[at : at + 1]
    return {"obs_id": obs_id, "doc_id": "x", "indicator": indicator, "value": value, "unit": "count", "quote": quote,
            "char_start": at, "char_end": at + 1, "confidence": 0.9, **columns}  # fmt: skip


RESOLVED = fact("1", "dossier.resolved", 5, 7, time_period="2021")
PENDING = fact("2", "dossier.pending", 7, 20)
WRONG = fact("3", "dossier.received", 9, 33)
NEWS = fact("4", "communication.news_items", 9, 33)


def documents(*facts: dict[str, Any]) -> list[dict[str, Any]]:
    document = {"path": "b/a.txt", "doc_id": "x", "text": TEXT}
    return [{"document": document, "observations": list(facts), "references": [], "dates": []}]


def recorded(tmp_path: Path, *facts: dict[str, Any]) -> list[Any]:
    path = tmp_path / "recorded.jsonl"
    assert record(path, documents(*facts)) == len(facts)
    return list(read_recording(path))


@pytest.mark.parametrize(
    ("before", "after", "better"),
    [
        ([], [RESOLVED], 1),
        ([RESOLVED], [], -1),
        ([WRONG], [], 1),
        ([], [WRONG], -1),
        ([], [NEWS], 0),
        ([RESOLVED], [{**RESOLVED, "time_period": "2020"}], -1),
        ([{**PENDING, "value": 6}], [PENDING], 1),
        ([RESOLVED], [{**RESOLVED, "obs_id": "7", "quote": "trả 5"}], 0),
        ([{**RESOLVED, "time_period": "2020"}], [{**RESOLVED, "obs_id": "7", "quote": "trả 5"}], 1),
    ],
)
def test_the_gold_judges_a_change(tmp_path: Path, before: list[Any], after: list[Any], better: int) -> None:
    [change] = judged(recorded(tmp_path, *before), documents(*after), [GOLD])
    assert change.better == better
    assert "«" in change.sentence


def test_losses_come_first_with_their_sentence_and_both_scores(tmp_path: Path) -> None:
    lines = list(difference_lines(recorded(tmp_path, RESOLVED), documents(PENDING), [GOLD]))
    assert lines[:6] == [
        "LOST (1)",
        "  - a.txt: dossier.resolved 5 count 2021 «5»",
        "      Đã trả «5» hồ sơ. Còn 7 hồ sơ, tin 9.",
        "GAINED (1)",
        "  + a.txt: dossier.pending 7 count «7»",
        "      Đã trả 5 hồ sơ. Còn «7» hồ sơ, tin 9.",
    ]
    assert lines[-1] == "1 gained, 1 lost, 0 changed otherwise since the recording"


def test_nothing_has_changed_since_the_recording(tmp_path: Path) -> None:
    lines = list(difference_lines(recorded(tmp_path, RESOLVED, PENDING), documents(RESOLVED, PENDING), [GOLD]))
    assert lines[-1] == "0 gained, 0 lost, 0 changed otherwise since the recording"
    assert not any("→" in line for line in lines)


@pytest.mark.parametrize("line", ["{", '{"table": "dates"}', '{"file": "b", "table": "dates"}'])
def test_a_damaged_recording_names_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "recorded.jsonl"
    path.write_text(f'{{"file": "a.txt", "doc_id": "x"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"recorded\.jsonl:2 is no line"):
        read_recording(path)

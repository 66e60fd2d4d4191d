"""Scores agree with the contract's scorer, and each level asks what it says."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluate.levels import Level, date_level, name_key, observation_level, reference_level
from pipeline.evaluate.report import report_json, report_lines
from pipeline.evaluate.score import match, score
from pipeline.evaluate.sources import documents_beside, read_gold, read_lines

GOLD_ROW = {
    "indicator": "index.rank",
    "index": "PAR_INDEX",
    "value": 20,
    "unit": "rank",
    "out_of": 63,
    "scope": "national",
    "subject": "Tỉnh Sơn La",
    "ref_area": "14",
    "time_period": "2020",
}
GOT_ROW = {**GOLD_ROW, "comparator": "eq", "obs_status": "actual", "value_high": None, "base_period": None}


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({}, Level.FULL),
        ({"value": 20.0000000001}, Level.FULL),
        ({"subject": "UBND tỉnh Sơn La"}, Level.TYPED),
        ({"subject": "Sơn La"}, Level.FULL),
        (
            {"period_start": "2020-01-01", "period_end": "2020-12-31", "time_period": "2020-01-01/2020-12-31"},
            Level.FULL,
        ),
        ({"period_start": "2020-01-01", "period_end": "2020-06-30"}, Level.TYPED),
        ({"time_period": None}, Level.TYPED),
        ({"scope": "region:tay-nguyen"}, Level.TYPED),
        ({"ref_area": None}, Level.TYPED),
        ({"base_period": "2019"}, Level.FULL),
        ({"unit": "count"}, Level.FOUND),
        ({"comparator": "ge"}, Level.FOUND),
        ({"out_of": None}, Level.FOUND),
        ({"obs_status": "target"}, Level.FOUND),
        ({"value_high": 30}, Level.FOUND),
        ({"value": 21}, Level.NONE),
        ({"value": None}, Level.NONE),
        ({"index": "SIPAS"}, Level.NONE),
        ({"index": "PAR_INDEX/tai_chinh_cong"}, Level.NONE),
        ({"indicator": "index.score"}, Level.NONE),
    ],
)
def test_levels_of_an_observation(change: dict[str, Any], level: Level) -> None:
    assert observation_level(GOLD_ROW, {**GOT_ROW, **change}) is level


def test_which_component_is_meant_is_not_compared() -> None:
    gold = {**GOLD_ROW, "index": "PAPI/tham_gia"}
    assert observation_level(gold, {**GOT_ROW, "index": "PAPI/minh_bach"}) is Level.FULL
    assert observation_level(gold, {**GOT_ROW, "index": "PAPI"}) is Level.NONE


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({}, Level.FULL),
        ({"number": "203 / bc-ubnd"}, Level.FULL),
        ({"issuer": "Ủy ban nhân dân tỉnh Sơn La"}, Level.FULL),
        ({"issuer": "HĐND tỉnh Sơn La"}, Level.TYPED),
        ({"role": "cites"}, Level.TYPED),
        ({"issued_on": None}, Level.FOUND),
        ({"doc_type": "KH"}, Level.FOUND),
        ({"number": "204/BC-UBND"}, Level.NONE),
    ],
)
def test_levels_of_a_reference(change: dict[str, Any], level: Level) -> None:
    gold = {
        "number": "203/BC-UBND",
        "doc_type": "BC",
        "role": "reported",
        "issuer": "UBND tỉnh Sơn La",
        "issued_on": "2021-06-18",
    }
    assert reference_level(gold, {**gold, **change}) is level


def test_levels_of_a_date() -> None:
    gold = {"start": "2021-01-01", "end": "2021-06-30", "role": "period"}
    assert date_level(gold, gold) is Level.FULL
    assert date_level(gold, {**gold, "role": "event"}) is Level.TYPED
    assert date_level(gold, {**gold, "end": "2021-07-01"}) is Level.NONE


def test_kinds_of_areas_and_abbreviations_do_not_part_names() -> None:
    assert name_key("Ủy ban nhân dân Thành phố Đà Nẵng") == name_key("UBND TP. Đà Nẵng") == {"ubnd", "da", "nang"}


def test_the_best_pair_is_made_first_and_required_rows_before_optional_ones() -> None:
    gold = [{**GOLD_ROW, "optional": True}, GOLD_ROW, {**GOLD_ROW, "scope": "region:tay-nguyen"}]
    got = [GOT_ROW, {**GOT_ROW, "scope": "region:tay-nguyen"}, {**GOT_ROW, "value": 7}]
    made = match(gold, got, observation_level)
    assert [(pair.gold is gold[1], pair.gold is gold[2], pair.level) for pair in made.pairs] == [
        (True, False, Level.FULL),
        (False, True, Level.FULL),
    ]
    assert (made.missed, made.spurious) == ((), (got[2],))


def document(path: str, text: str = "", **rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"document": {"path": path, "text": text}, "observations": [], "references": [], "dates": [], **rows}


def test_errors_are_listed_with_their_sentence_and_faults_counted() -> None:
    text = "Trước.\nSơn La xếp thứ 20/63.\nSau."
    start = text.index("20/63")
    got = {**GOT_ROW, "value": 21, "quote": "20/63", "char_start": start, "char_end": start + 5, "obs_id": "x"}
    wrong = {**got, "quote": "20 / 63"}
    numerals = [{"class": "unexplained"}, {"class": "date"}]
    report = score(
        [
            {"file": "a.txt", "observations": [{**GOLD_ROW, "at": "xếp thứ «20»/63"}]},
            {"file": "b.txt", "observations": []},
        ],
        [document("in/a.txt", text, observations=[got, wrong], numerals=numerals)],
    )
    assert [(error.group, error.got is None, error.sentence) for error in report.errors] == [
        ("core", True, "xếp thứ «20»/63"),
        ("core", False, "Sơn La xếp thứ «20/63»."),
        ("core", False, "Sơn La xếp thứ «20/63»."),
    ]
    assert (report.absent, report.ungrounded, report.duplicate_ids) == (["b.txt"], 1, 1)
    assert (report.numerals, report.unexplained) == (2, 1)
    lines = list(report_lines(report))
    assert any("missed core" in line and "value=20" in line for line in lines)
    assert any("b.txt" in line for line in lines)


def test_partial_rows_show_what_the_gold_has_otherwise() -> None:
    report = score(
        [{"file": "a.txt", "observations": [GOLD_ROW]}], [document("a.txt", observations=[{**GOT_ROW, "scope": "x"}])]
    )
    [line] = [line for line in report_lines(report) if "only typed" in line]
    assert line.endswith("| want scope=national")


def test_gold_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]")
    with pytest.raises(ValueError, match=r"a\.json is no gold file"):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(ValueError, match=r"a\.json is no JSON"):
        read_gold(tmp_path)
    (tmp_path / "p.jsonl").write_text('{}\n\n{"a"')
    with pytest.raises(ValueError, match=r"p\.jsonl:3 is no JSON"):
        list(read_lines(tmp_path / "p.jsonl"))


@pytest.mark.parametrize(
    ("gold", "documents"),
    [
        ("gold", "documents"),
        ("gold", "."),
        ("gold", "gold"),
        ("gold/seeds", "archive/seeds"),
        ("my/gold/x", "my/documents/x"),
    ],
)
def test_documents_are_found_beside_their_gold(tmp_path: Path, gold: str, documents: str) -> None:
    (tmp_path / gold).mkdir(parents=True)
    (tmp_path / documents).mkdir(parents=True, exist_ok=True)
    (tmp_path / documents / "a.txt").write_text("x")
    found = documents_beside(tmp_path / gold, [{"file": "a.txt"}, {"file": "b.txt"}])
    assert [path.resolve() for path in found] == [(tmp_path / documents / "a.txt").resolve()]


def spoiled(gold: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """What a poor extractor would give for a gold file: rows left out, doubled, and changed."""

    def some(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        made = []
        for number, row in enumerate(rows):
            for copy in range(chance.choice((0, 1, 1, 1, 1, 2))):
                changed = {**row, "obs_id": f"{number}-{copy}"}
                if chance.random() < 0.5:
                    other = chance.choice(rows)
                    column = chance.choice(list(other))
                    changed[column] = other[column]
                made.append(changed)
        chance.shuffle(made)
        return made

    return {
        "document": {"path": f"some/where/{gold['file']}", "text": "x"},
        "observations": some(gold["observations"]),
        "references": some(gold.get("references") or []),
        "dates": some(gold.get("dates") or []),
        "numerals": [{"class": chance.choice(("date", "unexplained"))} for _ in range(5)],
    }


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", ["seeds", "genre"])
def test_scores_are_those_of_the_contract(shared: Path, tmp_path: Path, name: str, seed: int) -> None:
    golds = read_gold(shared / "gold" / name)
    chance = random.Random(seed)
    documents = [spoiled(dict(gold), chance) for gold in golds if chance.random() < 0.9]
    lines = tmp_path / "predictions.jsonl"
    lines.write_text("".join(json.dumps(made) + "\n" for made in documents))
    scorer = [sys.executable, str(shared / "contract" / "scorer.py"), str(shared / "gold" / name), str(lines), "--json"]
    theirs = json.loads(subprocess.run(scorer, capture_output=True, text=True, check=True).stdout)
    ours = report_json(score(golds, documents))
    assert ours["numerals"] == theirs.pop("numerals")
    assert ours["faults"] == {"ungrounded": 0, "duplicate_obs_id": 0, **theirs.pop("faults")}
    assert ours["scores"] == theirs

"""The sample archive is read without an error: every family right, all its numerals explained."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluate.recording import read_recording
from tests.running import solieu_here

CORPUS = Path(__file__).parents[2] / "corpus"
GOLD = CORPUS / "gold"
FAMILIES = (
    *("core", "index", "dossier", "task", "procedure", "references", "dates"),
    "other families (recall)",
)
LEVELS = ("found", "typed", "full")


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive, read once for all tests here."""
    run = solieu_here("extract", *sorted((CORPUS / "documents").iterdir()))
    assert run.returncode == 0, run.stderr
    path = tmp_path_factory.mktemp("corpus") / "facts.jsonl"
    path.write_text(run.stdout, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def evaluation(facts: Path) -> dict[str, Any]:
    run = solieu_here("evaluate", GOLD, facts, "--json")
    assert run.returncode == 0, run.stderr
    result: dict[str, Any] = json.loads(run.stdout)
    return result


@pytest.fixture(scope="module", autouse=True)
def table(evaluation: dict[str, Any], facts: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """Shows the scores, one line for each family, and what was gained and lost since the archive was recorded."""
    yield
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print(f"\ncorpus/gold {'':20}{'gold':>6}{'got':>6}  " + "".join(f"{level + ' P/R':<16}" for level in LEVELS))
        for name, score in evaluation["scores"].items():
            rates = "".join(f"{score[level]['p']:.3f}/{score[level]['r']:.3f}".ljust(16) for level in LEVELS)
            print(f"  {name:30}{score['gold']:>6}{score['got']:>6}  {rates}")
        numerals = evaluation["numerals"]
        print(f"  numerals {numerals['all']}, unexplained {numerals['unexplained']}")
        print(solieu_here("rules", "diff", CORPUS, "--facts", facts).stdout)


def errors(facts: Path) -> str:
    """The errors in words, which `--json` leaves out."""
    return solieu_here("evaluate", GOLD, facts).stdout


def test_no_family_goes_unscored(evaluation: dict[str, Any]) -> None:
    assert tuple(evaluation["scores"]) == FAMILIES
    assert all(score["gold"] > 0 for score in evaluation["scores"].values())
    assert evaluation["numerals"]["all"] > 2000


@pytest.mark.parametrize("family", FAMILIES)
def test_every_fact_is_found_and_no_other(evaluation: dict[str, Any], facts: Path, family: str) -> None:
    rates = {(level, side): evaluation["scores"][family][level][side] for level in LEVELS for side in "pr"}
    assert set(rates.values()) == {1.0}, f"{family}: {rates}\n{errors(facts)}"


def test_every_numeral_is_explained(evaluation: dict[str, Any]) -> None:
    assert evaluation["numerals"]["unexplained"] == 0


def test_quotes_are_grounded_and_ids_unique(evaluation: dict[str, Any]) -> None:
    assert not any(evaluation["faults"].values()), evaluation["faults"]


def test_the_recording_holds_every_document(facts: Path) -> None:
    """What it says of them may be old: the change since then is printed, and `make rules-record` accepts it."""
    recorded = {document["document"]["path"] for document in read_recording(CORPUS / "recorded.jsonl")}
    assert recorded == {path.name for path in (CORPUS / "documents").iterdir()}

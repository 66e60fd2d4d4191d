"""Loading `rules/index/`: what is refused, with file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.rulebook.index_rules import AGENCIES, PROVINCES, load_index_rules
from pipeline.rulebook.location import rules_dir
from pipeline.rulebook.source import RuleError

PGI = """\
index: PGI
title: {vi: Chỉ số xanh, en: Green}
about: one
unit: point
scale: {min: 4, max: 40, out_of: [40]}
acronyms: [PGI]
names:
  - chỉ số xanh
components:
  - slug: dam_bao_tuan_thu
    vi: Tuân thủ
    names: [tuân thủ]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[str], Path]:
    def made(text: str) -> Path:
        shutil.copy(rules_dir() / "index" / "frame.yaml", tmp_path)
        (tmp_path / "PGI.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return made


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("unit: point", "unit: points", 1, "percent or point"),
        ("acronyms: [PGI]", "acronyms: [Pgi]", 1, "in capitals"),
        ("  - chỉ số xanh", "  - chỉ số (xanh", 8, "'chỉ số (xanh'"),
        ("slug: dam_bao_tuan_thu", "slug: Đảm-bảo", 10, "a-z, 0-9 and _"),
        ("scale: {min: 4,", "scale: {min: four,", 5, "must be a number"),
        ("unit: point", "unit: point\nof: province", 1, "provinces or agencies, not 'province'"),
        ("acronyms:", "acronym:", 6, "unknown key 'acronym'"),
        ("    names: [tuân thủ]", "    name: [tuân thủ]", 12, "unknown key 'name'"),
    ],
)
def test_a_fault_names_its_file_and_line(
    folder: Callable[[str], Path], old: str, new: str, line: int, words: str
) -> None:
    assert old in PGI
    with pytest.raises(RuleError) as fault:
        load_index_rules(folder(PGI.replace(old, new)))
    assert (fault.value.path.name, fault.value.line) == ("PGI.yaml", line)
    assert words in fault.value.message


def test_an_index_stands_once(folder: Callable[[str], Path]) -> None:
    there = folder(PGI)
    (there / "QGI.yaml").write_text(PGI, encoding="utf-8")
    with pytest.raises(RuleError, match=r"stands in PGI\.yaml too"):
        load_index_rules(there)


def test_the_frame_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"frame\.yaml"):
        load_index_rules(tmp_path)


def test_the_shipped_rules() -> None:
    rules = load_index_rules(rules_dir() / "index")
    assert set(rules.indices) == {
        "PAR_INDEX", "SIPAS", "PAPI", "PCI", "PGI", "DDCI", "DTI", "ICT_INDEX", "POBI", "PII", "DVC_766", "EGOV_RANK",
    }  # fmt: skip
    assert {code for code, index in rules.indices.items() if index.unit == "percent"} == {"PAR_INDEX", "SIPAS"}
    assert [len(rules.indices[code].components) for code in ("PAPI", "PCI", "PGI")] == [8, 10, 4]
    assert len(rules.examples) >= 120


def test_an_index_file_says_whom_alone_it_measures_and_of_which_times(folder: Callable[[str], Path]) -> None:
    plain = load_index_rules(folder(PGI))
    assert not plain.measures_only(PROVINCES, "PGI")
    assert not plain.indices["PGI"].monthly
    told = load_index_rules(folder(PGI.replace("unit: point", "unit: point\nof: provinces\nmonthly: true")))
    assert told.indices["PGI"].monthly
    assert told.measures_only(PROVINCES, "PGI/dam_bao_tuan_thu")
    assert not told.measures_only(AGENCIES, "PGI")
    assert not told.measures_only(PROVINCES, "PCI")
    assert not told.measures_only(PROVINCES, None)

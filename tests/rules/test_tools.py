"""Trying a text, the list, the catalogue, and the machine-made twins."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.authoring.trial import try_document
from pipeline.authoring.twins import TWINS
from pipeline.cli import main
from pipeline.rulebook.book import load

TEXT = "Năm 2022, Sở Tư pháp tỉnh Lai Châu tiếp nhận 675 hồ sơ; điện thoại 0213 3876 111."


def solieu(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["rules", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_text_is_tried_with_rule_words_and_the_rest() -> None:
    trial = try_document(TEXT, load())
    (fact,) = trial.facts
    assert (fact.row.indicator, fact.row.value) == ("dossier.received", 675)
    path, _, line = fact.place.rpartition(":")
    assert path == "rules/measures/dossier.yaml"
    rule = (load().folder / "measures" / "dossier.yaml").read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert "dossier.received" in rule
    assert ("received", "tiếp nhận") in fact.words
    assert ("subject", "Sở Tư pháp tỉnh Lai Châu") in fact.words
    assert {(numeral.quote, numeral.category) for numeral in trial.others} >= {("2022", "date"), ("0213", "phone")}


def test_try_reads_a_text_or_a_file_alike(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert solieu("try", TEXT) == solieu("try", str(file))
    assert "indicator dossier.received, value 675" in solieu("try", TEXT)
    assert solieu("try", "Kính gửi các đơn vị.").strip() == "no facts"


def test_the_list_names_every_measure() -> None:
    listed = solieu("list")
    for rules in load().counts:
        for indicator in rules.indicators:
            assert f"{indicator.code} " in listed
    assert "PAPI " in listed


def test_doc_writes_where_it_is_told(tmp_path: Path) -> None:
    solieu("doc", "--out", str(tmp_path / "catalogue.md"))
    assert "`dossier.received`" in (tmp_path / "catalogue.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("twin", "text", "changed"),
    [
        ("no-break spaces", "675 hồ sơ", "675\u00a0hồ\u00a0sơ"),
        ("double spaces", "675 hồ sơ", "675  hồ  sơ"),
        ("upper case", "đúng hạn", "ĐÚNG HẠN"),
        ("tone marks moved", "tỉnh Khánh Hòa, ủy ban, quý, khỏe, hoàn", "tỉnh Khánh Hoà, uỷ ban, quý, khoẻ, hoàn"),
        ("tone marks moved", "uỷ ban", "ủy ban"),
        ("line breaks", "các cơ quan đơn vị trong toàn tỉnh", "các cơ quan đơn vị\ntrong toàn tỉnh"),
        ("line breaks", "a\tb c d e f g h", "a\tb c d e f g h"),
    ],
)
def test_a_twin(twin: str, text: str, changed: str) -> None:
    assert TWINS[twin](text) == changed


def test_decomposed_letters_compose_again() -> None:
    twin = TWINS["decomposed letters"](TEXT)
    assert twin != TEXT
    assert unicodedata.normalize("NFC", twin) == TEXT


def test_noise_stands_only_behind_a_document() -> None:
    assert TWINS["noise around"]("một câu").strip().startswith("Công tác")
    assert TWINS["noise around"]("BÁO CÁO\nmột câu").startswith("BÁO CÁO")

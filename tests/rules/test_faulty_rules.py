"""A rule writer's slips: each is named with its file, its line, and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.authoring import commands
from pipeline.rulebook.book import load
from pipeline.rulebook.lint import lint
from pipeline.rulebook.location import rules_dir

RULE = """\
family: certificates
title: {vi: Chứng thư số, en: Digital certificates}
heads:
  - chứng thư số
attributes:
  issued:
    phrases:
      - "[đã] cấp [mới]"
readings:
  - {gives: egov.certificates_issued, all: [issued]}
indicators:
  - {code: egov.certificates_issued, vi: Chứng thư số đã cấp, en: Digital certificates issued, unit: count}
examples:
  - text: Năm 2023, Sở Tư pháp tỉnh Lào Cai đã cấp mới 1.250 chứng thư số.
    facts:
      - {indicator: egov.certificates_issued, value: 1250, time_period: 2023}
negatives:
  - text: Chứng thư số có hiệu lực 5 năm kể từ ngày cấp.
"""
"""The rule of docs/writing-rules.md."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The rules without their counted families, to which a test adds its own."""
    shutil.copytree(rules_dir(), tmp_path / "rules")
    for path in (tmp_path / "rules" / "measures").glob("*.yaml"):
        path.unlink()
    return tmp_path / "rules"


def write(folder: Path, text: str) -> Path:
    path = folder / "measures" / "certificates.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code of `solieu rules check certificates` and what it prints."""
    code = commands.check("certificates", folder=folder)
    return code, capsys.readouterr().out


def test_the_rule_of_the_guide_is_sound(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, RULE)
    code, out = told(folder, capsys)
    assert code == 0, out
    assert "0 faults, 0 failures" in out


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("readings:", "readngs:", "certificates.yaml:9: unknown key 'readngs'; did you mean 'readings'?"),
        ("all: [issued]", "all: [isued]", "certificates.yaml:10: no attribute 'isued' in this file"),
        ("[đã] cấp [mới]", "[đã cấp", "certificates.yaml:8: missing ']' in phrase '[đã cấp'"),
        ("  issued:\n", "  is-sued:\n", "certificates.yaml:6: 'is-sued' cannot name phrases"),
        ("gives: egov.certificates_issued,", "gives: egov.issued,", "certificates.yaml:10: no indicator 'egov.issued'"),
        ("[đã] cấp [mới]", "~ cấp", "certificates.yaml:8: '~' before the first word that must stand in phrase '~ cấp'"),
        ("  - chứng thư số\n", "  - ~ thư số\n", "certificates.yaml:4: '~' before the first word"),
        ("value: 1250, ", "", "certificates.yaml:16: a fact needs 'value'"),
        ("time_period: 2023}", "period: 2023}", "certificates.yaml:16: unknown key 'period'"),
        ("title: {vi", "title: {vi: {vi", "certificates.yaml:3:"),
        (", unit: count}", "}", "certificates.yaml:12: 'unit' is missing"),
        ("title: {vi: Chứng thư số, en: Digital certificates}\n", "", "certificates.yaml:1: 'title' is missing"),
        (
            "  issued:\n    phrases:",
            "  issued:\n  phrases:",
            "certificates.yaml:6: 'issued' has nothing behind or below",
        ),
        ("heads:\n", "heads:\n  - x\nheads:\n", "'heads' stands twice\n    Write all that belongs to it once."),
        ("code: egov.certificates_issued", "code: chungthuso", "certificates.yaml:12: 'chungthuso' cannot be a code"),
        ("value: 1250,", "value: 35%,", "certificates.yaml:16: 'value' is no number: 35%\n    Digits alone"),
        (
            "Năm 2023, Sở",
            "Năm 2023: Sở",
            "certificates.yaml:14: mapping values are not allowed in this context\n    A colon",
        ),
        (
            "    facts:",
            "   facts:",
            "certificates.yaml:15: did not find expected '-' indicator\n    The line stands further",
        ),
        ("    facts:", "\tfacts:", "found a tab character that violates indentation\n    Indent with blanks"),
        (
            '"[đã] cấp [mới]"',
            "[đã] cấp [mới]",
            "did not find expected '-' indicator\n    The line stands further in or out",
        ),
        ("unit: count}\n", "unit: count\n", "did not find expected ',' or '}'\n    A '}' is missing"),
    ],
)
def test_a_file_that_cannot_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, expected: str
) -> None:
    assert old in RULE
    write(folder, RULE.replace(old, new, 1))
    code, out = told(folder, capsys)
    assert code == 1
    assert expected in out


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (RULE.encode("utf-16"), "certificates.yaml:1: the file is not UTF-8\n    Save it with the encoding UTF-8."),
        (RULE.encode("cp1252", "replace"), "certificates.yaml:8: the file is not UTF-8"),
        (b"", "certificates.yaml:1: the file is empty"),
        (b"- a\n", "certificates.yaml:1: a rule file consists of keys with their values"),
    ],
    ids=["utf-16", "cp1252", "empty", "a list"],
)
def test_a_file_that_an_editor_saved_otherwise(
    folder: Path, capsys: pytest.CaptureFixture[str], content: bytes, expected: str
) -> None:
    write(folder, RULE).write_bytes(content)
    code, out = told(folder, capsys)
    assert (code, expected in out) == (1, True), out


def test_a_mark_at_the_begin_of_the_file_is_no_fault(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "\ufeff" + RULE)
    assert told(folder, capsys)[0] == 0


@pytest.mark.parametrize("name", ["certificates.yml", "certificates.yaml.txt"])
def test_a_file_of_another_ending_is_not_passed_over(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    write(folder, RULE).rename(folder / "measures" / name)
    code, out = told(folder, capsys)
    assert (code, f"measures/{name}:1: no rule file: its name does not end in .yaml" in out) == (1, True)


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ("", "z.yaml:1: the family 'certificates' stands in certificates.yaml too"),
        ("family: certificates", "z.yaml:12: egov.certificates_issued is declared in certificates.yaml too"),
    ],
)
def test_two_files_with_one_name(folder: Path, capsys: pytest.CaptureFixture[str], old: str, expected: str) -> None:
    write(folder, RULE)
    (folder / "measures" / "z.yaml").write_text(RULE.replace(old, "family: seals") if old else RULE, encoding="utf-8")
    code, out = told(folder, capsys)
    assert (code, expected in out) == (1, True), out


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "unit: count}",
            "unit: cuont}",
            "certificates.yaml:12: no number has the unit 'cuont'\n    Did you mean 'count'?",
        ),
        ("all: [issued]}", "all: [issued], unit: dong}", "certificates.yaml:10: no number has the unit 'dong'"),
        (
            "time_period: 2023}",
            "level: xã}",
            "14: no row has the level 'xã'\n    Known are: province, district, commune.",
        ),
        ("time_period: 2023}", "obs_status: goal}", "14: no row has the obs_status 'goal'"),
        ("time_period: 2023}", "comparator: '>'}", "14: no row has the comparator '>'"),
        ("time_period: 2023}", "time_period: 2023-Q5}", "14: time_period is no period: '2023-Q5'\n    2023, 2023-S1"),
        ("heads:\n  - chứng thư số\n", "", "certificates.yaml:1: no word names the family"),
    ],
)
def test_values_that_nothing_read_can_have(
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, expected: str
) -> None:
    assert old in RULE
    write(folder, RULE.replace(old, new, 1))
    code, out = told(folder, capsys)
    assert (code, expected in out) == (1, True), out


WHOLE = {"whole": "certs.held", "parts": "[certs.used]", "lacks": "certs.idle", "named_by": "held"}


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        (
            "whole",
            "certs.hold",
            "certificates.yaml:23: no indicator 'certs.hold' in this file; did you mean 'certs.held'?",
        ),
        ("parts", "[certs.use]", "certificates.yaml:23: no indicator 'certs.use' in this file"),
        ("parts", "[]", "certificates.yaml:23: 'parts' must name one figure at least"),
        ("parts", "[certs.used, certs.idle]", "certificates.yaml:23: 'parts' names 'certs.idle', which is the whole"),
        ("lacks", "certs.lost", "certificates.yaml:23: no indicator 'certs.lost' in this file"),
        ("named_by", "hold", "certificates.yaml:23: no attribute 'hold' in this file; did you mean 'held'?"),
        ("named", "held", "certificates.yaml:23: unknown key 'named'; did you mean 'named_by'?"),
    ],
)
def test_a_whole_names_what_the_file_has(
    folder: Path, capsys: pytest.CaptureFixture[str], key: str, value: str, expected: str
) -> None:
    codes = "".join(
        f"  - {{code: certs.{name}, vi: Chứng thư, en: Certificates, unit: count}}\n"
        for name in ("held", "used", "idle")
    )
    rule = RULE.replace("indicators:\n", f"indicators:\n{codes}").replace("  issued:\n", "  held:\n")
    rule = rule.replace("all: [issued]", "all: [held]")
    write(folder, f"{rule}wholes:\n  - {{{', '.join(f'{k}: {v}' for k, v in (WHOLE | {key: value}).items())}}}\n")
    code, out = told(folder, capsys)
    assert code == 1
    assert expected in out


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("status.yaml", "target:\n", "targets:\n", "status.yaml:"),
        ("numerals.yaml", "    before:", "    behind:", "unknown key 'behind'"),
        ("checks.yaml", "sums:\n", "sum:\n", "unknown key 'sum'; did you mean 'sums'?"),
        ("numbers.yaml", "counted:\n", "counted:\n  - ~ sơ\n", "'~' before the first word"),
        ("dates.yaml", "    before: [", '    before: ["~ ngày", ', "'~' before the first word"),
        ("identifiers.yaml", "  basis:\n", "  basis:\n    - ~ theo\n", "'~' before the first word"),
        ("identifiers.yaml", "types:\n", "type:\n", "unknown key 'type'; did you mean 'types'?"),
        (
            "gazetteer/names.yaml",
            "variants:\n",
            "variants:\n  Sơn Lan: [SL]\n",
            "no province 'Sơn Lan' in provinces.csv",
        ),
    ],
)
def test_every_rule_file_is_checked(
    folder: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, expected: str
) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, out = told(folder, capsys)
    assert code == 1
    assert f"{file}:" in out
    assert expected in out


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("readings:", "  lost:\n    phrases: [thu hồi]\nreadings:", 9, "no reading uses the attribute 'lost'"),
        (
            "examples:",
            "  - {code: egov.lost, vi: Mất, en: Lost, unit: count}\nexamples:",
            13,
            "no reading gives egov.lost",
        ),
        ("indicators:", "  - {gives: egov.certificates_issued, all: [issued]}\nindicators:", 11, "never read: line 10"),
        ("unit: count}\nexamples", "unit: percent}\nexamples", 10, "in count, but its unit is percent"),
        ("readings:", '      - "[đã] cấp [mới]"\nreadings:', 8, "stands in line 8 too"),
        (
            "attributes:",
            "lookalikes: ['[đã] cấp [mới]']\nattributes:",
            9,
            "'[đã] cấp [mới]' of 'issued' can match nothing",
        ),
        ("indicator: egov.certificates_issued, value", "indicator: egov.certificate_issued, value", 14, "no indicator"),
    ],
)
def test_rules_that_can_never_do_anything(folder: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in RULE
    write(folder, RULE.replace(old, new, 1))
    faults = [fault for fault in lint(load(folder)) if fault.file == "measures/certificates.yaml"]
    assert [(fault.line, message in fault.message) for fault in faults] == [(line, True)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("value: 1250", "value: 1251", "not read: indicator egov.certificates_issued, value 1251"),
        ("value: 1250", "value: 1251", "not named: indicator egov.certificates_issued, value 1250"),
        ("5 năm kể từ ngày cấp.", "nên đã cấp 9 chứng thư số.", "named: indicator egov.certificates_issued, value 9"),
        ("  - chứng thư số", "  - chứng thư số\n  - chữ ký số", ":5: no example uses the phrase 'chữ ký số' of heads"),
        ("negatives:", "known_misses:\n  - text: Tỉnh đã cấp 7 chứng thư số.\n    why: x\n    facts:\n"
         "      - {indicator: egov.certificates_issued, value: 7}\nnegatives:", "promote it to an example"),
        ('"[đã] cấp [mới]"', '"[đã] cấp [mới|đổi]"\nlookalikes: [cấp đổi lại]', "0 branches"),
    ],
)  # fmt: skip
def test_what_the_examples_show(
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, expected: str
) -> None:
    assert old in RULE
    write(folder, RULE.replace(old, new, 1))
    _, out = told(folder, capsys)
    assert expected in out


def test_a_branch_that_does_not_work_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """ "cấp lại" is taken away by a longer look-alike, so that the branch "lại" is never read."""
    rule = RULE.replace('"[đã] cấp [mới]"', '"[đã] (cấp|thu) [mới]"').replace(
        "attributes:", "lookalikes: [tỉnh Lào Cai đã thu mới]\nattributes:"
    )
    write(folder, rule)
    code, out = told(folder, capsys)
    assert code == 1
    assert "the branch '[đã] thu [mới]' of issued does not work; with 'đã thu mới' put into it, an example" in out


def test_a_file_that_does_not_exist_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, RULE)
    assert commands.check("certificate", folder=folder) == 1
    assert "there is no rule file 'certificate'" in capsys.readouterr().out


def test_a_phrase_that_yaml_cuts_short_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, RULE.replace('      - "[đã] cấp [mới]"', '      - "[đã] cấp [mới]"\n      - đã cấp # chứng thư'))
    code, told_all = told(folder, capsys)
    assert code == 1
    assert "certificates.yaml:9: what follows '#' is a comment, no part of the phrase" in told_all

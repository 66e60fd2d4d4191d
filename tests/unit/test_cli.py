"""The command line itself: help that teaches, mistakes with a hint, and nothing heavy before it is needed."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pipeline.cli import COMMANDS, main
from pipeline.cli.facts import value_text
from pipeline.rulebook.source import RuleError


def invoke(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_help_lists_every_command_with_what_it_does() -> None:
    code, said = invoke("--help")
    assert code == 0
    assert "130 interrupted" in " ".join(said.split())
    for name in COMMANDS:
        assert f"\n  {name} " in said


def every_command() -> dict[str, click.Command]:
    """Each command by what is typed for it, those of groups too."""
    context, found = click.Context(main), {}
    for name in COMMANDS:
        command = main.get_command(context, name)  # type: ignore[attr-defined]
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {part}": member for part, member in command.commands.items()}
    return found


@pytest.mark.parametrize("name", every_command())
def test_help_of_a_command_teaches_by_example(name: str) -> None:
    code, said = invoke(*name.split(), "--help")
    assert code == 0
    assert f"\n  solieu {name}" in said.partition("\n\n")[2], "an example on a line of its own"
    assert "\\b" not in said, "marks of click are no text"
    assert "..." not in said.replace("COMMAND [ARGS]...", ""), "what a command is for fits its line"


@pytest.mark.parametrize("name", every_command())
def test_every_command_and_option_says_what_it_is_for(name: str) -> None:
    command = every_command()[name]
    assert command.short_help
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help or isinstance(option.type, click.Choice)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run"], "Missing argument"),
        (["run", "nowhere"], "there is nothing at nowhere"),
        (["run", ".", "--out", "file"], "file is a file"),
        (["run", ".", "--engine", "dsk://x"], "no engine 'dsk://x'"),
        (["run", ".", "--workers", "0"], "Invalid value"),
        (["extract"], "Missing argument"),
        (["evaluate", "nowhere"], "does not exist"),
        (["evaluate", "."], "holds no gold files"),
        (["evaluate", ".", "file", "--out", "x"], "cannot both be scored"),
        (["evaluate", "gold"], "file.json is no gold file"),
        (["diff", "facts.jsonl", "facts.jsonl"], "facts.jsonl:1 is no JSON"),
        (["diff", "nowhere", "nowhere"], "there is no finished run in nowhere"),
        (["nothing"], "No such command"),
        (["run", "gold", "--out", "."], "the dataset in . would lie over the archive gold"),
        (["watch", "gold", "--out", "gold"], "the dataset in gold would lie over the archive gold"),
        (["rules", "try", " "], "there is no text"),
        (["rules", "try", "report.pdf"], "there is no file report.pdf"),
        (["rules", "try", "gold"], "gold is a folder"),
        (["series", ".", "--index", "PAPPI"], "no rule knows the index 'PAPPI'\nHint: Did you mean PAPI?"),
        (["series", ".", "--indicator", "index.scor"], "the measure 'index.scor'\nHint: Did you mean index.score?"),
        (
            ["review", "import", ".", "picture.jsonl"],
            "picture.jsonl: this is no text in UTF-8\nHint: Nothing was taken",
        ),
        (["rules", "doc", "--out", "file/rules.md"], "file cannot be used: File exists"),
        (["corpus", "make", "--documents", "1", "--out", "file"], "file/documents cannot be used: Not a directory"),
        (["review", "gold", ".", "file"], "file cannot be used: File exists"),
        (["export", "nowhere", "--to", "xlsx"], "nowhere holds no dataset"),
        (["serve", "--out", ".", "--host", "192.0.2.1", "--name", "x", "--read-only"], "cannot listen at 192.0.2.1"),
    ],
)
def test_a_mistake_ends_with_two_and_says_what_to_do(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("x")
    Path("facts.jsonl").write_text("x\n")
    Path("picture.jsonl").write_bytes(b"\x89PNG\xff")
    Path("gold").mkdir()
    Path("gold/file.json").write_text("{}")
    code, said = invoke(*arguments)
    assert code == 2
    assert words in said
    assert "Hint: " in said or "Try " in said
    assert not Path("nowhere").exists(), "a mistake leaves nothing behind"


def test_a_full_disk_is_told_where_the_system_names_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pipeline.authoring.commands.list_rules", full)
    said = "Error: what is made cannot be written: No space left on device\nHint: The disk is full: free some space"
    assert invoke("rules", "list")[0] == 2
    assert said in invoke("rules", "list")[1]


@pytest.mark.parametrize("target", ["csv", "parquet", "datapackage", "partitioned"])
def test_an_export_does_not_write_over_the_run(tmp_path: Path, target: str) -> None:
    archive, out = tmp_path / "archive", tmp_path / "data"
    archive.mkdir()
    (archive / "a.txt").write_text("Quý I năm 2023, tỉnh Lào Cai tiếp nhận 1.240 hồ sơ.", encoding="utf-8")
    assert invoke("run", str(archive), "--out", str(out), "--quiet")[0] == 0
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.suffix in (".csv", ".parquet", ".json")}
    code, said = invoke("export", str(out), "--to", target, "--out", str(out / ".." / "data"))
    assert code == 2
    assert "holds the dataset of a run\nHint: Its own tables would be written over" in said
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.name in before} == before


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, said = invoke("serve", "--out", str(tmp_path), "--port", str(port))
    assert code == 2
    assert f"Error: the server cannot listen at 127.0.0.1, port {port}: Address already in use\nHint: Another" in said


@pytest.mark.parametrize("arguments", [["extract", __file__], ["rules", "list"], ["rules", "try", "12 hồ sơ"]])
def test_a_fault_in_the_rules_is_told_by_every_command(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(_folder: Path) -> None:
        raise RuleError(Path("dossier.yaml"), 17, "unknown key 'headz'; did you mean 'heads'?")

    monkeypatch.setattr("pipeline.rulebook.book._load", faulty)
    code, said = invoke(*arguments)
    assert code == 1
    assert said == (
        "Error: the rules have a fault: dossier.yaml:17: unknown key 'headz'; did you mean 'heads'?\n"
        "Hint: `solieu rules check` tells of all faults.\n"
    )


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        ({"value": 84.84}, "84.84 percent"),
        ({"value": 1634000}, "1,634,000 percent"),
        ({"value": 95, "comparator": "ge"}, "≥ 95 percent"),
        ({"value": 10, "value_high": 30}, "10–30 percent"),
        ({"value": 20, "out_of": 63, "unit": "rank"}, "20/63 rank"),
    ],
)
def test_values_are_shown_as_one_reads_them(columns: dict[str, object], text: str) -> None:
    row = {"comparator": "eq", "value_high": None, "out_of": None, "unit": "percent", **columns}
    assert value_text(row) == text

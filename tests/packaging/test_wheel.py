"""The wheel: it holds the rules, and works in an empty environment far from the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("wheel")  # one worker makes the environment for all tests of this file

REPORT = (
    "Trong quý II năm 2022, Bộ phận Một cửa UBND tỉnh Lào Cai tiếp nhận 1.240 hồ sơ, đã giải quyết 1.198 hồ sơ.\n"
    "Chỉ số cải cách hành chính (PAR INDEX) năm 2021 của tỉnh Lào Cai đạt 86,25%, xếp thứ 24/63 tỉnh, thành phố.\n"
)
FACTS = {
    ("dossier.received", None, 1240, "2022-Q2", "10"),
    ("dossier.resolved", None, 1198, "2022-Q2", "10"),
    ("index.score", "PAR_INDEX", 86.25, "2021", "10"),
    ("index.rank", "PAR_INDEX", 24, "2021", "10"),
}


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment with nothing but the wheel and what it asks for."""

    bin: Path
    home: Path

    def run(self, *command: str) -> str:
        """What a command of the environment prints, started away from the checkout."""
        name, *arguments = command
        environment = {"PATH": os.defpath, "HOME": str(self.home), "LANG": "C.UTF-8"}
        answer = subprocess.run(
            [str(self.bin / name), *arguments],
            cwd=self.home,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout


def build(source: Path, target: str, folder: Path) -> Path:
    """Build a wheel or an sdist of `source` into `folder`; nothing is fetched for it."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(root, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(root: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel with the locked packages, by uv (from its cache where that suffices) or else by pip."""
    home = tmp_path_factory.mktemp("far from the checkout")
    python = home / "env" / "bin" / "python"
    locked = ["--require-hashes", "-r", str(root / "requirements.lock")]
    if uv := shutil.which("uv") or shutil.which(str(root / ".cache" / "uv" / "bin" / "uv")):
        subprocess.run([uv, "venv", "--python", sys.executable, str(home / "env")], check=True, capture_output=True)
        install = [uv, "pip", "install", "--python", str(python)]
        if subprocess.run([*install, "--offline", *locked], check=False, capture_output=True).returncode:
            told(*install, *locked)
    else:
        subprocess.run([sys.executable, "-m", "venv", str(home / "env")], check=True, capture_output=True)
        install = [str(python), "-m", "pip", "install", "--no-input"]
        told(*install, *locked)
    told(*install, "--no-deps", str(wheel))
    return Installed(python.parent, home)


def told(*command: str) -> None:
    """Run a command that must succeed, and show what it said where it does not."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def rule_files(root: Path) -> set[str]:
    return {file.relative_to(root / "rules").as_posix() for file in (root / "rules").rglob("*") if file.is_file()}


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_the_program_and_the_rules_and_nothing_else(root: Path, wheel: Path) -> None:
    names = names_in(wheel)
    shipped = {name.removeprefix("pipeline/_rules/") for name in names if name.startswith("pipeline/_rules/")}
    assert shipped == rule_files(root)
    assert {"pipeline/py.typed", "pipeline/cli/__init__.py"} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"pipeline", "solieu"}


def test_the_sdist_makes_the_same_wheel(root: Path, wheel: Path, tmp_path: Path) -> None:
    sdist = build(root, "sdist", tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    again = build(tmp_path / sdist.name.removesuffix(".tar.gz"), "wheel", tmp_path / "wheel")
    assert names_in(again) == names_in(wheel)


def test_it_is_not_the_checkout_that_runs(installed: Installed) -> None:
    where = installed.run("python", "-c", "import pipeline; print(pipeline.__file__)")
    assert installed.home in Path(where.strip()).parents


def test_documents_with_gold_can_be_made(installed: Installed) -> None:
    """Grammar, web pages and gazetteer are inside; the packages for DOCX and PDF are an extra."""
    made = installed.run(
        "solieu", "corpus", "make", "--documents", "4", "--formats", "txt,html,odt,xlsx", "--out", "made"
    )
    assert made.startswith("4 documents")


def test_extract_finds_facts(installed: Installed) -> None:
    (installed.home / "bao cao.txt").write_text(REPORT, encoding="utf-8")
    (line,) = installed.run("solieu", "extract", "bao cao.txt", "--format", "jsonl").splitlines()
    made = json.loads(line)
    text = made["document"]["text"]
    assert all(text[row["char_start"] : row["char_end"]] == row["quote"] for row in made["observations"])
    found = {facts_key(row, "indicator", "index", "value", "time_period", "ref_area") for row in made["observations"]}
    assert found == FACTS
    assert [row["quote"] for row in made["numerals"] if row["class"] == "unexplained"] == []


def facts_key(row: dict[str, object], *columns: str) -> tuple[object, ...]:
    return tuple(row[column] for column in columns)


@pytest.mark.parametrize("command", [("--version",), ("--help",), ("doctor",), ("rules", "list")], ids=" ".join)
def test_commands_work_without_the_checkout(installed: Installed, command: Sequence[str]) -> None:
    assert installed.run("solieu", *command).strip()

"""The command as a user runs it: in a process of its own, judged by exit code, words and files."""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from click.testing import CliRunner

from pipeline.cli import main
from pipeline.store.tables import TABLES

MARK = "SOLIEU_TEST_RUN"
"""An environment variable that every process of a run inherits, so that none can hide."""
COMMAND = (sys.executable, "-m", "pipeline.cli")
TABLE_FILES = [f"{table.name}.{ending}" for table in TABLES for ending in ("parquet", "csv")]


def environment(hooks: Path | None = None) -> dict[str, str]:
    """The environment of a run, marked as this run's; every Python process in it loads `hooks`/sitecustomize.py."""
    made = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", MARK: uuid.uuid4().hex}
    if hooks:
        made["PYTHONPATH"] = os.pathsep.join(filter(None, [str(hooks), os.environ.get("PYTHONPATH")]))
    return made


def solieu(*arguments: object, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `solieu` to its end."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=env or environment(), timeout=300)


def solieu_here(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run `solieu` within this process: quicker, for all that needs no process of its own."""
    result = CliRunner().invoke(main, list(map(str, arguments)), prog_name="solieu")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return subprocess.CompletedProcess(arguments, result.exit_code, result.stdout, result.stderr)


def tables(out: Path) -> dict[str, str]:
    """A hash of each table file of a dataset."""
    return {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in TABLE_FILES}


def csv_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def left_behind(env: Mapping[str, str]) -> set[int]:
    """The processes that still run with the mark of this environment."""
    wanted = f"{MARK}={env[MARK]}".encode()
    found = set()
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            zombie = (place / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
            if not zombie and wanted in (place / "environ").read_bytes().split(b"\0"):
                found.add(int(place.name))
    return found


def report(number: int) -> str:
    """A short report of its own figures; no two are alike."""
    return (
        f"SỞ NỘI VỤ\nBáo cáo số {100 + number}/BC-SNV ngày 15/6/2022\n"
        f"6 tháng đầu năm 2022, Sở Nội vụ tỉnh Sơn La tiếp nhận {700 + number} hồ sơ, "
        f"đã giải quyết {600 + number} hồ sơ, trong đó đúng hạn {500 + number} hồ sơ.\n"
    )


def write_archive(folder: Path, count: int) -> list[Path]:
    """An archive of `count` short reports."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"report-{number:03}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(report(number), encoding="utf-8")
    return paths

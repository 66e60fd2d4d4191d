"""The web application over 100,000 observations: how long pages take, and how much memory the server needs.

    python benchmarks/bench_web.py [OBSERVATIONS]

Writes an invented dataset (documents, observations, series) to a temporary folder, serves it with `solieu serve`,
and asks for each page five times. Fails where the first page takes longer than 300 ms or the server more than 400 MiB.
"""

from __future__ import annotations

import hashlib
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.rulebook.book import load
from pipeline.store.code_tables import code_rows
from pipeline.store.dataset import publish
from pipeline.store.rows import UNREVIEWED, Rows
from pipeline.store.tables import CHECKS, DOCUMENTS, EVIDENCE, OBSERVATIONS, SERIES

OBSERVATIONS_OF_A_DOCUMENT = 25
FIRST_PAGE = 0.3
MEMORY = 400
PATHS = (
    "/", "/indices?index=PAR_INDEX&area=63-14", "/compare?index=PAR_INDEX", "/ranking?index=PAR_INDEX",
    "/map?index=PAR_INDEX", "/dossiers", "/dossiers?area=63-14&year=2022", "/tasks", "/documents", "/facts",
    "/facts?q=son+la", "/search?q=son+la+tiep+nhan", "/findings", "/api/observations?size=1000",
    "/api/series?index=PAPI", "/review", "/review/trust", "/review/work", "/review/log",
)  # fmt: skip


def main() -> int:
    """Run the benchmark; 1 where a bound is broken."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        dataset = Path(folder)
        started = time.perf_counter()
        write(dataset, wanted)
        print(f"dataset of {wanted:,} observations written in {time.perf_counter() - started:.1f} s")
        return measure(dataset)


def measure(dataset: Path) -> int:
    """Serve the dataset, once with the database to be made and once with it there, and ask for the pages."""
    started = time.perf_counter()
    with_database = serve(dataset)
    print(f"started in {time.perf_counter() - started:.1f} s, the database made")
    stop(with_database)
    started = time.perf_counter()
    server, address = serve(dataset)
    print(f"started again in {time.perf_counter() - started:.1f} s")
    try:
        first = timed(address, "/")
        print(f"first page {1000 * first:.0f} ms")
        for path in PATHS:
            times = [timed(address, path) for _ in range(5)]
            print(f"{1000 * statistics.median(times):7.0f} ms  {path}")
        size = memory(server.pid)
        print(f"memory {size:.0f} MiB")
    finally:
        stop((server, address))
    return int(first > FIRST_PAGE or size > MEMORY)


def serve(dataset: Path, *options: str) -> tuple[subprocess.Popen[bytes], str]:
    """The command, when it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "serve",
        "--reviewer",
        "Hoa",
        "--out",
        str(dataset),
        "--port",
        str(port),
    ]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server, address
        time.sleep(0.05)
    raise SystemExit("the server ended")


def stop(running: tuple[subprocess.Popen[bytes], str]) -> None:
    """End a server."""
    running[0].terminate()
    running[0].wait(10)


def timed(address: str, path: str) -> float:
    """Seconds until a page is there."""
    started = time.perf_counter()
    with urllib.request.urlopen(address + path, timeout=60) as answer:
        answer.read()
    return time.perf_counter() - started


def memory(process: int) -> float:
    """The most memory that a process has had, in MiB (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def together(documents: Iterator[Rows], number: int = 200) -> Iterator[Rows]:
    """The rows of many documents as one portion: what is declared is checked portion by portion."""
    portion: Rows = {}
    for n, rows in enumerate(documents, 1):
        for table, some in rows.items():
            portion.setdefault(table, []).extend(some)
        if n % number == 0:
            yield portion
            portion = {}
    yield portion


def write(dataset: Path, wanted: int) -> None:
    """An invented dataset of that many observations."""
    rulebook = load()
    codes = code_rows(rulebook)
    provinces = [(str(row["code"]), str(row["name"])) for row in codes["provinces"] if row["area_regime"] == "63"]
    publish(dataset, together(documents(wanted, sorted(dict(provinces).items()))), codes)


def documents(wanted: int, provinces: list[tuple[str, str]]) -> Iterator[Rows]:
    """Documents with their observations, and at the end the series."""
    chance = random.Random(1)
    series: list[dict[str, Any]] = []
    ids = sorted(hashlib.sha256(str(n).encode()).hexdigest() for n in range(wanted // OBSERVATIONS_OF_A_DOCUMENT))
    for number, doc_id in enumerate(ids):
        code, name = provinces[number % len(provinces)]
        year = 2012 + number // len(provinces) % 13
        rows = [observation(doc_id, n, code, name, year, chance) for n in range(OBSERVATIONS_OF_A_DOCUMENT)]
        series += [point(row) for row in rows]
        yield {
            DOCUMENTS.name: [document(doc_id, number, code, name, year)],
            OBSERVATIONS.name: rows,
            EVIDENCE.name: [blank(EVIDENCE, role="value", **{key: row[key] for key in QUOTED}) for row in rows],
            CHECKS.name: [finding(rows[0])] if number % 10 == 0 else [],
        }
    unique = {row["point_id"]: row for row in series}
    keys = ("indicator", "index", "area_regime", "ref_area", "subject", "series_id", "period_start", "period_end")
    yield {SERIES.name: sorted(unique.values(), key=lambda row: tuple(str(row[key] or "") for key in keys))}


QUOTED = ("obs_id", "doc_id", "quote", "char_start", "char_end")


def document(doc_id: str, number: int, code: str, name: str, year: int) -> dict[str, Any]:
    """A province's report of a year."""
    return blank(
        DOCUMENTS, doc_id=doc_id, path=f"archive/{number}.pdf", paths=(f"archive/{number}.pdf",), area_regime="63",
        title=f"Báo cáo cải cách hành chính tỉnh {name} năm {year}", ref_area=code, issued_on=date(year, 12, 20),
        number=f"{number}/BC-UBND", status="ok", parser_version="1", language="vi",
    )  # fmt: skip


def finding(row: dict[str, Any]) -> dict[str, Any]:
    """Something to look at about an observation."""
    return blank(
        CHECKS, check_id=hashlib.sha256(row["doc_id"].encode()).hexdigest()[:20], doc_id=row["doc_id"],
        check="C1-sum-of-parts", severity="warning", message="the parts do not sum up", obs_ids=(row["obs_id"],),
    )  # fmt: skip


MEASURES = (
    ("index.score", "PAR_INDEX", "percent"), ("index.rank", "PAR_INDEX", "rank"), ("index.score", "PAPI", "point"),
    ("index.rank", "PAPI", "rank"), ("index.score", "SIPAS", "percent"), ("dossier.received", None, "count"),
    ("dossier.resolved", None, "count"), ("dossier.resolved_early_or_on_time", None, "count"),
    ("dossier.resolved_overdue", None, "count"), ("dossier.on_time_rate", None, "percent"),
    ("task.total", None, "count"),    ("task.completed", None, "count"), ("task.in_progress", None, "count"),
)  # fmt: skip


def observation(doc_id: str, n: int, code: str, name: str, year: int, chance: random.Random) -> dict[str, Any]:
    """The n-th observation of a document: of the province itself first, then of its agencies."""
    indicator, index, unit = MEASURES[n % len(MEASURES)]
    subject = f"Tỉnh {name}" if n < len(MEASURES) else f"Sở số {chance.randrange(40)} tỉnh {name}"
    value = Decimal(chance.randint(1, 63) if unit == "rank" else chance.randint(4000, 9900)) / (
        1 if unit == "rank" else 100
    )
    return blank(
        OBSERVATIONS, obs_id=f"{hashlib.sha256(f'{doc_id}{n}'.encode()).hexdigest()[:20]}-1", doc_id=doc_id,
        indicator=indicator, index=index, value=value, unit=unit, comparator="eq", subject=subject, ref_area=code,
        area_regime="63", time_period=str(year), period_start=date(year, 1, 1), period_end=date(year, 12, 31),
        obs_status="actual", quote=f"tiếp nhận, giải quyết đạt {value}", char_start=n * 100, char_end=n * 100 + 30,
        value_start=n * 100 + 20, value_end=n * 100 + 25, rule_id=f"bench/{n}", confidence=0.9,
        scope="national" if unit == "rank" and n < len(MEASURES) else None, **UNREVIEWED,
    )  # fmt: skip


def point(row: dict[str, Any]) -> dict[str, Any]:
    """The point of a series that an observation gives."""
    key = "|".join(str(row[name]) for name in ("indicator", "index", "subject", "ref_area", "scope", "unit"))
    who = hashlib.sha256(row["subject"].encode()).hexdigest()[:12]
    shared = {name: row[name] for name in SERIES.names if name in row}
    return blank(
        SERIES, **shared, subject_id="_T" if row["subject"].startswith("Tỉnh") else who,
        point_id=hashlib.sha256(f"{key}{row['time_period']}".encode()).hexdigest()[:20],
        series_id=hashlib.sha256(key.encode()).hexdigest()[:16], origin="stated", agreement="single",
        obs_ids=(row["obs_id"],), doc_ids=(row["doc_id"],),
    )  # fmt: skip


def blank(table: Any, **cells: Any) -> dict[str, Any]:
    """A row of a table with these cells; others are empty, zero or lists without entries, as the table admits."""
    fill: dict[str, Any] = {"integer": 0, "list of text": (), "list of boxes": ()}
    return {
        column.name: cells.get(column.name, None if column.nullable else fill.get(str(column.kind), ""))
        for column in table.columns
    }


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())

"""Archives of growing size: time a document, memory, cache; and what a second run costs after each kind of change.

python bench_archive.py [--place FOLDER] [DOCUMENTS …]   (100 and 1,000 unless told)

With --place everything stays in FOLDER, and a benchmark that was stopped goes on after the last run that ended.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from archives import write_archive
from measure import Measured, measured, publish, table

ROOT = Path(__file__).parents[1]
WORDING = "thụ lý được"
"""A wording that no rule knows, in two documents of a hundred, until the rule is changed."""
RULE, LINE = Path("rules/measures/dossier.yaml"), "      - thụ lý mới\n"


class Bench:
    """The runs of one place, each made once."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._results = place / "results.json"
        self._code = place / "code"  # a copy, so that a rule can be changed
        for part in ("pipeline", "rules"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / part, self._code / part, ignore=ignored, dirs_exist_ok=True)
        os.environ["PYTHONPATH"] = str(self._code)

    def archive(self, size: int) -> Path:
        """An archive of so many documents."""
        folder = self._place / f"archive-{size}"
        if not (folder / "whole.md").exists():
            print(f"writing {size:,} documents …", flush=True)
            for file in sorted(write_archive(folder, size).rglob("*.txt"))[::12]:
                text = file.read_text(encoding="utf-8")
                file.write_text(f"{text}Trong kỳ, {WORDING} 12 hồ sơ.\n", encoding="utf-8")
            (folder / "whole.md").touch()
        return folder

    def out(self, size: int, workers: int) -> Path:
        """Where runs over an archive go."""
        return self._place / f"out-{size}-{workers}"

    def run(self, what: str, size: int, workers: int, before: Callable[[], None] = lambda: None) -> Measured:
        """A run of the copied program after `before`; its figures are kept."""
        known = json.loads(self._results.read_text()) if self._results.exists() else {}
        name = f"{size} documents, {workers} workers, {what}"
        if name not in known:
            print(f"{name} …", flush=True)
            before()
            archive, out = self.archive(size), self.out(size, workers)
            command = ("run", archive, "--out", out, "--workers", workers, "--quiet")
            known[name] = asdict(measured(sys.executable, "-P", "-m", "pipeline.cli", *command))
            known[name]["output"] = json.dumps({**json.loads((out / "run.json").read_text()), **sizes_of(out)})
            self._results.write_text(json.dumps(known, indent=1))
        return Measured(**known[name])

    def change_file(self, size: int) -> None:
        """One file is edited."""
        file = sorted(self.archive(size).rglob("*.txt"))[0]
        file.write_text(file.read_text(encoding="utf-8") + "Ghi chú.\n", encoding="utf-8")

    def change_rule(self, size: int) -> None:
        """A wording is added to a rule, or taken out again."""
        rule = self._code / RULE
        text, added = rule.read_text(encoding="utf-8"), f"{LINE}      - {WORDING}\n"
        assert text.count(LINE) == 1
        rule.write_text(text.replace(added, LINE) if added in text else text.replace(LINE, added), encoding="utf-8")


def sizes_of(out: Path) -> dict[str, float]:
    """MiB of the cache, of the tables and of the ledger."""
    files = {"cache": (out / ".cache").rglob("*"), "parquet": out.glob("*.parquet"), "csv": out.glob("*.csv"),
             "ledger": out.glob("solieu.sqlite*")}  # fmt: skip
    return {kind: sum(f.stat().st_size for f in some if f.is_file()) / 2**20 for kind, some in files.items()}


def reckoned(size: int, one: Measured, small: tuple[int, Measured]) -> str:
    """The slopes of the largest archive, and what they come to for ten million pages."""
    made, pages = json.loads(one.output), 10_000_000
    growth = max(0.0, (one.memory - small[1].memory) / max(1, size - small[0])) * 1024
    slopes = [
        ("processor time", one.processor / size * 1000, "ms", pages / 3.6e6, "core hours"),
        ("memory of the main process, beyond its base", growth, "KiB", pages / 2**20, "GiB"),
        *((f"{kind}", made[kind] * 1024 / size, "KiB", pages / 2**20, "GiB")
          for kind in ("cache", "parquet", "csv", "ledger")),
    ]  # fmt: skip
    rows = [(what, f"{each:.1f} {unit}", f"{each * times:,.0f} {total}") for what, each, unit, times, total in slopes]
    return table(("", f"a page, of {size:,}", "ten million pages"), rows)


def main(sizes: list[int], place: Path) -> None:
    """Measure, print, and write the sections `scale` and `again`."""
    bench = Bench(place)
    scale, again = [], []
    for size in sizes:
        for workers in (1, 2):
            first = bench.run("first", size, workers)
            memory = " ".join(f"{main}/{worker}" for main, worker in first.thirds)
            scale.append(
                (f"{size:,}", workers, f"{first.wall:.1f}", f"{first.wall / size * 1000:.0f}",
                 f"{first.processor / size * 1000:.0f}", first.memory, first.worker_memory, memory,
                 f"{json.loads(first.output)['cache']:.0f}")
            )  # fmt: skip
        runs = {
            "nothing changed": bench.run("nothing changed", size, 2),
            "one file changed": bench.run("one file changed", size, 2, lambda size=size: bench.change_file(size)),  # type: ignore[misc]
            "one wording added to a rule": bench.run(
                "one rule changed", size, 2, lambda size=size: bench.change_rule(size)  # type: ignore[misc]
            ),
        }  # fmt: skip
        again += [
            (f"{size:,}", what, f"{json.loads(m.output)['done']:,}", f"{m.wall:.2f}", f"{m.processor:.2f}",
             f"{first.wall / m.wall:.0f}", f"{first.processor / m.processor:.0f}")
            for what, m in runs.items()
        ]  # fmt: skip
    head = ("documents", "workers", "s", "ms a document", "processor ms a document", "main process, MiB",
            "largest worker, MiB", "main/worker by thirds of the time, MiB", "cache, MiB")  # fmt: skip
    publish("scale", table(head, scale) + "\n\nOne page each, text, HTML, Word and PDF in turn.")
    small = (sizes[0], bench.run("first", sizes[0], 1))
    publish("reckoned", reckoned(sizes[-1], bench.run("first", sizes[-1], 1), small))
    head = ("documents", "", "documents done", "s", "processor s", "times as fast as the first run",
            "the same in processor seconds")  # fmt: skip
    publish("again", table(head, again) + "\n\nTwo workers.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1000])
    parser.add_argument("--place", type=Path)
    given = parser.parse_args()
    if given.place is not None:
        given.place.mkdir(parents=True, exist_ok=True)
        main(given.sizes, given.place)
    else:
        with tempfile.TemporaryDirectory() as name:
            main(given.sizes, Path(name))

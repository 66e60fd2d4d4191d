"""Archives of growing size: time a document, memory, cache; and what a second run costs after each kind of change.

python bench_archive.py [DOCUMENTS …]   (100 and 1,000 unless told)
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from archives import write_archive
from measure import Measured, measured, publish, table

ROOT = Path(__file__).parents[1]


def main(sizes: list[int]) -> None:
    """Measure, print, and write the sections `scale` and `again`."""
    scale, again = [], []
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        code = place / "code"  # a copy, so that a rule can be changed
        for part in ("pipeline", "rules"):
            shutil.copytree(ROOT / part, code / part, ignore=shutil.ignore_patterns("__pycache__"))
        os.environ["PYTHONPATH"] = str(code)
        for size in sizes:
            archive = write_archive(place / f"archive-{size}", size)
            for workers in (1, 2):
                out = place / f"out-{size}-{workers}"
                first = run(archive, out, workers)
                cache = sum(file.stat().st_size for file in (out / ".cache").rglob("*") if file.is_file())
                scale.append(
                    (f"{size:,}", workers, f"{first.wall:.1f}", f"{first.wall / size * 1000:.0f}",
                     f"{first.processor / size * 1000:.0f}", first.memory, first.worker_memory, f"{cache / 2**20:.1f}")
                )  # fmt: skip
            runs = {"nothing changed": run(archive, out, 2)}
            changed = sorted(archive.rglob("*.txt"))[0]
            changed.write_text(changed.read_text(encoding="utf-8") + "Ghi chú.\n", encoding="utf-8")
            runs["one file changed"] = run(archive, out, 2)
            rule = code / "rules" / "measures" / "task.yaml"
            rule.write_text(rule.read_text(encoding="utf-8") + f"# {size}\n", encoding="utf-8")
            runs["one rule changed"] = run(archive, out, 2)
            again += [
                (f"{size:,}", what, f"{m.wall:.2f}", f"{m.processor:.2f}", f"{first.wall / m.wall:.0f}",
                 f"{first.processor / m.processor:.0f}")
                for what, m in runs.items()
            ]  # fmt: skip
    head = ("documents", "workers", "s", "ms a document", "processor ms a document", "main process, MiB",
            "largest worker, MiB", "cache, MiB")  # fmt: skip
    publish("scale", table(head, scale) + "\n\nOne page each, text, HTML, Word and PDF in turn.")
    head = ("documents", "", "s", "processor s", "times as fast as the first run", "the same in processor seconds")
    publish("again", table(head, again))


def run(archive: Path, out: Path, workers: int) -> Measured:
    """A run of the copied program."""
    return measured(sys.executable, "-m", "pipeline.cli", "run", archive, "--out", out, "--workers", workers, "--quiet")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [100, 1000])

"""What a run ends with: a table of its figures, its failures, and where the results are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.run.figures import Figures

_FAILURES_SHOWN = 10


def summary(figures: Figures, out: Path) -> None:
    """Print the figures to standard output."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    table.add_column()
    for name, text in _lines(figures):
        table.add_row(name, Text(text))
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    console.print(failures_text(figures), end="", markup=False)
    if figures.state == "interrupted":
        console.print(f"Interrupted: {figures.left} documents are left. Run the same command again to go on.")
    else:
        console.print(f"Results: {out}/*.parquet, *.csv; failures: {out}/errors.csv; ledger: {out}/solieu.sqlite")


def _lines(figures: Figures) -> list[tuple[str, str]]:
    documents = f"{figures.documents:,}"
    if figures.partial:
        documents += f" ({figures.partial:,} in part)"
    work = f"{figures.done:,} done, {figures.cached:,} unchanged, {figures.gone:,} gone in {figures.seconds:.1f} s"
    if figures.skipped:
        work += f"; {figures.skipped:,} files are no documents"
    facts = ", ".join(f"{family} {count:,}" for family, count in figures.facts.items() if count)
    share = f"{figures.unexplained:,} of {figures.numerals:,} ({figures.unexplained_share:.2%})"
    return [
        ("documents", documents),
        ("this run", work),
        ("pages", f"{figures.pages:,}"),
        ("facts", facts or "none"),
        ("numerals unexplained", share),
        ("findings", f"{figures.findings:,}"),
        ("failures", f"{len(figures.failures):,}"),
    ]


def failures_text(figures: Figures) -> str:
    """The first failures, each with cause and hint."""
    shown = sorted(figures.failures, key=lambda failure: failure.path)[:_FAILURES_SHOWN]
    lines = []
    for failure in shown:
        lines.append(f"  {failure.path}: {failure.cause}: {failure.message}")
        if failure.hint:
            lines.append(f"    {failure.hint}")
    if len(figures.failures) > len(shown):
        lines.append(f"  … and {len(figures.failures) - len(shown):,} more in errors.csv")
    return "".join(line + "\n" for line in lines)

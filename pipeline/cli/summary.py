"""What a run ends with: a table of its figures, its failures, and where the results are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.run.figures import Figures

_FAILURES_SHOWN = 10


def summary(figures: Figures, out: Path, address: str | None = None) -> None:
    """Print the figures to standard output; `address` is where the dataset was published, if not in `out` alone."""
    width = 2 + max(len(name) for name, _ in _lines(figures))
    for name, text in _lines(figures):
        click.echo(click.style(f"{name:{width}}", bold=True) + text)
    click.echo(failures_text(figures), nl=False)
    if figures.state == "interrupted":
        click.echo(f"Interrupted: {figures.left} documents are left. Run the same command again to go on.")
    elif address:
        click.echo(f"Results: {address}/dataset.json names the files; ledger and cache: {out}")
    else:
        click.echo(f"Results: {out}/*.parquet, *.csv; failures: {out}/errors.csv; ledger: {out}/solieu.sqlite")


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

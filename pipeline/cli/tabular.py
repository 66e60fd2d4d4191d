"""Tables on the screen, for reading or as CSV."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

_WIDE = 400


def show(lines: Sequence[tuple[str, ...]], form: str) -> None:
    """Print lines, the first of them the heads, as a `table` for reading or as `csv` in which nothing is a formula."""
    if form == "csv":
        import csv

        from pipeline.store.cells import defused

        csv.writer(sys.stdout, lineterminator="\n").writerows([defused(cell) for cell in line] for line in lines)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*lines[0], box=None, pad_edge=False)
    for line in lines[1:]:
        table.add_row(*(Text(cell) for cell in line))
    console = Console()
    # Into a file or a pipe, lines are as long as they are: nobody reads broken ones with a program.
    (console if console.is_terminal else Console(width=_WIDE)).print(table)
    click.echo(f"{len(lines) - 1:,} line{'' if len(lines) == 2 else 's'}", err=True)

"""`solieu rules`: for someone who writes rules and no Python. The work is done by `authoring`."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.group(short_help="Check, try and list the rules.")
def rules() -> None:
    """Check, try and list the rules in `rules/`.

    \b
    solieu rules check
    solieu rules try "xếp thứ 20/63 tỉnh, thành phố"
    """


@rules.command()
@click.option("--twins/--no-twins", default=True, show_default=True, help="Run the machine-made twins of examples too.")
@click.option("--branches", is_flag=True, help="List each branch of a phrase that no example uses, too.")
def check(twins: bool, branches: bool) -> None:
    """Validate every rule file and run its examples; errors name the file and the line."""
    from pipeline.authoring import commands

    sys.exit(commands.check(twins=twins, branches=branches))


@rules.command(name="try")
@click.argument("text", metavar="TEXT|FILE")
def try_(text: str) -> None:
    """Show what the rules read in TEXT, or in a FILE, and why."""
    from pipeline.authoring import commands

    sys.exit(commands.try_text(text))


@rules.command(name="list")
def list_() -> None:
    """List every measure with its code, names and unit."""
    from pipeline.authoring import commands

    sys.exit(commands.list_rules())


@rules.command()
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.  [default: docs/rules.md]"
)
def doc(out: Path | None) -> None:
    """Write the catalogue of the rules (docs/rules.md)."""
    from pipeline.authoring import commands

    sys.exit(commands.doc(out))

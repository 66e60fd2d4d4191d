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
@click.argument("name", required=False)
@click.option("--twins/--no-twins", default=True, show_default=True, help="Run the machine-made twins of examples too.")
def check(name: str | None, twins: bool) -> None:
    """Validate every rule file, run its examples and try every branch of its phrases.

    With NAME, the name of a rule file without its ending, only that file's examples and phrases are run.
    """
    from pipeline.authoring import commands

    sys.exit(commands.check(name, twins=twins))


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

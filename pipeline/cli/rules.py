"""`solieu rules`: for someone who writes rules and no Python. The work is done by the rulebook."""

from __future__ import annotations

import sys

import click


@click.group(short_help="Check, try and list the rules.")
def rules() -> None:
    """Check, try and list the rules in `rules/`.

    \b
    solieu rules check
    solieu rules try "xếp thứ 20/63 tỉnh, thành phố"
    """


@rules.command()
def check() -> None:
    """Validate every rule file and run its examples; errors name the file and the line."""
    from pipeline.rulebook import commands

    sys.exit(commands.check())


@rules.command(name="try")
@click.argument("text", metavar="TEXT|FILE")
def try_(text: str) -> None:
    """Show what the rules read in TEXT, or in a FILE, and why."""
    from pipeline.rulebook import commands

    sys.exit(commands.try_text(text))


@rules.command(name="list")
def list_() -> None:
    """List every measure with its code, names and unit."""
    from pipeline.rulebook import commands

    sys.exit(commands.list_rules())


@rules.command()
def doc() -> None:
    """Print the rule catalogue (docs/rules.md)."""
    from pipeline.rulebook import commands

    sys.exit(commands.doc())

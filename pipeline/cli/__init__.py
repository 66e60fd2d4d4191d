"""The command line. Each command lives in a module of its own, loaded when it is called."""

from __future__ import annotations

import importlib
from typing import Any

import click

from pipeline import __version__

COMMANDS = {
    "run": "pipeline.cli.run:run",
    "watch": "pipeline.cli.watch:watch",
    "extract": "pipeline.cli.extract:extract",
    "text": "pipeline.cli.reading:text",
    "tables": "pipeline.cli.reading:tables",
    "evaluate": "pipeline.cli.evaluate:evaluate",
    "diff": "pipeline.cli.evaluate:diff",
    "series": "pipeline.cli.series:series",
    "export": "pipeline.cli.export:export",
    "review": "pipeline.cli.review:review",
    "rules": "pipeline.cli.rules:rules",
    "corpus": "pipeline.cli.corpus:corpus",
    "serve": "pipeline.cli.serve:serve",
    "users": "pipeline.cli.users:users",
    "doctor": "pipeline.cli.doctor:doctor",
}
"""Each command and where it is defined, in the order of the help page."""


class Commands(click.Group):
    """A group that imports a command's module only when that command is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OSError as problem:
            from pipeline.cli.console import unusable

            mistake = unusable(problem)
            if mistake is None:
                raise
            raise mistake from None
        except Exception as problem:
            from pipeline.rulebook.source import RuleError

            if not isinstance(problem, RuleError):
                raise
            said = f"the rules have a fault: {problem}\nHint: `solieu rules check` tells of all faults."
            raise click.ClickException(said) from None


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 all well, 1 some documents failed, 2 wrong usage, 130 interrupted.",
)
@click.version_option(__version__, prog_name="solieu")
def main() -> None:
    """Figures of Vietnamese government reports as data, each led back to its words on its page.

    \b
    solieu run archive                    every document below a folder into the dataset in outputs/
    solieu extract report.pdf             one document's facts to the screen
    solieu run archive                    again: go on where an earlier run stopped, read what is new
    solieu serve                          look at the dataset in a browser
    solieu run --help                     every command shows by example what it does
    """

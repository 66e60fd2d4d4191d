"""How commands speak to the user: errors with a cause and a hint."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.model import Failure

FILE = click.Path(path_type=Path)


class Place(click.ParamType[Path | str]):
    """A path, or a URL of a store (s3://…), which stays a text."""

    name = "path"

    def convert(self, value: Path | str, _param: click.Parameter | None, _ctx: click.Context | None) -> Path | str:
        return value if isinstance(value, Path) or "://" in value else Path(value)


PLACE = Place()


class Mistake(click.ClickException):
    """A wrong use of a command: what is wrong, and what to do. Exit code 2."""

    exit_code = 2

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message}\nHint: {hint}")


def report(failure: Failure) -> None:
    """One failed document, to standard error."""
    click.echo(f"{failure.path}: {failure.cause}: {failure.message}", err=True)
    if failure.hint:
        click.echo(f"  Hint: {failure.hint}", err=True)

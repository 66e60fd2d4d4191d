"""How commands speak to the user: errors with a cause and a hint."""

from __future__ import annotations

import errno
import os
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


def unusable(problem: OSError) -> Mistake | None:
    """A file that cannot be used, or a full disk, as a mistake; None for whatever else the system refuses."""
    named = problem.filename2 or problem.filename  # where a finished file is put in its place, the place
    if not isinstance(named, str | os.PathLike):
        # Whoever writes into an open file is not told which: a full disk.
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            return Mistake(f"what is made cannot be written: {problem.strerror}", _HINTS[problem.errno])
        return None
    hint = _HINTS.get(problem.errno or 0, "See whether the path is right.")
    return Mistake(f"{os.fspath(named)} cannot be used: {problem.strerror}", hint)


_HINTS = {
    errno.EACCES: "See whether you may read and write there.",
    errno.EPERM: "See whether you may read and write there.",
    errno.EROFS: "The disk may only be read: give a path on another.",
    errno.EISDIR: "It is a folder: give the path of a file.",
    errno.ENOTDIR: "A part of the path is a file: give the path of a folder.",
    errno.EEXIST: "A file is in the way: give another path.",
    errno.ENOSPC: "The disk is full: free some space and try again.",
    errno.EDQUOT: "Your share of the disk is used up: free some space and try again.",
}
"""What to do, by the system's reason."""


def report(failure: Failure) -> None:
    """One failed document, to standard error."""
    click.echo(f"{failure.path}: {failure.cause}: {failure.message}", err=True)
    if failure.hint:
        click.echo(f"  Hint: {failure.hint}", err=True)

"""`solieu users`: who may see and review a dataset at a server."""

from __future__ import annotations

import getpass
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline.cli.console import FILE, Mistake
from pipeline.people.accounts import AccountError, Accounts, By
from pipeline.people.database import NAME, Database
from pipeline.people.passwords import SHORTEST, WeakPasswordError
from pipeline.people.person import Role, WrongNameError

_F = TypeVar("_F", bound=Callable[..., Any])
_ROLES = click.Choice([role.value for role in Role])


def _out(command: _F) -> _F:
    return click.option(
        "--out", type=FILE, default="outputs", show_default=True, metavar="DIR", help="Where the dataset is."
    )(command)


def _stdin(command: _F) -> _F:
    return click.option("--stdin", is_flag=True, help="Read the password from standard input, its first line.")(command)


@click.group(short_help="Who may see and review the dataset at a server: users, roles, passwords.")
def users() -> None:
    """Who may see and review the dataset at a server.

    A viewer sees everything, a reviewer decides as well, an administrator looks after the people too.
    Users are kept beside the dataset, in DIR/people.sqlite; a running server sees changes at once.

    \b
    solieu users add "Nguyễn Thị Hoa" --role administrator
    solieu users list
    solieu users role "Trần Văn Bình" viewer
    """


@users.command(short_help="A new user; the password is asked for.")
@click.argument("name")
@click.option("--role", type=_ROLES, default=Role.REVIEWER.value, show_default=True, help="What the user may do.")
@click.option("--without-password", is_flag=True, help="Only for servers with --login-header: the proxy logs in.")
@_stdin
@_out
def add(name: str, role: str, without_password: bool, stdin: bool, out: Path) -> None:
    """A new user; the password is asked for, twice.

    \b
    solieu users add "Nguyễn Thị Hoa" --role administrator
    pass show solieu/binh | solieu users add "Trần Văn Bình" --stdin
    """
    with _accounts(out) as accounts:
        person = accounts.add(name, Role(role), None if without_password else _password(stdin), _by())
    click.echo(f"{person.name} is {_ARTICLES[person.role]} {person.role} of {out}")


@users.command("list", short_help="Every user with role and last visit.")
@_out
def list_(out: Path) -> None:
    """Every user with role and last visit.

    \b
    solieu users list --out data
    """
    with _accounts(out) as accounts:
        known = accounts.all()
        if not known:
            click.echo(f'no users yet: solieu users add "NAME" --out {out}', err=True)
        for account in known:
            seen = datetime.fromtimestamp(account.seen, UTC).strftime("%Y-%m-%d %H:%M UTC") if account.seen else "never"
            way = "" if account.has_password else "  (by proxy only)"
            click.echo(f"{account.role:<14} {account.name}  seen {seen}{way}")


@users.command(short_help="Give a user another role.")
@click.argument("name")
@click.argument("role", type=_ROLES)
@_out
def role(name: str, role: str, out: Path) -> None:
    """Give a user another role: viewer, reviewer or administrator.

    \b
    solieu users role "Trần Văn Bình" administrator --out data
    """
    with _accounts(out) as accounts:
        accounts.set_role(name, Role(role), _by())
    click.echo(f"{name} is {_ARTICLES[Role(role)]} {role} now")


@users.command(short_help="Give a user a new password; it is asked for.")
@click.argument("name")
@_stdin
@_out
def password(name: str, stdin: bool, out: Path) -> None:
    """Give a user a new password; it is asked for, twice. Every session of the user ends.

    \b
    solieu users password "Trần Văn Bình" --out data
    """
    with _accounts(out) as accounts:
        accounts.set_password(name, _password(stdin), _by())
    click.echo(f"{name} has a new password")


@users.command(short_help="Take a user away; their decisions stay.")
@click.argument("name")
@_out
def remove(name: str, out: Path) -> None:
    """Take a user away, with every session. What they decided stays.

    \b
    solieu users remove "Trần Văn Bình" --out data
    """
    with _accounts(out) as accounts:
        accounts.remove(name, _by())
    click.echo(f"{name} is no user any more")


_ARTICLES = {Role.VIEWER: "a", Role.REVIEWER: "a", Role.ADMINISTRATOR: "an"}
_HINTS = {
    "taken": "Choose another name, or give the user a new password: solieu users password NAME.",
    "unknown": "See who there is: solieu users list.",
    "last": "Make somebody else an administrator first: solieu users role NAME administrator.",
}


@contextmanager
def _accounts(out: Path) -> Iterator[Accounts]:
    """The users of a dataset; what is wrong with a change becomes a Mistake."""
    if not out.is_dir():
        raise Mistake(f"there is no dataset at {out}", "Make one first: solieu run PATH --out DIR, or make run.")
    try:
        database = Database(out)
    except (OSError, sqlite3.Error) as problem:
        raise Mistake(f"{out / NAME} cannot be used: {problem}", "Only its owner may read and write it.") from None
    try:
        yield Accounts(database)
    except AccountError as problem:
        raise Mistake(str(problem), _HINTS[problem.key]) from None
    except WeakPasswordError as problem:
        raise Mistake(
            str(problem), f"A short sentence of more than {SHORTEST} characters is easiest to remember."
        ) from None
    except WrongNameError as problem:
        raise Mistake(str(problem), "Give the name that shall stand beside the decisions.") from None
    except ModuleNotFoundError as problem:
        hint = "Install the web part: pip install 'solieu[web]'."
        raise Mistake(f"the package {problem.name} is not installed", hint) from None
    finally:
        database.close()


def _password(stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    answer: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more")
    return answer


def _by() -> By:
    """Whoever runs the command, by the name of their account at this machine."""
    return By(whoever_runs())


def whoever_runs() -> str:
    """The name under which the log tells of commands."""
    try:
        return f"{getpass.getuser()} (command line)"
    except (OSError, KeyError):
        return "(command line)"

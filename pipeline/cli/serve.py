"""`solieu serve`: the web application."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import FILE, Mistake
from pipeline.people.person import WrongNameError, clean_name

if TYPE_CHECKING:
    from pipeline.web.people.doors import Network, People

_FILE_HINT = "The server needs to write the file and its folder, which only its owner may."
_LOCAL = ("127.0.0.1", "localhost", "::1")


@click.command(short_help="Show the dataset in a browser: dashboard, documents beside their facts, JSON API.")
@click.option("--out", type=FILE, default="outputs", show_default=True, metavar="DIR", help="Where the dataset is.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="The port; 0: any free one."
)
@click.option("--name", "names", multiple=True, metavar="NAME",
              help="A host name that browsers may use, beside those of this machine. May be repeated.")  # fmt: skip
@click.option("--reviewer", metavar="NAME", help="Review under this name; without it the pages ask for one.")
@click.option("--open-reading", is_flag=True, help="Show the dataset to everybody; only the review asks to log in.")
@click.option("--read-only", is_flag=True, help="Show the dataset to everybody, without the review.")
@click.option("--login-header", metavar="HEADER",
              help="Whom a trusted proxy has logged in, for example X-Remote-User.")  # fmt: skip
@click.option("--trusted-proxy", "proxies", multiple=True, metavar="ADDRESS",
              help="A proxy (address or network) whose word is taken. May be repeated.")  # fmt: skip
def serve(
    out: Path, host: str, port: int, names: tuple[str, ...], reviewer: str | None, open_reading: bool,
    read_only: bool, login_header: str | None, proxies: tuple[str, ...],
) -> None:  # fmt: skip
    """Show the dataset in DIR in a browser, and review it there. Nothing leaves this machine.

    A run into DIR may go on meanwhile: the pages follow when it is done. Only requests for a host name
    that is known are answered; behind a proxy, or at another address, give its name with --name.

    At this machine alone nobody logs in. At another address or name, and wherever there are users
    (solieu users), everybody does, unless --open-reading or --read-only says otherwise.

    \b
    solieu serve                                   then open http://127.0.0.1:8765
    solieu serve --out data --port 9000 --reviewer "Nguyễn Thị Hoa"
    solieu serve --host 0.0.0.0 --name figures.example --open-reading
    solieu serve --name figures.example --trusted-proxy 127.0.0.1 --login-header X-Remote-User
    """
    if not out.is_dir():
        raise Mistake(f"there is no dataset at {out}", "Make one first: solieu run PATH --out DIR, or make run.")
    if host not in _LOCAL and not names:
        raise Mistake(
            f"listening at {host} needs a host name that browsers will use",
            "Give it with --name, for example the name of this machine.",
        )
    try:
        import uvicorn

        from pipeline.web.app import create_app
        from pipeline.web.archive import Archive, ArchiveError
        from pipeline.web.people.doors import Doors
    except ModuleNotFoundError as problem:
        hint = "Install the web part: pip install 'solieu[web]'."
        raise Mistake(f"the package {problem.name} is not installed", hint) from None
    listening = _listening(host, port)
    networks, reviewer = _networks(login_header, proxies), _reviewer(reviewer)
    people = None if read_only else _people(out, host not in _LOCAL or bool(names) or login_header is not None)
    if people is not None and reviewer is not None:
        raise Mistake("this dataset has users: each reviews under their own name", "Leave --reviewer out.")
    doors = Doors(people, reviewer, login_header, networks, open_reading, read_only)
    try:
        archive = Archive(out)
    except ArchiveError as problem:
        raise Mistake(
            f"the dataset at {out} cannot be read: {problem}", "Run solieu run again, with --force."
        ) from None
    app = create_app(archive, names, doors=doors)
    address = f"http://{host if host != '0.0.0.0' else names[0]}:{listening.getsockname()[1]}"
    click.echo(f"{out} at {address}  (Ctrl-C ends)", err=True)
    settings = uvicorn.Config(app, log_level="warning", server_header=False, proxy_headers=False, lifespan="off")
    with listening, suppress(KeyboardInterrupt):
        uvicorn.Server(settings).run([listening])


def _listening(host: str, port: int) -> socket.socket:
    """The port, taken before anything is prepared. Raises Mistake where it cannot be had."""
    taken = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as problem:
        taken.close()
        hint = "Give an address of this machine with --host."
        if problem.errno == errno.EADDRINUSE:
            hint = (
                "Another program has the port, perhaps another `solieu serve`. Choose one with --port; 0: any free one."
            )
        elif problem.errno == errno.EACCES:
            hint = "Ports below 1024 are for administrators: choose a higher one with --port."
        raise Mistake(f"the server cannot listen at {host}, port {port}: {problem.strerror}", hint) from None
    return taken


def _people(out: Path, needed: bool) -> People | None:
    """The users of a dataset; None where there are none and none are needed. Raises Mistake where they are needed."""
    from pipeline.people.database import NAME, Database
    from pipeline.web.people.doors import People

    try:
        if Database.is_in(out) and (people := People(Database(out))).accounts.any():
            return people
    except (OSError, sqlite3.Error) as problem:
        raise Mistake(f"{out / NAME} cannot be used: {problem}", _FILE_HINT) from None
    if not needed:
        return None
    raise Mistake(
        "there are no users yet, and others than this machine could reach the review",
        f"Make one: solieu users add NAME --role administrator --out {out}; or show the dataset alone: --read-only.",
    )


def _reviewer(name: str | None) -> str | None:
    try:
        return None if name is None else clean_name(name)
    except WrongNameError as problem:
        raise Mistake(f"--reviewer: {problem}", "Give the name that shall stand beside the decisions.") from None


def _networks(login_header: str | None, proxies: tuple[str, ...]) -> tuple[Network, ...]:
    if login_header is not None and not proxies:
        raise Mistake(
            "--login-header needs the address of the proxy that sets it",
            "Give it with --trusted-proxy, for example 127.0.0.1. From elsewhere the header is not believed.",
        )
    try:
        return tuple(ipaddress.ip_network(address) for address in proxies)
    except ValueError as problem:
        raise Mistake(f"--trusted-proxy: {problem}", "Give an address (10.0.0.5) or a network (10.0.0.0/24).") from None

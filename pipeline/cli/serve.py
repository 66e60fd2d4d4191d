"""`solieu serve`: the web application."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.console import FILE, Mistake

_LOCAL = ("127.0.0.1", "localhost", "::1")


@click.command(short_help="Show the dataset in a browser: dashboard, documents beside their facts, JSON API.")
@click.option("--out", type=FILE, default="outputs", show_default=True, metavar="DIR", help="Where the dataset is.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="The port; 0: any free one."
)
@click.option("--name", "names", multiple=True, metavar="NAME",
              help="A host name that browsers may use, beside those of this machine. May be repeated.")  # fmt: skip
def serve(out: Path, host: str, port: int, names: tuple[str, ...]) -> None:
    """Show the dataset in DIR in a browser. Nothing leaves this machine, nothing is changed.

    A run into DIR may go on meanwhile: the pages follow when it is done. Only requests for a host name
    that is known are answered; behind a proxy, or at another address, give its name with --name.

    \b
    solieu serve                                   then open http://127.0.0.1:8765
    solieu serve --out data --port 9000
    solieu serve --host 0.0.0.0 --name figures.example
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
    except ModuleNotFoundError as problem:
        hint = "Install the web part: pip install 'solieu[web]'."
        raise Mistake(f"the package {problem.name} is not installed", hint) from None
    try:
        archive = Archive(out)
    except ArchiveError as problem:
        raise Mistake(
            f"the dataset at {out} cannot be read: {problem}", "Run solieu run again, with --force."
        ) from None
    app = create_app(archive, names)
    click.echo(f"{out} at http://{host if host != '0.0.0.0' else names[0]}:{port}  (Ctrl-C ends)", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, lifespan="off")

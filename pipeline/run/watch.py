"""Keeping the dataset in step with folders into which files keep coming."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

from pipeline.rulebook.book import Rules
from pipeline.run.figures import Figures
from pipeline.run.job import Request, run
from pipeline.run.progress import Progress

_LOOK_EVERY = 500
"""Milliseconds after which files that were not whole yet are looked at again."""


def watch(request: Request, rules: Rules, progress: Progress, stop: Event | None = None) -> Iterator[Figures]:
    """Run once, and again whenever something below the paths changes, until `stop` is set or Ctrl-C.

    A file is taken once nobody has touched it for `request.settle` seconds. Gives the figures of each run
    that had something to do. Raises as `run`; ModuleNotFoundError without the package watchfiles.
    """
    import watchfiles

    out = request.out.resolve()
    later = replace(request, force=False)
    look, first = True, True
    changes = watchfiles.watch(
        *request.paths,
        watch_filter=lambda _, path: _concerns(Path(path), out),
        stop_event=stop,
        rust_timeout=_LOOK_EVERY,
        yield_on_timeout=True,
    )
    for changed in changes:
        if not (changed or look):
            continue
        figures = run(request if first else later, rules, progress)
        if first or figures.done or figures.gone:
            yield figures
        if figures.state == "interrupted":
            return
        look, first = figures.unsettled > 0, False


def _concerns(path: Path, out: Path) -> bool:
    """Whether a change is one of the archive: not of the results, which may lie within it, nor of a hidden file."""
    return not path.name.startswith(".") and out not in path.resolve().parents

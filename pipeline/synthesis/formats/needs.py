"""Packages that only a writer of files needs, and which extra brings them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class MissingPackageError(Exception):
    """A format cannot be written for want of a package."""


@contextmanager
def needed(package: str) -> Iterator[None]:
    """Turns a failed import of `package` into MissingPackageError, which says what to install."""
    try:
        yield
    except ModuleNotFoundError as absent:
        raise MissingPackageError(f"{package} is not installed; `pip install 'solieu[corpus]'` brings it") from absent

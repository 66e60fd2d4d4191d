"""Files in, Documents out. The type of a file is told by its content."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from pipeline.model import Cause, Document, ReadError, Source
from pipeline.read import registry
from pipeline.read.media_type import sniff
from pipeline.read.settings import DEFAULT, ReadSettings

READER_VERSION = "7"
"""Changes whenever the same bytes may give another Document."""

__all__ = ["READER_VERSION", "ReadSettings", "read", "read_bytes"]


def read(path: Path, settings: ReadSettings = DEFAULT) -> Document:
    """The document in the file `path`.

    Raises ReadError: UNREADABLE for what is no regular file or may not be opened, TOO_LARGE, EMPTY, and what
    the reader of its format raises.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a directory" if stat.S_ISDIR(status.st_mode) else "no regular file"
            raise ReadError(Cause.UNREADABLE, f"it is {what}", "Name a file; `solieu run` takes whole folders.")
        if status.st_size > settings.max_bytes:
            raise ReadError(
                Cause.TOO_LARGE,
                f"the file has {status.st_size:,} bytes, more than {settings.max_bytes:,}",
                "Split the file into its documents and run again.",
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(Cause.UNREADABLE, "there is no such file", "Check the path.") from error
    except PermissionError as error:
        raise ReadError(
            Cause.UNREADABLE, "the file may not be opened", "Give yourself the right to read it."
        ) from error
    except OSError as error:
        raise ReadError(
            Cause.UNREADABLE, f"the file cannot be read: {error.strerror}", "Copy it anew from its source."
        ) from error
    return read_bytes(data, str(path), settings)


def read_bytes(data: bytes, path: str, settings: ReadSettings = DEFAULT) -> Document:
    """The document in `data`; `path` is its name, for the record. Pure. Raises ReadError with cause and hint."""
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError(Cause.EMPTY, "the file is empty", "Copy it anew from its source.")
    media_type = sniff(data, path)
    source = Source(path, hashlib.sha256(data).hexdigest(), media_type, len(data))
    return registry.read(data, source, settings)

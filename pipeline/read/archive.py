"""Archives: the documents in a zip file, one after another, each under its name. 7z and RAR are refused with a hint.

Names in an archive are never used as paths; entries are read in memory, within one budget for all of them.
"""

from __future__ import annotations

from pipeline.model import Cause, ReadError
from pipeline.read import media_type, nested
from pipeline.read.container import Container
from pipeline.read.flow import Flow, Piece
from pipeline.read.settings import ReadSettings

_REFUSED = {media_type.SEVEN_ZIP: "7z", media_type.RAR: "RAR"}
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def flow(data: bytes, kind: str, settings: ReadSettings, depth: int = 0) -> Flow:
    """The pieces of the documents of an archive, by their names. What cannot be read of them is a warning.

    Raises ReadError: CORRUPT, TOO_LARGE; UNSUPPORTED for 7z and RAR; NO_TEXT if none of its files can be read.
    """
    if kind in _REFUSED:
        hint = "Unpack it and hand in the documents in it."
        raise ReadError(Cause.UNSUPPORTED, f"the file is a {_REFUSED[kind]} archive", hint)
    container = Container(data, settings)
    pieces: list[Piece] = []
    warnings: list[str] = []
    for name in sorted(container.names):
        if name.endswith("/") or any(junk in name for junk in _JUNK):
            continue
        found = nested.read(name, container.read(name) or b"", settings, depth + 1)
        pieces += found.pieces
        warnings += found.warnings
    if not pieces:
        said = f": {warnings[0]}" if warnings else ""
        raise ReadError(Cause.NO_TEXT, f"no file of the archive can be read{said}", "Unpack it and look at its files.")
    return Flow(tuple(pieces), warnings=tuple(warnings))

"""Files within files (attachments of mails, entries of archives): read as what they are, to a bounded depth.

Their text is part of the document of the file that they came in, each under its name. One that cannot be
read costs a warning, not the others.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.model import BlockKind, Cause, ReadError
from pipeline.read import media_type
from pipeline.read.flow import Flow, Passage, Piece, all_pieces
from pipeline.read.settings import ReadSettings

_SKIPPED = frozenset({media_type.GIF, media_type.BMP, media_type.WEBP})
"""Pictures in mails that are signs and logos as a rule."""


def read(name: str, data: bytes, settings: ReadSettings, depth: int) -> Flow:
    """The pieces of a file within a file, headed by its name (without folders). `depth` counts from 1."""
    shown = PurePosixPath(name.replace("\\", "/")).name or "file"
    try:
        pieces = _pieces(shown, data, settings, depth)
    except ReadError as error:
        return Flow(warnings=(f"{shown}: {error.message}",))
    heading: tuple[Piece, ...] = (Passage(shown, BlockKind.FURNITURE),)
    return Flow(heading + pieces) if pieces else Flow()


def _pieces(name: str, data: bytes, settings: ReadSettings, depth: int) -> tuple[Piece, ...]:
    from pipeline.read import registry

    if depth > settings.max_depth:
        raise ReadError(
            Cause.TOO_LARGE, "files are nested too deeply", "Unpack it and hand in the documents that matter."
        )
    kind = media_type.sniff(data, name)
    if not data.strip() or kind in _SKIPPED:
        return ()
    flow = registry.flow(data, kind, settings, depth)
    # A place on a page of a file within a file is no place on a page of this one.
    return tuple(_without_boxes(piece) for piece in all_pieces(flow))


def _without_boxes(piece: Piece) -> Piece:
    if isinstance(piece, Passage):
        return replace(piece, boxes=None)
    return replace(piece, cells=tuple(cell._replace(boxes=None) for cell in piece.cells))

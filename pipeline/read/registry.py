"""Which module reads which media type. Modules are imported when their format first comes up."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from pipeline.model import Cause, Document, ReadError, Source
from pipeline.read import media_type as types
from pipeline.read import plain
from pipeline.read.build import build
from pipeline.read.flow import Flow
from pipeline.read.mending import mended
from pipeline.read.settings import ReadSettings

Reader = Callable[[bytes, str, ReadSettings, int], Flow]

_MODULES = {
    types.TEXT: "plain",
    types.HTML: "html",
    types.PDF: "pdf",
    types.DOCX: "docx",
    types.DOC: "office",
    types.RTF: "office",
    types.ODT: "office",
    types.XLSX: "xlsx",
    types.XLS: "spreadsheet",
    types.XLSB: "spreadsheet",
    types.ODS: "spreadsheet",
    types.PPTX: "pptx",
    types.PPT: "pptx",
    types.ODP: "pptx",
    types.CSV: "csv_table",
    types.EML: "mail",
    types.MHTML: "mail",
    **dict.fromkeys((types.PNG, types.JPEG, types.TIFF, types.GIF, types.BMP, types.WEBP), "image"),
    types.ZIP: "archive",
    types.SEVEN_ZIP: "archive",
    types.RAR: "archive",
}
_HINTS = {
    types.BINARY: "Find out what program made the file, and save it as PDF, DOCX or text from there.",
    types.ENCRYPTED_OFFICE: "Open it with its password, save it without one, and run again.",
}


def read(data: bytes, source: Source, settings: ReadSettings) -> Document:
    """The document of a file of type `source.media_type`. Raises ReadError, as `flow` and `build` do."""
    if source.media_type == types.TEXT:
        # Plain text is its own canonical text but for what is mended; it is laid out in place, not written anew.
        return mended(plain.read(data, source, settings))
    return mended(build(source, flow(data, source.media_type, settings), settings))


def flow(data: bytes, media_type: str, settings: ReadSettings, depth: int = 0) -> Flow:
    """The pieces of a file of this type; `depth` is how many files it came in.

    Raises ReadError: ENCRYPTED or UNSUPPORTED where no module reads the type, and what its module raises.
    """
    name = _MODULES.get(media_type)
    if name is not None:
        return cast("Reader", import_module(f"pipeline.read.{name}").flow)(data, media_type, settings, depth)
    if media_type == types.ENCRYPTED_OFFICE:
        raise ReadError(Cause.ENCRYPTED, "the file is encrypted with a password", _HINTS[media_type])
    what = "no known format" if media_type == types.BINARY else f"a format that is not read: {media_type}"
    raise ReadError(
        Cause.UNSUPPORTED, f"the file has {what}", _HINTS.get(media_type, "Save it as PDF, DOCX or text and run again.")
    )

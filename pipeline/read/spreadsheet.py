"""Old and foreign spreadsheets (.xls, .xlsb, .ods): converted to XLSX by LibreOffice, then read."""

from __future__ import annotations

from pipeline.model import Document, Source
from pipeline.read import media_type, office, xlsx
from pipeline.read.build import build
from pipeline.read.settings import ReadSettings

_SUFFIX = {media_type.XLS: ".xls", media_type.XLSB: ".xlsb", media_type.ODS: ".ods"}


def read(data: bytes, source: Source, settings: ReadSettings) -> Document:
    """The document of a spreadsheet. Raises what `office.convert` and the XLSX reader raise."""
    converted = office.convert(data, _SUFFIX[source.media_type], "xlsx", settings)
    return build(source, xlsx.flow_of(converted, settings), settings)

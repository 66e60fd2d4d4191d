"""Old and foreign spreadsheets (.xls, .xlsb, .ods): converted to XLSX by LibreOffice, then read."""

from __future__ import annotations

from pipeline.read import media_type, office, xlsx
from pipeline.read.flow import Flow
from pipeline.read.settings import ReadSettings

_SUFFIX = {media_type.XLS: ".xls", media_type.XLSB: ".xlsb", media_type.ODS: ".ods"}


def flow(data: bytes, kind: str, settings: ReadSettings, depth: int = 0) -> Flow:
    """The pieces of a spreadsheet. Raises what `office.convert` and the XLSX reader raise."""
    return xlsx.flow(office.convert(data, _SUFFIX[kind], "xlsx", settings), media_type.XLSX, settings)

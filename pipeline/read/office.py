"""Old and foreign office formats (.doc, .dot, .rtf, .odt, .ppt, .xls …): converted by LibreOffice, then read.

LibreOffice runs without a window, with a profile of its own for each process: two that share one profile
wait for each other or fail.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from pipeline.model import Cause, ReadError
from pipeline.read import antiword, docx, media_type, programs
from pipeline.read.flow import Flow
from pipeline.read.settings import ReadSettings

_SUFFIX = {
    media_type.DOC: ".doc",
    media_type.RTF: ".rtf",
    media_type.ODT: ".odt",
}


def flow(data: bytes, kind: str, settings: ReadSettings, depth: int = 0) -> Flow:
    """The pieces of a text in an old or foreign format.

    Raises ReadError: MISSING_PACKAGE without LibreOffice, TIMEOUT, CORRUPT, and what the DOCX reader raises.
    """
    found = docx.flow(convert(data, _SUFFIX[kind], "docx", settings), media_type.DOCX, settings)
    return antiword.checked(found, data) if kind == media_type.DOC else found


def convert(data: bytes, suffix: str, target: str, settings: ReadSettings) -> bytes:
    """`data`, a file of a format with this name ending, converted to `target` ("docx", "xlsx", "pptx")."""
    with tempfile.TemporaryDirectory(prefix="solieu-") as name:
        folder = Path(name)
        (folder / f"in{suffix}").write_bytes(data)
        programs.run(
            [
                "soffice",
                f"-env:UserInstallation={_profile().as_uri()}",
                *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", target),
                *("--outdir", str(folder / "out"), str(folder / f"in{suffix}")),
            ],
            settings.convert_seconds,
            folder=folder,
        )
        result = folder / "out" / f"in.{target}"
        if not result.is_file():
            raise ReadError(
                Cause.CORRUPT,
                "LibreOffice cannot open the file",
                "Open it in the program that made it and save it anew.",
            )
        if result.stat().st_size > settings.max_unpacked:
            raise ReadError(Cause.TOO_LARGE, "the converted file is too large", "Split the file and run again.")
        return result.read_bytes()


@cache
def _profile() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="solieu-profile-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder

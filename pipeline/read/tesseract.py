"""The program tesseract: one call, with one thread, and the languages that it has."""

from __future__ import annotations

from functools import cache

from pipeline.model import Cause, ReadError
from pipeline.read import programs
from pipeline.read.settings import ReadSettings

WORD_LEVEL = "5"
"""What its table calls a row for a word."""
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
_DIGITS = "tessedit_char_whitelist=0123456789.,%- "


def run(
    picture: bytes, segmentation: str, settings: ReadSettings, *, language: str | None = None, digits: bool = False
) -> str:
    """Its table of the words on a picture (several pages of a TIFF, too).

    `segmentation` is its page segmentation mode; `digits`: nothing but figures may be read. Raises ReadError:
    MISSING_PACKAGE without tesseract or its Vietnamese, TIMEOUT, CRASH.
    """
    command = ["tesseract", "-", "-", "-l", language or vietnamese(), "--oem", "1", "--psm", segmentation]
    command += ["--dpi", "300", *(("-c", _DIGITS) if digits else ()), "tsv"]
    out = programs.run(command, settings.ocr_page_seconds, stdin=picture, environment=_ONE_THREAD)
    return out.decode("utf-8", "replace")


def orientation(picture: bytes, settings: ReadSettings) -> int:
    """By how many degrees clockwise a picture must be turned to stand upright; 0 if that cannot be told."""
    if "osd" not in _languages():
        return 0
    command = ["tesseract", "-", "-", "--psm", "0", "--dpi", "300"]
    try:
        out = programs.run(command, settings.ocr_page_seconds, stdin=picture, environment=_ONE_THREAD)
    except ReadError:
        return 0
    for said in out.decode("utf-8", "replace").splitlines():
        name, _, value = said.partition(":")
        if name.strip() == "Rotate" and value.strip().isdigit():
            return int(value)
    return 0


@cache
def _languages() -> frozenset[str]:
    out = programs.run(["tesseract", "--list-langs"], 20.0).decode("utf-8", "replace")
    return frozenset(out.split())


def vietnamese() -> str:
    """The language of texts."""
    if "vie" in _languages():
        return "vie"
    raise ReadError(
        Cause.MISSING_PACKAGE, "tesseract has no Vietnamese", "Install it: apt-get install tesseract-ocr-vie"
    )


def figures() -> str:
    """The language of figures: the English model knows lone digits better."""
    return "eng" if "eng" in _languages() else vietnamese()

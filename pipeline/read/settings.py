"""How far a reader may go with one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Bounds and choices for reading one file; the defaults fit a worker with 1 GiB of memory."""

    max_bytes: int = 512 * 1024 * 1024
    """Largest file that is opened at all."""
    max_characters: int = 10_000_000
    """Longest canonical text: some four thousand pages. What is longer is no report, and is refused."""
    max_pages: int = 3_000
    """Pages read of one document; the pages after them are left out with a warning."""
    max_unpacked: int = 256 * 1024 * 1024
    """Bytes unpacked from one container (docx, xlsx, zip …), counted as they come."""
    max_depth: int = 10
    """Containers within containers."""
    max_entries: int = 100_000
    """Entries of one container."""
    max_pixels: int = 120_000_000
    """Pixels of an image that is decoded: A3 at 600 dpi is 70 million."""
    capitals_as_shown: bool = False
    """Whether text in a legacy font of capitals (.VnTimeH) is read as it is shown, or as it was typed."""
    ocr: bool = True
    """Whether pages without a usable text layer are recognised by tesseract."""
    ocr_dpi: int = 300
    ocr_page_seconds: float = 90.0
    convert_seconds: float = 120.0
    """Longest run of one conversion by LibreOffice."""
    measured: bool = False
    """Whether the characters of a PDF page are measured as it is read: for who will ask for the places of all."""
    left_out: tuple[int, ...] = ()
    """Pages that are not read, with a warning, because they took too long before."""
    page_begins: Callable[[int], None] | None = None
    """Hears of each page of a PDF file before it is read: who bounds the time of a page counts from there."""


DEFAULT = ReadSettings()

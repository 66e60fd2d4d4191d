"""Pictures of pages (JPEG, PNG, TIFF, BMP, GIF, WebP): recognised, each frame a page."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, ImageSequence

from pipeline.model import Cause, ReadError
from pipeline.read import scan
from pipeline.read.flow import Flow, PageFlow
from pipeline.read.settings import ReadSettings

A4_WIDTH = 595.0
"""The width of a page in points where the picture does not say at what resolution it was taken."""
_LEAST_WIDTH = 1_900
"""A picture of a page that is narrower (in pixels) is enlarged before it is recognised."""
_MAX_FRAMES = 500


def flow(data: bytes, kind: str, settings: ReadSettings, depth: int = 0) -> Flow:
    """The text of a picture, with its places on it. Raises ReadError: CORRUPT, TOO_LARGE, and what OCR raises."""
    try:
        picture = Image.open(io.BytesIO(data))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _damaged() from error
    pages: list[PageFlow] = []
    with picture:
        for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
            if frame.width * frame.height > settings.max_pixels:
                raise ReadError(
                    Cause.TOO_LARGE, f"the picture has {frame.width:,} × {frame.height:,} pixels", "Scan it at 300 dpi."
                )
            if number > _MAX_FRAMES:
                break
            pages.append(_page(frame, number, settings))
    if not any(page.pieces for page in pages):
        raise ReadError(Cause.NO_TEXT, "no text is seen on the picture", "Check whether the file is the right one.")
    return Flow(pages=tuple(pages))


def _page(frame: Image.Image, number: int, settings: ReadSettings) -> PageFlow:
    dpi = float(frame.info.get("dpi", (0, 0))[0] or 0)
    try:
        upright = ImageOps.exif_transpose(frame)
        upright.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _damaged() from error
    width = upright.width * 72 / dpi if 100 <= dpi <= 1200 else A4_WIDTH
    height = width * upright.height / upright.width
    if upright.width < _LEAST_WIDTH:
        factor = min(4.0, _LEAST_WIDTH / upright.width)
        size = (round(upright.width * factor), round(upright.height * factor))
        upright = upright.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    return scan.page(upright, number, width, height, settings)


def _damaged() -> ReadError:
    return ReadError(Cause.CORRUPT, "the picture is damaged", "Copy the file anew from its source.")

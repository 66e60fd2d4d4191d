"""A page as a picture, in a process that may be lost: `python -m pipeline.read.page_image FILE PAGE WIDTH`.

Writes a PNG, WIDTH pixels wide, to standard output. pdfium must not be used from threads, and a hostile file may
crash it, so a server asks for pictures this way.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

MAX_WIDTH = 2400
"""Pixels; and a page may be four times as high as wide, so that no file can ask for all memory."""


def page_png(file: Path, number: int, width: int) -> bytes:
    """Page `number` (from 1) of a PDF or of a picture, as PNG. Raises ValueError where there is no such page."""
    if not 1 <= width <= MAX_WIDTH:
        raise ValueError(f"a picture may be {MAX_WIDTH} pixels wide")
    with file.open("rb") as stream:
        is_pdf = b"%PDF-" in stream.read(1024)
    return _of_pdf(file, number, width) if is_pdf else _of_picture(file, number, width)


def _of_pdf(file: Path, number: int, width: int) -> bytes:
    import pypdfium2

    from pipeline.read.pdf_stamps import opened

    document = pypdfium2.PdfDocument(file)
    try:
        if not 1 <= number <= len(document):
            raise ValueError(f"there is no page {number}")
        page = opened(document, number)
        across, down = page.get_size()
        if across <= 0 or down > 4 * across:
            raise ValueError("the page is too high")
        stream = io.BytesIO()
        page.render(scale=width / across).to_pil().convert("RGB").save(stream, "PNG", optimize=True)
        return stream.getvalue()
    finally:
        document.close()


def _of_picture(file: Path, number: int, width: int) -> bytes:
    from PIL import Image, ImageOps

    with Image.open(file) as picture:
        if not 1 <= number <= getattr(picture, "n_frames", 1):
            raise ValueError(f"there is no page {number}")
        picture.seek(number - 1)
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    if upright.height > 4 * upright.width:
        raise ValueError("the page is too high")
    stream = io.BytesIO()
    upright.resize((width, max(1, round(upright.height * width / upright.width)))).save(stream, "PNG")
    return stream.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(page_png(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))

"""Pages as pictures: a scanner's PDF and photographs, worn by a seed: skew, noise, blur, grey, a stamp, few dots."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.synthesis.formats.needs import needed
from pipeline.synthesis.formats.pdf import make_pdf
from pipeline.synthesis.source import Source

if TYPE_CHECKING:
    from PIL import Image

FULL_DPI = 200


@dataclass(frozen=True, slots=True)
class Wear:
    """What a scanner or a camera does to a page.

    `dpi`: dots an inch. `skew`: degrees. `noise`: share of grey noise mixed in, 0 to 1. `blur`: radius in dots.
    `fade`: how far black is from black, 0 to 1. `stamp`: a round stamp over the end of the page.
    """

    dpi: int
    skew: float
    noise: float
    blur: float
    fade: float
    stamp: bool

    @classmethod
    def of(cls, degree: float, seed: int) -> Wear:
        """Drawn by a seed: `degree` 0 is a clean scan, 1 the worst that people still read with ease."""
        draw = random.Random(seed)
        return cls(
            dpi=draw.choice((FULL_DPI, FULL_DPI, 150)) if degree > 0.5 else FULL_DPI,
            skew=round(draw.uniform(-1.5, 1.5) * degree, 2),
            noise=round(draw.uniform(0.0, 0.12) * degree, 3),
            blur=round(draw.uniform(0.0, 0.7) * degree, 2),
            fade=round(draw.uniform(0.0, 0.35) * degree, 2),
            stamp=draw.random() < 0.5 * degree,
        )


def make_scan(source: Source) -> bytes:
    """A PDF of pictures, one a page, worn as the head's `wear` (0 to 1) and `seed` say."""
    with needed("reportlab"):
        from reportlab.lib.utils import ImageReader
        from reportlab.pdfgen.canvas import Canvas
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=0)
    wear = _wear(source)
    for number, (page, size) in enumerate(_pages(source, wear)):
        canvas.setPageSize(size)
        picture = io.BytesIO(_jpeg(worn(page, wear, source.head["seed"] + number), wear.dpi))
        canvas.drawImage(ImageReader(picture), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def make_jpg(source: Source) -> bytes:
    """A photograph of all pages, one under the other, as JPEG."""
    wear = _wear(source)
    return _jpeg(_photograph(source, wear), wear.dpi)


def make_png(source: Source) -> bytes:
    """A photograph of all pages, one under the other, as PNG."""
    buffer = io.BytesIO()
    wear = _wear(source)
    _photograph(source, wear).save(buffer, "PNG", dpi=(wear.dpi, wear.dpi))
    return buffer.getvalue()


def worn(page: Image.Image, wear: Wear, seed: int) -> Image.Image:
    """A clean page in grey as the scanner left it."""
    from PIL import Image, ImageDraw, ImageFilter

    draw = random.Random(seed)
    if wear.stamp:
        pen = ImageDraw.Draw(page)
        radius = page.width // 11
        x, y = int(page.width * draw.uniform(0.55, 0.75)), int(page.height * draw.uniform(0.7, 0.85))
        for at in range(3):
            ring = radius - 4 * at
            pen.ellipse((x - ring, y - ring, x + ring, y + ring), outline=150, width=2)
    if wear.skew:
        page = page.rotate(wear.skew, Image.Resampling.BICUBIC, fillcolor=255)
    if wear.blur:
        page = page.filter(ImageFilter.GaussianBlur(wear.blur))
    if wear.fade:
        page = page.point([int(255 - (255 - level) * (1 - wear.fade)) for level in range(256)])
    if wear.noise:
        grain = Image.frombytes("L", page.size, draw.randbytes(page.width * page.height))
        page = Image.blend(page, grain, wear.noise)
    return page


def _wear(source: Source) -> Wear:
    return Wear.of(_degree(source), source.head["seed"])


def _photograph(source: Source, wear: Wear) -> Image.Image:
    """The pages as a hand holds a camera over them: a little from one side, with the shadow of the hand."""
    from PIL import Image, ImageChops

    draw = random.Random(source.head["seed"])
    pages = [page for page, _ in _pages(source, wear)]
    whole = Image.new("L", (max(p.width for p in pages), sum(p.height for p in pages)), 255)
    at = 0
    for page in pages:
        whole.paste(page, (0, at))
        at += page.height
    lean = _degree(source) * whole.width * 0.012
    left, right = (draw.uniform(0, lean) for _ in range(2))
    corners = (-left, 0, 0, whole.height, whole.width, whole.height, whole.width + right, 0)
    whole = whole.transform(whole.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255)
    dark = 255 - int(90 * _degree(source))
    shadow = Image.linear_gradient("L").point([dark + (255 - dark) * level // 255 for level in range(256)])
    return worn(
        ImageChops.multiply(whole, shadow.rotate(draw.choice((0, 90, 180))).resize(whole.size)),
        wear,
        source.head["seed"],
    )


def _degree(source: Source) -> float:
    return float(source.head.get("wear", 0.5))


def _pages(source: Source, wear: Wear) -> list[tuple[Image.Image, tuple[float, float]]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(make_pdf(source))
    made = [
        (page.render(scale=wear.dpi / 72, grayscale=True).to_pil().convert("L"), page.get_size()) for page in document
    ]
    document.close()
    return made


def _jpeg(page: Image.Image, dpi: int) -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, "JPEG", quality=80, dpi=(dpi, dpi))
    return buffer.getvalue()

"""What is put on a signed page (its number, its day) is read where it stands; what readers remark on it is not."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pipeline.model import Span
from pipeline.read import read_bytes
from pipeline.read.page_image import page_png

NUMBER, DAY = (122, 697, 40, 16), (358, 697, 22, 16)
"""Fields of the page: left, foot, width, height."""


def signed(remark: bool = False, fields: bool = True) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(100, 700, "So:")
    canvas.drawString(166, 700, "/UBND-TH")
    canvas.drawString(300, 700, "Hue, ngay")
    canvas.drawString(386, 700, "thang 7 nam 2020")
    canvas.drawString(100, 640, "Kinh gui: cac so, ban, nganh")
    for value, (x, y, width, height) in (("4580", NUMBER), ("13", DAY)) if fields else ():
        canvas.acroForm.textfield(
            value=value, x=x, y=y, width=width, height=height, borderWidth=0, fontSize=12, fillColor=None,
            borderColor=None,
        )  # fmt: skip
    if remark:
        canvas.freeTextAnnotation("so nay chua dung", DA="/F1 12 Tf", Rect=[300, 600, 460, 620])
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("remark", [False, True])
def test_the_fields_of_a_signed_page_stand_in_its_lines(remark: bool) -> None:
    text = read_bytes(signed(remark), "a.pdf").text
    assert "So: 4580 /UBND-TH" in text
    assert "Hue, ngay 13 thang 7 nam 2020" in text
    assert "chua dung" not in text


def test_a_page_that_is_not_signed_stays_as_it_is() -> None:
    assert "So: /UBND-TH" in read_bytes(signed(remark=True, fields=False), "a.pdf").text


@pytest.mark.parametrize(("words", "field"), [("4580", NUMBER), ("13", DAY)])
def test_their_boxes_are_where_they_are_shown(words: str, field: tuple[int, int, int, int], tmp_path: Path) -> None:
    data = signed()
    document = read_bytes(data, "a.pdf")
    start = document.text.index(words)
    [box] = document.boxes(Span(start, start + len(words)))
    x, _, width, _ = field
    assert x <= box.x0 < box.x1 <= x + width
    file = tmp_path / "a.pdf"
    file.write_bytes(data)
    picture = Image.open(io.BytesIO(page_png(file, 1, 1190))).convert("L")
    scale = 1190 / document.pages[0].width
    inside = picture.crop(tuple(round(side * scale) for side in (box.x0, box.top, box.x1, box.bottom)))
    assert min(inside.tobytes()) < 100


def test_fields_far_apart_are_no_picture_of_the_page() -> None:
    import pypdfium2

    from pipeline.read.pdf_page import elements
    from pipeline.read.pdf_stamps import opened
    from pipeline.read.text_layer import is_picture

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for x, y in ((20, 800), (540, 20)):
        canvas.acroForm.textfield(value="13", x=x, y=y, width=30, height=16, borderWidth=0)
    canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(buffer.getvalue())
    page = opened(document, 1)
    assert not is_picture(page, elements(page))
    page.close()
    document.close()


def written(*objects: str) -> bytes:
    """A PDF of objects, numbered from 1; the first is its catalogue."""
    out = b"%PDF-1.7\n"
    for number, body in enumerate(objects, start=1):
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    return out + b"trailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.mark.parametrize(
    "appearance",
    ["/N 6 0 R", "/N 99 0 R", "/N << /On 6 0 R >>", ""],
    ids=["draws itself", "not there", "by state", "none"],
)
def test_an_odd_appearance_costs_no_page(appearance: str) -> None:
    data = written(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [5 0 R 98 0 R 7 0 R] "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        "<< /Length 46 >>\nstream\nBT /F1 12 Tf 100 700 Td (Kinh gui cac so) Tj ET\nendstream",
        f"<< /Type /Annot /Subtype /Widget /FT /Sig /Rect [100 600 140 620] /AP << {appearance} >> >>",
        "<< /Type /XObject /Subtype /Form /BBox [0 0 40 20] /Resources << /XObject << /X 6 0 R >> >> /Length 5 >>\n"
        "stream\n/X Do\nendstream",
        "<< /Type /Annot /Subtype /Widget >>",
    )
    assert read_bytes(data, "a.pdf").text == "Kinh gui cac so\n"


def test_a_form_of_many_fields_is_read_in_time() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for at in range(400):
        canvas.acroForm.textfield(value=f"{at}", x=20 + at % 10 * 55, y=10 + at // 10 * 20, width=50, height=16)
    canvas.showPage()
    canvas.save()
    began = time.process_time()
    text = read_bytes(buffer.getvalue(), "a.pdf").text
    assert {str(at) for at in range(400)} <= set(text.split())
    assert time.process_time() - began < 5

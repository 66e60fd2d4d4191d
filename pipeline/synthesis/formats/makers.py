"""Which function makes which format."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.synthesis.formats.docx import make_docx
from pipeline.synthesis.formats.html import make_html
from pipeline.synthesis.formats.mail import make_eml, make_mhtml
from pipeline.synthesis.formats.odt import make_odt
from pipeline.synthesis.formats.pdf import make_pdf
from pipeline.synthesis.formats.rtf import make_rtf
from pipeline.synthesis.formats.scan import make_jpg, make_png, make_scan
from pipeline.synthesis.formats.sheets import make_csv, make_xlsx
from pipeline.synthesis.formats.txt import make_tcvn3, make_txt
from pipeline.synthesis.source import Source

MAKERS: dict[str, Callable[[Source], bytes]] = {
    "txt": make_txt,
    "tcvn3": make_tcvn3,
    "html": make_html,
    "mhtml": make_mhtml,
    "eml": make_eml,
    "docx": make_docx,
    "doc": make_rtf,
    "rtf": make_rtf,
    "odt": make_odt,
    "xlsx": make_xlsx,
    "csv": make_csv,
    "pdf": make_pdf,
    "scan": make_scan,
    "jpg": make_jpg,
    "png": make_png,
}
"""By the name of the format. `doc` is what many old `.doc` files are inside, rich text; `tcvn3` a plain text from
before Unicode; `scan` a PDF that holds pictures of its pages; `jpg` and `png` are photographs."""


def make(source: Source) -> bytes:
    """The bytes of the file that a source becomes."""
    return MAKERS[source.head["format"]](source)

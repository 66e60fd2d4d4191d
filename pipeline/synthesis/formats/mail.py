"""Web pages as mails hold them: a page saved with its pictures (MHTML), and a letter with the text in it (EML)."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from pipeline.synthesis.formats.html import make_html
from pipeline.synthesis.formats.txt import paragraphs
from pipeline.synthesis.source import Source

BOUNDARY = "----=_Trang_cai_cach_hanh_chinh"


def make_mhtml(source: Source) -> bytes:
    """The page of `make_html` as a browser saves it in one file."""
    return _with_boundary(_page(source), "related")


def make_eml(source: Source) -> bytes:
    """A mail whose plain text is the document."""
    mail = EmailMessage(policy=SMTP)
    first = next((b.text for b in source.blocks if b.kind == "title"), source.blocks[0].text)
    mail["Subject"] = str(source.head.get("title", first))
    mail["From"], mail["To"] = "vanthu@example.gov.vn", "baocao@example.gov.vn"
    mail.set_content("\n\n".join(paragraphs(source)), cte="base64")
    return mail.as_bytes()


def _page(source: Source) -> EmailMessage:
    part = EmailMessage(policy=SMTP)
    part.set_content(make_html(source).decode(), subtype="html", cte="quoted-printable")
    part["Content-Location"] = "https://example.gov.vn/tin/1"
    return part


def _with_boundary(part: EmailMessage, kind: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = "=?utf-8?Q?Trang_tin?="
    mail["Content-Type"] = f'multipart/{kind}; type="text/html"; boundary="{BOUNDARY}"'
    del part["MIME-Version"]
    mail["MIME-Version"] = "1.0"
    mail.set_payload([part])
    return mail.as_bytes()

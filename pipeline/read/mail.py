"""Mail (EML) and saved web archives (MHTML): the header lines, the best of the bodies, then the attachments."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from pipeline.model import BlockKind, Cause, ReadError
from pipeline.read import html, media_type, nested, plain
from pipeline.read.decode import decode
from pipeline.read.flow import Flow, Passage, Piece
from pipeline.read.settings import ReadSettings

_HEADERS = ("Subject", "From", "To", "Cc", "Date")
_BODIES = ("text/html", "text/plain")


def flow(data: bytes, kind: str, settings: ReadSettings, depth: int = 0) -> Flow:
    """The pieces of a mail or a saved page. What cannot be read of the attachments is a warning."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    pieces: list[Piece] = []
    warnings: list[str] = []
    title = _header(message, "Subject")
    if kind == media_type.EML:
        for name in _HEADERS:
            words = _header(message, name)
            if words and name == "Subject":
                pieces.append(Passage(words, BlockKind.TITLE, 1))
            elif words:
                pieces.append(Passage(f"{name}: {words}", BlockKind.FURNITURE))
    body = _body(message)
    if body is not None:
        text = _text(body)
        found = html.flow_of(text) if body.get_content_type() == "text/html" else None
        pieces += (found or plain.flow(text.encode("utf-8"), media_type.TEXT, settings, depth)).pieces
        title = (found.title if found else None) or title
    if kind == media_type.EML:
        for part in message.iter_attachments():
            attached = _payload(part)
            if attached:
                name = part.get_filename() or "attachment"
                inside = nested.read(name, attached, settings, depth + 1)
                pieces += inside.pieces
                warnings += inside.warnings
    return Flow(tuple(pieces), title=title or None, warnings=tuple(warnings))


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (LookupError, ValueError, TypeError, AttributeError):
        # The parser of headers fails on some malformed ones; the rest of the mail is worth reading.
        return ""


def _body(message: EmailMessage) -> EmailMessage | None:
    """The body in the richest form that is read; the first part of that type where the structure is broken."""
    parts = [part for part in message.walk() if isinstance(part, EmailMessage) and not part.is_multipart()]
    for kind in _BODIES:
        for part in parts:
            if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
                return part
    return None


def _text(part: EmailMessage) -> str:
    data = _payload(part)
    charset = part.get_content_charset()
    if charset and charset not in ("utf-8", "us-ascii"):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data).text if data.strip() else ""


def _payload(part: EmailMessage) -> bytes:
    if part.is_multipart():
        inner = part.get_payload()
        return bytes(inner[0]) if isinstance(inner, list) and inner and isinstance(inner[0], EmailMessage) else b""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError) as error:
        raise ReadError(Cause.CORRUPT, "a part of the mail is damaged", "Save the mail anew.") from error
    return payload if isinstance(payload, bytes) else b""

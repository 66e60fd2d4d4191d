"""What a file is, told by its first bytes and, for containers, by what is in them. The name only breaks ties."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from pipeline.read.decode import looks_binary

BINARY = "application/octet-stream"
TEXT = "text/plain"
CSV = "text/csv"
HTML = "text/html"
MHTML = "multipart/related"
EML = "message/rfc822"
PDF = "application/pdf"
RTF = "application/rtf"
ZIP = "application/zip"
SEVEN_ZIP = "application/x-7z-compressed"
RAR = "application/vnd.rar"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
PPT = "application/vnd.ms-powerpoint"
OLE = "application/x-ole-storage"
ENCRYPTED_OFFICE = "application/x-encrypted-office"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODP = "application/vnd.oasis.opendocument.presentation"
PNG, JPEG, TIFF, GIF, BMP, WEBP = "image/png", "image/jpeg", "image/tiff", "image/gif", "image/bmp", "image/webp"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (b"Rar!\x1a\x07", RAR),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"GIF8", GIF),
    (b"BM", BMP),
)
_IN_ZIP: tuple[tuple[str, str], ...] = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("xl/workbook.bin", XLSB),
    ("ppt/presentation.xml", PPTX),
)
# The names of the streams of an OLE file stand in its directory in UTF-16.
_IN_OLE: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", ENCRYPTED_OFFICE),
    ("WordDocument", DOC),
    ("PowerPoint Document", PPT),
    ("Workbook", XLS),
    ("Book", XLS),
)
_HTML_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|table|tr|th|td|div|p|h[1-6]|span|center|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER = re.compile(
    r"(?:From|To|Received|Return-Path|Date|Subject|Message-ID|MIME-Version|Content-Type|Delivered-To|X-[\w-]+): ?\S",
    re.IGNORECASE,
)
_SEPARATED = frozenset({".csv", ".tsv"})


def sniff(data: bytes, name: str = "") -> str:
    """The media type of `data`; BINARY where it is none that is known. `name` only tells text from CSV."""
    head = data[:1024]
    for magic, media_type in _MAGIC:
        if head.startswith(magic) and (magic != b"BM" or (len(data) >= 26 and data[14:18] in _BMP_HEADERS)):
            look_inside = _INSIDE.get(media_type)
            return look_inside(data) if look_inside else media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    # Scanners and mail gateways put junk before the header; readers of PDF accept 1,024 bytes of it.
    if b"%PDF-" in head:
        return PDF
    if looks_binary(data):
        return BINARY
    return _text(data, name)


_BMP_HEADERS = {size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124)}


def _text(data: bytes, name: str) -> str:
    start = data[:16_384]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        opening = start.decode("utf-16", "ignore")
    elif start[1:2] == b"\0":
        opening = start.decode("utf-16-le", "ignore")
    else:
        opening = start.decode("utf-8", "ignore")
    opening = opening.lstrip("\ufeff")
    lines = opening.splitlines()[:12]
    headers = sum(1 for line in lines if _HEADER.match(line))
    if lines and headers >= 2 and re.match(r"[\w-]+:(?: ?\S|\s*$)", lines[0]):
        related = re.search(r"content-type:\s*multipart/related", opening, re.IGNORECASE)
        saved = re.search(r"^(?:from: <?saved by|snapshot-content-location:)", opening, re.IGNORECASE | re.MULTILINE)
        return (
            MHTML
            if related and (saved or not re.search(r"^(?:to|received):", opening, re.IGNORECASE | re.MULTILINE))
            else EML
        )
    if _HTML_OPENING.match(opening[:8192]):
        return HTML
    return CSV if PurePosixPath(name.lower()).suffix in _SEPARATED else TEXT


def _zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                said = archive.read("mimetype").decode("ascii", "ignore").strip()
                if said.startswith("application/vnd.oasis.opendocument."):
                    return said.removesuffix("-template")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return ZIP
    return next((media_type for name, media_type in _IN_ZIP if name in names), ZIP)


def _ole(data: bytes) -> str:
    return next((media_type for name, media_type in _IN_OLE if name.encode("utf-16-le") in data), OLE)


_INSIDE = {OLE: _ole, ZIP: _zip}

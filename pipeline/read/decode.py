"""From bytes to characters: byte order marks, UTF-8, UTF-16, and what is no text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pipeline.model import Cause, ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\x0b\x1b")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_SINGLE_BYTE = {"windows-1258", "cp1258", "windows-1252", "cp1252", "iso-8859-1", "latin1", "us-ascii"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that it was in, and what went wrong on the way."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def looks_binary(data: bytes) -> bool:
    """Whether the first bytes are no text in any encoding that this module knows."""
    sample = data[:_SAMPLE]
    if any(sample.startswith(mark) for mark, _ in _MARKS) or _utf16_without_mark(sample):
        return False
    if b"\0" in sample:
        return True
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > max(2, len(sample) // 100)


def decode(data: bytes) -> Decoded:
    """The text of `data`. Single-byte text without a declaration is read as windows-1252, so that each byte
    stays one character for the legacy tables. Raises ReadError(UNSUPPORTED) for what is no text."""
    if looks_binary(data):
        raise ReadError(
            Cause.UNSUPPORTED,
            "the file holds binary data, no text",
            "Find out what program made the file, and save it as PDF, DOCX or text from there.",
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    guess = _utf16_without_mark(data[:_SAMPLE])
    if guess:
        return _lenient(data, guess)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    # Pages often declare a Latin charset and are UTF-8 all the same, or the other way round: the bytes decide.
    damaged = data.decode("utf-8", "replace")
    wrong, right = damaged.count("\ufffd"), sum(1 for c in damaged[:200_000] if "\u1ea0" <= c <= "\u1ef9")
    if right > 4 * wrong or (name in ("utf-8", "utf8") and right >= wrong):
        return Decoded(damaged, "utf-8", (f"{wrong} byte sequences are not UTF-8 and were replaced",))
    if name and name not in _SINGLE_BYTE:
        try:
            return Decoded(data.decode(name), name)
        except (LookupError, UnicodeDecodeError):
            pass
    if name in ("windows-1258", "cp1258"):
        return Decoded(data.decode("cp1258", "replace"), "windows-1258")
    return Decoded("".join(map(_WINDOWS_1252.__getitem__, data)), "windows-1252")


def _lenient(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        wrong = text.count("\ufffd")
        return Decoded(text, encoding, (f"{wrong} byte sequences are not {encoding} and were replaced",))


def _utf16_without_mark(sample: bytes) -> str | None:
    """UTF-16 of Vietnamese shows in every other byte: it is 0, or 1, 3, 1E, 20 for the marked letters and dashes."""
    pairs = len(sample) // 2
    if pairs < 4:
        return None
    for encoding, high in (("utf-16-le", sample[1 : 2 * pairs : 2]), ("utf-16-be", sample[0 : 2 * pairs : 2])):
        if len(high.translate(None, b"\x00\x01\x03\x1e\x20")) < pairs * 0.02 and high.count(0) > pairs * 0.2:
            return encoding
    return None


_WINDOWS_1252 = [bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256)]
"""windows-1252 with the five bytes that it leaves open as C1 controls, as browsers read it."""

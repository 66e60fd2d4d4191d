"""What the name of a font says about the encoding of the text set in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.text.legacy.tables import Legacy


@dataclass(frozen=True, slots=True)
class FontEncoding:
    """The encoding that a font was made for; `capitals`: it shows small letters as capitals."""

    encoding: Legacy
    capitals: bool = False


# A subset in a PDF has six letters and a plus sign before its name; the leading dot may be lost there.
_TCVN3 = re.compile(
    r"(?:[A-Z]{6}\+)?\.?Vn[A-Z][A-Za-z ]*?(H)?(?:[\s,\-]?(?:Bold|Italic|Regular|MT|BoldItalic|Normal))*\d?"
)
_VNI = re.compile(r"(?:[A-Z]{6}\+)?VNI[\s\-_A-Z].*", re.IGNORECASE)
_VPS = re.compile(r"(?:[A-Z]{6}\+)?VPS[\s\-_A-Z].*", re.IGNORECASE)


def font_encoding(name: str | None) -> FontEncoding | None:
    """The encoding of a font by its name (".VnTimeH", "VNI-Times", "ABCDEF+VnTimeBold"); None for all others."""
    if not name:
        return None
    found = _TCVN3.fullmatch(name.strip())
    if found:
        return FontEncoding(Legacy.TCVN3, found.group(1) is not None)
    if _VNI.fullmatch(name.strip()):
        return FontEncoding(Legacy.VNI)
    return FontEncoding(Legacy.VPS) if _VPS.fullmatch(name.strip()) else None

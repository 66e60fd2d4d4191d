"""The legacy encodings of Vietnamese: what each byte, or pair of bytes, stands for.

Their text turns up as the windows-1252 characters of its bytes ("Quèc héi" is TCVN3 for "Quốc hội"); the
keys here are those characters. Checked in tests against glibc's iconv and what other converters say.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum


class Legacy(StrEnum):
    """An encoding from before Unicode."""

    TCVN3 = "tcvn3"
    """TCVN 5712:1993 VN3 ("ABC"), fonts named .Vn…; capitals with marks come from fonts whose name ends in H."""
    VNI = "vni"
    """VNI-Windows, fonts named VNI-…: a letter, then a character for its marks."""
    VPS = "vps"
    """VPS, fonts named VPS …."""


def _windows_1252(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


_TCVN3_ROWS = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)

_VPS_LOW = {
    0x02: "Ạ",
    0x03: "Ậ",
    0x04: "Ặ",
    0x05: "Ẹ",
    0x06: "Ệ",
    0x10: "Ị",
    0x11: "Ọ",
    0x12: "Ộ",
    0x13: "Ợ",
    0x14: "Ụ",
    0x15: "Ự",
    0x19: "Ỵ",
    0x1C: "Ẫ",
    0x1D: "Ữ",
}
_VPS_ROWS = (
    (0x80, "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ"),
    (0x93, "ỀỂỄỐỒỔỖýỷỵỚỜỞ"),
    (0xA1, "ắằẳẵặỠớÙờởỡŨỨ"),
    (0xAE, "ợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ"),
    (0xE0, "àáâãảạă"),
    (0xE8, "èéêẽìíîĩẴĐòóôõöƠụùúủüỶẼỳ"),
)
"""VPS as far as it differs from windows-1252, and the letters between."""


def _rows(rows: tuple[tuple[int, str], ...]) -> dict[str, str]:
    return {_windows_1252(start + i): char for start, chars in rows for i, char in enumerate(chars)}


_VNI_MARKS = {
    "\u0301": ("ùÙ", "aeouyôöAEOUYÔÖ"),
    "\u0300": ("øØ", "aeouyôöAEOUYÔÖ"),
    "\u0309": ("ûÛ", "aeouyôöAEOUYÔÖ"),
    "\u0303": ("õÕ", "aeouyôöAEOUYÔÖ"),
    "\u0323": ("ïÏ", "aeouôöAEOUÔÖ"),
    "\u0302": ("âÂ", "aeoAEO"),
    "\u0302\u0301": ("áÁ", "aeoAEO"),
    "\u0302\u0300": ("àÀ", "aeoAEO"),
    "\u0302\u0309": ("åÅ", "aeoAEO"),
    "\u0302\u0303": ("ãÃ", "aeoAEO"),
    "\u0302\u0323": ("äÄ", "aeoAEO"),
    "\u0306": ("êÊ", "aA"),
    "\u0306\u0301": ("éÉ", "aA"),
    "\u0306\u0300": ("èÈ", "aA"),
    "\u0306\u0309": ("úÚ", "aA"),
    "\u0306\u0303": ("üÜ", "aA"),
    "\u0306\u0323": ("ëË", "aA"),
}
_VNI_ALONE = dict(
    zip("ôÔöÖíÍìÌæÆóÓòÒñÑîÎ", "ơƠưƯíÍìÌỉỈĩĨịỊđĐỵỴ", strict=True),
)


def _vni() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for marks, (signs, bases) in _VNI_MARKS.items():
        for base in bases:
            letter = _VNI_ALONE.get(base, base)
            for sign in signs:
                table[base + sign] = unicodedata.normalize("NFC", letter + marks)
    return table


TABLES: dict[Legacy, dict[str, str]] = {
    Legacy.TCVN3: _rows(_TCVN3_ROWS),
    Legacy.VNI: _vni(),
    Legacy.VPS: {**_rows(_VPS_ROWS), **{chr(byte): char for byte, char in _VPS_LOW.items()}},
}
"""For each encoding what its characters, or pairs of them, stand for."""

STAND_INS: dict[str, str] = {
    "\u2212": "\u00ad",
    "\u2010": "\u00ad",
    "\u2011": "\u00ad",
    "\u2219": "\u00b7",
    "\u22c5": "\u00b7",
    "\u03bc": "\u00b5",
}
"""What programs write for a byte's character because it looks alike: the soft hyphen of TCVN3's ư becomes a minus."""

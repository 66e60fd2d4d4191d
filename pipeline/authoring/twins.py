"""Machine-made twins of an example: the same words as other programs and hands write them.

A rule that reads a text must read its twins alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

NOISE = (
    "Công tác cải cách hành chính tiếp tục được các cấp, các ngành quan tâm lãnh đạo, chỉ đạo.",
    "Nhận thức của đội ngũ cán bộ, công chức có nhiều chuyển biến; kỷ luật, kỷ cương được giữ vững.",
    "Ý kiến của người dân và doanh nghiệp được lắng nghe, tiếp thu đầy đủ.",
)
_BREAKABLE = re.compile(r"(?<=[^\W\d_,]) (?=[^\W\d_])")
_OPEN_VOWELS = re.compile(r"([oòóỏõọuùúủũụ])([aàáảãạeèéẻẽẹyỳýỷỹỵ])(?!\w)", re.IGNORECASE)


def decomposed(text: str) -> str:
    """Letters and their marks apart, as macOS and some PDF programs write them."""
    return unicodedata.normalize("NFD", text)


def hard_blanks(text: str) -> str:
    """No-break spaces, as word processors put them between a number and its noun."""
    return text.replace(" ", "\u00a0")


def wide_blanks(text: str) -> str:
    """Two blanks for one, as justified text gives them."""
    return re.sub(r"(?<=\S) (?=\S)", "  ", text)


def line_breaks(text: str) -> str:
    """A line break at every fifth blank at which a line of running text may be wrapped."""
    lines = []
    for line in text.split("\n"):
        count = 0

        def wrap(match: re.Match[str], line: str = line) -> str:
            nonlocal count
            count += 1
            return "\n" if count % 5 == 0 and line[match.end()].islower() else " "

        lines.append(line if re.search(r"[\t|]", line) else _BREAKABLE.sub(wrap, line))
    return "\n".join(lines)


def upper_case(text: str) -> str:
    """Capitals, as in headlines."""
    return text.upper()


def other_tones(text: str) -> str:
    """The tone mark on the other vowel of an open oa, oe, uy: hòa and hoà, ủy and uỷ."""

    def moved(match: re.Match[str]) -> str:
        first, second = (unicodedata.normalize("NFD", vowel) for vowel in match.groups())
        # The u of "qu" belongs to the consonant and never bears the mark.
        if match.string[match.start() - 1] in "qQ" or (first[0] + second[0]).lower() not in ("oa", "oe", "uy"):
            return match.group()
        return unicodedata.normalize("NFC", first[0] + second[1:] + second[0] + first[1:])

    return _OPEN_VOWELS.sub(moved, unicodedata.normalize("NFC", text))


def with_noise(text: str) -> str:
    """Paragraphs without a figure around it; only behind it where it is a document with its own opening."""
    noise = "\n\n".join(NOISE)
    return f"{text}\n\n{noise}\n" if "\n" in text else f"{noise}\n\n{text}\n\n{noise}\n"


TWINS: dict[str, Callable[[str], str]] = {
    "decomposed letters": decomposed,
    "no-break spaces": hard_blanks,
    "double spaces": wide_blanks,
    "line breaks": line_breaks,
    "upper case": upper_case,
    "tone marks moved": other_tones,
    "noise around": with_noise,
}
"""Each twin by its name."""

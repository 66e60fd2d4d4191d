"""Days that recognition spelled wrong: "ngảy 07 thẳng 3 năm 202l" can be nothing but a day.

The three words and three figures of a day in full hold each other: a mark on a vowel that changed and a figure taken
for a letter are put right where all else of it is there and the day is one of the calendar. For text of scans alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.model import Span
from pipeline.text.offsets import Edit
from pipeline.text.repair import Damage

_A = "[aàảãáạăằẳẵắặâầẩẫấậ]"
_FIGURE = r"[0-9IlOo|\]]"
_DAY = re.compile(
    rf"(?<!\w)[Nn]g(?P<ngày>{_A})y(?:\s+|(?=[0-9]))(?P<d>{_FIGURE}{{1,2}})\s+th(?P<tháng>{_A})ng\s+"
    rf"(?P<m>{_FIGURE}{{1,2}})\s+n(?P<năm>{_A})m\s+(?P<y>{_FIGURE}{{4}})(?!\w)"
)
_VOWELS = {"ngày": "à", "tháng": "á", "năm": "ă"}
_AS_FIGURE = str.maketrans("IlOo|]", "110011")


def misread_days(text: str) -> Iterator[Damage]:
    """The days of `text` (NFC) that are spelled wrong, each with what puts it right."""
    for found in _DAY.finditer(text):
        right = _VOWELS | {part: found[part].translate(_AS_FIGURE) for part in ("d", "m", "y")}
        edits = tuple(
            Edit(Span(found.start(part) + at, found.start(part) + at + 1), sign)
            for part, word in right.items()
            for at, sign in enumerate(word)
            if found[part][at] != sign
        )
        known = all(any(sign.isdigit() for sign in found[part]) for part in ("d", "m", "y"))
        if edits and known and _is_day(int(right["y"]), int(right["m"]), int(right["d"])):
            yield Damage("date", Span(*found.span()), tuple(sorted(edits, key=lambda edit: edit.span)))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return 1900 <= date(year, month, day).year < 2100
    except ValueError:
        return False

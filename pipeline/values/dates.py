"""Days and parts of days as written: a year may be missing, and a month or a day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date

from pipeline.text.fold import lower_view

EARLIEST, LATEST = 1930, 2079
"""Years outside are slips of the pen or placeholders (1/1/0001), or numbers of another kind."""

_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class CalendarPoint:
    """A day, month or year as far as it is written."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def is_real(self) -> bool:
        """Whether such a day can be, in some year if none is written."""
        year = self.year if self.year is not None else 2024
        if not (EARLIEST <= year <= LATEST and (self.month is None or 1 <= self.month <= 12)):
            return False
        return self.day is None or 1 <= self.day <= calendar.monthrange(year, self.month or 1)[1]

    def in_year(self, year: int) -> CalendarPoint:
        """The same with a year, if it has none."""
        return self if self.year is not None else replace(self, year=year)

    def first_day(self) -> date:
        """Raises ValueError where the year is not known, or the day is not in it (29 February)."""
        return date(self.year or 0, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """Raises ValueError like `first_day`."""
        year, month = self.year or 0, self.month or 12
        return date(year, month, self.day or (calendar.monthrange(year, month)[1] if year else 0))


def parse_ordinal(word: str) -> int | None:
    """A month or quarter in digits, Roman numerals or words ("giêng" is 1, "chạp" 12)."""
    word = " ".join(lower_view(word).split())
    return int(word) if word.isdecimal() else _ROMAN.get(word) or _WORDS.get(word)

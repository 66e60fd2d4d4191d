"""Words, numbers, days and periods as a reader of one of the two languages expects them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml

CATALOGUE = Path(__file__).parent / "words.yaml"
_PLAIN = re.compile(r"-?\d{1,15}(\.\d+)?")
_PERIOD = re.compile(r"(\d{4})(?:-(S[12]|Q[1-4]|\d{2}(?:-\d{2})?))?")


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """Every text of the pages by its key, Vietnamese and English."""
    with CATALOGUE.open(encoding="utf-8") as stream:
        return {key: (str(vi), str(en)) for key, (vi, en) in yaml.safe_load(stream).items()}


@dataclass(frozen=True, slots=True)
class Language:
    """One of the two languages; `code` is "vi" or "en"."""

    code: str

    def say(self, key: str, **values: object) -> str:
        """The text of a key, with `values` put into its {braces}. Raises KeyError for a key that is not there."""
        return catalogue()[key][self.code != "vi"].format(**values)

    def said_or(self, key: str, other: str) -> str:
        """The text of a key; `other` where there is no such key."""
        return self.say(key) if key in catalogue() else other

    def number(self, value: float | None, digits: int | None = None, signed: bool = False) -> str:
        """A number with the signs of the language: 1.234,5 or 1,234.5; as many decimals as it has, or `digits`."""
        if value is None:
            return ""
        text = f"{abs(value):,.{6 if digits is None else digits}f}"
        if digits is None:
            text = text.rstrip("0").rstrip(".")
        if self.code == "vi":
            text = text.translate({ord(","): ".", ord("."): ","})
        sign = "−" if value < 0 else "+" if signed and value > 0 else ""
        return sign + text

    def plain(self, text: str) -> str | None:
        """A number written as data has it (12487, 84.84) in the language; None for any other text."""
        return self.number(float(text)) if _PLAIN.fullmatch(text) else None

    def with_separators(self, text: str) -> str:
        """A text with all its numbers as the language writes them: "3402 + 531" → "3,402 + 531"."""
        return re.sub(r"\d+(\.\d+)?", lambda number: self.plain(number[0]) or number[0], text)

    def day(self, iso: str | None) -> str:
        """A day: 18/6/2021 or 18 June 2021."""
        if not iso:
            return ""
        year, month, day = iso[:10].split("-")
        return f"{int(day)}/{int(month)}/{year}" if self.code == "vi" else f"{int(day)} {_MONTHS[int(month)]} {year}"

    def moment(self, iso: str | None) -> str:
        """A time (UTC, ISO 8601) as this machine's clock shows it: 18/6/2021, 9:05."""
        if not iso:
            return ""
        there = datetime.fromisoformat(iso).astimezone()
        return f"{self.day(there.date().isoformat())}, {there.hour}:{there.minute:02}"

    def period(self, period: str | None) -> str:
        """A period as one says it: 2022-Q1 → "Quý I/2022", two days → "15/12/2021 – 14/6/2022"."""
        if not period:
            return ""
        return " – ".join(self._stretch(part) for part in period.split("/"))

    def _stretch(self, period: str) -> str:
        match = _PERIOD.fullmatch(period)
        if not match:
            return period
        year, part = match.groups()
        if part is None:
            return year
        if len(part) == 5:
            return self.day(period)
        return (_PARTS_VI if self.code == "vi" else _PARTS_EN)[part](year)


_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def _said(pattern: str) -> Callable[[str], str]:
    return lambda year: pattern.format(year)


_PARTS_VI = {
    "S1": _said("6 tháng đầu năm {}"), "S2": _said("6 tháng cuối năm {}"),
    "Q1": _said("Quý I/{}"), "Q2": _said("Quý II/{}"), "Q3": _said("Quý III/{}"), "Q4": _said("Quý IV/{}"),
    **{f"{month:02}": _said(f"Tháng {month}/{{}}") for month in range(1, 13)},
}  # fmt: skip
_PARTS_EN = {
    "S1": _said("first half of {}"), "S2": _said("second half of {}"),
    **{f"Q{quarter}": _said(f"Q{quarter} {{}}") for quarter in range(1, 5)},
    **{f"{month:02}": _said(f"{_MONTHS[month]} {{}}") for month in range(1, 13)},
}  # fmt: skip

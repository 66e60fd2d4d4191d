"""Numbers as Vietnamese reports write them: 1.634 and 16,886,543, 84,84 and 89.83, "8,98 ngàn", "hai mươi mốt".

One token can have two readings, since comma and dot both serve as decimal mark and as thousands mark,
often within one sentence. `readings` gives them all, likeliest first; `decide` picks by unit and scale.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import regex

from pipeline.values.number_words import MAGNITUDES, parse_none, parse_ordinal_word, parse_words

MAX_DIGITS = 18
"""Longer digit strings are account numbers or noise, never counts; they have no reading."""


class Style(StrEnum):
    """Which mark parts the decimals; the other one parts the thousands."""

    VIETNAMESE = ","
    ENGLISH = "."

    @property
    def grouping(self) -> str:
        return "." if self is Style.VIETNAMESE else ","


@dataclass(frozen=True, slots=True)
class Reading:
    """One value that a text can have.

    `grouped`: a mark was read as parting thousands. `scaled`: a magnitude word follows the digits.
    `step`: what one step of the last printed digit is worth.
    """

    value: Decimal
    step: Decimal = Decimal(1)
    grouped: bool = False
    scaled: bool = False


_WHOLE = regex.compile(r"[0-9]++")
_STYLED = {
    style: regex.compile(
        rf"(?:[1-9][0-9]{{0,2}}(?P<groups>(?:{regex.escape(style.grouping)}[0-9]{{3}})++)|[0-9]++)"
        rf"(?:{regex.escape(style.value)}[0-9]++)?"
    )
    for style in Style
}
_MAGNITUDE = r"nghìn|ngàn|vạn|triệu|tỷ|tỉ"
# One term of an amount: digits, perhaps a magnitude ("nghìn tỷ" is 10¹²), perhaps "rưỡi".
_TERM = regex.compile(
    rf"\s*+(?P<digits>[0-9](?:[0-9.,\s]*[0-9])?+)\s*+(?P<magnitude>(?:{_MAGNITUDE})(?:\s++(?:tỷ|tỉ|triệu))?+)?+(?P<half>\s++rưỡi)?+",
    regex.IGNORECASE,
)


def parse_number(text: str, style: Style) -> Decimal | None:
    """The value of digits written in one style, or None. Blanks inside are ignored ("9 9 ,2").

    A group of three after a single non-zero lead is thousands in its own style only: "1.634" is 1634
    in Vietnamese style and 1.634 in English style; "0.589" is no number in Vietnamese style.
    """
    compact = "".join(text.split())
    if len(compact) > MAX_DIGITS and sum(map(str.isdigit, compact)) > MAX_DIGITS:
        return None
    if not _STYLED[style].fullmatch(compact):
        return None
    return Decimal(compact.replace(style.grouping, "").replace(style.value, "."))


@lru_cache(4096)
def readings(text: str) -> tuple[Reading, ...]:
    """Every value that `text` can have, likeliest first for a text without a unit; () if it is no number.

    Reads digits, digits with magnitude words, sums of them ("1 triệu 200 nghìn"), number words,
    ordinals (nhất, nhì) and denials ("không có" is 0).
    """
    terms = _terms(text)
    if not terms:
        return _words(text.lower())
    if len(terms) == 1:
        return _term_readings(*terms[0])
    total, ceiling, step = Decimal(0), Decimal("Infinity"), Decimal(1)
    for digits, scale in terms:
        options = _term_readings(digits, scale)
        if not options or scale >= ceiling:
            return ()
        total, ceiling, step = total + options[0].value, scale, options[0].step
    return (Reading(total, step, scaled=True),)


def decide(text: str, unit: str | None = None, scale: Decimal | int | None = None) -> Decimal:
    """The one value of `text`, given its unit and, for points, the top of its scale (1, 10, 80, 100, 1000).

    Units: percent, percent_point, point, count, vnd, usd, day … (None: not known). Raises ValueError
    for a text that is no number.
    """
    return reading(text, unit, scale).value


def reading(text: str, unit: str | None = None, scale: Decimal | int | None = None) -> Reading:
    """As `decide`, with what the last printed digit is worth: "84,84" 0.01, "4,52 ngàn" 10, "635" 1."""
    options = readings(text)
    if not options:
        raise ValueError(f"not a number: {text!r}")
    choose = _fitting if unit is None else _CHOICES.get(unit, _as_quantity)
    return choose(options, scale)


def _terms(text: str) -> list[tuple[str, Decimal]] | None:
    """The text as (digits, magnitude) pairs; None if it is not made of such."""
    terms: list[tuple[str, Decimal]] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TERM.match(text, at, end)
        if not found:
            return None
        scale = Decimal(1)
        for word in (found["magnitude"] or "").lower().split():
            scale *= MAGNITUDES[word]
        terms.append((found["digits"], scale))
        if found["half"]:
            if scale == 1:
                return None
            terms.append(("5", scale / 10))
        at = found.end()
    return terms or None


def _term_readings(digits: str, scale: Decimal) -> tuple[Reading, ...]:
    """Readings of one term, Vietnamese style first: a dot parts thousands, a comma decimals."""
    compact = "".join(digits.split())
    scaled = scale > 1
    if _WHOLE.fullmatch(compact):
        return (Reading(Decimal(compact) * scale, scale, scaled=scaled),) if len(compact) <= MAX_DIGITS else ()
    found: list[Reading] = []
    for style in Style:
        value = parse_number(compact, style)
        if value is not None:
            _, mark, decimals = compact.partition(style.value)
            step = scale.scaleb(-len(decimals)) if mark else scale
            found.append(Reading(_exact(value * scale), _exact(step), style.grouping in compact, scaled))
    return tuple(found)


def _exact(value: Decimal) -> Decimal:
    """Whole numbers without a decimal tail, so that 8,98 ngàn prints as 8980."""
    return value.to_integral_value() if value == value.to_integral_value() and abs(value) >= 10 else value


def _words(text: str) -> tuple[Reading, ...]:
    for parse in (parse_words, parse_ordinal_word, parse_none):
        value = parse(text)
        if value is not None:
            return (Reading(value),)
    return ()


def _fitting(options: tuple[Reading, ...], scale: Decimal | int | None) -> Reading:
    """The first reading within the scale, if any is."""
    return next((option for option in options if scale is None or option.value <= scale), options[0])


def _as_quantity(options: tuple[Reading, ...], _scale: Decimal | int | None) -> Reading:
    """Counts, days, money: three digits after a mark are thousands, whichever mark it is.

    Amounts with a magnitude word keep the Vietnamese order: "1,488 triệu" has decimals.
    """
    return next((option for option in options if option.grouped and not option.scaled), options[0])


def _as_percent(options: tuple[Reading, ...], _scale: Decimal | int | None) -> Reading:
    """A percentage has decimals, not thousands: 10.185% is ten."""
    return next((option for option in options if not option.grouped), options[0])


def _as_points(options: tuple[Reading, ...], scale: Decimal | int | None) -> Reading:
    """Points: what fits the scale; without one, decimals, save for round thousands ("1.000 điểm")."""
    if scale is not None:
        return _fitting(options, scale)
    decimal = _as_percent(options, None)
    return options[0] if decimal.value == decimal.value.to_integral_value() else decimal


_Choice = Callable[[tuple[Reading, ...], Decimal | int | None], Reading]
_CHOICES: dict[str, _Choice] = {
    "percent": _as_percent,
    "percent_point": _as_percent,
    "point": _as_points,
}

"""How a document writes its numbers (handbook of the genre, §7): one habit a document, several styles a figure."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from pipeline.synthesis.entries import Figure

ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


class Unsayable(Exception):  # noqa: N818 - it steers the choice of words and reaches nobody
    """This figure cannot be written in this style."""


@dataclass(frozen=True, slots=True)
class Habit:
    """The signs of one writer: of thousands ("" for none), of decimals, whether small counts are padded with 0."""

    thousands: str
    decimals: str
    padded: bool
    thousand_word: str
    percent: str

    @classmethod
    def of(cls, draw: random.Random) -> Habit:
        decimals = draw.choice(",,,,.")
        return cls(
            thousands=draw.choice((".", ".", ".", ".", "")) if decimals == "," else draw.choice((".", ".", "")),
            decimals=decimals,
            padded=draw.random() < 0.5,
            thousand_word=draw.choice(("nghìn", "ngàn")),
            percent=draw.choice(("%", "%", "%", "%", " %")),
        )

    def whole(self, value: Decimal) -> str:
        number = int(value)
        if self.padded and 0 <= number < 10:
            return f"{number:02}"
        return f"{number:,}".replace(",", self.thousands)

    def fraction(self, value: Decimal) -> str:
        return f"{value:f}".replace(".", self.decimals)

    def number(self, figure: Figure, value: Decimal) -> str:
        """The digits of a value with the percent sign that belongs to it."""
        if figure.unit == "percent":
            return self.fraction(value) + self.percent
        if value != value.to_integral_value() or figure.unit == "point":
            return self.fraction(value)
        return self.whole(value)


@dataclass(frozen=True, slots=True)
class Said:
    """A figure in words: what stands before it, its own words, and what a reader takes from them."""

    words: str
    value: Decimal
    comparator: str = "eq"
    high: Decimal | None = None
    out_of: Decimal | None = None
    before: str = ""
    after: str = ""


Style = Callable[[Figure, Decimal | None, Habit, random.Random], Said]


def _plain(figure: Figure, whole: Decimal | None, habit: Habit, draw: random.Random) -> Said:
    return Said(habit.number(figure, abs(figure.value)), figure.value)


def _of(figure: Figure, whole: Decimal | None, habit: Habit, draw: random.Random) -> Said:
    """ "30/50", "20/63", "40,62/80"."""
    if whole is None or figure.unit == "percent":
        raise Unsayable
    size = habit.whole(whole) if whole >= 10 and whole == int(whole) else habit.fraction(whole)
    return Said(f"{habit.number(figure, figure.value)}/{size}", figure.value, out_of=whole)


def _among(figure: Figure, whole: Decimal | None, habit: Habit, draw: random.Random) -> Said:
    """A number whose set is named behind it: "20 trong tổng số 63"."""
    if whole is None:
        raise Unsayable
    join = draw.choice((" trong tổng số ", " trên tổng số ", " trong số "))
    return Said(habit.whole(figure.value), figure.value, out_of=whole, after=f"{join}{habit.whole(whole)}")


def _thousands(figure: Figure, whole: Decimal | None, habit: Habit, draw: random.Random) -> Said:
    """ "8,98 nghìn", "1,2 triệu"."""
    if figure.value < 1000:
        raise Unsayable
    million = figure.value >= 1_000_000
    unit = Decimal(1_000_000 if million else 1000)
    shown = (figure.value / unit).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    word = "triệu" if million else habit.thousand_word
    return Said(f"{shown:f}".replace(".", ",") + f" {word}", shown * unit)


def _about(figure: Figure, whole: Decimal | None, habit: Habit, draw: random.Random) -> Said:
    """ "hơn 4.500", "gần 4.600", "khoảng 4.500": rounded to two digits."""
    value = abs(figure.value)
    if figure.unit == "percent":
        step = Decimal("0.1")
    elif value >= 100:
        step = Decimal(10) ** (len(str(int(value))) - 2)
    else:
        raise Unsayable
    low, high = (
        (value / step).to_integral_value(ROUND_FLOOR) * step,
        (value / step).to_integral_value(ROUND_CEILING) * step,
    )
    if low == high or (figure.unit == "percent" and high >= 100):
        raise Unsayable
    word, comparator, shown = draw.choice(
        (("hơn ", "gt", low), ("trên ", "gt", low), ("gần ", "lt", high), ("khoảng ", "approx", low))
    )
    shown = shown.quantize(step) if step < 1 else shown
    return Said(habit.number(figure, shown), shown, comparator, before=word)


def _at_least(figure: Figure, whole: Decimal | None, habit: Habit, draw: random.Random) -> Said:
    if figure.value >= 100 and figure.unit == "percent":
        raise Unsayable
    ways = (("tối thiểu ", ""), ("ít nhất ", ""), ("không dưới ", ""), ("từ ", " trở lên"))
    before, after = draw.choice(ways[:3] if figure.unit == "point" else ways)
    return Said(habit.number(figure, figure.value), figure.value, "ge", before=before, after=after)


def _over(figure: Figure, whole: Decimal | None, habit: Habit, draw: random.Random) -> Said:
    if figure.value >= 100 and figure.unit == "percent":
        raise Unsayable
    return Said(habit.number(figure, figure.value), figure.value, "gt", before=draw.choice(("trên ", "hơn ")))


def _at_most(figure: Figure, whole: Decimal | None, habit: Habit, draw: random.Random) -> Said:
    word, comparator = draw.choice((("không quá ", "le"), ("tối đa ", "le"), ("dưới ", "lt")))
    return Said(habit.number(figure, figure.value), figure.value, comparator, before=word)


def _words(figure: Figure, whole: Decimal | None, habit: Habit, draw: random.Random) -> Said:
    return Said(in_words(figure.value), figure.value)


def _none(figure: Figure, whole: Decimal | None, habit: Habit, draw: random.Random) -> Said:
    """The words for zero, to which the noun is added: "không có" hồ sơ …"""
    if figure.value:
        raise Unsayable
    return Said(draw.choice(("không có", "không còn")), figure.value)


def _some(figure: Figure, whole: Decimal | None, habit: Habit, draw: random.Random) -> Said:
    """A count where there is something to count."""
    if not figure.value:
        raise Unsayable
    return _plain(figure, whole, habit, draw)


def _first(figure: Figure, whole: Decimal | None, habit: Habit, draw: random.Random) -> Said:
    """ "dẫn đầu" for the first rank."""
    if figure.value != 1:
        raise Unsayable
    return Said(draw.choice(("dẫn đầu", "đứng đầu", "đứng thứ nhất")), figure.value)


def _money(figure: Figure, whole: Decimal | None, habit: Habit, draw: random.Random) -> Said:
    """ "1.634 tỷ đồng", "12,5 triệu USD"."""
    if figure.unit == "usd":
        shown = (figure.value / 1_000_000).normalize()
        return Said(f"{shown:f}".replace(".", habit.decimals) + " triệu USD", figure.value)
    if figure.value >= 1_000_000_000:
        shown, word = (figure.value / 1_000_000_000).normalize(), draw.choice(("tỷ", "tỷ", "tỉ"))
    else:
        shown, word = (figure.value / 1_000_000).normalize(), "triệu"
    digits = habit.whole(shown) if shown == int(shown) else f"{shown:f}".replace(".", ",")
    return Said(f"{digits} {word} đồng", figure.value)


STYLES: dict[str, Style] = {
    "": _plain,
    "again": _plain,
    "of": _of,
    "among": _among,
    "thousands": _thousands,
    "about": _about,
    "least": _at_least,
    "over": _over,
    "most": _at_most,
    "words": _words,
    "none": _none,
    "some": _some,
    "money": _money,
    "first": _first,
}
"""By the name that the grammar uses. The second argument is the whole that the style names, or the figure's own."""


def in_words(value: Decimal) -> str:
    """A number up to 99 as it is spoken. Raises Unsayable for others."""
    number = int(value)
    if value != number or not 1 <= number <= 99:
        raise Unsayable
    tens, ones = divmod(number, 10)
    if not tens:
        return ONES[ones]
    last = {0: "", 1: " mốt" if tens > 1 else " một", 4: " tư" if tens > 1 else " bốn", 5: " lăm"}.get(
        ones, f" {ONES[ones]}"
    )
    return ("mười" if tens == 1 else f"{ONES[tens]} mươi") + last


def percent(part: Decimal | int, whole: Decimal | int, draw: random.Random, places: int = 2) -> Decimal:
    """A share as reports print it: rounded or, as often, cut off."""
    exact = Decimal(part) * 100 / Decimal(whole)
    made = exact.quantize(Decimal(1).scaleb(-places), draw.choice((ROUND_HALF_UP, ROUND_DOWN)))
    return Decimal(100) if made == 100 else made

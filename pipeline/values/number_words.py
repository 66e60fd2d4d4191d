"""Vietnamese number words: "hai mươi mốt" is 21, "một trăm linh năm" 105, "một triệu rưỡi" 1,500,000."""

from __future__ import annotations

from decimal import Decimal

UNITS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
# Forms that a unit takes after a tens word only.
_AFTER_TENS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_ORDINALS = {"nhất": 1, "nhì": 2, "tư": 4}
_NONE = frozenset({"không"}) | {f"{no} {verb}" for no in ("không", "chưa") for verb in ("có", "còn", "phát sinh")}

MAGNITUDES = {
    "nghìn": 10**3,
    "ngàn": 10**3,
    "vạn": 10**4,
    "triệu": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
}
NUMBER_WORDS = (
    frozenset(UNITS)
    | _AFTER_TENS.keys()
    | MAGNITUDES.keys()
    | {
        "mười",
        "mươi",
        "chục",
        "trăm",
        "linh",
        "lẻ",
        "rưỡi",
    }
)
"""Every word that can be part of a cardinal number."""


def parse_words(text: str) -> Decimal | None:
    """The value of lower-case cardinal number words, or None when they are not one whole number.

    Colloquial "ba lăm" (35) and "hai chục" (20) are read too; "rưỡi" adds half of the word before it.
    """
    words = text.split()
    if not words or len(words) > 20 or not NUMBER_WORDS.issuperset(words):
        return None
    return _Words(words).whole()


def parse_ordinal_word(text: str) -> Decimal | None:
    """The value of a word that follows "thứ": nhất 1, nhì 2, tư 4, otherwise as a cardinal."""
    word = text.strip()
    return Decimal(_ORDINALS[word]) if word in _ORDINALS else parse_words(word)


def parse_none(text: str) -> Decimal | None:
    """Zero for the words that deny a count: "không có", "chưa có", "không phát sinh" …"""
    return Decimal(0) if " ".join(text.split()) in _NONE else None


class _Words:
    """A cursor over number words; each method reads one rank of the number or nothing."""

    def __init__(self, words: list[str]) -> None:
        self._words, self._at = words, 0

    def whole(self) -> Decimal | None:
        total, ceiling = Decimal(0), Decimal(10**12)
        while self._at < len(self._words):
            part = self._below_thousand()
            if part is None:
                return None
            scale = Decimal(MAGNITUDES.get(self._peek(), 1))
            if scale >= ceiling:
                return None
            if scale > 1:
                self._at += 1
            elif self._at < len(self._words):
                return None
            total += part * scale
            ceiling = scale
            if scale > 1 and self._take("rưỡi"):
                total += scale / 2
                ceiling = Decimal(1)
        return total

    def _below_thousand(self) -> Decimal | None:
        hundreds = self._word_before("trăm")
        if hundreds is None:
            return self._below_hundred()
        self._at += 2
        value = Decimal(hundreds * 100)
        if self._take("rưỡi"):
            return value + 50
        if self._take("linh") or self._take("lẻ"):
            unit = self._unit()
            return None if unit is None else value + unit
        if self._peek() not in UNITS and self._peek() != "mười":
            return value
        rest = self._below_hundred()
        # "một trăm hai" is colloquial for 120 and formally nothing: not read.
        return None if rest is None or rest < 10 else value + rest

    def _below_hundred(self) -> Decimal | None:
        if self._take("mười"):
            return Decimal(10 + (self._unit(five="lăm") or 0))
        unit = self._unit()
        if unit is None:
            return None
        if self._take("mươi") or self._take("chục"):
            ones = self._unit(five="lăm", after_tens=True) or 0
            return Decimal(unit * 10 + ones)
        short = _AFTER_TENS.get(self._peek())
        if short is not None:
            self._at += 1
            return Decimal(unit * 10 + short)
        return Decimal(unit)

    def _unit(self, five: str = "năm", after_tens: bool = False) -> int | None:
        word = self._peek()
        if five == "lăm":
            value = 5 if word in ("lăm", "nhăm") else None if word == "năm" else UNITS.get(word)
        else:
            value = UNITS.get(word)
        if value is None and after_tens:
            value = _AFTER_TENS.get(word)
        if value is not None:
            self._at += 1
        return value

    def _word_before(self, word: str) -> int | None:
        following = self._words[self._at + 1] if self._at + 1 < len(self._words) else ""
        return UNITS.get(self._peek()) if following == word else None

    def _take(self, word: str) -> bool:
        found = self._peek() == word
        self._at += found
        return found

    def _peek(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""

"""Numbers as they stand in a text: digits or number words, with magnitude and unit, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import regex

from pipeline.match.counted_nouns import load_counted_nouns
from pipeline.match.layers import Stretches
from pipeline.model import Span
from pipeline.text.gate import gated
from pipeline.text.phrase_places import Phrase, PhraseSet, PhraseText, phrase_set
from pipeline.values.number_words import NUMBER_WORDS, UNITS, parse_words

TIMEOUT = 10.0
"""Seconds that one pass over a document may take; the expressions are linear, this is a fuse."""


def closely_spaced(pattern: str) -> regex.Pattern[str]:
    """Compile a pattern in which a blank stands for one to three of any white space."""
    return regex.compile(pattern.replace(" ", r"\s{1,3}"))


def looked_up(first_words: Iterable[str], pattern: str) -> PhraseSet:
    """A `closely_spaced` pattern that begins with one of some words, to be tried only where they stand."""
    openings = frozenset((word,) for word in first_words)
    return phrase_set([Phrase(closely_spaced(pattern).pattern, openings)])


class Token(NamedTuple):
    """One number: its digits or words with the magnitude, and the unit behind it."""

    number: Span
    is_word: bool = False
    unit: str | None = None
    unit_span: Span | None = None

    @property
    def end(self) -> int:
        return self.unit_span.end if self.unit_span else self.number.end


_MAGNITUDE = r"(?:nghìn|ngàn|vạn|triệu(?!\s+tập)|t[ỷỉ](?!\s+(?:lệ|trọng|suất|số|giá)))(?!\w)"
_FIGURE = r"[0-9]++(?:[.,][0-9]++)*+"
# "27 nghìn tỷ"; a further term has a smaller magnitude: "1 triệu 200 nghìn".
_AMOUNT = (
    rf"{_FIGURE}\s{{0,2}}+{_MAGNITUDE}(?: (?:triệu|t[ỷỉ])(?!\w))?+"
    rf"(?:(?<=t[ỷỉ])\s{{1,2}}{_FIGURE}\s{{0,2}}triệu(?!\w))?+"
    rf"(?:(?<=t[ỷỉ]|triệu|vạn)\s{{1,2}}{_FIGURE}\s{{0,2}}(?:nghìn|ngàn)(?!\w))?+"
    r"(?: rưỡi(?!\w))?+"
)
# Digits that typesetting or recognition tore apart are joined only before a unit that needs them.
_TORN = (
    r"[0-9](?:\x20[0-9]){1,4}+(?:\x20?[.,]\x20?[0-9]{1,2})?+(?=\s?%%)"
    r"|(?:[0-9]{2}(?:[.,]\x20[0-9]|\x20[.,]\x20?[0-9]{1,2})|0\x20?[.,]\x20?[0-9]{1,2})(?=\s?%%)"
    r"|[0-9]{1,3}\x20,[0-9]{1,2}(?=\s?(?:điểm|tỷ|triệu|ngày)\b)"
    r"|[0-9]{1,3}(?:\x20[0-9]{3}){1,4}+(?=\s?(?:%s)\b)"
)
_DIGIT = re.compile(r"[0-9](?<!\w.)")


class _Nouns(NamedTuple):
    """What the nouns by which reports count say of numbers."""

    digits: regex.Pattern[str]
    behind: regex.Pattern[str]
    glued: regex.Pattern[str]


@cache
def _nouns() -> _Nouns:
    nouns = load_counted_nouns()
    return _Nouns(
        digits=closely_spaced(rf"(?<!\w)(?:(?<![0-9]\x20)(?:{_TORN % nouns.grouped})|{_AMOUNT}|{_FIGURE})"),
        behind=closely_spaced(rf" (?:{nouns.counted})(?!\w)"),
        glued=regex.compile(rf"(?:{nouns.counted})(?!\w)"),
    )


_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_STARTERS = "|".join([*UNITS, "mười"])
_WORDS = looked_up([*UNITS, "mười"], rf"(?<![\w-])(?:{_STARTERS})(?: (?:{_WORD})(?!\w)){{0,15}}+(?!\w)")
# "nhất" and "nhì" are numbers in a ranking only, "tư" after "thứ" or "hạng" only.
_ORDINAL_WORDS = looked_up(
    ("nhất", "nhì", "tư"),
    r"(?<=(?<!\w)(?:thứ|hạng|xếp|đứng|trí|giải|về) )(?:nhất(?! là(?!\w))|nhì)(?!\w)(?! (?:trí|quán|định|thiết))"
    r"|(?<=(?<!\w)(?:thứ|hạng) )tư(?!\w)",
)
_IDIOMS = closely_spaced(
    r"một (?:cửa|số|phần|trong|cách|vài|khi|mặt|bộ phận|chiều|lần|lòng|dấu)(?!\w)"
    r"|hai chiều(?!\w)|ba (?:tri|vì|đình)(?!\w)"
)

_YEAR_BEFORE = closely_spaced(
    r"(?r)(?<!\w)(?:trong|của|mỗi|hàng|hằng|cả|đầu|cuối|giữa|từng|những|nhiều|vài|qua|theo|sau|trước|suốt) "
)

_UNITS = closely_spaced(
    r"\s{0,2}(?:"
    r"(?P<percent_point>điểm\s?%|điểm phần trăm(?!\w))"
    r"|(?P<percent>%(?:\s?điểm(?!\w))?|phần trăm(?!\w))"
    r"|(?P<point>đi[ểẻễ]m(?!\w)(?! (?:cầu|sáng|đến|nóng|nghẽn|bưu|trường|du lịch|tiếp|kinh doanh|mới|dân cư|giao dịch"
    r"|cung|truy|thực hiện|phục vụ|tư vấn|công cộng|wifi|yếu|mạnh|tin|hỗ trợ|thu|bán|dừng|đỗ|văn hóa|mỏ"
    r"|khai|nhấn)(?!\w)))"
    r"|(?P<rank_step>(?:thứ )?(?:bậc|hạng)(?!\w)(?! \d)(?! (?:mục|lương|học|thợ|nhất|nhì|đào)(?!\w))"
    r"|vị trí(?!\w)(?! (?:việc|công tác|công chức|lãnh|cán|thứ|chức|trọng)(?!\w)))"
    r"|(?P<person_day>ngày công(?!\w))"
    r"|(?P<day>ngày(?!\w)(?: làm việc(?!\w))?)"
    r"|(?P<week>tuần(?!\w))"
    r"|(?P<month>tháng(?!\w)(?! [0-9]))"
    r"|(?P<hour>giờ(?!\w))"
    r"|(?P<minute>phút(?!\w))"
    r"|(?P<year>năm(?!\w)(?! (?:[0-9]{4}|nay|ngoái|trước|sau|qua)))"
    r"|(?P<times>lần(?!\w)(?! (?:thứ|lượt)))"
    r"|(?P<vnd>(?:đồng|vnđ|vnd)(?!\w)(?! (?:chí|bộ|thời|hồ|nghiệp|bào|bằng|nai|tháp"
    r"|xoài|hới|phú|ý|tình|phục|đội|hành|hóa|đều)(?!\w))|(?<=[0-9])đ(?!\w))"
    r"|(?P<usd>usd(?!\w)|đô\s?la(?!\w)(?: mỹ(?!\w))?)"
    r"|(?P<hectare>(?:ha|hecta|héc ta)(?!\w))"
    r"|(?P<km2>km2|km²)(?!\w)|(?P<m2>m2|m²)(?!\w)|(?P<km>km)(?!\w)"
    r")"
)
UNIT_NAMES = ("count", *_UNITS.groupindex)
"""What a number may be a number of; without a unit behind it, it counts."""
_LETTERS = closely_spaced(r"[^\W\d_]++")


def tokens(text: PhraseText, start: int, end: int, blocked: Stretches) -> list[Token]:
    """The numbers of `text.view[start:end]` in their order; digits and words that are blocked are passed over."""
    found = [t for t in _digit_tokens(text.view, start, end) if not blocked.touches(t.number)]
    found += [t for t in _word_tokens(text, start, end) if not blocked.touches(t.number)]
    ordinals = text.finditer(_ORDINAL_WORDS, start, end)
    found += [t for t in (Token(Span(*m.span()), is_word=True) for m in ordinals) if not blocked.touches(t.number)]
    return sorted(found, key=lambda token: token.number.start)


def counted_noun_follows(view: str, at: int) -> bool:
    """Whether a noun that reports count things by (hồ sơ, đơn vị, lượt …) stands right behind `at`."""
    return _nouns().behind.match(view, at) is not None


def _digit_tokens(view: str, start: int, end: int) -> Iterator[Token]:
    for match in gated(_DIGIT, _nouns().digits, view, start, end, TIMEOUT):
        span = Span(*match.span())
        if _stands_alone(view, span, end):
            yield _with_unit(view, span, end)


def _stands_alone(view: str, span: Span, end: int) -> bool:
    """Whether the digits are no part of a name, a time or a phone number."""
    before = view[max(0, span.start - 2) : span.start]
    after = view[span.end : min(end, span.end + 2)]
    if (before[-1:] == ":" and before[:1].isdigit()) or (after[:1] == ":" and after[1:].isdigit()):
        return False
    if before[-1:] in ("-", "/", ".", ",") and len(before) == 2:
        glued = before[0].isalpha() if before[1] in "-/" else before[0] == ")"
        if glued:
            return False
    if after[:1] in ("-", "/") and after[1:].isalpha():
        return False
    if view[span.start] == "0" and view[span.start : span.end].isdigit() and len(span) > 3:
        return False
    letters = _LETTERS.match(view, span.end, end)
    # "30c" and "4g" are names; "50.000đ" and words glued by a lost blank ("52hồ sơ") are not.
    if letters is None or len(letters[0]) > 2:
        return True
    return bool(_UNITS.match(view, span.end, end) or _nouns().glued.match(view, span.end, end))


def _word_tokens(text: PhraseText, start: int, end: int) -> Iterator[Token]:
    view, at = text.view, start
    while match := text.search(_WORDS, at, end):
        span = _longest_number(view, Span(*match.span()))
        at = span.end
        if view.startswith("năm", span.start) and len(span) == 3 and not _is_five(view, span):
            continue
        if not _IDIOMS.match(view, span.start):
            yield _with_unit(view, span, end, is_word=True)


def _longest_number(view: str, run: Span) -> Span:
    """The longest head of a run of number words that is one number ("hai mươi năm" is twenty years)."""
    words = run.of(view)
    while parse_words(words) is None:
        words = words[: words.rindex(words.split()[-1])].rstrip()
    return Span(run.start, run.start + len(words))


def _is_five(view: str, span: Span) -> bool:
    """Whether "năm" is the number: after "thứ", or before a counted noun where it cannot be the year."""
    window = max(0, span.start - 12)
    if view.endswith("thứ ", window, span.start):
        return True
    return counted_noun_follows(view, span.end) and not _YEAR_BEFORE.match(view, window, span.start)


def _with_unit(view: str, number: Span, end: int, is_word: bool = False) -> Token:
    unit = _UNITS.match(view, number.end, end)
    if unit is None or unit.lastgroup is None:
        return Token(number, is_word)
    return Token(number, is_word, unit.lastgroup, Span(*unit.span(unit.lastgroup)))

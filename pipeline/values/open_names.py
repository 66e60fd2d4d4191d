"""Bodies whose names no list can hold: a head and the field, the seat or the number that makes it one of many ("Chi
cục Kiểm lâm", "Ban Quản lý Khu kinh tế mở Chu Lai", "Kho bạc Nhà nước khu vực XIII")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import regex

from pipeline.model import Span
from pipeline.rulebook.source import Reader

_GAP = r"(?: {1,4}|\n(?=\p{Ll}))"
_JOINT = rf"(?:{_GAP}(?:và|-|–){_GAP}(?:các{_GAP})?|{_GAP})"
_MOST_WORDS = 9


@dataclass(frozen=True, slots=True)
class OpenName:
    """Where a body is named, up to its place, with its kind and level."""

    span: Span
    name: str
    kind: str
    level: str


@dataclass(frozen=True, slots=True)
class OpenNames:
    """The heads that such names begin with, and the words of the sentence that end them."""

    _heads: Mapping[str, tuple[str, str, str]] = field(repr=False)
    _pattern: regex.Pattern[str] = field(repr=False)

    def find(self, normal: str) -> Iterator[OpenName]:
        """Every such body that a text names, in order."""
        for match in self._pattern.finditer(normal):
            head, kind, level = self._heads[" ".join(match.group(match.lastgroup or 0).split())]
            rest = " ".join(normal[match.end(match.lastgroup or 0) : match.end()].split())
            yield OpenName(Span(*match.span()), f"{head} {rest}", kind, level)


def load_open_names(top: Reader, province_names: str, units: str) -> OpenNames:
    """The names of `open` in agencies.yaml; none ends behind a unit of administration or a province's name."""
    section = top.mapping("open")
    section.only("heads", "ends")
    heads: dict[str, tuple[str, str, str]] = {}
    of_field: list[str] = []
    numbered: list[str] = []
    for entry in section.entries("heads"):
        entry.only("name", "variants", "kind", "level", "numbered")
        for spelling in (entry.text("name"), *entry.texts("variants")):
            heads[spelling] = entry.text("name"), entry.text("kind"), entry.text("level")
            (numbered if entry.entry.get("numbered") else of_field).append(spelling)

    def any_of(words: list[str] | tuple[str, ...]) -> str:
        return "|".join(_GAP.join(map(regex.escape, w.split())) for w in sorted(words, key=len, reverse=True))

    stop = rf"(?!(?i:{any_of(section.texts('ends'))}|{units})(?!\w)|{province_names}(?!\w))"
    number = rf"{_GAP}(?i:khu vực|cơ sở){_GAP}(?:[IVX]{{1,5}}|\d{{1,2}})(?![\w%]|[.,]\d)"
    kind = rf"(?:{_GAP}(?:mở|cửa khẩu|ven biển))?"
    # "Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn": a province behind a hyphen is of the name.
    seat = rf"(?:{_GAP}[-–]{_GAP}{province_names}(?!\w))?"
    named = rf"{kind}{_GAP}{stop}\p{{Lu}}\p{{L}}*(?:{_JOINT}{stop}\p{{L}}+){{0,{_MOST_WORDS}}}{seat}"
    return OpenNames(
        heads,
        regex.compile(
            rf"(?<!\w)(?:(?P<any>{any_of(of_field)})(?:{named}(?:{number})?|{number})"
            rf"|(?P<one>{any_of(numbered)}){number})(?!\w)"
        ),
    )

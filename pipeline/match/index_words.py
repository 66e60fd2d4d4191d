"""The words before a number that say what it is: its governors, and what parts them from it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Span
from pipeline.rulebook.index_rules import FrameRules
from pipeline.text.phrase_places import PhraseText
from pipeline.text.spacing import spaced, spaced_regex

_COMMA = spaced(r"[,:](?!\d)")
# "tăng cả điểm lẫn hạng, lần lượt 1,9 điểm và 8 bậc": the comma parts nothing.
_IN_TURN = spaced(r",\s*(?:lần lượt|tương ứng|cụ thể)(?: là)?\s*$")
_NAME = spaced_regex(r"\p{Lu}[\p{Ll}]|\p{Lu}{2,}")
_CAPITAL = spaced_regex(r"\p{Lu}")
_OTHERS = spaced(
    r"(?<!\w)(?:mức|mục tiêu|chỉ tiêu|kế hoạch|tỉnh|thành phố|địa phương|đơn vị|vùng|khu vực|cả nước|toàn quốc|nơi|"
    r"trung vị)(?!\w)"
)
_GROUP = spaced(
    r"(?<!\w)(?:các|những|toàn|cả|khối|vùng|khu vực|chung|\d+ (?:tỉnh|sở|huyện|xã|đơn vị|cơ quan|bộ|"
    r"địa phương))(?!\w)"
)
# "có điểm trung bình cao nhất, 81,6 điểm", "mức bình quân thấp nhất: 81%": the number stands in apposition.
_APPOSED = spaced(
    r"(?<!\w)(?:cao|thấp|tốt|lớn|kém) nhất(?: (?:cả nước|toàn quốc|trong \d+ (?:vùng|năm)(?: qua)?"
    r"|(?:từ )?trước (?:đến|tới) nay))?\s*$"
)
_LAST_PERIOD = spaced(r"(?<!\w)(?:năm|tháng|quý|kỳ|lần|cùng kỳ)(?!\w)")


@dataclass(frozen=True, slots=True)
class Governor:
    """A word of `frame.yaml` and what it makes of a number behind it: level, rise, rank, mean …"""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Words:
    """The stretch before a number: from the last figure or clause to the number itself."""

    governors: tuple[Governor, ...]
    lower: str
    normal: str
    start: int
    entities: tuple[Span, ...] = ()

    @property
    def last(self) -> Governor | None:
        return self.governors[-1] if self.governors else None

    @property
    def kind(self) -> str:
        """The kind of the last governor, or "" """
        return self.governors[-1].kind if self.governors else ""

    @property
    def in_bracket(self) -> bool:
        """Whether the number opens a bracket: "Đồng Tháp (46,72 điểm)"."""
        return self.lower.rstrip().endswith(("(", "["))

    @property
    def is_and(self) -> bool:
        """Whether only "và" stands between the figure before and the number."""
        return " ".join(self.lower.split()) in ("và", "và cả", "cùng")

    def behind(self, governor: Governor) -> str:
        """The words between a governor and the number."""
        return self.lower[governor.span.end - self.start :]

    def cut_off(self, governor: Governor) -> bool:
        """Whether a comma parts a governor from the number."""
        return _COMMA.search(_IN_TURN.sub(" ", self.behind(governor))) is not None

    def direction(self) -> tuple[int, Governor] | None:
        """The last word of rising or falling and its sign."""
        for governor in reversed(self.governors):
            if (sign := _SIGNS.get(governor.kind)) is not None:
                return sign, governor
        return None

    def has(self, *kinds: str) -> bool:
        return any(g.kind in kinds for g in self.governors)

    def near_chunk(self) -> tuple[Governor, ...]:
        """The governors behind the last comma."""
        commas = [m.end() for m in _COMMA.finditer(self.lower)]
        start = self.start + (commas[-1] if commas else 0)
        return tuple(g for g in self.governors if g.span.start >= start)

    @property
    def is_apposed(self) -> bool:
        """Whether the number stands in apposition to a superlative: "mức trung bình thấp nhất: 81%"."""
        return _APPOSED.search(self.lower.rstrip(" ,:(")) is not None

    def apposed_chunk(self) -> tuple[Governor, ...]:
        """The governors behind the last comma that is not one of an apposition."""
        # "Giá trị trung bình của các sở: 89,94%": a colon right before the number parts nothing.
        lower = self.lower.rstrip(" :\n")
        commas = [m for m in _COMMA.finditer(lower) if not _APPOSED.search(lower[: m.start()])]
        start = self.start + (commas[-1].end() if commas else 0)
        return tuple(g for g in self.governors if g.span.start >= start)

    def speaks_of_group(self) -> bool:
        """Whether the words name several units that a mean can be of."""
        return _GROUP.search(self.lower) is not None

    def names_another(self, governor: Governor) -> bool:
        """Whether a name stands between a governor and the number."""
        if self.names_entity(governor):
            return True
        return _NAME.search(self.normal[governor.span.end - self.start :]) is not None

    def names_entity(self, governor: Governor) -> bool:
        """Whether a known agency or place stands between a governor and the number."""
        return any(entity.start >= governor.span.end for entity in self.entities)

    def names_anyone(self) -> bool:
        """Whether a name stands anywhere in the words."""
        return bool(self.entities) or has_capital(self.normal)

    def compares_with_another(self, governor: Governor) -> bool:
        """Whether the words behind a comparison name someone else, or a mark to reach: a gap, no change."""
        lower = self.behind(governor)
        return self.names_another(governor) or (bool(_OTHERS.search(lower)) and not _LAST_PERIOD.search(lower))


def has_capital(words: str) -> bool:
    """Whether a capital stands anywhere in words, as names have."""
    return _CAPITAL.search(words) is not None


def starting_in(spans: Sequence[Span], stretch: Span) -> Sequence[Span]:
    """The spans, sorted by start, that begin inside a stretch."""
    low = bisect_left(spans, Span(stretch.start, stretch.start))
    return spans[low : bisect_left(spans, Span(stretch.end, stretch.end), lo=low)]


_SIGNS = {"rise": 1, "up_to": 1, "fall": -1, "down_to": -1}


def words_before(
    text: PhraseText, normal: str, stretch: Span, names: Sequence[Span], entities: Sequence[Span], frame: FrameRules
) -> Words:
    """The governors of a stretch, in order; a word inside the name of an index is none ("tiến độ").

    `entities` are the names of agencies and places.
    """
    found = tuple(
        Governor(str(m.lastgroup), Span(*m.span()))
        for m in text.finditer(frame.governors, stretch.start, stretch.end)
        if not any(name.start < m.end() and m.start() < name.end for name in names)
    )
    inside = tuple(starting_in(entities, stretch))
    return Words(found, stretch.of(text.view), stretch.of(normal), stretch.start, inside)

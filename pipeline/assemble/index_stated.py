"""The years, and of monthly indices the months and days, that a stretch about an index states, and how it uses them."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.assemble.context import Context
from pipeline.assemble.dates import ResolvedDate
from pipeline.assemble.slots import Period
from pipeline.match.layers import within
from pipeline.model import Span
from pipeline.text.spacing import spaced, spaced_regex
from pipeline.values.periods import months, period_code

_COMPARED = spaced_regex(
    r"(?<!\w)(?:so với|so|đặt cạnh|so sánh với|hơn|kém|thấp hơn|cao hơn|nhiều hơn|nhỉnh hơn|"
    r"ít hơn|bằng|ngang|(?<!nếu )như|"
    r"kể từ|từ)\s+"
    r"(?:cả |cùng kỳ |kết quả |mức |điểm )*$"
)
_OUTLOOK = spaced(r"(?<!\w)(?:giai đoạn|kế hoạch|nhiệm kỳ|phương hướng|trước|định hướng(?: đến)?|tầm nhìn)\s+$")
_FROM_BEFORE = spaced(r"(?<!\w)từ [^.;,()]{0,40}?\(?(?:của |ở |trong )?(?:năm )?$")
_TURNS = spaced(
    r"\s*\)?\s*,?\s*(?:đã |tiếp tục )?(?:vươn |tụt |lùi |tăng |nhảy |rơi |trượt |nâng )?(?:lên|xuống)(?!\w)"
)
# "sau khi để mất vào năm 2021, đạt 90,1%": when something else was.
_ONCE = spaced(
    r"(?<!\w)(?:sau khi|từng|lần (?:gần nhất|cuối)|trước đây|kể từ khi|kể từ lần)(?!\w)[^,.;()]{0,45}?(?:năm )?$"
)
_CLOSES_CLAUSE = spaced(r"\s*[,)]")
_BARE_YEAR = spaced_regex(
    r"(?:(?<=\()\s*((?:19|20)\d{2})\s*:|(?<=so với )((?:19|20)\d{2})(?![\d/]|[.,]\d)"
    # "qua các năm: 2019 đạt 71,3 điểm, 2020 đạt 69,3 điểm"
    r"|(?<=[:;,] )((?:19|20)\d{2})(?= (?:đạt|là|được|còn|xếp|đứng)(?!\w)))"
)
OWN_BEHIND = spaced(r"\s*(?:điểm|%)?\s*(?:trở (?:lên|xuống)\s*)?\(?\s*(?:của |vào |trong |ở )?$")
SET_BEHIND = spaced(r"^\s*/\s*\d+(?:\s*tỉnh(?:, thành phố|, thành|/thành phố)?)?")


class Role(StrEnum):
    """How a text uses a period that it states."""

    GENERAL = "general"
    COMPARED = "compared"
    ASIDE = "aside"
    """In a bracket, for what the bracket holds."""
    FROM = "from"
    """With the first end of "từ a (năm X) lên b"."""


@dataclass(frozen=True, slots=True)
class Stated:
    period: Period
    span: Span
    role: Role


class IndexStated:
    """The periods that one document states of indices; those of `monthly` indices may be months and days."""

    def __init__(self, context: Context, monthly: Set[str]) -> None:
        self.context, self.monthly = context, monthly
        self.view = context.layers.view
        self.dated = [d for d in context.dates if d.mention is not None]
        years = [m.year for m in context.layers.indices if m.year]
        years += [Span(*m.span(m.lastindex or 0)) for m in _BARE_YEAR.finditer(self.view)]
        self.bare = sorted(years)
        self._asked: tuple[Span, str] | None = None
        self._told: list[Stated] = []
        self.named_at = {m.year: m.span.start for m in context.layers.indices if m.year}

    def of(self, stretch: Span, code: str) -> list[Stated]:
        """The periods that a stretch states for the index `code`, with their roles, in order."""
        # Each number of a sentence asks for the whole sentence.
        if (stretch, code) != self._asked:
            self._asked, self._told = (stretch, code), self._of(stretch, code)
        return self._told

    def _of(self, stretch: Span, code: str) -> list[Stated]:
        found = [
            Stated(period_of(d.mention.start, d.mention.end, d.span), d.span, self._role(d.span, d))
            for d in within(self.dated, stretch)
            if d.mention is not None and self._holds(d, code)
        ]
        taken = [s.span for s in found]
        found += [
            Stated(self.year(y), y, self._role(y, None))
            for y in self.bare
            if stretch.start <= y.start < stretch.end and not any(y.overlaps(t) for t in taken)
        ]
        return sorted(found, key=lambda s: s.span)

    def general(self, stretch: Span, code: str) -> list[Period]:
        """Those of which the stretch speaks as such."""
        return [s.period for s in self.of(stretch, code) if s.role is Role.GENERAL]

    def _holds(self, resolved: ResolvedDate, code: str) -> bool:
        # A ranking that is told each month may be told for a week, by its days.
        kinds = ("year", "month", "quarter", "day", "interval") if code in self.monthly else ("year",)
        mention = resolved.mention
        if mention is None or resolved.kind not in kinds or mention.role in ("published", "issued"):
            return False
        if resolved.kind == "day" and mention.role != "period":
            return False
        return _OUTLOOK.search(self.view[max(0, resolved.span.start - 20) : resolved.span.start]) is None

    def _role(self, span: Span, resolved: ResolvedDate | None) -> Role:
        if resolved is not None and resolved.mention and resolved.mention.role == "base_period":
            return Role.COMPARED
        # "so với PAPI 2020": the name of the index may stand between.
        at = self.named_at.get(span, span.start)
        if any(_COMPARED.search(self.view[max(0, start - 40) : start]) for start in {at, span.start}):
            return Role.COMPARED
        if _ONCE.search(self.view[max(0, span.start - 60) : span.start]) and _CLOSES_CLAUSE.match(self.view, span.end):
            return Role.ASIDE
        if self._follows_start(span) or (
            _TURNS.match(self.view, span.end) and _FROM_BEFORE.search(self.view[max(0, span.start - 60) : span.start])
        ):
            return Role.FROM
        return (
            Role.ASIDE
            if self.bracket(span.start, Span(max(0, span.start - 80), span.end)) is not None
            else Role.GENERAL
        )

    def is_compared(self, year: Span) -> bool:
        """Whether a year is only what something is set against: "so với PAPI 2020"."""
        return self._role(year, None) is Role.COMPARED

    def bracket(self, at: int, stretch: Span) -> int | None:
        """Where the bracket opens that holds an offset; None outside of brackets."""
        opening = self.view.rfind("(", stretch.start, at)
        return opening if opening >= 0 and ")" not in self.view[opening:at] else None

    def _follows_start(self, span: Span) -> bool:
        """Whether a period stands right behind the first end of a change: "từ vị trí thứ 9 năm 2020 vươn lên"."""
        atoms = within(self.context.layers.numbers, Span(max(0, span.start - 30), span.start))
        return bool(atoms) and atoms[-1].role == "change_from" and OWN_BEHIND.fullmatch(
            SET_BEHIND.sub("", self.view[min(atoms[-1].span.end, span.start) : span.start])
        ) is not None  # fmt: skip

    def year(self, span: Span) -> Period:
        """The year that four digits name."""
        return period_of(*months(int(span.of(self.view)), 1, 12), span)


def period_of(start: date, end: date, span: Span | None) -> Period:
    """A period with its shortest code."""
    return Period(period_code(start, end), start, end, span)

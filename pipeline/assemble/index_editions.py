"""Which edition of an index a text speaks of where a number's own sentence names no year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.index_stated import IndexStated, Role, Stated
from pipeline.assemble.made_on import made_on
from pipeline.assemble.slots import Period
from pipeline.match.layers import within
from pipeline.match.names import IndexMention, NameKind
from pipeline.model import BlockKind, Span
from pipeline.rulebook.index_rules import Index
from pipeline.text.spacing import spaced, spaced_regex

_CONCLUDES = spaced(r"[-•*\s]*(?:như vậy|như thế|tính ra|so ra|vậy là|tức là)(?!\w)")
_THIS_TIME = spaced_regex(
    r"(?<!\w)(?<!đến )(?<!hiện )(?:năm nay|lần này|kỳ này|đợt này"
    r"|nay(?= (?:lùi|tụt|rớt|rơi|lên|vươn|xuống|về|đứng|xếp|đạt|còn|tăng|giảm)))(?!\w)"
)
_SENTENCE_END = spaced(r"[.;\n]\s|\n")
_GOAL = spaced(r"(?<!\w)(?:mục tiêu|phấn đấu|chỉ tiêu|đến năm|tới năm|yêu cầu|dự kiến|nhiệm vụ|đặt ra|sẽ)(?!\w)[^.;]*$")
NEAR_INDEX = 60
"""So many characters behind the name of an index its year may stand."""
_ABOUT_INDICES = spaced(r"(?<!\w)(?:chỉ số|xếp hạng|index)(?!\w)")
_SEVERAL_INDICES = spaced(r"(?<!\w)(?:các|cả|\d|hai|ba|bốn|những) (?:bộ )?chỉ số(?!\w)(?! thành phần)[^.;:()\d]*\Z")
_YEAR_HEADING = spaced(
    r"[\W\divx]*(?:(?P<goals>mục tiêu|chỉ tiêu|phương hướng|nhiệm vụ|kế hoạch) |kết quả )?"
    r"năm (?P<year>(?:19|20)\d{2})\W*"
)
_GOALS = spaced(r"(?<!\w)(?:chỉ tiêu|mục tiêu|phấn đấu)(?!\w)")
_ITEM = regex.compile(r"\s*(?:[-+*•]|[a-zđ\d]{1,2}[.)])\s*")
_LISTED = regex.compile(r"\s*[-+*•–]\s*")
_LIST_LENGTH = 15
_PLAN = spaced(r"(?<!\w)kế hoạch(?!\w)")


class IndexEditions:
    """The editions that one document names: above a number, in headings, with the index anywhere."""

    def __init__(self, context: Context, indices: Mapping[str, Index]) -> None:
        self.context = context
        self.view = context.layers.view
        self.stated = IndexStated(context, {index.code for index in indices.values() if index.monthly})
        self._latest: dict[str, Period | None] = {}
        """The edition of each index that the document tells of, once it is asked for."""

    def _this_edition(self, place: Span, before: Stated, code: str) -> Period | None:
        """The edition that a text is about, taken up behind an earlier year: "năm 2022 tỉnh mới ở vị trí 27, năm nay
        đứng thứ 13" in an article of 2024 on the edition of 2023."""
        if _THIS_TIME.search(self.view, before.span.end, place.start) is None:
            return None
        if code not in self._latest:
            known = self._with_index(code, Span(0, len(self.view)))
            self._latest[code] = max(known, key=lambda p: p.end, default=None)
        edition = self._latest[code]
        return edition if edition is not None and edition.start > before.period.end else None

    def _outside(self, code: str, at: int, block: int, is_change: bool) -> Period | None:
        """The period stated before in the block, with the index anywhere, in a heading, or in what went before."""
        blocks = self.context.layers.document.blocks
        told = [s for s in self.stated.of(Span(blocks[block].span.start, at), code) if s.role is Role.GENERAL]
        if told and not is_change and (edition := self._this_edition(Span(at, at), told[-1], code)) is not None:
            return edition
        earlier = [s.period for s in told]
        if earlier and is_change and _CONCLUDES.match(self.view, at):
            # "Như vậy … tăng 2 bậc" sums up what was said of two years.
            earlier = [*earlier, *self._with_index(code, Span(0, at))]
        if earlier:
            return max(earlier, key=lambda p: p.end) if is_change else earlier[-1]
        if (announced := self._announced(block, code)) is not None:
            return announced
        headings = [n for n in range(block - 1, -1, -1) if blocks[n].kind in (BlockKind.TITLE, BlockKind.HEADING)]
        for n in headings:
            year = _YEAR_HEADING.fullmatch(self.view, blocks[n].span.start, blocks[n].span.end)
            if year is not None and year["goals"]:
                return self.stated.year(Span(*year.span("year")))
            if _PLAN.search(self.view, blocks[n].span.start, blocks[n].span.end) and (
                planned := self.stated.general(blocks[n].span, code)
            ):
                return planned[0]
        above = blocks[headings[0]].span if headings else Span(0, 0)
        named = [s.period for s in self.stated.of(above, code) if s.role is not Role.COMPARED]
        nearer = self._with_index(code, Span(above.end, at)) if named else []
        if nearer and len({p.code for p in nearer}) == 1 and nearer[0].end < named[-1].end:
            # "PII tại Việt Nam năm 2025" above, "kết quả PII năm 2024" below it: the heading tells the time of writing.
            return nearer[0]
        if named and _ABOUT_INDICES.search(self.view, above.start, above.end):
            return named[-1]
        for known in (
            self._with_index(code, Span(0, at)),
            self._of_all_indices(code, at),
            self._with_index(code, Span(at, len(self.view))),
        ):
            if known:
                return max(known, key=lambda p: p.end)
        if (beside := self._of_items_before(block)) is not None:
            return beside
        for n in [*headings, *range(block - 1, -1, -1)]:
            if blocks[n].kind is not BlockKind.FURNITURE and (found := self.stated.general(blocks[n].span, code)):
                # "Tháng 8 đạt 88,42 điểm. Tháng 7, tỉnh đạt 84,9": what goes on is of the later.
                return (
                    max(self._not_ahead(found), key=lambda period: period.end)
                    if code in self.stated.monthly
                    else found[-1]
                )
        if code in self.stated.monthly:
            # "… (tuần thứ 38, từ ngày 15/9/2025 đến ngày 21/9/2025)": the days of the ranking that is told.
            days = [s.period for s in self.stated.of(Span(0, at), code) if s.role is Role.ASIDE and _is_run(s.period)]
            return days[0] if days else None
        return None

    def _of_all_indices(self, code: str, at: int) -> list[Period]:
        """The year told before of several indices at once: "Cả 4 bộ chỉ số của năm 2023 đã được công bố"."""
        told = self.stated.of(Span(0, at), code)
        return self._not_ahead(
            [
                s.period
                for s in told
                if s.role is Role.GENERAL
                and _SEVERAL_INDICES.search(self.view, max(0, s.span.start - NEAR_INDEX), s.span.start)
            ]
        )[-1:]

    def _of_items_before(self, block: int) -> Period | None:
        """The year that an item before in the same list gives for its own index: "- PAR INDEX năm 2023: …", then
        "- SIPAS: …"."""
        blocks = self.context.layers.document.blocks
        if not _LISTED.match(blocks[block].span.of(self.view)):
            return None
        for above in reversed(blocks[max(0, block - _LIST_LENGTH) : block]):
            if not _LISTED.match(above.span.of(self.view)):
                return None
            for name in within(self.context.layers.indices, above.span)[:1]:
                told = list(self._beside(name, name.index)) if name.index and not self._is_goal(name.span) else []
                if told:
                    return told[0]
        return None

    def _announced(self, block: int, code: str) -> Period | None:
        """The year that the words above set for a list of goals, or that is a heading of its own: "UBND xã đề ra
        các chỉ tiêu năm 2026:", "V. NĂM 2024"."""
        blocks = self.context.layers.document.blocks
        for above in reversed(blocks[max(0, block - _LIST_LENGTH) : block]):
            words = above.span.of(self.view)
            is_year = above.kind is not BlockKind.TITLE and _YEAR_HEADING.fullmatch(words) is not None
            opens = words.rstrip().endswith(":") and _GOALS.search(words) is not None
            if (is_year or opens) and (set_for := self.stated.general(above.span, code)):
                return set_for[-1]
            if not _ITEM.match(words):
                return None
        return None

    def _with_index(self, code: str, stretch: Span) -> list[Period]:
        """The periods that stand with a naming of the index as a result, up to the document's own year."""
        named = [
            m for m in within(self.context.layers.indices, stretch)
            if m.index == code and m.kind is NameKind.WHOLE and not self._is_goal(m.span)
        ]  # fmt: skip
        return self._not_ahead([p for m in named for p in self._beside(m, code)])

    def _not_ahead(self, periods: list[Period]) -> list[Period]:
        """Those that had begun when the document was made; all where none had."""
        today = made_on(self.context.identity)
        return [p for p in periods if today is None or p.start <= today] or periods

    def _is_goal(self, span: Span) -> bool:
        """Whether the words before speak of what is to come."""
        return _GOAL.search(self.view, max(0, span.start - 80), span.start) is not None

    def _beside(self, mention: IndexMention, code: str) -> Iterable[Period]:
        """The period beside one naming: "Chỉ số CCHC của tỉnh Sơn La năm 2020", "Năm 2020, chỉ số …"."""
        if mention.year is not None:
            if not self.stated.is_compared(mention.year):
                yield self.stated.year(mention.year)
            return
        near = Span(max(0, mention.span.start - 25), min(len(self.view), mention.span.end + NEAR_INDEX))
        for item in self.stated.of(near, code):
            if item.role not in (Role.GENERAL, Role.ASIDE):
                continue
            gap = Span(mention.span.end, item.span.start) if item.span.start >= mention.span.end else Span(
                item.span.end, max(item.span.end, mention.span.start)
            )  # fmt: skip
            words = gap.of(self.view).lstrip(" )")
            if not _SENTENCE_END.search(gap.of(self.context.layers.document.text)) and not regex.search(
                r"\d|[();]", words
            ):
                yield item.period
                return


def _is_run(period: Period) -> bool:
    """Whether a period is one of several days and no whole month."""
    return period.start < period.end and "/" in period.code

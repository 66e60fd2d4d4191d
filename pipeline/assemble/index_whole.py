"""Wholes that a figure of an index is of: the country, a region, a group of units."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.index_units import IndexNames
from pipeline.assemble.slots import Subject
from pipeline.assemble.subject_names import NATION
from pipeline.match.index_groups import IN_TURN
from pipeline.match.layers import within
from pipeline.match.mention import Mention
from pipeline.model import BlockKind, Span
from pipeline.text.spacing import spaced, spaced_regex
from pipeline.values.places import PlaceMention

COUNTRY = "Việt Nam"
_NATION = spaced(
    r"(?<!\w)(?:cả nước|toàn quốc|63 tỉnh|34 tỉnh|các tỉnh, thành|các tỉnh[,/]? ?thành phố|các địa phương|"
    r"các tỉnh trong cả nước|tất cả các tỉnh|các tỉnh(?=\s*(?:[:(,]|(?:đạt|là|được|ở mức|chỉ|tăng|giảm)(?!\w))))(?!\w)"
)
# The provinces as a group, in the text's words: how many of them, or "các".
_PROVINCES = spaced(r"(?P<many>63|34|các) tỉnh(?:[,/]| thành)")
_UNITS = (
    r"sở, ban, ngành|sở, ngành|sở, ban ngành|sở|cơ quan chuyên môn|huyện, thị xã, thành phố|huyện, thị xã|"
    r"huyện, thành phố|huyện|quận, huyện|đơn vị cấp huyện|ubnd cấp huyện|ubnd các huyện, thị xã, thành phố|"
    r"ubnd các huyện, thành phố|xã, phường, đặc khu|xã, phường, thị trấn|xã, phường|phường, xã|bộ, cơ quan ngang bộ|"
    r"bộ, ngành|bộ"
)
_BODIES = r"(?:các|khối) (?:cơ quan nhà nước|cơ quan, đơn vị|cơ quan|đơn vị)"
_GROUP = spaced(rf"(?<!\w)(?:của |ở )?(?P<group>(?:các |khối |\d+ )?(?:địa phương|{_UNITS})|{_BODIES})(?!\w)")
# The same where a sentence before named it: a kind alone ("Sở Tư pháp") is no group.
_SAID_GROUP = spaced_regex(
    rf"(?<!\w)(?:cấp (?P<group>{_UNITS})|(?P<group>(?:các|khối|nhóm|\d+) (?:{_UNITS})|{_BODIES}))(?!\w)"
    r"(?! (?:chỉ số|phận))"
)
_SAID_MANY = spaced(r"(?:các|khối|nhóm|ubnd|\d+)(?!\w)")
_OF_PROVINCES = spaced(r"(?:các |khối )?(?:địa phương|tỉnh)")
_OF_MINISTRIES = spaced(r"(?:các |khối |cấp |nhóm |\d+ )?bộ(?!\w)")
_JOINED = spaced(r"\s*(?:,|và|, và|;)(?: (?:vùng|khu vực))? ?")
_FIGURE = regex.compile(r"\d[\d.,]*\d")
_NEXT_FIGURE = spaced(r"\s*(?:%|điểm)?\s*(?:,|và|;)\s*")
_BLOCK = spaced(
    r"(?<!\w)(?:(?:cả|toàn) khối(?!\w)|(?:bình quân|trung bình)(?: của)?(?: toàn)? khối(?: (?:này|đó|ấy))?"
    r"(?=\s*(?:[,.;:(]|$|(?:là|đạt|ở mức|năm|được|chỉ|tăng|giảm)(?!\w))))"
)
_OF_COUNTRY = spaced(r"\s*(?:\([^()]*\)\s*)?(?:cấp |của )?quốc gia(?!\w)")
# "Cổng Dịch vụ công quốc gia" is where indices are shown.
_PORTAL = spaced(r"(?<!\w)cổng(?!\w)")
_AT_COUNTRY = spaced(r"(?<!\w)(?:cấp|phạm vi|tầm) quốc gia[\s,:]*(?:(?:thì|giá trị|điểm|điểm số|chỉ số) )*$")
_IS_REGION = spaced(r"\s*,?\s*(?:là|thuộc về)\s+(?:vùng|khu vực)?\s*")
# "thứ hai trong các vùng", "thứ 2 trong 6 vùng": a place among regions (the set's size may be in the quote).
_AMONG_REGIONS = spaced(
    r"(?:\s*/\s*\d+)?\s*(?:(?:trong|của|so với|trên)\s+)?(?:(?:tổng )?số\s+)?(?:(?:các|cả|\d+|sáu|bảy)\s+)?"
    r"(?:vùng|khu vực)(?! (?:này|đó|ấy|trên))"
    r"(?=\s*(?:[.,;:()]|$|(?:kinh tế|của|trong|cả|về|với|và|năm|địa lý|lãnh thổ)(?!\w)))"
)
_SET_OF_REGIONS = frozenset({6, 7, 8})
"""How many regions the country was parted into."""
_REGION_HOLDS = spaced(
    r"\s*(?:(?:tiếp tục|vẫn|cũng|đã|đang|lại|chỉ|hiện|rồi|vươn|lên|rơi|tụt|lùi|xuống|xếp|đứng|ở|giữ|vững|có|chiếm)"
    r"(?:\s+|$))*"
)
_WITHIN_REGION = spaced(
    r"(?<!\w)(?:trong|ở|tại|riêng|thuộc|các tỉnh|so với|của|cho|từ|trên|với|,|\()\s*"
    r"(?:các |tỉnh |vùng |khu vực |\d+ )*$"
)
_FOLLOWED_BY_UNIT = spaced(r"[^.;()\d]{0,25}(?:(?<!\w)(?:là|thuộc về|gồm)|:)\s*(?:tỉnh|thành phố|tp\.?)?\s*")
_REGION_KIND = spaced(r"(?<!\w)(?:vùng|khu vực)(?: kinh tế)?\s+$")
_REGION_KIND_WITHIN = spaced(r"(?:vùng|khu vực)(?!\w)")


@dataclass(frozen=True, slots=True)
class Found:
    """A subject, and whether it stands outside the number's sentence."""

    subject: Subject
    inherited: bool = False


class Wholes:
    """The country, the regions and the groups of one document."""

    def __init__(self, context: Context, units: IndexNames) -> None:
        self.context, self.units = context, units
        self.view = context.layers.view

    def country(self, mention: Mention, sentence: Span) -> Subject | None:
        """The country, where the index is said to be its own: "DTI quốc gia năm 2024 đạt 0,7955"."""
        of_index = dict(mention.cues).get("index")
        if of_index is None or not sentence.covers(of_index):
            return None
        if within(self.units.all, Span(of_index.end, max(of_index.end, mention.value_span.start))):
            return None
        said = (
            _OF_COUNTRY.match(self.view, of_index.end, sentence.end)
            or (_OF_COUNTRY.search(of_index.of(self.view)) and not _PORTAL.search(of_index.of(self.view)))
            or _AT_COUNTRY.search(self.view, max(sentence.start, of_index.start - 60), of_index.start)
        )
        return Subject(COUNTRY) if said else None

    def region_ranked(self, mention: Mention, sentence: Span) -> PlaceMention | None:
        """The region that has a place among the regions: "xếp vị trí thứ 2 là vùng Đông Nam Bộ", "Tây Nguyên đứng
        thứ 5", "điểm của vùng rơi xuống thứ hai trong các vùng"."""
        rank = mention.quote_span
        for place in within(self.context.places, Span(rank.end, sentence.end))[:1]:
            if place.kind == "region" and _IS_REGION.fullmatch(self.view, rank.end, place.span.start):
                return place
        among = _AMONG_REGIONS.match(self.view, rank.end, sentence.end) is not None and (
            mention.out_of is None or int(mention.out_of) in _SET_OF_REGIONS
        )
        start = self._block_start(sentence) if among else sentence.start
        before = [p for p in within(self.context.places, Span(start, rank.start)) if p.kind == "region"]
        if not before or any(
            before[-1].span.end <= u.span.start for u in within(self.units.all, Span(start, rank.start))
        ):
            return None
        return before[-1] if among or self._holds_place(before[-1], rank, sentence) else None

    def _holds_place(self, region: PlaceMention, rank: Span, sentence: Span) -> bool:
        """Whether a region is what the words give the place to, and not where somebody else has it."""
        if not _REGION_HOLDS.fullmatch(self.view, region.span.end, rank.start):
            return False
        if _WITHIN_REGION.search(self.view, sentence.start, region.span.start):
            return False
        behind = _FOLLOWED_BY_UNIT.match(self.view, rank.end, sentence.end)
        return behind is None or not within(self.units.all, Span(behind.end(), behind.end() + 1))

    def _block_start(self, sentence: Span) -> int:
        blocks = self.context.layers.document.blocks
        return blocks[bisect_right(blocks, sentence.start, key=lambda block: block.span.start) - 1].span.start

    def group(self, place: Span, sentence: Span) -> Found:
        """The group that a mean is of, in the text's words; the nation for provinces."""
        start = clause_start(self.view, sentence, place.start)
        end = min(clause_end(self.view, sentence, place.end), place.end + 120)
        regions = [p for p in within(self.context.places, Span(start, end)) if p.kind == "region"]
        if regions:
            before = [r for r in regions if r.span.end <= place.start]
            return Found(self.region(self._in_turn(before, place) if before else regions[0]))
        match = _NATION.search(self.view, start, end)
        # "trung bình của các bộ đạt 84,38%, của các tỉnh đạt …": the nearer one.
        nearer = (
            _SAID_GROUP.search(self.view, place.end, match.start()) if match and match.start() > place.end else None
        )
        if match and nearer is None:
            return Found(self._provinces(Span(*match.span()), sentence))
        # "bình quân khối đạt 89,6%": which one, the words before say.
        of_block = _BLOCK.search(self.view, start, end) is not None
        for match in () if of_block else _GROUP.finditer(self.view, start, end):
            span = Span(*match.span("group"))
            if not any(m.span.overlaps(span) for m in within(self.context.layers.indices, sentence)):
                return Found(self._of_group(span))
        if (earlier := self._group_before(Span(place.start if of_block else sentence.start, sentence.end))) is not None:
            return Found(replace(self._of_group(earlier), span=None), True)
        return Found(Subject(NATION), True)

    def _provinces(self, span: Span, sentence: Span) -> Subject:
        """The country, or its provinces where the words say so: "của 63 tỉnh, thành phố", "các tỉnh, thành phố"."""
        said = _PROVINCES.match(self.view, span.start, sentence.end)
        return Subject(f"{said['many'].capitalize()} tỉnh, thành phố" if said else NATION, span=span)

    def labelled(self, label: Span, cell: tuple[int, int, int]) -> Found:
        """The region or group that a row or a column of a table names; behind "Trung bình" alone, the one whose members
        head the column of its label."""
        number, row, _ = cell
        heads = [
            heading.span
            for other in self.context.grids[number].rows.get(row, ())
            if other.span == label
            for heading in self.context.grids[number].headings.get(other.column, ())
        ]
        for span in (label, *heads):
            regions = [p for p in within(self.context.places, span) if p.kind == "region"]
            if regions:
                named = self.region(regions[0])
                under = any(_REGION_KIND_WITHIN.search(self.view, head.start, head.end) for head in heads)
                # "Tây Nguyên" in a column "Vùng".
                return Found(replace(named, name=f"Vùng {regions[0].name}") if under else named)
            if nation := _NATION.search(self.view, span.start, span.end):
                return Found(self._provinces(Span(*nation.span()), span))
            if group := _SAID_GROUP.search(self.view, span.start, span.end):
                return Found(self._of_group(Span(*group.span("group"))))
        return Found(Subject(None), True)

    def _of_group(self, span: Span) -> Subject:
        """A group of units as subject, in the text's words, with the document's province; ministries have none."""
        own = self.units.subjects.own
        if own is None and _OF_PROVINCES.fullmatch(self.view, *span):
            return Subject(NATION, span=span)
        words = " ".join(span.of(self.context.layers.document.text).split())
        named = (
            words[0].upper() + words[1:] if _SAID_MANY.match(words.lower()) else f"Các {words[0].lower()}{words[1:]}"
        )
        if own is None or _OF_MINISTRIES.match(words.lower()):
            return Subject(named, span=span)
        return Subject(f"{named} {own.name_in_text}", own.code, own.regime, span)

    def _group_before(self, sentence: Span) -> Span | None:
        """The group that the paragraph named last before a sentence, else the nearest heading above it: "Khối huyện,
        thị xã: … Điểm trung bình đạt 80,1 điểm"."""
        blocks = self.context.layers.document.blocks
        at = bisect_right(blocks, sentence.start, key=lambda block: block.span.start) - 1
        above = next((b.span for b in reversed(blocks[:at]) if b.kind is BlockKind.HEADING), None)
        for stretch in (Span(blocks[at].span.start, sentence.start), above):
            if stretch is None:
                continue
            named = [m.span for m in within(self.context.layers.indices, stretch)]
            said = _SAID_GROUP.finditer(self.view, stretch.start, stretch.end)
            groups = [m for m in said if not any(n.overlaps(Span(*m.span("group"))) for n in named)]
            if groups and not _NATION.search(self.view, groups[-1].end(), stretch.end):
                return Span(*groups[-1].span("group"))
        return None

    def _in_turn(self, regions: Sequence[PlaceMention], place: Span) -> PlaceMention:
        """The region that a figure is of: the last before it, or the one whose turn it is."""
        turn = IN_TURN.fullmatch(self.view, regions[-1].span.end, place.start)
        if turn is None:
            return regions[-1]
        run = [regions[-1]]
        for region in reversed(regions[:-1]):
            if not _JOINED.fullmatch(self.view, region.span.end, run[0].span.start):
                break
            run.insert(0, region)
        number = len(_FIGURE.findall(turn["earlier"]))
        return run[number] if number < len(run) else regions[-1]

    def region(self, region: PlaceMention) -> Subject:
        """A region as subject, as the text calls it: "Vùng Tây Nguyên", "Tây Nguyên"."""
        kind = _REGION_KIND.search(self.view, max(0, region.span.start - 12), region.span.start)
        covered = _REGION_KIND_WITHIN.match(self.view, region.span.start)
        return Subject(f"Vùng {region.name}" if kind or covered else region.name, span=region.span)

    def after_figures(self, place: Span, sentence: Span) -> int:
        """Where the words of a number begin: behind the figure before it."""
        before = [
            a for a in within(self.context.layers.numbers, Span(sentence.start, place.start)) if a.unit is not None
        ]
        at = place.start
        for figure in reversed(before):
            if not _NEXT_FIGURE.fullmatch(self.view, figure.span.end, at):
                return figure.text_span.end
            at = figure.span.start  # "lần lượt là 84,49% và 83,88%": the names stand before both
        return sentence.start


def clause_start(view: str, sentence: Span, at: int) -> int:
    """Where the clause of a place begins: behind the last semicolon before it."""
    return max(sentence.start, view.rfind(";", sentence.start, at) + 1)


def clause_end(view: str, sentence: Span, at: int) -> int:
    """Where the clause of a place ends."""
    end = view.find(";", at, sentence.end)
    return sentence.end if end < 0 else end

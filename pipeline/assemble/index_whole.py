"""Wholes that a figure of an index is of: the country, a region, a group of units."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.index_units import IndexNames
from pipeline.assemble.slots import Subject
from pipeline.assemble.subject_names import NATION
from pipeline.match.index_groups import IN_TURN
from pipeline.match.layers import within
from pipeline.match.mention import Mention
from pipeline.model import Span
from pipeline.text.spacing import spaced
from pipeline.values.places import PlaceMention

COUNTRY = "Việt Nam"
_NATION = spaced(
    r"(?<!\w)(?:cả nước|toàn quốc|63 tỉnh|34 tỉnh|các tỉnh, thành|các tỉnh,? thành phố|các địa phương|"
    r"các tỉnh trong cả nước|tất cả các tỉnh)(?!\w)"
)
_GROUP = spaced(
    r"(?<!\w)(?:của |ở )?(?P<group>(?:các |khối |\d+ )?(?:địa phương|sở, ban, ngành|sở, ngành|sở, ban ngành|"
    r"sở|cơ quan chuyên môn|huyện, thị xã, thành phố|huyện, thành phố|"
    r"huyện|quận, huyện|đơn vị cấp huyện|ubnd cấp huyện|ubnd các huyện, thị xã, thành phố|"
    r"ubnd các huyện, thành phố|xã, phường, thị trấn|xã, phường|bộ, cơ quan ngang bộ|bộ, ngành|bộ))(?!\w)"
)
_JOINED = spaced(r"\s*(?:,|và|, và|;)(?: (?:vùng|khu vực))? ?")
_FIGURE = regex.compile(r"\d[\d.,]*\d")
_NEXT_FIGURE = spaced(r"\s*(?:%|điểm)?\s*(?:,|và|;)\s*")
_BLOCK = spaced(r"(?<!\w)(?:cả|toàn) khối(?!\w)")
_OF_COUNTRY = spaced(r"\s*(?:\([^()]*\)\s*)?(?:cấp |của )?quốc gia(?!\w)")
_IS_REGION = spaced(r"\s*,?\s*(?:là|thuộc về)\s+(?:vùng|khu vực)?\s*")
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
        said = _OF_COUNTRY.match(self.view, of_index.end, sentence.end) or _OF_COUNTRY.search(of_index.of(self.view))
        return Subject(COUNTRY) if said else None

    def region_ranked(self, rank: Span, sentence: Span) -> PlaceMention | None:
        """The region that has a place among the regions: "xếp vị trí thứ 2 là vùng Đông Nam Bộ"."""
        for place in within(self.context.places, Span(rank.end, sentence.end))[:1]:
            if place.kind == "region" and _IS_REGION.fullmatch(self.view, rank.end, place.span.start):
                return place
        return None

    def group(self, place: Span, sentence: Span) -> Found:
        """The group that a mean is of, in the text's words; the nation for provinces."""
        text = self.context.layers.document.text
        start = clause_start(self.view, sentence, place.start)
        end = min(clause_end(self.view, sentence, place.end), place.end + 120)
        regions = [p for p in within(self.context.places, Span(start, end)) if p.kind == "region"]
        if regions:
            before = [r for r in regions if r.span.end <= place.start]
            return Found(self.region(self._in_turn(before, place) if before else regions[0]))
        if match := _NATION.search(self.view, start, end):
            return Found(Subject(NATION, span=Span(*match.span())))
        own = self.units.subjects.own
        named_in = self._stretch(sentence, start, end)
        for match in _GROUP.finditer(self.view, named_in.start, named_in.end):
            span = Span(*match.span("group"))
            words = " ".join(span.of(text).split())
            named = f"{words} {own.name_in_text}" if own and not words.lower().startswith(("các bộ", "bộ")) else words
            return Found(
                Subject(named[0].upper() + named[1:], own.code if own else None, own.regime if own else None, span)
            )
        return Found(Subject(NATION), True)

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

    def _stretch(self, sentence: Span, start: int, end: int) -> Span:
        """Where the group of a mean is named: in its clause, or, where that only says "của cả khối", before in the
        paragraph."""
        if not _BLOCK.search(self.view, start, end):
            return Span(start, end)
        blocks = self.context.layers.document.blocks
        at = bisect_right(blocks, sentence.start, key=lambda block: block.span.start) - 1
        return Span(blocks[at].span.start, end)

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

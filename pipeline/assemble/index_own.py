"""Where a text about indices means the unit that it is of without its name: "tỉnh", "của Sở", or no word at all."""

from __future__ import annotations

from dataclasses import replace

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.index_units import IndexNames, Name
from pipeline.assemble.index_whole import Found
from pipeline.assemble.slots import Subject
from pipeline.match.layers import within
from pipeline.match.mention import Mention
from pipeline.model import Span
from pipeline.rulebook.index_rules import AGENCIES, PROVINCES, IndexRules
from pipeline.text.spacing import spaced, spaced_regex
from pipeline.values.places import AgencyMention

_KINDS = ("thị xã", "thị trấn", "văn phòng", "đặc khu", "huyện", "quận", "phường", "xã", "sở", "ban", "bộ")
_WRITERS = frozenset({"sở", "ban"})
_KIND_GROUPS = r"(?:,|ban|ngành|số|phận|chỉ|trong|khác|nào|trên|dưới)"
MOST_AGENCIES = 30
"""More agencies no province has."""
NATIONAL_SETS = frozenset({63, 64, 34})
"""How many provinces there were: 64 to 2008, 63 to June 2025, 34 since."""
_OF_WRITER = spaced_regex(
    rf"(?<!\w)của (?P<kind>sở|ban)(?!\w)(?! {_KIND_GROUPS})"
    r"|(?:^|[,;.]\s)\s*(?P<kind>sở|ban)(?= (?:đạt|được|xếp|đứng|tăng|giảm|có)(?!\w))"
)
MOVED_MOST = r"(?:tăng|giảm|thăng|tụt|thụt|lùi)(?: hạng| điểm| bậc)? (?:cao|mạnh|nhiều|sâu|lớn) nhất"
_OWN = spaced_regex(
    r"(?<!\w)(?<!được )(?<!do )(?<!(?<!\d{3})\d )(?<!hai )(?<!ba )(?<!các )(?<!mấy )(?<!nhiều )(?<!những )"
    r"(?<!huyện, )(?<!thị xã, )(?<!quận, )(?<!là )(?<!là một )(?<!tỉnh, )(?<!tỉnh/)(?<!tỉnh và )"
    rf"(?:(?<!toàn )(?<!cấp )(?<!ngành )tỉnh(?! (?:{MOVED_MOST}|cao nhất|thấp nhất|nào|khác|đứng đầu|đứng cuối"
    r"|dẫn đầu|xếp cuối|giao|"
    r"chấm|đánh giá))(?!, thành|/thành)(?! ta)|"
    r"thành phố(?! (?:cao nhất|thấp nhất|nào|khác|trực thuộc|, |thuộc))|toàn tỉnh|"
    r"(?<!khối )(?<!nhóm )địa phương(?: này)?(?! (?:khác|nào|có điểm|dẫn đầu|cao|thấp|đứng))|ta|mình)(?!\w)"
)
# "Đáng chú ý nhất là Hải Phòng: thành phố tăng 1,34 điểm": the one just named.
_TAKEN_UP = spaced(r"\s*[:–]\s*(?:tỉnh|thành phố|địa phương)(?!\w)")
_AGENCIES_BEHIND = spaced(r"\s*(?:sở|ban|ngành|cơ quan|đơn vị)(?!\w)")


class OwnUnit:
    """The document's own unit, and the words that stand for it."""

    def __init__(self, context: Context, units: IndexNames, rules: IndexRules) -> None:
        self.context, self.units, self.rules = context, units, rules
        self.view = context.layers.view
        self.subjects, self.document = units.subjects, units.document

    def is_named(self, names: list[Name], place: Span, sentence: Span) -> bool:
        """Whether "tỉnh" or "thành phố" alone stands between the last name and the number."""
        start = names[-1].span.end if names else sentence.start
        if names and (again := _TAKEN_UP.match(self.view, start, place.start)):
            start = again.end()
        stretch = Span(start, place.start)
        if self._unit_word(stretch, place) is not None or self._of_issuer(stretch):
            return True
        indices = [m.span for m in self.context.layers.indices]
        covered = [*indices, *(n.span for n in self.units.all), *(p.span for p in self.context.places)]
        return any(
            not any(c.start <= m.start() < c.end for c in covered) for m in _OWN.finditer(self.view, start, place.start)
        )

    def subject(self, place: Span, sentence: Span) -> Subject:
        """The subject that those words mean: the document's unit, the department that writes, or its province."""
        if self._unit_word(sentence, place) is not None:
            return self.document
        if self._of_issuer(Span(sentence.start, place.start)) and self.subjects.unit is not None:
            return self.subjects.unit
        own = self.subjects.province()
        if own.name is None:
            own = self.document
        match = next(iter(_OWN.finditer(self.view, sentence.start, place.start)), None)
        if match and match.group() == "thành phố" and (city := self._city(Span(*match.span()))) is not None:
            return city
        return replace(own, span=Span(*match.span())) if match else own

    def _city(self, word: Span) -> Subject | None:
        """The city of a province that "thành phố" alone means among its districts; None where the province is one."""
        own = self.subjects.own
        name = self.subjects.bare_unit("thành phố", word.start, own)
        if own is None or name is None:
            return None
        return Subject(name[0].upper() + name[1:], own.code, own.regime, word)

    def _unit_word(self, stretch: Span, place: Span) -> Span | None:
        """Where the text calls the document's unit by its kind alone: "Chỉ số CCHC của huyện"."""
        words = (self.document.name or "").lower().split()
        kind = next((k for k in _KINDS if " ".join(words[: len(k.split())]) == k), None)
        if kind is None or self.document == self.subjects.province():
            return None
        covered = [n.span for n in self.units.all]
        for match in regex.finditer(
            rf"(?<!\w)(?:{kind})(?!\w)(?! {_KIND_GROUPS})", self.view, pos=stretch.start, endpos=place.start
        ):
            follows = self.context.layers.normal[match.end() + 1 : match.end() + 2]
            if not follows.isupper() and not any(c.start <= match.start() < c.end for c in covered):
                return Span(*match.span())
        return None

    def _of_issuer(self, stretch: Span) -> bool:
        """Whether the text calls the department that writes by its kind alone: "Chỉ số CCHC năm 2023 của Sở"."""
        unit = self.subjects.unit
        kind = (unit.name or "").partition(" ")[0].lower() if unit is not None else ""
        if kind not in _WRITERS:
            return False
        covered = [n.span for n in self.units.all]
        return any(
            not any(c.covers(Span(m.start("kind"), m.end())) for c in covered)
            for m in _OF_WRITER.finditer(self.view, stretch.start, stretch.end)
            if m["kind"] == kind
        )

    def where_nobody_is_named(self, mention: Mention, sentence: Span, block: int) -> Found:
        """The subject of a number whose sentence names nobody before it."""
        if self._is_of_provinces(mention, sentence):
            return Found(self.subjects.province(), True)
        if _AGENCIES_BEHIND.match(self.view, mention.quote_span.end) is not None:
            blocks = self.context.layers.document.blocks
            earlier = [
                n for n in within(self.units.all, Span(blocks[block].span.start, sentence.start))
                if isinstance(n, AgencyMention) and not self.units.publishes(n)
            ]  # fmt: skip
            if earlier:
                return Found(self.units.subject(earlier[-1]) or self.document, True)
        if self.units.agency is not None and self._is_of_agencies(mention, sentence, block):
            return Found(self.units.agency, True)
        return Found(self.document, True)

    def _is_of_agencies(self, mention: Mention, sentence: Span, block: int) -> bool:
        """Whether a figure of an agency's own report is its own: by an index of agencies, or a place among so many as
        there are agencies in the sentence: "Chỉ số CCHC đạt 91,2%, xếp thứ 5/19"."""
        if self.rules.measures_only(AGENCIES, mention.index):
            return True
        sets = [
            int(atom.out_of)
            for atom in within(self.context.layers.numbers, sentence)
            if atom.out_of is not None and atom.unit is None
        ]
        return bool(sets) and all(size not in NATIONAL_SETS and size <= MOST_AGENCIES for size in sets)

    def _is_of_provinces(self, mention: Mention, sentence: Span) -> bool:
        """Whether only a province can have the number: by its index, or by a rank among provinces beside it."""
        if self.rules.measures_only(PROVINCES, mention.index):
            return True
        return any(
            atom.out_of is not None and int(atom.out_of) in NATIONAL_SETS and atom.unit is None
            for atom in within(self.context.layers.numbers, sentence)
        )

"""Whose score or rank it is: the province, agency, district or group that the sentence gives it to.

Sentences about indices are full of others: the leader, the last, the mean, the neighbours. So the
nearest name wins, a name in front of a bracket owns what is in it, lists are matched in their order,
and the province of the document is only taken where no name stands before the number.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.index_units import ASIDE, IndexNames, Name
from pipeline.assemble.slots import Period, Subject
from pipeline.match.layers import within
from pipeline.match.mention import Mention
from pipeline.model import Span
from pipeline.text.spacing import spaced
from pipeline.values.places import AgencyMention, PlaceMention

_KINDS = ("thị xã", "thị trấn", "văn phòng", "đặc khu", "huyện", "quận", "phường", "xã", "sở", "ban", "bộ")
_WRITERS = frozenset({"sở", "ban"})
_KIND_GROUPS = r"(?:,|ban|ngành|số|phận|chỉ|trong|khác|nào|trên|dưới)"
NATION = "Cả nước"
COUNTRY = "Việt Nam"
PROVINCIAL = frozenset({"PAPI", "PCI", "PGI", "POBI", "PII"})
"""Indices of provinces alone."""

OF_AGENCIES = frozenset({"DDCI"})
"""Indices of the agencies and districts of a province."""

MOST_AGENCIES = 30
"""More agencies no province has."""

NATIONAL_SETS = frozenset({63, 64, 34})
"""How many provinces there were: 64 to 2008, 63 to June 2025, 34 since."""

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
_OF_WRITER = spaced(rf"(?<!\w)của (?P<kind>sở|ban)(?!\w)(?! {_KIND_GROUPS})")
_OF_COUNTRY = spaced(r"\s*(?:\([^()]*\)\s*)?(?:cấp |của )?quốc gia(?!\w)")
_IS_REGION = spaced(r"\s*,?\s*(?:là|thuộc về)\s+(?:vùng|khu vực)?\s*")
_REGION_KIND = spaced(r"(?<!\w)(?:vùng|khu vực)(?: kinh tế)?\s+$")
_REGION_KIND_WITHIN = spaced(r"(?:vùng|khu vực)(?!\w)")
_ALIGNED = spaced(r"(?<!\w)(?:lần lượt|theo thứ tự|tương ứng)(?!\w)")
_MOVED_MOST = r"(?:tăng|giảm|thăng|tụt|thụt|lùi)(?: hạng| điểm| bậc)? (?:cao|mạnh|nhiều|sâu|lớn) nhất"
_OWN = spaced(
    r"(?<!\w)(?<!được )(?<!do )(?<!(?<!\d{3})\d )(?<!hai )(?<!ba )(?<!các )(?<!mấy )(?<!nhiều )(?<!những )"
    r"(?<!huyện, )(?<!thị xã, )(?<!quận, )(?<!là )(?<!là một )(?<!tỉnh, )(?<!tỉnh/)(?<!tỉnh và )"
    rf"(?:(?<!toàn )(?<!cấp )(?<!ngành )tỉnh(?! (?:{_MOVED_MOST}|cao nhất|thấp nhất|nào|khác|đứng đầu|đứng cuối"
    r"|dẫn đầu|xếp cuối|giao|"
    r"chấm|đánh giá))(?!, thành|/thành)(?! ta)|"
    r"thành phố(?! (?:cao nhất|thấp nhất|nào|khác|trực thuộc|, |thuộc))|toàn tỉnh|địa phương(?: này)?(?! (?:khác|"
    r"nào|có điểm|dẫn đầu|cao|thấp|đứng))|ta|mình)(?!\w)"
)
_SOMEONE = spaced(
    r"(?<!\w)(?:tỉnh|nơi|địa phương|đơn vị|thành phố|huyện|sở|cơ quan|điểm)\s+(?:có điểm )?(?:cao nhất|thấp nhất|"
    r"đứng đầu|cuối bảng)(?!\w)"
)
# "Tỉnh tăng hạng nhiều nhất: 34 bậc (Sóc Trăng)": whoever that is, it is not the document's own.
_MOST_MOVED = spaced(rf"(?<!\w){_MOVED_MOST}(?!\w)[^.;()\d]*$")
_IN_BRACKET = spaced(r"\s*\(\s*(?:tỉnh|thành phố|tp\.?|là)?\s*")
_MEASURED_BEHIND = spaced(r"\s*(?:đứng|xếp|dẫn|đạt|giữ|vươn|chiếm|có|được|tiếp tục|vẫn|trở thành)(?!\w)")
_WITH_FIGURE = spaced(r"\s*(?:,?\s*(?:đạt|với|được)(?!\w)|\(|:)")
_LISTED = spaced(
    r"\s*(?:,|và|;|cùng|rồi đến|tiếp đến)(?:\s*(?:và|cùng|tỉnh|thành phố|tp\.?|,|(?:đứng|xếp) (?:thứ|"
    r"hạng) \w+ (?:là|thuộc về)))*\s*"
)
_AHEAD = spaced(
    r"\)?(?:[^.;(),\d]|(?:19|20)\d{2}){0,45}?(?:(?<!\w)(?:là|thuộc về|gọi tên|có|dành cho|cho|về tay)|"
    r":)\s*(?:tỉnh|thành phố|tp\.?)?\s*$"
)
_TIE = spaced(r"(?<!\w)(?:đồng|cùng)(?!\w)[^.;,()]*$")
# Between a list of names and a number that all of them have.
_ALIKE = spaced(
    r"(?:[^.;\d]|\.(?!\s)|(?<=[\d,.])\d|\d(?=[\d.,%]|\s*điểm)){0,60}?(?<!\w)(?:cùng|đều|đồng)"
    r"(?! (?:kỳ|với|thời|bộ|năm|thuận))(?!\w)(?:[^.;\d]|(?:19|20)\d{2}(?!\d)|(?<![\d.,])\d{1,2}(?![\d.,%])){0,60}"
)
# The rest of "sở, ban, ngành", "tỉnh, thành phố" behind a rank: its commas part no clauses.
_SETS = spaced(r"^\s*(?:,\s*(?:ban|ngành|thành phố|thành|thị xã|phường|xã|đặc khu|thị trấn|huyện|quận|đơn vị))+(?!\w)")
_OF_A_SET = spaced(
    r"(?<!\d)\d{1,3} [^.;()\d]{0,50}?(?<!\w)(?:xã|phường|huyện|sở|ngành|đặc khu|đơn vị|cơ quan|"
    r"thị trấn|thành phố|thị xã) (?:của|thuộc|trực thuộc|ở|tại|trong) (?:tỉnh|thành phố|tp\.?|huyện)?\s*$"
)
_OPENS = spaced(
    r"[-•*\s]*(?:chỉ )?(?:với|đạt|được|có)\s+(?:tổng điểm|số điểm|điểm số|tổng số|mức|kết quả)?\s*(?:là|đạt)?\s*"
)
_OPENS_WITH = spaced(r"\s*với\s+(?:[^,;.()\d]|(?:19|20)\d{2}(?!\d)){0,60}")
_POINTER = spaced(
    r"(?<!\w)(?:(?P<agency>sở|ngành|đơn vị|cơ quan)|tỉnh|thành phố|địa phương|huyện|xã|phường)\s+"
    r"(?:này|ấy|đó|nói trên)(?!\w)"
)
_BARE_POINTER = spaced(
    r"(?<!\w)(?<!các )(?<!những )(?<!nhiều )(?<!\d )(?P<agency>(?!))?địa phương"
    r"(?= (?:giành|đạt|xếp|đứng|tăng|giảm|đã|có|được|cũng|vẫn|tiếp))"
)
_POINTED_BACK = 500
_NEXT = spaced(r"\s*,\s*(?:tỉnh|thành phố|tp\.?)?\s*")
_ADJOINS = spaced(
    r"[\s,:(–\-\"”]*(?:(?:với|đạt|được|có|là|chỉ|cũng|ở|xếp|đứng|vị trí|thứ|hạng|tiếp tục|dẫn đầu)[\s(:]*){0,4}$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A subject, and whether it stands outside the number's sentence."""

    subject: Subject
    inherited: bool = False


class IndexSubjects:
    """The names of one document, and the choice among them for a number of an index."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.layers.view
        self.units = IndexNames(context)
        self.subjects, self.names, self.document = self.units.subjects, self.units.all, self.units.document

    def of(self, mention: Mention, sentence: Span, block: int) -> Found:
        """The subject of a number read in running text or in a table."""
        if mention.cell is not None:
            return self._of_row(mention.cell)
        roles = dict(mention.cues)
        if mention.indicator == "index.mean_score" and "group" in mention.reasons:
            return self._group(
                mention.value_span, Span(self._after_figures(mention.value_span, sentence), sentence.end)
            )
        if mention.indicator == "index.mean_score" or "group" in roles:
            return self._group(roles.get("group") or roles.get("mean") or mention.value_span, sentence)
        if (country := self._country(mention, sentence)) is not None:
            return Found(country)
        if mention.indicator == "index.rank" and (region := self._region_ranked(mention.quote_span, sentence)):
            return Found(self._region(region))
        names = [n for n in within(self.names, sentence) if not self.units.publishes(n)]
        place = mention.value_span
        chosen = (
            self._bracketed(place, names, sentence)
            or self._aligned(mention, names, sentence)
            or self._ahead(mention, names, sentence)
            or self._pointed(place, names, sentence)
            or self._before(place, names, sentence)
        )
        if chosen is not None:
            return self._found(chosen)
        lead = max(sentence.start, place.start - 60)
        if mention.indicator.endswith("_change") and _MOST_MOVED.search(self.view, lead, place.start):
            named = [n for n in names if _IN_BRACKET.fullmatch(self.view, mention.quote_span.end, n.span.start)]
            return self._found(named[0]) if named else Found(Subject(None))
        if _SOMEONE.search(self.view, lead, place.start):
            return Found(Subject(None))
        return self._outside(mention, sentence, block)

    def at(self, subject: Subject, period: Period | None) -> Subject:
        """A subject with the code that its province had in the period ("valid on the period's date")."""
        if subject.ref_area is None or period is None:
            return subject
        gazetteer = self.context.gazetteer
        now = gazetteer.by_code(subject.ref_area, subject.area_regime or "63")
        then = gazetteer.province(now.name, period.start) if now else None
        if now is None or then is None or then == now:
            return subject
        identity = self.context.identity
        dated = identity.issued_on is not None or identity.published_at is not None
        name = then.full_name if subject.name == now.full_name and not dated else subject.name
        return replace(subject, name=name, ref_area=then.code, area_regime=then.regime)

    def _country(self, mention: Mention, sentence: Span) -> Subject | None:
        """The country, where the index is said to be its own: "DTI quốc gia năm 2024 đạt 0,7955"."""
        of_index = dict(mention.cues).get("index")
        if of_index is None or not sentence.covers(of_index):
            return None
        if within(self.names, Span(of_index.end, max(of_index.end, mention.value_span.start))):
            return None
        said = _OF_COUNTRY.match(self.view, of_index.end, sentence.end) or _OF_COUNTRY.search(of_index.of(self.view))
        return Subject(COUNTRY) if said else None

    def _region_ranked(self, rank: Span, sentence: Span) -> PlaceMention | None:
        """The region that has a place among the regions: "xếp vị trí thứ 2 là vùng Đông Nam Bộ"."""
        for place in within(self.context.places, Span(rank.end, sentence.end))[:1]:
            if place.kind == "region" and _IS_REGION.fullmatch(self.view, rank.end, place.span.start):
                return place
        return None

    def _of_row(self, cell: tuple[int, int, int]) -> Found:
        """The subject of a table cell: the first name in its row, else that of the document."""
        number, row, _ = cell
        table = next(t for t in self.context.layers.document.tables if t.number == number)
        for held in sorted(table.cells, key=lambda c: c.column):
            if held.row <= row < held.row + held.row_span and not held.is_header:
                for name in within(self.names, held.span):
                    if (subject := self.units.subject(name)) is not None:
                        return Found(subject)
        return Found(self.document, True)

    def _found(self, chosen: Name | Subject) -> Found:
        if isinstance(chosen, Subject):
            return Found(chosen, chosen.span is None)
        return Found(self.units.subject(chosen) or self.subjects.province())

    def _bracketed(self, place: Span, names: list[Name], sentence: Span) -> Name | None:
        """The name in front of the bracket that the number stands in."""
        opening = self.view.rfind("(", sentence.start, place.start)
        if opening < 0 or ")" in self.view[opening : place.start]:
            return None
        inside = [n for n in names if opening < n.span.start < place.start]
        if inside:
            return inside[-1]
        before = [n for n in names if n.span.end <= opening]
        if before and not self.view[before[-1].span.end : opening].strip():
            return before[-1]
        return None

    def _aligned(self, mention: Mention, names: list[Name], sentence: Span) -> Name | None:
        """The name whose turn it is: "A và B lần lượt đạt 83,90 và 83,12 điểm", "A và B xếp thứ nhì, thứ ba"."""
        place = mention.value_span
        clause = Span(self._clause_start(sentence, place.start), self._clause_end(sentence, place.end))
        cue = next(iter(_ALIGNED.finditer(self.view, clause.start, place.start)), None)
        before = [
            n for n in names if clause.start <= n.span.start and n.span.end <= (cue.start() if cue else place.start)
        ]
        run = self._run(before)
        if len(run) < 2:
            return None
        figures = self._figures(mention, Span(cue.end() if cue else run[-1].span.end, clause.end))
        if len(figures) != len(run) or place not in figures:
            return None
        return run[figures.index(place)]

    def _figures(self, mention: Mention, span: Span) -> list[Span]:
        """The numbers of the mention's own kind in a stretch, one for each turn."""
        atoms = within(self.context.layers.numbers, span)
        if mention.indicator == "index.rank":
            ranks = [Span(*m.span()) for m in _RANK_WORDS.finditer(self.view, span.start, span.end)]
            own = [a.number for a in atoms if a.unit is None and a.value == int(a.value)]
            return sorted({*(r for r in ranks if not any(r.overlaps(o) for o in own)), *own})
        return [a.number for a in atoms if a.unit in ("point", "percent") or a.value != int(a.value)]

    def _run(self, names: list[Name]) -> list[Name]:
        """The names at the end that form a list."""
        run: list[Name] = []
        for name in reversed(names):
            if run and not _LISTED.fullmatch(self.view, name.span.end, run[0].span.start):
                break
            run.insert(0, name)
        return run

    def _ahead(self, mention: Mention, names: list[Name], sentence: Span) -> Name | None:
        """The name behind a rank in words or a group's figure: "Quán quân PCI vẫn là Quảng Ninh"."""
        if mention.indicator == "index.score":
            return self._fronted(mention, names, sentence)
        if mention.indicator != "index.rank":
            return None
        place = mention.quote_span
        following = [n for n in names if n.span.start >= place.end]
        if not following:
            return None
        before = [n for n in names if self._clause_start(sentence, place.start) <= n.span.start < place.start]
        before = [n for n in before if not self._is_aside(n, sentence)]
        if " ".join(self.view[place.end : following[0].span.start].split()) in (":", "là", ", là", "thuộc về"):
            return following[0]
        if self._opens_with_place(place, following[0], names, sentence):
            return following[0]
        between = _SETS.sub(" ", self.view[place.end : following[0].span.start])
        introduced = _AHEAD.fullmatch(between)
        if (
            introduced
            and (not before or "rank_in_words" in mention.reasons)
            and not self._own_word(before, place, Span(self._clause_start(sentence, place.start), sentence.end))
        ):
            if before and _ADJOINS.fullmatch(self.view, before[-1].span.end, place.start):
                return None
            return following[0]
        return None

    def _opens_with_place(self, place: Span, name: Name, names: list[Name], sentence: Span) -> bool:
        """Whether a part of a list begins with the place and goes on with whose it is: "; đứng thứ 2 tỉnh Thái
        Nguyên đạt 90,29%"."""
        if self.view[place.end : name.span.start].strip() or not _WITH_FIGURE.match(self.view, name.span.end):
            return False
        start = max(self._clause_start(sentence, place.start), self.view.rfind(",", sentence.start, place.start) + 1)
        return not any(start <= n.span.start < place.start for n in names)

    def each(self, mention: Mention, sentence: Span) -> list[Subject]:
        """The subjects of a number that is said of several alike: "A và B cùng 93,27 điểm", "đồng hạng nhì
        là A và B"; empty where it has one."""
        if mention.cell is not None or mention.indicator == "index.mean_score":
            return []
        names = [n for n in within(self.names, sentence) if not self.units.publishes(n)]
        quote = mention.quote_span
        start = self._clause_start(sentence, mention.value_span.start)
        end = self._clause_end(sentence, quote.end)
        before = self._run([n for n in names if start <= n.span.start and n.span.end <= mention.value_span.start])
        ahead = self._run_ahead([n for n in names if quote.end <= n.span.start < end])
        shared: list[Name] = []
        if len(before) > 1 and _ALIKE.fullmatch(self.view, before[-1].span.end, mention.value_span.start):
            shared = before
        elif len(ahead) > 1 and self._is_tie(mention) and _AHEAD.fullmatch(self.view, quote.end, ahead[0].span.start):
            shared = ahead
        return [subject for name in shared if (subject := self.units.subject(name)) is not None]

    def _is_tie(self, mention: Mention) -> bool:
        """Whether a place is shared: "đồng hạng nhì", "cùng xếp thứ 15"."""
        at = mention.quote_span.start
        return (
            mention.indicator == "index.rank"
            and _TIE.search(self.view[max(0, at - 20) : mention.value_span.start]) is not None
        )

    def _run_ahead(self, names: list[Name]) -> list[Name]:
        """The names at the beginning that form a list."""
        run: list[Name] = []
        for name in names:
            if run and not _LISTED.fullmatch(self.view, run[-1].span.end, name.span.start):
                break
            run.append(name)
        return run

    def _fronted(self, mention: Mention, names: list[Name], sentence: Span) -> Name | None:
        """The name behind a score that opens its clause: "Với 0,71 điểm, Quảng Ninh đứng thứ sáu"."""
        start, at = self._clause_start(sentence, mention.quote_span.start), mention.value_span.start
        comma = max(start, self.view.rfind(",", start, mention.quote_span.start) + 1)
        opens = _OPENS.fullmatch(self.view, start, at) or _OPENS_WITH.fullmatch(self.view, comma, at)
        if not opens or any(comma <= n.span.start < at for n in names):
            return None
        following = [n for n in names if n.span.start >= mention.quote_span.end]
        if not following or not _NEXT.fullmatch(self.view, mention.quote_span.end, following[0].span.start):
            return None
        return following[0] if _MEASURED_BEHIND.match(self.view, following[0].span.end) else None

    def _pointed(self, place: Span, names: list[Name], sentence: Span) -> Name | None:
        """The name that "địa phương này", "tỉnh ấy" takes up; so does a bare "địa phương" where the document
        is nobody's own."""
        before = [n for n in names if n.span.end <= place.start]
        start = before[-1].span.end if before else sentence.start
        pointers = list(_POINTER.finditer(self.view, start, place.start))
        if not pointers and (self.document.name is None or self._speaks_of_another(sentence)):
            pointers = list(_BARE_POINTER.finditer(self.view, start, place.start))
        if not pointers:
            return None
        at = pointers[-1].start()
        earlier = within(self.names, Span(max(0, at - _POINTED_BACK), at))
        of_agency = pointers[-1]["agency"] is not None
        fitting = [
            n for n in earlier
            if isinstance(n, AgencyMention) is of_agency and not self.units.publishes(n)
        ]  # fmt: skip
        return fitting[-1] if fitting else None

    def _speaks_of_another(self, sentence: Span) -> bool:
        """Whether the paragraph of a sentence has named somebody before it, and never the document's own."""
        blocks = self.context.layers.document.blocks
        block = blocks[bisect_right(blocks, sentence.start, key=lambda b: b.span.start) - 1]
        named = [self.units.subject(n) for n in within(self.names, Span(block.span.start, sentence.start))]
        return bool(named) and all(s is None or s.name != self.document.name for s in named)

    def _before(self, place: Span, names: list[Name], sentence: Span) -> Name | Subject | None:
        """The last name before the number that is no aside; the own province where the text says "tỉnh"."""
        before = [n for n in names if n.span.end <= place.start]
        for name in reversed(before):
            if self._is_aside(name, sentence):
                continue
            if self._in_closed_bracket(name, place):
                continue
            if self._own_word([name], place, sentence):
                return self._own(place, sentence)
            return name
        if self._own_word([], place, sentence):
            return self._own(place, sentence)
        return None

    def _is_aside(self, name: Name, sentence: Span) -> bool:
        """Whether a name is only compared with, or acts on the one that is measured: not "do Sở Y tế đứng đầu"."""
        if _OF_A_SET.search(self.view, max(sentence.start, name.span.start - 90), name.span.start):
            return True
        aside = ASIDE.search(self.view, max(sentence.start, name.span.start - 40), name.span.start)
        return aside is not None and not _MEASURED_BEHIND.match(self.view, name.span.end)

    def _own(self, place: Span, sentence: Span) -> Subject:
        if self._unit_word(sentence, place) is not None:
            return self.document
        if self._of_issuer(Span(sentence.start, place.start)) and self.subjects.unit is not None:
            return self.subjects.unit
        own = self.subjects.province()
        if own.name is None:
            own = self.document
        match = next(iter(_OWN.finditer(self.view, sentence.start, place.start)), None)
        return replace(own, span=Span(*match.span())) if match else own

    def _own_word(self, names: list[Name], place: Span, sentence: Span) -> bool:
        """Whether "tỉnh" or "thành phố" alone stands between the last name and the number."""
        start = names[-1].span.end if names else sentence.start
        stretch = Span(start, place.start)
        if self._unit_word(stretch, place) is not None or self._of_issuer(stretch):
            return True
        indices = [m.span for m in self.context.layers.indices]
        covered = [*indices, *(n.span for n in self.names), *(p.span for p in self.context.places)]
        return any(
            not any(c.start <= m.start() < c.end for c in covered) for m in _OWN.finditer(self.view, start, place.start)
        )

    def _unit_word(self, stretch: Span, place: Span) -> Span | None:
        """Where the text calls the document's unit by its kind alone: "Chỉ số CCHC của huyện"."""
        words = (self.document.name or "").lower().split()
        kind = next((k for k in _KINDS if " ".join(words[: len(k.split())]) == k), None)
        if kind is None or self.document == self.subjects.province():
            return None
        covered = [n.span for n in self.names]
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
        covered = [n.span for n in self.names]
        return any(
            not any(c.covers(Span(m.start("kind"), m.end())) for c in covered)
            for m in _OF_WRITER.finditer(self.view, stretch.start, stretch.end)
            if m["kind"] == kind
        )

    def _in_closed_bracket(self, name: Name, place: Span) -> bool:
        """Whether a bracket that holds the name is closed before the number."""
        closing = self.view.find(")", name.span.end, place.start)
        opening = self.view.find("(", name.span.end, place.start)
        return closing >= 0 and (opening < 0 or closing < opening)

    def _outside(self, mention: Mention, sentence: Span, block: int) -> Found:
        """The subject of a number whose sentence names nobody before it."""
        if self._is_of_provinces(mention, sentence):
            return Found(self.subjects.province(), True)
        if _AGENCIES_BEHIND.match(self.view, mention.quote_span.end) is not None:
            blocks = self.context.layers.document.blocks
            earlier = [
                n for n in within(self.names, Span(blocks[block].span.start, sentence.start))
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
        if (mention.index or "").partition("/")[0] in OF_AGENCIES:
            return True
        sets = [
            int(atom.out_of)
            for atom in within(self.context.layers.numbers, sentence)
            if atom.out_of is not None and atom.unit is None
        ]
        return bool(sets) and all(size not in NATIONAL_SETS and size <= MOST_AGENCIES for size in sets)

    def _is_of_provinces(self, mention: Mention, sentence: Span) -> bool:
        """Whether only a province can have the number: by its index, or by a rank among provinces beside it."""
        if (mention.index or "").partition("/")[0] in PROVINCIAL:
            return True
        return any(
            atom.out_of is not None and int(atom.out_of) in NATIONAL_SETS and atom.unit is None
            for atom in within(self.context.layers.numbers, sentence)
        )

    def _after_figures(self, place: Span, sentence: Span) -> int:
        """Where the words of a number begin: behind the figure before it."""
        before = [
            a for a in within(self.context.layers.numbers, Span(sentence.start, place.start)) if a.unit is not None
        ]
        return before[-1].text_span.end if before else sentence.start

    def _group(self, place: Span, sentence: Span) -> Found:
        """The group that a mean is of, in the text's words; the nation for provinces."""
        text = self.context.layers.document.text
        start = self._clause_start(sentence, place.start)
        end = min(self._clause_end(sentence, place.end), place.end + 120)
        regions = [p for p in within(self.context.places, Span(start, end)) if p.kind == "region"]
        if regions:
            before = [r for r in regions if r.span.end <= place.start]
            return Found(self._region(before[-1] if before else regions[0]))
        if match := _NATION.search(self.view, start, end):
            return Found(Subject(NATION, span=Span(*match.span())))
        own = self.subjects.own
        for match in _GROUP.finditer(self.view, start, end):
            span = Span(*match.span("group"))
            words = " ".join(span.of(text).split())
            named = f"{words} {own.name_in_text}" if own and not words.lower().startswith(("các bộ", "bộ")) else words
            return Found(
                Subject(named[0].upper() + named[1:], own.code if own else None, own.regime if own else None, span)
            )
        return Found(Subject(NATION), True)

    def _region(self, region: PlaceMention) -> Subject:
        """A region as subject, as the text calls it: "Vùng Tây Nguyên", "Tây Nguyên"."""
        kind = _REGION_KIND.search(self.view, max(0, region.span.start - 12), region.span.start)
        covered = _REGION_KIND_WITHIN.match(self.view, region.span.start)
        return Subject(f"Vùng {region.name}" if kind or covered else region.name, span=region.span)

    def _clause_start(self, sentence: Span, at: int) -> int:
        return max(sentence.start, self.view.rfind(";", sentence.start, at) + 1)

    def _clause_end(self, sentence: Span, at: int) -> int:
        end = self.view.find(";", at, sentence.end)
        return sentence.end if end < 0 else end


_RANK_WORDS = spaced(r"(?<!\w)(?:thứ nhất|thứ nhì|thứ ba|thứ tư|hạng nhất|hạng nhì|hạng ba)(?!\w)")
_AGENCIES_BEHIND = spaced(r"\s*(?:sở|ban|ngành|cơ quan|đơn vị)(?!\w)")

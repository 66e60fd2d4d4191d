"""Whose score or rank it is: the province, agency, district or group that the sentence gives it to.

Sentences about indices are full of others: the leader, the last, the mean, the neighbours. So the
nearest name wins, a name in front of a bracket owns what is in it, lists are matched in their order,
and the province of the document is only taken where no name stands before the number.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from pipeline.assemble.context import Context
from pipeline.assemble.index_own import MOVED_MOST, OwnUnit
from pipeline.assemble.index_shared import LEADS_TO_NAME, run_before, sharing
from pipeline.assemble.index_units import ASIDE, MEASURED_BEHIND, IndexNames, Name
from pipeline.assemble.index_whole import Found, Wholes, clause_end, clause_start
from pipeline.assemble.slots import Subject
from pipeline.assemble.subject_names import NATION
from pipeline.match.layers import within
from pipeline.match.mention import Mention
from pipeline.model import Span
from pipeline.rulebook.index_rules import AGENCIES, IndexRules
from pipeline.text.spacing import AnyMatch, spaced, spaced_regex
from pipeline.values.places import AgencyMention

_ALIGNED = spaced(r"(?<!\w)(?:lần lượt|theo thứ tự|tương ứng)(?!\w)")
# Semicolons between figures, without words of their own.
_FIGURE_AHEAD = spaced(r"\d(?:\s*(?:%|điểm))?\s*;\Z")
_FIGURE_NEXT = spaced(r";\s*\d")
_SOMEONE = spaced(
    r"(?<!\w)(?:tỉnh|nơi|địa phương|đơn vị|thành phố|huyện|sở|cơ quan|điểm)\s+(?:có điểm )?(?:cao nhất|thấp nhất|"
    r"đứng đầu|dẫn đầu|đứng cuối|cuối bảng)(?!\w)"
)
# "Tỉnh tăng hạng nhiều nhất: 34 bậc (Sóc Trăng)": whoever that is, it is not the document's own.
_MOST_MOVED = spaced(rf"(?<!\w){MOVED_MOST}(?!\w)[^.;()\d]*$")
_IN_BRACKET = spaced(r"\s*\(\s*(?:tỉnh|thành phố|tp\.?|là)?\s*")
_WITH_FIGURE = spaced(r"\s*(?:,?\s*(?:đạt|với|được)(?!\w)|\(|:)")
# The rest of "sở, ban, ngành", "khối huyện, thành phố" behind a rank: its commas part no clauses.
_SETS = spaced(
    r"^\s*(?:(?:(?:trong|của|khối|nhóm|các|ubnd|\d+|sở|ban|huyện|thị xã|quận|xã|phường|tỉnh|bộ|cơ quan)\s*)*"
    r"(?:,\s*(?:ban|ngành|thành phố|thành|thị xã|phường|xã|đặc khu|thị trấn|huyện|quận|đơn vị))+(?!\w))"
)
_OF_A_SET = spaced(
    r"(?<!\d)\d{1,3} [^.;()\d]{0,50}?(?<!\w)(?:xã|phường|huyện|sở|ngành|đặc khu|đơn vị|cơ quan|"
    r"thị trấn|thành phố|thị xã) (?:của|thuộc|trực thuộc|ở|tại|trong) (?:tỉnh|thành phố|tp\.?|huyện)?\s*$"
)
_OPENS = spaced(
    r"[-•*\s]*(?:chỉ )?(?:với|đạt|được|có)\s+(?:tổng điểm|số điểm|điểm số|tổng số|mức|kết quả)?\s*(?:là|đạt)?\s*"
)
_OPENS_WITH = spaced(r"\s*với\s+(?:[^,;.()\d]|(?:19|20)\d{2}(?!\d)){0,60}")
_POINTER = spaced(
    r"(?<!\w)(?:(?P<agency>sở|ngành|bộ|đơn vị|cơ quan)|tỉnh|thành phố|địa phương|huyện|xã|phường)\s+"
    r"(?:này|ấy|đó|nói trên)(?!\w)"
)
_BARE_POINTER = spaced_regex(
    r"(?<!\w)(?<!các )(?<!những )(?<!nhiều )(?<!\d )(?P<agency>(?!))?địa phương"
    r"(?= (?:giành|đạt|xếp|đứng|tăng|giảm|đã|có|được|cũng|vẫn|tiếp))"
)
# "Bình Dương gây bất ngờ. Năm 2022 tỉnh còn ở vị trí thứ 19 …; điểm DTI của tỉnh là …" in news of a city or of nobody.
_BARE_PROVINCE = spaced_regex(
    r"(?<!\w)(?<!các )(?<!những )(?<!nhiều )(?<!\D\d )(?<!\D\d\d )(?P<agency>(?!))?"
    r"(?:tỉnh(?= (?:còn|mới|đã|được|đạt|xếp|đứng|tăng|giảm|có|cũng|vẫn|ở|vươn|tụt)(?!\w))"
    r"|của tỉnh(?= (?:là|đạt|còn)(?!\w)))"
)
_POINTED_BACK = 500
_THEREOF = spaced(r"[\s\"“(–-]*(?:trong đó|cụ thể|trong số đó)(?!\w)")
# "cao hơn đơn vị xếp thứ hai, Hải Phòng, 0,01 điểm": the name behind says who that is.
_ONE_THAT = spaced(
    r"(?<!\w)(?:đơn vị|địa phương|tỉnh|nơi|cơ quan|bộ|sở|huyện) (?:đang |đã )?(?:xếp|đứng|ở|giữ)?"
    r"(?: (?:vị trí|hạng|ngay))*(?: thứ)?\s*$"
)
# "một số tỉnh tụt hạng mạnh như Bắc Ninh": one of them, and nobody compared with.
_SUCH_AS = spaced(
    r"(?<!\w)(?:một số|nhiều|các|những|vài|số ít)\s[^.;()]{0,80}?(?<!\w)như\s*(?:tỉnh|thành phố|tp\.?)?\s*$"
)
_ONE_UNIT = spaced(
    r"(?<!\w)(?:0?1|một|duy nhất)(?: \w+)? (?:tỉnh|thành phố|địa phương|đơn vị|sở|huyện|xã|phường|bộ|cơ quan)\s*"
    r"\(\s*(?:là )?(?:tỉnh|thành phố|tp\.?)?\s*$"
)
_THEN_WHO = spaced(r"(?:[^.;,()\d]|(?:19|20)\d{2}|\x01){0,80},\s*(?:tỉnh|thành phố|tp\.?)?\s*")
_GOES_ON = spaced(
    r"(?:,? (?:tỉnh|thành phố) [^,.;()\d]{2,20}?)?\s+(?:đã |đang |cũng |vẫn |tiếp tục )*(?:đứng|xếp|dẫn|đạt|giữ|vươn"
    r"|tiếp|là|có|được|tăng|giảm|tụt|cải thiện|trở thành)(?!\w)"
)
_NEXT = spaced(r"\s*,\s*(?:tỉnh|thành phố|tp\.?)?\s*")
_ADJOINS = spaced(
    r"[\s,:(–\-\"”]*(?:(?:với|đạt|được|có|là|chỉ|cũng|ở|xếp|đứng|vị trí|thứ|hạng|tiếp tục|dẫn đầu)[\s(:]*){0,4}$"
)


class IndexSubjects:
    """The names of one document, and the choice among them for a number of an index."""

    def __init__(self, context: Context, rules: IndexRules) -> None:
        self.context = context
        self.view = context.layers.view
        self.units = IndexNames(context)
        self.subjects, self.names, self.document = self.units.subjects, self.units.all, self.units.document
        self._asked: Span | None = None
        self._named: list[Name] = []
        self._rows: dict[tuple[int, int], Found] = {}
        self.own, self.wholes = OwnUnit(context, self.units, rules), Wholes(context, self.units)

    def of(self, mention: Mention, sentence: Span, block: int) -> Found:
        """The subject of a number read in running text or in a table."""
        roles = dict(mention.cues)
        if mention.cell is not None:
            group = roles.get("group")
            return self.wholes.labelled(group, mention.cell) if group else self._of_row(mention.cell)
        if mention.indicator == "index.mean_score" and "group" in mention.reasons:
            return self._group(
                mention, mention.value_span, Span(self.wholes.after_figures(mention.value_span, sentence), sentence.end)
            )
        if mention.indicator == "index.mean_score" or "group" in roles:
            return self._group(mention, roles.get("group") or roles.get("mean") or mention.value_span, sentence)
        if (country := self.wholes.country(mention, sentence)) is not None:
            return Found(country)
        if mention.indicator == "index.rank" and (region := self.wholes.region_ranked(mention, sentence)):
            return Found(self.wholes.region(region))
        names = self._measured(sentence)
        place = mention.value_span
        whose = roles.get("whose")
        chosen = (
            next((n for n in names if whose is not None and n.span.overlaps(whose)), None)
            or self._bracketed(place, names, sentence)
            or self._aligned(mention, names, sentence)
            or self._ahead(mention, names, sentence)
            or self._pointed(place, names, sentence)
            or self._before(place, names, sentence)
            or self._taken_apart(place, sentence, block)
        )
        if chosen is not None:
            return self._found(chosen)
        lead = max(sentence.start, place.start - 60)
        if mention.indicator.endswith("_change") and _MOST_MOVED.search(self.view, lead, place.start):
            named = [n for n in names if _IN_BRACKET.fullmatch(self.view, mention.quote_span.end, n.span.start)]
            return self._found(named[0]) if named else Found(Subject(None))
        if _SOMEONE.search(self.view, lead, place.start):
            return Found(Subject(None))
        return self.own.where_nobody_is_named(mention, sentence, block)

    def _group(self, mention: Mention, place: Span, sentence: Span) -> Found:
        """The group that a mean is of; no index of agencies has a mean of the country."""
        found = self.wholes.group(place, sentence)
        of_nobody = found.inherited and found.subject.name == NATION
        if of_nobody and self.own.rules.measures_only(AGENCIES, mention.index):
            return Found(replace(self.subjects.province(), name=None), True)
        return found

    def _of_row(self, cell: tuple[int, int, int]) -> Found:
        """The subject of a table cell: the first name in its row, else that of the document."""
        number, row, _ = cell
        if (number, row) not in self._rows:
            held = (c for c in self.context.grids[number].rows.get(row, ()) if not c.is_header)
            subjects = (self.units.subject(name) for c in held for name in within(self.names, c.span))
            named = next((subject for subject in subjects if subject is not None), None)
            self._rows[number, row] = Found(self.document, True) if named is None else Found(named)
        return self._rows[number, row]

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
        """The name whose turn it is: "A và B lần lượt đạt 83,90 và 83,12 điểm", "A và B xếp thứ nhì, thứ ba", "lần lượt
        thuộc về A, B với 83,90; 83,12 điểm"."""
        place = mention.value_span
        clause = self._clause_of_figures(place, sentence)
        cue = next(iter(_ALIGNED.finditer(self.view, clause.start, place.start)), None)
        before = [n for n in names if clause.start <= n.span.start and n.span.end <= place.start]
        ahead = [n for n in before if cue is None or n.span.end <= cue.start()]
        run = run_before(self.view, ahead)
        if len(run) < 2 and cue is not None:
            run, cue = run_before(self.view, [n for n in before if n.span.start >= cue.end()]), None
        if len(run) < 2:
            return None
        figures = self._figures(mention, Span(cue.end() if cue else run[-1].span.end, clause.end))
        if len(figures) != len(run) or place not in figures:
            return None
        return run[figures.index(place)]

    def _clause_of_figures(self, place: Span, sentence: Span) -> Span:
        """The clause of a number, together with the figures that semicolons part from each other: "66,2; 65,1 và 64,8
        điểm"."""
        start, end = clause_start(self.view, sentence, place.start), clause_end(self.view, sentence, place.end)
        while start > sentence.start and _FIGURE_AHEAD.search(self.view, max(sentence.start, start - 12), start):
            start = clause_start(self.view, sentence, start - 1)
        while end < sentence.end and _FIGURE_NEXT.match(self.view, end):
            end = clause_end(self.view, sentence, end + 1)
        return Span(start, end)

    def _figures(self, mention: Mention, span: Span) -> list[Span]:
        """The numbers of the mention's own kind in a stretch, one for each turn."""
        atoms = within(self.context.layers.numbers, span)
        if mention.indicator == "index.rank":
            ranks = [Span(*m.span()) for m in _RANK_WORDS.finditer(self.view, span.start, span.end)]
            own = [a.number for a in atoms if a.unit is None and a.value == int(a.value)]
            return sorted({*(r for r in ranks if not any(r.overlaps(o) for o in own)), *own})
        return [a.number for a in atoms if a.unit in ("point", "percent") or a.value != int(a.value)]

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
        before = [n for n in names if clause_start(self.view, sentence, place.start) <= n.span.start < place.start]
        before = [n for n in before if not self._is_aside(n, sentence)]
        gap = self.view[place.end : following[0].span.start]
        joint = " ".join(gap.split())
        if joint in (":", "là", ", là", "thuộc về") or (joint in ("-", "–") and "rank_in_words" in mention.reasons):
            return following[0]
        if _ONE_THAT.search(self.view, sentence.start, mention.value_span.start) and _NEXT.fullmatch(gap):
            return following[0]
        if self._opens_with_place(place, following[0], names, sentence):
            return following[0]
        if not before and self._opens_sentence(place, following[0], sentence):
            return following[0]
        between = _SETS.sub(" ", gap)
        introduced = LEADS_TO_NAME.fullmatch(between)
        if (
            introduced
            and (not before or "rank_in_words" in mention.reasons)
            and not self.own.is_named(before, place, Span(clause_start(self.view, sentence, place.start), sentence.end))
        ):
            if before and _ADJOINS.fullmatch(self.view, before[-1].span.end, place.start):
                return None
            return following[0]
        return None

    def each(self, mention: Mention, sentence: Span) -> list[Subject]:
        """The subjects of a number that is said of several alike; empty where it has one."""
        if mention.cell is not None or mention.indicator == "index.mean_score":
            return []
        shared = sharing(self.view, mention, self._measured(sentence), sentence)
        return [subject for name in shared if (subject := self.units.subject(name)) is not None]

    def _measured(self, sentence: Span) -> list[Name]:
        """The names of a sentence that can be measured; each of its numbers asks for them."""
        if self._asked != sentence:
            self._asked = sentence
            self._named = [n for n in within(self.names, sentence) if not self.units.publishes(n)]
        return self._named

    def _opens_sentence(self, place: Span, name: Name, sentence: Span) -> bool:
        """Whether a sentence begins with a place and goes on, behind a comma, with whose it is: "Xếp thứ 2 về Chỉ số
        CCHC năm 2021, huyện Mai Sơn tiếp tục …"."""
        opens = not self.view[sentence.start : place.start].strip(" -–•*+\t\n")
        return (
            opens
            and _THEN_WHO.fullmatch(self.view, place.end, name.span.start) is not None
            and _GOES_ON.match(self.view, name.span.end) is not None
        )

    def _opens_with_place(self, place: Span, name: Name, names: list[Name], sentence: Span) -> bool:
        """Whether a part of a list begins with the place and goes on with whose it is: "; đứng thứ 2 tỉnh Thái
        Nguyên đạt 90,29%"."""
        if self.view[place.end : name.span.start].strip() or not _WITH_FIGURE.match(self.view, name.span.end):
            return False
        start = max(
            clause_start(self.view, sentence, place.start), self.view.rfind(",", sentence.start, place.start) + 1
        )
        return not any(start <= n.span.start < place.start for n in names)

    def _fronted(self, mention: Mention, names: list[Name], sentence: Span) -> Name | None:
        """The name behind a score that opens its clause: "Với 0,71 điểm, Quảng Ninh đứng thứ sáu"."""
        start, at = clause_start(self.view, sentence, mention.quote_span.start), mention.value_span.start
        comma = max(start, self.view.rfind(",", start, mention.quote_span.start) + 1)
        opens = _OPENS.fullmatch(self.view, start, at) or _OPENS_WITH.fullmatch(self.view, comma, at)
        if not opens or any(comma <= n.span.start < at for n in names):
            return None
        following = [n for n in names if n.span.start >= mention.quote_span.end]
        if not following or not _NEXT.fullmatch(self.view, mention.quote_span.end, following[0].span.start):
            return None
        return following[0] if MEASURED_BEHIND.match(self.view, following[0].span.end) else None

    def _pointed(self, place: Span, names: list[Name], sentence: Span) -> Name | None:
        """The name that "địa phương này", "tỉnh ấy" takes up; so does a bare "địa phương" where the document
        is nobody's own."""
        before = [n for n in names if n.span.end <= place.start]
        start = before[-1].span.end if before else sentence.start
        pointers: list[AnyMatch] = list(_POINTER.finditer(self.view, start, place.start))
        if not pointers and (self.document.name is None or self._speaks_of_another(sentence)):
            pointers = list(_BARE_POINTER.finditer(self.view, start, place.start))
            if not self._is_of_province():
                pointers = pointers or list(_BARE_PROVINCE.finditer(self.view, start, place.start))
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

    def _is_of_province(self) -> bool:
        """Whether "tỉnh" alone can be the document's own; a city or nobody is none."""
        own = self.subjects.own
        return own is not None and own.kind == "tỉnh"

    def _taken_apart(self, place: Span, sentence: Span, block: int) -> Subject | None:
        """Whom the sentence before spoke of, where this one takes it apart: "Trong đó, chính quyền số xếp …"."""
        if not _THEREOF.match(self.view, sentence.start, place.start):
            return None
        sentences = self.context.layers.sentences
        at = bisect_right(sentences, sentence.start, key=lambda s: s.span.start) - 2
        if at < 0 or sentences[at].block != block:
            return None
        before = sentences[at].span
        names = [n for n in within(self.names, before) if not self.units.publishes(n) and not self._is_aside(n, before)]
        if not names and self.own.is_named([], Span(before.end, before.end), before):
            return replace(self.own.subject(Span(before.end, before.end), before), span=None)
        subject = self.units.subject(names[0]) if len(names) == 1 else None
        return replace(subject, span=None) if subject is not None else None

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
            if self._in_closed_bracket(name, place) and not self._names_counted(name, place, sentence):
                continue
            if self.own.is_named([name], place, sentence):
                return self.own.subject(place, sentence)
            return name
        if self.own.is_named([], place, sentence):
            return self.own.subject(place, sentence)
        return None

    def _is_aside(self, name: Name, sentence: Span) -> bool:
        """Whether a name is only compared with, or acts on the one that is measured: not "do Sở Y tế đứng đầu"."""
        if _OF_A_SET.search(self.view, max(sentence.start, name.span.start - 90), name.span.start):
            return True
        aside = ASIDE.search(self.view, max(sentence.start, name.span.start - 40), name.span.start)
        if aside and _SUCH_AS.search(self.view, max(sentence.start, name.span.start - 120), name.span.start):
            return False
        return aside is not None and not MEASURED_BEHIND.match(self.view, name.span.end)

    def _names_counted(self, name: Name, place: Span, sentence: Span) -> bool:
        """Whether a bracket says which one unit is meant: "1 địa phương (Bắc Ninh) xuống vị trí 11"."""
        counted = _ONE_UNIT.search(self.view, max(sentence.start, name.span.start - 60), name.span.start)
        closing = self.view.find(")", name.span.end, place.start)
        return counted is not None and not self.view[name.span.end : max(closing, name.span.end)].strip()

    def _in_closed_bracket(self, name: Name, place: Span) -> bool:
        """Whether a bracket that holds the name is closed before the number."""
        closing = self.view.find(")", name.span.end, place.start)
        opening = self.view.find("(", name.span.end, place.start)
        return closing >= 0 and (opening < 0 or closing < opening)


_RANK_WORDS = spaced(r"(?<!\w)(?:thứ nhất|thứ nhì|thứ ba|thứ tư|hạng nhất|hạng nhì|hạng ba)(?!\w)")

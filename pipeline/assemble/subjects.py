"""Whose number it is: the agency or place that the text puts before it, from the clause outwards."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.slots import Subject
from pipeline.assemble.subject_beside import ASSIGNED_TO, ASSIGNS, PLACE_BEFORE, SubjectsBeside
from pipeline.assemble.subject_names import HOLDER, OBJECT_BEFORE, SPEAKS, of_unit
from pipeline.assemble.subject_wholes import ACTS, NEVER_SUBJECT, OPENS_WITH
from pipeline.assemble.writing_body import BODIES
from pipeline.match.layers import within
from pipeline.model import Span
from pipeline.text.spacing import spaced
from pipeline.values.agencies import DESKS
from pipeline.values.places import AgencyMention, PlaceMention

_TOPIC_BEFORE = regex.compile(r"(?:^|[,;:(.]|(?<!\w)(?:tại|ở|riêng|còn|trong khi|là|đó|kết quả chấm điểm|trong))\s*$")
_LEAD_IN = regex.compile(
    r"[\s\-•*]*(?:(?:riêng )?(?:trong |đến |hết |từ )?(?:năm|quý|tháng|\d{1,2} tháng)(?!\w)[^,;.:()]{0,60},\s*)?"
    r"(?:(?:còn|riêng|tại|như|đối với|với|tiếp đó|kế đó|biểu dương|ghi nhận|phê bình|nhắc nhở)\s+)?"
)
_OF_MINISTRIES = regex.compile(r"(?i)các bộ(?!\w)")
_RESIDES = spaced(r"(?<!\w)(?:ngụ|trú|cư trú|sống|sinh sống|quê|nhà)(?: tại| ở)?(?!\w)[^.;:()]*$")
_PERSON = regex.compile(
    r"(?<!\w)(?:[Cc]hị|[Aa]nh|[Ôô]ng|[Bb]à(?! Rịa)|[Cc]ụ|[Ee]m)(?: \p{Lu}\p{L}*){1,4} *(?:[(,]| ở| tại)(?: ở| tại)? *$"
)
_ITEM_MARK = regex.compile(r"\s*(?:[-+*•]|[a-zđ][).]|\d+(?:\.\d+)*[).]?)\s+")
_COLON = regex.compile(r"\s*:")
_DESK_ACTS = spaced(
    r", (?P<desk>bộ phận (?:một cửa|tiếp nhận và trả kết quả)|trung tâm phục vụ hành chính công)"
    r" (?:đã |cũng )?(?:tiếp nhận|nhận|giải quyết|trả)(?!\w)"
)
_OF_HEADING = regex.compile(r"(?<!\w)(?:tại|ở|đối với|của)\s+$")
_COMMITTEES = regex.compile(r"(?:UBND|Ủy ban nhân dân)\s+các\s", regex.IGNORECASE)
_ALONE = regex.compile(r"[\s:.;]*")
_WHOLE_IS_TOLD = regex.compile(
    r"(?<!(?<!\w)(?:đầu|nhất|nhì|ba|với|cuối|trong|hơn)\s)(?<!\w)(?:toàn|cả) "
    r"(?P<kind>tỉnh|thành phố|huyện|thị xã|quận|xã|phường)"
    r" (?:đã |chỉ |mới )?(?:có|đạt|là|còn|tiếp nhận|giải quyết|hoàn thành|chiếm|ước)(?!\w)"
)
_TAKES_APART = regex.compile(r"[\s\-+•*(]*(?:cụ thể|trong đó|gồm|bao gồm|chia ra)(?!\w)")
_SAYS_ITSELF = regex.compile(r"\s*(?:\([^()]*\)\s*)?(?:cho (?:biết|hay)|thông tin|thống kê)(?!\w)")
_OTHERS = regex.compile(
    r"(?<!\w)(?:toàn|các|cả|trên địa bàn|cấp|địa phương|của|tại|ở|\d+ (?:xã|phường|huyện|sở))(?!\w)"
)
_UNITS_ACT = regex.compile(r"\s*(?:các|\d+(?:/\d+)?)\s+(?:sở|huyện|xã|phường|đơn vị|địa phương)(?!\w)")
_MEMBERS = regex.compile(r"\p{L}\s\(\d")
_MEMBER = regex.compile(
    r"(?:[,;:]|(?<!\w)(?:và|gồm|là|như))\s+"
    r"(?!(?:Trung|Bộ|Sở|Phòng|Ban|Văn|Cục|Chi|Tỉnh|Huyện|Xã|Phường|Năm|Quý|Tháng|Trong|Cấp|Tổng|Lĩnh)(?!\w))"
    r"(?P<name>\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){0,3})\s\(\s*\Z"
)
_OF_PLACE = regex.compile(r"\s*(?:của|thuộc|trên địa bàn|ở|tại|trong)?\s*")
_PROVINCE_WIDE = regex.compile(
    r"(?<!\w)(?:toàn tỉnh|toàn thành phố|trên địa bàn tỉnh|cả tỉnh|của tỉnh"
    r"|(?:các cấp|các cơ quan(?: hành chính)?) (?:trong|của) tỉnh"
    r"|từ (?:cấp )?tỉnh (?:đến|tới|xuống) (?:cấp )?(?:huyện|xã|cơ sở))(?!\w)"
)

_PARAGRAPH = 3_000
"""So many characters before it in its paragraph may tell whom a sentence is about."""
_UNIT_WIDE = regex.compile(
    r"(?<!\w)(?:[Tt]oàn|[Cc]ả|trên địa bàn) (?P<kind>huyện|thị xã|thành phố|quận|xã|phường|thị trấn|đặc khu)"
    r"(?!\w)(?! \p{Lu})"
)
_PROVINCE_ACTS = regex.compile(
    r"(?:\s*(?:cũng )?(?:(?:trong |đến |hết |sang )?(?:năm|quý|tháng|[0-9]{1,2} tháng)[^,;.]{0,20}|đến nay|hiện nay"
    r"|trong kỳ),)?"
    r"\s*tỉnh (?:đã|có|được (?:chính phủ|thủ tướng)[^.;]{0,30} giao|yêu cầu|đặt"
    r"|phấn đấu|tiếp nhận|giải quyết|xếp|cung cấp|thực hiện|hoàn thành|ban hành|đạt)(?!\w)"
)


class Subjects(SubjectsBeside):
    """The choice among the agencies and places of a document, for a number."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._told: dict[tuple[Span, int, bool], Subject | None] = {}
        """What the text before a sentence speaks of, by the part of its paragraph, its block and the measure."""
        self._addressees: dict[int, Subject | None] = {}

    def of(
        self, place: Span, sentence: Span, block: int, *, wide: bool, level: str | None = None, served: bool = False
    ) -> tuple[Subject, bool]:
        """The subject of a number and whether it stands outside its sentence.

        `wide` measures are those of a whole province, as are those of one `level`: an agency is their subject only
        where it stands right before the number. `served` measures are those that a service centre counts: it is their
        subject where the text begins with it.
        """
        if self._is_of_stranger(place, sentence):
            return Subject(None), False
        place = self._set_beside(place)
        if (whole := self._whole_again(sentence, place)) is not None:
            return whole, True
        named = (
            self._in_turn(place, sentence)
            or self._given_to(place, sentence)
            or self._held_by(place, sentence)
            or self._receiving(place, sentence)
            or self._adjacent(place, sentence)
            or self._having(place, sentence)
            or self._next_of_several(place, sentence)
            or self._member(place, sentence)
            or self._opening(sentence, place)
            or self._acting(sentence, place)
            or self.bare(sentence, place)
            or self._addressed(block)
        )
        if named is None and served and level is None:
            named = self._speaking_desk(sentence, place)
        if named is None and not wide and level is None:
            named = self._topic(Span(sentence.start, place.start))
        if named is not None:
            return self._at_its_desk(named, place), False
        if (nation := self._nation(sentence, place)) is not None:
            return nation, False
        if wide_of := _PROVINCE_WIDE.search(self.view, sentence.start, place.start):
            return self._whole(wide_of), True
        if self.unit is not None and self._unit_wide(sentence, place):
            return self.unit, True
        if self._at_desks_of_levels(Span(sentence.start, place.start)):
            return self.document(agency=False), True
        if _PROVINCE_ACTS.match(self.view, sentence.start, place.start):
            return self.province(), True
        if wide:
            return self._other_whole(Span(sentence.start, place.start)) or self.document(agency=False), True
        if level is not None:
            return self.below(level), True
        begins = self.context.layers.document.blocks[block].span.start
        above = Span(max(begins, sentence.start - _PARAGRAPH), sentence.start)
        earlier = self._nation_again(above, Span(sentence.start, place.start)) or self._told_before(
            above, block, served=served
        )
        return earlier or self.document(agency=True, served=served), True

    def _told_before(self, above: Span, block: int, *, served: bool) -> Subject | None:
        """Whom the text before a sentence speaks of: in its paragraph, in the words that open its list, in headings,
        in the paragraphs before."""
        asked = above, block, served
        if asked not in self._told:
            self._told[asked] = (
                self.bare(above, Span(above.end, above.end))
                or self._still_whole(above)
                or (self.document(agency=False) if self._at_desks_of_levels(above) else None)
                or self._topic(self._without_list(above))
                or self._opener(block)
                or self._headed(block)
                or ((self._still_served(block) or self._whole_before(block)) if served else None)
            )
        return self._told[asked]

    def _without_list(self, above: Span) -> Span:
        """What stands above, up to a last sentence that takes a figure apart among several: "Tiếp nhận 1.902 hồ sơ. Cụ
        thể: Chi cục Thủy sản 401 hồ sơ; Chi cục Kiểm lâm 181 hồ sơ. Đã giải quyết 1.888"."""
        sentences = self.context.layers.sentences
        at = bisect_left(sentences, above.end, key=lambda s: s.span.start) - 1
        last = sentences[at].span if at >= 0 and sentences[at].span.start >= above.start else Span(above.end, above.end)
        of_each = _TAKES_APART.match(self.view, last.start, last.end) and len(self._named(last)) > 1
        return Span(above.start, last.start) if of_each else above

    def _is_of_stranger(self, place: Span, sentence: Span) -> bool:
        """Whether a member of a list is named that no gazetteer knows: "… nhiều nhất gồm: Nam Định (611 hồ sơ), Phủ
        Thứ (402 hồ sơ)". Its figure is nobody else's."""
        normal = self.context.layers.normal
        if len(_MEMBERS.findall(normal, sentence.start, sentence.end)) < 2:
            return False
        own = _MEMBER.search(normal, sentence.start, place.start)
        return own is not None and not self._named(Span(own.start("name"), place.start))

    def grouped(self, place: Span, sentence: Span, *, tasks: bool) -> Subject | None:
        """The group of agencies whose deeds a sentence tells: "1. Các sở, ban, ngành được giao 842 nhiệm vụ; đã hoàn
        thành 701". Of the departments of a province these are its `tasks`; what they do else is the province's."""
        named = self._named(Span(sentence.start, place.start))
        if not named or not isinstance(named[0], AgencyMention) or named[0].kind != "group":
            return None
        group, others = named[0], named[1:]
        end = group.span.end
        if others and others[0].kind == "province" and _OF_PLACE.fullmatch(self.view, end, others[0].span.start):
            end = others.pop(0).span.end
        acts = ACTS.match(self.view, end)
        # Who gives the tasks may stand between: "được UBND tỉnh giao".
        if acts is None or any(other.span.end > acts.end() for other in others):
            return None
        if not OPENS_WITH.search(self.view[sentence.start : group.span.start]):
            return None
        return self.group(group) if tasks or _OF_MINISTRIES.match(group.name) else None

    def _whole_again(self, sentence: Span, place: Span) -> Subject | None:
        """The whole that a sentence turns to behind somebody's figures: "Sở Công Thương nhận 20 hồ sơ; tỷ lệ trực tuyến
        toàn tỉnh đạt 77,2%"; not "Sở Y tế đứng đầu toàn tỉnh với 77%"."""
        told = [*_WHOLE_IS_TOLD.finditer(self.view, sentence.start, place.start)][-1:]
        if not told or self._named(Span(told[0].end(), place.start)):
            return None
        kind = told[0]["kind"]
        if kind in ("tỉnh", "thành phố"):
            return self._whole(told[0]) if self.own is not None else None
        return self._unit_before(kind, told[0].start())

    def _speaking_desk(self, sentence: Span, place: Span) -> Subject | None:
        """The desk that tells of its own dossiers: "Trung tâm … phường X cho biết, đã tiếp nhận 276 hồ sơ"."""
        for desk in self._named(Span(sentence.start, place.start))[-1:]:
            if isinstance(desk, AgencyMention) and desk.kind in DESKS:
                opens = _LEAD_IN.fullmatch(self.view[sentence.start : desk.span.start]) is not None
                said = _SAYS_ITSELF.match(self.view, desk.span.end, place.start) if opens else None
                others = said and _OTHERS.search(self.view, said.end(), place.start)
                return self._subject(desk) if said and not others else None
        return None

    def names_whole(self, words: Span) -> bool:
        """Whether words speak of the whole province again: "toàn tỉnh có 1.310 nhiệm vụ"."""
        return _PROVINCE_WIDE.search(self.view, words.start, words.end) is not None

    def _at_its_desk(self, unit: Subject, place: Span) -> Subject:
        """The desk of a place where the words right behind it say that it does the work: "Tại xã Chiềng Pằn, bộ phận
        một cửa tiếp nhận 512 hồ sơ"."""
        if unit.span is None or not unit.name or unit.span.end >= place.start:
            return unit
        desk = _DESK_ACTS.match(self.view, unit.span.end, place.start)
        is_place = desk is not None and any(p.span == unit.span for p in within(self.context.places, unit.span))
        return replace(unit, name=of_unit(desk["desk"].capitalize(), unit.name)) if desk and is_place else unit

    def _opening(self, sentence: Span, place: Span) -> Subject | None:
        """The agency that the clause, or else the sentence, begins with ("Sở Y tế là nơi mạnh tay: …")."""
        clause = max(self.view.rfind(";", sentence.start, place.start) + 1, sentence.start)
        for start in dict.fromkeys((clause, sentence.start)):
            for mention in self._named(Span(start, place.start))[:1]:
                if SPEAKS.match(self.view, mention.span.end):
                    return None
                lead = self.view[start : mention.span.start]
                if isinstance(mention, AgencyMention) and mention.kind in BODIES and _LEAD_IN.fullmatch(lead):
                    return self._subject(mention)
        return None

    def over_table(self, span: Span) -> Subject | None:
        """The agency whose work a table tells by the words right above it: "… tại Bộ phận Một cửa huyện như sau:"."""
        blocks = self.context.layers.document.blocks
        at = bisect_right(blocks, span.start, key=lambda block: block.span.end)
        above = blocks[at - 1].span if at else Span(0, 0)
        return self._topic(above) if above.of(self.view).rstrip().endswith(":") else None

    def _unit_wide(self, sentence: Span, place: Span) -> bool:
        """Whether a figure is of the whole of the document's own district or commune: "tỷ lệ đúng hạn toàn thị xã"."""
        kinds = (m["kind"] for m in _UNIT_WIDE.finditer(self.context.layers.normal, sentence.start, place.start))
        unit = (self.unit.name or "").lower() if self.unit else ""
        return any(unit.startswith(f"{kind} ") for kind in kinds)

    def _opener(self, block: int) -> Subject | None:
        """The agency that opens the list of an item: "1. Tại Bộ phận Một cửa của huyện:⏎- Tiếp nhận …"."""
        blocks = self.context.layers.document.blocks
        if not blocks[block].span.of(self.view).lstrip().startswith(("-", "+", "•", "*")):
            return None
        for above in reversed(blocks[max(0, block - 12) : block]):
            words = above.span.of(self.view)
            if not words.lstrip().startswith(("-", "+", "•", "*")):
                return self._topic(above.span) if words.rstrip().endswith(":") else None
        return None

    def _addressed(self, block: int) -> Subject | None:
        """The agency to which an item is addressed: "b) Sở Kế hoạch và Đầu tư: bảo đảm 100% hồ sơ …"."""
        if block not in self._addressees:
            span = self.context.layers.document.blocks[block].span
            mark = _ITEM_MARK.match(self.view, span.start, span.end)
            head = mark and within(self.context.agencies, Span(mark.end(), mark.end() + 1))
            stands_alone = head and _COLON.match(self.view, head[0].span.end, span.end)
            is_one = head and stands_alone and head[0].kind not in NEVER_SUBJECT and not self.is_of_level(head[0])
            self._addressees[block] = self._subject(head[0]) if head and is_one else None
        return self._addressees[block]

    def _headed(self, block: int) -> Subject | None:
        """Whom the headings above make the subject of what stands below: "1. Tại Bộ phận Một cửa huyện", "b) Đối với
        UBND các xã, thị trấn"."""
        for above in self.context.outline.over(block):
            for mention in within(self.context.agencies, above.span):
                alone = _ALONE.fullmatch(self.view, mention.span.end, above.span.end)
                if mention.level == "central" and mention.kind in NEVER_SUBJECT:
                    continue
                if alone and _OF_HEADING.search(self.view, above.span.start, mention.span.start):
                    return self._subject(mention)
        return None

    def _acting(self, sentence: Span, place: Span) -> Subject | None:
        """The agency whose deed the clause tells: "UBND tỉnh nhận 142 nhiệm vụ, thực hiện xong 119".

        Clauses that name nobody go on with the desk of the one before: "Bộ phận Một cửa nhận 893 hồ sơ; đã trả 844".
        """
        start = max(self.view.rfind(";", sentence.start, place.start) + 1, sentence.start)
        agencies = within(self.context.agencies, Span(sentence.start, place.start))
        named = [agency for agency in agencies if not self.is_of_level(agency)]
        others_act = _UNITS_ACT.match(self.view, start, place.start) is not None
        for mention in reversed(named):
            if mention.span.start < start and (others_act or mention.kind not in DESKS or mention is not named[-1]):
                return None
            acts = mention.kind not in NEVER_SUBJECT or _is_of_committees(mention)
            if acts and ACTS.match(self.view, mention.span.end):
                before = self.view[max(0, mention.span.start - 40) : mention.span.start]
                return None if OBJECT_BEFORE.search(before) or PLACE_BEFORE.search(before) else self._subject(mention)
        return None

    def _topic(self, span: Span) -> Subject | None:
        """The last agency or province of a stretch that its words make the topic."""
        for mention in reversed(self._named(span)):
            before = self.view[max(0, mention.span.start - 40) : mention.span.start]
            at_start = mention.span.start <= span.start + 2
            if HOLDER.search(before) or SPEAKS.match(self.view, mention.span.end) or self._lives_in(mention):
                continue
            if isinstance(mention, AgencyMention):
                if mention.kind in DESKS and self._is_where(mention, span):
                    continue
                if mention.kind == "group" and ASSIGNED_TO.search(before):
                    return self.group(mention)
                if (mention.kind in NEVER_SUBJECT and not self.is_of_nation(mention)) or ASSIGNS.match(
                    self.view, mention.span.end
                ):
                    continue
                if mention.kind in NEVER_SUBJECT and ":" in self.view[mention.span.end : span.end]:
                    continue  # "Các bộ có tỷ lệ thấp nhất là: Xây dựng (16,6%)": each of the list has its own
                stands_first = at_start or (_TOPIC_BEFORE.search(before) and not OBJECT_BEFORE.search(before))
                if stands_first or ASSIGNED_TO.search(before):
                    return self._subject(mention)
            elif (mention.kind == "province" and not OBJECT_BEFORE.search(before)) or (
                mention.kind in ("district", "commune") and (at_start or _TOPIC_BEFORE.search(before))
            ):
                return self._subject(mention)
        return None

    def _lives_in(self, mention: AgencyMention | PlaceMention) -> bool:
        """Whether a place is only where somebody is from: "Chị Hạnh (ngụ phường Mỹ Bình, TP. Long Xuyên) kể"."""
        start, end = max(0, mention.span.start - 60), mention.span.start
        normal = self.context.layers.normal
        from_there = isinstance(mention, PlaceMention) and _PERSON.search(normal, start, end)
        return bool(from_there or _RESIDES.search(self.view, start, end))


def _is_of_committees(mention: AgencyMention) -> bool:
    """Whether a group is of people's committees, which do the work themselves: "UBND các xã, thị trấn"."""
    return mention.kind == "group" and _COMMITTEES.match(mention.name) is not None

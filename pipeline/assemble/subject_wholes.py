"""What a number may be of without an agency of its own before it: a desk that a text goes on about, the whole of a
province or of the nation; and the agencies and places that a stretch names, as subjects."""

from __future__ import annotations

from dataclasses import replace

import regex

from pipeline.assemble.carried import SILENT, Carried, Silence
from pipeline.assemble.context import Context
from pipeline.assemble.document_subject import DocumentSubject
from pipeline.assemble.slots import Subject
from pipeline.assemble.subject_names import NATION, OBJECT_BEFORE, WHERE, of_unit
from pipeline.match.going_on import points_back
from pipeline.match.layers import within
from pipeline.model import BlockKind, Span
from pipeline.text.spacing import spaced
from pipeline.values.agencies import DESKS
from pipeline.values.places import AgencyMention, PlaceMention

# "Còn với Nam Định, …": the topic of its clause.
_OF_TOPIC = regex.compile(r"(?:^|[.;:]\s*)(?:(?:còn|riêng)\s+)?(?:đối )?với\s*$")
OPENS_WITH = regex.compile(r"(?:^|[,:.)])[\s\-•*+]*(?:khối\s+)?$")
ACTS = regex.compile(
    r"\s*(?:đã |đang |cũng |chỉ )?(?:chủ động |tích cực )?(?:được giao|được [^.;\d]{2,60} giao|nhận|tiếp nhận"
    r"|giải quyết|hoàn thành|thực hiện|đề xuất|rút ngắn|cắt giảm)(?!\w)"
)
NEVER_SUBJECT = frozenset({"group", "prime_minister", "government", "parliament", "party_central", "party"})
SHORT_FORM = regex.compile(
    r"(?<!\w)(Trung tâm|Bộ phận|Sở|Văn phòng|Ban Quản lý|Ban quản lý|Bộ|Tổng cục|Cục|Chi cục)\s+"
    r"(?=đã|đang|hiện (?:có|còn|đang|quản lý)|có|tiếp|giải|trả|được|hoàn|đạt|đặt|phấn đấu|vẫn|cũng"
    r"|còn|nhận|xử|cung cấp|ban hành)"
)
_WITH_DESKS = frozenset({"department", "ministry", "ban", "central_department"})
"""Kinds of bodies that have a desk of their own."""
_OF = regex.compile(r"\s*(?:của\s+)?")
_ENDS_SECTION = (BlockKind.HEADING, BlockKind.TITLE)
_DESK_AGAIN = regex.compile(r"(?<!\w)(Trung tâm|Bộ phận)(?!\w)|(?<!\w)(trung tâm|bộ phận) này(?!\w)")
_AT_PLACE = regex.compile(r"(?:^|[\n.;])\s*(?:còn )?(?:tại|ở)\s*$")
_IS_DESK = regex.compile(r"(?:Trung tâm|Bộ phận)(?!\w)")
_DESK_OF = spaced(r"(?P<desk>bộ phận (?:một cửa|tiếp nhận và trả kết quả)|trung tâm phục vụ hành chính công)\s*$")
_NATION = regex.compile(
    r"(?r)(?<!\w)(?:(?:của|trên|trong)\s+(?:phạm vi\s+)?(?P<nation>cả nước|toàn quốc)"
    r"|(?<=^|[.,;:]\s+)(?P<nation>cả nước)(?= (?:đã|có|đạt|tiếp nhận|giải quyết)(?!\w)))(?!\w)"
)
_WHOLE_PROVINCE = regex.compile(
    r"(?<!\w)(?:(?:toàn|cả) (?:tỉnh|thành phố)|từ (?:cấp )?tỉnh (?:đến|tới|xuống) (?:cấp )?(?:huyện|xã|cơ sở))"
    r" (?:đã |có |tiếp nhận |giải quyết |nhận )|(?<!\w)của tỉnh (?:đạt|xếp|đứng|tăng|giảm|ở mức) "
)
_WHOLE_UNIT = regex.compile(
    r"(?<!\w)(?:toàn (?:tỉnh|huyện|xã|phường|thị xã|thành phố)|trên địa bàn|cấp (?:tỉnh|huyện|xã))(?!\w)"
)

_WITH_DESKS_BELOW = spaced(
    r"\s*(?:,|và|cùng)\s+(?:tại )?(?:bộ phận một cửa |trung tâm phục vụ hành chính công )?(?:của )?(?:các|\d{1,3})"
    r" (?:huyện|xã|phường|đơn vị cấp)(?!\w)"
)


class SubjectWholes(DocumentSubject):
    """The desks and wholes that figures are of where the words before them name no agency that acts."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._served, self._told_of_whole = Carried(self._serves), Carried(self._tells_of_whole)

    def desk(self, stretch: Span) -> Subject | None:
        """The one-stop desk or service centre that a stretch names, be it by its short form: where procedures are
        taken in."""
        for mention in reversed(self._named(stretch)):
            if isinstance(mention, AgencyMention) and mention.kind in DESKS:
                return self._subject(mention)
        short = next(_DESK_AGAIN.finditer(self.context.layers.normal, stretch.start, stretch.end), None)
        if short is None or _IS_DESK.match(self.document(agency=False).name or ""):
            return None
        return self._full_form(short)

    def _full_form(self, short: regex.Match[str]) -> Subject | None:
        """The agency that a short form stands for ("Trung tâm trả xong 9.507 hồ sơ"): the last one
        before it that begins with the word."""
        word = next(group for group in short.groups() if group)
        word = word[0].upper() + word[1:]
        for mention in reversed(within(self.context.agencies, Span(0, short.start()))):
            if mention.name.startswith(word) and len(mention.name) > len(word) + 2:
                return self._of_place_since(mention, short.start()) or self.agency(mention)
        return None

    def _at_desk_of(self, unit: Subject, before: Span) -> Subject:
        """The desk of a unit where that is what the words before it name: "bộ phận một cửa của xã tiếp nhận …"."""
        desk = _DESK_OF.search(self.view, before.start, before.end)
        if desk is None or not unit.name:
            return unit
        return replace(unit, name=of_unit(desk["desk"].capitalize(), unit.name))

    def _of_place_since(self, desk: AgencyMention, at: int) -> Subject | None:
        """The desk of another commune or district that was made the topic since: "Tại phường Kiến An, sau một tháng,
        Trung tâm đã tiếp nhận …" behind the centre of another ward."""
        if desk.kind not in DESKS or desk.level not in ("district", "commune"):
            return None
        for mention in reversed(self._named(Span(desk.span.end, at))):
            lead = self.view[max(0, mention.span.start - 12) : mention.span.start]
            if isinstance(mention, PlaceMention) and mention.kind == desk.level and _AT_PLACE.search(lead):
                place = self.place(mention)
                name = place.name if place else None
                return replace(place, name=of_unit(desk.head, name)) if place and name else None
        return None

    def _at_desks_of_levels(self, stretch: Span) -> bool:
        """Whether a stretch tells of the desks of levels last ("tại Bộ phận Một cửa cấp huyện, cấp xã"), which no
        agency is."""
        last = [*within(self.context.agencies, stretch)][-1:]
        return bool(last) and self.is_of_level(last[0]) and not self._named(Span(last[0].span.end, stretch.end))

    def _still_served(self, block: int) -> Subject | None:
        """The desk whose work the paragraphs before tell, in the same section of a document about one district or
        commune: what is said next of its dossiers is said of it too, until a wider whole or another is named."""
        return self._served.before(block) if self.unit is not None else None

    def _serves(self, block: int) -> Subject | Silence | None:
        """The desk that a paragraph leaves to those behind it; None where it ends the section or names another."""
        paragraph = self.context.layers.document.blocks[block]
        if paragraph.kind in _ENDS_SECTION or _WHOLE_UNIT.search(self.view, *paragraph.span):
            return None
        named = [m for m in within(self.context.agencies, paragraph.span) if m.kind not in NEVER_SUBJECT]
        short = [*SHORT_FORM.finditer(self.context.layers.normal, *paragraph.span)][-1:]
        if short and _IS_DESK.match(short[0].group()) and not self._named(Span(short[0].end(), paragraph.span.end)):
            return self._full_form(short[0])
        if not named:
            return SILENT
        acts = ACTS.match(self.view, named[-1].span.end) is not None
        return self._subject(named[-1]) if acts and named[-1].kind in DESKS else None

    def _whole_before(self, block: int) -> Subject | None:
        """The province that the paragraphs before speak of, in the same section, since they named anybody else: a news
        item on a centre may go on about "toàn tỉnh"."""
        return self._told_of_whole.before(block) if self.unit is None else None

    def _tells_of_whole(self, block: int) -> Subject | Silence | None:
        """The province that a paragraph leaves to those behind it; None where it ends the section or names another."""
        paragraph = self.context.layers.document.blocks[block]
        if paragraph.kind in _ENDS_SECTION:
            return None
        whole = self._still_whole(paragraph.span)
        return whole if whole is not None or self._named(paragraph.span) else SILENT

    def _nation(self, sentence: Span, place: Span) -> Subject | None:
        """The nation whose figure it is: "tỷ lệ hồ sơ toàn trình của cả nước đạt 39,9%"."""
        found = _NATION.search(self.view, sentence.start, place.start)
        if found is None or self._named(Span(found.end(), place.start)):
            return None
        return Subject(NATION, span=Span(*found.span("nation")))

    def _nation_again(self, above: Span, words: Span) -> Subject | None:
        """The nation whose rate is taken up: "… của cả nước vẫn thấp. Đến cuối năm, tỷ lệ này chỉ đạt 45,8%"."""
        return self._nation(above, Span(above.end, above.end)) if points_back(self.view, words) else None

    def _still_whole(self, above: Span) -> Subject | None:
        """The province that the paragraph speaks of since it named an agency: "… tại Trung tâm. 5 tháng đầu năm, toàn
        tỉnh tiếp nhận 447.000 hồ sơ. Tỷ lệ đúng hạn đạt 99%"."""
        whole = [*_WHOLE_PROVINCE.finditer(self.view, above.start, above.end)][-1:]
        since = self._named(Span(whole[0].end(), above.end)) if whole else ()
        # "… so với chỉ tiêu Tỉnh ủy giao": whoever sets a goal is not spoken of.
        if not whole or any(m.kind not in NEVER_SUBJECT for m in since):
            return None
        return self._whole(whole[0])

    def _whole(self, words: regex.Match[str]) -> Subject:
        """The province that words like "toàn tỉnh" mean; the document's own city in a province by "toàn thành phố"."""
        own_city = self.is_of_city
        return self.unit if self.unit and own_city and "thành phố" in words.group() else self.province()

    def _other_whole(self, span: Span) -> Subject | None:
        """Another whole than the document's own province that a stretch makes its topic: "Còn với Nam Định, tỉnh này đã
        cung cấp 533", "Các bộ, ngành đã ban hành …"."""
        for mention in reversed(self._named(span)):
            before = self.view[max(span.start, mention.span.start - 40) : mention.span.start]
            is_topic = not OBJECT_BEFORE.search(before) or _OF_TOPIC.search(before)
            if isinstance(mention, AgencyMention) and self.is_of_nation(mention):
                return self.group(mention) if OPENS_WITH.search(self.view[span.start : mention.span.start]) else None
            if isinstance(mention, PlaceMention) and mention.kind == "province":
                return self._subject(mention) if is_topic else None
        return None

    def _named(self, span: Span) -> list[AgencyMention | PlaceMention]:
        agencies = [agency for agency in within(self.context.agencies, span) if not self.is_of_level(agency)]
        places = [
            p
            for p in within(self.context.places, span)
            if p.kind in ("province", "district", "commune") and not any(a.span.overlaps(p.span) for a in agencies)
        ]
        named: list[AgencyMention | PlaceMention] = sorted([*agencies, *places], key=lambda m: m.span)
        return [m for n, m in enumerate(named) if not (n and self._says_where(named[n - 1], m))]

    def _says_where(self, before: AgencyMention | PlaceMention, mention: AgencyMention | PlaceMention) -> bool:
        """Whether a province only says where the one named right before lies: "UBND phường X, tỉnh Khánh Hòa"."""
        if isinstance(mention, AgencyMention) or mention.kind != "province":
            return False
        smaller = (
            before.level in ("district", "commune") if isinstance(before, AgencyMention) else before.kind != "province"
        )
        return smaller and WHERE.fullmatch(self.view, before.span.end, mention.span.start) is not None

    def _subject(self, mention: AgencyMention | PlaceMention) -> Subject | None:
        if isinstance(mention, PlaceMention):
            return self.place(mention)
        if mention.kind in DESKS and _WITH_DESKS_BELOW.match(self.view, mention.span.end):
            # "Trung tâm … tỉnh và 124 xã, phường tiếp nhận": all that take dossiers in are the whole.
            return self.document(agency=False)
        if mention.kind == "one_stop" and mention.level is None and (body := self._body_of_desk(mention)) is not None:
            return body
        return self.group(mention) if mention.kind == "group" else self.agency(mention)

    def _body_of_desk(self, desk: AgencyMention) -> Subject | None:
        """The department or ministry whose desk is called without its name ("Bộ phận Một cửa của Sở", "Bộ phận Một cửa"
        in a ministry's news): what it takes in is the body's."""
        for body in within(self.context.agencies, Span(desk.span.end, desk.span.end + 6))[:1]:
            if body.kind in _WITH_DESKS and _OF.fullmatch(self.view, desk.span.end, body.span.start):
                return replace(self.agency(body), span=desk.span)
        own = self.unit if self.unit is not None else self.ministry
        whole = self.issuer is not None and self.issuer.kind in _WITH_DESKS if own is self.unit else own is not None
        return replace(own, span=desk.span) if own is not None and whole else None

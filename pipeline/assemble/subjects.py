"""Whose number it is: the agency or place that the text puts before it, from the clause outwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.slots import Period, Subject
from pipeline.match.layers import within
from pipeline.model import BlockKind, Span
from pipeline.values.places import AgencyMention, PlaceMention, Province

_ADJACENT = regex.compile(
    r"[\s\"'(–-]*(?:(?:với|có|là|đạt|được|nhận|tiếp nhận|giải quyết|hoàn thành|còn|chiếm|:|mỗi đơn vị|đều)[\s(:]*){0,2}"
    r"(?:trên|hơn|gần|khoảng|ít nhất|tối thiểu)?\s*$"
)
_OBJECT_BEFORE = regex.compile(
    r"(?<!\w)(?:của|do|theo|từ|giao|thuộc|cho|với|hoặc|liên hệ|bởi|về|tới|đến|(?<!tháng )(?<!năm )qua|và|cùng|trên|vào"
    r"|giữa|gửi|trình|phối hợp|gồm)"
    r"(?:\s+(?:chánh|giám đốc|chủ tịch|lãnh đạo|các|phó))*\s*$"
)
_TOPIC_BEFORE = regex.compile(r"(?:^|[,;:(.]|(?<!\w)(?:tại|ở|riêng|còn|trong khi|là|đó|kết quả chấm điểm|trong))\s*$")
_PROVINCIAL_OFFICE = regex.compile(r"Văn phòng (?:UBND|HĐND và UBND|HĐND|Đoàn ĐBQH và HĐND) (?:tỉnh|thành phố)")
_HOLDER = regex.compile(
    r"(?<!\w)(?:giám đốc|phó giám đốc|chánh văn phòng|phó chánh văn phòng|trưởng|phó|chủ tịch|bí thư|lãnh đạo|đại diện"
    r"|thủ trưởng|chánh thanh tra|cục trưởng)\s*$"
)
_SPEAKS = regex.compile(
    r"[^,;.]{0,12}?\s*(?:,\s*)?(?:cho (?:biết|hay)|thông tin|nhận định|đánh giá|công bố|thống kê|báo cáo)(?!\w)"
)
_LEAD_IN = regex.compile(r"[\s\-•*]*(?:(?:còn|riêng|tại|như|đối với|với|tiếp đó|kế đó)\s+)?")
_ASSIGNS = regex.compile(r"\s*(?:đã |đã có |có |chủ trì )?(?:giao|chỉ đạo|yêu cầu)(?!\w)")
_ACTS = regex.compile(
    r"\s*(?:đã |đang |cũng |chỉ )?(?:được giao|được [^.;\d]{2,60} giao|nhận|tiếp nhận|giải quyết|hoàn thành|thực hiện"
    r"|đề xuất|rút ngắn|cắt giảm)(?!\w)"
)
_PLACE_BEFORE = regex.compile(r"(?<!\w)(?:tại|ở)\s*$")
_ASSIGNED_TO = regex.compile(r"(?<!\w)giao(?: cho)?\s*$")
_NEVER_SUBJECT = frozenset({"group", "prime_minister", "government", "parliament", "party_central", "party"})
_WHERE = regex.compile(r"\s*[,(]\s*")
_SIGNED = regex.compile(r"\s*,\s*ngày\s")
_GIVEN_TO = regex.compile(r"\s*(?:đầu việc|nhiệm vụ|việc)\s+(?:cụ thể\s+)?cho\s+")
_OF_UNIT = frozenset({"one_stop", "center", "district_department"})
_UNIT_KIND = regex.compile(r"Huyện|Thị xã|Quận|Xã|Phường|Thị trấn|Đặc khu|Thành phố")
_COMMITTEE = regex.compile(r"^(?:UBND|Ủy ban nhân dân)\s+")
_LEAD_BLOCKS = 8
_HEAD_BLOCKS = 4
_LEAD_CHARACTERS = 400
_UNIT_WORD = regex.compile(r"^(?:thành phố|tp\.?)\s+")
_UNIT_LIST = regex.compile(r"(?<!\w)(?:xã|phường|đặc khu|huyện|quận|thị xã)(?!\w)[^.;()]*?(?:gồm|như|là)\s*:?\s[^.;]*$")
_SHORT_FORM = regex.compile(
    r"(?<!\w)(Trung tâm|Sở|Văn phòng|Ban Quản lý|Ban quản lý|Bộ|Cục|Chi cục)\s+"
    r"(?=đã|có|tiếp|giải|trả|được|hoàn|đạt|vẫn|cũng|còn|nhận|xử)"
)
_BARE_PLACE = regex.compile(r"\s(?:huyện|quận|thị xã|xã|phường|thị trấn)$")
_BARE_UNIT = regex.compile(
    r"(?:^|(?<=[,;:.]\s)|(?<=\s\s)|năm nay )\s*(?:toàn )?(huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)\s+"
    r"(?=đã|có|tiếp|giải|được|hoàn|đạt|đặt|vẫn|cũng|còn|tăng|giảm|xếp|đứng|phấn đấu)"
)
_EACH = regex.compile(r"(?<!\w)(?:mỗi (?:đơn vị|nơi|cơ quan|địa phương|xã|huyện|sở)|cùng (?:có|đạt))\s*$")
_BESIDE = regex.compile(r"[^,;.:\d]{0,30}")
_DENIED = regex.compile(r"(?:không|chưa)(?!\w)")
_LISTED = regex.compile(r"[^:;.,]{0,60}:")
_JOINED = regex.compile(r"\s*(?:,|;|và|, và)\s*")
_PROVINCE_WIDE = regex.compile(r"(?<!\w)(?:toàn tỉnh|toàn thành phố|trên địa bàn tỉnh|cả tỉnh|của tỉnh)(?!\w)")

_PROVINCE_ACTS = regex.compile(
    r"(?:\s*(?:trong |đến |hết |sang )?(?:năm|quý|tháng)[^,;.]{0,20},)?"
    r"\s*tỉnh (?:đã|có|yêu cầu|đặt|phấn đấu|tiếp nhận|giải quyết|xếp|cung cấp|thực hiện|hoàn thành|ban hành|đạt)(?!\w)"
)


def sole_province(context: Context, day: date | None) -> Province | None:
    """The one province that a text names, but for the place where it was signed ("Hà Nội, ngày 27 tháng 12")."""
    view = context.layers.view
    named = {p.name for p in context.places if p.kind == "province" and not _SIGNED.match(view, p.span.end)}
    return context.gazetteer.province(named.pop(), day) if len(named) == 1 else None


def _capital(subject: Subject) -> Subject:
    """A subject whose name begins with a capital."""
    name = subject.name or ""
    return replace(subject, name=name[:1].upper() + name[1:])


class Subjects:
    """The agencies and places of one document, and the choice among them for a number."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.layers.view
        self.own = self._own_province()
        self.unit: Subject | None = None
        self.unit = self._issuing_unit() or self._titled_unit() or self._headed_unit()
        self.title_agency = self._title_agency()
        self.lead = self._lead_center()
        self.ministry = self._own_ministry() if self.own is None else None

    def of(self, place: Span, sentence: Span, block: int, *, wide: bool, served: bool = False) -> tuple[Subject, bool]:
        """The subject of a number and whether it stands outside its sentence.

        `wide` measures are those of a whole province: an agency is their subject only where it stands
        right before the number. `served` measures are those that a service centre counts: it is their
        subject where the text begins with it.
        """
        named = (
            self._given_to(place, sentence)
            or self._adjacent(place, sentence)
            or self._opening(sentence, place)
            or self._acting(sentence, place)
            or self.bare(sentence, place)
        )
        if named is None and not wide:
            named = self._topic(Span(sentence.start, place.start))
        if named is not None:
            return named, False
        if _PROVINCE_WIDE.search(self.view, sentence.start, place.start) or _PROVINCE_ACTS.match(
            self.view, sentence.start, place.start
        ):
            return self.province(), True
        if wide:
            return self.document(agency=False), True
        blocks = self.context.layers.document.blocks
        above = Span(blocks[block].span.start, sentence.start)
        earlier = self.bare(above, Span(above.end, above.end)) or self._topic(above) or self._opener(block)
        return earlier or self.document(agency=True, served=served), True

    def each(self, place: Span, sentence: Span) -> list[Subject]:
        """The subjects of a number that is said of each of several: "UBND huyện A và UBND huyện B mỗi
        đơn vị 01 nhiệm vụ", "không còn nhiệm vụ quá hạn: Sở Tư pháp, Sở Y tế"."""
        before, after = Span(sentence.start, place.start), Span(place.end, sentence.end)
        if _EACH.search(self.view, before.start, before.end):
            return self._run(before, last=True)
        if _DENIED.match(self.view, place.start) and (colon := _LISTED.match(self.view, after.start, after.end)):
            return self._run(Span(colon.end(), after.end), last=False)
        if _DENIED.match(self.view, place.start):
            named = self._named(before)[-1:]
            beside = named and _BESIDE.fullmatch(self.view, named[0].span.end, place.start)
            return self._run(before, last=True) if beside else []
        return []

    def _run(self, span: Span, *, last: bool) -> list[Subject]:
        """The agencies of an enumeration: the last one of a stretch, or the one that it begins with."""
        named = self._named(span)
        named = named[::-1] if last else named
        run = named[:1]
        for mention in named[1:]:
            gap = sorted([run[-1].span, mention.span])
            if not _JOINED.fullmatch(self.view, gap[0].end, gap[1].start):
                break
            run.append(mention)
        found = [subject for mention in run if (subject := self._subject(mention)) is not None]
        return found if len(found) > 1 else []

    def bare(self, sentence: Span, place: Span) -> Subject | None:
        """The unit that a bare "huyện", "xã" … stands for: the first of its kind that the text names."""
        if short := next(_SHORT_FORM.finditer(self.context.layers.normal, sentence.start, place.start), None):
            return self._full_form(short)
        word = next(_BARE_UNIT.finditer(self.view, sentence.start, place.start), None)
        if word is None:
            return None
        kind = "commune" if word.group(1) in ("xã", "phường", "thị trấn", "đặc khu") else "district"
        for mention in self.context.places:
            if mention.kind == kind and (subject := self.place(mention)) is not None:
                return replace(subject, name=(subject.name or "")[:1].upper() + (subject.name or "")[1:])
        for committee in self.context.agencies:
            if committee.kind == "people_committee" and committee.level == kind:
                return self._local(committee)
        return None

    def _full_form(self, short: regex.Match[str]) -> Subject | None:
        """The agency that a short form stands for ("Trung tâm trả xong 9.507 hồ sơ"): the last one
        before it that begins with the word."""
        for mention in reversed(within(self.context.agencies, Span(0, short.start(1)))):
            if mention.name.startswith(short.group(1)) and len(mention.name) > len(short.group(1)) + 2:
                return self.agency(mention)
        return None

    def document(self, *, agency: bool, served: bool = False) -> Subject:
        """The subject of the document as a whole: with `agency` that of its title or of its first
        lines, else the unit that issues it or that its title is about, else its province."""
        if agency and (named := self.title_agency or self.unit or (self.lead if served else None)) is not None:
            return named
        return self.unit or self.ministry or self.province()

    def province(self) -> Subject:
        """The document's province as subject."""
        province = self.own
        if province is None:
            return Subject(None, self.context.identity.ref_area, self.context.identity.area_regime)
        return Subject(province.full_name, province.code, province.regime)

    def agency(self, mention: AgencyMention) -> Subject:
        """An agency as subject, in its own province or the document's."""
        day = self.day()
        stated = self.context.gazetteer.province(mention.province, day) if mention.province else None
        province = stated or self.own
        central = mention.level == "central"
        name = mention.named_in(province)
        unit = self.unit.name if self.unit else None
        bare = _BARE_PLACE.search(mention.name)
        if bare and not (unit and unit.lower().startswith(bare.group().lower().strip())):
            unit = self._named_before(bare.group().strip().lower(), mention.span.start)
        if unit and bare and unit.lower().startswith(bare.group().lower().strip()):
            # "Trung tâm Hành chính công huyện" of a document about one district.
            name = mention.name[: bare.start()] + " " + unit[0].lower() + unit[1:]
        unit = self.unit.name if self.unit and self.unit.name else ""
        if mention.level is None and mention.kind in _OF_UNIT and _UNIT_KIND.match(unit):
            # A document of one district or commune: its one-stop shop, its service centre, its divisions.
            name = f"{mention.name} {unit[0].lower()}{unit[1:]}" if unit[1:] not in name else name
        if mention.level is None and mention.kind != "group" and province and province.name.lower() not in name.lower():
            name = f"{name} {province.name_in_text}"
        return Subject(
            name,
            None if central or province is None else province.code,
            None if central or province is None else province.regime,
            mention.span,
        )

    def _named_before(self, kind: str, at: int) -> str | None:
        """The name of the place of a kind that was named last: for "Trung tâm … phường" after "Tại phường Hồng Gai"."""
        for place in reversed(within(self.context.places, Span(max(0, at - _LEAD_CHARACTERS), at))):
            if place.name.lower().startswith(kind + " "):
                found = self.place(place)
                return found.name if found else None
        return None

    def group(self, mention: AgencyMention) -> Subject:
        """Several agencies that something is given to, in the text's words and with their province: "Các sở,
        ban, ngành tỉnh Lạng Sơn"."""
        words = mention.name[0].upper() + mention.name[1:]
        own = self.own
        if own is None:
            return Subject(words, span=mention.span)
        named = words if own.name.lower() in words.lower() else f"{words} {own.name_in_text}"
        return Subject(named, own.code, own.regime, mention.span)

    def place(self, mention: PlaceMention) -> Subject | None:
        """A place as subject; a region or the nation is a group without a code."""
        if mention.kind == "province" and not self._is_unit_of_list(mention):
            province = self.context.gazetteer.province(mention.name, self.day()) or self.context.gazetteer.province(
                mention.name
            )
            if province is None:
                return None
            return Subject(province.full_name, province.code, province.regime, mention.span)
        own = self.own
        if own and own.name.lower() == _UNIT_WORD.sub("", mention.name.lower()):
            return replace(self.province(), span=mention.span)
        return Subject(
            f"{mention.name} {own.name_in_text}" if own else mention.name,
            own.code if own else None,
            own.regime if own else None,
            mention.span,
        )

    def _is_unit_of_list(self, mention: PlaceMention) -> bool:
        """Whether a province's name is that of a commune or district here: "Năm xã, phường có nhiều hồ
        sơ quá hạn nhất gồm: Nam Định (611 hồ sơ), Phủ Lý (402 hồ sơ)"."""
        start = max(self.view.rfind(mark, 0, mention.span.start) for mark in (". ", "\n", ";")) + 1
        return _UNIT_LIST.search(self.view, start, mention.span.start) is not None

    def _adjacent(self, place: Span, sentence: Span) -> Subject | None:
        """The agency or place that stands right before the number ("Sở Tư pháp 2,12 ngàn HS")."""
        for mention in reversed(self._named(Span(sentence.start, place.start))):
            assigned = _ASSIGNED_TO.search(self.view[max(0, mention.span.start - 20) : mention.span.start])
            if isinstance(mention, AgencyMention) and mention.kind in _NEVER_SUBJECT:
                return self.group(mention) if assigned and mention.kind == "group" else None
            if assigned:
                return self._subject(mention)
            if _ADJACENT.fullmatch(self.view, mention.span.end, place.start):
                return self._subject(mention)
            return None
        return None

    def _given_to(self, place: Span, sentence: Span) -> Subject | None:
        """Whom a number of tasks is given to: "giao 833 nhiệm vụ cho các sở, ban, ngành"."""
        given = _GIVEN_TO.match(self.view, place.end, sentence.end)
        if given is None:
            return None
        at = given.end()
        for mention in self._named(Span(at, sentence.end))[:1]:
            if mention.span.start <= at + 1:
                is_group = isinstance(mention, AgencyMention) and mention.kind == "group"
                return self.group(mention) if is_group else self._subject(mention)  # type: ignore[arg-type]
        return None

    def _opening(self, sentence: Span, place: Span) -> Subject | None:
        """The agency that the clause, or else the sentence, begins with ("Sở Y tế là nơi mạnh tay: …")."""
        clause = max(self.view.rfind(";", sentence.start, place.start) + 1, sentence.start)
        for start in dict.fromkeys((clause, sentence.start)):
            for mention in self._named(Span(start, place.start))[:1]:
                if _SPEAKS.match(self.view, mention.span.end):
                    return None
                lead = self.view[start : mention.span.start]
                if isinstance(mention, AgencyMention) and mention.kind == "department" and _LEAD_IN.fullmatch(lead):
                    return self._subject(mention)
        return None

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

    def _acting(self, sentence: Span, place: Span) -> Subject | None:
        """The agency whose deed the clause tells: "UBND tỉnh nhận 142 nhiệm vụ, thực hiện xong 119"."""
        start = max(self.view.rfind(";", sentence.start, place.start) + 1, sentence.start)
        for mention in reversed(within(self.context.agencies, Span(start, place.start))):
            if mention.kind not in _NEVER_SUBJECT and _ACTS.match(self.view, mention.span.end):
                before = self.view[max(0, mention.span.start - 40) : mention.span.start]
                return None if _OBJECT_BEFORE.search(before) or _PLACE_BEFORE.search(before) else self._subject(mention)
        return None

    def _topic(self, span: Span) -> Subject | None:
        """The last agency or province of a stretch that its words make the topic."""
        for mention in reversed(self._named(span)):
            before = self.view[max(0, mention.span.start - 40) : mention.span.start]
            at_start = mention.span.start <= span.start + 2
            if _HOLDER.search(before) or _SPEAKS.match(self.view, mention.span.end):
                continue
            if isinstance(mention, AgencyMention):
                if mention.kind == "group" and _ASSIGNED_TO.search(before):
                    return self.group(mention)
                if mention.kind in _NEVER_SUBJECT or _ASSIGNS.match(self.view, mention.span.end):
                    continue
                stands_first = at_start or (_TOPIC_BEFORE.search(before) and not _OBJECT_BEFORE.search(before))
                if stands_first or _ASSIGNED_TO.search(before):
                    return self._subject(mention)
            elif (mention.kind == "province" and not _OBJECT_BEFORE.search(before)) or (
                mention.kind in ("district", "commune") and (at_start or _TOPIC_BEFORE.search(before))
            ):
                return self._subject(mention)
        return None

    def _named(self, span: Span) -> list[AgencyMention | PlaceMention]:
        agencies = list(within(self.context.agencies, span))
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
        return smaller and _WHERE.fullmatch(self.view, before.span.end, mention.span.start) is not None

    def _subject(self, mention: AgencyMention | PlaceMention) -> Subject | None:
        return self.agency(mention) if isinstance(mention, AgencyMention) else self.place(mention)

    def at(self, subject: Subject, period: Period | None) -> Subject:
        """A subject with the code that its province had in the period ("valid on the period's date")."""
        if subject.ref_area is None or period is None:
            return subject
        gazetteer = self.context.gazetteer
        now = gazetteer.by_code(subject.ref_area, subject.area_regime or "63")
        then = gazetteer.province(now.name, period.end) if now else None
        if now is None or then is None or then == now:
            return subject
        name = then.full_name if subject.name == now.full_name else subject.name
        return replace(subject, name=name, ref_area=then.code, area_regime=then.regime)

    def _own_province(self) -> Province | None:
        """The document's province, or the only one that it names."""
        identity = self.context.identity
        if identity.ref_area is not None:
            return self.context.gazetteer.by_code(identity.ref_area, identity.area_regime or "63")
        return sole_province(self.context, self.day())

    def _issuing_unit(self) -> Subject | None:
        """The agency, district or commune that issues the document; None for a province or none.

        The office of a province's committee writes of the province's affairs.
        """
        issuer = self.context.identity.issuer
        found = self.context.gazetteer.find_agencies(issuer) if issuer else ()
        if not found or (found[0].level == "central" and found[0].kind != "ministry"):
            return None
        if issuer and _PROVINCIAL_OFFICE.match(issuer):
            return None
        if found[0].kind != "people_committee":
            return replace(self.agency(found[0]), span=None)
        return None if found[0].level == "province" else self._local(found[0])

    def _local(self, committee: AgencyMention) -> Subject | None:
        """The district or commune of a people's committee ("UBND huyện X" → "Huyện X tỉnh Y")."""
        name = _COMMITTEE.sub("", committee.named_in(self.own))
        if name == committee.name or not name:
            return None
        own = self.own
        return Subject(name[0].upper() + name[1:], own.code if own else None, own.regime if own else None)

    def _titled_unit(self) -> Subject | None:
        """The district or commune that the title is about: named with its kind, or by its name alone where the
        first paragraphs add the kind ("Đức Trọng: Người dân không còn phải chờ")."""
        blocks = self.context.layers.document.blocks
        titles = [block.span for block in blocks if block.kind is BlockKind.TITLE]
        small = [p for p in self.context.places if p.kind in ("district", "commune")]
        for title in titles:
            for mention in within(small, title):
                if (subject := self.place(mention)) is not None:
                    return _capital(subject)
        opening = Span(0, blocks[min(len(blocks), _LEAD_BLOCKS) - 1].span.end) if blocks else Span(0, 0)
        words = " ".join(title.of(self.view) for title in titles)
        for mention in within(small, opening):
            bare = mention.name.partition(" ")[2].lower() if mention.name[:1].islower() else ""
            if bare and regex.match(rf"\W*{regex.escape(bare)}\s*[:,–-]", words):
                subject = self.place(mention)
                return _capital(subject) if subject else None
        return None

    def _headed_unit(self) -> Subject | None:
        """The district or commune whose committee stands in capitals above the title, in a text without a number."""
        blocks = self.context.layers.document.blocks
        first = next((n for n, block in enumerate(blocks) if block.kind is BlockKind.TITLE), 0)
        for block in blocks[: min(first, _HEAD_BLOCKS)]:
            for mention in within(self.context.agencies, block.span):
                written = mention.span.of(self.context.layers.document.text)
                if (
                    written.isupper()
                    and mention.kind == "people_committee"
                    and mention.level in ("district", "commune")
                ):
                    return self._local(mention)
        return None

    def _own_ministry(self) -> Subject | None:
        """The ministry that a text of no province is about: the one that its title or first lines name."""
        blocks = self.context.layers.document.blocks
        for block in [*(b for b in blocks if b.kind is BlockKind.TITLE), *blocks[:3]]:
            for mention in within(self.context.agencies, block.span):
                if mention.kind == "ministry":
                    return replace(self.agency(mention), span=None)
        return None

    def _lead_center(self) -> Subject | None:
        """The service centre that the first paragraphs speak of: whose dossiers a news item counts."""
        blocks = [b for b in self.context.layers.document.blocks if b.kind is BlockKind.PARAGRAPH]
        for block in blocks[:_LEAD_BLOCKS]:
            for mention in within(self.context.agencies, block.span):
                before = self.view[block.span.start : mention.span.start]
                spoken = _HOLDER.search(before) or _SPEAKS.match(self.view, mention.span.end)
                if mention.kind == "center" and not spoken and not _OBJECT_BEFORE.search(before):
                    return self.agency(mention)
        return None

    def _title_agency(self) -> Subject | None:
        for block in self.context.layers.document.blocks:
            if block.kind is BlockKind.TITLE:
                for mention in within(self.context.agencies, block.span):
                    if mention.kind not in ("group", "people_committee", "ministry") and mention.level != "central":
                        return self.agency(mention)
        return None

    def day(self) -> date | None:
        identity = self.context.identity
        if identity.issued_on:
            return identity.issued_on
        return date.fromisoformat(identity.published_at[:10]) if identity.published_at else None

"""Who a document is of, and what an agency or a place that it names is called in full."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.made_on import made_on
from pipeline.assemble.slots import Subject
from pipeline.match.layers import within
from pipeline.model import BlockKind, Span
from pipeline.values.agencies import DESKS
from pipeline.values.periods import parse_period
from pipeline.values.places import AgencyMention, PlaceMention, Province

NATION = "Cả nước"
"""The subject of a figure of the whole country."""
OBJECT_BEFORE = regex.compile(
    r"(?<!\w)(?:của|do|theo|từ|giao|thuộc|cho|với|hoặc|liên hệ|bởi|về|tới|đến|(?<!tháng )(?<!năm )qua|và|cùng|trên|vào"
    r"|giữa|gửi|trình|phối hợp|gồm)"
    r"(?:\s+(?:chánh|giám đốc|chủ tịch|lãnh đạo|các|phó))*\s*$"
)
HOLDER = regex.compile(
    r"(?<!\w)(?:giám đốc|phó giám đốc|chánh văn phòng|phó chánh văn phòng|chủ nhiệm|phó chủ nhiệm|bộ trưởng"
    r"|thứ trưởng|trưởng|phó|chủ tịch|bí thư|lãnh đạo|đại diện"
    r"|thủ trưởng|chánh thanh tra|cục trưởng)\s*$"
)
SPEAKS = regex.compile(
    r"[^,;.]{0,12}?\s*(?:,\s*)?(?:cho (?:biết|hay)|kể(?! từ| cả)|chia sẻ|bày tỏ|thông tin"
    r"|nhận định|đánh giá|công bố|thống kê|báo cáo)(?!\w)"
)
_PROVINCIAL_OFFICE = regex.compile(r"Văn phòng (?:UBND|HĐND và UBND|HĐND|Đoàn ĐBQH và HĐND) (?:tỉnh|thành phố)")
WRITTEN_AT = regex.compile(r"\s*,\s*ngày\s|\s*\((?:ttxvn|vna|vnp|pv|chinhphu|baochinhphu)")
"""What stands behind the place where a text was signed or sent from."""
# "… quầy của Trung tâm Phục vụ hành chính công phường X. Trung tâm cho hay …": what a text goes on about.
_TAKEN_UP = regex.compile(r"(?:[.;:\n]|\s\s)\s*trung tâm (?:cho|đã|có|tiếp|nhận|hiện|cũng|đang|giải quyết)(?!\w)")
# "Riêng Trung tâm …, tỷ lệ là 99,7%", "các Trung tâm Phục vụ hành chính công": none that a text goes on about.
_TOLD_APART = regex.compile(r"(?<!\w)(?:riêng(?: tại)?|các|những|\d+)\s*$")
_WHERE_IT_IS = regex.compile(r"\w[^.;:]*(?<!\w)(?:tại|ở)\s*$")
_WHOLE_ACTS = regex.compile(r"(?<!\w)(?:toàn|cả) (?:tỉnh|thành phố)(?!\w)")
# "Đến trung tâm hành chính công, người dân …", "… đưa thủ tục ra Trung tâm": where somebody or something goes.
_LEADS_TO = regex.compile(r"(?<!\w)(?:đến|tới|ra|vào|về|qua|lên)\s*$")
_NO_TITLES = frozenset({"group", "people_committee", "ministry", "party"})
"""Kinds of agencies that a title names without being about them."""
_OF_UNIT = DESKS | {"district_department"}
_UNIT_KIND = regex.compile(r"Huyện|Thị xã|Quận|Xã|Phường|Thị trấn|Đặc khu|Thành phố")
_KIND = regex.compile(r"(?i)^(?:huyện|quận|thị xã|tx\.?|thành phố|tp\.?|t\.p\.?|xã|phường|thị trấn|đặc khu)\s*")
WHERE = regex.compile(r"\s*[,(]?\s*")
"""What stands between a smaller unit and the place that says where it is."""
_CITY = regex.compile(r"(?i)^(?:tp\.?|t\.p\.?)\s*")
_TOWN = regex.compile(r"(?i)^tx\.?\s*")
_OF_DISTRICT = regex.compile(r"Huyện|Thị xã|Quận|Thành phố")
_OF_COMMUNES = regex.compile(r"(?<!\w)(?:xã|phường|thị trấn)(?!\w)", regex.IGNORECASE)
# Groups of the whole country, of which no province's figure is.
_OF_NATION = regex.compile(r"(?i)(?:các|khối|khối các) (?:bộ|tỉnh)(?!\w)")
_OF_PROVINCE = regex.compile(r"(?<!\w)(?:toàn tỉnh|cả tỉnh|trên địa bàn tỉnh|cấp tỉnh)(?!\w)")
_COMMITTEE = regex.compile(r"^(?:UBND|Ủy ban nhân dân)\s+")
_CALLED_BY_KIND = regex.compile(
    r"(?<!\w)(?:[Tt]oàn|[Cc]ả|của|trên địa bàn|UBND|Kế hoạch|địa bàn) (?P<kind>huyện|thị xã|quận|xã|phường|thị trấn)"
    r"(?!\w)(?!,? (?:\p{Lu}|và |xã|phường|huyện|thị trấn|thành phố))"
)
_OFTEN = 3
_LEAD_BLOCKS = 8
_HEAD_BLOCKS = 4
_LEAD_CHARACTERS = 400
_LONGEST_LIST = 2_000
"""So many characters behind the words that open a list a name may still be one of it."""
_UNIT_WORD = regex.compile(r"^(?:thành phố|tp\.?)\s+")
_UNIT_LIST = regex.compile(r"(?<!\w)(?:xã|phường|đặc khu|huyện|quận|thị xã)(?!\w)[^.;()]*?(?:gồm|như|là)\s*:?\s[^.;]*$")
_BARE_PLACE = regex.compile(r"\s(huyện|quận|thị xã|thành phố|xã|phường|thị trấn)$")


def sole_province(context: Context, day: date | None) -> Province | None:
    """The one province that a text names, but for the place where it was signed or sent from ("Hà Nội, ngày 27
    tháng 12", "Hà Nội (TTXVN 18/4)")."""
    view = context.layers.view
    named = {p.name for p in context.places if p.kind == "province" and not WRITTEN_AT.match(view, p.span.end)}
    return context.gazetteer.province(named.pop(), day) if len(named) == 1 else None


class SubjectNames:
    """The subjects that a document is of (its province, the unit that issues it or that its title is about), and
    what it names as subjects."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.layers.view
        self._last_taken_up: int | None = None
        self.own = self._own_province()
        self.unit: Subject | None = None
        self.issuer: AgencyMention | None = None
        self.titled = self._titled_unit()
        self.unit = (
            self._issuing_unit() or self.titled or self._headed_unit() or self._lead_unit() or self._called_by_kind()
        )
        self.title_agency = self._title_agency()
        self.lead = self._lead_center()
        self.ministry = self._own_ministry() if self.own is None else None

    def document(self, *, agency: bool, served: bool = False) -> Subject:
        """The subject of the document as a whole: with `agency` that of its title or of its first
        lines, else the unit that issues it or that its title is about, else its province."""
        lead = self.lead if served else None
        taken_up = lead if lead is not None and self._goes_on_about(lead) else None
        if agency and (named := self.title_agency or taken_up or self.unit or lead) is not None:
            return named
        return self._district_of_division() or self.unit or self.ministry or self.province()

    def _goes_on_about(self, center: Subject) -> bool:
        """Whether a news item, once it has named a service centre, calls it "Trung tâm"."""
        if self.context.identity.number is not None or center.span is None:
            return False
        return self._is_taken_up(center.span)

    def _is_taken_up(self, center: Span) -> bool:
        """Whether a text calls a centre "Trung tâm" somewhere behind its name."""
        if self._last_taken_up is None:
            self._last_taken_up = max((m.start() for m in _TAKEN_UP.finditer(self.view)), default=-1)
        return self._last_taken_up >= center.end

    @property
    def is_of_city(self) -> bool:
        """Whether the document's own unit is a city within a province."""
        return self.unit is not None and (self.unit.name or "").startswith("Thành phố ")

    def below(self, level: str) -> Subject:
        """Whose districts and communes do what a breakdown by level tells: never a department's, which has none."""
        whole = self.document(agency=False)
        of_department = whole == self.unit and self.issuer is not None and self.issuer.kind == "department"
        return self.province() if of_department and level != "province" else whole

    def _district_of_division(self) -> Subject | None:
        """The district all of which a report of one of its divisions tells: "Phòng Nội vụ huyện X"."""
        if self.unit is None or self.issuer is None or self.issuer.kind != "district_department":
            return None
        name = (self.unit.name or "").removeprefix(self.issuer.head).strip()
        return replace(self.unit, name=f"{name[0].upper()}{name[1:]}") if _UNIT_KIND.match(name.capitalize()) else None

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
        province = stated or self._said_behind(mention) or self.own or self._of_district(mention)
        central = mention.level == "central"
        name = mention.named_in(province)
        bare = _BARE_PLACE.search(mention.name)
        if bare and (unit := self.bare_unit(bare[1].lower(), mention.span.start, province)):
            # "Trung tâm Hành chính công huyện" of a document about one district.
            name = of_unit(mention.name[: bare.start()], unit)
        unit = self.unit.name if self.unit and self.unit.name else ""
        if mention.level is None and mention.kind in _OF_UNIT and _UNIT_KIND.match(unit):
            # A document of one district or commune: its one-stop shop, its service centre, its divisions.
            name = of_unit(mention.name, unit) if unit[1:] not in name else name
        if mention.level is None and mention.kind != "group" and province and province.name.lower() not in name.lower():
            name = f"{name} {province.name_in_text}"
        return Subject(
            name,
            None if central or province is None else province.code,
            None if central or province is None else province.regime,
            mention.span,
        )

    def _said_behind(self, mention: AgencyMention | PlaceMention) -> Province | None:
        """The province that the words behind a smaller unit say: "UBND huyện Yên Châu, tỉnh Sơn La", "xã Chiềng Pằn,
        huyện Yên Châu, tỉnh Sơn La"."""
        smaller = mention.level if isinstance(mention, AgencyMention) else mention.kind
        if smaller not in ("district", "commune"):
            return None
        at = mention.span.end
        for place in within(self.context.places, Span(at, at + _LEAD_CHARACTERS)):
            if not WHERE.fullmatch(self.view, at, place.span.start):
                return None
            if place.kind == "province":
                return self.context.gazetteer.province(place.name, self.day())
            at = place.span.end
        return None

    def _of_district(self, mention: AgencyMention) -> Province | None:
        """The province of a district's agency: that in which the district lies."""
        if mention.level != "district":
            return None
        place = PlaceMention("district", mention.name.removeprefix(mention.head).strip(), mention.span)
        return self.context.gazetteer.province_of(place, self.day())

    def bare_unit(self, kind: str, at: int, province: Province | None) -> str | None:
        """The name of the unit of a kind that stands without its name: the document's own, the one that was named last
        ("Trung tâm … phường" after "Tại phường Hồng Gai"), or the city that bears its province's name."""
        city = kind == "thành phố"
        if city and (province is None or province.kind == kind):
            return None
        if self.unit and self.unit.name and self.unit.name.lower().startswith(kind):
            return self.unit.name
        # "Văn phòng HĐND và UBND huyện Giồng Riềng": what the document's own body is of.
        if self.unit and self.unit.name and (of := self.unit.name.rfind(f" {kind} ")) >= 0:
            return self.unit.name[of + 1 :]
        for place in reversed(within(self.context.places, Span(max(0, at - _LEAD_CHARACTERS), at))):
            if _CITY.sub("thành phố ", place.name).lower().startswith(kind + " "):
                found = self.place(place)
                return found.name if found else None
        if city and province is not None:
            namesake = PlaceMention("district", f"thành phố {province.name}", Span(at, at))
            return namesake.name if self.context.gazetteer.province_of(namesake) is not None else None
        return None

    def group(self, mention: AgencyMention) -> Subject:
        """Several agencies that something is given to, in the text's words and with their province: "Các sở,
        ban, ngành tỉnh Lạng Sơn"."""
        words = mention.name[0].upper() + mention.name[1:]
        own = self.own
        if own is None or self.is_of_nation(mention):
            return Subject(words, span=mention.span)
        unit = self.unit.name if self.unit and self.unit.name else ""
        if _OF_COMMUNES.search(words) and _OF_DISTRICT.match(unit) and unit.lower() not in words.lower():
            # "UBND các xã, thị trấn" in a document of one district.
            return Subject(of_unit(words, unit), own.code, own.regime, mention.span)
        named = words if own.name.lower() in words.lower() else f"{words} {own.name_in_text}"
        return Subject(named, own.code, own.regime, mention.span)

    def is_of_nation(self, mention: AgencyMention) -> bool:
        """Whether a group is one of ministries or provinces, or of localities in a text of no province."""
        localities = self.own is None and mention.name.lower().endswith("địa phương")
        return mention.kind == "group" and (localities or _OF_NATION.match(mention.name) is not None)

    def place(self, mention: PlaceMention) -> Subject | None:
        """A place as subject; a region or the nation is a group without a code."""
        if mention.kind == "province" and not self._is_unit_of_list(mention):
            province = self.context.gazetteer.province(mention.name, self.day()) or self.context.gazetteer.province(
                mention.name
            )
            if province is None:
                return None
            return Subject(province.full_name, province.code, province.regime, mention.span)
        own = self._said_behind(mention) or self.own or self.context.gazetteer.province_of(mention, self.day())
        name = _TOWN.sub("thị xã ", _CITY.sub("thành phố ", mention.name))
        if own and own.name.lower() == _UNIT_WORD.sub("", name.lower()):
            # The city that bears its province's name, unless the province is itself one.
            named = own.full_name if own.kind == "thành phố" else f"Thành phố {own.name} {own.name_in_text}"
            return Subject(named, own.code, own.regime, mention.span)
        if name.isupper():
            kind = _KIND.match(name)
            name = name[: kind.end()].lower() + name[kind.end() :].title() if kind else name.title()
        name = name[:1].upper() + name[1:]
        return Subject(
            f"{name} {own.name_in_text}" if own else name,
            own.code if own else None,
            own.regime if own else None,
            mention.span,
        )

    def _is_unit_of_list(self, mention: PlaceMention) -> bool:
        """Whether a province's name is that of a commune or district here: "Năm xã, phường có nhiều hồ
        sơ quá hạn nhất gồm: Nam Định (611 hồ sơ), Phủ Lý (402 hồ sơ)"."""
        begins = max(0, mention.span.start - _LONGEST_LIST)
        start = max(begins, *(self.view.rfind(mark, begins, mention.span.start) + 1 for mark in (". ", "\n", ";")))
        return _UNIT_LIST.search(self.view, start, mention.span.start) is not None

    def _own_province(self) -> Province | None:
        """The document's province, or the only one that it names."""
        identity, gazetteer, day = self.context.identity, self.context.gazetteer, self.day()
        if identity.ref_area is None:
            return sole_province(self.context, day)
        latest = gazetteer.by_code(identity.ref_area, identity.area_regime or "63")
        then = day or self._told_until()
        return (gazetteer.province(latest.name, then) or latest) if latest and then else latest

    def _told_until(self) -> date | None:
        """The end of the time that a text without a day tells of: of the period of its title, else its last day."""
        if self.context.identity.period is not None:
            return parse_period(self.context.identity.period)[1]
        days = (d.mention.end for d in self.context.dates if d.mention and d.mention.precision == "day")
        return max(days, default=None)

    def _issuing_unit(self) -> Subject | None:
        """The agency, district or commune that issues the document; None for a province or none.

        The office of a province's committee writes of the province's affairs, as does the party's.
        """
        issuer = self.context.identity.issuer
        found = self.context.gazetteer.find_agencies(issuer) if issuer else ()
        if not found or (found[0].level == "central" and found[0].kind != "ministry"):
            return None
        if (issuer and _PROVINCIAL_OFFICE.match(issuer)) or (found[0].kind == "party" and found[0].level == "province"):
            return None
        self.issuer = found[0]
        if found[0].kind != "people_committee":
            return replace(self.agency(found[0]), span=None)
        return None if found[0].level == "province" else self._local(found[0])

    def _local(self, committee: AgencyMention) -> Subject | None:
        """The district or commune of a people's committee ("UBND huyện X" → "Huyện X tỉnh Y")."""
        name = _COMMITTEE.sub("", committee.named_in(self.own))
        if name == committee.name or not name:
            return None
        if _UNIT_KIND.fullmatch(bare := _COMMITTEE.sub("", committee.name).capitalize()):
            # "UBND xã": whichever the text is about or has named last.
            name = self.bare_unit(bare.lower(), committee.span.start, self.own) or ""
        if not name:
            return None
        own = self.own
        return Subject(name[0].upper() + name[1:], own.code if own else None, own.regime if own else None)

    def _titled_unit(self) -> Subject | None:
        """The district or commune that the title is about: named with its kind, or by its name alone where the
        first paragraphs add the kind ("Một cửa hiện đại ở Tuần Giáo")."""
        blocks = self.context.layers.document.blocks
        titles = [block.span for block in blocks if block.kind is BlockKind.TITLE]
        small = [p for p in self.context.places if p.kind in ("district", "commune")]
        for title in titles:
            for mention in within(small, title):
                if (subject := self.place(mention)) is not None:
                    return subject
        opening = Span(0, blocks[min(len(blocks), _LEAD_BLOCKS) - 1].span.end) if blocks else Span(0, 0)
        words = " ".join(title.of(self.context.layers.normal) for title in titles)
        for mention in within(small, opening):
            bare = _KIND.sub("", mention.name)
            if self.context.gazetteer.province(bare) is None and regex.search(
                rf"(?<!\w){regex.escape(bare)}(?!\w)", words
            ):
                return self.place(mention)
        return None

    def _headed_unit(self) -> Subject | None:
        """The district or commune whose committee stands in capitals above the title, in a text without a number;
        or the desk that stands below the committee."""
        blocks = self.context.layers.document.blocks
        first = next((n for n, block in enumerate(blocks) if block.kind is BlockKind.TITLE), 0)
        head = Span(0, blocks[min(first, _HEAD_BLOCKS)].span.start) if first else Span(0, 0)
        named = [
            m for m in within(self.context.agencies, head) if m.span.of(self.context.layers.document.text).isupper()
        ]
        for n, mention in enumerate(named):
            if mention.kind == "people_committee" and mention.level in ("district", "commune"):
                unit = self._local(mention)
                below = next((m for m in named[n + 1 :] if m.kind in DESKS), None)
                if unit is None or unit.name is None or below is None:
                    return unit
                return replace(unit, name=of_unit(below.head, unit.name))
        return None

    def _lead_unit(self) -> Subject | None:
        """The one district (or commune, where no district is named) that a text is about: the first thing named below
        its title, the only one named anywhere, where nothing is told of the province ("Năm 2020, huyện Đầm Hà tiếp
        nhận …")."""
        places = self.context.places
        units = [p for p in places if p.kind == "district"] or [p for p in places if p.kind == "commune"]
        if not units or len({_KIND.sub("", place.name).lower() for place in units}) > 1:
            return None
        titled = next((b.span.end for b in self.context.layers.document.blocks if b.kind is BlockKind.TITLE), 0)
        everyone = (*(m.span for m in self.context.agencies), *(p.span for p in places))
        spans = [span for span in everyone if span.start >= titled]
        first = units[0]
        if not spans or not min(spans).covers(first.span):
            return None
        if any(m.level == "province" for m in self.context.agencies) or _OF_PROVINCE.search(self.view):
            return None
        return self.place(first)

    def _called_by_kind(self) -> Subject | None:
        """The one unit of its kind that a text names and then calls by the kind alone ("toàn thị xã", "của thị xã"),
        where nothing is told of the province: the text is about it."""
        called = Counter(found["kind"].lower() for found in _CALLED_BY_KIND.finditer(self.context.layers.normal))
        kinds = [kind for kind, times in called.most_common() if times >= _OFTEN]
        if not kinds or _OF_PROVINCE.search(self.view):
            return None
        kind = kinds[0]
        named = [p for p in self.context.places if _TOWN.sub("thị xã ", p.name).lower().startswith(f"{kind} ")]
        committees = [m for m in self.context.agencies if m.kind == "people_committee"]
        of_kind = [m for m in committees if _COMMITTEE.sub("", m.name).lower().startswith(f"{kind} ")]
        units = [s for s in (*map(self.place, named), *map(self._local, of_kind)) if s is not None]
        return units[0] if len({unit.name for unit in units}) == 1 else None

    def _own_ministry(self) -> Subject | None:
        """The ministry that a text of no province is about: the one that its title or first lines name."""
        blocks = self.context.layers.document.blocks
        for block in [*(b for b in blocks if b.kind is BlockKind.TITLE), *blocks[:3]]:
            for mention in within(self.context.agencies, block.span):
                held = HOLDER.search(self.view, max(0, mention.span.start - 40), mention.span.start)
                if mention.kind in ("ministry", "government_body") and not held:
                    return replace(self.agency(mention), span=None)
        return None

    def _lead_center(self) -> Subject | None:
        """The service centre that the first paragraphs speak of: whose dossiers a news item counts."""
        blocks = [b for b in self.context.layers.document.blocks if b.kind is BlockKind.PARAGRAPH]
        for block in blocks[:_LEAD_BLOCKS]:
            for mention in within(self.context.agencies, block.span):
                if mention.kind != "center":
                    continue
                before = self.view[max(block.span.start, mention.span.start - _LEAD_CHARACTERS) : mention.span.start]
                if _TOLD_APART.search(before) or _WHERE_IT_IS.search(before):
                    continue
                if _WHOLE_ACTS.search(self.view, blocks[0].span.start, mention.span.start):
                    return None  # the text goes on about the province
                spoken = HOLDER.search(before) or SPEAKS.match(self.view, mention.span.end)
                if not spoken and (not OBJECT_BEFORE.search(before) or self._is_taken_up(mention.span)):
                    return self.agency(mention)
        return None

    def _title_agency(self) -> Subject | None:
        for block in self.context.layers.document.blocks:
            if block.kind is BlockKind.TITLE:
                for mention in within(self.context.agencies, block.span):
                    if mention.kind in _NO_TITLES or mention.level == "central":
                        continue
                    if not _LEADS_TO.search(self.view, block.span.start, mention.span.start):
                        return self.agency(mention)
        return None

    def day(self) -> date | None:
        """The day that the document is of."""
        return made_on(self.context.identity)


def of_unit(head: str, unit: str) -> str:
    """The name of a body of a unit: "Bộ phận Một cửa", "Huyện Mai Sơn" → "Bộ phận Một cửa huyện Mai Sơn"."""
    return f"{head} {unit[0].lower()}{unit[1:]}"

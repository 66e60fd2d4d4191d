"""What an agency or a place that a document names is called in full, with its province."""

from __future__ import annotations

from datetime import date

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.made_on import made_on
from pipeline.assemble.slots import Subject
from pipeline.match.layers import within
from pipeline.model import Span
from pipeline.text.spacing import spaced
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
    r"(?! *(?:trình|tham mưu|đề nghị|đề xuất))[^,;.]{0,12}?\s*(?:,\s*)?"
    r"(?:cho (?:biết|hay)|kể(?! từ| cả)|chia sẻ|bày tỏ|thông tin|nhận định|đánh giá|công bố|thống kê|báo cáo)(?!\w)"
)
WRITTEN_AT = regex.compile(r"\s*,\s*ngày\s|\s*\((?:ttxvn|vna|vnp|pv|chinhphu|baochinhphu)")
"""What stands behind the place where a text was signed or sent from."""
_OF_UNIT = DESKS | {"district_department"}
_UNIT_WITHIN = regex.compile(r"(?<= )(?:huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)(?= \p{Lu})")
UNIT_KIND = regex.compile(r"Huyện|Thị xã|Quận|Xã|Phường|Thị trấn|Đặc khu|Thành phố")
KIND = regex.compile(r"(?i)^(?:huyện|quận|thị xã|tx\.?|thành phố|tp\.?|t\.p\.?|xã|phường|thị trấn|đặc khu)\s*")
WHERE = regex.compile(r"\s*[,(]?\s*")
"""What stands between a smaller unit and the place that says where it is."""
_CITY = regex.compile(r"(?i)^(?:tp\.?|t\.p\.?)\s*")
TOWN = regex.compile(r"(?i)^tx\.?\s*")
_OF_DISTRICT = regex.compile(r"Huyện|Thị xã|Quận|Thành phố")
_OF_COMMUNES = regex.compile(r"(?<!\w)(?:xã|phường|thị trấn)(?!\w)", regex.IGNORECASE)
# Groups of the whole country, of which no province's figure is.
_OF_NATION = regex.compile(r"(?i)(?:các|khối|khối các) (?:bộ|tỉnh)(?!\w)")
COMMITTEE = regex.compile(r"^(?:UBND|Ủy ban nhân dân)\s+")
LEAD_CHARACTERS = 400
_LONGEST_LIST = 2_000
"""So many characters behind the words that open a list a name may still be one of it."""
_UNIT_WORD = regex.compile(r"^(?:thành phố|tp\.?)\s+")
_UNIT_LIST = regex.compile(r"(?<!\w)(?:xã|phường|đặc khu|huyện|quận|thị xã)(?!\w)[^.;()]*?(?:gồm|như|là)\s*:?\s[^.;]*$")
_BARE_PLACE = regex.compile(r"\s(huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu)$")


# "Bộ phận Một cửa cấp huyện, cấp xã", "… các cấp": desks of a level, no agency of their own.
_OF_LEVEL = spaced(r"(?: hiện đại)?(?: của)? (?:các cấp|(?:hai|ba|2|3) cấp|cấp (?:tỉnh|huyện|xã|quận|phường))(?!\w)")
_SEVERAL = regex.compile(r"(?i)(?<!\w)(?:(?:các|những)\s+|\d+ +)$")


def sole_province(context: Context, day: date | None) -> Province | None:
    """The one province that a text names, but for the place where it was signed or sent from ("Hà Nội, ngày 27
    tháng 12", "Hà Nội (TTXVN 18/4)")."""
    view = context.layers.view
    named = {p.name for p in context.places if p.kind == "province" and not WRITTEN_AT.match(view, p.span.end)}
    return context.gazetteer.province(named.pop(), day) if len(named) == 1 else None


class SubjectNames:
    """What a document names as subjects, in its province and in the unit that it is of."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.layers.view
        self.own = self._own_province()
        self.unit: Subject | None = None

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
        unit = self._place_of_unit()
        if mention.level is None and mention.kind in _OF_UNIT and unit:
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

    def _place_of_unit(self) -> str:
        """The district or commune that the document's own unit is, or lies in: that of "Phòng Nội vụ huyện Cao Lộc
        tỉnh Lạng Sơn" is "Huyện Cao Lộc tỉnh Lạng Sơn"; empty where it is none."""
        name = self.unit.name if self.unit and self.unit.name else ""
        found = UNIT_KIND.match(name) or next(iter(_UNIT_WITHIN.finditer(name)), None)
        return name[found.start()].upper() + name[found.start() + 1 :] if found else ""

    def is_of_level(self, agency: AgencyMention) -> bool:
        """Whether a desk is one of many, of a level and no agency of its own."""
        several = _SEVERAL.search(self.context.layers.document.text, max(0, agency.span.start - 12), agency.span.start)
        return agency.kind in DESKS and bool(several or _OF_LEVEL.match(self.view, agency.span.end))

    def _said_behind(self, mention: AgencyMention | PlaceMention) -> Province | None:
        """The province that the words behind a smaller unit say: "UBND huyện Yên Châu, tỉnh Sơn La", "xã Chiềng Pằn,
        huyện Yên Châu, tỉnh Sơn La"."""
        smaller = mention.level if isinstance(mention, AgencyMention) else mention.kind
        if smaller not in ("district", "commune"):
            return None
        at = mention.span.end
        for place in within(self.context.places, Span(at, at + LEAD_CHARACTERS)):
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
        for place in reversed(within(self.context.places, Span(max(0, at - LEAD_CHARACTERS), at))):
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
        name = TOWN.sub("thị xã ", _CITY.sub("thành phố ", mention.name))
        if own and own.name.lower() == _UNIT_WORD.sub("", name.lower()):
            # The city that bears its province's name, unless the province is itself one.
            named = own.full_name if own.kind == "thành phố" else f"Thành phố {own.name} {own.name_in_text}"
            return Subject(named, own.code, own.regime, mention.span)
        if name.isupper():
            kind = KIND.match(name)
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

    def _local(self, committee: AgencyMention) -> Subject | None:
        """The district or commune of a people's committee ("UBND huyện X" → "Huyện X tỉnh Y")."""
        name = COMMITTEE.sub("", committee.named_in(self.own))
        if name == committee.name or not name:
            return None
        if UNIT_KIND.fullmatch(bare := COMMITTEE.sub("", committee.name).capitalize()):
            # "UBND xã": whichever the text is about or has named last.
            name = self.bare_unit(bare.lower(), committee.span.start, self.own) or ""
        if not name:
            return None
        own = self.own
        return Subject(name[0].upper() + name[1:], own.code if own else None, own.regime if own else None)

    def day(self) -> date | None:
        """The day that the document is of."""
        return made_on(self.context.identity)


def of_unit(head: str, unit: str) -> str:
    """The name of a body of a unit: "Bộ phận Một cửa", "Huyện Mai Sơn" → "Bộ phận Một cửa huyện Mai Sơn"."""
    return f"{head} {unit[0].lower()}{unit[1:]}"

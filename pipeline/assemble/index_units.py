"""The names of a document that can be measured by an index, and the unit that the document is about."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from pipeline.assemble.context import Context
from pipeline.assemble.slots import Subject
from pipeline.assemble.subject_names import HOLDER, WRITTEN_AT, sole_province
from pipeline.assemble.subjects import Subjects
from pipeline.match.layers import Stretches, within
from pipeline.model import BlockKind, Span
from pipeline.text.spacing import spaced, spaced_regex
from pipeline.values.places import MERGER, AgencyMention, PlaceMention

Name = AgencyMention | PlaceMention

_OPENING = 1500
"""So far into a text the unit that it is about is named."""

# Before a name: the name is what something is compared with, or who publishes, assigns, receives.
ASIDE = spaced(
    r"(?<!\w)(?:kém|hơn|so với|thế chỗ|nhường|nhường ngôi|sau|thua|bằng|bỏ xa|bỏ lại|trên|dưới|vượt|vượt qua|"
    r"nhường|sát|ngang|cùng với|như|"
    r"do|được|theo|bởi|giao|phối hợp với|gửi|tham mưu|trình|báo cáo|của chính phủ|từ)\s*(?:tỉnh|thành phố|tp\.?)?\s*$"
)
_PUBLISHES = spaced(
    r"\s*(?:tỉnh\s+\w+\s+\w+\s*)?[,:]?\s*(?:vừa |đã |chính thức |sẽ |cũng |tổ chức )*(?:công bố|ban hành|"
    r"phê duyệt|thông báo|tổ chức|phối hợp|giao|yêu cầu|chỉ đạo|cho (?:biết|hay|rằng)|đánh giá|tham mưu|trình|"
    r"thống kê|ký|nhận định|khẳng định|phát biểu|nhấn mạnh|chia sẻ|thừa nhận|đề nghị|kiến nghị|đề xuất|phân tích|"
    # "a) Sở Nội vụ: chủ trì, tham mưu nâng Chỉ số CCHC lên 86%": who sees to it.
    r"đưa ra|chủ trì|chủ động|làm đầu mối|theo dõi|đôn đốc|hướng dẫn|tổng hợp|có trách nhiệm)(?!\w)"
)
MEASURED_BEHIND = spaced(
    r"\s*(?:đứng|xếp|dẫn|đạt|giữ|vươn|chiếm|có|được|tiếp tục|vẫn|trở thành|lần lượt|đều"
    r"|cùng (?:đạt|xếp|đứng|có|tăng|giảm))(?!\w)"
)
"""What stands behind a name that is measured."""
_FIGURE_BEHIND = spaced(r" (?:\(|với |: )?\d")
_WHERE = spaced(r" | ?\(")
_COMMITTEE = spaced(r"^(?:UBND|Ủy ban nhân dân) ")
_UNIT_WORD = spaced(r"^(?:huyện|quận|thị xã|xã|phường|thị trấn|thành phố) ")
_ACTS = spaced(r"(?<!\w)(?:do|theo|giao|bởi|từ|và|với|được|báo cáo)\s*$")
_NEVER_MEASURED = frozenset(
    {"group", "party", "party_central", "people_council", "government", "prime_minister", "parliament", "central"}
)


# An organisation that no list names, right before what it is said to have reached.
_UNLISTED = spaced_regex(
    r"(?<!\w)(?:Tổng cục|Cục|Chi cục|Kho bạc|Bảo hiểm xã hội|Đài|Viện|Học viện|Đại học|Trường|Bệnh viện|Tập đoàn|"
    r"Tổng công ty|Công ty|Cảng vụ|Điện lực|Bưu điện|Hải quan|Ban Quản lý|Trung tâm|Liên minh)"
    r"(?: (?!(?:là|có|được|đã|cũng|với|trong|năm|do|theo|cho|tại|ở)(?!\w))\p{L}+){0,8}?"
    r"(?= (?:tiếp tục |vươn lên |cũng |chỉ )?(?:xếp|đứng|dẫn đầu|cuối bảng|quán quân|đạt|giữ|về nhì|về ba)(?!\w))"
)
_BARE_HEADS = frozenset({"Tổng cục", "Cục", "Chi cục", "Kho bạc", "Ban Quản lý", "Trung tâm", "Viện", "Đài"})
# "Chỉ số CCHC năm 2022 của Cục đạt 92,14 điểm": whichever was named last.
_TAKEN_UP = spaced_regex(
    r"(?<!\w)(?:Sở|Tổng cục|Cục|Chi cục|Kho bạc|Ban Quản lý)"
    r"(?= (?:tiếp tục |vươn lên |cũng |chỉ |vẫn |đã )?(?:xếp|đứng|dẫn đầu|đạt|giữ|tăng|giảm|có|được|là|ở)(?!\w))"
)
_OF_COUNTRY = "Việt Nam"


_RANKED = frozenset({"department", "ban", "inspectorate"})
"""Agencies of a province that are ranked among each other."""


class IndexNames:
    """The agencies, provinces, districts and communes that a document names."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.layers.view
        self.subjects = Subjects(context)
        self.all = _names(context)
        self.own = self.subjects.own or sole_province(context, None)
        self.document = self._document()
        """Whom the document is about."""
        self.agency = self._agency()
        """The agency of a province that writes the document."""

    def subject(self, name: Name) -> Subject | None:
        """A name as subject, in full and with its province; None for a province that no list knows."""
        own = self.own
        if isinstance(name, AgencyMention):
            agency = self.subjects.agency(name)
            if own is None or name.level == "central" or name.province is not None or not agency.name:
                return agency
            resolved = len(agency.name) > len(name.name) and own.name in agency.name
            named = agency.name if resolved or not name.level else name.named_in(own)
            if own.name.lower() not in named.lower():
                named = f"{named} {own.name_in_text}"
            return replace(agency, name=named, ref_area=own.code, area_regime=own.regime)
        if name.kind == "district" and (city := self._later_province(name)) is not None:
            return city
        subject = self.subjects.place(name)
        if subject is not None and subject.name and name.kind in ("district", "commune"):
            capital = subject.name[0].upper() + subject.name[1:]
            return replace(subject, name=capital)
        return subject

    def _later_province(self, name: PlaceMention) -> Subject | None:
        """The province that a city stands for outside of its province: "TP Huế" among provinces, before 2025."""
        gazetteer = self.context.gazetteer
        later, before = gazetteer.province(name.name, MERGER), gazetteer.province(name.name)
        if later is None or before is None or later.kind != "thành phố":
            return None
        if self.own is not None and self.own.name in (later.name, before.name):
            return None
        return Subject(later.full_name, before.code, before.regime, name.span)

    def publishes(self, name: Name) -> bool:
        """Whether a name is that of who publishes, orders, is told: no subject of a score."""
        if isinstance(name, AgencyMention):
            of_province = name.kind == "people_committee" and name.level in ("province", None)
            if name.kind in _NEVER_MEASURED or (of_province and not self._is_of_city(name)):
                return True
            if _PUBLISHES.match(self.view, name.span.end) is not None:
                return True
            before = self.view[max(0, name.span.start - 40) : name.span.start]
            if HOLDER.search(before):
                return True
            acts = name.level == "central" and _ACTS.search(before) is not None
            end = name.span.end
            measured = MEASURED_BEHIND.match(self.view, end) or _FIGURE_BEHIND.match(self.view, end)
            return acts and not (before.endswith("và ") and measured)
        return name.kind in ("nation", "region") or self._is_dateline(name)

    def _is_dateline(self, name: PlaceMention) -> bool:
        """Whether a place opens its paragraph as where the item was written."""
        opens = name.span.start == 0 or self.view[: name.span.start].rstrip(" \t").endswith("\n")
        return opens and WRITTEN_AT.match(self.view, name.span.end) is not None

    def _is_of_city(self, committee: AgencyMention) -> bool:
        """Whether "UBND thành phố" is that of a city within the document's province."""
        return committee.name.endswith(" thành phố") and self.own is not None and self.own.kind != "thành phố"

    def _document(self) -> Subject:
        """Whom the document is about: the district, commune or agency of its title, else its province."""
        if (issuer := self._issuer()) is not None:
            return issuer
        for block in self.context.layers.document.blocks:
            if block.kind is not BlockKind.TITLE:
                continue
            for name in within(self.all, block.span):
                if isinstance(name, AgencyMention):
                    provincial = name.kind == "people_committee" and name.level in ("province", None)
                    if self.publishes(name) or provincial or ASIDE.search(self.view, block.span.start, name.span.start):
                        continue
                elif name.kind == "province":
                    return self.subjects.province()
                if (subject := self.subject(name)) is not None:
                    return subject
        return self.subjects.titled or self.subjects.province()

    def _agency(self) -> Subject | None:
        issuer = self.context.identity.issuer
        for agency in self.context.gazetteer.find_agencies(issuer) if issuer else ():
            if agency.kind in _RANKED and agency.level != "central":
                return replace(self.subjects.agency(agency), span=None)
        return self.subjects.unit if self.subjects.issuer and self.subjects.issuer.kind in _RANKED else None

    def _issuer(self) -> Subject | None:
        """The district, commune or ministry that issues the document, or that its title and opening speak of."""
        blocks = self.context.layers.document.blocks
        titles = [b.span for b in blocks if b.kind is BlockKind.TITLE]
        first = titles[0].start if titles else 0
        title = " ".join(t.of(self.view) for t in titles)
        issuer = self.context.identity.issuer
        for agency in self.context.gazetteer.find_agencies(issuer) if issuer else ():
            if (subject := self._unit_of(agency)) is not None:
                return replace(subject, span=None)
        for name in within(self.all, Span(0, first + _OPENING)):
            if not isinstance(name, AgencyMention) or (subject := self._unit_of(name)) is None:
                continue
            bare = _UNIT_WORD.sub("", name.name.partition(" ")[2].lower())
            heads = name.span.start < first
            if heads or (name.kind == "people_committee" and bare and bare in title):
                return replace(subject, span=None)
        return None

    def _unit_of(self, agency: AgencyMention) -> Subject | None:
        """A ministry, or the unit that a committee of a district or commune stands for."""
        if agency.kind == "ministry":
            return self.subjects.agency(agency)
        if agency.kind != "people_committee" or agency.level not in ("district", "commune"):
            return None
        subject = self.subject(agency)
        if subject is None or not subject.name:
            return None
        unit = _COMMITTEE.sub("", subject.name)
        return replace(subject, name=unit[0].upper() + unit[1:])


def _names(context: Context) -> list[Name]:
    """Agencies, and the provinces, districts and communes that are no part of another name.

    In "huyện Mai Sơn tỉnh Sơn La", "huyện Mai Châu (Hòa Bình)" the province only says where the district is.
    """
    places = [p for p in context.places if p.kind in ("province", "district", "commune")]
    agencies = Stretches([agency.span for agency in context.agencies])
    apart = [p for p in places if not agencies.touches(p.span)]
    smaller = {p.span.end for p in apart if p.kind != "province"}
    unlisted = [n for n in (*_unlisted(context), *_taken_up(context)) if not agencies.touches(n.span)]
    kept = [p for p in apart if p.kind != "province" or not _says_where(context.layers.view, p.span.start, smaller)]
    organisations = Stretches([name.span for name in unlisted])
    kept = [p for p in kept if not organisations.touches(p.span)]
    return sorted([*context.agencies, *unlisted, *context.short_names, *kept], key=lambda name: name.span)


def _unlisted(context: Context) -> list[AgencyMention]:
    """Organisations that no list names, where a figure or place is said to be theirs: "Điện lực Sơn La đứng thứ 2"."""
    found = []
    for match in _UNLISTED.finditer(context.layers.normal):
        span = Span(*match.span())
        name = " ".join(match.group().split())
        if name in _BARE_HEADS:
            continue
        level = "central" if name.endswith(_OF_COUNTRY) else "province"
        where = [p for p in within(context.places, span) if p.kind == "province" and p.span.end == span.end]
        head = " ".join(context.layers.normal[span.start : where[0].span.start].split()) if where else name
        found.append(AgencyMention(span, name, head, "unlisted", level, where[0].name if where else None))
    return found


def _taken_up(context: Context) -> Iterator[AgencyMention]:
    """The agencies that a text calls by their kind alone where something is said to be theirs."""
    for match in _TAKEN_UP.finditer(context.layers.normal):
        for agency in reversed(within(context.agencies, Span(0, match.start()))):
            if agency.head.startswith(f"{match.group()} "):
                yield replace(agency, span=Span(*match.span()))
                break


def _says_where(view: str, at: int, smaller: Set[int]) -> bool:
    """Whether a province's name at an offset follows that of a district or commune."""
    return any(_WHERE.fullmatch(view, end, at) for end in range(at - 3, at) if end in smaller)

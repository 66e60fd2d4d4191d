"""Whom a document is about and who writes it, decided once from all that it says of it.

What tells it, the surest first:

* the letterhead, or the act that the text is annexed to: its organ;
* the title: the district or commune that it names, by its kind or by its name alone;
* the committee in capitals above the title of a text without a number;
* the body whose report the text is: who stands in the line of its source or under it, whom its title names, and whom it
  then calls by its kind alone ("Sở được giao", "của Sở", "toàn ngành"), weighed against what it tells of the province
  ("toàn tỉnh", "cấp huyện", "các sở, ngành");
* the one district or commune named first, or called by its kind alone.

Else the document is of its province, its ministry, or of nobody. What a single figure is of is decided by the words
around it (`subjects.py`, `index_subjects.py`); where these name nobody, what was decided here holds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import regex

from pipeline.assemble.context import Context
from pipeline.assemble.slots import Subject
from pipeline.assemble.subject_names import (
    COMMITTEE,
    HOLDER,
    KIND,
    LEAD_CHARACTERS,
    OBJECT_BEFORE,
    SPEAKS,
    TOWN,
    UNIT_KIND,
    SubjectNames,
    of_unit,
)
from pipeline.assemble.writing_body import writing_body
from pipeline.match.layers import within
from pipeline.model import BlockKind, Span
from pipeline.values.agencies import DESKS
from pipeline.values.places import AgencyMention

_PROVINCIAL_OFFICE = regex.compile(r"Văn phòng (?:UBND|HĐND và UBND|HĐND|Đoàn ĐBQH và HĐND) (?:tỉnh|thành phố)")
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
_OF_PROVINCE = regex.compile(r"(?<!\w)(?:toàn tỉnh|cả tỉnh|trên địa bàn tỉnh|cấp tỉnh)(?!\w)")
_CALLED_BY_KIND = regex.compile(
    r"(?<!\w)(?:[Tt]oàn|[Cc]ả|của|trên địa bàn|UBND|Kế hoạch|địa bàn) (?P<kind>huyện|thị xã|quận|xã|phường|thị trấn)"
    r"(?!\w)(?!,? (?:\p{Lu}|và |xã|phường|huyện|thị trấn|thành phố))"
)
_OFTEN = 3
_LEAD_BLOCKS = 8
_HEAD_BLOCKS = 4


class DocumentSubject(SubjectNames):
    """The subjects that a document is of: its province, and the unit that writes it or that it is about."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._last_taken_up: int | None = None
        self.issuer: AgencyMention | None = None
        self.doubtful = False
        """Whether the text speaks of its province nearly as much as of the department that it is taken to be of."""
        self.titled = self._titled_unit()
        self.unit = self._issuing_unit() or self.titled or self._headed_unit()
        title_agency = self._agency_of_title()
        self.unit = self.unit or self._writing_body(title_agency) or self._lead_unit() or self._called_by_kind()
        self.title_agency = self.agency(title_agency) if title_agency is not None else None
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

    def is_doubtful(self, subject: Subject) -> bool:
        """Whether a subject that was taken from the document as a whole may as well be another: its province."""
        return self.doubtful and self.unit is not None and subject.name == self.unit.name

    @property
    def is_of_city(self) -> bool:
        """Whether the document's own unit is a city within a province."""
        return self.unit is not None and (self.unit.name or "").startswith("Thành phố ")

    @property
    def is_of_district(self) -> bool:
        """Whether the document's own unit is a district."""
        return self.unit is not None and (self.unit.name or "").startswith(("Huyện ", "Quận ", "Thị xã ", "UBND huyện"))

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
        return replace(self.unit, name=f"{name[0].upper()}{name[1:]}") if UNIT_KIND.match(name.capitalize()) else None

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
            bare = KIND.sub("", mention.name)
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
        if not units or len({KIND.sub("", place.name).lower() for place in units}) > 1:
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
        named = [p for p in self.context.places if TOWN.sub("thị xã ", p.name).lower().startswith(f"{kind} ")]
        committees = [m for m in self.context.agencies if m.kind == "people_committee"]
        of_kind = [m for m in committees if COMMITTEE.sub("", m.name).lower().startswith(f"{kind} ")]
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
                before = self.view[max(block.span.start, mention.span.start - LEAD_CHARACTERS) : mention.span.start]
                if _TOLD_APART.search(before) or _WHERE_IT_IS.search(before):
                    continue
                if _WHOLE_ACTS.search(self.view, blocks[0].span.start, mention.span.start):
                    return None  # the text goes on about the province
                spoken = HOLDER.search(before) or SPEAKS.match(self.view, mention.span.end)
                if not spoken and (not OBJECT_BEFORE.search(before) or self._is_taken_up(mention.span)):
                    return self.agency(mention)
        return None

    def _writing_body(self, titled: AgencyMention | None) -> Subject | None:
        """The department or branch that a text without a letterhead is of."""
        found = writing_body(self.context, titled) if self.context.identity.issuer is None else None
        if found is None:
            return None
        self.issuer, self.doubtful = found.mention, found.doubtful
        return replace(self.agency(found.mention), span=None)

    def _agency_of_title(self) -> AgencyMention | None:
        """The agency that the title is about."""
        for block in self.context.layers.document.blocks:
            if block.kind is BlockKind.TITLE:
                for mention in within(self.context.agencies, block.span):
                    opens = mention.span.start == block.span.start and mention.kind == "central_department"
                    apart = mention.kind in _NO_TITLES or self.is_of_level(mention)
                    if apart or (mention.level == "central" and not opens):
                        continue
                    if not _LEADS_TO.search(self.view, block.span.start, mention.span.start):
                        return mention
        return None

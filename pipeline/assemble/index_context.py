"""Subject, period, base period and scope of the numbers of the index family."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

import regex

from pipeline.assemble.area_code import in_period
from pipeline.assemble.context import Context
from pipeline.assemble.index_own import NATIONAL_SETS
from pipeline.assemble.index_periods import IndexPeriods
from pipeline.assemble.index_subjects import IndexSubjects
from pipeline.assemble.slots import Period, Slots, Subject
from pipeline.match.layers import within
from pipeline.match.mention import Mention
from pipeline.model import Span
from pipeline.rulebook.index_rules import PROVINCES, IndexRules
from pipeline.text.spacing import spaced

_CHANGES = frozenset({"index.score_change", "index.rank_change"})
_PROVINCES = spaced(
    r"\s*(?:trong (?:tổng số )?)?(?:\d+\s*)?(?:tỉnh|thành phố|địa phương|cả nước|toàn quốc|trong cả nước)(?!\w)"
)
_IN_SET = r"[\s,]*(?:(?:trong|của) )?(?:(?:tổng số|số|khối|nhóm) )?(?:\d+\s*)?(?:các )?"
_AGENCIES = spaced(
    rf"{_IN_SET}(?:sở|ban|ngành|cơ quan(?! (?:thuộc chính phủ|ngang bộ))|đơn vị (?:cấp tỉnh|"
    r"khối))(?!\w)"
)
_DISTRICTS = spaced(rf"{_IN_SET}(?:ubnd )?(?:huyện|thị xã|quận)(?!\w)")
_COMMUNES = spaced(rf"{_IN_SET}(?:ubnd )?(?:xã(?! hội)|phường|đặc khu|thị trấn)(?!\w)")
_REGION_BEFORE = spaced(
    r"(?<!\w)(?:khu vực|vùng|khối|trong|tại|ở|riêng|các tỉnh|so)"
    r"(?:\s+(?:với|các|riêng|tỉnh|khu vực|vùng|khối|trong|thuộc|\d+))*\s*$"
)
_SET_WORDS = spaced(r"(?<!\w)tỉnh(?:,|/| và) ?(?:thành phố|thành)(?: thuộc| trong| của)?")
_YEARS = spaced(r"(?<!\d)(?:năm )?(?:19|20)\d{2}(?!\d)")
# Between a place and the set that it shares with the place after: "từ thứ 5 lên thứ 4 trong vùng …".
_BEHIND_PLACE = spaced(
    r"\s*/?\s*\d*\s*(?:(?:lên|xuống|đến|tới|sang)\s+(?:(?:vị trí|vị thứ|thứ hạng|thứ|hạng|bậc|số)\s+)*"
    r"\d+\s*(?:/\s*\d+\s*)?)?"
)
# "đứng thứ 2 tỉnh Hải Dương", "xếp thứ 3 toàn tỉnh": within the province; "thứ 3 tỉnh, thành phố" is not.
_IN_PROVINCE = spaced(r"\s*(?:trong |của |trên )?(?:toàn |địa bàn )?tỉnh(?!\w)(?!\s*[,/]|\s+(?:và|thành|có)(?!\w))")
_OWN_REGION = spaced(
    r"\s*(?:trong\s+|toàn\s+|của\s+)*(?:vùng|khu vực)(?!\w)(?=\s*(?:[.,;:()\n]|$|(?:và|so|năm|với|mà|về|là|thì)(?!\w)))"
)
_IN_OWN_REGION = spaced(r"(?<!\w)(?:trong|ở|toàn) (?:khu vực|vùng),?\s*\Z")
_LEADERS = spaced(r"(?<!\w)(?:dẫn|đứng) đầu(?!\w)")
_MOST_COMMUNES = 45
"""More communes no district had."""
_LEADERS_WITHIN = 400
_PLACE_SAID = spaced(r"(?<!\w)(?:hạng|thứ|vị trí) (?:thứ )?(\d+)")
_ELSEWHERE = spaced(r"[.;:,\d]|(?<!\w)(?:cả nước|toàn quốc|và đứng|xếp|đứng)(?!\w)")


class IndexResolver:
    """Resolves the slots of one document's index numbers."""

    def __init__(self, context: Context, rules: IndexRules) -> None:
        self.context, self.rules = context, rules
        self.view = context.layers.view
        self.subjects, self.periods = IndexSubjects(context, rules), IndexPeriods(context, rules.indices)
        self.starts = [s.span.start for s in context.layers.sentences]
        self.bases: dict[tuple[str, str | None, str | None], Period] = {}
        """For an index, a subject and a period what its change was last said to be against."""
        self.began: tuple[Span, str, str | None, Period] | None = None
        """The sentence, index, subject and period of the first end of the change told last."""

    def each(self, mention: Mention) -> list[Slots]:
        """The slots of one number, once for each subject that it is said of."""
        slots = self.of(mention)
        sentence, _ = self._sentence(mention)
        several = [in_period(s, slots.period, self.context) for s in self.subjects.each(mention, sentence)]
        slots_of_years = [replace(slots, period=p) for p in self._several_years(mention, slots)]
        return [
            replace(slots, subject=s, scope=self._scope(mention, s, sentence) if slots.scope else None) for s in several
        ] or [*slots_of_years, slots]

    def _several_years(self, mention: Mention, slots: Slots) -> list[Period]:
        """The further years of a number that two or more share."""
        if mention.cell is not None or slots.period is None:
            return []
        return self.periods.several(mention, slots.period)

    def of(self, mention: Mention) -> Slots:
        """Subject, period, base period (for changes), scope (for ranks), and what was inherited."""
        sentence, block = self._sentence(mention)
        found = self.subjects.of(mention, sentence, block)
        period, period_inherited = self.periods.of(mention, sentence, block)
        base = self.periods.base(mention, sentence, period) if mention.indicator in _CHANGES else None
        if base is not None and period is not None and base.code == period.code:
            period, period_inherited = self._year_of_index(mention, sentence, block, base), True
        if mention.cell is not None and mention.indicator in _CHANGES:
            period, base = self.periods.between_columns(mention.cell) or (period, base)
        subject = in_period(found.subject, period, self.context)
        code = (mention.index or "").partition("/")[0]
        if mention.indicator in _CHANGES and mention.cell is None:
            base = self._told_base(code, subject, period, base or self._beginning(sentence, code, subject, period))
        elif period is not None and self.periods.starts_change(mention.value_span):
            self.began = sentence, code, subject.name, period
        scope = self._scope(mention, subject, sentence) if mention.indicator == "index.rank" else None
        flags = tuple(
            name
            for name, holds in (
                ("inherited_subject", found.inherited),
                ("inherited_period", period_inherited and period is not None),
                ("no_period", period is None),
            )
            if holds
        )
        return Slots(subject=subject, period=period, base_period=base, scope=scope, flags=flags)

    def _told_base(self, code: str, subject: Subject, period: Period | None, base: Period | None) -> Period | None:
        """What a change is against: what it says, else what was told last of the same index, subject and period ("PAPI
        giảm 1,46 điểm so với năm 2016 … Kiểm soát tham nhũng bớt 0,52 điểm")."""
        key = code, subject.name, period.code if period else None
        if base is not None:
            self.bases[key] = base
        return base or self.bases.get(key)

    def _beginning(self, sentence: Span, code: str, subject: Subject, period: Period | None) -> Period | None:
        """The period from which the sentence has told a change: "từ vị trí 38 lên vị trí 29, thăng 9 bậc"."""
        if self.began is None or self.began[:3] != (sentence, code, subject.name) or period is None:
            return None
        return self.began[3] if self.began[3].end < period.start else None

    def _year_of_index(self, mention: Mention, sentence: Span, block: int, base: Period) -> Period | None:
        other, _ = self.periods.of(mention, Span(sentence.start, sentence.start), block)
        return other if other is not None and other.code != base.code else None

    def _sentence(self, mention: Mention) -> tuple[Span, int]:
        sentence = self.context.layers.sentences[bisect_right(self.starts, mention.value_span.start) - 1]
        return sentence.span, sentence.block

    def _scope(self, mention: Mention, subject: Subject, sentence: Span) -> str | None:
        """What a rank is within: the set that the words behind it name, else the kind of its subject."""
        if mention.cell is not None:
            return self._by_subject(subject)
        at = mention.quote_span.end
        behind = _BEHIND_PLACE.match(self.view, at, sentence.end)
        at = behind.end() if behind else at
        in_own = _IN_OWN_REGION.search(self.view, sentence.start, mention.quote_span.start)
        if (in_own or _OWN_REGION.match(self.view, at, sentence.end)) and (own := self._region_of(subject)) is not None:
            return own
        region = self._region(mention, Span(at, sentence.end), sentence)
        if region is not None:
            # "xếp thứ 2 là vùng Đông Nam Bộ": a region has its place among regions.
            return "national" if self._is_region(subject, region) else region
        if mention.out_of is None and _IN_PROVINCE.match(self.view, at, sentence.end):
            return self._by_subject(subject)
        for pattern, scope in ((_AGENCIES, "province:agencies"), (_DISTRICTS, "province:districts")):
            if pattern.match(self.view, at, sentence.end):
                return scope
        if _COMMUNES.match(self.view, at, sentence.end):
            return "province:communes" if self._is_of_all_communes(mention) else self._communes(subject)
        if _PROVINCES.match(self.view, at, sentence.end) or (
            mention.out_of is not None and int(mention.out_of) in NATIONAL_SETS
        ):
            return "national"
        return "national" if self.rules.measures_only(PROVINCES, mention.index) else self._by_subject(subject)

    def _region(self, mention: Mention, behind: Span, sentence: Span) -> str | None:
        if mention.out_of is not None and int(mention.out_of) in NATIONAL_SETS:
            return None
        for place in within(self.context.places, Span(behind.start, min(behind.end, behind.start + 60))):
            between = _YEARS.sub(" ", _SET_WORDS.sub(" ", self.view[behind.start : place.span.start]))
            if place.kind == "region" and not _ELSEWHERE.search(between):
                return f"region:{place.slug}"
            break
        before = [
            p for p in within(self.context.places, Span(sentence.start, mention.value_span.start)) if p.kind == "region"
        ]
        if before and not regex.search(r"[;.]\s", self.view[before[-1].span.end : mention.value_span.start]):
            lead = self.view[max(0, before[-1].span.start - 40) : before[-1].span.start]
            national = _PROVINCES.match(self.view, behind.start) and mention.out_of is None
            if (
                _REGION_BEFORE.search(lead)
                and not national
                and not self._is_of_leaders(mention, before[-1].span, sentence)
            ):
                return f"region:{before[-1].slug}"
        return None

    def _is_of_leaders(self, mention: Mention, region: Span, sentence: Span) -> bool:
        """Whether the leaders of a region stand with other places than theirs in the region: "3 địa phương dẫn đầu vùng
        là Thái Nguyên (hạng 10), Bắc Giang (hạng 11) và Phú Thọ (hạng 20)"."""
        opening = self.view.rfind("(", region.end, mention.value_span.start)
        if opening < 0 or not _LEADERS.search(self.view, region.end, opening):
            return False
        places = [
            int(m[1])
            for m in _PLACE_SAID.finditer(self.view, region.end, min(sentence.end, region.end + _LEADERS_WITHIN))
        ]
        return bool(places) and min(places) > len(places)

    def _region_of(self, subject: Subject) -> str | None:
        """The region that a province lies in, the six of the country first; None for all but provinces."""
        gazetteer = self.context.gazetteer
        province = gazetteer.by_code(subject.ref_area, subject.area_regime or "63") if subject.ref_area else None
        if province is None or subject.name != province.full_name:
            return None
        return next((region.scope for region in gazetteer.regions if region.has(province)), None)

    def _is_region(self, subject: Subject, scope: str) -> bool:
        named = (r.name for r in self.context.gazetteer.regions if r.scope == scope)
        return any((subject.name or "").endswith(name) for name in named)

    def _by_subject(self, subject: Subject) -> str | None:
        name = (subject.name or "").lower()
        if name.startswith(("xã ", "phường ", "thị trấn ", "đặc khu ", "ubnd xã", "ubnd phường")):
            return self._communes(subject)
        if name.startswith(("huyện ", "thị xã ", "quận ", "ubnd huyện", "ubnd quận", "ubnd thị xã", "ubnd thành phố")):
            return "province:districts"
        if name.startswith("thành phố ") and not self._is_province(subject):
            return "province:districts"
        if subject.ref_area is None and self._is_central(subject.name or ""):
            return "national"
        if name.startswith(
            (
                "sở ",
                "văn phòng ",
                "ban ",
                "thanh tra ",
                "bảo hiểm",
                "cục ",
                "kho bạc",
                "công an ",
                "ngân hàng",
                "thuế ",
                "chi cục ",
            )
        ):
            return "province:agencies"
        return "national"

    def _is_central(self, name: str) -> bool:
        """Whether a name is that of a ministry or of a body on its level ("Thanh tra Chính phủ")."""
        return any(agency.level == "central" for agency in self.context.gazetteer.find_agencies(name)[:1])

    def _is_province(self, subject: Subject) -> bool:
        gazetteer = self.context.gazetteer
        known = gazetteer.by_code(subject.ref_area, subject.area_regime or "63") if subject.ref_area else None
        return gazetteer.central_city(subject.name or "") or (known is not None and known.full_name == subject.name)

    @staticmethod
    def _communes(subject: Subject) -> str:
        return "province:communes" if subject.area_regime == "34" else "district:communes"

    @staticmethod
    def _is_of_all_communes(mention: Mention) -> bool:
        """Whether a set is too large for the communes of one district."""
        return mention.out_of is not None and int(mention.out_of) > _MOST_COMMUNES
